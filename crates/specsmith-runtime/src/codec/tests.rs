//! Cases for the codec, with types as generated code has them.

use super::{Nullable, codec, from_json, to_json};

#[derive(Debug, Clone, PartialEq)]
struct Booking {
    id: String,
    seats: Option<i32>,
    passenger_name: Option<String>,
    note: Nullable<String>,
}
codec!(struct Booking {
    "object" = "booking",
    id: "id",
    seats: "seats",
    passenger_name: "passenger_name" optional,
    note: "note" nullable,
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

#[derive(Debug, Clone, PartialEq)]
enum Source {
    Booking(Booking),
    Text(String),
    Nothing,
    Numbers(Vec<f64>),
    Other(serde_json::Value),
}
codec!(union Source {
    Booking: ["object" = "booking" | "reservation", has "id", lacks "x"],
    Text: [string],
    Nothing: null,
    Numbers: [array | number, = 1 | 2],
    ..Other,
});

#[test]
fn objects_round_trip() {
    let text = br#"{"object":"booking","id":"a","seats":null,"note":null}"#;
    let booking: Booking = from_json(text).unwrap();
    assert_eq!(booking.note, Nullable::Null);
    assert_eq!(to_json(&booking).unwrap(), text);
}
