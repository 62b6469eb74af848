//! Renders the Markdown reference of an API: [`render`] makes pages that read well on GitHub, in mdBook and as files.
//!
//! `index.md` is about the API as a whole, each group of operations has a page, each module of types has a page below
//! `schemas`, `SUMMARY.md` is the table of contents of mdBook, and `llms.txt` a list of everything for programs; other
//! [layouts](Layout) have the same pages elsewhere. What a page says comes from [`Api`], its names and the calls in its
//! samples from [`Model`]. Pages are put together from views (`view`) by templates, of which users may replace some; every
//! text of the document goes through `escape`.

mod changes;
mod constraint;
mod context;
mod conventions;
mod diagram;
mod docs;
mod escape;
mod example;
mod exchange;
mod field;
mod index;
mod layout;
mod llms;
mod message;
mod operation;
mod pages;
mod sample;
mod schema;
mod security;
mod statuses;
mod tags;
mod tidy;
mod types;
mod usage;
mod view;
mod webhook;

use std::collections::BTreeMap;

use serde::Serialize;
use specsmith_ir::{Api, OperationId};
use specsmith_output::FileTree;
use specsmith_rust::{Model, json};
pub use specsmith_templates::{TemplateError, Templates, VIEWS_VERSION};

pub use crate::changes::Changes;
use crate::context::Context;
use crate::layout::Files;
pub use crate::layout::{FrontMatter, Layout};
use crate::pages::INDEX;

/// What a reference cannot know from the document.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The package of the client that the Rust samples use.
    pub client_package: String,
    /// Which files there are.
    pub layout: Layout,
    /// What stands in front of each page.
    pub front_matter: FrontMatter,
    /// The beginning of a handler of each operation, as Rust; none where there is no server.
    pub handlers: BTreeMap<OperationId, String>,
    /// Whether there are diagrams, in Mermaid; `None` where the layout decides: mdBook shows them as code.
    pub diagrams: Option<bool>,
    /// What is different from an older document.
    pub changes: Option<Changes>,
    /// The templates of the pages.
    pub templates: Templates,
}

/// Renders the reference of an API.
///
/// # Errors
/// When a template of the user wants what its view does not have; templates of specsmith never do.
pub fn render(api: &Api, model: &Model, options: &Options) -> Result<FileTree, TemplateError> {
    let cx = Context::new(api, model, options);
    let mut files = Files::new(options);
    files.page(
        INDEX,
        index::title(&api.info),
        template(&cx, "index.md", index::view(&cx))?,
    );
    for (index, group) in model.groups.iter().enumerate() {
        for (number, path) in cx.pages.group(index).iter().enumerate() {
            let view = operation::page(&cx, (index, group), number);
            files.page(path, cx.pages.title(path), template(&cx, "group.md", view)?);
        }
    }
    let sent = [
        cx.pages.webhooks().map(|path| (path, webhook::webhooks(&cx))),
        cx.pages.callbacks().map(|path| (path, webhook::callbacks(&cx))),
    ];
    for (path, view) in sent.into_iter().flatten() {
        files.page(path, cx.pages.title(path), template(&cx, "sent.md", view)?);
    }
    for module in 0..model.type_modules.len() {
        for (number, path) in cx.pages.module(module).iter().enumerate() {
            if let Some(view) = schema::page(&cx, module, number) {
                files.page(path, cx.pages.title(path), template(&cx, "schemas.md", view)?);
            }
        }
    }
    let statuses = template(&cx, "statuses.md", statuses::page(&cx))?;
    files.page(cx.pages.statuses(), cx.pages.title(cx.pages.statuses()), statuses);
    if let (Some(path), Some(changes)) = (cx.pages.changes(), &options.changes) {
        let view = changes::page(&cx, changes);
        files.page(path, cx.pages.title(path), template(&cx, "changes.md", view)?);
    }
    files.finish(&cx)
}

/// The names of the templates, which users may replace.
pub fn templates() -> impl Iterator<Item = &'static str> {
    specsmith_templates::names("markdown")
}

fn template(cx: &Context<'_>, name: &str, view: impl Serialize) -> Result<String, TemplateError> {
    cx.options.templates.render(&format!("markdown/{name}.j2"), view)
}

#[cfg(test)]
mod tests;
