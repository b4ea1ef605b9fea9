//! Operations as the tuples that `alembic check` prints: Alembic's `as_diffs`, in Python's `repr`.
