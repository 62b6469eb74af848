//! Members without a field: kept by name or by pattern, with any format of serde.

use super::*;

#[derive(Debug, Clone, PartialEq)]
struct Headers {
    name: String,
    x: BTreeMap<String, String>,
    counts: BTreeMap<String, i64>,
    extra: BTreeMap<String, bool>,
}
codec!(struct Headers {
    name: "name",
    ..x if starts_with("x-"),
    ..counts if ends_with("_count"),
    ..extra,
});

#[derive(Debug, Clone, PartialEq)]
struct Strict {
    x: BTreeMap<String, String>,
}
codec!(closed struct Strict {
    ..x if starts_with("x-"),
});

#[derive(Debug, Clone, PartialEq)]
struct Seat {
    row: Option<Value>,
    number: Option<i64>,
}
codec!(struct Seat {
    row: "row" exact,
    number: "number" exact,
});

#[test]
fn members_go_to_the_first_field_whose_pattern_fits() {
    let headers: Headers =
        round_trip(r#"{"name":"n","x-a":"1","x-b_count":"2","page_count":3,"other":true}"#);
    assert_eq!(headers.x.len(), 2);
    assert_eq!(
        headers.counts,
        BTreeMap::from([("page_count".to_owned(), 3)])
    );
    assert_eq!(headers.extra, BTreeMap::from([("other".to_owned(), true)]));
    assert_eq!(
        error::<Headers>(r#"{"name":"n","x-a":1}"#),
        "expected a string, found a number at `x-a` (line 1, column 19)"
    );
    assert_eq!(
        error::<Headers>(r#"{"name":"n","x-a":"1","x-a":"2"}"#),
        "the property is there twice at `x-a` (line 1, column 28)"
    );
}

#[test]
fn other_members_are_refused_where_only_patterns_are_allowed() {
    round_trip::<Strict>(r#"{"x-a":"1"}"#);
    assert_eq!(
        error::<Strict>(r#"{"x-a":"1","y":"2"}"#),
        "unknown property `y` at `y` (line 1, column 15)"
    );
}

#[test]
fn members_in_the_wrong_field_are_not_written() {
    let strict = Strict {
        x: BTreeMap::from([("y".to_owned(), String::new())]),
    };
    let refused = to_json(&strict).unwrap_err();
    assert_eq!(
        refused.message(),
        "the property `y` is not in the right field"
    );
    let headers = Headers {
        name: String::new(),
        x: BTreeMap::new(),
        counts: BTreeMap::new(),
        extra: BTreeMap::from([("name".to_owned(), true)]),
    };
    let refused = to_json(&headers).unwrap_err();
    assert_eq!(
        refused.message(),
        "the property `name` has a field of its own"
    );
}

#[test]
fn null_is_told_from_absence_where_it_is_a_value_or_refused() {
    let seat: Seat = round_trip(r#"{"row":null}"#);
    assert_eq!((seat.row, seat.number), (Some(Value::Null), None));
    assert_eq!(
        error::<Seat>(r#"{"number":null}"#),
        "expected a whole number of 64 bits, found null at `number` (line 1, column 14)"
    );
}

#[test]
fn other_formats_read_what_they_write() {
    let headers: Headers =
        from_json(br#"{"name":"n","x-a":"1","page_count":3,"other":true}"#).unwrap();
    let mut bytes = Vec::new();
    ciborium::into_writer(&headers, &mut bytes).unwrap();
    assert_eq!(
        ciborium::from_reader::<Headers, _>(bytes.as_slice()).unwrap(),
        headers
    );
    let booking: Booking =
        from_json(br#"{"id":"a","seats":2,"note":null,"stops":[{"type":1}]}"#).unwrap();
    let mut bytes = Vec::new();
    ciborium::into_writer(&booking, &mut bytes).unwrap();
    assert_eq!(
        ciborium::from_reader::<Booking, _>(bytes.as_slice()).unwrap(),
        booking
    );
    let value = serde_json::to_value(&headers).unwrap();
    assert_eq!(serde_json::from_value::<Headers>(value).unwrap(), headers);
    let twice = b"\xa2\x63iban\x61a";
    assert!(ciborium::from_reader::<Account, _>(twice.as_slice()).is_err());
}
