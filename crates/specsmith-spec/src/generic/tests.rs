//! What schemas become that are made of others through `$dynamicRef`.

#![allow(clippy::unwrap_used, reason = "tests")]

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::*;
use crate::{Source, read};

/// The named schemas of a document with these, as JSON with their names.
fn instantiated(schemas: &str) -> Option<Vec<(String, String)>> {
    let text =
        format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}");
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_text("t.yaml", text.as_str());
    let document = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
    let document = instantiate(&document, &Limits::default())?;
    let schemas = document.root().get("components").unwrap().get("schemas").unwrap();
    let all = schemas.members();
    Some(
        all.map(|(key, node)| (key.name.clone(), node.to_value().to_string()))
            .collect(),
    )
}

fn schema(schemas: &[(String, String)], name: &str) -> String {
    let found = schemas.iter().find(|(known, _)| known == name);
    found.unwrap().1.clone()
}

const PAGE: &str = "
    Page:
      properties:
        items: { type: array, items: { $dynamicRef: '#item' } }
        next: { $ref: '#/components/schemas/Page' }
      $defs: { any: { $dynamicAnchor: item } }
    Book: { type: object }
";

#[test]
fn a_page_of_books_has_books() {
    let schemas = instantiated(&format!(
        "{PAGE}
    PageOfBooks:
      $ref: '#/components/schemas/Page'
      $defs: {{ item: {{ $dynamicAnchor: item, $ref: '#/components/schemas/Book' }} }}
"
    ))
    .unwrap();
    let page = schema(&schemas, "PageOfBooks");
    assert!(
        page.contains(r##""items":{"$ref":"#/components/schemas/PageOfBooks/$defs/item"}"##),
        "{page}"
    );
    assert!(
        page.contains(r##""next":{"$ref":"#/components/schemas/PageOfBooks"}"##),
        "{page}"
    );
    let page = schema(&schemas, "Page");
    assert!(
        page.contains(r##""items":{"$ref":"#/components/schemas/Page/$defs/any"}"##),
        "{page}"
    );
    assert_eq!(schemas.len(), 3);
}

#[test]
fn what_leads_to_an_open_place_becomes_a_component_of_its_own() {
    let schemas = instantiated(&format!(
        "{PAGE}
    Wrapped:
      properties: {{ page: {{ $ref: '#/components/schemas/Page' }} }}
    WrappedBooks:
      allOf: [{{ $ref: '#/components/schemas/Wrapped' }}, {{ required: [page] }}]
      $defs: {{ item: {{ $dynamicAnchor: item, $ref: '#/components/schemas/Book' }} }}
"
    ))
    .unwrap();
    let wrapped = schema(&schemas, "WrappedBooks");
    assert!(
        wrapped.contains(r##""page":{"$ref":"#/components/schemas/WrappedBooksPage"}"##),
        "{wrapped}"
    );
    let page = schema(&schemas, "WrappedBooksPage");
    assert!(
        page.contains(r##""$ref":"#/components/schemas/WrappedBooks/$defs/item""##),
        "{page}"
    );
    assert!(
        page.contains(r##""next":{"$ref":"#/components/schemas/WrappedBooksPage"}"##),
        "{page}"
    );
}

#[test]
fn trees_are_extended_all_the_way_down() {
    let schemas = instantiated(
        "
    Tree:
      $dynamicAnchor: node
      properties: { children: { items: { $dynamicRef: '#node' } } }
    Named:
      $dynamicAnchor: node
      $ref: '#/components/schemas/Tree'
      properties: { name: { type: string } }
",
    )
    .unwrap();
    let named = schema(&schemas, "Named");
    assert!(
        named.contains(r##""children":{"items":{"$ref":"#/components/schemas/Named"}}"##),
        "{named}"
    );
    let tree = schema(&schemas, "Tree");
    assert!(
        tree.contains(r##""children":{"items":{"$ref":"#/components/schemas/Tree"}}"##),
        "{tree}"
    );
}

#[test]
fn the_outermost_schema_wins_and_a_plain_anchor_stays() {
    let schemas = instantiated(&format!(
        "{PAGE}
    Inner:
      $ref: '#/components/schemas/Page'
      $defs: {{ item: {{ $dynamicAnchor: item, type: string }} }}
    Outer:
      $ref: '#/components/schemas/Inner'
      $defs: {{ item: {{ $dynamicAnchor: item, type: integer }} }}
"
    ))
    .unwrap();
    let outer = schema(&schemas, "Outer");
    assert!(
        outer.contains(r##""$ref":"#/components/schemas/OuterPage""##),
        "{outer}"
    );
    let page = schema(&schemas, "OuterPage");
    assert!(page.contains("#/components/schemas/Outer/$defs/item"), "{page}");
    let plain = instantiated(
        "
    A: { $anchor: item, type: string }
    B: { items: { $dynamicRef: '#item' } }
",
    );
    assert!(plain.is_none());
}

#[test]
fn data_is_left_alone() {
    let schemas = instantiated(&format!(
        "{PAGE}
    PageOfBooks:
      $ref: '#/components/schemas/Page'
      $defs: {{ item: {{ $dynamicAnchor: item, $ref: '#/components/schemas/Book' }} }}
      example: {{ items: [{{ $dynamicRef: '#item' }}] }}
      properties: {{ default: {{ $dynamicRef: '#item' }} }}
"
    ))
    .unwrap();
    let page = schema(&schemas, "PageOfBooks");
    assert!(
        page.contains(r##""example":{"items":[{"$dynamicRef":"#item"}]}"##),
        "{page}"
    );
    assert!(page.contains(r##""default":{"$ref":"##), "{page}");
}
