//! What a run may use.

/// The budgets of one machine.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the heap; beyond them the run stops, and no handler sees it.
    pub heap_bytes: usize,
    /// Python frames; beyond them `RecursionError`.
    pub depth: usize,
    /// Instructions inside one callback that cannot be suspended (`key=`, `__eq__`).
    pub leaf_instructions: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { heap_bytes: 512 << 20, depth: 1000, leaf_instructions: 50_000_000 }
    }
}
