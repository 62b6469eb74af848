//! From a source to one whole document: reads it with everything that belongs to it.

use std::path::PathBuf;

use specsmith_diagnostics::{Diagnostics, SourceMap};

use crate::{
    Document, Limits, Source,
    bundle::{Origin, bundle},
    overlay, read,
};

/// What belongs to a document, and what reading it may use.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// How much reading may cost.
    pub limits: Limits,
    /// Folders whose files the document may refer to, beside the folder that it stands in.
    pub folders: Vec<PathBuf>,
    /// Overlay documents, which are applied in this order.
    pub overlays: Vec<Source>,
}

/// Reads a document, applies overlays to it, and takes in what it refers to in other files.
///
/// What comes out is one document in which nothing refers to another file, except where that file cannot be had;
/// every value keeps its place in the file that it comes from. Returns `None` after reporting why, when the text is
/// neither JSON nor YAML or exceeds the limits.
pub fn load(
    source: Source,
    options: &Options,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let target = overlay::Target {
        name: source.name.clone(),
        path: source.path.clone(),
    };
    let origin = Origin {
        name: source.name.clone(),
        path: source.path.clone(),
        folders: options.folders.clone(),
    };
    let mut document = read(source, &options.limits, sources, diagnostics)?;
    for overlay in &options.overlays {
        document = overlay::apply(
            &document,
            &target,
            overlay.clone(),
            &options.limits,
            sources,
            diagnostics,
        )?;
    }
    let document = bundle(document, &origin, &options.limits, sources, diagnostics)?;
    // Each part is within the limits; what they make together may not be.
    options.limits.admit(&document, diagnostics).then_some(document)
}
