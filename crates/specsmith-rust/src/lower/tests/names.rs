//! Names of types: components, places, modules.

use super::build::*;
use specsmith_ir::*;

#[test]
fn names_of_generated_code_are_not_given_to_schemas() {
    let mut api = ApiBuilder::default();
    for name in [
        "Error", "String", "Option", "Client", "Response", "Vec", "Self", "self", "Book",
    ] {
        api.component(name, object(&[]));
    }
    let expected = [
        "ErrorModel",
        "StringModel",
        "OptionModel",
        "ClientModel",
        "ResponseModel",
        "VecModel",
        "SelfModel",
        "SelfModel2",
        "Book",
    ];
    assert_eq!(api.lower().names(), expected);
}

#[test]
fn what_is_inside_a_renamed_schema_is_named_by_its_own_name() {
    let mut api = ApiBuilder::default();
    let error = api.component("Error", Shape::Any);
    let details = api.inside(error, property("details"), object(&[]));
    api.redefine(error, object(&[("details", details)]));
    assert_eq!(api.lower().names(), ["ErrorModel", "ErrorDetails"]);
}

#[test]
fn exact_names_win_whatever_the_order() {
    for names in [
        ["user_name", "UserName", "user.name"],
        ["UserName", "user.name", "user_name"],
    ] {
        let mut api = ApiBuilder::default();
        for name in names {
            api.component(name, object(&[]));
        }
        let lowered = api.lower();
        let of = |text: &str| {
            let index = names.iter().position(|name| *name == text).unwrap();
            lowered.names()[index].to_owned()
        };
        assert_eq!(of("UserName"), "UserName");
        assert_eq!(of("user_name"), "UserUnderscoreName");
        assert_eq!(of("user.name"), "UserDotName");
        assert_eq!(lowered.codes(), ["name-collision", "name-collision"]);
    }
}

#[test]
fn unnamed_types_are_named_by_their_place() {
    let mut api = ApiBuilder::default();
    let book = api.component("Book", Shape::Any);
    let author = api.inside(book, property("author"), object(&[]));
    let editions = api.inside(book, property("editions"), Shape::Any);
    let edition = api.inside(editions, Step::Items, object(&[]));
    api.redefine(editions, list(edition));
    let stock = api.inside(book, property("stock"), Shape::Any);
    let shelf = api.inside(stock, Step::Items, object(&[]));
    api.redefine(stock, list(shelf));
    let by_name = api.inside(book, property("prices"), Shape::Any);
    let price = api.inside(by_name, Step::AdditionalProperties, object(&[]));
    api.redefine(by_name, Shape::Object(empty_object(Rest::Typed(price))));
    let maybe = api.inside(book, property("publisher"), Shape::Any);
    let publisher = api.inside(maybe, Step::NonNull, object(&[]));
    api.redefine(maybe, Shape::Nullable(publisher));
    let fields = [
        ("author", author),
        ("editions", editions),
        ("stock", stock),
        ("prices", by_name),
        ("publisher", maybe),
    ];
    api.redefine(book, object(&fields));
    let lowered = api.lower();
    let expected = [
        "Book",
        "BookAuthor",
        "BookEdition",
        "BookStockItem",
        "BookPrice",
        "BookPublisher",
    ];
    assert_eq!(lowered.names(), expected);
    assert_eq!(lowered.fields("Book")[4], "publisher: Nullable<BookPublisher>");
}

#[test]
fn places_inside_operations_have_names() {
    let mut api = ApiBuilder::default();
    api.operation(Some("listBooks"), "GET", "/books", &["Books"]);
    api.operation(Some("createBook"), "POST", "/books", &["Books"]);
    let sort = api.of_operation(
        0,
        Step::Parameter(ParameterIn::Query, "sort".to_owned()),
        values(&["asc"]),
    );
    let page = api.of_operation(
        0,
        Step::Response(Status::Code(200), "application/json".to_owned()),
        object(&[]),
    );
    let problem = api.of_operation(
        0,
        Step::Response(Status::Code(404), "application/json".to_owned()),
        object(&[]),
    );
    let body_type = api.of_operation(1, Step::RequestBody("application/json".to_owned()), object(&[]));
    let operations = &mut api.api.operations;
    operations[0].parameters = vec![parameter("sort", ParameterIn::Query, Presence::Optional, sort)];
    operations[0].responses = vec![
        response(Status::Code(200), vec![as_json(Some(page))]),
        response(Status::Code(404), vec![as_json(Some(problem))]),
    ];
    operations[1].request_body = Some(body(vec![as_json(Some(body_type))]));
    let expected = [
        "ListBooksSort",
        "ListBooksResponseBody",
        "ListBooksNotFoundBody",
        "CreateBookBody",
    ];
    assert_eq!(api.lower().names(), expected);
}

#[test]
fn schemas_keep_their_names_and_operations_give_way() {
    let mut api = ApiBuilder::default();
    for name in [
        "GetBook",
        "GetBookResponse",
        "GetBookError",
        "Books",
        "GetBookParameters",
    ] {
        api.component(name, object(&[]));
    }
    api.operation(Some("getBook"), "GET", "/books/{id}", &["Books"])
        .responses = vec![
        response(Status::Code(200), Vec::new()),
        response(Status::Code(404), Vec::new()),
    ];
    let lowered = api.lower();
    assert_eq!(
        lowered.names(),
        [
            "GetBook",
            "GetBookResponse",
            "GetBookError",
            "Books",
            "GetBookParameters"
        ]
    );
    let group = &lowered.model.groups[0];
    let operation = &group.operations[0];
    assert_eq!(group.name.as_str(), "BooksApi");
    assert_eq!(operation.name.as_str(), "GetBookOperation");
    assert_eq!(operation.responses.server.as_str(), "GetBookResponses");
    assert_eq!(operation.responses.error.as_ref().unwrap().as_str(), "GetBookErrors");
    assert_eq!(operation.parameters_name.as_str(), "GetBookArguments");
}

#[test]
fn adding_a_type_renames_none() {
    let names = |with_more: bool| {
        let mut api = ApiBuilder::default();
        let book = api.component("Book", Shape::Any);
        let extra = with_more.then(|| api.inside(book, property("extra"), object(&[])));
        let author = api.inside(book, property("author"), object(&[]));
        let fields: Vec<(&str, TypeId)> = extra
            .map(|id| ("extra", id))
            .into_iter()
            .chain([("author", author)])
            .collect();
        api.redefine(book, object(&fields));
        if with_more {
            api.component("BookExtra", object(&[]));
        }
        api.component("Shelf", object(&[]));
        let names: Vec<String> = api.lower().names().into_iter().map(str::to_owned).collect();
        names
    };
    let more = names(true);
    assert!(names(false).iter().all(|name| more.contains(name)), "{more:?}");
    assert!(more.contains(&"BookExtraField".to_owned()), "{more:?}");
}

#[test]
fn parts_of_merged_schemas_are_named_by_where_they_are_found() {
    let mut api = ApiBuilder::default();
    let base = api.component("Base", Shape::Any);
    let links = api.inside(base, property("links"), object(&[]));
    api.redefine(base, object(&[("links", links)]));
    let merged = api.inside(base, property("links"), object(&[]));
    api.component("Page", object(&[("links", merged)]));
    assert_eq!(api.lower().names(), ["Base", "Page", "BaseLinks", "PageLinks"]);
}

#[test]
fn unused_unnamed_types_are_left_out_and_unused_schemas_are_not() {
    let mut api = ApiBuilder::default();
    let book = api.component("Book", string());
    api.inside(book, property("author"), object(&[]));
    assert_eq!(api.lower().names(), ["Book"]);
}

#[test]
fn types_are_with_the_group_that_alone_uses_them() {
    let mut api = ApiBuilder::default();
    let author = api.component("Author", object(&[]));
    let book = api.component("Book", object(&[("author", author)]));
    let order = api.component("Order", object(&[("book", book)]));
    api.component("Unused", object(&[]));
    for (name, tag, ty) in [("a", "Books", book), ("b", "Orders", order), ("c", "Aux", author)] {
        let operation = api.operation(Some(name), "GET", "/", &[tag]);
        operation.responses = vec![response(Status::Code(200), vec![as_json(Some(ty))])];
    }
    let lowered = api.lower();
    let module = |name: &str| {
        lowered.model.type_modules[lowered.item(name).module]
            .as_str()
            .to_owned()
    };
    assert_eq!(module("Order"), "orders");
    assert_eq!(module("Book"), "shared");
    assert_eq!(module("Author"), "shared");
    assert_eq!(module("Unused"), "shared");
}

#[test]
fn long_modules_are_split_by_first_letters() {
    let mut api = ApiBuilder::default();
    for index in 0..250 {
        let letter = char::from(b'A' + u8::try_from(index % 26).unwrap());
        api.component(&format!("{letter}{index}"), object(&[]));
    }
    let lowered = api.lower();
    let modules: Vec<&str> = lowered
        .model
        .type_modules
        .iter()
        .map(|module| module.as_str())
        .collect();
    assert_eq!(
        modules,
        ["shared_a_to_d", "shared_e_to_l", "shared_m_to_r", "shared_s_to_z"]
    );
}

#[test]
fn module_names_are_file_names_everywhere() {
    let mut api = ApiBuilder::default();
    for tag in ["con", "mod", "shared", "type", "types"] {
        let ty = api.component(&format!("For{tag}"), object(&[]));
        let operation = api.operation(None, "GET", &format!("/{tag}"), &[tag]);
        operation.responses = vec![response(Status::Code(200), vec![as_json(Some(ty))])];
    }
    let lowered = api.lower();
    let modules: Vec<&str> = lowered
        .model
        .type_modules
        .iter()
        .map(|module| module.as_str())
        .collect();
    assert_eq!(modules, ["con_api", "mod_api", "shared_api", "r#type", "types_api"]);
}

#[test]
fn types_that_are_hard_to_read_in_place_have_a_name() {
    let mut api = ApiBuilder::default();
    let stats = api.component("Stats", Shape::Any);
    let text = api.component("Text", string());
    let map =
        |api: &mut ApiBuilder, of| api.inside(stats, property("by_day"), Shape::Object(empty_object(Rest::Typed(of))));
    let inner = map(&mut api, text);
    let middle = map(&mut api, inner);
    let outer = map(&mut api, middle);
    api.redefine(stats, object(&[("by_day", outer), ("by_name", middle)]));
    let lowered = api.lower();
    assert_eq!(
        lowered.fields("Stats"),
        ["by_day: Option<StatsByDay>", "by_name: Option<Map<Map<Text>>>"]
    );
    assert_eq!(lowered.alias("StatsByDay"), "Map<Map<Map<Text>>>");
}
