//! Arrays whose first items have types of their own.

use super::*;

#[derive(Debug, Clone, PartialEq)]
struct Point(f64, f64, Option<f64>);
codec!(tuple Point {
    0,
    1,
    2 optional,
});

#[derive(Debug, Clone, PartialEq)]
struct Row(String, Vec<i64>);
codec!(tuple Row {
    0,
    1 rest,
});

#[test]
fn the_tail_may_be_absent_and_more_items_are_kept() {
    assert_eq!(round_trip::<Point>("[1.5,2.5]"), Point(1.5, 2.5, None));
    assert_eq!(
        round_trip::<Point>("[1.5,2.5,3.5]"),
        Point(1.5, 2.5, Some(3.5))
    );
    assert_eq!(round_trip::<Row>(r#"["a"]"#), Row("a".to_owned(), vec![]));
    assert_eq!(
        round_trip::<Row>(r#"["a",1,2]"#),
        Row("a".to_owned(), vec![1, 2])
    );
}

#[test]
fn wrong_items_are_told() {
    assert_eq!(
        error::<Point>("[1.5]"),
        "only 1 items where `Point` has more (line 1, column 5)"
    );
    assert_eq!(
        error::<Point>("[1,2,3,4]"),
        "more items than `Point` has (line 1, column 9)"
    );
    assert_eq!(
        error::<Vec<Row>>(r#"[["a",1,"b"]]"#),
        "expected a whole number of 64 bits, found a string at `[0][2]` (line 1, column 11)"
    );
    assert_eq!(
        error::<Point>("{}"),
        "expected an array (`Point`), found an object (line 1, column 0)"
    );
}

#[test]
fn the_end_is_read_once() {
    // CBOR tells how many items there are, and what stands behind them is another list's.
    for rows in [
        vec![],
        vec![
            Row("a".to_owned(), vec![]),
            Row("b".to_owned(), vec![1]),
            Row("c".to_owned(), vec![2, 3]),
        ],
    ] {
        let mut bytes = Vec::new();
        ciborium::into_writer(&rows, &mut bytes).unwrap();
        let read: Vec<Row> = ciborium::from_reader(bytes.as_slice()).unwrap();
        assert_eq!(read, rows);
    }
}
