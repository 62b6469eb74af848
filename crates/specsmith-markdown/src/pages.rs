//! Files, headings and anchors of the reference: where everything is found.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_ir::{Api, OperationId};
use specsmith_rust::Model;
use specsmith_rust::model::TypeItemId;

use crate::escape::{code, plain, slug, text};
use crate::{Layout, Options, tags};

/// The folder that a page is in, which links start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folder {
    /// The folder of the reference.
    Root,
    /// The folder of the pages of schemas.
    Schemas,
}

impl Folder {
    /// The way to a page, which is a path from the folder of the reference.
    fn to(self, page: &str) -> String {
        match (self, page.strip_prefix("schemas/")) {
            (Folder::Root, _) => page.to_owned(),
            (Folder::Schemas, Some(page)) => page.to_owned(),
            (Folder::Schemas, None) => format!("../{page}"),
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
    /// Whether everything is on one page.
    is_single: bool,
    /// The pages of each group; all but the last have [`PER_PAGE`] operations.
    groups: Vec<Vec<String>>,
    webhooks: Option<String>,
    callbacks: Option<String>,
    statuses: String,
    changes: Option<String>,
    /// The pages of each module of types; all but the last have [`SCHEMAS_PER_PAGE`] schemas.
    modules: Vec<Vec<String>>,
    /// The title of each page but the first.
    titles: BTreeMap<String, Heading>,
    operations: BTreeMap<OperationId, (String, Heading)>,
    types: Vec<(String, Heading)>,
    schemes: Vec<Heading>,
    webhook_headings: Vec<Heading>,
    callback_headings: Vec<Heading>,
    /// All anchors of the one page.
    taken: BTreeSet<String>,
}

/// How many operations a page has at most; GitHub does not show files of more than half a megabyte.
const PER_PAGE: usize = 15;

/// How many schemas a page has at most.
const SCHEMAS_PER_PAGE: usize = 100;

/// The page about the API as a whole.
pub(crate) const INDEX: &str = "index.md";

/// The headings that `index.md` has of its own.
const INDEX_HEADINGS: [&str; 6] = [
    "servers",
    "authentication",
    "conventions",
    "operations",
    "schemas",
    "rust-client",
];

impl Pages {
    pub(crate) fn new(api: &Api, model: &Model, options: &Options) -> Self {
        let mut pages = Self::files(api, model, options);
        let mut taken = Anchors::new(pages.is_single);
        taken.of(INDEX).extend(INDEX_HEADINGS.map(str::to_owned));
        taken.of(INDEX).insert(slug(&plain(&text(&api.info.title))));
        // Links lead to these from everywhere, so they have the best names.
        pages.operations(model, &mut taken);
        pages.types = pages.type_headings(model, &mut taken);
        let schemes = model.schemes.iter();
        let schemes = schemes.map(|scheme| heading(taken.of(INDEX), &scheme.wire, scheme.method.unraw()));
        pages.schemes = schemes.collect();
        if let Some(page) = &pages.webhooks {
            let names = api.webhooks.iter().map(|webhook| &webhook.path.text);
            pages.webhook_headings = names.map(|name| heading(taken.of(page), name, "webhook")).collect();
        }
        if let Some(page) = &pages.callbacks {
            let names = api.callbacks.iter().map(|callback| &callback.name);
            pages.callback_headings = names.map(|name| heading(taken.of(page), name, "callback")).collect();
        }
        pages.titles(api, model, &mut taken);
        if pages.is_single {
            pages.taken = std::mem::take(taken.of(INDEX));
        }
        pages
    }

    /// The files, without what is in them.
    fn files(api: &Api, model: &Model, options: &Options) -> Self {
        let is_single = options.layout == Layout::Single;
        // Files of these names mean something to renderers; some systems do not tell small letters from capitals.
        let mut files: BTreeSet<String> = ["index", "summary", "readme", "schemas"].map(str::to_owned).into();
        let pages_of = |count: usize, most: usize| if is_single { 1 } else { count.div_ceil(most) };
        let groups = model.groups.iter();
        let groups = groups.map(|group| {
            let count = pages_of(group.operations.len(), PER_PAGE);
            series(&mut files, group.accessor.unraw(), "_calls", count)
        });
        let groups = groups.collect();
        let webhooks = (!api.webhooks.is_empty()).then(|| file(&mut files, "webhooks", "_sent"));
        let callbacks = (!api.callbacks.is_empty()).then(|| file(&mut files, "callbacks", "_sent"));
        let statuses = file(&mut files, "statuses", "_told");
        let changes = options.changes.is_some().then(|| file(&mut files, "changes", "_told"));
        let mut files = BTreeSet::from(["index".to_owned(), "readme".to_owned()]);
        let modules = model.type_modules.iter().enumerate();
        let modules = modules.map(|(index, module)| {
            let count = model.types.iter().filter(|item| item.module == index).count();
            let series = series(&mut files, module.unraw(), "_types", pages_of(count, SCHEMAS_PER_PAGE));
            series.into_iter().map(|file| format!("schemas/{file}")).collect()
        });
        Self {
            is_single,
            groups,
            webhooks,
            callbacks,
            statuses,
            changes,
            modules: modules.collect(),
            titles: BTreeMap::new(),
            operations: BTreeMap::new(),
            types: Vec::new(),
            schemes: Vec::new(),
            webhook_headings: Vec::new(),
            callback_headings: Vec::new(),
            taken: BTreeSet::new(),
        }
    }

    fn operations(&mut self, model: &Model, taken: &mut Anchors) {
        for (index, group) in model.groups.iter().enumerate() {
            for (place, operation) in group.operations.iter().enumerate() {
                let page = self.of_operation(index, place).to_owned();
                let heading = heading(taken.of(&page), operation.function.unraw(), "operation");
                self.operations.insert(operation.source, (page, heading));
            }
        }
    }

    /// The headings of types, each with its page.
    fn type_headings(&self, model: &Model, taken: &mut Anchors) -> Vec<(String, Heading)> {
        let mut counts = vec![0; self.modules.len()];
        let headings = model.types.iter().map(|item| {
            let place = counts.get_mut(item.module).map_or(0, |count| {
                *count += 1;
                *count - 1
            });
            let page = self.module(item.module).get(place / self.schemas_per_page());
            let page = page.cloned().unwrap_or_default();
            let heading = heading(taken.of(&page), item.name.unraw(), "schema");
            (page, heading)
        });
        headings.collect()
    }

    fn titles(&mut self, api: &Api, model: &Model, taken: &mut Anchors) {
        let mut titles = Vec::new();
        for (pages, group) in self.groups.iter().zip(&model.groups) {
            titles.extend(numbered_titles(pages, &text(&tags::title(api, group)), " operations"));
        }
        for (pages, module) in self.modules.iter().zip(&model.type_modules) {
            let title = format!("Schemas: {}", text(module.unraw()));
            titles.extend(numbered_titles(pages, &title, ""));
        }
        let single = [
            (self.webhooks.as_ref(), "Webhooks"),
            (self.callbacks.as_ref(), "Callbacks"),
            (Some(&self.statuses), "Status codes"),
            (self.changes.as_ref(), "Changes"),
        ];
        let single = single.into_iter().filter_map(|(page, title)| Some((page?, title)));
        titles.extend(single.map(|(page, title)| (page.clone(), title.to_owned(), "")));
        for (page, title, suffix) in titles {
            let title = titled(taken.of(&page), &title, suffix);
            self.titles.insert(page, title);
        }
    }

    /// How many schemas a page has at most.
    pub(crate) fn schemas_per_page(&self) -> usize {
        if self.is_single { usize::MAX } else { SCHEMAS_PER_PAGE }
    }

    /// How many operations a page has at most.
    pub(crate) fn per_page(&self) -> usize {
        if self.is_single { usize::MAX } else { PER_PAGE }
    }

    /// The pages of a group.
    pub(crate) fn group(&self, index: usize) -> &[String] {
        self.groups.get(index).map(Vec::as_slice).unwrap_or_default()
    }

    /// The page of an operation of a group, by the place of the operation.
    pub(crate) fn of_operation(&self, group: usize, place: usize) -> &str {
        let page = self.group(group).get(place / self.per_page());
        page.map_or(INDEX, String::as_str)
    }

    /// The page of webhooks, where the API has some.
    pub(crate) fn webhooks(&self) -> Option<&str> {
        self.webhooks.as_deref()
    }

    /// The page of callbacks, where the API has some.
    pub(crate) fn callbacks(&self) -> Option<&str> {
        self.callbacks.as_deref()
    }

    /// The page of status codes.
    pub(crate) fn statuses(&self) -> &str {
        &self.statuses
    }

    /// The page of changes, where there is an older document.
    pub(crate) fn changes(&self) -> Option<&str> {
        self.changes.as_deref()
    }

    /// The pages of a module of types.
    pub(crate) fn module(&self, index: usize) -> &[String] {
        self.modules.get(index).map(Vec::as_slice).unwrap_or_default()
    }

    /// The title of a page, as Markdown.
    pub(crate) fn title(&self, page: &str) -> String {
        self.titles
            .get(page)
            .map(|title| title.text.clone())
            .unwrap_or_default()
    }

    /// The way to a page.
    pub(crate) fn link(&self, page: &str, from: Folder) -> String {
        match self.titles.get(page).filter(|_| self.is_single) {
            Some(title) => format!("#{}", title.anchor),
            None => from.to(page),
        }
    }

    /// The way to a heading of a page.
    fn to(&self, page: &str, heading: &Heading, from: Folder) -> String {
        match self.is_single {
            true => format!("#{}", heading.anchor),
            false => format!("{}#{}", from.to(page), heading.anchor),
        }
    }

    /// The heading of an operation.
    pub(crate) fn operation_heading(&self, id: OperationId) -> Option<&Heading> {
        self.operations.get(&id).map(|(_, heading)| heading)
    }

    /// Where an operation is described.
    pub(crate) fn operation_link(&self, id: OperationId, from: Folder) -> String {
        match self.operations.get(&id) {
            Some((page, heading)) => self.to(page, heading, from),
            None => self.link(INDEX, from),
        }
    }

    /// The heading of a type.
    pub(crate) fn type_heading(&self, id: TypeItemId) -> Option<&Heading> {
        self.types.get(id.0 as usize).map(|(_, heading)| heading)
    }

    /// Where a type is described.
    pub(crate) fn type_link(&self, id: TypeItemId, from: Folder) -> String {
        match self.types.get(id.0 as usize) {
            Some((page, heading)) => self.to(page, heading, from),
            None => self.link(INDEX, from),
        }
    }

    /// The heading of a security scheme.
    pub(crate) fn scheme_heading(&self, index: usize) -> Option<&Heading> {
        self.schemes.get(index)
    }

    /// Where a security scheme is described.
    pub(crate) fn scheme_link(&self, index: usize) -> Option<String> {
        Some(self.to(INDEX, self.schemes.get(index)?, Folder::Root))
    }

    /// The heading of a webhook.
    pub(crate) fn webhook_heading(&self, index: usize) -> Option<&Heading> {
        self.webhook_headings.get(index)
    }

    /// The heading of a callback.
    pub(crate) fn callback_heading(&self, index: usize) -> Option<&Heading> {
        self.callback_headings.get(index)
    }

    /// Where a callback is described.
    pub(crate) fn callback_link(&self, index: usize) -> Option<String> {
        Some(self.to(self.callbacks()?, self.callback_headings.get(index)?, Folder::Root))
    }

    /// The anchors of `index.md` that headings of the document must leave alone.
    pub(crate) fn index_anchors(&self) -> BTreeSet<String> {
        let schemes = self.schemes.iter().map(|heading| heading.anchor.clone());
        let own = INDEX_HEADINGS.into_iter().map(str::to_owned).chain(schemes);
        own.chain(self.taken.iter().cloned()).collect()
    }

    /// The anchors of the page of an operation that headings of the document must leave alone.
    pub(crate) fn anchors_of(&self, page: &str) -> BTreeSet<String> {
        let own = self.operations.values().filter(|(of, _)| of == page);
        let own = own.map(|(_, heading)| heading.anchor.clone());
        own.chain(self.taken.iter().cloned()).collect()
    }
}

/// The anchors that are taken: by page, or all together where there is one page.
struct Anchors {
    is_single: bool,
    pages: BTreeMap<String, BTreeSet<String>>,
}

impl Anchors {
    fn new(is_single: bool) -> Self {
        let pages = BTreeMap::new();
        Self { is_single, pages }
    }

    fn of(&mut self, page: &str) -> &mut BTreeSet<String> {
        let page = if self.is_single { INDEX } else { page };
        self.pages.entry(page.to_owned()).or_default()
    }
}

/// The titles of pages of one thing: its own where there is one page, else with numbers. The last is what is added to the
/// title where its anchor is taken.
fn numbered_titles<'p>(
    pages: &'p [String],
    title: &str,
    suffix: &'static str,
) -> impl Iterator<Item = (String, String, &'static str)> + use<'p> {
    let (title, count) = (title.to_owned(), pages.len());
    pages.iter().enumerate().map(move |(number, page)| {
        let title = match count {
            1 => title.clone(),
            count => format!("{title} ({} of {count})", number + 1),
        };
        (page.clone(), title, suffix)
    })
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

/// A heading of words whose anchor is free.
fn titled(taken: &mut BTreeSet<String>, title: &str, suffix: &str) -> Heading {
    let mut text = title.to_owned();
    let anchor = slug(&plain(&text));
    if anchor.is_empty() || taken.contains(&anchor) {
        text.push_str(suffix);
    }
    let mut number = 1;
    let start = text.clone();
    while !taken.insert(slug(&plain(&text))) {
        number += 1;
        text = format!("{start} ({number})");
    }
    let anchor = slug(&plain(&text));
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
    fn titles_have_anchors_that_are_free() {
        let mut taken = BTreeSet::new();
        let titles = ["..", "Books", "books"].map(|title| titled(&mut taken, title, " operations"));
        let anchors = titles.map(|heading| heading.anchor);
        assert_eq!(anchors, ["-operations", "books", "books-operations"]);
    }

    #[test]
    fn files_differ_in_more_than_case() {
        let mut taken = BTreeSet::from(["summary".to_owned()]);
        let names = ["SUMMARY", "a", "A"].map(|name| file(&mut taken, name, "_calls"));
        assert_eq!(names, ["SUMMARY_calls.md", "a.md", "A_calls.md"]);
    }
}
