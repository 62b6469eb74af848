//! The files that generators make, in memory and on disk.
//!
//! Generators return a [`FileTree`]; [`write`] puts it into a folder, [`check`] compares it with one. This is the only
//! library crate that writes to disk, and it touches nothing that it did not make.

mod tree;

pub use tree::FileTree;
