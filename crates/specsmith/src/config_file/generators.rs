//! What the table `generators` of a configuration file says.

use std::path::Path;

use serde_json::Value as Json;
use toml_edit::{Item, Value};

use super::reader::{Entry, Reader};
use crate::{GeneratorCommand, Kind};

/// The keys of a generator.
const KEYS: [&str; 3] = ["command", "dir", "options"];

/// The generators that are programs, in the order of the file.
pub(super) fn table(entry: &Entry<'_>, folder: &Path, reader: &mut Reader<'_>) -> Vec<GeneratorCommand> {
    let entries = reader.table(entry);
    entries
        .iter()
        .filter_map(|entry| generator(entry, folder, reader))
        .collect()
}

fn generator(entry: &Entry<'_>, folder: &Path, reader: &mut Reader<'_>) -> Option<GeneratorCommand> {
    let (mut command, mut dir, mut options, before) = (None, None, None, reader.reported());
    if let Some(reason) = reason_against(entry.key) {
        let message = format!("`{}` cannot be the name of a generator", entry.key.escape_debug());
        let help = "names are of small letters, digits and dashes".to_owned();
        reader.report(message, entry.place, reason, Some(help));
    }
    for entry in reader.table(entry) {
        match entry.key {
            "command" => command = reader.text(&entry),
            "dir" => dir = reader.text(&entry),
            "options" => {
                let is_table = reader.as_table(&entry).is_some();
                options = is_table.then(|| json(entry.item)).or_else(|| {
                    reader.table(&entry);
                    None
                });
            }
            _ => reader.unknown(&entry, "generators", &KEYS),
        }
    }
    for (key, is_there, what) in [
        ("command", command.is_some(), "a line for a shell that makes the files"),
        ("dir", dir.is_some(), "the folder that is generated"),
    ] {
        if !is_there && reader.reported() == before {
            let message = format!("`{}.{key}` is not there", entry.name);
            reader.report(
                message,
                entry.place,
                &format!("has no `{key}`"),
                Some(format!("it is {what}")),
            );
        }
    }
    let made = GeneratorCommand::new(entry.key, command?, folder, folder.join(dir?));
    Some(match options {
        Some(options) => made.options(options),
        None => made,
    })
}

/// Why a generator cannot be called so, if it cannot.
fn reason_against(name: &str) -> Option<&'static str> {
    let kinds = [Kind::Client, Kind::Server, Kind::Types, Kind::Docs, Kind::Own];
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match name {
        name if name.is_empty() || !name.bytes().all(is_plain) => Some("has other characters"),
        "names" | "document" => Some("is something else in messages"),
        name if kinds.iter().any(|kind| kind.name() == name) => Some("is an output of specsmith"),
        _ => None,
    }
}

/// A value as JSON; dates are their texts.
fn json(item: &Item) -> Json {
    match item {
        Item::None => Json::Null,
        Item::Value(value) => value_json(value),
        Item::Table(table) => Json::Object(table.iter().map(|(key, item)| (key.to_owned(), json(item))).collect()),
        Item::ArrayOfTables(tables) => {
            let objects = tables.iter().map(|table| json(&Item::Table(table.clone())));
            Json::Array(objects.collect())
        }
    }
}

fn value_json(value: &Value) -> Json {
    match value {
        Value::String(text) => Json::String(text.value().clone()),
        Value::Integer(number) => Json::from(*number.value()),
        Value::Float(number) => Json::from(*number.value()),
        Value::Boolean(flag) => Json::Bool(*flag.value()),
        Value::Datetime(date) => Json::String(date.value().to_string()),
        Value::Array(array) => Json::Array(array.iter().map(value_json).collect()),
        Value::InlineTable(table) => Json::Object(
            table
                .iter()
                .map(|(key, value)| (key.to_owned(), value_json(value)))
                .collect(),
        ),
    }
}
