//! Operations to DDL, as most databases have it.
