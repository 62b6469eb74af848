//! What is different between two documents.

use serde_json::json;
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{
    Api,
    changes::{Change, Difference, Part, Subject, changes},
    split_views,
};
use specsmith_spec::{Options, Source, load, lower};

use crate::{corpus, stem};

const OLD: &str = r##"
openapi: 3.1.0
info: { title: Books, version: "1" }
paths:
  /books:
    get:
      operationId: listBooks
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 50 } }
        - { name: page, in: query, schema: { type: integer } }
      responses:
        "200":
          description: ok
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Book" } } } }
  /books/{id}:
    get:
      operationId: getBook
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: ok } }
    delete: { parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { "204": { description: ok } } }
components:
  schemas:
    Book:
      type: object
      required: [title]
      properties:
        title: { type: string }
        genre: { type: string, enum: [crime, poetry] }
        pin: { type: string, writeOnly: true }
        next: { $ref: "#/components/schemas/Book" }
        size: { type: object, properties: { width: { type: integer } } }
        shade: { oneOf: [{ enum: [a] }, { enum: [b] }, { type: object, properties: { c: {} } }, { type: object, properties: { d: {} } }] }
    Old: { type: object }
"##;

const NEW: &str = r##"
openapi: 3.1.0
info: { title: Books, version: "2" }
paths:
  /books:
    get:
      operationId: listBooks
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer, maximum: 100 } }
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        "200":
          description: other words
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Book" } } } }
        "404": { description: none }
  /books/{isbn}:
    get:
      operationId: getBook
      deprecated: true
      parameters: [{ name: isbn, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: ok } }
  /authors: { get: { responses: { "200": { description: ok } } } }
components:
  schemas:
    Book:
      type: object
      required: [title, isbn]
      properties:
        title: { type: [string, "null"] }
        isbn: { type: string }
        genre: { type: string, enum: [crime, travel] }
        pin: { type: string, writeOnly: true }
        next: { $ref: "#/components/schemas/Book" }
        size: { type: object, properties: { width: { type: number } } }
        shade: { oneOf: [{ enum: [a] }, { enum: [b] }, { type: object, properties: { c: {} } }] }
"##;

fn api(name: &str, text: &[u8]) -> Option<Api> {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_bytes(name, text.to_vec()).ok()?;
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics)?;
    let mut api = lower(&document, &mut diagnostics)?;
    split_views(&mut api);
    Some(api)
}

/// A change on one line: what it is about, the names on the way, what is different.
fn line(change: &Change) -> String {
    let subject = match &change.subject {
        Subject::Api => "API".to_owned(),
        Subject::Operation { line, .. } | Subject::Webhook(line) => line.clone(),
        Subject::Schema(name) | Subject::SecurityScheme(name) | Subject::Tag(name) => name.clone(),
    };
    let parts = change.parts.iter().map(|part| match part {
        Part::Parameter(_, name) | Part::Field(name) | Part::Value(name) | Part::MediaType(name) => format!(" {name}"),
        Part::Response(status) => format!(" {status}"),
        part => format!(" {part:?}"),
    });
    let difference = match &change.difference {
        Difference::Added { required } => format!("added{}", if *required { ", required" } else { "" }),
        Difference::Removed { .. } => "removed".to_owned(),
        Difference::Changed { aspect, old, new } => format!("{aspect} {old:?} -> {new:?}"),
    };
    format!("{subject}{}: {difference}", parts.collect::<String>())
}

#[test]
fn differences_are_found_where_they_are() {
    let (old, new) = (
        api("old", OLD.as_bytes()).expect("an API"),
        api("new", NEW.as_bytes()).expect("an API"),
    );
    let found: Vec<String> = changes(&old, &new).iter().map(line).collect();
    let expected = [
        r#"API: version "1" -> "2""#,
        r#"GET /books limit: presence "optional" -> "required""#,
        r#"GET /books limit: limits "at most 50" -> "at most 100""#,
        "GET /books cursor: added",
        "GET /books page: removed",
        r#"GET /books 200: description "ok" -> "other words""#,
        "GET /books 404: added",
        r#"GET /books/{isbn}: path "GET /books/{id}" -> "GET /books/{isbn}""#,
        r#"GET /books/{isbn}: deprecation "" -> "deprecated""#,
        "GET /authors: added",
        "DELETE /books/{id}: removed",
        r#"Book title: type "string" -> "string or null""#,
        "Book isbn: added, required",
        r#"Book genre "travel": added"#,
        r#"Book genre "poetry": removed"#,
        r#"Book size width: type "integer" -> "number""#,
        r#"Book shade Variant("object"): removed"#,
        "Old: removed",
    ];
    assert_eq!(found, expected);
}

#[test]
fn paths_that_differ_in_the_names_of_parameters_are_told_apart() {
    let document = |second: &str| {
        let paths = ["/words/{basic}", second].map(|path| {
            let name = path.split(['{', '}']).nth(1).expect("a name");
            let parameter = json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
            let get = json!({"parameters": [parameter], "responses": {"200": {"description": "ok"}}});
            (path.to_owned(), json!({ "get": get }))
        });
        let paths: serde_json::Map<_, _> = paths.into_iter().collect();
        let text = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}).to_string();
        api("words", text.as_bytes()).expect("a document")
    };
    let (two, renamed) = (document("/words/{advanced}"), document("/words/{other}"));
    assert_eq!(changes(&two, &two), []);
    let found: Vec<String> = changes(&two, &renamed).iter().map(line).collect();
    let expected = "GET /words/{other}: path \"GET /words/{advanced}\" -> \"GET /words/{other}\"";
    assert!(found.contains(&expected.to_owned()), "{found:#?}");
}

#[test]
fn nothing_is_different_from_itself() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    for path in corpus::chosen(&folder) {
        let text = std::fs::read(&path).expect("a document");
        // Larger ones take long without optimisation.
        let is_looked_at = text.len() < 500_000 || corpus::is_full();
        if let Some(api) = is_looked_at.then(|| api("openapi", &text)).flatten() {
            let found = changes(&api, &api);
            assert!(found.is_empty(), "{}: {:?}", stem(&path), found.first().map(line));
        }
    }
}
