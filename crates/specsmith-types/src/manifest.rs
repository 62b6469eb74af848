//! `Cargo.toml` of a generated crate: what its types need, and what its generator adds.

use std::collections::BTreeMap;
use std::fmt;

use specsmith_rust::{
    Model,
    types::{Openness, Validation},
};
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

/// The engines of patterns, the one with backtracking first, with their versions.
const ENGINES: [(&str, &str); 2] = [("fancy-regex", "0.19"), ("regex", "1")];

/// The manifest of a crate that has the types of an API. Nothing in it comes from the document.
///
/// It begins with what the types need: dependencies, and a feature `validate` unless validation is always there. What
/// the user names as dependencies comes before what is named here. Its text is TOML.
#[derive(Debug, Clone)]
pub struct Manifest {
    package: Table,
    features: Table,
    dependencies: Table,
    /// Dependencies on some targets, by the condition on the target.
    targets: BTreeMap<&'static str, Target>,
    /// The user's dependencies by name, each the text of a TOML value or a version.
    own: Vec<(String, String)>,
}

/// Dependencies that a crate has on some targets only.
#[derive(Debug, Clone, Default)]
pub struct Target(Table);

impl Target {
    /// Adds a dependency with its default features.
    pub fn dependency(&mut self, name: &str, version: &str) {
        self.0.insert(name, value(version));
    }

    /// Adds a dependency with these features and not its default ones.
    pub fn dependency_with(&mut self, name: &str, version: &str, features: &[&str]) {
        self.0.insert(name, value(bare(version, features)));
    }
}

impl Manifest {
    /// The manifest of a crate of this name and version with nothing but the types.
    pub fn new(name: &str, version: &str, model: &Model, openness: Openness, validation: Validation) -> Self {
        let mut package = Table::new();
        package.insert("name", value(name));
        package.insert("version", value(version));
        package.insert("edition", value("2024"));
        package.insert("rust-version", value("1.89"));
        let own = model
            .dependencies
            .iter()
            .map(|(name, text)| (name.clone(), text.clone()));
        let mut manifest = Self {
            package,
            features: Table::new(),
            dependencies: Table::new(),
            targets: BTreeMap::new(),
            own: own.collect(),
        };
        manifest.types(model, openness);
        manifest.engines(model, validation);
        manifest
    }

    /// Adds a feature and what it enables.
    pub fn feature(&mut self, name: &str, enables: &[&str]) {
        self.features
            .insert(name, value(Array::from_iter(enables.iter().copied())));
    }

    /// Adds a dependency with its default features.
    pub fn dependency(&mut self, name: &str, version: &str) {
        self.dependencies.insert(name, value(version));
    }

    /// Adds a dependency with these features and not its default ones.
    pub fn dependency_with(&mut self, name: &str, version: &str, features: &[&str]) {
        self.dependencies.insert(name, value(bare(version, features)));
    }

    /// Adds a dependency that a feature turns on, with these features and not its default ones.
    pub fn optional_dependency(&mut self, name: &str, version: &str, features: &[&str]) {
        let mut dependency = bare(version, features);
        dependency.insert("optional", true.into());
        self.dependencies.insert(name, value(dependency));
    }

    /// What a crate has on the targets that meet a condition, such as `cfg(unix)`.
    pub fn target(&mut self, condition: &'static str) -> &mut Target {
        self.targets.entry(condition).or_default()
    }

    /// Takes the types of a package that is in this folder: the engines of patterns are its own, and so is validation.
    pub(crate) fn split(&mut self, package: &str, version: &str, folder: &str) {
        for (engine, _) in ENGINES {
            self.dependencies.remove(engine);
        }
        let validate = format!("{package}/validate");
        if let Some(feature) = self.features.get_mut("validate") {
            *feature = value(Array::from_iter([validate]));
        }
        let mut types = requirement(version);
        types.insert("path", folder.into());
        self.dependencies.insert(package, value(types));
    }

    fn types(&mut self, model: &Model, openness: Openness) {
        let uses = &model.uses;
        self.dependency("serde", "1");
        // Only with `float_roundtrip` is a float what the text says to the last digit, and only with
        // `arbitrary_precision` does a `Number` keep every digit; other crates of a build notice that, so it is not
        // always on.
        let json: &[&str] = match uses.numbers {
            true => &["arbitrary_precision", "float_roundtrip", "std"],
            false => &["float_roundtrip", "std"],
        };
        self.dependency_with("serde_json", "1", json);
        if uses.lenient && openness == Openness::Open {
            self.dependency_with("tracing", "0.1", &["std"]);
        }
        if uses.uuid {
            self.dependency_with("uuid", "1", &["serde", "std"]);
        }
        if let Some((name, version, features)) = model.date_dependency() {
            self.dependency_with(name, version, features);
        }
    }

    /// The engines of patterns, and the feature that turns them on.
    fn engines(&mut self, model: &Model, validation: Validation) {
        let engines = model.rules.engines;
        let used = [engines.backtracking, engines.linear];
        let mut enabled = Array::new();
        for ((name, version), _) in ENGINES.into_iter().zip(used).filter(|(_, used)| *used) {
            match validation {
                Validation::Always => self.dependency(name, version),
                Validation::Feature => {
                    let mut engine = requirement(version);
                    engine.insert("optional", true.into());
                    self.dependencies.insert(name, value(engine));
                    enabled.push(format!("dep:{name}"));
                }
            }
        }
        if validation == Validation::Feature && !model.rules.is_empty() {
            self.features.insert("validate", value(enabled));
        }
    }
}

/// A dependency with these features and not its default ones.
fn bare(version: &str, features: &[&str]) -> InlineTable {
    let mut table = requirement(version);
    table.insert("default-features", false.into());
    if !features.is_empty() {
        table.insert("features", Array::from_iter(features.iter().copied()).into());
    }
    table
}

fn requirement(version: &str) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("version", version.into());
    table
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut document = DocumentMut::new();
        document
            .decor_mut()
            .set_prefix("# Generated by specsmith. Changes are lost when it is generated again.\n\n");
        document.insert("package", Item::Table(self.package.clone()));
        if !self.features.is_empty() {
            let mut features = self.features.clone();
            features.sort_values();
            document.insert("features", Item::Table(features));
        }
        let mut dependencies = self.dependencies.clone();
        for (name, text) in &self.own {
            let dependency: Value = text.parse().unwrap_or_else(|_| text.as_str().into());
            dependencies.insert(name, Item::Value(dependency));
        }
        dependencies.sort_values();
        document.insert("dependencies", Item::Table(dependencies));
        let mut targets = Table::new();
        targets.set_implicit(true);
        for (condition, Target(dependencies)) in &self.targets {
            let mut target = Table::new();
            target.set_implicit(true);
            let mut dependencies = dependencies.clone();
            dependencies.sort_values();
            target.insert("dependencies", Item::Table(dependencies));
            targets.insert(condition, Item::Table(target));
        }
        if !targets.is_empty() {
            document.insert("target", Item::Table(targets));
        }
        document.fmt(f)
    }
}
