//! Patterns, and proposals for documents, which have to verify when they are taken over.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::*;

#[test]
fn a_star_stands_for_any_text() {
    for (pattern, text) in [
        ("*", "anything"),
        ("list*", "listBooks"),
        ("*s", "listBooks"),
        ("GET /*/items", "GET /a/items"),
        ("a*b*c", "a1b2c"),
        ("**", ""),
    ] {
        assert!(fits(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [("list*", "getBook"), ("a*b*c", "acb"), ("a*a", "a"), ("*x*", "y")] {
        assert!(!fits(pattern, text), "{pattern} {text}");
    }
}

/// An operation with these query parameters, whose page has these members beside its list.
fn list(name: &str, parameters: &str, members: &str, headers: &str) -> String {
    let parameters = parameters.split_whitespace().map(|parameter| {
        let (name, ty) = parameter.split_once(':').unwrap();
        format!(r#"{{"name": "{name}", "in": "query", "schema": {{"type": "{ty}"}}}}"#)
    });
    let parameters: Vec<String> = parameters.collect();
    let schema = match members {
        "" => r#"{"type": "array", "items": {"type": "string"}}"#.to_owned(),
        members => format!(r#"{{"type": "object", "properties": {{{members}}}}}"#),
    };
    format!(
        r#""/{name}": {{"get": {{"operationId": "{name}", "parameters": [{}], "responses": {{"200": {{"description": "",
            "headers": {{{headers}}}, "content": {{"application/json": {{"schema": {schema}}}}}}}}}}}}}"#,
        parameters.join(", ")
    )
}

fn document(lists: &[String]) -> String {
    let lists = lists.join(", ");
    format!(r#"{{"openapi": "3.1.0", "info": {{"title": "", "version": ""}}, "paths": {{{lists}}}}}"#)
}

const ITEMS: &str =
    r#""data": {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}"#;

/// What is proposed for a list, without its comment.
fn proposed(parameters: &str, members: &str, headers: &str) -> String {
    let document = document(&[list("books", parameters, members, headers)]);
    let proposal = infer_pagination(&Config::from_text("openapi.json", document.as_str())).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (file, openapi) = (folder.path().join("specsmith.toml"), folder.path().join("openapi.json"));
    std::fs::write(&file, &proposal).unwrap();
    std::fs::write(&openapi, document).unwrap();
    let config = Config::from_file(file).unwrap().document(openapi);
    let lowered = pipeline::lower(&config, Manifests::Generated).unwrap_or_else(|error| panic!("{proposal}: {error}"));
    let is_paginated = lowered
        .api
        .operations
        .iter()
        .all(|operation| operation.pagination.is_some());
    assert_eq!(is_paginated, !proposal.is_empty(), "{proposal}");
    let lines = proposal
        .lines()
        .filter(|line| !line.starts_with(['#', '[']) && !line.starts_with("operations"));
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_apis_call_their_pages_is_understood() {
    let member = |text: &str| format!("{ITEMS}, {text}");
    let string = r#"{"type": "string"}"#;
    for (parameters, members, expected) in [
        (
            "starting_after:string",
            member(r#""has_more": {"type": "boolean"}"#),
            r#"parameter = "starting_after" next = "/data/-1/id" items = "/data" has-more = "/has_more""#,
        ),
        (
            "cursor:string limit:integer",
            member(&format!(r#""next_cursor": {string}"#)),
            r#"parameter = "cursor" next = "/next_cursor" items = "/data""#,
        ),
        (
            "pageToken:string",
            member(&format!(r#""nextPageToken": {string}"#)),
            r#"parameter = "pageToken" next = "/nextPageToken" items = "/data""#,
        ),
        (
            "continue:string",
            member(&format!(
                r#""metadata": {{"type": "object", "properties": {{"continue": {string}}}}}"#
            )),
            r#"parameter = "continue" next = "/metadata/continue" items = "/data""#,
        ),
    ] {
        assert_eq!(
            proposed(parameters, &members, ""),
            format!(r#"style = "cursor" {expected}"#)
        );
    }
    let next = r#""next": {"type": "string", "format": "uri"}"#;
    assert_eq!(
        proposed("page:integer", &member(next), ""),
        r#"style = "next-url" next = "/next" items = "/data""#
    );
    let total = r#""total": {"type": "integer"}"#;
    let expected = r#"style = "offset" parameter = "offset" items = "/data" total = "/total""#;
    assert_eq!(proposed("offset:integer", &member(total), ""), expected);
    let pages = r#""total_pages": {"type": "integer"}"#;
    let expected = r#"style = "page" parameter = "page" items = "/data" total-pages = "/total_pages""#;
    assert_eq!(proposed("page:integer", &member(pages), ""), expected);
    let link = r#""Link": {"schema": {"type": "string"}}"#;
    assert_eq!(proposed("page:integer", "", link), r#"style = "link-header""#);
    assert_eq!(proposed("page:string", "", ""), "");
    assert_eq!(proposed("", ITEMS, ""), "");
}

#[test]
fn one_declaration_is_proposed_for_all_that_are_alike() {
    let members = |name: &str| {
        format!(r#""{name}": {{"type": "array", "items": {{"type": "string"}}}}, "next": {{"type": "string"}}"#)
    };
    let lists = ["books", "authors", "orders"].map(|name| list(name, "cursor:string", &members(name), ""));
    let proposal = infer_pagination(&Config::from_text("openapi.json", document(&lists))).unwrap();
    let expected = "# 3 operations, such as books\n[pagination.cursor]\noperations = \"*\"\nstyle = \"cursor\"\nparameter = \"cursor\"\nnext = \"/next\"\n";
    assert_eq!(proposal, expected);
}
