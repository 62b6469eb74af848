//! Names that the user gives.

use super::build::*;
use crate::TypeOptions;
use specsmith_ir::*;

fn renames(names: &[(&str, &str)]) -> TypeOptions {
    TypeOptions {
        renames: names
            .iter()
            .map(|(key, name)| ((*key).to_owned(), (*name).to_owned()))
            .collect(),
        ..TypeOptions::default()
    }
}

/// A book with a genre, and an operation that finds books.
fn library() -> ApiBuilder {
    let mut api = ApiBuilder::default();
    let book = api.component("book_v2", Shape::Any);
    let text = api.component("Title", string());
    let genre = api.inside(book, property("genre"), values(&["sci-fi", "crime"]));
    let size = api.inside(book, property("size"), object(&[("height", text)]));
    api.redefine(book, object(&[("title", text), ("genre", genre), ("size", size)]));
    let operation = api.operation(Some("findBooks"), "GET", "/books/{id}", &["books"]);
    operation.parameters = vec![parameter("q", ParameterIn::Query, Presence::Optional, text)];
    operation.responses = vec![response(Status::Code(200), vec![as_json(Some(book))])];
    api
}

#[test]
fn a_schema_gives_its_name_to_what_is_inside() {
    let lowered = library().lower_with(&renames(&[("book_v2", "Book")]));
    assert_eq!(lowered.names(), ["Book", "Title", "BookGenre", "BookSize"]);
    assert_eq!(lowered.codes(), [""; 0]);
}

#[test]
fn everything_that_has_a_name_can_be_renamed() {
    let lowered = library().lower_with(&renames(&[
        ("#/components/schemas/book_v2/properties/title", "heading"),
        ("#/components/schemas/book_v2/properties/genre", "Genre"),
        (
            "#/components/schemas/book_v2/allOf/0/properties/genre/enum/sci-fi",
            "ScienceFiction",
        ),
        ("#/components/schemas/book_v2/properties/genre/enum/1", "Noir"),
        ("#/paths/~1books~1%7Bid%7D/get", "search"),
        ("#/paths/~1books~1{id}/get/parameters/q", "query"),
        ("#/tags/books", "Library"),
    ]));
    assert_eq!(lowered.codes(), [""; 0]);
    assert_eq!(
        lowered.fields("BookV2"),
        [
            "heading: Option<Title>",
            "genre: Option<Genre>",
            "size: Option<BookV2Size>"
        ]
    );
    assert_eq!(lowered.variants("Genre"), ["ScienceFiction", "Noir"]);
    let group = &lowered.model.groups[0];
    assert_eq!((group.name.as_str(), group.accessor.as_str()), ("Library", "library"));
    let operation = &group.operations[0];
    let names = [
        &operation.name,
        &operation.function,
        &operation.method,
        &operation.parameters[0].name,
    ];
    assert_eq!(names.map(|name| name.as_str()), ["Search", "search", "search", "query"]);
}

#[test]
fn renamed_variants_are_those_of_a_schema() {
    let mut api = ApiBuilder::default();
    let cat = api.component("Cat", object(&[]));
    let dog = api.component("Dog", object(&[]));
    api.component("Pet", union(&[cat, dog]));
    let lowered = api.lower_with(&renames(&[("#/components/schemas/Pet/oneOf/Dog", "Hound")]));
    assert_eq!(lowered.variants("Pet"), ["Cat(Cat)", "Hound(Dog)"]);
}

#[test]
fn a_variant_for_one_value_is_named_as_the_value_and_has_a_type_where_that_is_named() {
    let mut api = ApiBuilder::default();
    let size = api.component("Size", integer());
    let step = Step::Variant { index: 1, hint: None };
    let auto = api.inside(size, step, values(&["auto"]));
    let count = api.component("Count", integer());
    api.redefine(size, union(&[count, auto]));
    let place = "#/components/schemas/Size/oneOf/1";
    let lowered = api.lower_with(&renames(&[(&format!("{place}/enum/auto"), "ByServer")]));
    assert_eq!(lowered.variants("Size"), ["Count(Count)", "ByServer = \"auto\""]);
    assert_eq!(lowered.codes(), [""; 0]);
    let lowered = api.lower_with(&renames(&[(place, "AutoSize")]));
    assert_eq!(lowered.variants("Size"), ["Count(Count)", "AutoSize(AutoSize)"]);
    assert_eq!(lowered.codes(), [""; 0]);
}

#[test]
fn names_of_the_user_come_before_all_others() {
    let mut api = library();
    api.component("Book", object(&[]));
    let lowered = api.lower_with(&renames(&[("book_v2", "Book")]));
    assert_eq!(lowered.names(), ["Book", "Title", "BookModel", "BookGenre", "BookSize"]);
    assert_eq!(lowered.codes(), ["name-collision"]);
}

#[test]
fn names_that_cannot_be_names_are_errors() {
    for (key, name) in [
        ("book_v2", "1Book"),
        ("book_v2", ""),
        ("book_v2", "Book V2"),
        ("book_v2", "Self"),
        ("book_v2", "Book_"),
        ("#/components/schemas/book_v2/properties/title", "headLine"),
        ("book_v2", "Option"),
        ("#/paths/~1books~1{id}/get", "routes"),
    ] {
        let lowered = library().lower_with(&renames(&[(key, name)]));
        assert!(
            lowered.codes().contains(&"invalid-rename"),
            "{name}: {:?}",
            lowered.codes()
        );
    }
    let both = renames(&[("book_v2", "Book"), ("Title", "Book")]);
    assert_eq!(library().lower_with(&both).codes(), ["invalid-rename"]);
}

#[test]
fn names_of_nothing_are_told_with_what_is_meant() {
    let lowered = library().lower_with(&renames(&[
        ("Book_V2", "Book"),
        ("#/components/schemas/book_v2/properties/titel", "heading"),
        ("#/components/schemas/book_v2/properties/title", "Heading"),
    ]));
    let helps: Vec<&str> = lowered
        .diagnostics
        .iter()
        .filter_map(|finding| finding.help.as_deref())
        .collect();
    assert_eq!(lowered.codes(), ["unused-option"; 3]);
    assert_eq!(
        helps,
        [
            "did you mean `#/components/schemas/book_v2`?",
            "did you mean `#/components/schemas/book_v2/properties/title`?",
            "write the name as that of a field: `like_this`",
        ]
    );
}
