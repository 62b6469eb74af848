//! The Rust that generated code leans on: codec, client transport, server routing.
//!
//! The modules are compiled and tested here, and [`files`] gives their texts to the generators, which copy the parts
//! that an API needs into the generated crate, below `src/runtime`.

#![cfg_attr(
    not(feature = "code"),
    allow(
        dead_code,
        unused_imports,
        unused_macros,
        reason = "a part of the code need not use all of it, as in generated crates"
    )
)]

mod files;

#[cfg(feature = "code")]
pub mod client;
#[cfg(feature = "serve")]
pub mod codec;
#[cfg(feature = "serve")]
pub mod header;
#[cfg(feature = "serve")]
pub mod server;
#[cfg(feature = "code")]
pub mod signature;
#[cfg(feature = "serve")]
pub mod xml;

pub use files::{Part, SplitFiles, files, split_files};

// In a generated crate these files are below `crate::runtime`; macros name them by that path.
#[cfg(feature = "serve")]
#[doc(hidden)]
pub mod runtime {
    #[cfg(feature = "code")]
    pub use crate::{client, signature};
    pub use crate::{codec, header, server, xml};
}
