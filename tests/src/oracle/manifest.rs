//! What must hold for every manifest: all that it says is ours.

use toml_edit::{DocumentMut, Item, TableLike};

/// What generated packages are built with.
const DEPENDENCIES: &[&str] = &[
    "axum",
    "base64",
    "bytes",
    "chrono",
    "fancy-regex",
    "futures-core",
    "futures-util",
    "getrandom",
    "hmac",
    "http",
    "http-body",
    "http-body-util",
    "httpdate",
    "hyper",
    "hyper-util",
    "js-sys",
    "jsonwebtoken",
    "metrics",
    "mime",
    "percent-encoding",
    "regress",
    "quick-xml",
    "redis",
    "regex",
    "reqwest",
    "serde",
    "serde_json",
    "sha1",
    "sha2",
    // The case `configured` asks for it.
    "strum",
    "subtle",
    "tempfile",
    "tokio",
    "tokio-rustls",
    "tower",
    "tower-http",
    "tower-layer",
    "tower-service",
    "tracing",
    "url",
    "utoipa-swagger-ui-vendored",
    "uuid",
    "wasmtimer",
];

/// What they build for.
const CONDITIONS: &[&str] = &["cfg(not(target_arch = \"wasm32\"))", "cfg(target_arch = \"wasm32\")"];

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
            "target",
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
    let targets = manifest.get("target").and_then(Item::as_table_like);
    let targets = targets.into_iter().flat_map(TableLike::iter);
    let by_target = targets.map(|(condition, target)| {
        assert!(CONDITIONS.contains(&condition), "{place}: the target `{condition}`");
        target.get("dependencies")
    });
    let tables = ["dependencies", "dev-dependencies"].map(|table| manifest.get(table));
    for table in tables.into_iter().chain(by_target).flatten() {
        for (name, _) in table.as_table_like().expect("a table").iter() {
            assert!(DEPENDENCIES.contains(&name), "{place}: the dependency `{name}`");
        }
    }
}
