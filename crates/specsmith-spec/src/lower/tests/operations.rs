//! Paths, methods and webhooks.

use specsmith_ir::{ComponentKind, OperationId, Origin, Owner, Step};

use super::{api, clean, outline, summaries};

const OK: &str = "responses: {default: {description: ''}}";

#[test]
fn every_method_is_an_operation() {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let lines: String = methods
        .iter()
        .map(|method| format!("    {method}: {{{OK}}}\n"))
        .collect();
    let api = clean("3.0.3", &format!("paths:\n  /a:\n{lines}"));
    let expected: Vec<_> = methods
        .iter()
        .map(|method| format!("{} /a -", method.to_uppercase()))
        .collect();
    assert_eq!(outline(&api.operations), expected);
}

#[test]
fn methods_of_3_2_are_read_and_in_earlier_versions_pointed_out() {
    let rest = format!("paths:\n  /a:\n    query: {{{OK}}}\n    additionalOperations:\n      LINK: {{{OK}}}");
    let api_3_2 = clean("3.2.0", &rest);
    assert_eq!(outline(&api_3_2.operations), ["QUERY /a -", "LINK /a -"]);
    let (api_3_1, findings) = api("3.1.0", &rest);
    assert_eq!(outline(&api_3_1.operations), ["QUERY /a -", "LINK /a -"]);
    assert_eq!(
        findings,
        [
            "5:5 newer-keyword: `query` came with OpenAPI 3.2 (the document says that it is OpenAPI 3.1)",
            "6:5 newer-keyword: `additionalOperations` came with OpenAPI 3.2 \
             (the document says that it is OpenAPI 3.1)",
        ]
    );
}

#[test]
fn unknown_methods_are_told() {
    let (api, findings) = api(
        "3.1.0",
        &format!(
            "paths:\n  /a:\n    GET: {{{OK}}}\n    link: {{{OK}}}\n    x-y: 1\n    additionalOperations:\n      'a b': {{{OK}}}"
        ),
    );
    assert!(api.operations.is_empty());
    assert_eq!(findings.len(), 4);
    assert_eq!(
        findings[0],
        "5:5 unknown-keyword: `GET` is not a keyword of a path item (did you mean `get`?)"
    );
    assert_eq!(
        findings[1],
        "6:5 unknown-keyword: `link` is not a keyword of a path item \
         (operations of other methods go into `additionalOperations` of OpenAPI 3.2)"
    );
    assert_eq!(findings[3], "9:7 invalid-value: `a b` is not a request method");
}

#[test]
fn paths_that_make_no_sense_are_left_out() {
    let (api, findings) = api(
        "3.1.0",
        &format!("paths:\n  /a/{{b: {{get: {{{OK}}}}}\n  c: {{get: {{{OK}}}}}\n  x-d: 1"),
    );
    assert_eq!(outline(&api.operations), ["GET c -"]);
    assert_eq!(
        findings,
        [
            "4:3 invalid-path: the path `/a/{b` has braces that do not match \
             (a parameter is written `{name}`; a brace as such is `%7B` or `%7D`)",
            "5:3 invalid-path: the path `c` does not start with a slash (it is taken as `/c`)",
        ]
    );
}

#[test]
fn paths_with_the_same_requests_are_told() {
    let parameter = |name: &str| format!("parameters: [{{name: {name}, in: path, required: true, schema: {{}}}}]");
    let (x, y) = (parameter("x"), parameter("y"));
    let (_, findings) = api(
        "3.1.0",
        &format!(
            "paths:
  /a/{{x}}: {{get: {{{x}, {OK}}}}}
  /a/{{y}}: {{get: {{{y}, {OK}}}, post: {{{y}, {OK}}}}}
  /a/{{y}}?b=1: {{get: {{{y}, {OK}}}}}
  /a/b: {{get: {{{OK}}}}}"
        ),
    );
    assert_eq!(
        findings,
        ["5:12 ambiguous-path: `GET /a/{y}` answers the same requests as `GET /a/{x}`"]
    );
}

#[test]
fn names_of_operations_are_unique() {
    let (api, findings) = api(
        "3.1.0",
        &format!(
            "paths:
  /a: {{get: {{operationId: a, {OK}}}, put: {{operationId: a, {OK}}}, post: {{operationId: ' ', {OK}}}}}
webhooks:
  w: {{post: {{operationId: a, {OK}}}}}"
        ),
    );
    assert_eq!(outline(&api.operations), ["GET /a a", "PUT /a -", "POST /a -"]);
    assert_eq!(outline(&api.webhooks), ["POST w -"]);
    let told = "duplicate-name: two operations have the `operationId` `a` \
                (the other one is named after its method and path)";
    assert_eq!(
        findings,
        [
            format!("4:91 {told}"),
            "4:156 invalid-value: the `operationId` is empty".to_owned(),
            format!("6:27 {told}"),
        ]
    );
}

#[test]
fn an_operation_takes_over_what_its_path_says() {
    let api = clean(
        "3.1.0",
        &format!(
            "paths:
  /a:
    summary: Path
    description: About
    servers: [{{url: /path}}]
    get: {{{OK}}}
    put: {{summary: Own, deprecated: true, servers: [{{url: /own}}], {OK}}}"
        ),
    );
    let [get, put] = api.operations.as_slice() else {
        panic!("{:?}", outline(&api.operations))
    };
    assert_eq!(get.docs.title.as_deref(), Some("Path"));
    assert_eq!(get.docs.description.as_deref(), Some("About"));
    assert_eq!(get.servers[0].url, "/path");
    assert_eq!(put.docs.title.as_deref(), Some("Own"));
    assert!(put.docs.deprecated);
    assert_eq!(put.servers[0].url, "/own");
}

#[test]
fn a_path_item_can_stand_elsewhere() {
    let api = clean(
        "3.1.0",
        &format!(
            "paths:
  /a/{{x}}:
    $ref: '#/components/pathItems/Shared'
components:
  pathItems:
    Shared:
      parameters: [{{name: x, in: path, required: true, schema: {{type: string}}}}]
      get: {{{OK}}}"
        ),
    );
    assert_eq!(outline(&api.operations), ["GET /a/{x} -"]);
    assert_eq!(summaries(&api.operations[0]), ["path x required Simple"]);
}

#[test]
fn operations_of_a_path_item_count_before_those_it_refers_to() {
    let (api, findings) = api(
        "3.1.0",
        &format!(
            "paths:
  /a:
    $ref: '#/components/pathItems/Shared'
    get: {{operationId: own, {OK}}}
components:
  pathItems:
    Shared:
      get: {{operationId: shared, {OK}}}
      put: {{operationId: other, {OK}}}"
        ),
    );
    assert_eq!(outline(&api.operations), ["GET /a own", "PUT /a other"]);
    assert_eq!(
        findings,
        ["10:7 duplicate-name: the method `GET` of this path is described twice"]
    );
}

#[test]
fn webhooks_are_operations_with_a_name_for_a_path() {
    let api = clean(
        "3.1.0",
        "
webhooks:
  'new pet':
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: ''}}
",
    );
    assert!(api.operations.is_empty());
    assert_eq!(outline(&api.webhooks), ["POST new pet -"]);
    let body = api.webhooks[0].request_body.as_ref().unwrap();
    let origin = Origin::Inline {
        owner: Owner::Component(ComponentKind::Webhook, "new pet".to_owned()),
        step: Step::RequestBody("application/json".to_owned()),
    };
    assert_eq!(api.types[body.content[0].ty.unwrap()].origin, origin);
}

#[test]
fn types_know_their_operation_or_component() {
    let api = clean(
        "3.1.0",
        "
paths:
  /a:
    parameters: [{name: shared, in: query, schema: {type: string, enum: [x]}}]
    get:
      parameters:
      - {name: own, in: query, schema: {type: string, enum: [x]}}
      - $ref: '#/components/parameters/Limit'
      responses: {'200': {$ref: '#/components/responses/Page'}}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: string, enum: [x]}}
  responses:
    Page: {description: '', content: {application/json: {schema: {type: object, properties: {a: {}}}}}}
",
    );
    let operation = &api.operations[0];
    let origins: Vec<_> = operation
        .parameters
        .iter()
        .map(|parameter| api.types[parameter.ty].origin.clone())
        .collect();
    let inline = |owner, step| Origin::Inline { owner, step };
    let component = |kind, name: &str| Owner::Component(kind, name.to_owned());
    let query = |name: &str| Step::Parameter(specsmith_ir::ParameterIn::Query, name.to_owned());
    assert_eq!(
        origins,
        [
            inline(component(ComponentKind::Path, "/a"), query("shared")),
            inline(Owner::Operation(OperationId(0)), query("own")),
            inline(component(ComponentKind::Parameter, "Limit"), Step::Schema),
        ]
    );
    let body = operation.responses[0].content[0].ty.unwrap();
    assert_eq!(
        api.types[body].origin,
        inline(
            component(ComponentKind::Response, "Page"),
            Step::Response(specsmith_ir::Status::Default, "application/json".to_owned())
        )
    );
}

#[test]
fn the_end_of_operations_is_what_extensions_say() {
    let said = |extensions: &str| {
        let api = clean(
            "3.1.0",
            &format!("paths:\n  /a:\n    get: {{{OK}, deprecated: true{extensions}}}"),
        );
        let retirement = api.operations[0].retirement.as_deref();
        retirement.map(specsmith_ir::Retirement::headers).unwrap_or_default()
    };
    let since = ("deprecation", "@1767225600".to_owned());
    let sunset = ("sunset", "Fri, 01 Jan 2027 00:00:00 GMT".to_owned());
    assert!(said("").is_empty());
    for name in [
        "x-deprecated-at",
        "x-deprecated-since",
        "x-deprecation-date",
        "x-deprecation",
    ] {
        let text = format!(", {name}: 2026-01-01");
        assert_eq!(said(&text).first(), Some(&since), "{name}");
    }
    for name in ["x-sunset", "x-sunset-date", "x-removal-date"] {
        let text = format!(", {name}: '2027-01-01T00:00:00Z'");
        assert_eq!(said(&text).first(), Some(&sunset), "{name}");
    }
    let details = ", x-deprecation: {deprecationDate: 2026-01-01, retirementDate: TBD, guideUrl: 'https://a.test/b'}";
    let link = ("link", "<https://a.test/b>; rel=\"deprecation\"".to_owned());
    assert_eq!(said(details), [since, link]);
    let hostile = r#", x-deprecation: {guideUrl: "https://a.test>; rel=next"}, x-sunset: "a\r\nb: c""#;
    assert!(said(hostile).is_empty());
}

#[test]
fn what_is_gone_before_it_is_deprecated_is_told() {
    let text = format!("paths:\n  /a:\n    get: {{{OK}, x-deprecated-at: 2026-01-01, x-sunset: 2025-01-01}}");
    let (api, findings) = api("3.1.0", &text);
    assert_eq!(
        findings,
        ["5:10 invalid-value: this operation is gone before it is deprecated (its date of removal is left out)"]
    );
    let retirement = api.operations[0].retirement.as_deref();
    let headers = retirement.map(specsmith_ir::Retirement::headers);
    assert_eq!(headers.map(|headers| headers.len()), Some(1));
}
