//! Renders a Rust client SDK from the Rust model.
