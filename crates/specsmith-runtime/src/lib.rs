//! The Rust that generated code leans on: codec, client transport, server routing.
//!
//! The modules are compiled and tested here, and [`files`] gives their texts to the generators, which copy the parts
//! that an API needs into the generated crate, below `src/runtime`.

mod files;

#[cfg(feature = "code")]
pub mod client;
#[cfg(feature = "code")]
pub mod codec;
#[cfg(feature = "code")]
pub mod server;
#[cfg(feature = "code")]
pub mod xml;

pub use files::{Part, files};

// In a generated crate these files are below `crate::runtime`; macros name them by that path.
#[cfg(feature = "code")]
#[doc(hidden)]
pub mod runtime {
    pub use crate::{client, codec, server, xml};
}
