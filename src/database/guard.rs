//! What a connection may do: how long a statement may take, and whether it is told to stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// What a connection may do, shared by all connections of a host.
#[derive(Debug, Clone, Default)]
pub struct Guard {
    /// How long one statement may take, in milliseconds; 0 is as long as it likes.
    statement_millis: Arc<AtomicU64>,
    /// Set by Stop or Ctrl-C: running statements end, and whoever set it takes it back.
    interrupted: Arc<AtomicBool>,
    /// Whether SQL comes from strangers: then nothing outside the database can be reached.
    untrusted: bool,
}

impl Guard {
    /// For databases whose SQL comes from strangers; a statement may take so long.
    pub fn untrusted(statement: Duration) -> Self {
        let guard = Guard { untrusted: true, ..Guard::default() };
        guard.statement_millis.store(statement.as_millis() as u64, Ordering::Relaxed);
        guard
    }

    /// Ends what runs, or takes that back.
    pub fn interrupt(&self, interrupted: bool) {
        self.interrupted.store(interrupted, Ordering::Relaxed);
    }

    /// Whether what runs is to end.
    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// How long one statement may take; `None` is as long as it likes.
    pub(super) fn statement_limit(&self) -> Option<Duration> {
        let millis = self.statement_millis.load(Ordering::Relaxed);
        (millis > 0).then(|| Duration::from_millis(millis))
    }

    /// Whether SQL comes from strangers.
    pub(super) fn is_untrusted(&self) -> bool {
        self.untrusted
    }
}
