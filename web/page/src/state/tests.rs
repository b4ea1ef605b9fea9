//! Stories: actions in, effects out.
