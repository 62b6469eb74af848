//! What mocks of small documents answer.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::{Value, json};
use specsmith::Config;
use specsmith_mock::{Mock, Options};
use tower::ServiceExt as _;

/// A mock of a document with these paths.
fn mock(paths: Value, schemas: Value) -> axum::Router {
    let document = json!({
        "openapi": "3.2.0", "info": { "title": "t", "version": "1" },
        "paths": paths, "components": { "schemas": schemas },
    });
    let config = Config::from_text("t.json", document.to_string());
    Mock::read(&config, Options::default())
        .expect("a document")
        .into_router()
}

/// The mock of a document with `GET /a`, which answers in these media types.
fn answering(content: Value, schemas: Value) -> axum::Router {
    let responses = json!({ "200": { "description": "", "content": content } });
    mock(json!({ "/a": { "get": { "responses": responses } } }), schemas)
}

/// The mock of a document with `POST /a`, which takes bodies of these media types.
fn taking(content: Value) -> axum::Router {
    let operation = json!({
        "requestBody": { "required": true, "content": content },
        "responses": { "204": { "description": "" } },
    });
    mock(json!({ "/a": { "post": operation } }), json!({}))
}

fn call(router: &axum::Router, request: Request<Body>) -> (u16, HeaderMap, String) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (head, body) = router.clone().oneshot(request).await.expect("an answer").into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        (
            head.status.as_u16(),
            head.headers,
            String::from_utf8_lossy(&body).into_owned(),
        )
    })
}

fn get(router: &axum::Router, target: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap, String) {
    let request = headers.iter().fold(Request::get(target), |request, (name, value)| {
        request.header(*name, *value)
    });
    call(router, request.body(Body::empty()).expect("a request"))
}

fn post(router: &axum::Router, content_type: &str, body: &str) -> (u16, String) {
    let request = Request::post("/a").header("content-type", content_type);
    let (status, _, body) = call(router, request.body(Body::from(body.to_owned())).expect("a request"));
    (status, body)
}

/// Where a problem says that something is wrong: code and place.
fn errors(body: &str) -> Vec<String> {
    let problem: Value = serde_json::from_str(body).expect("a problem");
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    let text = |error: &Value| {
        let place = [&error["parameter"], &error["pointer"]].map(|part| part.as_str().unwrap_or_default().to_owned());
        format!("{} {}", error["code"].as_str().unwrap_or_default(), place.concat())
    };
    errors.iter().map(text).collect()
}

#[test]
fn accept_is_weighed() {
    let schema =
        json!({ "type": "object", "required": ["id"], "properties": { "id": { "type": "integer", "example": 7 } } });
    let router = answering(
        json!({ "application/json": { "schema": schema }, "text/plain": { "schema": { "type": "string", "example": "seven" } } }),
        json!({}),
    );
    for (accept, body) in [
        ("", r#"{"id":7}"#),
        ("*/*", r#"{"id":7}"#),
        ("text/*", "seven"),
        ("application/json;q=0.2, text/plain;q=0.7", "seven"),
        ("text/plain;q=0.1, */*;q=0.5", r#"{"id":7}"#),
    ] {
        let headers: Vec<_> = Some(("accept", accept))
            .filter(|_| !accept.is_empty())
            .into_iter()
            .collect();
        let answer = get(&router, "/a", &headers);
        assert_eq!((answer.0, answer.2.as_str()), (200, body), "{accept}");
    }
    assert_eq!(get(&router, "/a", &[("accept", "image/png")]).0, 406);
}

#[test]
fn examples_are_chosen_if_they_fit() {
    let schema = json!({ "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } } });
    let examples = json!({ "bad": { "value": { "id": "x" } }, "good": { "value": { "id": 3 } } });
    let router = answering(
        json!({ "application/json": { "schema": schema, "examples": examples } }),
        json!({}),
    );
    assert_eq!(get(&router, "/a", &[]).2, r#"{"id":3}"#);
    assert_eq!(get(&router, "/a", &[("prefer", "example=bad")]).2, r#"{"id":"x"}"#);
    let (status, _, body) = get(&router, "/a", &[("prefer", "example=other")]);
    assert!(status == 400 && body.contains("it has bad, good"), "{body}");
    let made: Value = serde_json::from_str(&get(&router, "/a", &[("prefer", "dynamic=true")]).2).expect("JSON");
    assert!(made["id"].is_i64() && made["id"] != 3, "{made}");
}

#[test]
fn problems_say_their_status() {
    let schema =
        json!({ "type": "object", "properties": { "title": { "type": "string" }, "status": { "type": "integer" } } });
    let responses = json!({
        "200": { "description": "", "content": { "application/json": {} } },
        "4XX": { "description": "", "content": { "application/problem+json": { "schema": schema } } },
    });
    let router = mock(json!({ "/a": { "get": { "responses": responses } } }), json!({}));
    assert_eq!(get(&router, "/a", &[]).2, "{}");
    let (status, headers, body) = get(&router, "/a", &[("prefer", "code=409"), ("accept", "application/json")]);
    assert_eq!(status, 409);
    assert_eq!(headers["content-type"], "application/problem+json");
    assert!(body.contains(r#""status":409"#), "{body}");
}

#[test]
fn xml_is_written_as_the_document_says() {
    let pet = json!({
        "type": "object", "xml": { "name": "pet", "prefix": "p", "namespace": "urn:pets" },
        "properties": {
            "id": { "type": "integer", "example": 1, "xml": { "attribute": true } },
            "name": { "type": "string", "example": "<Rex>" },
            "tags": { "type": "array", "items": { "type": "string", "example": "a", "xml": { "name": "tag" } }, "xml": { "wrapped": true } },
        },
    });
    let router = answering(
        json!({ "application/xml": { "schema": { "$ref": "#/components/schemas/Pet" } } }),
        json!({ "Pet": pet }),
    );
    let (_, headers, body) = get(&router, "/a", &[]);
    assert_eq!(headers["content-type"], "application/xml");
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><p:pet xmlns:p=\"urn:pets\" id=\"1\"><name>&lt;Rex&gt;</name><tags><tag>a</tag></tags></p:pet>";
    assert_eq!(body, expected);
}

#[test]
fn streams_have_some_items() {
    let item = json!({ "type": "object", "required": ["n"], "properties": { "n": { "type": "integer", "minimum": 1, "maximum": 9 } } });
    let event = json!({ "type": "object", "required": ["data"], "properties": { "event": { "const": "tick" }, "data": { "type": "string", "example": "now" } } });
    let router = answering(
        json!({ "application/jsonl": { "itemSchema": item }, "text/event-stream": { "itemSchema": event } }),
        json!({}),
    );
    let lines = get(&router, "/a", &[]).2;
    assert_eq!(lines.lines().count(), 3, "{lines}");
    assert!(lines.lines().all(|line| line.starts_with("{\"n\":")), "{lines}");
    let events = get(&router, "/a", &[("accept", "text/event-stream")]).2;
    assert_eq!(events.matches("data: now\n").count(), 3, "{events}");
    assert!(events.contains("event: tick\n"), "{events}");
}

#[test]
fn required_headers_have_values() {
    let headers = json!({
        "X-Count": { "required": true, "schema": { "type": "integer", "minimum": 5, "maximum": 5 } },
        "X-List": { "required": true, "schema": { "type": "array", "minItems": 2, "items": { "enum": ["a"] } } },
        "X-Maybe": { "schema": { "type": "string" } },
        "Content-Length": { "required": true, "schema": { "type": "integer" } },
    });
    let responses = json!({ "200": { "description": "", "headers": headers } });
    let router = mock(json!({ "/a": { "get": { "responses": responses } } }), json!({}));
    let (status, headers, _) = get(&router, "/a", &[]);
    assert_eq!(status, 200);
    assert_eq!(headers["x-count"], "5");
    assert_eq!(headers["x-list"], "a,a");
    assert!(!headers.contains_key("x-maybe"), "{headers:?}");
}

#[test]
fn parameters_are_read_in_their_styles() {
    let array = json!({ "type": "array", "items": { "type": "integer" }, "maxItems": 2 });
    let object =
        json!({ "type": "object", "properties": { "min": { "type": "integer" }, "max": { "type": "integer" } } });
    let parameter = |name: &str, place: &str, style: &str, explode: bool, schema: &Value| json!({ "name": name, "in": place, "required": place == "path", "style": style, "explode": explode, "schema": schema });
    let parameters = json!([
        parameter("m", "path", "matrix", true, &array),
        parameter("d", "query", "deepObject", true, &object),
        parameter("p", "query", "pipeDelimited", false, &array),
        parameter("f", "query", "form", false, &object),
        parameter("X-S", "header", "simple", true, &object),
    ]);
    let operation = json!({ "parameters": parameters, "responses": { "204": { "description": "" } } });
    let router = mock(json!({ "/a/{m}": { "get": operation } }), json!({}));
    let right = "/a/;m=1;m=2?d[min]=1&d[max]=2&p=1%7C2&f=min,1,max,2";
    assert_eq!(get(&router, right, &[("x-s", "min=1,max=2")]).0, 204);
    let (status, _, body) = get(&router, "/a/;m=1;m=x?d[min]=y&p=1%7C2%7C3&f=min,z", &[("x-s", "min=q")]);
    assert_eq!(status, 422);
    assert_eq!(
        errors(&body),
        ["type m/1", "type d/min", "maxItems p", "type f/min", "type X-S/min"]
    );
}

#[test]
fn bodies_of_all_kinds_are_checked() {
    let schema = json!({
        "type": "object", "required": ["name"], "additionalProperties": false,
        "properties": { "name": { "type": "string", "maxLength": 3 }, "size": { "type": "integer" }, "tags": { "type": "array", "items": { "type": "integer" } } },
    });
    let router = taking(json!({
        "application/json": { "schema": schema }, "application/x-www-form-urlencoded": { "schema": schema },
        "multipart/form-data": { "schema": schema }, "text/plain": { "schema": { "type": "string", "minLength": 2 } },
        "application/jsonl": { "itemSchema": schema },
    }));
    let part =
        |name: &str, text: &str| format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    let multipart = |parts: &[(&str, &str)]| {
        let parts: String = parts.iter().map(|(name, text)| part(name, text)).collect();
        format!("{parts}--B--\r\n")
    };
    let of_parts = "multipart/form-data; boundary=B";
    for (content_type, body, status, expected) in [
        ("application/json", r#"{"name":"a","tags":[1]}"#.to_owned(), 204, vec![]),
        (
            "application/json",
            r#"{"name":"abcd","tags":["x"],"more":1}"#.to_owned(),
            422,
            vec!["maxLength /name", "type /tags/0", "unknown /more"],
        ),
        ("application/json", r#"{"name":"#.to_owned(), 400, vec!["syntax "]),
        (
            "application/json",
            r#"{"name":"a","tags":[1],"name":"b"}"#.to_owned(),
            400,
            vec!["duplicate /name"],
        ),
        ("application/json", String::new(), 400, vec!["missing "]),
        (
            "application/x-www-form-urlencoded",
            "name=a&size=3&tags=1&tags=2".to_owned(),
            204,
            vec![],
        ),
        (
            "application/x-www-form-urlencoded",
            "size=x&name=a".to_owned(),
            422,
            vec!["type /size"],
        ),
        ("text/plain", "ab".to_owned(), 204, vec![]),
        ("text/plain", "a".to_owned(), 422, vec!["minLength "]),
        (
            of_parts,
            multipart(&[("name", "a"), ("tags", "1"), ("tags", "2")]),
            204,
            vec![],
        ),
        (of_parts, multipart(&[("size", "1")]), 422, vec!["missing /name"]),
        (
            "application/jsonl",
            "{\"name\":\"a\"}\n{\"name\":1}\n".to_owned(),
            422,
            vec!["type /1/name"],
        ),
        ("image/png", "a".to_owned(), 415, vec![]),
    ] {
        let (found, answer) = post(&router, content_type, &body);
        assert_eq!(found, status, "{content_type} {body}: {answer}");
        if !answer.is_empty() {
            assert_eq!(errors(&answer), expected, "{content_type} {body}");
        }
    }
    let (status, _) = post(&router, "text/plain", &"a".repeat(3 << 20));
    assert_eq!(status, 413);
}

#[test]
fn what_nothing_fits_is_told() {
    let schemas = json!({
        "Never": { "type": "object", "required": ["next"], "properties": { "next": { "$ref": "#/components/schemas/Never" } } },
        "Tree": { "type": "object", "properties": { "left": { "$ref": "#/components/schemas/Tree" }, "all": { "type": "array", "minItems": 9, "items": { "$ref": "#/components/schemas/Tree" } } } },
    });
    let never = answering(
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Never" } } }),
        schemas.clone(),
    );
    let (status, _, body) = get(&never, "/a", &[]);
    assert!(
        status == 500 && body.contains("no value could be made for the schema of the response 200"),
        "{body}"
    );
    let tree = answering(
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Tree" } } }),
        schemas,
    );
    for seed in 0..20 {
        let (status, _, body) = get(&tree, &format!("/a?{seed}"), &[("prefer", "dynamic=true")]);
        assert!(
            status == 200 && body.len() < 1_000_000,
            "{status} of {} bytes",
            body.len()
        );
    }
}
