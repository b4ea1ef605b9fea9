//! The state of a run outside Python: connections, contexts, the trace.

use super::compare::Compared;
use super::context::{Configured, Context};
use super::link::{self, Link};
use super::recorder::Recorder;
use super::setup::Setup;
use super::task::{Around, Task};
use super::trace::{Event, Sent};
use crate::dialect::{self, Mode, Names, Wanted};
use crate::error::{DatabaseError, DatabaseErrorClass, Error, Kind, Place, Result};
use crate::host::Rows;
use crate::ops;
use crate::schema::{Literal, MetaData, Statement};
use web_time::Instant;

/// The state of a run outside Python.
pub(super) struct World {
    pub(super) setup: Setup,
    pub(super) task: Box<dyn Task>,
    pub(super) links: Vec<Option<Link>>,
    pub(super) contexts: Vec<Context>,
    pub(super) recorder: Recorder,
    /// The values of the statement that the database refused last.
    pub(super) refused: Vec<Vec<Literal>>,
    /// Who wants to know of revisions.
    pub(super) around: Option<Box<dyn Around>>,
    pub(super) groups: u64,
    /// Where the database stands if the revision that is being run fails.
    pub(super) resort: Option<Resort>,
    /// The operations of comparisons that only the task will see.
    pub(super) compared: Vec<Compared>,
}

/// Where a database stands if the revision that is being run fails, nothing of which has been committed.
pub(super) struct Resort {
    /// The revision, or its downgrade.
    pub(super) run: String,
    /// The version table's rows as they were committed last.
    pub(super) rows: Vec<String>,
}

/// A statement that is about to be sent.
pub(super) struct Outgoing<'a> {
    pub(super) sql: &'a str,
    /// A list of values for every execution.
    pub(super) executions: &'a [Vec<Literal>],
}

impl World {
    pub(super) fn new(setup: Setup, task: Box<dyn Task>) -> Self {
        World {
            setup,
            task,
            links: Vec::new(),
            contexts: Vec::new(),
            recorder: Recorder::default(),
            refused: Vec::new(),
            around: None,
            groups: 0,
            resort: None,
            compared: Vec::new(),
        }
    }

    // Connections

    /// Opens a connection and gives its number.
    pub(super) fn connect(&mut self, url: &str) -> Result<usize> {
        let connection = self.setup.host.open(url).map_err(|error| match error.class {
            // Not a word of the database's, but of ours: no exception of a driver's carries it.
            DatabaseErrorClass::NotSupportedError => Error::command(error.message),
            _ => error.into(),
        })?;
        let dialect = dialect::by_name(&connection.server().dialect)?;
        self.links.push(Some(Link::new(connection, dialect, url, self.setup.discipline)));
        Ok(self.links.len() - 1)
    }

    /// Closes a connection; what was not committed is undone.
    pub(super) fn close(&mut self, number: usize) -> Result<()> {
        if let Some(mut link) = self.links.get_mut(number).and_then(Option::take) {
            self.resort.take_if(|_| link.take_committed());
            link.rollback()?;
        }
        Ok(())
    }

    pub(super) fn link(&mut self, number: usize) -> Result<&mut Link> {
        self.links.get_mut(number).and_then(Option::as_mut).ok_or_else(|| {
            Error::from(DatabaseError {
                class: DatabaseErrorClass::DatabaseError,
                message: "Cannot operate on a closed database.".into(),
                code: None,
                sql: None,
            })
        })
    }

    /// What becomes of the database when the revision that is being run fails: a sentence, where all of it is undone.
    pub(super) fn aftermath(&mut self) -> Option<String> {
        let committed = self.links.iter_mut().flatten().any(Link::take_committed);
        let resort = self.resort.take().filter(|_| !committed && self.contexts.len() == 1)?;
        let place = if resort.rows.is_empty() { "base".to_string() } else { resort.rows.join(", ") };
        Some(format!("all of {} was undone: the database is at {place}, as before", resort.run))
    }

    /// Undoes what every connection has open.
    pub(super) fn abandon(&mut self) {
        for link in self.links.iter_mut().flatten() {
            // A connection that cannot even roll back has nothing left to undo.
            let _ = link.rollback();
        }
    }

    // Statements

    /// Sends a statement of a script's own; text that may change something is a step.
    pub(super) fn send(&mut self, number: usize, outgoing: &Outgoing<'_>, place: Option<Place>) -> Result<Rows> {
        let (rows, sent) = self.send_quietly(number, outgoing)?;
        let gave_rows = !rows.columns.is_empty();
        if link::moves_transaction(outgoing.sql) {
            return Ok(rows);
        }
        let event = match link::reads(outgoing.sql) {
            true => Event::Query { sent, rows: if gave_rows { rows.rows.len() as u64 } else { 0 } },
            false => Event::Statement(sent),
        };
        self.recorder.event(event, place);
        Ok(rows)
    }

    /// Sends a statement without writing it into the trace.
    pub(super) fn send_quietly(&mut self, number: usize, outgoing: &Outgoing<'_>) -> Result<(Rows, Sent)> {
        let began = Instant::now();
        let link = self.link(number)?;
        let mut rows = Rows::default();
        for values in outgoing.executions {
            match link.execute(outgoing.sql, values) {
                Ok(more) => rows = Rows { affected: rows.affected + more.affected, ..more },
                Err(error) => {
                    self.refused = outgoing.executions.to_vec();
                    return Err(with_sql(error, outgoing.sql));
                }
            }
        }
        let sent = Sent {
            sql: outgoing.sql.into(),
            parameters: outgoing.executions.first().cloned().unwrap_or_default(),
            executions: outgoing.executions.len() as u64,
            affected: rows.affected,
            micros: began.elapsed().as_micros() as u64,
        };
        Ok((rows, sent))
    }

    /// Executes a Core statement, once for each set of parameters.
    pub(super) fn execute(
        &mut self,
        number: usize,
        statement: &Statement,
        parameters: &[Vec<(String, Literal)>],
        place: Option<Place>,
    ) -> Result<Rows> {
        let dialect = self.link(number)?.dialect;
        let none = [Vec::new()];
        let sets = if parameters.is_empty() { &none[..] } else { parameters };
        let mut sql = String::new();
        let mut executions = Vec::with_capacity(sets.len());
        for set in sets {
            let compiled = dialect.statement(statement, set, Mode::Execute)?;
            sql = compiled.text;
            executions.push(compiled.parameters);
        }
        self.send(number, &Outgoing { sql: &sql, executions: &executions }, place)
    }

    // Reflection

    pub(super) fn reflect(
        &mut self,
        number: usize,
        schema: Option<String>,
        tables: Option<Vec<String>>,
    ) -> Result<MetaData> {
        let link = self.link(number)?;
        let wanted = Wanted { schema, tables, views: true };
        link.dialect.reflect(link.connection.as_mut(), &wanted)
    }

    pub(super) fn names(&mut self, number: usize, what: Names, schema: Option<&str>) -> Result<Vec<String>> {
        let link = self.link(number)?;
        link.dialect.names(link.connection.as_mut(), what, schema)
    }

    // Contexts

    /// A migration context and its number.
    pub(super) fn configure(&mut self, configured: Configured) -> Result<usize> {
        let dialect = dialect::by_name(&configured.dialect)?;
        let (memo, steps, rows) = (dialect::Memo::default(), Vec::new(), Vec::new());
        self.contexts.push(Context { configured, dialect, memo, steps, rows });
        Ok(self.contexts.len() - 1)
    }

    pub(super) fn context(&mut self, number: usize) -> &mut Context {
        &mut self.contexts[number]
    }

    /// The context's connection; offline there is none.
    pub(super) fn online(&self, context: usize) -> Option<usize> {
        let configured = &self.contexts[context].configured;
        configured.connection.filter(|_| !configured.offline)
    }

    /// Groups have numbers, so that an exception cannot mix them up.
    pub(super) fn begin_group(&mut self, name: &str, place: Option<Place>) -> u64 {
        self.groups += 1;
        self.recorder.begin_group(self.groups, name, place);
        self.groups
    }
}

/// The error, with the statement that caused it.
pub(super) fn with_sql(mut error: DatabaseError, sql: &str) -> Error {
    error.sql.get_or_insert_with(|| sql.into());
    Error::new(Kind::Database(error))
}

/// The event of an operation.
pub(super) fn operation_event(operation: ops::Operation, statements: Vec<Sent>) -> Event {
    match operation {
        ops::Operation::Execute(execute) => match statements.as_slice() {
            [sent] if link::reads(&sent.sql) => Event::Query { sent: sent.clone(), rows: 0 },
            _ => Event::Operation { operation: ops::Operation::Execute(execute), statements },
        },
        operation => Event::Operation { operation, statements },
    }
}
