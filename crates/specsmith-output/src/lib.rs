//! The files that generators make, in memory and on disk.
//!
//! Generators return a [`FileTree`]; [`write`] puts it into a folder, [`check`] compares it with one. This is the only
//! library crate that writes to disk, and it touches nothing that it did not make: a manifest in the folder,
//! [`MANIFEST`], names the files that are ours with a digest of what was written, and the [`Origin`] of it all, so that
//! [`check`] tells why something differs. [`write_file`] and [`check_file`] are for a file that a user names,
//! [`begin`](fn@begin) is for files that users go on with.
//!
//! Rust files are compared in a form that `cargo fmt` does not change, and every text in one that another kind of line
//! break does not change, so a formatted or freshly checked out folder is up to date.

mod begin;
mod canonical;
mod check;
mod compare;
mod error;
mod file;
mod folder;
pub mod lexer;
mod manifest;
mod origin;
mod path;
mod tree;
mod write;

pub use begin::{Begun, begin, files_below};
pub use check::{Drift, DriftKind, Report, check};
pub use error::OutputError;
pub use file::{check_file, write_file};
pub use manifest::MANIFEST;
pub use origin::{Origin, Reason, fingerprint};
pub use path::validate;
pub use tree::FileTree;
pub use write::{Written, write};
