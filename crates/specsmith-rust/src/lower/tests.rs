//! Models as they come out of lowering.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stdout)]

mod actions;
mod build;
mod check;
mod corpus;
mod cycles;
mod derives;
mod fields;
mod groups;
mod hostile;
mod maps;
mod memory;
mod names;
mod renames;
mod resource;
mod responses;
mod same;
mod scalars;
mod streams;
mod tuples;
mod unions;
mod views;
