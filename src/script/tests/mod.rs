//! The graph's behaviour, as tables of one-liners; the answers are those of Alembic 1.20.1.

mod directory;
mod graph;
mod template;
