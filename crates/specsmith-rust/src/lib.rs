//! What Rust needs to say an API: names, types and the shape of calls, decided once for client and server.
//!
//! [`lower`] turns [`specsmith_ir::Api`] into a [`Model`] and may report; after that border nothing can fail.
//! [`types`] renders the type definitions that client and server share, [`RustFile`] prints Rust files. [`surface`] says
//! what callers of a client see of a model, and what is different between two.

mod deprecation;
mod headers;
mod ident;
pub mod json;
mod known;
pub mod limits;
pub mod literal;
mod lower;
pub mod model;
mod naming;
mod options;
mod print;
mod prose;
pub mod surface;
pub mod types;

pub use deprecation::Deprecation;
pub use headers::headers;
pub use ident::Ident;
pub use known::{KnownNames, Mark};
pub use lower::rules::pattern::translate as translate_pattern;
pub use lower::{lower, resource};
pub use model::Model;
pub use options::{
    Aliases, Dates, ExternType, HmacEncoding, HmacHash, HmacSignature, OptionTable, Selection, SignatureScheme,
    TypeOptions, WebhookName, WebhookOptions,
};
pub use print::RustFile;
pub use prose::Prose;
