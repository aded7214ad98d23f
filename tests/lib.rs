//! The integration tests: one binary, one module a concern.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::redundant_closure_for_method_calls,
    clippy::string_slice,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test fails by panicking, and nothing here is anybody's interface"
)]

mod corruption;
mod data;
mod decode;
mod errors;
mod examples;
mod golden;
mod guarantees;
mod morphology;
mod names;
mod normalize;
mod pipeline;
mod restore;
mod suspicious;
mod tokenize;
mod values;
