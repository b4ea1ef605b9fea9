//! What a run did: a tree of events, and the steps that a person takes through it.
//!
//! A revision is a program, so running it gives a trace and not a list of operations. A [`Step`] is one event that
//! changes the database; a batch is one step with its parts inside; consecutive changes from one line of source (a
//! loop) are one step with their count.

use crate::error::Place;
use crate::host::Stream;
use crate::ops::Operation;
use crate::schema::Literal;
use crate::script::Direction;
use serde::{Deserialize, Serialize};

/// Something that happened in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// An operation of `op` or `batch_op`, with the statements that it became.
    Operation {
        /// The operation.
        operation: Operation,
        /// What was sent for it.
        statements: Vec<Sent>,
    },
    /// A statement that the script executed by itself and that changes the database, or may.
    Statement(Sent),
    /// A statement that gave rows.
    Query {
        /// What was sent.
        sent: Sent,
        /// How many rows came.
        rows: u64,
    },
    /// Something printed or logged.
    Output {
        /// Where to.
        stream: Stream,
        /// The text.
        text: String,
    },
    /// Where real Alembic would have gone another way.
    Otherwise(Otherwise),
    /// Several events under one name: `create_all`, a custom operation, an autocommit block.
    Group {
        /// The name.
        name: String,
        /// What happened inside.
        events: Vec<Event>,
    },
}

/// What real Alembic would have done where a table is rebuilt while foreign keys are enforced: `DROP TABLE` deletes the
/// rows first, with all that follows from that for the rows that refer to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Otherwise {
    /// What would have become of the rows.
    pub fate: Fate,
    /// The table that they are in.
    pub table: String,
    /// How many they are.
    pub rows: u64,
}

/// What would have become of rows that refer to a table which is rebuilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// `ON DELETE CASCADE`: they are deleted.
    Deleted,
    /// `ON DELETE SET NULL` or `SET DEFAULT`: they lose what they refer to.
    Cut,
    /// No action: the database refuses, and the run stops.
    Refused,
}

/// A statement that was sent to the database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// The text as it was sent.
    pub sql: String,
    /// The values bound to it, of its first execution.
    pub parameters: Vec<Literal>,
    /// How often it was executed.
    pub executions: u64,
    /// The rows that it changed.
    pub affected: u64,
    /// How long it took, in microseconds.
    pub micros: u64,
}

/// One step: what one line of a revision did to the database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The revision that is being run.
    pub revision: String,
    /// Upgrade or downgrade.
    pub direction: Direction,
    /// Its number in this run of this revision, from 1.
    pub number: u32,
    /// The line of the revision's own file that did it, and the function it stands in.
    pub place: Option<Place>,
    /// The change, or changes of one line, with the queries and output since the step before.
    pub events: Vec<Event>,
    /// How many changes it holds: more than one for a loop.
    pub changes: u32,
    /// How long it took, in microseconds.
    pub micros: u64,
}

impl Event {
    /// Whether it changes the database, so that it makes a step.
    pub fn changes(&self) -> bool {
        match self {
            Event::Operation { .. } | Event::Statement(_) => true,
            Event::Query { .. } | Event::Output { .. } | Event::Otherwise(_) => false,
            Event::Group { events, .. } => events.iter().any(Event::changes),
        }
    }

    /// The statements in it, in the order in which they were sent; queries are left out.
    pub fn statements(&self) -> Vec<&Sent> {
        match self {
            Event::Operation { statements, .. } => statements.iter().collect(),
            Event::Statement(sent) => vec![sent],
            Event::Query { .. } | Event::Output { .. } | Event::Otherwise(_) => Vec::new(),
            Event::Group { events, .. } => events.iter().flat_map(Event::statements).collect(),
        }
    }

    /// Where real Alembic would have gone another way.
    pub fn otherwise(&self) -> Vec<&Otherwise> {
        match self {
            Event::Otherwise(otherwise) => vec![otherwise],
            Event::Group { events, .. } => events.iter().flat_map(Event::otherwise).collect(),
            _ => Vec::new(),
        }
    }

    /// The operations in it.
    pub fn operations(&self) -> Vec<&Operation> {
        match self {
            Event::Operation { operation, .. } => vec![operation],
            Event::Group { events, .. } => events.iter().flat_map(Event::operations).collect(),
            _ => Vec::new(),
        }
    }
}

impl Step {
    /// The statements that changed the database, in order.
    pub fn statements(&self) -> Vec<&Sent> {
        self.events.iter().flat_map(Event::statements).collect()
    }

    /// Where real Alembic would have gone another way.
    pub fn otherwise(&self) -> Vec<&Otherwise> {
        self.events.iter().flat_map(Event::otherwise).collect()
    }

    /// The operations in it, in order.
    pub fn operations(&self) -> Vec<&Operation> {
        self.events.iter().flat_map(Event::operations).collect()
    }
}
