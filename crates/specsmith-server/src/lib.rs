//! Renders an axum server crate from the Rust model.
