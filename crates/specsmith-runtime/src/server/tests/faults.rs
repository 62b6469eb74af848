//! All that is wrong with a JSON body.
#![allow(dead_code, unreachable_pub, reason = "as generated types are")]

use super::super::faults::all;
use crate::runtime::codec::{codec, from_json};

/// An order.
#[derive(Debug, Clone, PartialEq)]
struct Order {
    id: i64,
    day: String,
    lines: Vec<Line>,
    note: Option<String>,
}
codec!(closed struct Order {
    id: "id",
    day: "day",
    lines: "lines",
    note: "note" optional,
});

/// A line of an order.
#[derive(Debug, Clone, PartialEq)]
struct Line {
    what: String,
    count: i64,
    size: Size,
}
codec!(closed struct Line {
    what: "what",
    count: "count",
    size: "size",
});

/// A size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Size {
    Small,
    Large,
}
codec!(enum Size: String {
    Small = "small",
    Large = "large",
});

fn told(text: &str) -> Vec<String> {
    let first = from_json::<Order>(text.as_bytes()).unwrap_err();
    let (faults, _) = all::<Order>(text.as_bytes(), &first);
    let told = faults
        .iter()
        .map(|(fault, pointer)| format!("{pointer} {:?}", fault.kind));
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

#[test]
fn each_fault_is_told_once_at_its_place() {
    assert_eq!(
        told("{}"),
        ["/day Missing", "/id Missing", "/lines Missing"]
    );
    assert_eq!(
        told(
            r#"{"id":"x","lines":[{"what":1,"count":true},{"what":"a","count":1,"size":"huge","more":1}],"note":2}"#
        ),
        [
            "/day Missing",
            "/id Type(\"a whole number of 64 bits\")",
            "/lines/0/count Type(\"a whole number of 64 bits\")",
            "/lines/0/size Missing",
            "/lines/0/what Type(\"a string\")",
            "/lines/1/more Unknown",
            "/lines/1/size Value",
            "/note Type(\"a string\")",
        ]
    );
    // What is put in for the size is no size either, which is found only after the count, as members are read by name then.
    assert_eq!(
        told(r#"{"lines":[{"size":1,"what":"a","count":true}],"note":2,"id":1,"day":"x"}"#),
        [
            "/lines/0/count Type(\"a whole number of 64 bits\")",
            "/lines/0/size Type(\"a string\")",
            "/note Type(\"a string\")",
        ]
    );
    assert_eq!(told("[]"), [" Type(\"an object\")"]);
    assert_eq!(
        told(r#"{"id":1,"day":null,"lines":"x"}"#),
        ["/day Type(\"a string\")", "/lines Type(\"an array\")"]
    );
}

#[test]
fn large_bodies_are_read_once() {
    let text = format!(r#"{{"id":"{}","day":1}}"#, "x".repeat(20_000));
    assert_eq!(told(&text).len(), 1);
}

#[test]
fn many_faults_end() {
    let line = r#"{"what":1,"count":"x","size":3}"#;
    let text = format!(r#"{{"lines":[{}]}}"#, [line; 200].join(","));
    let faults = told(&text).len();
    assert!((10..=70).contains(&faults), "{faults}");
}
