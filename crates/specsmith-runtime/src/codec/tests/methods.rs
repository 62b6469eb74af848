//! Cases for setters and for getters of defaults.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use crate::codec::{
    Nullable, SecretString, UnknownValue, Uri, codec, defaults, from_json, setters, to_json,
};

#[derive(Debug, Clone, PartialEq, Default)]
struct Patch {
    title: Option<String>,
    home: Option<Uri>,
    next: Option<Box<Patch>>,
    note: Nullable<String>,
    away: Nullable<Uri>,
    key: Nullable<SecretString>,
    last: Nullable<Box<Patch>>,
    stops: Nullable<Vec<Vec<i64>>>,
    r#type: Option<i64>,
    others: BTreeMap<String, i64>,
}
codec!(struct Patch {
    title: "title" optional,
    home: "home" optional,
    next: "next" optional,
    note: "note" nullable,
    away: "away" nullable,
    key: "key" nullable,
    last: "last" nullable,
    stops: "stops" nullable,
    r#type: "type" optional,
    ..others,
});
setters!(Patch {
    with_title(title: impl Into<String>),
    with_home(home: impl Into<Uri>),
    with_next(next: Box<Patch>),
    with_note(note: Nullable<String>),
    with_away(away: Nullable<Uri>),
    with_key(key: Nullable<SecretString>),
    with_last(last: Nullable<Box<Patch>>),
    with_stops(stops: Nullable<Vec<Vec<i64>>>),
    with_type(r#type: i64),
    with_others(..others: BTreeMap<String, i64>),
});
defaults!(Patch {
    title_or_default(title: &str = "untitled"),
    note_or_default(note: Option<String> = Some("none".to_owned())),
    type_or_default(r#type: i64 = 7),
});

#[test]
fn setters_chain_and_take_what_callers_have() {
    let patch = Patch::default()
        .with_title("Emma")
        .with_home("https://example.com")
        .with_next(Patch::default().with_type(1))
        .with_note(Nullable::Null)
        .with_last(Patch::default())
        .with_stops(vec![vec![1]])
        .with_others(BTreeMap::from([("x".to_owned(), 1)]));
    assert_eq!(
        String::from_utf8(to_json(&patch).unwrap()).unwrap(),
        r#"{"title":"Emma","home":"https://example.com","next":{"type":1},"note":null,"last":{},"stops":[[1]],"x":1}"#
    );
    let note = |note: Nullable<String>| Patch::default().with_note(note).note;
    assert_eq!(
        Patch::default().with_note("a").note,
        note("a".to_owned().into())
    );
    assert_eq!(Patch::default().with_note(None).note, Nullable::Null);
    assert_eq!(
        Patch::default().with_note(Some("a".to_owned())).note,
        note("a".into())
    );
}

#[test]
fn defaults_are_for_what_is_absent() {
    let patch = Patch::default();
    assert_eq!(
        (patch.title_or_default(), patch.type_or_default()),
        ("untitled", 7)
    );
    assert_eq!(patch.note_or_default().as_deref(), Some("none"));
    let patch = patch
        .with_title("Emma")
        .with_type(1)
        .with_note(Nullable::Null);
    assert_eq!(
        (patch.title_or_default(), patch.type_or_default()),
        ("Emma", 1)
    );
    assert_eq!(patch.note_or_default(), None);
    assert_eq!(
        to_json(&Patch::default()).unwrap(),
        b"{}",
        "absent stays absent"
    );
}

#[test]
fn a_nullable_is_nearly_an_option() {
    let mut text: Nullable<String> = "a".into();
    assert_eq!(text.as_deref(), Nullable::Value("a"));
    assert_eq!(text.take(), "a".into());
    assert!(text.is_absent());
    assert_eq!(Nullable::<i32>::Null.unwrap_or(1), 1);
    assert_eq!(Nullable::Value(2).unwrap_or_default(), 2);
    assert_eq!(text.as_ref().value(), None);
}

#[derive(Debug, Clone, PartialEq)]
enum Genre {
    Crime,
    Other(String),
}
codec!(enum Genre: String {
    Crime = "crime",
    ..Other,
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Level {
    Low,
    High,
}
codec!(enum Level: i64 {
    Low = -1,
    High = 10,
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sort {
    Title,
}
codec!(enum Sort: String {
    Title = "title",
});

#[test]
fn enums_are_made_from_what_they_are_written_as() {
    assert_eq!(Genre::ALL, [Genre::Crime]);
    assert_eq!(Genre::from("crime".to_owned()), Genre::Crime);
    assert_eq!(Genre::from("x").as_ref() as &str, "x");
    assert_eq!(Genre::Other("x".to_owned()), Genre::from("x"));
    assert_eq!(
        Level::ALL.iter().map(Level::as_i64).collect::<Vec<_>>(),
        [-1, 10]
    );
    assert_eq!(Level::try_from(10), Ok(Level::High));
    let refused = |error: UnknownValue| error.to_string();
    assert_eq!(
        Level::try_from(2).map_err(refused),
        Err("unknown value 2 for `Level`, expected one of -1, 10".to_owned())
    );
    assert_eq!(Sort::try_from("title".to_owned()), Ok(Sort::Title));
    assert_eq!(
        Sort::try_from("x").map_err(refused),
        Err("unknown value \"x\" for `Sort`, expected \"title\"".to_owned())
    );
}

#[test]
fn text_is_taken_where_an_address_or_a_secret_may_be_null() {
    let patch = Patch::default()
        .with_away("/a")
        .with_key("s3cret".to_owned());
    assert_eq!(patch.away, Nullable::Value(Uri::from("/a")));
    assert_eq!(patch.key, Nullable::Value(SecretString::from("s3cret")));
    assert_eq!(
        Patch::default().with_key(Nullable::Null).key,
        Nullable::Null
    );
}

#[test]
fn secrets_are_written_and_not_shown() {
    let patch = Patch::default().with_key("s3cret");
    assert_eq!(to_json(&patch).unwrap(), br#"{"key":"s3cret"}"#);
    let read: Patch = from_json(br#"{"key":"s3cret"}"#).unwrap();
    assert_eq!(read, patch);
    assert_eq!(read.key.value().map(SecretString::expose), Some("s3cret"));
    let shown = format!("{read:?} {read:#?}");
    assert!(
        !shown.contains("s3cret") && shown.contains("SecretString(..)"),
        "{shown}"
    );
}
