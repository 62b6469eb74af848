//! Tests of the server half of the runtime.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod loopback;
mod matcher;
mod media_type;
mod parameters;
mod problem;
mod serve;
