//! Unnamed types that say the same.

use super::build::*;
use crate::TypeOptions;
use crate::model::Usage;
use specsmith_ir::*;

/// What is another name for what.
fn other_names(lowered: &Lowered) -> Vec<String> {
    let items = lowered.model.types.iter();
    let same = items.filter_map(|item| Some((item, lowered.model.ty(item.same_as?))));
    same.map(|(other, written)| format!("{} = {}", other.name, written.name))
        .collect()
}

/// A schema with one member of a type that has no name.
fn holder(api: &mut ApiBuilder, name: &str, member: &str, shape: Shape) -> TypeId {
    let holder = api.component(name, Shape::Any);
    let inside = api.inside(holder, property(member), shape);
    api.redefine(holder, object(&[(member, inside)]));
    holder
}

fn books_and_films() -> ApiBuilder {
    let mut api = ApiBuilder::default();
    holder(&mut api, "Recording", "order", values(&["up", "down"]));
    holder(&mut api, "Book", "order", values(&["up", "down"]));
    holder(&mut api, "Film", "order", values(&["up", "down"]));
    holder(&mut api, "Play", "order", values(&["up", "down", "none"]));
    api
}

#[test]
fn the_one_with_the_shortest_name_is_written_out() {
    let lowered = books_and_films().lower();
    assert_eq!(
        other_names(&lowered),
        ["RecordingOrder = BookOrder", "FilmOrder = BookOrder"]
    );
}

#[test]
fn a_name_of_the_document_or_the_user_goes_first() {
    let mut api = books_and_films();
    let options = TypeOptions {
        renames: [("#/components/schemas/Film/properties/order", "SortingOrder")]
            .map(|(place, name)| (place.to_owned(), name.to_owned()))
            .into(),
        ..TypeOptions::default()
    };
    assert_eq!(
        other_names(&api.lower_with(&options)),
        ["RecordingOrder = SortingOrder", "BookOrder = SortingOrder"]
    );
    api.component("OrderOfThings", values(&["up", "down"]));
    assert_eq!(
        other_names(&api.lower()),
        [
            "RecordingOrder = OrderOfThings",
            "BookOrder = OrderOfThings",
            "FilmOrder = OrderOfThings"
        ]
    );
}

#[test]
fn schemas_with_names_are_types_of_their_own() {
    let mut api = ApiBuilder::default();
    api.component("Width", values(&["1", "2"]));
    api.component("Height", values(&["1", "2"]));
    assert_eq!(other_names(&api.lower()), [""; 0]);
}

#[test]
fn types_are_the_same_where_their_parts_are() {
    let mut api = ApiBuilder::default();
    for (name, texts) in [
        ("Book", ["up", "down"]),
        ("Film", ["up", "down"]),
        ("Play", ["on", "off"]),
    ] {
        let holder = api.component(name, Shape::Any);
        let page = api.inside(holder, property("page"), Shape::Any);
        let order = api.inside(page, property("order"), values(&texts));
        api.redefine(page, object(&[("order", order)]));
        api.redefine(holder, object(&[("page", page)]));
    }
    assert_eq!(
        other_names(&api.lower()),
        ["FilmPage = BookPage", "FilmPageOrder = BookPageOrder"]
    );
}

#[test]
fn what_holds_itself_is_a_type_of_its_own() {
    let mut api = ApiBuilder::default();
    for name in ["Book", "Film"] {
        let holder = api.component(name, Shape::Any);
        let part = api.inside(holder, property("part"), Shape::Any);
        let parts = api.inside(part, property("parts"), list(part));
        api.redefine(part, object(&[("parts", parts)]));
        api.redefine(holder, object(&[("part", part)]));
    }
    assert_eq!(other_names(&api.lower()), [""; 0]);
}

#[test]
fn schemas_with_names_are_parts_of_their_own() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let [width, height] = ["Width", "Height"].map(|name| api.component(name, object(&[("size", text)])));
    for (name, part) in [("Book", width), ("Film", height), ("Play", width)] {
        holder(&mut api, name, "page", object(&[("size", part)]));
    }
    assert_eq!(other_names(&api.lower()), ["PlayPage = BookPage"]);
}

#[test]
fn a_long_way_through_schemas_is_gone_once() {
    let mut api = ApiBuilder::default();
    let text = api.component("End", string());
    let mut next = text;
    for index in 0..20_000 {
        let schema = api.component(&format!("S{index}"), Shape::Any);
        let inside = api.inside(schema, property("inside"), object(&[("next", next)]));
        api.redefine(schema, object(&[("inside", inside)]));
        next = inside;
    }
    assert_eq!(other_names(&api.lower()), [""; 0]);
}

#[test]
fn what_is_said_about_a_member_tells_types_apart_and_about_the_whole_does_not() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    for (name, whole, member) in [
        ("Book", "Of a book.", "In metres."),
        ("Film", "Of a film.", "In metres."),
        ("Play", "Of a book.", "In minutes."),
    ] {
        let holder = holder(&mut api, name, "size", Shape::Any);
        let size = api.inside(holder, property("size"), Shape::Any);
        let docs = |text: &str| Docs {
            description: Some(text.to_owned()),
            ..Docs::default()
        };
        let mut height = field("height", text, Presence::Optional);
        height.docs = docs(member);
        let shape = Shape::Object(Object {
            fields: vec![height],
            ..empty_object(Rest::Unstated)
        });
        api.api.types.define(size, shape, docs(whole));
        api.redefine(holder, object(&[("size", size)]));
    }
    let lowered = api.lower();
    assert_eq!(other_names(&lowered), ["FilmSize = BookSize"]);
    assert!(lowered.item("FilmSize").docs.as_str().contains("Of a film."));
}

#[test]
fn what_the_user_derives_for_one_tells_it_apart() {
    let mut api = books_and_films();
    api.component("Order", values(&["up", "down"]));
    let options = TypeOptions {
        derives: [("Order".to_owned(), vec!["schemars::JsonSchema".to_owned()])].into(),
        ..TypeOptions::default()
    };
    assert_eq!(
        other_names(&api.lower_with(&options)),
        ["RecordingOrder = BookOrder", "FilmOrder = BookOrder"]
    );
}

#[test]
fn limits_tell_types_apart() {
    let mut api = ApiBuilder::default();
    for (name, min) in [("Book", 1), ("Film", 2), ("Play", 1)] {
        let holder = api.component(name, Shape::Any);
        let size = api.inside(holder, property("size"), Shape::Any);
        let unit = Shape::String(Text {
            min_length: Some(min),
            ..Text::default()
        });
        let unit = api.inside(size, property("unit"), unit);
        api.redefine(size, object(&[("unit", unit)]));
        api.redefine(holder, object(&[("size", size)]));
    }
    let lowered = api.lower();
    assert_eq!(other_names(&lowered), ["PlaySize = BookSize"]);
    let rules: Vec<&str> = lowered
        .model
        .rules
        .types
        .keys()
        .map(|id| lowered.model.ty(*id).name.as_str())
        .collect();
    assert_eq!(rules, ["Book", "Film", "Play", "BookSize", "FilmSize"]);
}

#[test]
fn what_uses_one_uses_all_and_is_where_all_find_it() {
    let mut api = ApiBuilder::default();
    let book = holder(&mut api, "Book", "order", values(&["up", "down"]));
    let film = holder(&mut api, "Film", "order", values(&["up", "down"]));
    let operation = api.operation(Some("putBook"), "PUT", "/books", &["Books"]);
    operation.request_body = Some(body(vec![as_json(Some(book))]));
    let operation = api.operation(Some("getFilm"), "GET", "/films", &["Films"]);
    operation.responses = vec![response(Status::Code(200), vec![as_json(Some(film))])];
    let lowered = api.lower();
    assert_eq!(other_names(&lowered), ["FilmOrder = BookOrder"]);
    let module = |name: &str| lowered.model.type_modules[lowered.item(name).module].as_str();
    assert_eq!((module("BookOrder"), module("FilmOrder")), ("shared", "films"));
    for name in ["BookOrder", "FilmOrder"] {
        let both = Usage {
            requests: true,
            responses: true,
        };
        assert_eq!(lowered.item(name).usage, both, "{name}");
    }
}
