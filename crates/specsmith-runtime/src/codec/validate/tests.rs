//! Cases for validation: each rule over JSON, and types as generated code has them.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "tests"
)]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::{Base64, Nullable, SecretString, Uri, codec, rules};
use super::{Checker, RuleList, Violations};

/// Checks JSON values that keep the rules and others that break them.
#[track_caller]
fn check(rules: RuleList, right: &[Value], wrong: &[Value]) {
    for value in right {
        assert_eq!(
            Checker::run_with(value, rules),
            Ok(()),
            "{value} keeps {rules:?}"
        );
    }
    for value in wrong {
        assert!(
            Checker::run_with(value, rules).is_err(),
            "{value} breaks {rules:?}"
        );
    }
}

fn lines(result: Result<(), Violations>) -> Vec<String> {
    match result {
        Ok(()) => Vec::new(),
        Err(violations) => violations.list().iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn limits_of_numbers() {
    check(
        rules!(minimum(-1) maximum(9.5)),
        &[json!(-1), json!(9.5), json!(0.0), json!("text")],
        &[json!(-1.1), json!(9.51), json!(10)],
    );
    check(
        rules!(exclusive_minimum(0) exclusive_maximum(1)),
        &[json!(0.5), json!(null)],
        &[json!(0), json!(0.0), json!(1), json!(1.0)],
    );
    check(
        rules!(multiple_of(0.01)),
        &[json!(19.99), json!(1), json!(0)],
        &[json!(0.001)],
    );
    check(
        rules!(maximum(300000000000000000000)),
        &[json!(18446744073709551615u64)],
        &[json!(4e20)],
    );
}

#[test]
fn limits_of_text_count_characters() {
    check(
        rules!(min_length(2) max_length(3)),
        &[json!("ab"), json!("äöü"), json!("💩💩"), json!(5)],
        &[json!(""), json!("💩"), json!("abcd"), json!("äöüß")],
    );
    check(rules!(min_length(0)), &[json!("")], &[]);
    check(rules!(max_length(0)), &[json!("")], &[json!("a")]);
}

#[test]
fn patterns_match_somewhere() {
    check(
        rules!(pattern("^[A-Z]+$")),
        &[json!("ABC"), json!(1)],
        &[json!("abc"), json!("ABC\n")],
    );
    check(rules!(pattern("b")), &[json!("abc")], &[json!("ac")]);
    check(
        rules!(backtracking("^(?!admin)(\\w)\\1")),
        &[json!("aa")],
        &[json!("ab"), json!("admin")],
    );
}

#[test]
fn patterns_end() {
    let text = "a".repeat(5_000);
    let start = std::time::Instant::now();
    let found = lines(Checker::run_with(
        &format!("{text}!"),
        rules!(backtracking("^(?=(a+)+$)x")),
    ));
    assert!(
        start.elapsed().as_secs() < 2,
        "it takes {:?}",
        start.elapsed()
    );
    assert_eq!(found.len(), 1);
    let start = std::time::Instant::now();
    let found = lines(Checker::run_with(
        &format!("{text}!"),
        rules!(pattern("^(a+)+$")),
    ));
    assert!(
        start.elapsed().as_secs() < 2,
        "it takes {:?}",
        start.elapsed()
    );
    assert_eq!(found.len(), 1);
}

#[test]
fn limits_of_lists() {
    check(
        rules!(min_items(1) max_items(2)),
        &[json!([1]), json!([1, 2]), json!({})],
        &[json!([]), json!([1, 2, 3])],
    );
    check(
        rules!(unique_items),
        &[
            json!([1, 2]),
            json!([1, "1"]),
            json!([{"a": 1}, {"a": 2}]),
            json!([0, false]),
        ],
        &[
            json!([1, 1.0]),
            json!([{"a": 1, "b": [2]}, {"b": [2], "a": 1}]),
        ],
    );
    check(
        rules!(each(minimum(1))),
        &[json!([1, "a"]), json!([])],
        &[json!([1, 0])],
    );
    check(
        rules!(items((types("string"))(minimum(1))[types("boolean")])),
        &[json!([]), json!(["a"]), json!(["a", 1, true])],
        &[json!([1]), json!(["a", 0]), json!(["a", 1, 1])],
    );
    check(
        rules!(contains(2, 3, minimum(5))),
        &[json!([5, 6, 1]), json!("no list")],
        &[json!([5]), json!([5, 5, 5, 5])],
    );
    check(rules!(contains(0, minimum(5))), &[json!([])], &[]);
}

#[test]
fn limits_of_objects() {
    check(
        rules!(min_properties(1) max_properties(2)),
        &[json!({"a": 1}), json!([])],
        &[json!({}), json!({"a": 1, "b": 2, "c": 3})],
    );
    check(
        rules!(required("a" "b")),
        &[json!({"a": 1, "b": null}), json!(1)],
        &[json!({"a": 1})],
    );
    check(
        rules!(members("a": (minimum(1)), pattern("^x"): (types("string")), ..: (never),)),
        &[json!({}), json!({"a": 1, "x1": "t"})],
        &[json!({"a": 0}), json!({"x": 1}), json!({"b": 1})],
    );
    check(
        rules!(each_member(minimum(1))),
        &[json!({"a": 1})],
        &[json!({"a": 0})],
    );
    check(
        rules!(names(max_length(2))),
        &[json!({"ab": 1})],
        &[json!({"abc": 1})],
    );
    check(
        rules!(dependent_required("a": "b" "c")),
        &[json!({"b": 1}), json!({"a": 1, "b": 1, "c": 1})],
        &[json!({"a": 1, "b": 1})],
    );
    check(
        rules!(dependent("a": min_properties(2))),
        &[json!({"b": 1}), json!({"a": 1, "b": 1})],
        &[json!({"a": 1})],
    );
}

#[test]
fn values_and_types() {
    check(
        rules!(values(r#"[1, {"a": [2.0]}, null]"#)),
        &[json!(1.0), json!({"a": [2]}), json!(null)],
        &[json!(true), json!({"a": [2], "b": 1})],
    );
    check(
        rules!(types("integer" "null")),
        &[json!(1), json!(1.0), json!(null)],
        &[json!(1.5), json!("1"), json!([])],
    );
    check(
        rules!(types("number")),
        &[json!(1), json!(1.5)],
        &[json!("1")],
    );
    check(rules!(never), &[], &[json!(null), json!({})]);
}

#[test]
fn combinations() {
    check(rules!(not(types("string"))), &[json!(1)], &[json!("a")]);
    check(
        rules!(any((types("string")) (minimum(5) types("number")))),
        &[json!("a"), json!(5)],
        &[json!(4), json!(null)],
    );
    check(
        rules!(one((multiple_of(2))(multiple_of(3)))),
        &[json!(2), json!(3)],
        &[json!(6), json!(1), json!("both")],
    );
    check(
        rules!(all((minimum(1))(maximum(2)))),
        &[json!(1)],
        &[json!(0), json!(3)],
    );
    check(
        rules!(when((members("a": (values("[1]")),) required("a")) (required("b")) (required("c")))),
        &[json!({"a": 1, "b": 1}), json!({"c": 1})],
        &[json!({"a": 1, "c": 1}), json!({"a": 2})],
    );
}

#[test]
fn unevaluated_parts() {
    check(
        rules!(
            unevaluated_members(never)
            members("a": (),)
            any((members("b": (types("string")),) required("b")) (members("c": (),) required("c")))
        ),
        &[json!({"a": 1, "b": "x"}), json!({"a": 1, "c": 1})],
        &[
            json!({"a": 1, "b": 1}),
            json!({"a": 1, "c": 1, "b": 1}),
            json!({"c": 1, "d": 1}),
        ],
    );
    check(
        rules!(all((unevaluated_members(never))) members("a": (),)),
        &[json!({})],
        &[json!({"a": 1})],
    );
    check(
        rules!(items((types("string"))) contains(0, types("number")) unevaluated_items(types("null"))),
        &[json!(["a", 1, null])],
        &[json!(["a", true])],
    );
    check(
        rules!(not(not(members("a": (),))) unevaluated_members(never)),
        &[json!({})],
        &[json!({"a": 1})],
    );
}

rules!(static TREE {
    types("object"),
    members("left": (refer(TREE)), "right": (refer(TREE)),),
});
rules!(static LOOP {
    any((refer(LOOP)) (refer(LOOP))),
});

#[test]
fn rules_refer_to_themselves() {
    check(
        rules!(refer(TREE)),
        &[json!({"left": {"right": {}}})],
        &[json!({"left": {"right": 1}})],
    );
    let start = std::time::Instant::now();
    assert!(Checker::run_with(&json!(1), rules!(refer(LOOP))).is_err());
    assert!(
        start.elapsed().as_secs() < 2,
        "it takes {:?}",
        start.elapsed()
    );
}

#[derive(Debug, Clone, PartialEq)]
struct Booking {
    passenger_name: Option<String>,
    seats: Vec<i32>,
    note: Nullable<String>,
    tags: Option<Vec<Tag>>,
    source: Source,
    stops: Option<Vec<Booking>>,
    home: Option<Uri>,
    image: Option<Base64>,
    pair: (i64, f64),
    extra: BTreeMap<String, u64>,
}
codec!(struct Booking {
    passenger_name: "passenger/name" optional,
    seats: "seats",
    note: "note" nullable,
    tags: "tags" optional,
    source: "source",
    stops: "stops" optional,
    home: "home" optional,
    image: "image" optional,
    pair: "pair",
    ..extra,
});
rules!(struct Booking {
    passenger_name: "passenger/name" min_length(1) pattern("^[A-Z]"),
    seats: "seats" max_items(2) each(minimum(1) maximum(9)),
    seats: "seats" whole unique_items,
    note: "note" max_length(3),
    tags: "tags" counted min_items(1),
    source: "source" nested,
    stops: "stops" each(nested),
    home: "home" max_length(5),
    image: "image" max_length(4),
    pair: "pair" items((minimum(1)) (maximum(2))),
    ..extra: each_member(maximum(7)) names(max_length(1)),
    ..self: whole not(required("a" "b")),
});

#[derive(Debug, Clone, Copy, PartialEq)]
enum Tag {
    New,
}
codec!(enum Tag: String {
    New = "new",
});

#[derive(Debug, Clone, PartialEq)]
enum Source {
    Text(String),
    Number(i64),
    Booking(Box<Booking>),
    Nothing,
}
codec!(union Source {
    Text: [string],
    Number: [number],
    Booking: [object],
    Nothing: null,
});
rules!(union Source {
    Text: max_length(2),
    Booking: nested,
    ..self: whole not(values("[7]")),
});

fn booking(source: Source) -> Booking {
    Booking {
        passenger_name: None,
        seats: vec![1],
        note: Nullable::Null,
        tags: None,
        source,
        stops: None,
        home: None,
        image: None,
        pair: (1, 2.0),
        extra: BTreeMap::new(),
    }
}

#[test]
fn typed_values_list_everything() {
    let tagged = Booking {
        tags: Some(Tag::ALL.to_vec()),
        ..booking(Source::Nothing)
    };
    assert_eq!(tagged.validate(), Ok(()));
    let inner = Booking {
        pair: (0, 2.5),
        ..booking(Source::Text("abc".into()))
    };
    let wrong = Booking {
        passenger_name: Some("anna".into()),
        seats: vec![0, 0, 10],
        note: Nullable::Value("long".into()),
        tags: Some(Vec::new()),
        source: Source::Number(7),
        stops: Some(vec![inner]),
        home: Some("http://".into()),
        image: Some(Base64(vec![0; 4])),
        pair: (1, 2.0),
        extra: BTreeMap::from([("a".into(), 8), ("bb".into(), 7), ("c".into(), 1)]),
    };
    assert_eq!(
        lines(wrong.validate()),
        [
            "/passenger~1name: expected text that matches `^[A-Z]`, found \"anna\"",
            "/seats: expected a list of at most 2 items, found 3 items",
            "/seats/0: expected a number of at least 1, found 0",
            "/seats/1: expected a number of at least 1, found 0",
            "/seats/2: expected a number of at most 9, found 10",
            "/seats: expected a list without equal items, found 3 items",
            "/note: expected text of at most 3 characters, found \"long\"",
            "/tags: expected a list of at least 1 item, found 0 items",
            "/source: expected a value that is not as the document excludes, found 7",
            "/stops/0/source: expected text of at most 2 characters, found \"abc\"",
            "/stops/0/pair/0: expected a number of at least 1, found 0",
            "/stops/0/pair/1: expected a number of at most 2, found 2.5",
            "/home: expected text of at most 5 characters, found \"http://\"",
            "/image: expected text of at most 4 characters, found \"AAAAAA==\"",
            "/a: expected a number of at most 7, found 8",
            "/bb: expected text of at most 1 character, found \"bb\"",
        ]
    );
    let both = Booking {
        extra: BTreeMap::from([("a".into(), 1), ("b".into(), 1)]),
        ..booking(Source::Booking(Box::new(booking(Source::Nothing))))
    };
    assert_eq!(
        lines(both.validate()),
        ["expected a value that is not as the document excludes, found an object of 6 members"]
    );
}

#[derive(Debug, Clone, PartialEq)]
struct Link {
    next: Chain,
}
codec!(struct Link {
    next: "next",
});
rules!(struct Link {
    next: "next" nested,
});

#[derive(Debug, Clone, PartialEq)]
enum Chain {
    Link(Box<Link>),
    End(i64),
}
codec!(union Chain {
    Link: [object],
    End: [number],
});
rules!(union Chain {
    Link: nested,
    End: minimum(1),
});

/// A chain of this length.
fn chain(length: usize) -> Chain {
    (0..length).fold(Chain::End(0), |next, _| {
        Chain::Link(Box::new(Link { next }))
    })
}

#[test]
fn depth_and_number_are_bounded() {
    // As deep as JSON is read.
    let found = chain(127).validate().unwrap_err();
    assert_eq!(found.list()[0].pointer, "/next".repeat(127));
    let found = chain(2_000).validate().unwrap_err();
    assert_eq!(
        found
            .list()
            .iter()
            .map(|found| found.keyword)
            .collect::<Vec<_>>(),
        ["limit"]
    );
    let many = vec![0i64; 1_000];
    let found = Checker::run_with(&many, rules!(each(minimum(1)))).unwrap_err();
    assert_eq!((found.list().len(), found.more()), (100, 900));
    assert!(found.to_string().ends_with("\nand 900 more"));
    let link = Link {
        next: Chain::End(1),
    };
    assert_eq!(link.validate(), Ok(()));
    assert_eq!(Source::Nothing.validate(), Ok(()));
}

#[test]
fn names_of_a_value_stand_in_pointers_as_they_are_nested() {
    let value = serde_json::json!({ "a/b": [{ "c~d": 1, "e": { "": 5, "f": 0 } }, { "c~d": 7 }] });
    let rules = rules!(each_member(each(each_member(
        maximum(4) each_member(maximum(4))
    ))));
    let found = Checker::run_with(&value, rules).unwrap_err();
    let pointers: Vec<&str> = found.list().iter().map(|found| &*found.pointer).collect();
    assert_eq!(pointers, ["/a~1b/0/e/", "/a~1b/1/c~0d"]);
}

#[derive(Debug, Clone, PartialEq)]
struct Track(String, Option<Link>, Vec<Code>);
codec!(tuple Track {
    0,
    1 optional,
    2 rest,
});
rules!(tuple Track {
    0: max_length(2),
    1: nested,
    2 rest: nested,
    ..self: whole max_items(4),
});

#[derive(Debug, Clone, PartialEq)]
struct Code(String);
codec!(newtype Code(String));
rules!(newtype Code {
    0: pattern("^[A-Z]+$"),
});

#[test]
fn items_of_tuples_are_counted_from_the_first() {
    let track = |texts: &[&str]| {
        let link = Link {
            next: Chain::End(0),
        };
        let codes = texts.iter().map(|text| Code((*text).to_owned())).collect();
        Track("abc".to_owned(), Some(link), codes)
    };
    assert_eq!(
        lines(track(&["A", "b", "C"]).validate()),
        [
            "/0: expected text of at most 2 characters, found \"abc\"",
            "/1/next: expected a number of at least 1, found 0",
            "/3: expected text that matches `^[A-Z]+$`, found \"b\"",
            "expected a list of at most 4 items, found 5 items",
        ]
    );
    assert_eq!(Code("A".to_owned()).validate(), Ok(()));
    assert_eq!(Track("a".to_owned(), None, Vec::new()).validate(), Ok(()));
}

#[derive(Debug, Clone, PartialEq)]
enum Marks {
    List(Vec<String>),
}
codec!(union Marks {
    List: [array],
});
rules!(union Marks {
    List: counted max_items(3),
    List: whole unique_items,
});

#[test]
fn a_variant_can_have_several_lines() {
    let marks = |texts: &[&str]| Marks::List(texts.iter().map(|text| (*text).to_owned()).collect());
    let found = |texts: &[&str]| marks(texts).validate().map_err(|found| found.list().len());
    assert_eq!(found(&["a", "b"]), Ok(()));
    assert_eq!(found(&["a", "a"]), Err(1));
    assert_eq!(found(&["a", "a", "b", "c"]), Err(2));
}

#[test]
fn what_a_secret_breaks_is_told_without_it() {
    #[derive(Debug, Clone, PartialEq)]
    struct Login {
        password: SecretString,
    }
    codec!(struct Login { password: "password", });
    rules!(struct Login { password: "password" min_length(9) pattern("[0-9]"), });
    let login = Login {
        password: "hunter".into(),
    };
    let error = login.validate().unwrap_err();
    assert_eq!(error.list().len(), 2);
    assert!(!format!("{error} {error:?}").contains("hunter"), "{error}");
}
