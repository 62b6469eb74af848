//! A small API from its intermediate model to the text of its types.

#![allow(clippy::unwrap_used, reason = "tests")]

use specsmith_diagnostics::Diagnostics;
use specsmith_ir::{Api, Field, Object, Origin, Presence, Rest, Shape, Type, TypeId};
use specsmith_rust::types::Openness;
use specsmith_rust::{Model, TypeOptions};

use crate::{Options, render};

fn ty(api: &mut Api, name: &str, shape: Shape) -> TypeId {
    api.types.add(Type {
        origin: Origin::Component(name.to_owned()),
        shape,
        assertions: Default::default(),
        docs: Default::default(),
        location: Default::default(),
    })
}

fn model() -> Model {
    let mut api = Api::default();
    api.info.title = "Book shop".to_owned();
    let id = ty(&mut api, "Count", Shape::Boolean);
    let book = Object {
        fields: vec![Field {
            name: "sold".to_owned(),
            ty: id,
            presence: Presence::Required,
            access: Default::default(),
            docs: Default::default(),
        }],
        rest: Rest::Denied,
        patterns: Vec::new(),
        names: None,
        min_properties: None,
        max_properties: None,
    };
    ty(&mut api, "Book", Shape::Object(book));
    specsmith_rust::lower(&api, &TypeOptions::default(), &mut Diagnostics::new())
}

fn options(openness: Openness) -> Options {
    Options {
        package_name: "book-types".to_owned(),
        package_version: "0.1.0".to_owned(),
        openness,
    }
}

#[test]
fn a_crate_has_types_and_what_they_need() {
    let tree = render(&model(), &options(Openness::Open));
    let root = tree.get("src/lib.rs").unwrap();
    assert!(root.contains("pub use types::*;\n"), "{root}");
    let manifest = tree.get("Cargo.toml").unwrap();
    let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap();
    assert_eq!(
        dependencies,
        "serde = \"1\"\nserde_json = { version = \"1\", default-features = false, features = [\"float_roundtrip\", \"std\"] }\n"
    );
    let readme = tree.get("README.md").unwrap();
    assert!(
        readme.contains("use book_types::{Book, JsonError, from_json, to_json};"),
        "{readme}"
    );
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    assert!(paths.contains(&"src/types/shared.rs"), "{paths:?}");
    let others = ["client", "server", "unions", "enums"];
    assert!(
        !paths.iter().any(|path| others.iter().any(|other| path.contains(other))),
        "{paths:?}"
    );
}

#[test]
fn types_are_open_or_closed() {
    let types = |openness| {
        render(&model(), &options(openness))
            .get("src/types/shared.rs")
            .unwrap()
            .to_owned()
    };
    assert!(types(Openness::Open).contains("codec!(struct Book {"));
    assert!(types(Openness::Closed).contains("codec!(closed struct Book {"));
}

#[test]
fn an_api_without_types_has_nothing_to_export() {
    let tree = render(&Model::default(), &options(Openness::Open));
    assert!(!tree.get("src/lib.rs").unwrap().contains("types::*"));
    assert!(!tree.get("README.md").unwrap().contains("```rust"));
}
