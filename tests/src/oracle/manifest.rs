//! What must hold for every manifest: all that it says is ours.

use toml_edit::DocumentMut;

/// What generated packages are built with.
const DEPENDENCIES: &[&str] = &[
    "axum",
    "base64",
    "bytes",
    "chrono",
    "fancy-regex",
    "futures-core",
    "futures-util",
    "http",
    "http-body",
    "http-body-util",
    "hyper",
    "hyper-util",
    "mime",
    "percent-encoding",
    "regress",
    "regex",
    "reqwest",
    "serde",
    "serde_json",
    // The case `configured` asks for it.
    "strum",
    "tokio",
    "tower",
    "tower-service",
    "tracing",
    "url",
    "uuid",
];

/// Looks at a manifest.
pub(super) fn inspect(place: &str, text: &str) {
    let manifest: DocumentMut = text
        .parse()
        .unwrap_or_else(|error| panic!("{place} does not parse: {error}"));
    for (table, _) in manifest.iter() {
        let known = [
            "package",
            "lib",
            "features",
            "dependencies",
            "dev-dependencies",
            "lints",
        ]
        .contains(&table);
        assert!(known, "{place}: a table `{table}`");
    }
    let package = manifest["package"].as_table_like().expect("a package");
    for key in ["build", "metadata", "links", "workspace"] {
        assert!(package.get(key).is_none(), "{place}: `package.{key}`");
    }
    assert_eq!(
        package.get("version").and_then(|version| version.as_str()),
        Some("0.1.0"),
        "{place}"
    );
    for table in ["dependencies", "dev-dependencies"] {
        for (name, _) in manifest
            .get(table)
            .and_then(|table| table.as_table_like())
            .iter()
            .flat_map(|table| table.iter())
        {
            assert!(DEPENDENCIES.contains(&name), "{place}: the dependency `{name}`");
        }
    }
}
