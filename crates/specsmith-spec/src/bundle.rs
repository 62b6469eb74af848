//! Takes in what a document refers to in other files, so that one document has everything.
//!
//! 1. [`scan`](scan) looks whether there is anything to do; most documents are whole as they are.
//! 2. [`gather`](gather) walks the document as the grammar leads, opens the files that references name ([`parts`](parts)),
//!    walks what they point to, and decides what becomes of each reference.
//! 3. [`homes`](homes) finds a place in the document for everything that references point to, and names for what
//!    becomes a component.
//! 4. [`assemble`](assemble) copies everything to its place and points the references there.
//!
//! Nothing is copied for a reference where the specification has one: what it points to becomes one component, however
//! often it is used. Where the specification has none, the target is taken in at the place of the reference.

mod assemble;
mod gather;
mod homes;
mod parts;
mod reason;
mod scan;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, path::PathBuf};

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, SourceMap};

pub(crate) use self::reason::network;
use self::{gather::Gather, parts::Parts};
use crate::{Document, Limits, NodeId, grammar::Kind, read::files::Files};

/// A node of one of the files; the document itself is the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    part: usize,
    node: NodeId,
}

/// What becomes of a node that is a reference or has one.
#[derive(Debug, Clone)]
enum Action {
    /// The text points to the home of this place.
    Point(Place),
    /// The text points to an anchor of this place.
    PointToAnchor(String),
    /// The object becomes what stands at this place, with what stands beside its `$ref`.
    TakeIn(Place),
    /// The text stays, since its target cannot be had; as it is written from the document.
    Keep(String),
}

/// What was decided about references, by their places.
type Actions = HashMap<Place, Action>;

/// What stands at a place and must have a home.
type Target = (Place, Kind);

/// Where a document comes from, and which files it may refer to.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// The name that diagnostics print.
    pub name: String,
    /// Its file.
    pub path: Option<PathBuf>,
    /// Folders that are allowed beside its own.
    pub folders: Vec<PathBuf>,
}

/// Takes in what a document refers to in other files.
///
/// What cannot be had stays a reference, and the document knows why. Returns `None` after reporting why, when a file
/// that belongs to the document cannot be understood or the whole exceeds the limits.
pub(crate) fn bundle(
    document: Document,
    origin: &Origin,
    limits: &Limits,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let files = match Files::new(&origin.name, origin.path.as_deref(), &origin.folders) {
        Ok(files) => files,
        Err(folder) => {
            let message = format!("`{}` is not a folder that can be read", folder.display());
            diagnostics.report(Diagnostic::new(Code::UnreadableFile, message));
            return None;
        }
    };
    if !scan::needs_bundling(&document) {
        return Some(document);
    }
    let parts = Parts::new(document, files, limits, sources, diagnostics);
    let mut gather = Gather::new(parts);
    gather.run()?;
    assemble::assemble(gather)
}
