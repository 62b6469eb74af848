//! `specsmith config schema`: the JSON Schema of the configuration file, for editors.

use std::{collections::BTreeMap, process::ExitCode};

use serde_json::{Map, Value, json};
use specsmith::{ConfigOption, Takes, config_options};

use crate::terminal;

/// Runs the subcommand.
pub(crate) fn run() -> ExitCode {
    terminal::result(format_args!("{:#}", schema()));
    ExitCode::from(terminal::OK)
}

/// The schema in the dialect 2020-12. A file says what one API does, and that of several below `apis`.
fn schema() -> Value {
    let mut whole = Table::default();
    for option in config_options() {
        whole.insert(option);
    }
    let mut properties = whole.properties();
    let apis = json!({
        "description": "The APIs, by their names, where the file has several.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": { "$ref": "#/$defs/api" },
    });
    properties.insert("apis".to_owned(), apis);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "specsmith.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
        "$defs": { "api": whole.schema() },
    })
}

/// A table of the file.
#[derive(Default)]
struct Table {
    options: Map<String, Value>,
    tables: BTreeMap<&'static str, Table>,
    /// What keys that users choose have.
    others: Option<Value>,
}

impl Table {
    fn insert(&mut self, option: &ConfigOption) {
        let mut table = self;
        for name in option.table.split('.').filter(|name| !name.is_empty()) {
            table = table.tables.entry(name).or_default();
        }
        let mut schema = takes(option.takes);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), json!(option.about));
        }
        match option.key {
            "*" => table.others = Some(schema),
            key => _ = table.options.insert(key.to_owned(), schema),
        }
    }

    fn properties(&self) -> Map<String, Value> {
        let mut properties = self.options.clone();
        let tables = self.tables.iter();
        properties.extend(tables.map(|(name, table)| ((*name).to_owned(), table.schema())));
        properties
    }

    fn schema(&self) -> Value {
        let others = self.others.clone().unwrap_or(Value::Bool(false));
        json!({ "type": "object", "properties": self.properties(), "additionalProperties": others })
    }
}

/// What an option takes, as a schema.
fn takes(takes: Takes) -> Value {
    let text = || json!({ "type": "string" });
    match takes {
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Choice(texts) => json!({ "enum": texts }),
        Takes::Number => json!({ "type": "integer", "minimum": 0 }),
        Takes::Bytes => json!({ "type": ["integer", "string"] }),
        Takes::Paths | Takes::Selectors | Takes::Codes | Takes::Derives | Takes::Attributes => {
            json!({ "anyOf": [text(), { "type": "array", "items": text() }] })
        }
        Takes::Schemas => json!({ "anyOf": [{ "type": "boolean" }, { "type": "array", "items": text() }] }),
        Takes::ExternType => json!({ "anyOf": [text(), { "type": "object", "required": ["type"] }] }),
        Takes::Dependency => json!({ "anyOf": [text(), { "type": "object" }] }),
        Takes::Pages => json!({ "type": "object", "required": ["operations", "style"] }),
        Takes::Deprecation => table(&["since", "sunset", "link", "sunset-link"]),
        Takes::Generator => json!({
            "type": "object",
            "properties": { "command": text(), "dir": text(), "options": { "type": "object" } },
            "required": ["command", "dir"],
            "additionalProperties": false,
        }),
        Takes::WebhookName => table(&["header", "member"]),
        Takes::Signature => json!({ "anyOf": [{ "const": "standard" }, { "type": "object", "required": ["header"] }] }),
        _ => text(),
    }
}

/// A table of texts.
fn table(keys: &[&str]) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), json!({}))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false, "minProperties": 1 })
}
