//! What the page and the engine's worker say to each other.
//!
//! The page sends [`Request`]s, the worker answers with [`Reply`]s. Both travel in frames, see [`frame`]; a frame is one
//! transferred `Uint8Array`.
//!
//! - The page numbers its requests from 1. Every request gets any number of replies under its number, and the last of
//!   them is [`Reply::Finished`] or [`Reply::Refused`], always exactly one of the two.
//! - Under [`frame::UNASKED`] the worker speaks of its own accord: [`Reply::Ready`], a late [`Reply::Autogenerate`], a
//!   [`Reply::Checkpoint`].
//! - Requests are worked off in order, but for [`Request::Stop`], which is read between two slices of work.
//! - A reply to a question that the page has asked anew is dropped by the page, by its number; the worker needn't care.
//!
//! Nothing here depends on the engine: one value type from a crate that links SQLite would put SQLite into the page.

pub mod files;
pub mod frame;
pub mod reply;
pub mod request;
pub mod rows;
pub mod samples;
pub mod scene;
pub mod schema;
pub mod share;
pub mod terminal;
pub mod timeline;
pub mod words;

pub use reply::Reply;
pub use request::Request;
