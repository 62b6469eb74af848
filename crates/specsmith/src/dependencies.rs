//! Which dependencies a crate lacks that takes in generated modules.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_output::FileTree;
use toml_edit::{DocumentMut, Item, TableLike};

/// The crates of types that have the traits of serde only with a feature.
const WITHOUT_SERDE: [&str; 4] = ["chrono", "jiff", "time", "uuid"];

/// The dependencies of a generated package that a manifest does not name, or names without a feature that is needed, with
/// what the package says about each.
///
/// What only a feature needs is needed where the manifest has a feature of that name. Nothing is missing where the
/// manifest cannot be understood: cargo has better words for that.
pub(crate) fn missing(package: &FileTree, manifest: &str) -> BTreeMap<String, String> {
    let Ok(manifest) = manifest.parse::<DocumentMut>() else {
        return BTreeMap::new();
    };
    let needed = package.get("Cargo.toml").unwrap_or_default().parse::<DocumentMut>();
    let needed = needed.unwrap_or_default();
    let known = known(manifest.as_table());
    let enabled = enabled(&needed, &manifest);
    let targets = needed.get("target").and_then(Item::as_table_like);
    let targets = targets.into_iter().flat_map(TableLike::iter);
    // What browsers need is not asked of those who build for none.
    let native = targets.filter(|(condition, _)| condition.starts_with("cfg(not("));
    let tables = needed
        .get("dependencies")
        .into_iter()
        .chain(native.filter_map(|(_, target)| target.get("dependencies")));
    tables
        .filter_map(Item::as_table_like)
        .flat_map(TableLike::iter)
        .filter(|(name, value)| flag(value, "optional") != Some(true) || enabled.contains(*name))
        .filter(|(name, value)| {
            let mut known = known.iter();
            !known
                .any(|(known, has)| known.replace('-', "_") == name.replace('-', "_") && has_features(name, has, value))
        })
        .map(|(name, value)| (name.to_owned(), value.to_string().trim().to_owned()))
        .collect()
}

/// The dependencies that features turn on which both manifests have.
fn enabled(package: &DocumentMut, manifest: &DocumentMut) -> BTreeSet<String> {
    let features = package.get("features").and_then(Item::as_table_like);
    let features = features.into_iter().flat_map(TableLike::iter);
    let known = |name: &str| {
        manifest
            .get("features")
            .and_then(|features| features.get(name))
            .is_some()
    };
    let lists = features
        .filter(|(name, _)| known(name))
        .filter_map(|(_, list)| list.as_array());
    let names = lists.flatten().filter_map(|item| item.as_str()?.strip_prefix("dep:"));
    names.map(str::to_owned).collect()
}

fn flag(dependency: &Item, key: &str) -> Option<bool> {
    dependency.as_table_like()?.get(key)?.as_bool()
}

/// Whether a dependency has what generated types need of it, as far as this manifest tells: the traits of serde. Other
/// features are on by default, or come with ones that are not known here.
fn has_features(name: &str, has: &Item, needed: &Item) -> bool {
    let features = |item: &Item| -> Vec<String> {
        let list = item.as_table_like().and_then(|table| table.get("features")?.as_array());
        let names = list.into_iter().flatten().filter_map(|name| name.as_str());
        let names = names.filter(|name| name.starts_with("serde"));
        names.map(str::to_owned).collect()
    };
    let found = features(has);
    !WITHOUT_SERDE.contains(&name)
        || flag(has, "workspace") == Some(true)
        || features(needed).iter().all(|name| found.contains(name))
}

/// The names under which the code of a crate sees its dependencies, with what is said about each.
fn known(manifest: &dyn TableLike) -> Vec<(String, Item)> {
    let tables = [manifest.get("dependencies"), manifest.get("target")];
    let [direct, targets] = tables.map(|item| item.and_then(Item::as_table_like));
    let by_target = targets.into_iter().flat_map(TableLike::iter);
    let by_target = by_target.filter_map(|(_, target)| target.as_table_like()?.get("dependencies")?.as_table_like());
    let names = direct.into_iter().chain(by_target).flat_map(TableLike::iter);
    names.map(|(name, item)| (name.to_owned(), item.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(manifest: &str) -> Vec<String> {
        let mut package = FileTree::new();
        let text = "[dependencies]\nserde = \"1\"\nserde_json = \"1\"\nuuid = { version = \"1\", features = [\"serde\", \"std\"] }\n\
             regex = { version = \"1\", optional = true }\ntracing = { version = \"0.1\", optional = true }\n\
             [features]\nvalidate = [\"dep:regex\"]\ntracing = [\"dep:tracing\"]\n";
        package.insert("Cargo.toml", text);
        let missing = missing(&package, manifest);
        missing
            .iter()
            .map(|(name, value)| format!("{name} = {value}"))
            .collect()
    }

    #[test]
    fn what_is_not_named_is_missing() {
        assert_eq!(
            found("[package]\nname = \"a\"\n[dependencies]\nserde.workspace = true\n"),
            [
                "serde_json = \"1\"",
                "uuid = { version = \"1\", features = [\"serde\", \"std\"] }"
            ]
        );
        assert_eq!(found("").len(), 3);
    }

    #[test]
    fn a_feature_can_be_missing() {
        let manifest = |uuid: &str| format!("[dependencies]\nserde = \"1\"\nserde_json = \"1\"\nuuid = {uuid}\n");
        let missing = ["uuid = { version = \"1\", features = [\"serde\", \"std\"] }"];
        assert_eq!(found(&manifest("\"1\"")), missing);
        assert_eq!(found(&manifest("{ version = \"1\", features = [\"v4\"] }")), missing);
        assert_eq!(
            found(&manifest("{ version = \"1\", features = [\"v4\", \"serde\"] }")),
            [""; 0]
        );
    }

    #[test]
    fn what_features_turn_on_is_needed_for_them_alone() {
        let manifest = "[features]\nvalidate = [\"dep:regex\"]\n[dependencies]\nserde = \"1\"\nserde_json = \"1\"\n\
                        uuid.workspace = true\n";
        assert_eq!(found(manifest), ["regex = { version = \"1\", optional = true }"]);
        assert_eq!(found(&manifest.replace("validate", "check")), [""; 0]);
        assert_eq!(
            found(&manifest.replace("validate", "tracing")),
            ["tracing = { version = \"0.1\", optional = true }"]
        );
    }

    #[test]
    fn what_browsers_need_is_not_asked_for() {
        let mut package = FileTree::new();
        let text = "[target.'cfg(not(target_arch = \"wasm32\"))'.dependencies]\nhyper = \"1\"\n\
                    [target.'cfg(target_arch = \"wasm32\")'.dependencies]\nwasmtimer = \"0.4\"\n";
        package.insert("Cargo.toml", text);
        assert_eq!(Vec::from_iter(missing(&package, "").into_keys()), ["hyper"]);
    }

    #[test]
    fn every_way_to_name_a_dependency_counts() {
        let manifest = "dependencies.serde = \"1\"\n[dependencies.serde-json]\nversion = \"1\"\n\
                        [target.'cfg(unix)'.dependencies]\nuuid.workspace = true\n";
        assert_eq!(found(manifest), [""; 0]);
        assert_eq!(found("not a manifest"), [""; 0]);
    }
}
