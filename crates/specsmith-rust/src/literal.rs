//! Values of a document as Rust expressions.
