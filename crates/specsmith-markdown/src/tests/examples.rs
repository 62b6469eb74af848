//! Examples that are made for schemas are valid under them.

use std::collections::BTreeMap;
use std::fs;

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{Api, Content, Value};
use specsmith_spec::{Limits, Source};
use specsmith_values::{Checker, OneOf, Patterns};

use super::{LARGEST, documents, pages::BOOKS};
use crate::context::Context;
use crate::example::{self, Direction};
use crate::{Options, json};

fn api(name: &str, text: Vec<u8>) -> Option<Api> {
    let (mut sources, mut diagnostics) = (SourceMap::default(), Diagnostics::default());
    let source = Source::from_bytes(name, text).ok()?;
    let document = specsmith_spec::read(source, &Limits::default(), &mut sources, &mut diagnostics)?;
    let mut api = specsmith_spec::lower(&document, &mut diagnostics)?;
    specsmith_ir::split_views(&mut api);
    Some(api)
}

/// How many examples are made for the bodies of an API, and what is wrong with them.
fn check(api: &Api) -> (usize, Vec<String>) {
    let model = specsmith_rust::lower(api, &Default::default(), &mut Diagnostics::default());
    let options = Options::default();
    let cx = Context::new(api, &model, &options);
    let patterns = Patterns::default();
    let checker = Checker::new(api, &patterns, OneOf::First);
    let (mut count, mut wrong) = (0, Vec::new());
    let bodies = api.operations.iter().flat_map(|operation| {
        let request = operation.request_body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        let request = request.map(|content| (content, Direction::Request));
        request.chain(responses.map(|content| (content, Direction::Response)))
    });
    for (content, direction) in bodies.filter(|(content, _)| content.media_type.is_json()) {
        let (Some(ty), Some(value)) = (content.ty, made(&cx, content, direction)) else {
            continue;
        };
        count += 1;
        let text = json::compact(&value);
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let violations = checker.violations(ty, &read);
        wrong.extend(
            violations
                .first()
                .map(|violation| format!("{} at {}: {text}", violation.detail, violation.pointer)),
        );
    }
    (count, wrong)
}

/// The example that is made, if the document has none that fits.
fn made(cx: &Context<'_>, content: &Content, direction: Direction) -> Option<Value> {
    let ty = content.ty?;
    let mut values = content.examples.iter().filter_map(|example| example.value.as_ref());
    match values.any(|value| example::fits(cx, ty, value)) {
        true => None,
        false => example::body(cx, content, direction),
    }
}

#[test]
fn made_examples_are_valid() {
    let (count, wrong) = check(&api("openapi.yaml", BOOKS.as_bytes().to_vec()).expect("an API"));
    assert!(count > 0 && wrong.is_empty(), "{wrong:?}");
}

/// Formats as documents write them, an object of which all members are empty, and objects in a list.
const VISITS: &str = r##"
openapi: 3.0.3
info: {title: Visits, version: "1"}
paths:
  /visits:
    get:
      responses:
        "200":
          description: Visits
          content:
            application/json:
              schema:
                type: object
                properties:
                  visits:
                    type: array
                    items:
                      type: object
                      properties:
                        id: {type: string, format: uuid4}
                        begin: {type: string, format: dateTime}
                        address: {type: string, format: ip}
  /visits/last:
    delete:
      responses:
        "200":
          description: Nothing
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: {type: object}
"##;

#[test]
fn made_examples_show_members() {
    let api = api("visits.yaml", VISITS.into()).expect("an API");
    let (count, wrong) = check(&api);
    assert!(count == 2 && wrong.is_empty(), "{wrong:?}");
    let model = specsmith_rust::lower(&api, &Default::default(), &mut Diagnostics::default());
    let options = Options::default();
    let cx = Context::new(&api, &model, &options);
    let contents = api.operations.iter().flat_map(|operation| &operation.responses);
    let contents = contents.flat_map(|response| &response.content);
    let texts: Vec<String> = contents
        .filter_map(|content| made(&cx, content, Direction::Response))
        .map(|value| json::compact(&value))
        .collect();
    let visit = r#"{"id":"123e4567-e89b-12d3-a456-426614174000","begin":"2025-01-31T12:30:00Z","address":"192.0.2.1"}"#;
    let spaceless: Vec<String> = texts.iter().map(|text| text.replace(' ', "")).collect();
    assert_eq!(
        spaceless,
        [format!(r#"{{"visits":[{visit}]}}"#), r#"{"data":{}}"#.to_owned()]
    );
}

#[test]
fn made_examples_of_published_documents_are_valid() {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut counts = (0, 0);
    for path in documents("SPECSMITH_CORPUS") {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read(&path).expect("a document");
        let Some(api) = (text.len() <= LARGEST).then(|| api(&name, text)).flatten() else {
            continue;
        };
        let (count, wrong) = check(&api);
        counts = (counts.0 + count, counts.1 + wrong.len());
        if !wrong.is_empty() {
            all.insert(name, wrong);
        }
    }
    for (name, wrong) in &all {
        let first = wrong.first().map(|text| text.chars().take(300).collect::<String>());
        println!("{name}: {}, such as {}", wrong.len(), first.unwrap_or_default());
    }
    println!("{} examples are made, {} are not valid", counts.0, counts.1);
    assert!(
        counts.1 * 1_000 <= counts.0 * MOST_WRONG,
        "{} of {}",
        counts.1,
        counts.0
    );
}

/// How many of a thousand made examples may be wrong: those of schemas whose own examples break their patterns.
const MOST_WRONG: usize = 1;
