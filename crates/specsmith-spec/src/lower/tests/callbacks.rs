//! Callbacks: whose they are, what is in them, and where they are sent.

use specsmith_ir::{Api, ComponentKind, LinkSource, LinkValue, OperationId, Origin, Owner, Value};

use super::api;

fn addresses(api: &Api) -> Vec<String> {
    let callbacks = api.callbacks.iter();
    let line = |callback: &specsmith_ir::Callback| {
        let url = callback.url.as_ref().map_or("-".to_owned(), ToString::to_string);
        let (OperationId(operation), name) = (callback.operation, &callback.name);
        format!("{operation} {name} {} {url}", callback.request.method)
    };
    callbacks.map(line).collect()
}

const SHARED: &str = "
paths:
  /b:
    get: {responses: {default: {description: ''}}, callbacks: {c: {$ref: '#/components/callbacks/C'}}}
  /a:
    parameters: [{name: Url, in: header, schema: {type: string}}]
    post:
      operationId: a
      requestBody: {content: {application/json: {schema: {properties: {to: {type: array, items: {type: string}}}}}}}
      responses: {'202': {description: '', headers: {Location: {schema: {type: string}}}}}
      callbacks:
        c: {$ref: '#/components/callbacks/C'}
        d:
          x-of: us
          '{$request.body#/to/0}': {put: {operationId: d, requestBody: {content: {text/plain: {schema: {enum: [x]}}}}}}
          'http://a.example/{$response.header.location}/{$method}': {post: {}, delete: {}}
          '{$request.header.url}': {$ref: '#/components/pathItems/P'}
components:
  callbacks:
    C: {'https://c.example': {post: {operationId: c, requestBody: {content: {application/json: {schema: {type: object}}}}}}}
  pathItems:
    P: {post: {summary: Shared}}
";

/// Lowers it; that operations need not say what they answer is not what these tests are about.
fn shared() -> Api {
    let (api, findings) = api("3.1.0", SHARED);
    let others = findings
        .iter()
        .filter(|finding| !finding.contains("says nothing about its responses"));
    assert_eq!(others.count(), 0, "{findings:#?}");
    api
}

#[test]
fn callbacks_are_requests_with_an_address() {
    let api = shared();
    assert_eq!(api.operations.len(), 2);
    assert_eq!(
        addresses(&api),
        [
            "0 c POST \"https://c.example\"",
            "1 c POST \"https://c.example\"",
            "1 d PUT $request.body#/to/0",
            "1 d POST http://a.example/{$response.header.location}/POST",
            "1 d DELETE http://a.example/{$response.header.location}/POST",
            "1 d POST $request.header.url",
        ]
    );
    let last = &api.callbacks[5];
    assert_eq!(last.url, Some(LinkValue::Request(LinkSource::Header("url".to_owned()))));
    assert_eq!(last.request.docs.title.as_deref(), Some("Shared"));
    assert_eq!(
        api.callbacks[0].url,
        Some(LinkValue::Constant(Value::String("https://c.example".to_owned())))
    );
}

#[test]
fn types_stand_in_the_callback_of_the_operation_or_in_the_shared_one() {
    let api = shared();
    let owner = |index: usize| {
        let body = api.callbacks[index].request.request_body.as_ref().unwrap();
        match &api.types[body.content[0].ty.unwrap()].origin {
            Origin::Inline { owner, .. } => owner.clone(),
            Origin::Component(name) => panic!("{name}"),
        }
    };
    let shared = Owner::Component(ComponentKind::Callback, "C".to_owned());
    assert_eq!((owner(0), owner(1)), (shared.clone(), shared));
    assert_eq!(owner(2), Owner::Callback(OperationId(1), "d".to_owned()));
}

#[test]
fn callbacks_go_with_their_operations() {
    let mut api = shared();
    specsmith_ir::select(&mut api, &mut |operation| operation.name.is_some());
    assert_eq!(addresses(&api).len(), 5);
    assert!(addresses(&api).iter().all(|callback| callback.starts_with("0 ")));
    specsmith_ir::select(&mut api, &mut |_| false);
    assert!(api.callbacks.is_empty() && api.types.is_empty());
}

#[test]
fn what_says_no_address_is_told_and_the_request_stays() {
    let (api, findings) = api(
        "3.1.0",
        "
paths:
  /a:
    post:
      parameters: [{name: url, in: query, schema: {type: string}}]
      responses: {default: {description: ''}}
      callbacks:
        a: {'{$request.query.uri}': {post: {responses: {default: {description: ''}}}}}
        b: {'{$request.body}': {post: {callbacks: {c: {'https://c': {post: {}}}}, responses: {default: {description: ''}}}}}
        c: {'url': {post: {responses: {default: {description: ''}}}}}
",
    );
    assert_eq!(addresses(&api), ["0 a POST -", "0 b POST -", "0 c POST -"]);
    assert_eq!(
        findings,
        [
            "11:40 note not-generated: nothing is generated for callbacks of webhooks and callbacks",
            "10:13 invalid-callback: `POST /a` has no query parameter `uri`",
            "11:13 invalid-callback: a request of `POST /a` has no body of JSON",
            "12:13 invalid-callback: `url` is no address (such as `{$request.body#/callback_url}`)",
        ]
    );
}
