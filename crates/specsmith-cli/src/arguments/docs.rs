//! The arguments about the Markdown reference.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use specsmith::Config;

/// How the reference is made.
#[derive(Debug, Args)]
pub(super) struct Reference {
    /// Which files the reference has [default: tree]
    #[arg(long, value_name = "LAYOUT", value_enum)]
    docs_layout: Option<Layout>,
    /// What stands in front of each page of the reference [default: none]
    #[arg(long, value_name = "PROGRAM", value_enum)]
    front_matter: Option<FrontMatter>,
    /// An older document; a page of the reference tells what is different
    #[arg(long, value_name = "DOCUMENT")]
    pub(super) since: Option<PathBuf>,
    /// A folder with templates that replace those of the reference
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

/// Which files a reference has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Layout {
    /// Pages that lead to each other
    Tree,
    /// A book of mdBook
    Book,
    /// One page
    Single,
}

/// What stands in front of each page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FrontMatter {
    /// Nothing
    None,
    /// Title and place, for Docusaurus
    Docusaurus,
    /// The title, for MkDocs
    Mkdocs,
}

impl Reference {
    /// The configuration with what the arguments say.
    pub(super) fn apply(&self, config: Config) -> Config {
        let mut options = config.current_docs_options().clone();
        if let Some(layout) = self.docs_layout {
            options.layout = match layout {
                Layout::Tree => specsmith::Layout::Tree,
                Layout::Book => specsmith::Layout::Book,
                Layout::Single => specsmith::Layout::Single,
            };
        }
        if let Some(front_matter) = self.front_matter {
            options.front_matter = match front_matter {
                FrontMatter::None => specsmith::FrontMatter::None,
                FrontMatter::Docusaurus => specsmith::FrontMatter::Docusaurus,
                FrontMatter::Mkdocs => specsmith::FrontMatter::Mkdocs,
            };
        }
        options.since = self.since.clone().or(options.since);
        options.templates = self.templates.clone().or(options.templates);
        config.docs_options(options)
    }
}
