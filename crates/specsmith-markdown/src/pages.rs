//! Files, headings and anchors of the reference: where everything is found.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_ir::Api;
use specsmith_rust::Model;
use specsmith_rust::model::TypeItemId;

use crate::escape::{code, slug, text};

/// The folder that a page is in, which links start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folder {
    /// The folder of the reference.
    Root,
    /// The folder of the pages of schemas.
    Schemas,
}

impl Folder {
    /// The way to the folder of the reference.
    pub(crate) fn to_root(self) -> &'static str {
        match self {
            Folder::Root => "",
            Folder::Schemas => "../",
        }
    }

    /// The way to the folder of schemas.
    fn to_schemas(self) -> &'static str {
        match self {
            Folder::Root => "schemas/",
            Folder::Schemas => "",
        }
    }
}

/// A heading with the anchor that renderers make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The text as Markdown.
    pub(crate) text: String,
    /// Its anchor.
    pub(crate) anchor: String,
}

/// The files and headings of the reference.
pub(crate) struct Pages {
    /// The pages of each group; all but the last have [`PER_PAGE`] operations.
    groups: Vec<Vec<String>>,
    webhooks: Option<String>,
    callbacks: Option<String>,
    /// The pages of each module of types; all but the last have [`SCHEMAS_PER_PAGE`] schemas.
    modules: Vec<Vec<String>>,
    types: Vec<(String, Heading)>,
    schemes: Vec<Heading>,
    webhook_headings: Vec<Heading>,
    callback_headings: Vec<Heading>,
}

/// How many operations a page has at most; GitHub does not show files of more than half a megabyte.
pub(crate) const PER_PAGE: usize = 15;

/// How many schemas a page has at most.
pub(crate) const SCHEMAS_PER_PAGE: usize = 100;

/// The headings that `index.md` has of its own.
const INDEX_HEADINGS: [&str; 5] = ["servers", "authentication", "operations", "schemas", "rust-client"];

impl Pages {
    pub(crate) fn new(api: &Api, model: &Model) -> Self {
        // Files of these names mean something to renderers; some systems do not tell small letters from capitals.
        let mut files: BTreeSet<String> = ["index", "summary", "readme", "schemas"].map(str::to_owned).into();
        let groups = model.groups.iter();
        let groups = groups.map(|group| {
            let count = group.operations.len().div_ceil(PER_PAGE);
            series(&mut files, group.accessor.unraw(), "_calls", count)
        });
        let groups = groups.collect();
        let webhooks = (!api.webhooks.is_empty()).then(|| file(&mut files, "webhooks", "_sent"));
        let callbacks = (!api.callbacks.is_empty()).then(|| file(&mut files, "callbacks", "_sent"));
        let mut files = BTreeSet::from(["index".to_owned(), "readme".to_owned()]);
        let modules = model.type_modules.iter().enumerate();
        let modules = modules.map(|(index, module)| {
            let count = model.types.iter().filter(|item| item.module == index).count();
            series(&mut files, module.unraw(), "_types", count.div_ceil(SCHEMAS_PER_PAGE))
        });
        let modules: Vec<Vec<String>> = modules.collect();
        let types = type_headings(model, &modules);
        let mut taken: BTreeSet<String> = INDEX_HEADINGS.map(str::to_owned).into();
        taken.insert(slug(&text(&api.info.title)));
        let schemes = model.schemes.iter();
        let schemes = schemes
            .map(|scheme| heading(&mut taken, &scheme.wire, scheme.method.unraw()))
            .collect();
        let mut taken = BTreeSet::from(["webhooks".to_owned()]);
        let webhook_headings = api.webhooks.iter();
        let webhook_headings = webhook_headings.map(|webhook| heading(&mut taken, &webhook.path.text, "webhook"));
        let mut taken = BTreeSet::from(["callbacks".to_owned()]);
        let callback_headings = api.callbacks.iter();
        let callback_headings = callback_headings.map(|callback| heading(&mut taken, &callback.name, "callback"));
        Self {
            groups,
            webhooks,
            callbacks,
            modules,
            types,
            schemes,
            webhook_headings: webhook_headings.collect(),
            callback_headings: callback_headings.collect(),
        }
    }

    /// The pages of a group, from the folder of the reference.
    pub(crate) fn group(&self, index: usize) -> &[String] {
        self.groups.get(index).map(Vec::as_slice).unwrap_or_default()
    }

    /// The page of an operation of a group, by the place of the operation.
    pub(crate) fn of_operation(&self, group: usize, place: usize) -> &str {
        self.group(group)
            .get(place / PER_PAGE)
            .map_or("index.md", String::as_str)
    }

    /// The page of webhooks, where the API has some.
    pub(crate) fn webhooks(&self) -> Option<&str> {
        self.webhooks.as_deref()
    }

    /// The page of callbacks, where the API has some.
    pub(crate) fn callbacks(&self) -> Option<&str> {
        self.callbacks.as_deref()
    }

    /// The pages of a module of types, from the folder of schemas.
    pub(crate) fn module(&self, index: usize) -> &[String] {
        self.modules.get(index).map(Vec::as_slice).unwrap_or_default()
    }

    /// The heading of a type.
    pub(crate) fn type_heading(&self, id: TypeItemId) -> Option<&Heading> {
        self.types.get(id.0 as usize).map(|(_, heading)| heading)
    }

    /// Where a type is described.
    pub(crate) fn type_link(&self, id: TypeItemId, from: Folder) -> String {
        match self.types.get(id.0 as usize) {
            Some((file, heading)) => format!("{}{file}#{}", from.to_schemas(), heading.anchor),
            None => format!("{}index.md", from.to_root()),
        }
    }

    /// The heading of a security scheme.
    pub(crate) fn scheme_heading(&self, index: usize) -> Option<&Heading> {
        self.schemes.get(index)
    }

    /// The heading of a webhook.
    pub(crate) fn webhook_heading(&self, index: usize) -> Option<&Heading> {
        self.webhook_headings.get(index)
    }

    /// The heading of a callback.
    pub(crate) fn callback_heading(&self, index: usize) -> Option<&Heading> {
        self.callback_headings.get(index)
    }

    /// The anchors of `index.md` that headings of the document must leave alone.
    pub(crate) fn index_anchors(&self) -> BTreeSet<String> {
        let schemes = self.schemes.iter().map(|heading| heading.anchor.clone());
        INDEX_HEADINGS.into_iter().map(str::to_owned).chain(schemes).collect()
    }
}

/// The headings of types, each with the file of its page.
fn type_headings(model: &Model, modules: &[Vec<String>]) -> Vec<(String, Heading)> {
    let mut counts = vec![0; modules.len()];
    let mut taken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let headings = model.types.iter().map(|item| {
        let place = counts.get_mut(item.module).map_or(0, |count| {
            *count += 1;
            *count - 1
        });
        let files = modules.get(item.module).map(Vec::as_slice).unwrap_or_default();
        let file = files.get(place / SCHEMAS_PER_PAGE).cloned().unwrap_or_default();
        let taken = taken.entry(file.clone()).or_default();
        (file, heading(taken, item.name.unraw(), "schema"))
    });
    headings.collect()
}

/// The files of what takes so many pages: `name.md`, `name_2.md`.
fn series(taken: &mut BTreeSet<String>, name: &str, suffix: &str, pages: usize) -> Vec<String> {
    let first = file(taken, name, suffix);
    let more = (2..=pages).map(|number| file(taken, &format!("{name}_{number}"), suffix));
    let more: Vec<String> = more.collect();
    std::iter::once(first).chain(more).collect()
}

/// A file name that is free, the same for systems that do not tell small letters from capitals.
fn file(taken: &mut BTreeSet<String>, name: &str, suffix: &str) -> String {
    let mut name = name.to_owned();
    while !taken.insert(name.to_lowercase()) {
        name.push_str(suffix);
    }
    format!("{name}.md")
}

/// A heading of a name in code whose anchor is free; a name without any letter is called `instead`.
pub(crate) fn heading(taken: &mut BTreeSet<String>, name: &str, instead: &str) -> Heading {
    let name = if slug(name).trim_matches(['-', '_']).is_empty() {
        instead
    } else {
        name
    };
    let name: String = name.chars().take(MAX_HEADING).collect();
    let mut text = code(&name);
    let mut number = 1;
    while !taken.insert(slug(&text)) {
        number += 1;
        text = format!("{} ({number})", code(&name));
    }
    let anchor = slug(&text);
    Heading { text, anchor }
}

/// The longest name in a heading, in characters.
const MAX_HEADING: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_a_page_have_different_anchors() {
        let mut taken = BTreeSet::new();
        let texts = ["Book", "BOOK", "***"].map(|name| heading(&mut taken, name, "schema"));
        let texts = texts.map(|heading| (heading.text, heading.anchor));
        let expected = [("`Book`", "book"), ("`BOOK` (2)", "book-2"), ("`schema`", "schema")];
        assert_eq!(
            texts,
            expected.map(|(text, anchor)| (text.to_owned(), anchor.to_owned()))
        );
    }

    #[test]
    fn files_differ_in_more_than_case() {
        let mut taken = BTreeSet::from(["summary".to_owned()]);
        let names = ["SUMMARY", "a", "A"].map(|name| file(&mut taken, name, "_calls"));
        assert_eq!(names, ["SUMMARY_calls.md", "a.md", "A_calls.md"]);
    }
}
