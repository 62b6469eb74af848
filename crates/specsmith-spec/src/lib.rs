//! Reads OpenAPI documents and lowers them to [`specsmith_ir::Api`].
//!
//! Two steps: [`load`] turns text into a [`Document`], a tree in which every value knows its place in the source;
//! [`lower`] decides what the document means and reports what it cannot express. This is the only crate that knows
//! `$ref`, versions of OpenAPI, or YAML.

mod address;
mod bundle;
mod convert;
mod coverage;
mod document;
mod generic;
mod grammar;
mod load;
mod lower;
mod overlay;
mod pointer;
mod read;
mod resource;
mod upgrade;
mod write;

pub use coverage::{Coverage, KeywordCoverage, Loss, Place, SchemaCoverage, coverage};
pub use document::{Document, DocumentBuilder, Key, Node, NodeId, NodeKind};
pub use grammar::{Fate, KeywordFate, keywords};
pub use load::{Options, load};
pub use lower::{lower, lower_within};
pub use read::{LimitError, Limits, Source, read};
pub use upgrade::upgrade;
pub use write::{to_json, to_yaml};
