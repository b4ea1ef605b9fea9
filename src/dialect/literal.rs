//! Values as SQL text.
