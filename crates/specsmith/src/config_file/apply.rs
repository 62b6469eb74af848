//! What each option of a configuration file does.

use std::{collections::BTreeMap, path::Path};

use specsmith_diagnostics::Location;
use specsmith_rust::{Aliases, Dates, ExternType, OptionTable, Selection, TypeOptions};
use toml_edit::Document;

use super::{
    options::config_options,
    pagination,
    reader::{Entry, Reader},
    serving, webhooks,
};
use crate::{Config, Kind, Openness, Target};

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

/// The configuration that a file says; what is wrong with it is reported and left out.
pub(super) fn document(document: &Document<&str>, folder: &Path, reader: &mut Reader<'_>) -> Config {
    let mut config = Config::unnamed();
    let mut types = TypeOptions::default();
    for entry in reader.entries(document.as_table(), "") {
        match entry.key {
            "document" => {
                if let Some(path) = reader.text(&entry) {
                    config = config.document(folder.join(path));
                }
            }
            "overlays" => {
                for (path, _) in reader.texts(&entry, "a path or a list of paths") {
                    config = config.overlay(folder.join(path));
                }
            }
            "names-lock" => {
                if let Some(path) = reader.text(&entry) {
                    config = config.names_lock(folder.join(path));
                }
            }
            "client" => config = target(config, Kind::Client, &mut types, &entry, folder, reader),
            "server" => config = target(config, Kind::Server, &mut types, &entry, folder, reader),
            "docs" => config = target(config, Kind::Docs, &mut types, &entry, folder, reader),
            "types" => {
                if let Some(target) = types_table(&mut types, &entry, folder, reader) {
                    config = config.types(target);
                }
            }
            "rename" => {
                for entry in reader.table(&entry) {
                    if let Some(name) = reader.text(&entry) {
                        mark(&mut types, OptionTable::Rename, &entry);
                        types.renames.insert(entry.key.to_owned(), name);
                    }
                }
            }
            "operations" => {
                let known = keys("operations");
                for entry in reader.table(&entry) {
                    let table = match entry.key {
                        "include" => OptionTable::Include,
                        "exclude" => OptionTable::Exclude,
                        _ => {
                            reader.unknown(&entry, "operations", &known);
                            continue;
                        }
                    };
                    for (selector, place) in reader.texts(&entry, "a selector or a list of selectors") {
                        mark_at(&mut types, table, &selector, place);
                        config = match table {
                            OptionTable::Include => config.include(selector),
                            _ => config.exclude(selector),
                        };
                    }
                }
            }
            "dependencies" => {
                for entry in reader.table(&entry) {
                    if let Some(value) = dependency(&entry, reader) {
                        types.dependencies.insert(entry.key.to_owned(), value);
                    }
                }
            }
            "pagination" => config = config.pagination(pagination::rules(&entry, reader)),
            "webhooks" => webhooks::table(&mut types, &entry, reader),
            "derives" => types.derives = lists(&mut types, OptionTable::Derives, &entry, reader),
            "attributes" => types.attributes = lists(&mut types, OptionTable::Attributes, &entry, reader),
            _ => reader.unknown(&entry, "", &top_keys()),
        }
    }
    config.type_options(types)
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

fn target(
    mut config: Config,
    kind: Kind,
    types: &mut TypeOptions,
    entry: &Entry<'_>,
    folder: &Path,
    reader: &mut Reader<'_>,
) -> Config {
    let (mut dir, mut package, before) = (None, None, reader.reported());
    let known = keys(kind.name());
    for entry in reader.table(entry) {
        match entry.key {
            "dir" => dir = reader.text(&entry),
            "package" if known.contains(&"package") => package = reader.text(&entry),
            "base-path" if kind == Kind::Server => config.base_path = reader.text(&entry),
            "contract" if kind == Kind::Server => config.contract = reader.flag(&entry).unwrap_or(true),
            "body-limit" | "body-limits" | "deprecations" if kind == Kind::Server => {
                serving::option(&mut config.serving, &entry, reader);
            }
            "group-features" if kind == Kind::Client => {
                types.group_features = reader.flag(&entry).unwrap_or_default();
            }
            "idempotency-header" if kind == Kind::Client => types.idempotency_header = header(&entry, reader),
            _ => reader.unknown(&entry, kind.name(), &known),
        }
    }
    let Some(dir) = dir else {
        if reader.reported() == before {
            let message = format!("`{}.dir` is not there", kind.name());
            let help = "it is the folder that is generated".to_owned();
            reader.report(message, entry.place, "has no `dir`", Some(help));
        }
        return config;
    };
    let target = Target::new(folder.join(dir));
    config.with(
        kind,
        match package {
            Some(package) => target.package(package),
            None => target,
        },
    )
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

/// Reads the options of types; returns the package of types, if there is to be one.
fn types_table(types: &mut TypeOptions, entry: &Entry<'_>, folder: &Path, reader: &mut Reader<'_>) -> Option<Target> {
    let (mut dir, mut package, mut openness) = (None, None, None);
    for entry in reader.table(entry) {
        match entry.key {
            "dir" => dir = reader.text(&entry),
            "package" => package = reader.text(&entry),
            "openness" => {
                let choices = [("open", Openness::Open), ("closed", Openness::Closed)];
                openness = reader.choice(&entry, &choices);
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
    let target = Target::new(folder.join(dir?)).openness(openness.unwrap_or(Openness::Open));
    Some(match package {
        Some(package) => target.package(package),
        None => target,
    })
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
