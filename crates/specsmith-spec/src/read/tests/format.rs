//! Which format a text is read as.

use super::{Limits, check_refused, outcome_of};

#[test]
fn the_text_decides() {
    let value = |name: &str, text: &str| outcome_of(name, text, &Limits::default()).value();
    assert_eq!(value("api.yaml", "{\"a\": 1}"), r#"{"a":1}"#);
    assert_eq!(value("api.json", "a: 1\n"), r#"{"a":1}"#);
    assert_eq!(value("api", "  \n {\"a\": 1}"), r#"{"a":1}"#);
    assert_eq!(value("api.yaml", "<<: {a: 1}\n"), r#"{"a":1}"#);
}

#[test]
fn flow_yaml_looks_like_json_first() {
    for text in [
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 1,}",
        "{\"a\": 1} # c",
        "{\"a\": 1 # c\n}",
        "{\"a\": 0x1}",
    ] {
        let yaml = outcome_of("api.yaml", text, &Limits::default());
        assert_eq!(
            (yaml.value().as_str(), yaml.findings().len()),
            (r#"{"a":1}"#, 0),
            "{text}"
        );
        let json = outcome_of("api.JSON", text, &Limits::default());
        assert_eq!((json.value().as_str(), json.findings().len()), ("-", 1), "{text}");
    }
}

#[test]
fn of_two_errors_the_further_one_is_reported() {
    check_refused(
        "api.yaml",
        &[
            (
                "{\"a\": 1, \"b\": @}",
                "syntax-error 1:15-16 expected a value, found `@`",
            ),
            (
                "{a: 1, b: @}",
                "syntax-error 1:11-12 a value without quotes cannot start with `@`",
            ),
        ],
    );
}

#[test]
fn what_is_named_json_gets_the_error_of_json() {
    check_refused(
        "api.json",
        &[("// c\n{\"a\": 1}", "syntax-error 1:1-2 expected a value, found `/`")],
    );
}

#[test]
fn markup_is_recognized() {
    let expected = "syntax-error 1:1-2 this looks like HTML or XML, not like an OpenAPI document";
    check_refused(
        "api.yaml",
        &[
            ("<!DOCTYPE html>\n<html></html>", expected),
            ("<html><body>a: b</body></html>", expected),
            ("<?xml version='1.0'?>", expected),
        ],
    );
}
