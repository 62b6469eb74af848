//! Cases for expressions.

use specsmith_ir::Value;

use super::expression;
use crate::model::RustType;
use crate::types::sample::{self, list, model, number, string};

#[track_caller]
fn check(ty: &RustType, value: &Value, expected: &str) {
    let tokens = expression(&model(), ty, value).map(|found| found.tokens.to_string());
    let spaceless = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(tokens.as_deref().map(spaceless), Some(spaceless(expected)));
}

#[track_caller]
fn refuse(ty: &RustType, value: &Value) {
    assert_eq!(
        expression(&model(), ty, value).map(|found| found.tokens.to_string()),
        None
    );
}

#[test]
fn an_expression_knows_what_it_names() {
    let names = |ty, value| expression(&model(), &ty, &value).map(|found| found.names);
    assert_eq!(names(RustType::I64, number("1")), Some(Vec::new()));
    assert_eq!(names(RustType::Uri, string("x")), Some(vec![RustType::Uri]));
    let (source, options) = (RustType::Named(sample::SOURCE), RustType::Named(sample::OPTIONS));
    assert_eq!(names(source.clone(), string("x")), Some(vec![source.clone()]));
    assert_eq!(names(source.clone(), object(&[])), Some(vec![source, options]));
}

fn object(members: &[(&str, Value)]) -> Value {
    Value::Object(
        members
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    )
}

#[test]
fn scalars_are_literals_of_their_type() {
    check(&RustType::Bool, &Value::Boolean(true), "true");
    check(&RustType::I32, &number("-5"), "-5");
    check(&RustType::I64, &number("3.0"), "3");
    check(&RustType::F64, &number("3"), "3.0");
    check(&RustType::F64, &number("-0.5"), "-0.5");
    check(&RustType::U64, &number("18446744073709551615"), "18446744073709551615");
    check(&RustType::String, &string("a \"b\""), r#""a \"b\"".to_owned()"#);
    check(&RustType::Uri, &string("x"), r#"Uri::from("x")"#);
    check(&RustType::Value, &Value::Null, "Value::Null");
    check(&RustType::Value, &list_of(&["1"]), r#""[1]".parse::<Value>().unwrap()"#);
    refuse(&RustType::I32, &number("3000000000"));
    refuse(&RustType::U32, &number("-1"));
    refuse(&RustType::I64, &number("1.5"));
    refuse(&RustType::Bool, &string("true"));
}

fn list_of(items: &[&str]) -> Value {
    Value::Array(items.iter().map(|text| number(text)).collect())
}

#[test]
fn texts_with_a_format_are_parsed_where_they_can_be() {
    let parsed = |ty: RustType, text: &str| check(&ty, &string(text), &format!("{text:?}.parse().unwrap()"));
    parsed(RustType::DateTime, "2024-02-29T23:59:59.5+01:00");
    parsed(RustType::DateTime, "2024-02-29T23:59:59Z");
    parsed(RustType::Date, "2000-02-29");
    parsed(RustType::Uuid, "0b9b3d3c-0000-4000-8000-00000000ABCD");
    parsed(RustType::Base64, "Zm8=");
    for text in [
        "2024-02-30T00:00:00Z",
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:00Z",
        "é",
    ] {
        refuse(&RustType::DateTime, &string(text));
    }
    refuse(&RustType::Date, &string("1900-02-29"));
    refuse(&RustType::Uuid, &string("0b9b3d3c"));
    refuse(&RustType::Base64, &string("Zm9="));
    refuse(&RustType::Base64, &string("Z"));
}

#[test]
fn enums_and_unions_are_variants() {
    check(&RustType::Named(sample::GENRE), &string("crime"), "Genre::Crime");
    check(&RustType::Named(sample::LEVEL), &number("1e1"), "Level::High");
    refuse(&RustType::Named(sample::GENRE), &string("western"));
    check(
        &RustType::Named(sample::SOURCE),
        &string("x"),
        r#"Source::Text("x".to_owned())"#,
    );
    check(&RustType::Named(sample::SOURCE), &Value::Null, "Source::Nothing");
    check(
        &RustType::Named(sample::SOURCE),
        &list_of(&["1"]),
        "Source::Numbers(vec![1.0])",
    );
    check(
        &RustType::Named(sample::SOURCE),
        &object(&[]),
        "Source::Options(Options::default())",
    );
    check(
        &RustType::Boxed(Box::new(RustType::Named(sample::OPTIONS))),
        &object(&[]),
        "Box::default()",
    );
    refuse(&RustType::Named(sample::SOURCE), &number("1"));
}

#[test]
fn objects_are_made_by_their_constructor() {
    let id = "0b9b3d3c-0000-4000-8000-000000000000";
    let required = [
        ("id", string(id)),
        ("title", string("T")),
        ("home", string("h")),
        ("subtitle", Value::Null),
    ];
    let new = format!("Book::new({id:?}.parse().unwrap(), \"T\", \"h\", None)");
    check(&RustType::Named(sample::BOOK), &object(&required), &new);
    let mut more = required.to_vec();
    more.push(("type", string("crime")));
    more.push(("note", Value::Null));
    more.push(("size", list_of(&["1", "2"])));
    let block = format!("Book {{ r#type: Some(Genre::Crime), size: Some((1, 2)), note: Nullable::Null, ..{new} }}");
    check(&RustType::Named(sample::BOOK), &object(&more), &block);
    refuse(&RustType::Named(sample::BOOK), &object(&required[1..]));
    more.push(("object", string("film")));
    refuse(&RustType::Named(sample::BOOK), &object(&more));
    check(
        &RustType::Named(sample::OPTIONS),
        &object(&[("le-vel", number("10")), ("x", number("1"))]),
        "Options { level: Some(Level::High), others: BTreeMap::from([(\"x\".to_owned(), Value::from(1))]) }",
    );
}

#[test]
fn lists_and_maps_are_made_in_place() {
    check(
        &list(RustType::String),
        &Value::Array(vec![string("a")]),
        "vec![\"a\".to_owned()]",
    );
    check(&list(RustType::String), &Value::Array(Vec::new()), "Vec::new()");
    let map = RustType::Map(Box::new(RustType::I32));
    check(
        &map,
        &object(&[("a", number("1"))]),
        "BTreeMap::from([(\"a\".to_owned(), 1)])",
    );
    let mut deep = (RustType::I32, number("1"));
    for _ in 0..200 {
        deep = (list(deep.0), Value::Array(vec![deep.1]));
    }
    refuse(&deep.0, &deep.1);
}
