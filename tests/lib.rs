//! The integration tests: one binary, one module a concern.

mod golden;
mod normalize;
