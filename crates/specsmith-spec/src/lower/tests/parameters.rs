//! Parameters: places, styles, presence, and how those of a path and an operation come together.

use super::{api, clean, summaries};

/// The parameters of `GET /a` with these, and the findings; the first parameter stands in line 7.
fn get(version: &str, parameters: &[&str]) -> (Vec<String>, Vec<String>) {
    at("/a", version, parameters)
}

fn at(path: &str, version: &str, parameters: &[&str]) -> (Vec<String>, Vec<String>) {
    let lines: String = parameters.iter().map(|line| format!("      - {{{line}}}\n")).collect();
    let rest = format!(
        "paths:\n  {path}:\n    get:\n      parameters:\n{lines}      responses: {{default: {{description: ''}}}}\n"
    );
    let (api, findings) = api(version, &rest);
    (summaries(&api.operations[0]), findings)
}

#[test]
fn styles_have_the_defaults_of_their_place() {
    let (parameters, findings) = at(
        "/a/{p}",
        "3.1.0",
        &[
            "name: q, in: query, schema: {type: string}",
            "name: h, in: header, schema: {type: string}",
            "name: c, in: cookie, schema: {type: string}",
            "name: p, in: path, required: true, schema: {type: string}",
        ],
    );
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(
        parameters,
        [
            "path p required Simple",
            "query q optional Form explode",
            "header h optional Simple",
            "cookie c optional Form explode",
        ]
    );
}

#[test]
fn styles_can_be_chosen() {
    let (parameters, findings) = at(
        "/a/{p}",
        "3.2.0",
        &[
            "name: p, in: path, required: true, style: matrix, explode: true, schema: {}",
            "name: a, in: query, style: deepObject, explode: true, schema: {}",
            "name: b, in: query, style: spaceDelimited, schema: {}",
            "name: d, in: query, explode: false, allowReserved: true, schema: {}",
            "name: e, in: cookie, style: cookie, schema: {}",
            "name: f, in: header, explode: true, schema: {}",
        ],
    );
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(
        parameters,
        [
            "path p required Matrix explode",
            "query a optional DeepObject explode",
            "query b optional SpaceDelimited",
            "query d optional Form reserved",
            "cookie e optional Cookie explode",
            "header f optional Simple explode",
        ]
    );
}

#[test]
fn a_style_of_another_place_is_told_and_replaced() {
    let (parameters, findings) = get(
        "3.1.0",
        &[
            "name: a, in: query, style: simple, schema: {}",
            "name: b, in: header, allowReserved: true, schema: {}",
        ],
    );
    assert_eq!(
        parameters,
        ["query a optional Form explode", "header b optional Simple"]
    );
    assert_eq!(
        findings,
        [
            "7:37 invalid-value: `simple` is not a style of this place \
             (the styles are `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`)",
            "8:31 unknown-keyword: `allowReserved` has no effect at this place",
        ]
    );
}

#[test]
fn content_gives_the_media_type() {
    let (parameters, findings) = get(
        "3.2.0",
        &[
            "name: a, in: query, content: {application/json: {schema: {type: object}}}",
            "name: b, in: header, content: {text/plain: {}, text/html: {}}",
        ],
    );
    assert_eq!(
        parameters,
        ["query a optional application/json", "header b optional text/plain"]
    );
    assert_eq!(
        findings,
        ["8:57 conflicting-keywords: the content of a parameter or header has one media type only"]
    );
}

#[test]
fn the_whole_query_excludes_its_parts() {
    let whole = "in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}";
    let (a, b) = (format!("name: a, {whole}"), format!("name: b, {whole}"));
    let (parameters, findings) = get("3.2.0", &[&a, &b, "name: c, in: header, schema: {}"]);
    assert_eq!(
        parameters,
        [
            "querystring a optional application/x-www-form-urlencoded",
            "header c optional Simple"
        ]
    );
    let told = "conflicting-keywords: a parameter that is the whole query stands beside another";
    assert_eq!(findings, [format!("8:9 {told}")]);
    let (parameters, findings) = get("3.2.0", &[&a, "name: c, in: query, schema: {}"]);
    assert_eq!(parameters, ["query c optional Form explode"]);
    assert_eq!(findings, [format!("7:9 {told}")]);
}

#[test]
fn defaults_say_what_absence_means() {
    let (parameters, findings) = get(
        "3.1.0",
        &[
            "name: a, in: query, schema: {type: integer, default: 20}",
            "name: b, in: query, required: true, schema: {type: integer, default: 20}",
        ],
    );
    assert_eq!(findings, Vec::<String>::new());
    assert_eq!(
        parameters,
        ["query a default 20 Form explode", "query b required Form explode"]
    );
}

#[test]
fn quoted_booleans_are_understood() {
    let (parameters, findings) = get("3.1.0", &["name: a, in: query, required: 'true', schema: {}"]);
    assert_eq!(parameters, ["query a required Form explode"]);
    assert_eq!(
        findings,
        [
            "7:40 coerced-value: `required` must be a boolean, and is a string here \
          (it is taken as meant; remove the quotes)"
        ]
    );
}

#[test]
fn places_that_do_not_exist_are_told() {
    let (parameters, findings) = get(
        "3.1.0",
        &[
            "name: a, in: body, schema: {}",
            "name: b, in: Query, schema: {}",
            "name: c, in: nowhere, schema: {}",
            "name: d, schema: {}",
            "in: query, schema: {}",
        ],
    );
    assert_eq!(parameters, Vec::<String>::new());
    assert_eq!(
        findings,
        [
            "7:23 invalid-value: a parameter cannot be in `body` \
             (OpenAPI 3 describes bodies by the `requestBody` of an operation)",
            "8:23 invalid-value: a parameter cannot be in `Query` (did you mean `query`?)",
            "9:23 invalid-value: a parameter cannot be in `nowhere` \
             (it is in `path`, `query`, `header` or `cookie`)",
            "10:9 missing-field: a parameter has no `in`",
            "11:9 missing-field: a parameter has no `name`",
        ]
    );
}

#[test]
fn a_parameter_without_a_type_is_a_string() {
    let (parameters, findings) = get("3.1.0", &["name: a, in: query, type: integer"]);
    assert_eq!(parameters, ["query a optional Form explode"]);
    assert_eq!(
        findings,
        [
            "7:30 unknown-keyword: `type` is not a keyword of a parameter (put it into the `schema`)",
            "7:16 missing-field: neither `schema` nor `content` says what values there are \
             (it is taken as a string)",
        ]
    );
}

#[test]
fn headers_that_others_decide_are_left_out() {
    let (parameters, findings) = get(
        "3.1.0",
        &[
            "name: accept, in: header, schema: {}",
            "name: Authorization, in: header, schema: {}",
            "name: Content-Length, in: header, schema: {}",
            "name: X Y, in: header, schema: {}",
            "name: Accept, in: query, schema: {}",
            "name: a=b, in: cookie, schema: {}",
        ],
    );
    assert_eq!(parameters, ["query Accept optional Form explode"]);
    assert_eq!(
        findings,
        [
            "7:16 note ignored-header: the header `accept` is ignored as a parameter \
             (the media types of bodies and responses decide it)",
            "8:16 note ignored-header: the header `Authorization` is ignored as a parameter \
             (it is set by security schemes)",
            "9:16 note ignored-header: the header `Content-Length` is ignored as a parameter \
             (it frames the message, and HTTP sets it)",
            "10:16 invalid-value: `X Y` cannot be the name of a header \
             (names of headers have letters, digits and ``!#$%&'*+-.^_`|~`` only)",
            "12:16 invalid-value: `a=b` cannot be the name of a cookie",
        ]
    );
}

#[test]
fn the_first_of_two_with_one_name_counts() {
    let (parameters, findings) = get(
        "3.1.0",
        &[
            "name: a, in: query, required: true, schema: {}",
            "name: a, in: query, schema: {}",
            "name: X-A, in: header, schema: {}",
            "name: x-a, in: header, schema: {}",
            "name: a, in: cookie, schema: {}",
        ],
    );
    assert_eq!(
        parameters,
        [
            "query a required Form explode",
            "header X-A optional Simple",
            "cookie a optional Form explode"
        ]
    );
    assert_eq!(
        findings,
        [
            "8:9 duplicate-name: the query parameter `a` is described twice",
            "10:9 duplicate-name: the header parameter `x-a` is described twice",
        ]
    );
}

#[test]
fn an_operation_replaces_parameters_of_its_path() {
    let api = clean(
        "3.1.0",
        "
paths:
  /a/{x}/{y}:
    parameters:
    - {name: y, in: path, required: true, schema: {type: string}}
    - {name: x, in: path, required: true, schema: {type: string}}
    - {name: q, in: query, schema: {type: string}}
    get:
      parameters:
      - {name: r, in: query, schema: {type: string}}
      - {name: q, in: query, required: true, schema: {type: string}}
      responses: {default: {description: ''}}
",
    );
    assert_eq!(
        summaries(&api.operations[0]),
        [
            "path x required Simple",
            "path y required Simple",
            "query q required Form explode",
            "query r optional Form explode",
        ]
    );
}

#[test]
fn path_parameters_are_those_of_the_path() {
    let (parameters, findings) = at(
        "/a/{userId}/{x}",
        "3.1.0",
        &[
            "name: userID, in: path, required: true, schema: {}",
            "name: x, in: path, schema: {}",
        ],
    );
    assert_eq!(parameters, ["path userId required Simple", "path x required Simple"]);
    assert_eq!(
        findings,
        [
            "8:16 missing-field: the path parameter `x` has no `required: true` (it is taken as required)",
            "5:5 undeclared-path-parameter: the path parameter `userId` is not described \
             (is it `userID`? it is taken as a string)",
            "7:9 unused-path-parameter: the path does not have the parameter `userID` (did you mean `userId`?)",
        ]
    );
}

#[test]
fn parameters_that_no_operation_uses_are_checked_too() {
    let (_, findings) = api(
        "3.1.0",
        "
components:
  parameters:
    A: {name: 'a{b}', in: path, required: true, schema: {}}
    B: {name: b, in: path, required: false, schema: {}}
    C: {name: c, in: query, style: label, schema: {}}
",
    );
    assert_eq!(
        findings,
        [
            "6:15 invalid-value: `a{b}` cannot be the name of a path parameter",
            "7:38 invalid-value: the path parameter `b` cannot be optional (it is taken as required)",
            "8:36 invalid-value: `label` is not a style of this place \
             (the styles are `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`)",
        ]
    );
}
