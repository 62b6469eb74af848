//! The Rust that generated code leans on: codec, client transport, server routing.
