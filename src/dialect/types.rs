//! Types to DDL, as most databases have them.
