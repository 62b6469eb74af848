//! What the table `docs` of a configuration file says beside its folder.

use std::path::Path;

use super::reader::{Entry, Reader};
use crate::{DocsOptions, FrontMatter, Layout};

/// Reads `layout`, `front-matter`, `diagrams`, `since` or `templates`.
pub(super) fn option(docs: &mut DocsOptions, entry: &Entry<'_>, folder: &Path, reader: &mut Reader<'_>) {
    match entry.key {
        "layout" => {
            let choices = [
                ("tree", Layout::Tree),
                ("book", Layout::Book),
                ("single", Layout::Single),
            ];
            docs.layout = reader.choice(entry, &choices).unwrap_or_default();
        }
        "front-matter" => {
            let choices = [
                ("none", FrontMatter::None),
                ("docusaurus", FrontMatter::Docusaurus),
                ("mkdocs", FrontMatter::Mkdocs),
            ];
            docs.front_matter = reader.choice(entry, &choices).unwrap_or_default();
        }
        "diagrams" => docs.diagrams = reader.flag(entry),
        "since" => docs.since = reader.text(entry).map(|path| folder.join(path)),
        _ => docs.templates = reader.text(entry).map(|path| folder.join(path)),
    }
}
