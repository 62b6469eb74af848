//! The schemas that the specification publishes for its documents, where `SPECSMITH_METASCHEMAS` says where they are.

use std::{fs, path::Path};

use jsonschema::{Registry, Validator};
use serde_json::{Value, json};
use specsmith_spec::{Document, to_json};

use crate::{corpus::folder, files};

/// What checks documents of each version.
pub(crate) struct Metaschemas {
    /// By the value that the version begins with.
    versions: Vec<(&'static str, Validator)>,
}

impl Metaschemas {
    /// Those of the folder; `None` after saying so where none is named.
    pub(crate) fn new() -> Option<Self> {
        let folder = folder("SPECSMITH_METASCHEMAS")?;
        let named = |name: &str| {
            let prefix = format!("oas-{name}-schema-2");
            let files = files(&folder, &["json"]);
            let is_named = |path: &&std::path::PathBuf| {
                path.file_name()
                    .is_some_and(|file| file.to_string_lossy().starts_with(&prefix))
            };
            read(files.iter().find(is_named).expect("a metaschema"))
        };
        let old = ["2.0", "3.0"].map(|name| (name, build(&named(name))));
        let new = ["3.1", "3.2"].map(|name| (name, with_schemas(named(name))));
        Some(Self {
            versions: old.into_iter().chain(new).collect(),
        })
    }

    /// What is wrong with a document, by the metaschema of its own version; each with the place.
    pub(crate) fn errors(&self, document: &Document) -> Vec<String> {
        let root = document.root();
        let version = root.get("openapi").or(root.get("swagger"));
        let version = version.and_then(|version| version.as_written()).unwrap_or_default();
        let (_, validator) = self
            .versions
            .iter()
            .find(|(name, _)| version.starts_with(name))
            .expect("a version that is read");
        let value: Value = serde_json::from_str(&to_json(document)).expect("JSON");
        let errors = validator.iter_errors(&value);
        errors
            .map(|error| format!("{} {}", error.instance_path(), error.kind().keyword()))
            .collect()
    }
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON")
}

fn build(schema: &Value) -> Validator {
    jsonschema::options().build(schema).expect("a schema")
}

/// A metaschema that leaves schemas open, together with the one of JSON Schema.
///
/// It finds that one by the dynamic anchor `meta`, as its comments say.
fn with_schemas(metaschema: Value) -> Validator {
    let id = metaschema["$id"].as_str().expect("an id").to_owned();
    let registry = Registry::new().add(&id, &metaschema).expect("a resource");
    let registry = registry.prepare().expect("a registry");
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:specsmith:openapi",
        "$ref": id,
        "$defs": {
            "schema": { "$dynamicAnchor": "meta", "$ref": "https://json-schema.org/draft/2020-12/schema" }
        }
    });
    jsonschema::options()
        .with_registry(&registry)
        .build(&schema)
        .expect("a schema")
}

#[test]
fn metaschemas_look_into_schemas() {
    let Some(metaschemas) = Metaschemas::new() else { return };
    let errors = |version: &str, schema: &str| {
        let text = format!(
            "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}"
        );
        let source = specsmith_spec::Source::from_text("openapi.yaml", text);
        let (mut sources, mut diagnostics) = Default::default();
        let limits = specsmith_spec::Limits::default();
        let document = specsmith_spec::read(source, &limits, &mut sources, &mut diagnostics).expect("a document");
        metaschemas.errors(&document)
    };
    assert!(errors("3.0.4", "{type: string, nullable: true}").is_empty());
    assert!(!errors("3.0.4", "{type: [string, 'null']}").is_empty());
    for version in ["3.1.1", "3.2.0"] {
        assert!(errors(version, "{type: [string, 'null']}").is_empty());
        assert!(!errors(version, "{items: {exclusiveMinimum: true}}").is_empty());
    }
}
