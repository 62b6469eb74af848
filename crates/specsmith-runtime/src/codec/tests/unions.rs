//! Unions whose variants do not have what tells them.

use serde_json::Value;

use crate::codec::{codec, from_json, to_json};

#[derive(Debug, Clone, PartialEq, Default)]
struct Point {
    x: Option<i32>,
}
codec!(struct Point {
    x: "x" optional,
});

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Point(Point),
    Unknown(Value),
}
codec!(union Shape {
    Point: [adds "kind" = "point" | "dot"],
    ..Unknown,
});

#[test]
fn a_variant_writes_what_tells_it() {
    let point = Shape::Point(Point { x: Some(1) });
    let written = to_json(&point).unwrap();
    assert_eq!(
        String::from_utf8_lossy(&written),
        r#"{"kind":"point","x":1}"#
    );
    for text in [&written[..], br#"{"kind":"dot","x":1}"#] {
        assert_eq!(from_json::<Shape>(text).unwrap(), point);
    }
    let unknown = Shape::Unknown(serde_json::json!({ "kind": "line", "x": 1 }));
    assert_eq!(
        from_json::<Shape>(&to_json(&unknown).unwrap()).unwrap(),
        unknown
    );
}
