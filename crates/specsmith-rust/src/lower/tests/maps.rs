//! Members without a field, names of members, and what the user wants of them.

use specsmith_ir::*;

use super::build::*;
use crate::model::{Derive, Leniency, TypeBody};
use crate::{Selection, TypeOptions};

fn pattern(pattern: &str, ty: TypeId) -> PatternField {
    PatternField {
        pattern: pattern.to_owned(),
        ty,
    }
}

fn with_patterns(patterns: Vec<PatternField>, rest: Rest) -> Shape {
    Shape::Object(Object {
        patterns,
        ..empty_object(rest)
    })
}

fn keyed(names: TypeId, values: TypeId) -> Shape {
    Shape::Object(Object {
        names: Some(names),
        ..empty_object(Rest::Typed(values))
    })
}

#[test]
fn each_simple_pattern_has_a_map_of_its_own() {
    let mut api = ApiBuilder::default();
    let (text, number) = (api.component("Text", string()), api.component("Count", integer()));
    let simple = vec![pattern("^x-", text), pattern("_count$", number)];
    api.component("Simple", with_patterns(simple.clone(), Rest::Denied));
    api.component("Open", with_patterns(simple, Rest::Typed(text)));
    api.component(
        "All",
        with_patterns(vec![pattern("^x-", text), pattern(".*", number)], Rest::Unstated),
    );
    api.component(
        "Same",
        with_patterns(vec![pattern("^[a-z]", text), pattern("b", text)], Rest::Unstated),
    );
    let lowered = api.lower();
    let maps = [
        "x_properties: ..Text if StartsWith(\"x-\")",
        "count_properties: ..Count if EndsWith(\"_count\")",
    ];
    assert_eq!(lowered.fields("Simple"), maps);
    let rest = "additional_properties: ..Text";
    assert_eq!(lowered.fields("Open"), [maps[0], maps[1], rest]);
    assert_eq!(lowered.fields("All"), [maps[0], "additional_properties: ..Count"]);
    assert_eq!(lowered.alias("Same"), "Map<Text>");
    assert!(lowered.codes().is_empty());
    let TypeBody::Struct(simple) = &lowered.item("Simple").body else {
        panic!("a struct");
    };
    assert!(simple.closed);
}

#[test]
fn names_of_members_are_typed_where_they_have_an_order() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let genre = api.component("Genre", values(&["crime", "poetry"]));
    let id = api.component(
        "Id",
        Shape::String(specsmith_ir::Text {
            format: Some("uuid".to_owned()),
            ..Default::default()
        }),
    );
    let long = api.component("Long", string());
    api.component("ByGenre", keyed(genre, text));
    api.component("ById", keyed(id, text));
    api.component("ByText", keyed(long, text));
    let lowered = api.lower();
    assert_eq!(lowered.alias("ByGenre"), "Map<Genre, Text>");
    assert_eq!(lowered.alias("ById"), "Map<Id, Text>");
    assert_eq!(lowered.alias("ByText"), "Map<Text>");
    assert!(lowered.item("Genre").derives.contains(&Derive::Ord));
}

#[test]
fn types_are_lenient_as_far_as_they_have_an_honest_default() {
    let mut api = ApiBuilder::default();
    let (text, number) = (api.component("Text", string()), api.component("Count", integer()));
    let genre = api.component("Genre", values(&["crime", "poetry"]));
    let texts = api.component("Texts", list(text));
    let (full, empty) = (required(&[("genre", genre)]), object(&[("a", text)]));
    let (full, empty) = (api.component("Full", full), api.component("Empty", empty));
    let zero = required(&[("a", text), ("empty", empty), ("texts", texts)]);
    let zero = api.component("Zero", zero);
    let fields = [
        ("text", text),
        ("number", number),
        ("genre", genre),
        ("texts", texts),
        ("full", full),
        ("empty", empty),
        ("zero", zero),
    ];
    api.component("Book", required(&fields));
    api.component("Strict", required(&fields));
    let options = TypeOptions {
        lenient: Selection::Named(["Book".to_owned()].into()),
        keep_unknown: Selection::Named(["Full".to_owned()].into()),
        ..TypeOptions::default()
    };
    let lowered = api.lower_with(&options);
    let leniency = |name: &str| match &lowered.item(name).body {
        TypeBody::Struct(body) => Vec::from_iter(body.fields.iter().map(|field| field.leniency)),
        body => panic!("{body:?}"),
    };
    use Leniency::{Default, Items, Strict, UnknownValue};
    assert_eq!(
        leniency("Book"),
        [Default, Default, UnknownValue, Items, Strict, Default, Default]
    );
    assert!(lowered.item("Zero").derives.contains(&Derive::Default));
    assert!(!lowered.item("Full").derives.contains(&Derive::Default));
    assert_eq!(leniency("Strict"), [Strict; 7]);
    assert!(lowered.model.uses.lenient);
    assert_eq!(
        lowered.fields("Full"),
        ["genre: Genre", "additional_properties: ..Value"]
    );
    assert_eq!(lowered.fields("Empty"), ["a: Option<Text>"]);
    assert!(lowered.codes().is_empty());
}

#[test]
fn values_that_json_would_not_read_are_any_value() {
    let nested = |levels: usize| (0..levels).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
    let mut api = ApiBuilder::default();
    api.component("Deep", Shape::Const(nested(128)));
    api.component("Flat", Shape::Const(nested(127)));
    let lowered = api.lower();
    assert_eq!(lowered.alias("Deep"), "Value");
    assert_eq!(lowered.variants("Flat").len(), 1);
    assert_eq!(lowered.codes(), ["not-generated"]);
}
