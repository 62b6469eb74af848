//! One naming function for everything that gets a Rust name.
