//! What the page and the worker say to each other.
