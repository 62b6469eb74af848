//! What names mean.

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::*;
use crate::{Limits, Source, read};

fn document(text: &str) -> Document {
    let source = Source::from_text("a.yaml", text);
    read(
        source,
        &Limits::default(),
        &mut SourceMap::new(),
        &mut Diagnostics::new(),
    )
    .unwrap()
}

/// The pointer of what an address means that stands at the node of this pointer.
fn meant(document: &Document, at: &str, address: &str) -> String {
    let resources = Resources::of(document, Address::File("/api/a.yaml".into()));
    let steps = pointer::steps(at).unwrap();
    let node = walk(document.root(), &steps).unwrap();
    match resources.meant(node, address) {
        Ok(Meant::Inside(id)) => format!("#{}", document.node(id).pointer()),
        Ok(Meant::Outside(address)) => {
            let file = resources.file(&address).map(|file| format!(" = {}", file.display()));
            match address {
                Address::File(path) => path.display().to_string(),
                Address::Uri(uri) => uri + &file.unwrap_or_default(),
            }
        }
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn schemas_with_ids_are_resources_inside_each_other() {
    let document = document(
        "components:\n  schemas:\n    A:\n      $id: https://example.com/a/\n      $defs:\n        B: {$id: b, x: {}}\n        C: \
         {x: {}}\n    D: {$id: d.yaml, x: {}}\n",
    );
    let a = "/components/schemas/A";
    assert_eq!(meant(&document, "", ""), "#");
    assert_eq!(meant(&document, "", "a.yaml"), "#");
    assert_eq!(meant(&document, "", "d.yaml"), "#/components/schemas/D");
    assert_eq!(meant(&document, "", "e.yaml"), "/api/e.yaml");
    assert_eq!(meant(&document, &format!("{a}/$defs/C/x"), ""), format!("#{a}"));
    assert_eq!(
        meant(&document, &format!("{a}/$defs/C/x"), "b"),
        format!("#{a}/$defs/B")
    );
    assert_eq!(meant(&document, &format!("{a}/$defs/B/x"), ""), format!("#{a}/$defs/B"));
    assert_eq!(meant(&document, &format!("{a}/$defs/B/x"), "./"), format!("#{a}"));
    assert_eq!(meant(&document, "", "https://example.com/a/b"), format!("#{a}/$defs/B"));
    assert_eq!(meant(&document, a, "c"), "https://example.com/a/c");
}

#[test]
fn what_shares_the_folder_of_self_is_a_file_beside_the_document() {
    let document = document("$self: https://example.com/v1/api.yaml\nx: {}\n");
    assert_eq!(meant(&document, "/x", "https://example.com/v1/api.yaml"), "#");
    assert_eq!(meant(&document, "/x", "api.yaml"), "#");
    assert_eq!(
        meant(&document, "/x", "pet.yaml"),
        "https://example.com/v1/pet.yaml = /api/pet.yaml"
    );
    assert_eq!(
        meant(&document, "/x", "../pet.yaml"),
        "https://example.com/pet.yaml = /pet.yaml"
    );
    assert_eq!(
        meant(&document, "/x", "https://other.example/pet"),
        "https://other.example/pet"
    );
}

#[test]
fn a_name_of_the_scheme_file_is_a_name_and_no_file() {
    let document = document("a: {$id: 'file:///schemas/a.json', b: {}}\nc: {}\n");
    assert_eq!(meant(&document, "/c", "file:///schemas/a.json"), "#/a");
    assert_eq!(meant(&document, "/a/b", "file:///schemas/a.json"), "#/a");
    assert_eq!(meant(&document, "/c", "file:///schemas/b.json"), "Absolute");
    assert_eq!(meant(&document, "/a/b", "b.json"), "/api/b.json");
    assert_eq!(meant(&document, "/a/b", ""), "#");
}

#[test]
fn anchors_belong_to_their_resource() {
    let document =
        document("a: {$anchor: x}\nb: {$id: b.yaml, c: {$anchor: x}, d: {$dynamicAnchor: y}}\ne: {$anchor: z}\n");
    let resources = Resources::of_text(&document);
    let root = document.root();
    let b = root.get("b").unwrap();
    let pointer = |found: Option<NodeId>| found.map(|id| document.node(id).pointer());
    assert_eq!(pointer(resources.anchor(root.id(), "x")).as_deref(), Some("/a"));
    assert_eq!(pointer(resources.anchor(b.id(), "x")).as_deref(), Some("/b/c"));
    assert_eq!(pointer(resources.anchor(root.id(), "y")).as_deref(), Some("/b/d"));
    assert_eq!(pointer(resources.anchor(b.id(), "z")).as_deref(), Some("/e"));
    assert_eq!(pointer(resources.anchor(b.id(), "w")), None);
}

#[test]
fn references_have_an_address_and_a_fragment() {
    let parse = |text| Reference::parse(text).unwrap();
    assert_eq!(parse("a.yaml").fragment, Fragment::Whole);
    assert_eq!(parse("a.yaml#").fragment, Fragment::Whole);
    assert_eq!(parse("a.yaml#b").fragment, Fragment::Anchor("b".to_owned()));
    let steps = ["paths", "/a b", "~"].map(str::to_owned).to_vec();
    assert_eq!(parse("#/paths/~1a%20b/~0").fragment, Fragment::Pointer(steps));
    assert_eq!(parse("#/").fragment, Fragment::Pointer(vec![String::new()]));
    assert!(Reference::parse("#/~2").is_err());
    assert!(Reference::parse("#/%f").is_err());
}
