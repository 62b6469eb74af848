//! Request bodies, responses, headers and examples.

use specsmith_ir::{Operation, ParameterEncoding, Shape, Style};

use super::{api, clean};

/// `POST /a` with these lines, and the findings; the first line is line 6.
fn post(version: &str, lines: &str) -> (Operation, Vec<String>) {
    let indented: String = lines.lines().map(|line| format!("      {line}\n")).collect();
    let (mut api, findings) = api(version, &format!("paths:\n  /a:\n    post:\n{indented}"));
    (api.operations.remove(0), findings)
}

const OK: &str = "responses: {default: {description: ''}}";

fn statuses(operation: &Operation) -> Vec<String> {
    operation
        .responses
        .iter()
        .map(|response| response.status.to_string())
        .collect()
}

#[test]
fn a_body_has_its_media_types_in_order() {
    let (operation, findings) = post(
        "3.1.0",
        &format!(
            "requestBody:
  required: true
  description: About
  content:
    application/json: {{schema: {{type: object}}}}
    image/*: {{}}
{OK}"
        ),
    );
    assert_eq!(findings, Vec::<String>::new());
    let body = operation.request_body.unwrap();
    assert!(body.required);
    assert_eq!(body.docs.description.as_deref(), Some("About"));
    let types: Vec<_> = body.content.iter().map(|content| content.media_type.as_str()).collect();
    assert_eq!(types, ["application/json", "image/*"]);
    assert!(body.content[0].ty.is_some() && body.content[1].ty.is_none());
}

#[test]
fn mistakes_of_bodies_are_told() {
    let (operation, findings) = post("3.1.0", &format!("requestBody: {{content: {{json: {{}}}}}}\n{OK}"));
    assert!(operation.request_body.is_none());
    assert_eq!(
        findings,
        ["6:31 invalid-value: `json` is not a media type (such as `application/json` or `image/*`)"]
    );
    let (operation, findings) = post("3.1.0", &format!("requestBody: {{content: {{}}}}\n{OK}"));
    assert!(operation.request_body.is_none());
    assert_eq!(
        findings,
        ["6:30 missing-field: the content of a request body has no media type \
          (leave `requestBody` out where there is no body)"]
    );
    let (operation, findings) = post("3.1.0", &format!("requestBody: {{schema: {{}}}}\n{OK}"));
    assert!(operation.request_body.is_none());
    assert_eq!(
        findings,
        [
            "6:21 unknown-keyword: `schema` is not a keyword of a request body \
             (put it into `content`, below a media type)",
            "6:7 missing-field: a request body has no `content`",
        ]
    );
}

#[test]
fn encodings_are_kept_for_forms() {
    let (operation, findings) = post(
        "3.1.0",
        &format!(
            "requestBody:
  content:
    multipart/form-data:
      schema: {{type: object, properties: {{a: {{}}, b: {{}}}}}}
      encoding:
        a: {{contentType: 'image/png, image/*', headers: {{X-A: {{schema: {{type: string}}}}}}}}
        b: {{style: deepObject, explode: true}}
    application/json:
      schema: {{}}
      encoding: {{a: {{}}}}
{OK}"
        ),
    );
    assert_eq!(
        findings,
        ["15:13 note not-generated: `encoding` has no effect for `application/json`"]
    );
    let content = operation.request_body.unwrap().content;
    let [a, b] = content[0].encoding.as_slice() else {
        panic!("{:?}", content[0].encoding)
    };
    assert_eq!(a.content_types, ["image/png", "image/*"]);
    assert_eq!(a.headers[0].name, "X-A");
    assert_eq!(a.style, None);
    let deep_object = ParameterEncoding::Style {
        style: Style::DeepObject,
        explode: true,
        allow_reserved: false,
    };
    assert_eq!(b.style, Some(deep_object));
    assert!(content[1].encoding.is_empty());
}

#[test]
fn responses_are_sorted_by_status() {
    let (operation, findings) = post(
        "3.0.0",
        "responses:
  default: {description: ''}
  4xx: {description: ''}
  404: {description: ''}
  '200': {description: ''}
  2XX: {description: ''}
  x-y: 1",
    );
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(statuses(&operation), ["200", "404", "2XX", "4XX", "default"]);
}

#[test]
fn statuses_that_do_not_exist_are_told() {
    let (operation, findings) = post(
        "3.1.0",
        "responses:
  '2000': {description: ''}
  OK: {description: ''}
  4xx: {description: ''}
  4XX: {description: ''}",
    );
    assert_eq!(statuses(&operation), ["4XX"]);
    let help = "(a status is `100` to `599`, a class such as `4XX`, or `default`)";
    assert_eq!(
        findings,
        [
            format!("7:9 invalid-value: `2000` is not a status {help}"),
            format!("8:9 invalid-value: `OK` is not a status {help}"),
            "10:9 duplicate-name: the status `4XX` has two responses".to_owned(),
        ]
    );
}

#[test]
fn operations_without_responses_are_told() {
    let (_, findings) = post("3.0.0", "summary: A");
    assert_eq!(findings, ["5:5 missing-field: an operation has no `responses`"]);
    let (_, findings) = post("3.1.0", "summary: A");
    assert_eq!(
        findings,
        ["5:5 note missing-field: the operation says nothing about its responses"]
    );
    let (_, findings) = post("3.1.0", "responses: {}");
    assert_eq!(findings, ["6:7 missing-field: the operation has no responses"]);
}

#[test]
fn headers_are_typed_and_content_type_is_left_out() {
    let (operation, findings) = post(
        "3.1.0",
        "responses:
  '200':
    description: ''
    headers:
      X-Rate: {required: true, schema: {type: integer}, description: Left}
      x-rate: {schema: {}}
      Content-Type: {schema: {}}
      X-None: {}
      'a b': {schema: {}}",
    );
    let headers = &operation.responses[0].headers;
    let names: Vec<_> = headers.iter().map(|header| header.name.as_str()).collect();
    assert_eq!(names, ["X-Rate", "X-None"]);
    assert!(headers[0].required);
    assert_eq!(headers[0].docs.description.as_deref(), Some("Left"));
    assert_eq!(
        findings,
        [
            "14:13 invalid-value: `a b` cannot be the name of a header \
             (names of headers have letters, digits and ``!#$%&'*+-.^_`|~`` only)",
            "11:13 duplicate-name: the header `x-rate` is described twice",
            "12:13 note ignored-header: the header `Content-Type` is ignored \
             (the media types of bodies decide it)",
            "13:13 missing-field: neither `schema` nor `content` says what values there are \
             (it is taken as a string)",
        ]
    );
}

#[test]
fn what_is_not_generated_is_noted() {
    let (_, findings) = post(
        "3.1.0",
        "parameters: [{name: p, in: query, schema: {type: string}, allowEmptyValue: true}]
responses: {'200': {description: '', links: {next: {operationId: a, server: {url: /b}}}}}",
    );
    assert_eq!(
        findings,
        [
            "6:65 note not-generated: nothing is generated for `allowEmptyValue` of a parameter",
            "7:75 note not-generated: nothing is generated for `server` of a link",
            "7:72 invalid-link: no operation has the `operationId` `a`",
        ]
    );
}

#[test]
fn examples_are_kept() {
    let (api, findings) = api(
        "3.1.0",
        "
paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema: {}
            examples:
              one: {summary: One, value: {a: 1.50}}
              two: {$ref: '#/components/examples/Two', summary: Second}
              far: {externalValue: 'https://example.org/far.json'}
          text/plain: {example: hello}
      responses: {default: {description: ''}}
components:
  examples:
    Two: {summary: Two, value: 2}
",
    );
    assert_eq!(
        findings,
        ["14:21 note not-generated: nothing is generated for `externalValue` of an example"]
    );
    let content = &api.operations[0].request_body.as_ref().unwrap().content;
    let shown: Vec<_> = content
        .iter()
        .flat_map(|content| &content.examples)
        .map(|example| {
            let value = example
                .value
                .as_ref()
                .map_or("elsewhere".to_owned(), ToString::to_string);
            let name = example.name.as_deref().unwrap_or("-");
            format!("{name} {} {value}", example.summary.as_deref().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "one One {\"a\":1.50}",
            "two Second 2",
            "far - elsewhere",
            "- - \"hello\""
        ]
    );
}

#[test]
fn what_the_data_of_events_holds_has_a_type() {
    let api = clean(
        "3.2.0",
        "
paths:
  /a:
    get:
      responses:
        '200':
          content:
            text/event-stream:
              itemSchema: {properties: {data: {type: string, contentMediaType: application/json, contentSchema: {type: integer}}}}
            application/jsonl: {itemSchema: {properties: {data: {type: string}}}}
",
    );
    let contents = &api.operations[0].responses[0].content;
    let data = contents[0].event_data.map(|data| &api.types[data].shape);
    assert!(matches!(data, Some(Shape::Integer(_))), "{data:?}");
    assert_eq!(contents[1].event_data, None);
}

#[test]
fn items_of_a_stream_have_a_type() {
    let api = clean(
        "3.2.0",
        "
paths:
  /a:
    get:
      responses:
        '200':
          content:
            text/event-stream: {itemSchema: {type: object, properties: {data: {type: string}}}}
",
    );
    let content = &api.operations[0].responses[0].content[0];
    assert!(content.ty.is_none() && content.item.is_some());
}
