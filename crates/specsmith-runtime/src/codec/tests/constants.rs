//! Properties that have one value, and variants of unions that are for one.

use super::*;

#[derive(Debug, Clone, PartialEq)]
struct Ticket {}
codec!(struct Ticket {
    "object" = "ticket" required,
    "level" = 1,
    "open" = true required,
});

#[test]
fn a_property_with_one_value_must_be_there_where_that_is_said() {
    round_trip::<Ticket>(r#"{"object":"ticket","level":1,"open":true}"#);
    let read = |text: &str| from_json::<Ticket>(text.as_bytes());
    assert_eq!(read(r#"{"open":true,"object":"ticket"}"#), Ok(Ticket {}));
    assert_eq!(
        error::<Ticket>(r#"{"object":"ticket","level":1}"#),
        "missing property `open` of `Ticket` (line 1, column 29)"
    );
    assert_eq!(
        error::<Vec<Ticket>>(r#"[{"open":true}]"#),
        "missing property `object` of `Ticket` at `[0]` (line 1, column 14)"
    );
    assert_eq!(
        error::<Ticket>(r#"{"open":true,"open":true}"#),
        "the property is there twice at `open` (line 1, column 20)"
    );
    assert_eq!(
        error::<Labels>(r#"{"version":2,"version":2}"#),
        "the property is there twice at `version` (line 1, column 23)"
    );
}

#[derive(Debug, Clone, PartialEq)]
enum Days {
    Count(u32),
    Never,
    Always,
    OpenEnded,
    Listed(Vec<u32>),
}
codec!(union Days {
    Count: [integer],
    Never: false,
    Always: true,
    OpenEnded: "open-ended",
    Listed: [array],
});

#[derive(Debug, Clone, PartialEq)]
enum Limit {
    None,
    Text(String),
    Standard,
    Other(Value),
}
codec!(union Limit {
    None: 0,
    Text: [object],
    Standard: "",
    ..Other,
});

#[test]
fn a_variant_for_one_value_holds_nothing() {
    for (json, expected) in [
        ("3", Days::Count(3)),
        ("false", Days::Never),
        ("true", Days::Always),
        (r#""open-ended""#, Days::OpenEnded),
        ("[3]", Days::Listed(vec![3])),
    ] {
        assert_eq!(round_trip::<Days>(json), expected, "{json}");
    }
    assert_eq!(round_trip::<Limit>("0"), Limit::None);
    assert_eq!(from_json::<Limit>(b"0.0"), Ok(Limit::None));
    assert_eq!(round_trip::<Limit>(r#""""#), Limit::Standard);
    for other in ["1", r#""a""#, "false", "null", "[]"] {
        let value: Value = serde_json::from_str(other).unwrap();
        assert_eq!(round_trip::<Limit>(other), Limit::Other(value), "{other}");
    }
}

#[test]
fn another_value_of_the_same_type_is_told_what_it_can_be() {
    assert_eq!(
        error::<Days>(r#""open""#),
        "no variant of `Days` fits: found \"open\", expected \"open-ended\" or another type (line 1, column 6)"
    );
    assert_eq!(
        error::<Days>("null"),
        "no variant of `Days` fits: found null (line 1, column 4)"
    );
}
