//! OpenAPI-first code generator: a typed Rust client SDK, an axum server and Markdown docs from one document.
//!
//! A [`Config`] names a document and where its outputs go. [`generate`] writes them, [`check`] tells where they are out
//! of date without writing, [`render`] makes them in memory, [`lint`] only looks at the document. [`bundle`] makes one
//! document of many files, [`upgrade`] writes it in OpenAPI 3.2, [`coverage()`] tells how much of it is understood, and
//! [`understand`] what it means. [`diff()`] tells what is different between two documents, and whom it breaks, [`list`]
//! what a document has and what that is called in Rust, and
//! [`why`] where a name comes from and what uses it.
//! [`scaffold_server`] begins the program around a generated server.
//!
//! ```no_run
//! let config = specsmith::Config::new("openapi.yaml")
//!     .client("sdk")
//!     .server(specsmith::Target::new("server").package("bookstore-server"));
//! match specsmith::generate(&config) {
//!     Ok(outcome) => eprint!("{}", outcome.findings),
//!     Err(error) => eprintln!("{error}"),
//! }
//! ```
//!
//! [`Config::from_file`] reads the same from `specsmith.toml`, and [`Project`] that of several APIs.
//!
//! A [`Generator`] of your own makes files from the same document, which are written and checked with the others.
//!
//! [`build`](fn@build) is for `build.rs`: it makes modules instead of packages, in `OUT_DIR`. See [`Build`].
//!
//! Without the feature `docs` there are no references, and without `server` no servers, which build scripts may do without.
//!
//! What specsmith has to say about a document comes as [`Findings`]. An error among them means that nothing was made;
//! where only one place of the document is broken, that place degrades, a warning says so, and everything else is made.

mod build_script;
mod committed;
mod config;
mod config_file;
mod coverage;
mod crates;
mod dependencies;
mod diff;
mod docs;
mod each;
mod error;
mod filter;
mod formats;
mod generator;
mod ir_text;
mod layout;
mod list;
mod module;
mod names_lock;
mod origin;
mod outcome;
mod package;
mod pagination;
mod pipeline;
mod plan;
mod read;
#[cfg(feature = "server")]
mod scaffold;
mod serving;
mod timings;
mod transform;
mod understood;
mod why;

pub use build_script::{Build, build};
pub use committed::{Committed, Difference, DocumentCommand};
pub use config::{Config, Form, Kind, Target};
pub use config_file::{ConfigOption, Project, Takes, config_options};
pub use coverage::{Covered, coverage};
pub use diff::{ApiChange, Bump, Class, Diff, DiffSide, ItemChange, ItemKind, Verdict, diff};
pub use docs::{DocsOptions, FrontMatter, Layout};
pub use each::each;
pub use error::Error;
pub use generator::{GENERATOR_FORMAT, Generated, Generator, GeneratorCommand, GeneratorInput};
pub use ir_text::{IrFormat, ir};
pub use list::{ListedBody, ListedOperation, ListedParameter, ListedResponse, ListedSchema, Listing, list};
pub use outcome::{NamesFile, Outcome, Output};
pub use package::ConfigError;
pub use pagination::infer_pagination;
pub use pipeline::{check, generate, lint, render};
#[cfg(feature = "server")]
pub use scaffold::{GoneHandler, NewHandlers, ScaffoldReport, ScaffoldResult, Scaffolded, scaffold_server};
pub use specsmith_diagnostics::{self as diagnostics, Findings};
pub use specsmith_ir as ir;
#[cfg(feature = "docs")]
pub use specsmith_markdown::{VIEWS_VERSION, templates as docs_templates};
pub use specsmith_output as output;
pub use specsmith_rust as rust;
pub use specsmith_rust::{
    Aliases, Dates, ExternType, HmacEncoding, HmacHash, HmacSignature, OptionTable, Selection, SignatureScheme,
    TypeOptions, WebhookName, WebhookOptions, types::Openness,
};
pub use specsmith_spec::{Coverage, LimitError, Limits};
pub use timings::{Step, Timing};
pub use transform::{Format, Printed, bundle, upgrade};
pub use understood::{Understood, understand};
pub use why::{Answer, Why, why};
