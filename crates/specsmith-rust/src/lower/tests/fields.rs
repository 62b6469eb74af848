//! Fields: presence, access, constants, names, maps.

use super::build::*;
use crate::model::{Derive, FieldKind, TypeBody};
use specsmith_ir::*;

#[test]
fn presence_and_null_are_told_apart() {
    let mut api = ApiBuilder::default();
    let book = api.component("Book", Shape::Any);
    let plain = api.inside(book, property("plain"), string());
    let null = api.inside(book, property("null"), Shape::Nullable(plain));
    let fields = vec![
        field("required", plain, Presence::Required),
        field("required_null", null, Presence::Required),
        field("optional", plain, Presence::Optional),
        field("optional_null", null, Presence::Optional),
        field("default", plain, Presence::Default(Value::String("x".to_owned()))),
    ];
    api.redefine(
        book,
        Shape::Object(Object {
            fields,
            ..empty_object(Rest::Denied)
        }),
    );
    let lowered = api.lower();
    let expected = [
        "required: String",
        "required_null: Option<String>",
        "optional: Option<String>",
        "optional_null: Nullable<String>",
        "default: Option<String>",
    ];
    assert_eq!(lowered.fields("Book"), expected);
    let TypeBody::Struct(body) = &lowered.item("Book").body else {
        panic!("no struct")
    };
    let kinds: Vec<FieldKind> = body.fields.iter().map(|field| field.kind).collect();
    use FieldKind::{Nullable, Optional, Required};
    assert_eq!(kinds, [Required, Required, Optional, Nullable, Optional]);
    assert_eq!(body.fields[4].default, Some(Value::String("x".to_owned())));
    assert!(body.fields[4].docs.as_str().contains("Default: "));
    assert!(body.closed);
    assert!(lowered.model.uses.nullable);
}

#[test]
fn fields_of_one_direction_are_optional_and_say_so() {
    let mut api = ApiBuilder::default();
    let book = api.component("Book", Shape::Any);
    let text = api.inside(book, property("id"), string());
    let one_way = |name: &str, access| Field {
        access,
        ..field(name, text, Presence::Required)
    };
    let fields = vec![one_way("id", Access::ReadOnly), one_way("secret", Access::WriteOnly)];
    api.redefine(
        book,
        Shape::Object(Object {
            fields,
            ..empty_object(Rest::Unstated)
        }),
    );
    let lowered = api.lower();
    assert_eq!(lowered.fields("Book"), ["id: Option<String>", "secret: Option<String>"]);
    let TypeBody::Struct(body) = &lowered.item("Book").body else {
        panic!("no struct")
    };
    assert!(body.fields[0].docs.as_str().contains("Read only"));
    assert!(body.fields[1].docs.as_str().contains("Write only"));
    assert!(lowered.item("Book").derives.contains(&Derive::Default));
}

#[test]
fn null_and_any_have_no_option_of_their_own() {
    let mut api = ApiBuilder::default();
    let book = api.component("Book", Shape::Any);
    let null = api.inside(book, property("null"), Shape::Null);
    let any = api.inside(book, property("any"), Shape::Any);
    let any_or_null = api.inside(book, property("any_or_null"), Shape::Nullable(any));
    api.redefine(
        book,
        required(&[("null", null), ("any", any), ("any_or_null", any_or_null)]),
    );
    assert_eq!(
        api.lower().fields("Book"),
        ["null: Unit", "any: Value", "any_or_null: Value"]
    );
}

#[test]
fn a_named_nullable_gives_its_name_to_what_it_wraps() {
    let mut api = ApiBuilder::default();
    let maybe = api.component("Author", Shape::Any);
    let inner = api.inside(maybe, Step::NonNull, Shape::Any);
    let name = api.inside(inner, property("name"), string());
    let kind = api.inside(inner, property("kind"), values(&["person", "company"]));
    api.redefine(inner, required(&[("name", name), ("kind", kind)]));
    api.redefine(maybe, Shape::Nullable(inner));
    let other = api.component("Writer", Shape::Alias(maybe));
    let book = api.component("Book", required(&[("author", maybe), ("writer", other)]));
    let _ = book;
    let lowered = api.lower();
    assert_eq!(lowered.names(), ["Author", "Writer", "Book", "AuthorKind"]);
    assert_eq!(lowered.fields("Author"), ["name: String", "kind: AuthorKind"]);
    assert_eq!(lowered.alias("Writer"), "Author");
    assert_eq!(
        lowered.fields("Book"),
        ["author: Option<Author>", "writer: Option<Writer>"]
    );
}

#[test]
fn required_constants_are_written_and_not_kept() {
    let mut api = ApiBuilder::default();
    let event = api.component("Event", Shape::Any);
    let of = |value: Value| Shape::Const(value);
    let object = api.inside(event, property("object"), of(Value::String("event".to_owned())));
    let version = api.inside(event, property("version"), of(Value::Number(Number::from(2))));
    let ratio = api.inside(event, property("ratio"), of(Value::Number(Number::new("0.5").unwrap())));
    let fields = vec![
        field("object", object, Presence::Required),
        field("version", version, Presence::Required),
        field("ratio", ratio, Presence::Required),
        field("kind", object, Presence::Optional),
    ];
    api.redefine(
        event,
        Shape::Object(Object {
            fields,
            ..empty_object(Rest::Unstated)
        }),
    );
    let lowered = api.lower();
    let TypeBody::Struct(body) = &lowered.item("Event").body else {
        panic!("no struct")
    };
    let constants: Vec<&str> = body.constants.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(constants, ["object", "version"]);
    assert_eq!(
        lowered.fields("Event"),
        ["ratio: EventRatio", "kind: Option<EventObject>"]
    );
    assert_eq!(lowered.variants("EventRatio"), ["N0_5"]);
    assert_eq!(lowered.variants("EventObject"), ["Event"]);
}

#[test]
fn objects_are_structs_or_maps() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let with_rest = |rest, fields: &[(&str, TypeId)]| {
        let Shape::Object(object) = required(fields) else {
            unreachable!()
        };
        Shape::Object(Object { rest, ..object })
    };
    api.component("Map", with_rest(Rest::Typed(text), &[]));
    api.component("Nothing", with_rest(Rest::Denied, &[]));
    api.component("Both", with_rest(Rest::Typed(text), &[("additionalProperties", text)]));
    let pattern = |ty| PatternField {
        pattern: "^[a-z]".to_owned(),
        ty,
    };
    let number = api.component("Count", integer());
    let patterns = |patterns: Vec<PatternField>, rest| {
        Shape::Object(Object {
            patterns,
            ..empty_object(rest)
        })
    };
    api.component("OnePattern", patterns(vec![pattern(text)], Rest::Denied));
    api.component(
        "TwoPatterns",
        patterns(vec![pattern(text), pattern(number)], Rest::Denied),
    );
    let lowered = api.lower();
    assert_eq!(lowered.alias("Map"), "Map<Text>");
    assert_eq!(lowered.fields("Nothing"), Vec::<String>::new());
    assert_eq!(
        lowered.fields("Both"),
        ["additional_properties: Text", "other_properties: ..Text"]
    );
    assert_eq!(lowered.alias("OnePattern"), "Map<Text>");
    assert_eq!(lowered.alias("TwoPatterns"), "Map<Value>");
    assert_eq!(lowered.codes(), ["pattern-not-typed"]);
}

#[test]
fn field_names_pass_the_obstacle_course() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let names = [
        "type",
        "self",
        "userName",
        "user_name",
        "user-name",
        "+1",
        "-1",
        "",
        "_",
        "2fa",
        "a.b",
        "a_b",
        "$ref",
        "ref",
        "gen",
        "Größe",
        "😀",
        "@id",
        "ID",
    ];
    let fields: Vec<(&str, TypeId)> = names.iter().map(|name| (*name, text)).collect();
    api.component("Course", object(&fields));
    let lowered = api.lower();
    let found: Vec<String> = lowered
        .fields("Course")
        .iter()
        .map(|field| field.replace(": Option<Text>", ""))
        .collect();
    let expected = [
        "r#type",
        "self_",
        "user_name_2",
        "user_name",
        "user_dash_name",
        "plus1",
        "minus1",
        "empty",
        "underscore",
        "n2fa",
        "a_dot_b",
        "a_b",
        "dollar_ref",
        "r#ref",
        "r#gen",
        "grosse",
        "u1f600",
        "id",
        "id_2",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_required_enum_of_one_value_is_no_argument() {
    let mut api = ApiBuilder::default();
    let kind = api.component("Kind", values(&["lamp"]));
    let color = api.component("Color", values(&["red", "blue"]));
    let nullable = api.component("Note", Shape::Nullable(kind));
    let fields = vec![
        field("kind", kind, Presence::Required),
        field("spare_kind", kind, Presence::Optional),
        field("color", color, Presence::Required),
        field("note", nullable, Presence::Required),
    ];
    let lamp = Shape::Object(Object {
        fields,
        ..empty_object(Rest::Denied)
    });
    api.component("Lamp", lamp);
    let lowered = api.lower();
    let TypeBody::Struct(body) = &lowered.item("Lamp").body else {
        panic!("a struct")
    };
    let arguments: Vec<_> = body.arguments().map(|field| field.name.as_str()).collect();
    assert_eq!(arguments, ["color", "note"]);
    let fixed = body.fields.iter().map(|field| field.fixed.is_some());
    assert_eq!(fixed.collect::<Vec<_>>(), [true, false, false, false]);
}
