//! Which dependencies a crate lacks that takes in generated modules.

use std::collections::BTreeMap;

use specsmith_output::FileTree;
use toml_edit::{DocumentMut, Item, TableLike};

/// The dependencies of a generated package that a manifest does not name, with what the package says about each.
///
/// Nothing is missing where the manifest cannot be understood: cargo has better words for that.
pub(crate) fn missing(package: &FileTree, manifest: &str) -> BTreeMap<String, String> {
    let Ok(manifest) = manifest.parse::<DocumentMut>() else {
        return BTreeMap::new();
    };
    let needed = package.get("Cargo.toml").unwrap_or_default().parse::<DocumentMut>();
    let needed = needed.unwrap_or_default();
    let known = known(manifest.as_table());
    let needed = needed.get("dependencies").and_then(Item::as_table_like);
    let needed = needed.into_iter().flat_map(TableLike::iter);
    needed
        .filter(|(name, _)| {
            !known
                .iter()
                .any(|known| known.replace('-', "_") == name.replace('-', "_"))
        })
        .map(|(name, value)| (name.to_owned(), value.to_string().trim().to_owned()))
        .collect()
}

/// The names under which the code of a crate sees its dependencies.
fn known(manifest: &dyn TableLike) -> Vec<String> {
    let tables = [manifest.get("dependencies"), manifest.get("target")];
    let [direct, targets] = tables.map(|item| item.and_then(Item::as_table_like));
    let by_target = targets.into_iter().flat_map(TableLike::iter);
    let by_target = by_target.filter_map(|(_, target)| target.as_table_like()?.get("dependencies")?.as_table_like());
    let names = direct.into_iter().chain(by_target).flat_map(TableLike::iter);
    names.map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(manifest: &str) -> Vec<String> {
        let mut package = FileTree::new();
        let text =
            "[dependencies]\nserde = \"1\"\nserde_json = \"1\"\nuuid = { version = \"1\", features = [\"serde\"] }\n";
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
                "uuid = { version = \"1\", features = [\"serde\"] }"
            ]
        );
        assert_eq!(found("").len(), 3);
    }

    #[test]
    fn every_way_to_name_a_dependency_counts() {
        let manifest = "dependencies.serde = \"1\"\n[dependencies.serde-json]\nversion = \"1\"\n\
                        [target.'cfg(unix)'.dependencies]\nuuid = \"1\"\n";
        assert_eq!(found(manifest), [""; 0]);
        assert_eq!(found("not a manifest"), [""; 0]);
    }
}
