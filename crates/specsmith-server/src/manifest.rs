//! The manifest of the generated crate, and the parts of the runtime it needs.

use specsmith_runtime::Part;
use specsmith_rust::Model;
use specsmith_rust::model::BodyKind;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value, value};

use crate::Options;

/// Renders `Cargo.toml`. The name comes from the options; nothing comes from the document.
pub(crate) fn render(model: &Model, options: &Options) -> String {
    let mut package = Table::new();
    package.insert("name", value(&options.package_name));
    package.insert("version", value("0.1.0"));
    package.insert("edition", value("2024"));
    package.insert("rust-version", value("1.89"));
    let mut dependencies = Table::new();
    for (name, dependency) in dependency_list(model) {
        dependencies.insert(name, Item::Value(dependency));
    }
    for (name, text) in &model.dependencies {
        dependencies.insert(name, Item::Value(text.parse().unwrap_or_else(|_| text.as_str().into())));
    }
    dependencies.sort_values();
    let mut document = DocumentMut::new();
    document.insert("package", Item::Table(package));
    document.insert("dependencies", Item::Table(dependencies));
    document.to_string()
}

/// The dependencies in the order of their names.
fn dependency_list(model: &Model) -> Vec<(&'static str, Value)> {
    let mut axum = vec!["http1", "tokio"];
    if has_multipart(model) {
        axum.push("multipart");
    }
    let mut list = vec![("axum", plain("0.8.9", &axum))];
    if let Some((name, version, features)) = model.date_dependency() {
        list.push((name, plain(version, features)));
    }
    if model.rules.engines.backtracking {
        list.push(("fancy-regex", "0.19".into()));
    }
    list.push(("hyper", with_features("1.12", &["http1", "server"])));
    list.push((
        "hyper-util",
        with_features("0.1.21", &["server-graceful", "service", "tokio"]),
    ));
    if model.rules.engines.linear {
        list.push(("regex", "1".into()));
    }
    list.push(("serde", "1".into()));
    // Only with `float_roundtrip` is a float what the text says to the last digit, and only with `arbitrary_precision`
    // does a `Number` keep every digit; other crates of a build notice that, so it is not always on.
    let json: &[&str] = match model.uses.numbers {
        true => &["arbitrary_precision", "float_roundtrip", "std"],
        false => &["float_roundtrip", "std"],
    };
    list.push(("serde_json", plain("1", json)));
    list.push(("tokio", with_features("1", &["macros", "net", "rt", "time"])));
    if model.uses.uuid {
        list.push(("uuid", plain("1", &["serde", "std"])));
    }
    list
}

/// Whether a body has several parts.
pub(crate) fn has_multipart(model: &Model) -> bool {
    let multipart = |kind: &BodyKind| *kind == BodyKind::Multipart;
    model
        .operations()
        .filter_map(|(_, operation)| operation.body.as_ref())
        .any(|body| multipart(&body.kind))
}

/// A dependency with features.
fn with_features(version: &str, features: &[&str]) -> Value {
    let mut table = InlineTable::new();
    table.insert("version", version.into());
    table.insert("features", Value::Array(features.iter().copied().collect::<Array>()));
    Value::InlineTable(table)
}

/// A dependency with no features but these.
fn plain(version: &str, features: &[&str]) -> Value {
    let mut table = InlineTable::new();
    table.insert("version", version.into());
    table.insert("default-features", false.into());
    table.insert("features", Value::Array(features.iter().copied().collect::<Array>()));
    Value::InlineTable(table)
}

/// The parts of the runtime that the API needs.
pub(crate) fn parts(model: &Model) -> Vec<Part> {
    let uses = &model.uses;
    let wanted = [
        (Part::Codec, true),
        (Part::Enums, uses.enums),
        (Part::Unions, uses.unions),
        (Part::Tuples, uses.tuples),
        (Part::Uri, uses.uri),
        (Part::Base64, uses.base64 || uses.base64_url),
        (Part::Base64Url, uses.base64_url),
        (Part::JiffDates, uses.jiff_date_times),
        (Part::TimeDates, uses.time_date_times),
        (Part::Validate, !model.rules.is_empty()),
        (Part::ValidateUri, !model.rules.is_empty() && model.uses.uri),
        (
            Part::ValidateBase64,
            !model.rules.is_empty() && (model.uses.base64 || model.uses.base64_url),
        ),
        (Part::Patterns, model.rules.engines.linear),
        (Part::Backtracking, model.rules.engines.backtracking),
        (Part::ValidateAlways, true),
        (Part::ServerValidate, !model.rules.is_empty()),
        (Part::Server, true),
        (Part::ServerMultipart, has_multipart(model)),
    ];
    wanted
        .into_iter()
        .filter(|(_, needed)| *needed)
        .map(|(part, _)| part)
        .collect()
}
