//! Renders the Markdown reference of an API: [`render`] makes pages that read well on GitHub, in mdBook and as files.
//!
//! `index.md` is about the API as a whole, each group of operations has a page, each module of types has a page below
//! `schemas`, and `SUMMARY.md` is the table of contents of mdBook. What a page says comes from [`Api`], its names and
//! the calls in its samples from [`Model`]. Pages are put together from views (`view`) by templates; every text of the
//! document goes through `escape`.

mod constraint;
mod context;
mod docs;
mod escape;
mod example;
mod exchange;
mod field;
mod index;
mod message;
mod operation;
mod pages;
mod sample;
mod schema;
mod security;
mod tidy;
mod types;
mod usage;
mod view;
mod webhook;

use serde::Serialize;
use specsmith_ir::Api;
use specsmith_output::FileTree;
use specsmith_rust::{Model, json};

use crate::context::Context;
use crate::tidy::tidy;

/// What a reference cannot know from the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The package of the client that the Rust samples use.
    pub client_package: String,
}

/// Renders the reference of an API.
pub fn render(api: &Api, model: &Model, options: &Options) -> FileTree {
    let cx = Context::new(api, model, options);
    let mut tree = FileTree::new();
    let mut page = |path: &str, text: String| tree.insert(path, tidy(&text));
    page("index.md", template("index", index::view(&cx)));
    page("SUMMARY.md", template("summary", index::summary(&cx)));
    for (index, group) in model.groups.iter().enumerate() {
        for (number, path) in cx.pages.group(index).iter().enumerate() {
            page(path, template("group", operation::page(&cx, (index, group), number)));
        }
    }
    if let Some(path) = cx.pages.webhooks() {
        page(path, template("sent", webhook::webhooks(&cx)));
    }
    if let Some(path) = cx.pages.callbacks() {
        page(path, template("sent", webhook::callbacks(&cx)));
    }
    for module in 0..model.type_modules.len() {
        for (number, path) in cx.pages.module(module).iter().enumerate() {
            if let Some(view) = schema::page(&cx, module, number) {
                page(&format!("schemas/{path}"), template("schemas", view));
            }
        }
    }
    tree
}

fn template(name: &str, view: impl Serialize) -> String {
    specsmith_templates::render(&format!("markdown/{name}.md.j2"), view)
}

#[cfg(test)]
mod tests;
