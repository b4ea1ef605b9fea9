//! Expressions to SQL, as most databases have them.
