//! Comparisons of values made by hand; whole pairs of models are in tests/spec/autogenerate.
