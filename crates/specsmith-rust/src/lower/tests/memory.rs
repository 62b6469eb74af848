//! Names that were given before.

use super::build::*;
use crate::model::TypeBody;
use crate::{KnownNames, TypeOptions};
use specsmith_ir::*;

/// A book with a size of its own, and what else is added.
fn books(add: impl Fn(&mut ApiBuilder)) -> ApiBuilder {
    let mut api = ApiBuilder::default();
    add(&mut api);
    let book = api.component("Book", Shape::Any);
    let text = api.component("text", string());
    let size = api.inside(book, property("size"), object(&[("height", text)]));
    api.redefine(book, object(&[("size", size), ("pageCount", text)]));
    let operation = api.operation(Some("listBooks"), "GET", "/books", &["books"]);
    operation.responses = vec![response(Status::Code(200), vec![as_json(Some(book))])];
    api
}

fn known(known: &KnownNames) -> TypeOptions {
    TypeOptions {
        known: known.clone(),
        ..TypeOptions::default()
    }
}

#[test]
fn what_is_unnamed_keeps_its_name_when_a_schema_wants_it() {
    let before = books(|_| {}).lower();
    assert_eq!(before.names(), ["Book", "Text", "BookSize"]);
    let more = books(|api| {
        api.component("BookSize", string());
        api.component("Text", string());
        api.component("ListBooks", string());
        api.component("Books", string());
    });
    assert_eq!(
        more.lower().names(),
        [
            "BookSize",
            "Text",
            "ListBooks",
            "Books",
            "Book",
            "TextModel",
            "BookSizeField"
        ]
    );
    let after = more.lower_with(&known(&before.model.names));
    assert_eq!(
        after.names(),
        [
            "BookSizeModel",
            "TextModel",
            "ListBooksModel",
            "BooksModel",
            "Book",
            "Text",
            "BookSize"
        ]
    );
    let (group, operation) = after.model.operations().next().unwrap();
    assert_eq!((group.name.as_str(), operation.name.as_str()), ("Books", "ListBooks"));
}

#[test]
fn what_yielded_keeps_its_name_and_nothing_is_told_of_what_is_gone() {
    let more = books(|api| {
        api.component("BookSize", string());
    });
    let before = more.lower();
    assert_eq!(before.names(), ["BookSize", "Book", "Text", "BookSizeField"]);
    assert_eq!(before.codes(), ["name-collision"]);
    let after = books(|_| {}).lower_with(&known(&before.model.names));
    assert_eq!(after.names(), ["Book", "Text", "BookSizeField"]);
    assert_eq!(after.codes(), [""; 0]);
}

#[test]
fn methods_stay_short_or_long() {
    let method = |api: &ApiBuilder, names: &KnownNames| {
        let lowered = api.lower_with(&known(names));
        let methods = lowered.model.operations();
        let methods = methods.map(|(_, operation)| operation.method.as_str().to_owned());
        methods.collect::<Vec<_>>()
    };
    let one = books(|_| {});
    let both = books(|api| {
        api.operation(Some("list"), "GET", "/all", &["books"]);
    });
    let nothing = KnownNames::default();
    assert_eq!(method(&one, &nothing), ["list"]);
    assert_eq!(method(&both, &nothing), ["list", "list_books"]);
    assert_eq!(method(&both, &one.lower().model.names), ["list_operation", "list"]);
    assert_eq!(method(&one, &both.lower().model.names), ["list_books"]);
}

#[test]
fn methods_of_other_bodies_stay() {
    let with_body = |required: bool, add: fn(&mut ApiBuilder)| {
        let mut api = books(|_| {});
        let ty = api.component("New", object(&[]));
        add(&mut api);
        let operation = api.operation(Some("createBook"), "POST", "/books", &["books"]);
        let media = |name: &str| Content {
            media_type: MediaType::new(name).unwrap(),
            ..as_json(Some(ty))
        };
        operation.request_body = Some(RequestBody {
            required,
            content: vec![as_json(Some(ty)), media("application/x-www-form-urlencoded")],
            docs: Docs::default(),
            location: specsmith_diagnostics::Location::default(),
        });
        api
    };
    let method = |api: &ApiBuilder, names: &KnownNames| {
        let lowered = api.lower_with(&known(names));
        let (_, operation) = lowered.model.operations().last().unwrap();
        operation.other_bodies[0].method.as_str().to_owned()
    };
    let nothing = KnownNames::default();
    let add: fn(&mut ApiBuilder) = |api| {
        api.operation(Some("createForm"), "POST", "/forms", &["books"]);
    };
    let (before, after) = (with_body(true, |_| {}), with_body(true, add));
    assert_eq!(method(&before, &nothing), "create_form");
    assert_eq!(method(&after, &nothing), "create_x_www_form_urlencoded");
    let names = before.lower().model.names;
    assert_eq!(method(&after, &names), "create_form");
    let lowered = after.lower_with(&known(&names));
    let methods = lowered
        .model
        .operations()
        .map(|(_, operation)| operation.method.as_str());
    assert_eq!(methods.collect::<Vec<_>>(), ["list", "create_form_operation", "create"]);

    let before = with_body(false, |_| {});
    let mut after = with_body(false, |_| {});
    let text = after.component("Q", string());
    let operation = after.api.operations.last_mut().unwrap();
    operation.parameters = vec![parameter("body_form", ParameterIn::Query, Presence::Optional, text)];
    assert_eq!(method(&before, &nothing), "body_form");
    assert_eq!(method(&after, &nothing), "body_x_www_form_urlencoded");
    let names = before.lower().model.names;
    assert_eq!(method(&after, &names), "body_form");
}

#[test]
fn values_do_not_take_the_name_of_the_rest() {
    let genre = |texts: &[&str]| {
        let mut api = ApiBuilder::default();
        api.component("Genre", values(texts));
        api
    };
    let before = genre(&["crime"]).lower();
    let after = genre(&["unknown", "Crime", "crime"]).lower_with(&known(&before.model.names));
    let TypeBody::Enum(body) = &after.item("Genre").body else {
        panic!("an enum");
    };
    let names: Vec<&str> = body.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["UnknownLower", "CrimeMixed", "Crime"]);
    assert_eq!(body.unknown.as_str(), "Unknown");
}

#[test]
fn names_of_the_user_win() {
    let before = books(|_| {}).lower();
    let options = TypeOptions {
        renames: [("text".to_owned(), "BookSize".to_owned())].into(),
        ..known(&before.model.names)
    };
    let after = books(|_| {}).lower_with(&options);
    assert_eq!(after.names(), ["Book", "BookSize", "BookSizeField"]);
}

#[test]
fn what_contradicts_itself_gives_each_name_once() {
    let mut names = books(|_| {}).lower().model.names;
    for (place, name) in [
        ("schemas/Book/properties/size", "Text"),
        ("schemas/text", "Text"),
        ("schemas/Book/fields/size", "page_count"),
        ("tags/books/type", "ListBooks"),
        ("operations/listBooks/type", "Option"),
    ] {
        names.names.insert(place.to_owned(), name.to_owned());
    }
    let after = books(|_| {}).lower_with(&known(&names));
    assert_eq!(after.names(), ["Book", "Text", "BookSize"]);
    let (group, operation) = after.model.operations().next().unwrap();
    assert_eq!(
        (group.name.as_str(), operation.name.as_str()),
        ("ListBooks", "ListBooksOperation")
    );
}
