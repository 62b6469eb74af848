//! What came out, target by target.

use std::path::PathBuf;

use crate::{Committed, Findings, Kind, Timing};

/// What came out: what there is to say about the document, and a result for each target.
///
/// `T` is a [`FileTree`](crate::output::FileTree) where outputs are rendered, [`Written`](crate::output::Written) where
/// they are written, and a [`Report`](crate::output::Report) where they are checked.
#[derive(Debug, Clone)]
pub struct Outcome<T> {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// A result for each target: client, server, types, docs, those of generators of one's own.
    pub outputs: Vec<Output<T>>,
    /// The result for the file that remembers names, where the user says where it is; else it is in each package.
    pub names: Option<NamesFile<T>>,
    /// The document that is committed, where it was compared with what a program prints.
    pub committed: Option<Committed>,
    /// How long each step took, in their order.
    pub timings: Vec<Timing>,
}

/// The result for the file that remembers names.
#[derive(Debug, Clone)]
pub struct NamesFile<T> {
    /// The file.
    pub path: PathBuf,
    /// The result, in which the file is relative to its folder.
    pub result: T,
}

/// The result for one target.
#[derive(Debug, Clone)]
pub struct Output<T> {
    /// What is generated.
    pub kind: Kind,
    /// What that is called: the name of the kind, or of the generator.
    pub name: String,
    /// The folder.
    pub dir: PathBuf,
    /// The result.
    pub result: T,
}

impl<T> Output<T> {
    /// The same output with another result.
    pub(crate) fn with<U>(self, result: U) -> Output<U> {
        Output {
            kind: self.kind,
            name: self.name,
            dir: self.dir,
            result,
        }
    }
}
