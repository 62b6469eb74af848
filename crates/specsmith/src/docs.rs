//! How the Markdown reference is made: layout, templates of the user, what it is compared with.

#[cfg(feature = "docs")]
mod render;

use std::path::PathBuf;

#[cfg(feature = "docs")]
pub(crate) use render::render;

/// There is nothing that renders a reference.
#[cfg(not(feature = "docs"))]
pub(crate) fn render(
    _: &crate::Config,
    _: &crate::pipeline::Lowered,
    _: &str,
) -> Result<specsmith_output::FileTree, crate::Error> {
    Err(crate::ConfigError::LeftOut(crate::Kind::Docs.name()).into())
}

/// Which files a reference has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// A folder of pages that lead to each other, as GitHub and editors show them; `SUMMARY.md` is its table of contents.
    #[default]
    Tree,
    /// The same pages as a book of mdBook: `book.toml`, and the pages below `src`.
    Book,
    /// One page.
    Single,
}

/// What stands in front of each page, for the program that makes a site of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FrontMatter {
    /// Nothing.
    #[default]
    None,
    /// That of Docusaurus: title and place among the others. There is no `SUMMARY.md`, which would be a page.
    Docusaurus,
    /// That of MkDocs: the title.
    Mkdocs,
}

/// How the Markdown reference is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocsOptions {
    /// Which files there are.
    pub layout: Layout,
    /// What stands in front of each page.
    pub front_matter: FrontMatter,
    /// Whether there are diagrams, in Mermaid; `None` where the layout decides: mdBook shows them as code.
    pub diagrams: Option<bool>,
    /// A folder with templates that replace those of the same names.
    pub templates: Option<PathBuf>,
    /// An older document: a page tells what is different from it.
    pub since: Option<PathBuf>,
}
