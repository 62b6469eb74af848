//! Rust files: items printed one by one, so that blank lines and plain comments survive.

/// A Rust file that is being put together.
#[derive(Debug, Clone, Default)]
pub struct RustFile {}
