//! Members that are missing or null where they must not be.

use super::*;

#[derive(Debug, Clone, PartialEq)]
struct Book {
    id: i64,
    title: String,
    genre: Genre,
    authors: Vec<String>,
    tags: Option<Vec<String>>,
    origin: Labels,
}
codec!(struct Book {
    id: "id",
    title: "title" lenient,
    genre: "genre" lenient_enum,
    authors: "authors" lenient_items,
    tags: "tags" optional_items,
    origin: "origin" lenient,
});

#[test]
fn what_is_missing_or_null_becomes_a_default() {
    let expected = Book {
        id: 1,
        title: String::new(),
        genre: Genre::Unknown(String::new()),
        authors: Vec::new(),
        tags: None,
        origin: Labels::default(),
    };
    let null = r#"{"id":1,"title":null,"genre":null,"authors":null,"tags":null,"origin":null}"#;
    for text in [r#"{"id":1}"#, null] {
        assert_eq!(from_json::<Book>(text.as_bytes()).unwrap(), expected);
    }
    let items: Book =
        from_json(br#"{"id":1,"authors":[null,"a",null],"tags":["b",null]}"#).unwrap();
    assert_eq!(
        (items.authors, items.tags),
        (vec!["a".to_owned()], Some(vec!["b".to_owned()]))
    );
}

#[test]
fn what_is_there_is_read_and_checked_as_ever() {
    round_trip::<Book>(
        r#"{"id":1,"title":"t","genre":"crime","authors":["a"],"tags":["b"],"origin":{"version":2}}"#,
    );
    assert_eq!(
        error::<Book>(r#"{"id":1,"title":5}"#),
        "expected a string, found a number at `title` (line 1, column 17)"
    );
    assert_eq!(
        error::<Book>(r#"{"title":"t"}"#),
        "missing property `id` of `Book` (line 1, column 13)"
    );
}
