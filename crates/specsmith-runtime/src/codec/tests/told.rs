//! Unions whose variants the JSON type tells, also where one variant has several of them.

use super::*;

#[derive(Debug, Clone, PartialEq)]
enum Key {
    Text(String),
    Number(i64),
}
codec!(union Key {
    Text: [string],
    Number: [integer],
});

#[derive(Debug, Clone, PartialEq)]
struct Range {
    from: Key,
}
codec!(struct Range {
    from: "from",
});

#[derive(Debug, Clone, PartialEq)]
enum Keys {
    One(Key),
    Many(Vec<Key>),
    Range(Range),
}
codec!(union Keys {
    One: [integer | string],
    Many: [array],
    Range: [object],
});

#[test]
fn a_variant_of_several_json_types_takes_none_of_the_others() {
    let text = |text: &str| Key::Text(text.to_owned());
    for (json, expected) in [
        (r#""a""#, Keys::One(text("a"))),
        ("1", Keys::One(Key::Number(1))),
        (r#"["a",1]"#, Keys::Many(vec![text("a"), Key::Number(1)])),
        ("[]", Keys::Many(Vec::new())),
        (
            r#"{"from":2}"#,
            Keys::Range(Range {
                from: Key::Number(2),
            }),
        ),
    ] {
        let read: Keys = serde_json::from_str(json).unwrap();
        assert_eq!(read, expected, "{json}");
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }
}
