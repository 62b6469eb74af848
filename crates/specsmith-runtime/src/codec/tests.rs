//! Cases for the codec, with types as generated code has them.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "tests"
)]

mod alike;
mod constants;
mod formats;
mod unions;

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

mod foreign;
mod leftover_errors;
mod leftovers;
mod lenient;
mod methods;
mod told;
mod tuples;

use super::{Base64, JsonErrorKind, Nullable, Uri, codec, from_json, to_json};

#[derive(Debug, Clone, PartialEq)]
struct Booking {
    id: String,
    seats: Option<i32>,
    passenger_name: Option<String>,
    note: Nullable<String>,
    stops: Option<Vec<Stop>>,
}
codec!(struct Booking {
    "object" = "booking",
    id: "id",
    seats: "seats",
    passenger_name: "passenger-name" optional,
    note: "note" nullable,
    stops: "stops" optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Stop {
    r#type: i32,
}
codec!(closed struct Stop {
    r#type: "type",
});

#[derive(Debug, Clone, PartialEq, Default)]
struct Labels {
    name: Option<String>,
    extra: BTreeMap<String, i64>,
}
codec!(struct Labels {
    "version" = 2,
    name: "name" optional,
    ..extra,
});

#[derive(Debug, Clone, PartialEq, Default)]
struct Extra {
    extra: Option<Value>,
}
codec!(struct Extra {
    extra: "extra" exact,
});

#[test]
fn null_is_one_of_any_values() {
    for text in ["{}", r#"{"extra":null}"#, r#"{"extra":[1,null]}"#] {
        let extra: Extra = from_json(text.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(to_json(&extra).unwrap()).unwrap(), text);
    }
    let null: Extra = from_json(br#"{"extra":null}"#).unwrap();
    assert_eq!(null.extra, Some(Value::Null));
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Empty {}
codec!(
    struct Empty {}
);

#[derive(Debug, Clone, PartialEq)]
struct Tree {
    children: Vec<Tree>,
    parent: Option<Box<Tree>>,
}
codec!(struct Tree {
    children: "children",
    parent: "parent" optional,
});

#[derive(Debug, Clone, PartialEq)]
enum Genre {
    Crime,
    SciFi,
    Unknown(String),
}
codec!(enum Genre: String {
    Crime = "crime",
    SciFi = "sci-fi",
    ..Unknown,
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    Small,
    Large,
}
codec!(enum Size: String {
    Small = "S",
    Large = "L",
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Level {
    Low,
    High,
    Unknown(i64),
}
codec!(enum Level: i64 {
    Low = -1,
    High = 10,
    ..Unknown,
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Bit {
    Zero,
    One,
}
codec!(enum Bit: i64 {
    Zero = 0,
    One = 1,
});

#[derive(Debug, Clone, PartialEq)]
enum Mixed {
    One,
    Half,
    Text,
    Yes,
    Nothing,
    List,
    Unknown(Value),
}
codec!(enum Mixed: Value {
    One = 1,
    Half = 0.5,
    Text = "text",
    Yes = true,
    Nothing = (),
    List = json("[1,{\"a\":2}]"),
    ..Unknown,
});

#[derive(Debug, Clone, PartialEq)]
struct Card {
    number: String,
    limits: Vec<u32>,
}
codec!(struct Card {
    "object" = "card",
    number: "number",
    limits: "limits",
});

#[derive(Debug, Clone, PartialEq)]
struct Account {
    iban: String,
}
codec!(struct Account {
    iban: "iban",
});

#[derive(Debug, Clone, PartialEq)]
enum Source {
    Card(Card),
    Account(Account),
    Inner(Vec<Shape>),
    Text(String),
    Nothing,
    Other(Value),
}
codec!(union Source {
    Card: ["object" = "card" | "credit_card"],
    Account: [object, has "iban", lacks "number"],
    Inner: [array],
    Text: [string],
    Nothing: null,
    ..Other,
});

/// Variants that nothing tells apart.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Circle(Circle),
    Square(Square),
    Number(f64),
}
codec!(union Shape {
    Circle: [object],
    Square: [object],
    Number: [number],
});

#[derive(Debug, Clone, PartialEq)]
struct Circle {
    radius: f64,
    around: Option<Box<Shape>>,
}
codec!(closed struct Circle {
    radius: "radius",
    around: "around" optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Square {
    side: f64,
    around: Option<Box<Shape>>,
}
codec!(closed struct Square {
    side: "side",
    around: "around" optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Draft {
    title: String,
}
codec!(closed struct Draft {
    title: "title",
    _: "id",
    _: "made",
});

#[derive(Debug, Clone, PartialEq)]
struct Counts {
    title: String,
    extra: BTreeMap<String, i64>,
}
codec!(struct Counts {
    title: "title",
    _: "id",
    ..extra,
});

/// Reads a text, and wants the same text when it is written again.
fn round_trip<T: DeserializeOwned + Serialize + Debug>(text: &str) -> T {
    let value: T = from_json(text.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(to_json(&value).unwrap()).unwrap(), text);
    let other: T = serde_json::from_value(serde_json::from_str(text).unwrap()).unwrap();
    assert_eq!(
        format!("{value:?}"),
        format!("{other:?}"),
        "the same out of a `Value`"
    );
    value
}

fn error<T: DeserializeOwned + Debug>(text: &str) -> String {
    from_json::<T>(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn objects_round_trip() {
    let booking: Booking = round_trip(r#"{"object":"booking","id":"a","seats":null,"note":null}"#);
    assert_eq!(
        (booking.seats, booking.passenger_name, booking.stops),
        (None, None, None)
    );
    assert_eq!(booking.note, Nullable::Null);
    let text = r#"{"object":"booking","id":"a","seats":2,"passenger-name":"A","note":"n","stops":[{"type":1}]}"#;
    let booking: Booking = round_trip(text);
    assert_eq!(booking.note, Nullable::Value("n".to_owned()));
    assert_eq!(booking.stops, Some(vec![Stop { r#type: 1 }]));
    round_trip::<Empty>("{}");
    round_trip::<Tree>(r#"{"children":[{"children":[]}],"parent":{"children":[]}}"#);
}

#[test]
fn unknown_properties_are_skipped_kept_or_refused() {
    assert_eq!(
        from_json::<Empty>(br#"{"a":[1,{"b":2}]}"#).unwrap(),
        Empty {}
    );
    let labels: Labels = round_trip(r#"{"version":2,"name":"n","a":1,"b":2}"#);
    assert_eq!(
        labels.extra,
        BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)])
    );
    assert_eq!(
        error::<Booking>(r#"{"id":"a","seats":1,"stops":[{"type":1},{"type":1,"typo":2}]}"#),
        "unknown property `typo` at `stops[1].typo` (line 1, column 57)"
    );
}

#[test]
fn a_property_cannot_be_there_twice() {
    let twice = "the property is there twice";
    assert_eq!(
        error::<Account>(r#"{"iban":"a","iban":"a"}"#),
        format!("{twice} at `iban` (line 1, column 19)")
    );
    assert_eq!(
        error::<Labels>(r#"{"a":1,"a":1}"#),
        format!("{twice} at `a` (line 1, column 11)")
    );
    let optional = r#"{"id":"a","seats":1,"passenger-name":null,"passenger-name":"x"}"#;
    assert_eq!(
        error::<Booking>(optional),
        format!("{twice} at `passenger-name` (line 1, column 59)")
    );
    let union = r#"{"object":"card","number":"1","number":"2","limits":[]}"#;
    assert_eq!(
        error::<Source>(union),
        format!("as `Card`: {twice} at `number` (line 1, column 55)")
    );
    assert_eq!(
        error::<Vec<Tagged>>(r#"[{"kind":"a","kind":"b"}]"#),
        format!("{twice} at `[0].kind` (line 1, column 24)")
    );
}

/// A union whose variant does not know what tells it.
#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Extra(Extra),
    Unknown(Value),
}
codec!(union Tagged {
    Extra: ["kind" = "a"],
    ..Unknown,
});

#[test]
fn errors_name_the_place_and_the_words_of_json() {
    assert_eq!(
        error::<Booking>("{\n  \"id\": \"a\",\n  \"seats\": \"two\"\n}"),
        "expected a whole number of 32 bits, found a string at `seats` (line 3, column 16)"
    );
    assert_eq!(
        error::<Booking>(r#"{"id":"a"}"#),
        "missing property `seats` of `Booking` (line 1, column 10)"
    );
    assert_eq!(
        error::<Vec<Booking>>(r#"[{"id":"a","seats":null},{"id":[],"seats":null}]"#),
        "expected a string, found an array at `[1].id` (line 1, column 31)"
    );
    assert_eq!(
        error::<Booking>(r#"{"id":"a","seats":1,"stops":[{"type":1},{}]}"#),
        "missing property `type` of `Stop` at `stops[1]` (line 1, column 42)"
    );
    assert_eq!(
        error::<Booking>(r#"{"id":"a","seats":3000000000}"#),
        "expected a whole number of 32 bits, found a number at `seats` (line 1, column 28)"
    );
    assert_eq!(
        error::<Booking>(r#"{"object":"passenger","id":"a","seats":1}"#),
        "expected \"booking\" at `object` (line 1, column 21)"
    );
    assert_eq!(
        error::<Booking>("5"),
        "expected an object (`Booking`), found a number (line 1, column 1)"
    );
    assert_eq!(
        error::<BTreeMap<String, BTreeMap<String, i64>>>(r#"{"a/b":{"c\u00e4 \"":true}}"#),
        "expected a whole number of 64 bits, found a boolean at `[\"a/b\"][\"cä \\\"\"]` (line 1, column 25)"
    );
}

#[test]
fn errors_tell_syntax_from_data_and_have_a_pointer() {
    let data = from_json::<BTreeMap<String, Vec<bool>>>(br#"{"a/b~":[true,1]}"#).unwrap_err();
    assert_eq!(
        (data.kind(), data.pointer().as_str()),
        (JsonErrorKind::Data, "/a~1b~0/1")
    );
    for text in ["", "{", r#"{"a":tru}"#, "[] []", "\u{feff}[]", "[NaN]"] {
        assert_eq!(
            from_json::<Value>(text.as_bytes()).unwrap_err().kind(),
            JsonErrorKind::Syntax,
            "{text}"
        );
    }
    assert_eq!(
        from_json::<Value>(b"\"\xff\"").unwrap_err().kind(),
        JsonErrorKind::Syntax
    );
}

#[test]
fn open_enums_keep_what_they_do_not_know() {
    assert_eq!(round_trip::<Genre>(r#""sci-fi""#), Genre::SciFi);
    assert_eq!(
        round_trip::<Genre>(r#""western""#),
        Genre::Unknown("western".to_owned())
    );
    assert_eq!(Genre::from("crime"), Genre::Crime);
    assert_eq!("western".parse(), Ok(Genre::Unknown("western".to_owned())));
    assert_eq!(format!("{:>7}", Genre::SciFi), " sci-fi");
    assert_eq!(round_trip::<Level>("-1"), Level::Low);
    assert_eq!(round_trip::<Level>("7"), Level::Unknown(7));
    assert_eq!(Level::High.to_string(), "10");
    for (text, value) in [
        ("1", Mixed::One),
        ("0.5", Mixed::Half),
        (r#""text""#, Mixed::Text),
        ("true", Mixed::Yes),
        ("null", Mixed::Nothing),
        (r#"[1,{"a":2}]"#, Mixed::List),
        ("[2]", Mixed::Unknown(json!([2]))),
    ] {
        assert_eq!(round_trip::<Mixed>(text), value);
    }
    assert_eq!(from_json::<Mixed>(b"1.0").unwrap(), Mixed::One);
}

#[test]
fn properties_of_the_other_direction_are_ignored() {
    let draft: Draft = from_json(br#"{"id":"a","title":"t","made":{},"id":1}"#).unwrap();
    let title = "t".to_owned();
    assert_eq!(draft, Draft { title });
    assert_eq!(to_json(&draft).unwrap(), br#"{"title":"t"}"#);
    assert!(error::<Draft>(r#"{"title":"t","idea":1}"#).starts_with("unknown property `idea`"));
    let counts: Counts = from_json(br#"{"title":"t","id":"a","n":1}"#).unwrap();
    assert_eq!(counts.extra, BTreeMap::from([("n".to_owned(), 1)]));
}

#[test]
fn closed_enums_refuse_what_they_do_not_know() {
    assert_eq!(round_trip::<Size>(r#""L""#), Size::Large);
    assert_eq!("S".parse(), Ok(Size::Small));
    let expected = "unknown value \"M\" for `Size`, expected one of \"S\", \"L\"";
    assert_eq!("M".parse::<Size>().unwrap_err().to_string(), expected);
    assert_eq!(
        error::<Vec<Size>>(r#"["S","M"]"#),
        format!("{expected} at `[1]` (line 1, column 8)")
    );
    assert_eq!(
        error::<Size>("1"),
        "expected a string (`Size`), found a number (line 1, column 1)"
    );
    assert_eq!(round_trip::<Bit>("0"), Bit::Zero);
    assert_eq!(round_trip::<Bit>("1"), Bit::One);
    let unknown = "unknown value 2 for `Bit`, expected one of 0, 1 (line 1, column 1)";
    assert_eq!(error::<Bit>("2"), unknown);
}

#[test]
fn unions_choose_by_what_is_seen() {
    let card = r#"{"object":"card","number":"1","limits":[5]}"#;
    assert!(matches!(round_trip(card), Source::Card(_)));
    assert!(matches!(round_trip(r#"{"iban":"x"}"#), Source::Account(_)));
    assert!(matches!(round_trip(r#""x""#), Source::Text(_)));
    assert!(matches!(round_trip("null"), Source::Nothing));
    assert!(matches!(
        round_trip(r#"{"number":"1","object":"cash"}"#),
        Source::Other(_)
    ));
    assert!(matches!(
        round_trip("12345678901234567890123456789"),
        Source::Other(_)
    ));
    assert!(matches!(
        round_trip(r#"[{"side":1.0},2.5]"#),
        Source::Inner(_)
    ));
}

#[test]
fn one_candidate_gives_its_own_error() {
    assert_eq!(
        error::<BTreeMap<String, Vec<Source>>>(
            r#"{"s":[null,{"object":"card","number":"1","limits":[1,-2]}]}"#
        ),
        "as `Card`: expected a whole number of 32 bits that is not negative, found a number \
         at `s[1].limits[1]` (line 1, column 57)"
    );
    assert_eq!(
        error::<Vec<Source>>(r#"[[{"side":1},true]]"#),
        "as `Inner`: no variant of `Shape` fits: found a boolean at `[0][1]` (line 1, column 17)"
    );
}

#[test]
fn several_candidates_are_tried_in_order() {
    assert!(matches!(
        round_trip(r#"{"side":1.5,"around":{"radius":2.5}}"#),
        Shape::Square(_)
    ));
    assert_eq!(
        error::<Shape>(r#"{"side":"x"}"#),
        "no variant of `Shape` fits: as `Circle`: unknown property `side` at `side`; \
         as `Square`: expected a number, found a string at `side` (line 1, column 12)"
    );
}

#[test]
fn tries_are_bounded_and_the_bound_is_for_each_value() {
    let nested = |levels: usize| {
        let mut text = r#"{"side":true}"#.to_owned();
        for _ in 0..levels {
            text = format!(r#"{{"around":{text},"side":1}}"#);
        }
        text
    };
    assert!(error::<Shape>(&nested(100)).starts_with("too many ways to read `Shape`"));
    let many = vec![r#"{"side":1.0}"#; 20_000].join(",");
    assert_eq!(
        from_json::<Vec<Shape>>(format!("[{many}]").as_bytes())
            .unwrap()
            .len(),
        20_000
    );
}

#[test]
fn numbers_are_not_cut() {
    let big = "[123456789012345678901234567890,0.1234567890123456789012345678901,1e+400]";
    round_trip::<Value>(big);
    let kept = format!(r#"{{"object":"cash","sums":{big}}}"#);
    assert!(matches!(round_trip(&kept), Source::Other(_)));
}

#[test]
fn absent_null_and_value_are_three_states() {
    assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    assert_eq!(
        Nullable::from(1).map(|value| value + 1).into_option(),
        Some(2)
    );
    assert!(Nullable::<i32>::default().is_absent());
    let absent: Booking = from_json(br#"{"id":"a","seats":1}"#).unwrap();
    assert_eq!(absent.note, Nullable::Absent);
}

#[test]
fn addresses_keep_their_text() {
    for text in [r#""https://EXAMPLE.com""#, r#""../a b?c#d""#, r#""""#] {
        round_trip::<Uri>(text);
    }
    assert_eq!(Uri::from("a").as_str(), "a");
}

#[test]
fn base64_follows_the_rfc() {
    let cases = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
    ];
    for (bytes, text) in cases {
        let base64: Base64 = text.parse().unwrap();
        assert_eq!(base64.as_ref(), bytes.as_bytes());
        assert_eq!(base64.to_string(), text);
        assert_eq!(text.trim_end_matches('=').parse(), Ok(base64));
    }
    assert_eq!("-_8=".parse::<Base64>().unwrap().0, [0xfb, 0xff]);
    for wrong in [
        "Z", "Zg=", "Zg===", "Zh==", "Z g=", "=", "Zm9v=", "Zm9v====",
    ] {
        assert!(wrong.parse::<Base64>().is_err(), "{wrong}");
    }
    assert_eq!(
        error::<Base64>("\"Z\""),
        "invalid base64 text (line 1, column 3)"
    );
}
