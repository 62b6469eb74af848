//! Tests of the text of an API.

#![allow(clippy::unwrap_used)]

use specsmith_diagnostics::Location;

use crate::{
    Access, Api, Condition, Content, Docs, Field, Kind, KindSet, MediaType, Method, Object, Operation, OperationId,
    Origin, Owner, Parameter, ParameterEncoding, ParameterIn, PathTemplate, Presence, Response, Rest, Shape, Status,
    Step, Style, Text, Type, TypeId, Union, UnionMode, Value, Variant, dump,
};

fn add(api: &mut Api, origin: Origin, shape: Shape) -> TypeId {
    api.types.add(Type {
        origin,
        shape,
        assertions: Default::default(),
        docs: Docs::default(),
        location: Location::default(),
    })
}

fn inside(owner: TypeId, step: Step) -> Origin {
    Origin::Inline {
        owner: Owner::Type(owner),
        step,
    }
}

fn string() -> Shape {
    Shape::String(Text::default())
}

fn book(api: &mut Api) -> TypeId {
    let book = api
        .types
        .reserve(Origin::Component("Book".to_owned()), Location::default());
    let title = add(api, inside(book, Step::Property("title".to_owned())), string());
    let year = add(
        api,
        inside(book, Step::Property("year".to_owned())),
        Shape::Nullable(title),
    );
    let field = |name: &str, ty, presence| Field {
        name: name.to_owned(),
        ty,
        presence,
        access: Access::ReadOnly,
        docs: Docs::default(),
    };
    let object = Object {
        fields: vec![
            field("title", title, Presence::Required),
            field("year", year, Presence::Default(Value::Null)),
        ],
        rest: Rest::Denied,
        patterns: Vec::new(),
        names: None,
        min_properties: None,
        max_properties: Some(9),
    };
    api.types.define(book, Shape::Object(object), Docs::default());
    book
}

#[test]
fn types_are_written_one_fact_per_line() {
    let mut api = Api::default();
    let book = book(&mut api);
    let name = add(&mut api, Origin::Component("Name".to_owned()), string());
    let variant = |ty, conditions| Variant {
        ty,
        name: Some("x".to_owned()),
        conditions,
        alike: false,
    };
    let union = Shape::Union(Union {
        mode: UnionMode::AnyOf,
        variants: vec![
            variant(
                book,
                vec![
                    Condition::HasProperty("title".to_owned()),
                    Condition::LacksProperty("isbn".to_owned()),
                ],
            ),
            variant(name, vec![Condition::Kind(KindSet::of(Kind::String))]),
        ],
        discriminator: None,
    });
    add(&mut api, Origin::Component("Item".to_owned()), union);
    add(&mut api, inside(name, Step::Items), Shape::Boolean);
    let expected = "api \"\" \"\"\n\
        object Book closed ..9\n  title: string read-only\n  year?: string? = null read-only\n\
        type Name = string\n\
        any of Item\n  Book as \"x\" when has title and lacks isbn\n  Name as \"x\" when string\n";
    assert_eq!(dump(&api), expected);
}

#[test]
fn operations_say_what_goes_in_and_out() {
    let mut api = Api::default();
    let book = book(&mut api);
    let origin = Origin::Inline {
        owner: Owner::Operation(OperationId(0)),
        step: Step::Parameter(ParameterIn::Query, "tag".to_owned()),
    };
    let tag = add(&mut api, origin, string());
    let (method, media_type) = Method::new("GET").zip(MediaType::new("application/json")).unwrap();
    api.operations.push(Operation {
        name: Some("list".to_owned()),
        method,
        path: PathTemplate {
            text: "/books".to_owned(),
            segments: Vec::new(),
            query: Vec::new(),
            fragment: None,
        },
        tags: vec!["books".to_owned()],
        docs: Docs::default(),
        parameters: vec![Parameter {
            name: "tag".to_owned(),
            place: ParameterIn::Query,
            presence: Presence::Optional,
            ty: tag,
            encoding: ParameterEncoding::Style {
                style: Style::Form,
                explode: true,
                allow_reserved: false,
            },
            docs: Docs::default(),
            location: Location::default(),
        }],
        request_body: None,
        responses: vec![Response {
            status: Status::Code(200),
            content: vec![Content {
                media_type,
                ty: Some(book),
                item: None,
                event_data: None,
                encoding: Vec::new(),
                examples: Vec::new(),
                xml: None,
            }],
            links: Vec::new(),
            headers: Vec::new(),
            docs: Docs::default(),
            location: Location::default(),
        }],
        security: Vec::new(),
        servers: Vec::new(),
        pagination: None,
        retirement: None,
        body_limit: None,
        location: Location::default(),
    });
    let text = dump(&api);
    let expected =
        "operation list: GET /books [books]\n  query tag?: string (form explode)\n  200 application/json: Book\n";
    assert!(text.contains(expected), "{text}");
}
