//! The Rust that generated code leans on: codec, client transport, server routing.

pub mod codec;

// In a generated crate these files are below `crate::runtime`; macros name them by that path.
#[doc(hidden)]
pub mod runtime {
    pub use crate::codec;
}
