//! The engine of Retort: Alembic's migrations, read, made and run.
//!
//! Everything turns around one value, the operation: `diff` makes operations of two `MetaData`, `render` writes them as a
//! revision, running a revision gives them back, a dialect compiles them to SQL. ARCHITECTURE.md has the picture.
//!
//! A project needs no disk and no process. This one is made in memory, by the words that Alembic's command line takes, and
//! runs on SQLite:
//!
//! ```
//! use retort::cli::{self, Parsed};
//! use retort::commands::{Job, Progress};
//! use retort::database::{guard::Guard, sqlite::Sqlite};
//! use retort::host::{Files, memory::Memory};
//! use retort::runtime::Budget;
//! use std::rc::Rc;
//!
//! let host = Rc::new(Memory::new(Box::new(|_url| Ok(Box::new(Sqlite::memory(&Guard::default())?)))));
//! let run = |line: &str| {
//!     let words: Vec<String> = line.split(' ').map(String::from).collect();
//!     let Parsed::Run(settings, command) = cli::parse("alembic", &words) else { panic!("{line} is a command") };
//!     let mut job = Job::start(host.clone(), &settings, &command);
//!     loop {
//!         if let Progress::Done(result) = job.resume(Budget::terminal()) {
//!             break result.expect("the command succeeds");
//!         }
//!     }
//! };
//!
//! run("init migrations");
//! let ini = String::from_utf8(host.read("/project/alembic.ini")?).expect("text");
//! let ini = ini.replace("driver://user:pass@localhost/dbname", "sqlite:///./database.db");
//! Files::write(host.as_ref(), "/project/alembic.ini", ini.as_bytes())?;
//! run("revision -m first --rev-id aaaa");
//!
//! host.take_output();
//! run("upgrade head");
//! let log: String = host.take_output().into_iter().map(|(_, text)| text).collect();
//! assert!(log.contains("Running upgrade  -> aaaa, first"), "{log}");
//! # Ok::<(), retort::error::Error>(())
//! ```

pub mod autogenerate;
pub mod cli;
pub mod commands;
pub mod config;
#[cfg(feature = "sqlite")]
pub mod database;
pub mod dialect;
pub mod error;
pub mod host;
pub mod library;
pub mod ops;
pub mod project;
pub mod python;
pub mod runtime;
pub mod schema;
pub mod script;
