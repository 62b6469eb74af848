//! With `layout = "split"` the types are a package of their own: both compile, and say of their types what one package says.

use std::{fs, path::Path};

use specsmith::{Config, Form, Kind, Target};
use specsmith_rust::TypeOptions;

use crate::{case::Case, cases, compile, corpus, root};

/// What becomes of documents with forms, shared rules, types for one direction, no types and XML, beside the bookstore.
const SUBJECTS: &[&str] = &["bodies", "constraints", "read_write", "tags", "xml"];

/// The client, with a feature for each group, and the server of a case.
fn config(case: &Case, workspace: &Path, form: Form) -> Config {
    let options = TypeOptions {
        group_features: true,
        ..TypeOptions::default()
    };
    let package = case.name.replace('_', "-");
    let target = |kind: Kind| {
        let name = format!("{package}-split-{}", kind.name());
        Target::new(workspace.join(&name)).package(name).form(form)
    };
    case.config(&case.path)
        .expect("a configuration")
        .type_options(options)
        .client(target(Kind::Client))
        .server(target(Kind::Server))
}

fn bookstore() -> Case {
    Case::file("bookstore", "examples/bookstore/openapi.yaml")
}

/// Only `SPECSMITH_FULL` asks for all cases.
#[test]
fn both_packages_compile() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("split");
    let mut cases = cases::documents();
    cases.retain(|case| corpus::is_full() || SUBJECTS.contains(&case.name.as_str()));
    let mut members = Vec::new();
    for case in cases.into_iter().chain([bookstore()]) {
        let outcome = specsmith::generate(&config(&case, &workspace, Form::Split));
        let outcome = outcome.unwrap_or_else(|error| panic!("{}: {error}", case.name));
        for output in outcome.outputs {
            members.push(
                output
                    .dir
                    .strip_prefix(&workspace)
                    .expect("below")
                    .display()
                    .to_string(),
            );
        }
    }
    assert!(members.len() > SUBJECTS.len());
    let list: String = members.iter().map(|member| format!("    \"{member}\",\n")).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{list}]\n");
    compile::put(&workspace.join("Cargo.toml"), &manifest);
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    // What a package depends on in its folder is a member, too.
    compile::run(
        &workspace,
        &["clippy", "--workspace", "--no-default-features", "--quiet"],
    );
    // A document without operations has no groups.
    let has_groups = |member: &&String| {
        let manifest = fs::read_to_string(workspace.join(member).join("Cargo.toml"));
        manifest.expect("a manifest").contains("\nfull = ")
    };
    let features = members.iter().filter(has_groups);
    let features: Vec<String> = features.map(|member| format!("{member}/full")).collect();
    assert!(!features.is_empty());
    let features = format!("--features={}", features.join(","));
    compile::run(
        &workspace,
        &["clippy", "--workspace", "--no-default-features", "--quiet", &features],
    );
}

#[test]
fn the_types_are_below_the_package_that_uses_them() {
    let outcome = specsmith::render(&config(&bookstore(), Path::new("out"), Form::Split)).expect("an outcome");
    for output in outcome.outputs {
        let text = |path: &str| output.result.get(path).unwrap_or_else(|| panic!("{path} is not there"));
        let (kind, package) = (output.kind.name(), format!("bookstore-split-{}", output.kind.name()));
        let manifest = text("Cargo.toml");
        let dependency = format!("\n{package}-types = {{ version = \"0.1.0\", path = \"types\" }}\n");
        assert!(manifest.contains(&dependency), "{manifest}");
        assert!(!manifest.contains("regex"), "{manifest}");
        let types = text("types/Cargo.toml");
        assert!(types.contains(&format!("name = \"{package}-types\"\n")), "{types}");
        assert!(types.contains("regex"), "{types}");
        for of_http in ["axum", "reqwest", "tokio"] {
            assert!(!types.contains(of_http), "{types}");
        }
        let library = package.replace('-', "_");
        assert!(
            text("src/lib.rs").contains(&format!("\npub use {library}_types as types;\n")),
            "{kind}"
        );
        assert!(text("src/runtime/mod.rs").contains(&format!("\npub use {library}_types::runtime::codec;\n")));
        assert!(
            text("types/src/runtime/codec/macros.rs").contains("#[macro_export]\n#[doc(hidden)]\nmacro_rules! codec {")
        );
        assert!(output.result.get("src/types/mod.rs").is_none() && output.result.get("src/runtime/codec.rs").is_none());
        if output.kind == Kind::Client {
            assert!(
                manifest.contains(&format!("\nbooks = [\"{package}-types/books\"]\n")),
                "{manifest}"
            );
            assert!(
                manifest.contains(&format!("\nvalidate = [\"{package}-types/validate\"]\n")),
                "{manifest}"
            );
            assert!(types.contains("\nbooks = []\n"), "{types}");
        }
    }
}

#[test]
fn a_package_can_be_split_and_joined_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let types = |kind: &str| dir.path().join(format!("bookstore-split-{kind}/types"));
    for (form, is_apart) in [(Form::Crate, false), (Form::Split, true), (Form::Crate, false)] {
        let config = config(&bookstore(), dir.path(), form);
        specsmith::generate(&config).expect("files");
        for kind in ["client", "server"] {
            assert_eq!(types(kind).exists(), is_apart, "{kind}");
        }
        let checked = specsmith::check(&config).expect("a report");
        assert!(checked.outputs.iter().all(|output| output.result.drift.is_empty()));
    }
}
