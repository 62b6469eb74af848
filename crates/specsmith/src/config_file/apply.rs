//! What each option of a configuration file does.

use std::{collections::BTreeMap, path::Path};

use specsmith_diagnostics::Location;
use specsmith_rust::{Aliases, Dates, ExternType, OptionTable, Selection, TypeOptions};
use toml_edit::Document;

use super::{
    docs, findings, generators,
    options::config_options,
    pagination,
    reader::{Entry, Reader},
    serving, webhooks,
};
use crate::{Config, DocumentCommand, Form, Kind, Openness, Target};

/// What cargo takes as a dependency, beside what a configuration calls otherwise.
const DEPENDENCY_KEYS: [&str; 11] = [
    "version",
    "features",
    "default-features",
    "package",
    "path",
    "git",
    "branch",
    "tag",
    "rev",
    "registry",
    "workspace",
];

/// The configurations that a file says: one, or one for each of its APIs, with their names. What is wrong with it is
/// reported and left out.
pub(super) fn document(
    document: &Document<&str>,
    folder: &Path,
    reader: &mut Reader<'_>,
) -> Vec<(Option<String>, Config)> {
    let (apis, rest): (Vec<_>, Vec<_>) = reader
        .entries(document.as_table(), "")
        .into_iter()
        .partition(|entry| entry.key == APIS);
    let scope = if apis.is_empty() { Scope::Whole } else { Scope::Shared };
    let mut draft = Draft::new(folder, scope);
    draft.fill(rest, reader);
    let Some(apis) = apis.first() else {
        return vec![(None, draft.config())];
    };
    let entries = reader.table(apis);
    if entries.is_empty() && reader.reported() == 0 {
        let help = "each has a name: `[apis.books]`".to_owned();
        reader.report("there are no APIs".to_owned(), apis.place, "is empty", Some(help));
    }
    let named = entries.into_iter().map(|entry| {
        let mut draft = draft.clone();
        draft.scope = Scope::One;
        draft.fill(reader.table(&entry), reader);
        (Some(entry.key.to_owned()), draft.config())
    });
    named.collect()
}

/// The table of APIs, where a file has several.
const APIS: &str = "apis";

/// What a part of a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// The only API.
    Whole,
    /// What all APIs of the file have in common.
    Shared,
    /// One of them.
    One,
}

/// A configuration that is being read.
#[derive(Debug, Clone)]
struct Draft<'f> {
    config: Config,
    types: TypeOptions,
    /// The openness of the package of types.
    openness: Openness,
    /// What paths are relative to.
    folder: &'f Path,
    scope: Scope,
}

impl<'f> Draft<'f> {
    fn new(folder: &'f Path, scope: Scope) -> Self {
        Self {
            config: Config::unnamed(),
            types: TypeOptions::default(),
            openness: Openness::Open,
            folder,
            scope,
        }
    }

    fn config(self) -> Config {
        self.config.type_options(self.types)
    }

    /// Changes the configuration as some method does that takes all of it.
    fn change(&mut self, change: impl FnOnce(Config) -> Config) {
        self.config = change(std::mem::replace(&mut self.config, Config::unnamed()));
    }

    fn fill(&mut self, entries: Vec<Entry<'_>>, reader: &mut Reader<'_>) {
        for entry in entries {
            self.option(&entry, reader);
        }
    }

    fn option(&mut self, entry: &Entry<'_>, reader: &mut Reader<'_>) {
        let folder = self.folder;
        match entry.key {
            "document" | "document-command" | "names-lock" | "generators" if !may_name(self.scope, entry, reader) => {}
            "document" => {
                if let Some(path) = reader.text(entry) {
                    self.change(|config| config.document(folder.join(path)));
                }
            }
            "document-command" => {
                if let Some(line) = reader.text(entry) {
                    self.change(|config| config.with_document_command(DocumentCommand::new(line, folder)));
                }
            }
            "names-lock" => {
                if let Some(path) = reader.text(entry) {
                    self.change(|config| config.names_lock(folder.join(path)));
                }
            }
            "overlays" => {
                for (path, _) in reader.texts(entry, "a path or a list of paths") {
                    self.change(|config| config.overlay(folder.join(path)));
                }
            }
            "folders" => {
                for (path, _) in reader.texts(entry, "a path or a list of paths") {
                    self.change(|config| config.folder(folder.join(path)));
                }
            }
            "client" => self.target(Kind::Client, entry, reader),
            "server" => self.target(Kind::Server, entry, reader),
            "docs" => self.target(Kind::Docs, entry, reader),
            "types" => self.types_table(entry, reader),
            "rename" => {
                for entry in reader.table(entry) {
                    if let Some(name) = reader.text(&entry) {
                        mark(&mut self.types, OptionTable::Rename, &entry);
                        self.types.renames.insert(entry.key.to_owned(), name);
                    }
                }
            }
            "operations" => self.operations(entry, reader),
            "dependencies" => {
                for entry in reader.table(entry) {
                    if let Some(value) = dependency(&entry, reader) {
                        self.types.dependencies.insert(entry.key.to_owned(), value);
                    }
                }
            }
            "pagination" => {
                let rules = pagination::rules(entry, reader);
                self.change(|config| config.pagination(rules));
            }
            "generators" => {
                for command in generators::table(entry, folder, reader) {
                    self.change(|config| config.with_generator_command(command));
                }
            }
            "webhooks" => webhooks::table(&mut self.types, entry, reader),
            "derives" => {
                let lists = lists(&mut self.types, OptionTable::Derives, entry, reader);
                self.types.derives.extend(lists);
            }
            "attributes" => {
                let lists = lists(&mut self.types, OptionTable::Attributes, entry, reader);
                self.types.attributes.extend(lists);
            }
            "diagnostics" => findings::levels(&mut self.config, entry, reader),
            "limits" => findings::limits(&mut self.config, entry, reader),
            _ => reader.unknown(entry, "", &top_keys()),
        }
    }

    fn operations(&mut self, entry: &Entry<'_>, reader: &mut Reader<'_>) {
        let known = keys("operations");
        for entry in reader.table(entry) {
            let table = match entry.key {
                "include" => OptionTable::Include,
                "exclude" => OptionTable::Exclude,
                _ => {
                    reader.unknown(&entry, "operations", &known);
                    continue;
                }
            };
            for (selector, place) in reader.texts(&entry, "a selector or a list of selectors") {
                mark_at(&mut self.types, table, &selector, place);
                self.change(|config| match table {
                    OptionTable::Include => config.include(selector),
                    _ => config.exclude(selector),
                });
            }
        }
    }

    fn target(&mut self, kind: Kind, entry: &Entry<'_>, reader: &mut Reader<'_>) {
        let (mut dir, mut package, mut form, before) = (None, None, Form::Crate, reader.reported());
        let known = keys(kind.name());
        for entry in reader.table(entry) {
            match entry.key {
                "dir" | "package" if known.contains(&entry.key) && !may_name(self.scope, &entry, reader) => {}
                "dir" => dir = reader.text(&entry),
                "package" if known.contains(&"package") => package = reader.text(&entry),
                "layout" if kind != Kind::Docs => form = of_sources(kind, &entry, reader),
                "base-path" if kind == Kind::Server => self.config.base_path = reader.text(&entry),
                "contract" if kind == Kind::Server => self.config.contract = reader.flag(&entry).unwrap_or(true),
                "body-limit" | "body-limits" | "deprecations" if kind == Kind::Server => {
                    serving::option(&mut self.config.serving, &entry, reader);
                }
                "layout" | "front-matter" | "diagrams" | "since" | "templates" if kind == Kind::Docs => {
                    docs::option(&mut self.config.docs, &entry, self.folder, reader);
                }
                "group-features" if kind == Kind::Client => {
                    self.types.group_features = reader.flag(&entry).unwrap_or_default();
                }
                "idempotency-header" if kind == Kind::Client => self.types.idempotency_header = header(&entry, reader),
                _ => reader.unknown(&entry, kind.name(), &known),
            }
        }
        match dir {
            Some(dir) => {
                let target = named(Target::new(self.folder.join(dir)).form(form), package);
                self.change(|config| config.with(kind, target));
            }
            None if self.scope == Scope::Shared || reader.reported() > before => {}
            None => {
                let message = format!("`{}.dir` is not there", entry.name);
                let help = "it is the folder that is generated".to_owned();
                reader.report(message, entry.place, "has no `dir`", Some(help));
            }
        }
    }

    /// Reads the options of types, and those of the package of types, if there is to be one.
    fn types_table(&mut self, entry: &Entry<'_>, reader: &mut Reader<'_>) {
        let (mut dir, mut package, mut form) = (None, None, Form::Crate);
        let types = &mut self.types;
        for entry in reader.table(entry) {
            match entry.key {
                "dir" | "package" if !may_name(self.scope, &entry, reader) => {}
                "dir" => dir = reader.text(&entry),
                "package" => package = reader.text(&entry),
                "layout" => form = of_sources(Kind::Types, &entry, reader),
                "openness" => {
                    let choices = [("open", Openness::Open), ("closed", Openness::Closed)];
                    self.openness = reader.choice(&entry, &choices).unwrap_or(Openness::Open);
                }
                "dates" => {
                    let choices = [
                        ("chrono", Dates::Chrono),
                        ("jiff", Dates::Jiff),
                        ("time", Dates::Time),
                        ("text", Dates::Text),
                    ];
                    types.dates = reader.choice(&entry, &choices).unwrap_or_default();
                }
                "aliases" => {
                    let choices = [("alias", Aliases::Alias), ("newtype", Aliases::Newtype)];
                    types.aliases = reader.choice(&entry, &choices).unwrap_or_default();
                }
                "lenient" => types.lenient = selection(types, OptionTable::Lenient, &entry, reader),
                "keep-unknown" => types.keep_unknown = selection(types, OptionTable::KeepUnknown, &entry, reader),
                "formats" => {
                    for entry in reader.table(&entry) {
                        if let Some(ty) = extern_type(&entry, reader) {
                            mark(types, OptionTable::Formats, &entry);
                            types.formats.insert(entry.key.to_owned(), ty);
                        }
                    }
                }
                _ => reader.unknown(&entry, "types", &keys("types")),
            }
        }
        if let Some(dir) = dir {
            let target = Target::new(self.folder.join(dir)).openness(self.openness).form(form);
            self.change(|config| config.types(named(target, package)));
        }
    }
}

/// Whether a part of a file may say what only one API can have.
fn may_name(scope: Scope, entry: &Entry<'_>, reader: &mut Reader<'_>) -> bool {
    if scope != Scope::Shared {
        return true;
    }
    let message = format!("`{}` belongs to one API", entry.name);
    let help = format!("say it below `[{APIS}.NAME]`");
    reader.report(message, entry.place, "would be the same for all of them", Some(help));
    false
}

/// The form of sources that an entry says; those of types alone have nothing to be split from.
fn of_sources(kind: Kind, entry: &Entry<'_>, reader: &mut Reader<'_>) -> Form {
    let all = [("crate", Form::Crate), ("module", Form::Module), ("split", Form::Split)];
    let choices = match kind {
        Kind::Types => all.get(..2).unwrap_or_default(),
        _ => &all,
    };
    reader.choice(entry, choices).unwrap_or_default()
}

fn named(target: Target, package: Option<String>) -> Target {
    match package {
        Some(package) => target.package(package),
        None => target,
    }
}

/// The keys at the top: options, and tables of them.
fn top_keys() -> Vec<&'static str> {
    let mut keys = keys("");
    for option in config_options() {
        let table = option.table.split('.').next().unwrap_or_default();
        if !table.is_empty() && !keys.contains(&table) {
            keys.push(table);
        }
    }
    keys
}

/// The keys of a table: options, and tables of them.
fn keys(table: &str) -> Vec<&'static str> {
    let mut keys = Vec::new();
    for option in config_options() {
        let inner = option.table.strip_prefix(table).and_then(|rest| rest.strip_prefix('.'));
        match inner {
            _ if option.table == table => keys.push(option.key),
            Some(inner) if !keys.contains(&inner) => keys.push(inner),
            _ => {}
        }
    }
    keys
}

/// The name of a header (RFC 9110, section 5.6.2).
pub(super) fn header(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let name = reader.text(entry)?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_token) {
        return Some(name);
    }
    let message = format!("`{}` cannot be the name of a header", name.escape_debug());
    reader.report(
        message,
        entry.place,
        "has other characters than a header can have",
        None,
    );
    None
}

pub(super) fn mark(types: &mut TypeOptions, table: OptionTable, entry: &Entry<'_>) {
    mark_at(types, table, entry.key, entry.place);
}

fn mark_at(types: &mut TypeOptions, table: OptionTable, name: &str, place: Location) {
    types.places.insert((table, name.to_owned()), place);
}

fn selection(types: &mut TypeOptions, table: OptionTable, entry: &Entry<'_>, reader: &mut Reader<'_>) -> Selection {
    match reader.as_flag(entry) {
        Some(true) => Selection::All,
        Some(false) => Selection::None,
        None => {
            let names = reader.texts(entry, "`true`, `false` or a list of names").into_iter();
            let names = names.inspect(|(name, place)| mark_at(types, table, name, *place));
            Selection::Named(names.map(|(name, _)| name).collect())
        }
    }
}

/// Lists by the name of a schema.
fn lists(
    types: &mut TypeOptions,
    table: OptionTable,
    entry: &Entry<'_>,
    reader: &mut Reader<'_>,
) -> BTreeMap<String, Vec<String>> {
    let mut lists = BTreeMap::new();
    for entry in reader.table(entry) {
        mark(types, table, &entry);
        let texts = reader
            .texts(&entry, "text or a list of texts")
            .into_iter()
            .map(|(text, _)| text);
        lists.insert(entry.key.to_owned(), texts.collect());
    }
    lists
}

/// `"rust_decimal::Decimal"`, or the same with what to depend on.
fn extern_type(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<ExternType> {
    let Some(entries) = reader.as_table(entry) else {
        let path = reader.text(entry)?;
        return Some(ExternType { path, dependency: None });
    };
    let (mut path, mut package, before) = (None, None, reader.reported());
    let mut keys = Vec::new();
    for entry in entries {
        match entry.key {
            "type" => path = reader.text(&entry),
            "dependency" => package = reader.text(&entry),
            key if DEPENDENCY_KEYS.contains(&key) => keys.push((key.to_owned(), reader.as_toml(&entry))),
            _ => {
                let known: Vec<_> = ["type", "dependency"].into_iter().chain(DEPENDENCY_KEYS).collect();
                reader.unknown(&entry, "types.formats", &known);
            }
        }
    }
    if path.is_none() && reader.reported() == before {
        let message = format!("`{}.type` is not there", entry.name);
        let help = "it is the path of a Rust type, such as `rust_decimal::Decimal`".to_owned();
        reader.report(message, entry.place, "has no `type`", Some(help));
    }
    if package.is_some() && keys.is_empty() {
        let message = format!("`{}.version` is not there", entry.name);
        let help = "a dependency has a `version`, a `path`, a `git` or a `workspace`".to_owned();
        reader.report(message, entry.place, "has no `version`", Some(help));
    }
    let path = path?;
    let first = path.trim_start_matches("::").split("::").next().unwrap_or_default();
    let package = package.or_else(|| (!keys.is_empty()).then(|| first.to_owned()));
    let dependency = package.map(|package| (package, dependency_value(&keys)));
    Some(ExternType { path, dependency })
}

/// `"1"`, or a table with the keys that cargo takes.
fn dependency(entry: &Entry<'_>, reader: &mut Reader<'_>) -> Option<String> {
    let Some(entries) = reader.as_table(entry) else {
        reader.text(entry)?;
        return Some(reader.as_toml(entry));
    };
    let mut keys = Vec::new();
    for entry in entries {
        match DEPENDENCY_KEYS.contains(&entry.key) {
            true => keys.push((entry.key.to_owned(), reader.as_toml(&entry))),
            false => reader.unknown(&entry, "dependencies", &DEPENDENCY_KEYS),
        }
    }
    Some(dependency_value(&keys))
}

/// The text of a dependency behind its name in a manifest.
fn dependency_value(keys: &[(String, String)]) -> String {
    match keys {
        [(key, version)] if key == "version" => version.clone(),
        keys => {
            let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
            format!("{{ {} }}", keys.join(", "))
        }
    }
}
