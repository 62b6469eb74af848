//! Unions whose variants cannot be told apart.

use super::*;

#[derive(Debug, Clone, PartialEq)]
struct Person {
    name: String,
    home: Option<Place>,
}
codec!(struct Person {
    name: "name",
    home: "home" optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Company {
    name: String,
    home: Option<Seat>,
    owner: Option<Owner>,
}
codec!(struct Company {
    name: "name",
    home: "home" optional,
    owner: "owner" optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Place {
    street: Option<String>,
}
codec!(struct Place {
    street: "street" optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Seat {
    country: Option<String>,
}
codec!(struct Seat {
    country: "country" optional,
});

#[derive(Debug, Clone, PartialEq)]
enum Owner {
    Person(Box<Person>),
    Company(Box<Company>),
    Any(BTreeMap<String, Value>),
    Unknown(Value),
}
codec!(union Owner {
    Person: [object] alike,
    Company: [object] alike,
    Any: [object],
    ..Unknown,
});

#[derive(Debug, Clone, PartialEq)]
enum List {
    People(Vec<Person>),
    Companies(Vec<Company>),
}
codec!(union List {
    People: [array] alike,
    Companies: [array] alike,
});

#[derive(Debug, Clone, PartialEq)]
enum Subject {
    Owner(Owner),
    Seat(Seat),
}
codec!(union Subject {
    Owner: [] alike,
    Seat: [object] alike,
});

fn read<T: DeserializeOwned>(text: &str) -> T {
    from_json(text.as_bytes()).unwrap()
}

#[test]
fn the_variant_that_leaves_the_fewest_members_over_is_taken() {
    for (text, is_person) in [
        (r#"{"name":"x"}"#, true),
        (r#"{"name":"x","home":{"street":"y"}}"#, true),
        (r#"{"name":"x","home":{"street":"y","zip":1}}"#, true),
        (r#"{"name":"x","home":{"country":"y"}}"#, false),
        (r#"{"name":"x","owner":{"name":"y"}}"#, false),
        (r#"{"name":"x","home":{"street":"y"},"owner":{}}"#, true),
        (r#"{"name":"x","other":{"a":1,"b":2}}"#, true),
        (r#"{"name":"x","owner":{"name":"y","z":1}}"#, false),
        (
            r#"{"name":"x","home":{"street":"y"},"owner":{"name":"y"}}"#,
            false,
        ),
    ] {
        assert_eq!(
            matches!(read::<Owner>(text), Owner::Person(_)),
            is_person,
            "{text}"
        );
    }
}

#[test]
fn what_is_inside_lists_and_unions_counts() {
    let owned = r#"[{"name":"x"},{"name":"y","owner":{"name":"z"}}]"#;
    assert!(matches!(round_trip::<List>(owned), List::Companies(_)));
    let owner = r#"{"name":"x","owner":{"name":"y","home":{"country":"z"}}}"#;
    let Owner::Company(company) = round_trip::<Owner>(owner) else {
        panic!("a company is the only one with an owner")
    };
    assert!(matches!(company.owner, Some(Owner::Company(_))));
}

#[test]
fn other_variants_are_tried_only_if_none_of_those_alike_reads() {
    assert!(matches!(
        read::<Owner>(r#"{"name":"x","other":1}"#),
        Owner::Person(_)
    ));
    assert!(matches!(read::<Owner>(r#"{"name":1}"#), Owner::Any(_)));
}

#[test]
fn a_value_that_is_kept_as_it_is_counts_as_left_over() {
    assert!(matches!(
        read::<Subject>(r#"{"country":"x"}"#),
        Subject::Owner(Owner::Any(_))
    ));
    let kept: Vec<Subject> = read(r#"[{"name":"x"},1]"#);
    assert!(matches!(
        kept[..],
        [
            Subject::Owner(Owner::Person(_)),
            Subject::Owner(Owner::Unknown(_))
        ]
    ));
}

#[derive(Debug, Clone, PartialEq)]
struct Even {
    next: Option<Box<Link>>,
}
codec!(struct Even {
    next: "next" optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Odd {
    next: Option<Box<Link>>,
}
codec!(struct Odd {
    next: "next" optional,
});

#[derive(Debug, Clone, PartialEq)]
enum Link {
    Even(Even),
    Odd(Odd),
}
codec!(union Link {
    Even: [] alike,
    Odd: [] alike,
});

#[test]
fn tries_are_bounded_and_what_was_read_first_stays() {
    let mut text = r#"{"other":1}"#.to_owned();
    for _ in 0..100 {
        text = format!(r#"{{"next":{text},"other":1}}"#);
    }
    assert!(matches!(read::<Link>(&text), Link::Even(_)));
}

#[derive(Debug, Clone, PartialEq)]
struct Letter {
    street: String,
}
codec!(struct Letter {
    street: "street",
});

#[derive(Debug, Clone, PartialEq)]
struct Mail {
    address: String,
}
codec!(struct Mail {
    address: "address",
});

#[derive(Debug, Clone, PartialEq)]
enum Recipient {
    Letter(Letter),
    Mail(Mail),
    Text(String),
}
codec!(union Recipient {
    Letter: [has "street"] only,
    Mail: [has "address"] only,
    Text: [string],
});

#[test]
fn a_value_that_two_variants_fit_is_refused_where_only_one_may() {
    let read = |value: Value| serde_json::from_value::<Recipient>(value).map_err(|e| e.to_string());
    let mail = Recipient::Mail(Mail {
        address: "a".to_owned(),
    });
    assert_eq!(read(json!({"address": "a"})), Ok(mail.clone()));
    assert_eq!(read(json!("a")), Ok(Recipient::Text("a".to_owned())));
    // This is no letter, whatever it has.
    assert_eq!(read(json!({"street": null, "address": "a"})), Ok(mail));
    assert_eq!(
        read(json!({"street": "s", "address": "a"})).unwrap_err(),
        "fits `Letter` and `Mail`, but only one variant of `Recipient` may"
    );
}

#[derive(Debug, Clone, PartialEq)]
enum Query {
    Owner(BTreeMap<String, Owner>),
    Seat(Seat),
    People(Vec<Person>),
    Companies(Vec<Company>),
}
codec!(union Query {
    Owner: [lacks "country", at_least 1] alike,
    Seat: [object] alike,
    People: [array, at_least 2] alike,
    Companies: [array] alike,
});

#[test]
fn a_value_that_is_too_small_for_a_variant_is_of_another() {
    assert!(matches!(read::<Query>("{}"), Query::Seat(_)));
    assert!(matches!(read::<Query>(r#"{"x":1}"#), Query::Owner(_)));
    assert!(matches!(read::<Query>("[]"), Query::Companies(_)));
    let one = r#"{"name":"x"}"#;
    assert!(matches!(
        read::<Query>(&format!("[{one}]")),
        Query::Companies(_)
    ));
    assert!(matches!(
        read::<Query>(&format!("[{one},{one}]")),
        Query::People(_)
    ));
}
