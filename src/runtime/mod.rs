//! Answers what scripts ask for: runs env.py and revisions against a database, or against a script.

pub mod trace;
