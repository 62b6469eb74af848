//! Tests of the server half of the runtime.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod auth;
mod bodies;
mod compression;
mod cors;
mod extract;
mod faults;
mod forms;
mod headers;
#[cfg(feature = "jwt")]
mod jwt;
mod layers;
mod loopback;
mod matcher;
mod media_type;
mod order;
mod parameters;
mod problem;
mod serve;
mod serving;
mod streams;
mod tls;
