//! Which files the pages of a reference become, and what stands around them.

use specsmith_ir::Value;
use specsmith_output::FileTree;

use crate::context::Context;
use crate::pages::INDEX;
use crate::tidy::tidy;
use crate::{Options, TemplateError, index, json, llms, template, view};

/// Which files a reference has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FrontMatter {
    /// Nothing.
    #[default]
    None,
    /// That of Docusaurus: title and place among the others. There is no `SUMMARY.md`, which would be a page.
    Docusaurus,
    /// That of MkDocs: the title.
    Mkdocs,
}

/// The pages so far.
pub(crate) struct Files {
    layout: Layout,
    front_matter: FrontMatter,
    /// Paths, titles as Markdown, and texts, in the order of reading.
    pages: Vec<(String, String, String)>,
}

impl Files {
    pub(crate) fn new(options: &Options) -> Self {
        Self {
            layout: options.layout,
            front_matter: options.front_matter,
            pages: Vec::new(),
        }
    }

    /// Adds a page.
    pub(crate) fn page(&mut self, path: &str, title: String, text: String) {
        self.pages.push((path.to_owned(), title, text));
    }

    /// All files.
    pub(crate) fn finish(mut self, cx: &Context<'_>) -> Result<FileTree, TemplateError> {
        if self.layout == Layout::Single {
            self.join();
        }
        let mut tree = FileTree::new();
        let folder = if self.layout == Layout::Book { "src/" } else { "" };
        for (number, (path, title, text)) in self.pages.iter().enumerate() {
            let front = self.front(cx, title, number + 1)?;
            tree.insert(format!("{folder}{path}"), format!("{front}{}", tidy(text)));
        }
        if self.layout != Layout::Single && self.front_matter != FrontMatter::Docusaurus {
            let summary = template(cx, "summary.md", index::summary(cx))?;
            tree.insert(format!("{folder}SUMMARY.md"), tidy(&summary));
        }
        if self.layout != Layout::Single {
            let llms = template(cx, "llms.txt", llms::view(cx))?;
            tree.insert(format!("{folder}llms.txt"), tidy(&llms));
        }
        if self.layout == Layout::Book {
            let title = quoted(&index::plain_title(&cx.api.info));
            tree.insert("book.toml", tidy(&template(cx, "book.toml", view::Book { title })?));
        }
        Ok(tree)
    }

    /// Makes one page of all, each but the first a section of it.
    fn join(&mut self) {
        let mut all = String::new();
        let mut title = String::new();
        for (path, of, text) in self.pages.drain(..) {
            if path == INDEX {
                title = of;
                all.push_str(&text);
            } else {
                all.push('\n');
                all.push_str(&demoted(&text));
            }
        }
        self.pages.push((INDEX.to_owned(), title, all));
    }

    fn front(&self, cx: &Context<'_>, title: &str, position: usize) -> Result<String, TemplateError> {
        let name = match self.front_matter {
            FrontMatter::None => return Ok(String::new()),
            FrontMatter::Docusaurus => "docusaurus",
            FrontMatter::Mkdocs => "mkdocs",
        };
        let title = quoted(&crate::escape::plain(title));
        let front = template(cx, name, view::FrontMatter { title, position })?;
        Ok(format!("{front}\n"))
    }
}

/// Text between quotes, as JSON, YAML and TOML have it alike.
fn quoted(text: &str) -> String {
    let text: String = text
        .chars()
        .filter(|c| !json::is_invisible(*c) && !c.is_control())
        .collect();
    json::compact(&Value::String(text))
}

/// A page with its headings a level lower; code is left as it is.
fn demoted(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut fence: Option<usize> = None;
    for line in page.lines() {
        let rest = line.trim_start_matches([' ', '>']);
        let marks = rest.len() - rest.trim_start_matches('`').len();
        let level = line.len() - line.trim_start_matches('#').len();
        match fence {
            Some(length) if marks >= length && rest.trim_matches('`').trim().is_empty() => fence = None,
            None if marks >= 3 => fence = Some(marks),
            None if (1..6).contains(&level) => out.push('#'),
            _ => {}
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_a_section_are_a_level_lower() {
        let page = "# a\n\n###### b\n\n```sh\n# c\n```\n\n## d\n";
        assert_eq!(demoted(page), "## a\n\n###### b\n\n```sh\n# c\n```\n\n### d\n");
    }

    #[test]
    fn titles_are_strings_of_every_notation() {
        assert_eq!(quoted("a \"b\"\n\u{202e}\\c: #"), "\"a \\\"b\\\"\\\\c: #\"");
    }
}
