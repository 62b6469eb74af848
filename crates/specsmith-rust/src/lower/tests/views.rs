//! Types of requests beside those of responses: names, fields, conversions.

use super::build::*;
use crate::model::{FieldKind, RustType, TypeBody, View};
use specsmith_ir::*;

/// An object of required fields; `<` before a name means read only, `>` write only.
fn one_way(fields: &[(&str, TypeId)]) -> Shape {
    let fields = fields.iter().map(|(name, ty)| {
        let (access, name) = match (name.strip_prefix('<'), name.strip_prefix('>')) {
            (Some(name), _) => (Access::ReadOnly, name),
            (_, Some(name)) => (Access::WriteOnly, name),
            _ => (Access::ReadWrite, *name),
        };
        Field {
            access,
            ..field(name, *ty, Presence::Required)
        }
    });
    Shape::Object(Object {
        fields: fields.collect(),
        ..empty_object(Rest::Unstated)
    })
}

/// An operation that sends and gets values of a type.
fn both_ways(api: &mut ApiBuilder, ty: TypeId) {
    let count = api.api.operations.len();
    let operation = api.operation(None, "PUT", &format!("/things/{count}"), &[]);
    operation.request_body = Some(body(vec![as_json(Some(ty))]));
    operation.responses = vec![response(Status::Code(200), vec![as_json(Some(ty))])];
}

fn split(mut api: ApiBuilder) -> Lowered {
    split_views(&mut api.api);
    api.lower()
}

/// Which types are made from which.
fn conversions(lowered: &Lowered) -> Vec<String> {
    let items = lowered.model.types.iter();
    let made = items.filter_map(|item| Some((item, lowered.model.ty(item.made_from?))));
    made.map(|(to, from)| format!("{} -> {}", from.name, to.name)).collect()
}

#[test]
fn what_must_be_there_in_a_direction_is_required_in_it() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let user = api.component("User", one_way(&[("<id", text), ("name", text), (">password", text)]));
    both_ways(&mut api, user);
    let lowered = split(api);
    assert_eq!(lowered.names(), ["Text", "User", "UserRequest"]);
    assert_eq!(lowered.fields("User"), ["id: Text", "name: Text"]);
    assert_eq!(lowered.fields("UserRequest"), ["name: Text", "password: Text"]);
    let request = lowered.item("UserRequest");
    assert!(matches!(request.view, View::Request(Some(of)) if lowered.model.ty(of).name.as_str() == "User"));
    assert_eq!(lowered.item("User").view, View::Response);
    assert_eq!(lowered.item("Text").view, View::Both);
    let TypeBody::Struct(body) = &request.body else {
        panic!("no struct")
    };
    assert_eq!(body.left_out, ["id"]);
    assert!(body.fields.iter().all(|field| field.kind == FieldKind::Required));
}

#[test]
fn a_field_of_one_direction_adds_names_and_changes_none() {
    let build = |id: &str| {
        let mut api = ApiBuilder::default();
        let text = api.component("Text", string());
        let book = api.component("Book", Shape::Any);
        let author = api.inside(book, property("author"), Shape::Any);
        let request = api.inside(book, property("request"), required(&[("text", text)]));
        api.redefine(author, one_way(&[(id, text), ("name", text)]));
        api.redefine(book, required(&[("author", author), ("request", request)]));
        let tag = api.inside(book, property("tag"), values(&["a"]));
        let body = api.of_operation(
            0,
            Step::RequestBody("application/json".to_owned()),
            required(&[("tag", tag)]),
        );
        both_ways(&mut api, book);
        api.api.operations[0].name = Some("bookInput".to_owned());
        let operation = api.operation(Some("bookInput"), "POST", "/books", &[]);
        operation.request_body = Some(super::build::body(vec![as_json(Some(body))]));
        split(api).names().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let (before, after) = (build("id"), build("<id"));
    assert_eq!(&after[..before.len()], &before);
    // `BookRequest` and `BookInput` are taken by a property and an operation.
    assert_eq!(&after[before.len()..], ["BookRequestBody", "BookRequestBodyAuthor"]);
}

#[test]
fn types_are_named_where_the_document_has_them() {
    // The schema is for requests only; responses have its members in an object of their own.
    let build = |number: &str| {
        let mut api = ApiBuilder::default();
        let text = api.component("Text", string());
        let payment = api.component("Payment", Shape::Any);
        let card = api.inside(payment, property("card"), one_way(&[(number, text), ("name", text)]));
        let status = api.inside(payment, property("status"), values(&["paid"]));
        api.redefine(payment, one_way(&[("card", card), ("<status", status)]));
        let step = Step::Response(Status::Code(200), "application/json".to_owned());
        let paid = api.of_operation(0, step, required(&[("card", card), ("status", status), ("link", text)]));
        let operation = api.operation(Some("pay"), "POST", "/payments", &[]);
        operation.request_body = Some(body(vec![as_json(Some(payment))]));
        operation.responses = vec![response(Status::Code(200), vec![as_json(Some(paid))])];
        let names: Vec<String> = split(api).names().into_iter().map(str::to_owned).collect();
        names
    };
    let before = ["Text", "Payment", "PaymentCard", "PaymentStatus", "PayResponseBody"];
    assert_eq!(build("number"), before);
    assert_eq!(build(">number"), [&before[..], &["PaymentCardRequest"]].concat());
}

#[test]
fn named_lists_and_maps_have_names_in_both_directions() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let user = api.component("User", one_way(&[("<id", text), ("name", text)]));
    let users = api.component("Users", list(user));
    let inner = api.inside(users, Step::NonNull, list(users));
    let maybe = api.component("MaybeUsers", Shape::Nullable(inner));
    both_ways(&mut api, maybe);
    let lowered = split(api);
    assert_eq!(lowered.alias("UsersRequest"), "Vec<UserRequest>");
    assert_eq!(lowered.alias("MaybeUsersRequest"), "Vec<UsersRequest>");
}

#[test]
fn variants_are_called_the_same_in_both_directions() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let film = api.component("MediaFilm", one_way(&[("<id", text), ("name", text)]));
    let media = api.component("Media", Shape::Any);
    let inline = api.inside(
        media,
        Step::Variant {
            index: 1,
            hint: Some("book".to_owned()),
        },
        one_way(&[("<id", text), ("title", text)]),
    );
    api.redefine(media, union(&[film, inline]));
    both_ways(&mut api, media);
    let lowered = split(api);
    assert_eq!(lowered.variants("Media"), ["Film(MediaFilm)", "Book(MediaBook)"]);
    assert_eq!(
        lowered.variants("MediaRequest"),
        ["Film(MediaFilmRequest)", "Book(MediaRequestBook)"]
    );
    assert_eq!(conversions(&lowered).len(), 3);
}

#[test]
fn what_counts_its_members_keeps_them_in_both_directions() {
    for left_out in ["<id", ">id"] {
        let mut api = ApiBuilder::default();
        let text = api.component("Text", string());
        let mut shape = one_way(&[(left_out, text), ("name", text)]);
        if let Shape::Object(object) = &mut shape {
            object.min_properties = Some(1);
            object
                .fields
                .iter_mut()
                .for_each(|field| field.presence = Presence::Optional);
        }
        let counted = api.component("Counted", shape);
        both_ways(&mut api, counted);
        let lowered = split(api);
        for name in ["Counted", "CountedRequest"] {
            let TypeBody::Struct(body) = &lowered.item(name).body else {
                panic!("no struct")
            };
            assert!(body.rest.is_some(), "{name} without {left_out}");
        }
        assert_eq!(conversions(&lowered), ["Counted -> CountedRequest"]);
    }
}

#[test]
fn what_can_be_sent_back_is_made_from_what_was_read() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let plain = api.component("Plain", one_way(&[("<id", text), ("name", text)]));
    let secret = api.component("Secret", one_way(&[("name", text), (">password", text)]));
    let plains = api.component("Plains", list(plain));
    let holder = api.component("Holder", required(&[("plains", plains)]));
    let blocked = api.component("Blocked", required(&[("secret", secret), ("plain", plain)]));
    let above = api.component("Above", required(&[("blocked", blocked)]));
    let node = api.component("Node", Shape::Any);
    api.redefine(
        node,
        Shape::Object(Object {
            fields: vec![
                Field {
                    access: Access::ReadOnly,
                    ..field("id", text, Presence::Required)
                },
                field("name", text, Presence::Optional),
                field("next", node, Presence::Optional),
                Field {
                    access: Access::WriteOnly,
                    ..field("hint", text, Presence::Optional)
                },
            ],
            ..empty_object(Rest::Unstated)
        }),
    );
    let nothing = api.component("Nothing", one_way(&[("<id", text)]));
    for ty in [holder, above, node, nothing] {
        both_ways(&mut api, ty);
    }
    let lowered = split(api);
    assert_eq!(
        conversions(&lowered),
        [
            "Plain -> PlainRequest",
            "Holder -> HolderRequest",
            "Node -> NodeRequest",
            "Nothing -> NothingRequest"
        ]
    );
    let TypeBody::Struct(body) = &lowered.item("NodeRequest").body else {
        panic!("no struct")
    };
    let boxed =
        |field: &crate::model::Field| matches!(&field.ty, RustType::Option(of) if matches!(**of, RustType::Boxed(_)));
    assert!(body.fields.iter().any(boxed), "a cycle of requests is boxed too");
}

#[test]
fn what_is_wrong_with_both_types_is_reported_once() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let never = api.component("Never", Shape::Any);
    let impossible = api.inside(never, property("a"), Shape::Never);
    let fields = [("<id", text), ("a", impossible)];
    api.redefine(never, one_way(&fields));
    both_ways(&mut api, never);
    assert_eq!(split(api).codes(), ["impossible-type"]);
}

#[test]
fn a_constant_of_one_direction_is_a_constant_in_it() {
    let mut api = ApiBuilder::default();
    let kind = api.component("Kind", Shape::Const(Value::String("user".to_owned())));
    let text = api.component("Text", string());
    let user = api.component("User", one_way(&[("<kind", kind), ("name", text)]));
    both_ways(&mut api, user);
    let lowered = split(api);
    let TypeBody::Struct(body) = &lowered.item("User").body else {
        panic!("no struct")
    };
    assert_eq!(body.constants, [("kind".to_owned(), Value::String("user".to_owned()))]);
    assert_eq!(lowered.fields("UserRequest"), ["name: Text"]);
}
