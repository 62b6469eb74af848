//! Groups, methods, parameters, schemes.

use super::build::*;
use crate::Ident;
use crate::model::Operation;
use specsmith_ir::*;

fn methods(tag: &str, operations: &[&str]) -> Vec<String> {
    let mut api = ApiBuilder::default();
    for (index, name) in operations.iter().enumerate() {
        api.operation(Some(name), "GET", &format!("/{index}"), &[tag]);
    }
    let lowered = api.lower();
    lowered.model.groups[0]
        .operations
        .iter()
        .map(|operation| operation.method.to_string())
        .collect()
}

#[test]
fn methods_do_not_repeat_the_tag() {
    for (operation, expected) in [
        ("listBooks", "list"),
        ("getBook", "get"),
        ("books_list", "list"),
        ("books/list", "list"),
        ("listAllBooks", "list_all"),
        ("get-a-book", "get"),
        ("getABooksTags", "get_tags"),
        ("getTheBook", "get"),
        ("getTheBooks", "get_the_books"),
        ("createANewBook", "create_new"),
        ("getBookById", "get_by_id"),
        ("getBookAuthor", "get_author"),
        ("createShelfBook", "create_shelf_book"),
        ("books", "books"),
        ("bookById", "book_by_id"),
        ("checkHealth", "check_health"),
        ("newBook", "new_book"),
        ("clientBooks", "client_books"),
        ("typeBook", "r#type"),
    ] {
        assert_eq!(methods("Books", &[operation]), [expected], "{operation}");
    }
    assert_eq!(
        methods("Book Authors", &["listBookAuthors", "getBookAuthor"]),
        ["list", "get"]
    );
}

#[test]
fn ambiguous_short_names_go_to_one_or_none_whatever_the_order() {
    assert_eq!(methods("Books", &["getBooks", "getBook"]), ["get_books", "get"]);
    assert_eq!(methods("Books", &["getBook", "getBooks"]), ["get", "get_books"]);
    assert_eq!(methods("Books", &["list", "listBooks"]), ["list", "list_books"]);
    assert_eq!(methods("Books", &["listBooks", "booksList"]), ["list_books", "list"]);
    assert_eq!(methods("Books", &["booksList", "listBooks"]), ["list", "list_books"]);
    assert_eq!(
        methods("Books", &["books/create", "createBook", "bookCreate"]),
        ["create", "create_book", "book_create"]
    );
}

#[test]
fn methods_say_what_path_and_group_do_not() {
    for (name, request, tag, expected) in [
        // The tag in front.
        ("books/create", "POST /books", "Books", "create"),
        (
            "books/get-book-for-shelf",
            "GET /shelves/{id}/books",
            "Books",
            "get_for_shelf",
        ),
        ("books", "GET /books", "Books", "list"),
        ("books_1", "GET /search", "Books", "books"),
        // What stands between the verb and the tag.
        ("bulkCreateBooks", "POST /books/bulk", "Books", "bulk_create"),
        ("createOrUpdateBook", "POST /books", "Books", "create_or_update"),
        ("getMultipleBooks", "GET /books", "Books", "get_multiple"),
        ("createOldBook", "POST /books", "Books", "create_old_book"),
        ("getBookListEntry", "GET /entries", "Books Lists", "get_entry"),
        // The owner.
        ("listShelfBooks", "GET /shelves/{id}/books", "Books", "list_for_shelf"),
        ("getShelfBooks", "GET /shelves/{id}/books", "Books", "list_for_shelf"),
        (
            "getShelfBook",
            "GET /shelves/{id}/books/{isbn}",
            "Books",
            "get_for_shelf",
        ),
        (
            "getShelfBookCover",
            "GET /shelves/{id}/books/{isbn}/cover",
            "Books",
            "get_cover_for_shelf",
        ),
        (
            "deleteShelfBooks",
            "DELETE /shelves/{id}/books",
            "Books",
            "delete_shelf_books",
        ),
        ("listShelfBooks", "GET /books", "Books", "list_shelf_books"),
        // The tag at the end.
        ("addTagToBook", "POST /books/{id}/tags", "Books", "add_tag"),
        ("listTagsForABook", "GET /books/{id}/tags", "Books", "list_tags"),
        ("addTagToBook", "POST /tags", "Books", "add_tag_to_book"),
        // Many, by the path.
        ("getBooks", "GET /old/books", "Books", "list"),
        ("getBooksForShelf", "GET /shelves/{id}/books", "Books", "list_for_shelf"),
        ("getBookList", "GET /shelves", "Books", "list"),
        ("getBooks", "POST /books/find", "Books", "get_books"),
        ("listBook", "GET /books/{id}", "Books", "list_book"),
        ("exportBook", "GET /books/{id}", "Books", "export"),
        // Names that tools make.
        ("deleteBook_2", "DELETE /books/{id}", "Books", "delete"),
        ("getTop_10", "GET /top", "Books", "get_top"),
        ("get_top_10", "GET /top", "Books", "get_top_10"),
        ("put_books_id", "PUT /books/{isbn}", "Books", "replace"),
        ("", "POST /rpc/books/get_default_book", "Books", "get_default"),
        ("", "POST /books/{isbn}/compress", "Books", "compress"),
        ("", "POST /books/ask", "Books", "ask"),
    ] {
        let (method, path) = request.split_once(' ').unwrap();
        let mut api = ApiBuilder::default();
        api.operation(Some(name).filter(|name| !name.is_empty()), method, path, &[tag]);
        let lowered = api.lower();
        let operation = &lowered.model.groups[0].operations[0];
        assert_eq!(operation.method.as_str(), expected, "{name} {request}");
    }
}

#[test]
fn operations_without_a_name_are_named_by_method_and_path() {
    let mut api = ApiBuilder::default();
    for (method, path) in [
        ("GET", "/users/{id}/repos"),
        ("GET", "/users/{id}"),
        ("GET", "/"),
        ("POST", "/users"),
    ] {
        api.operation(None, method, path, &[]);
    }
    let lowered = api.lower();
    let group = &lowered.model.groups[0];
    assert_eq!((group.name.as_str(), group.accessor.as_str()), ("Users", "users"));
    let named = |name: fn(&Operation) -> &Ident| -> Vec<String> {
        let all = lowered.model.operations();
        all.map(|(_, operation)| name(operation).to_string()).collect()
    };
    assert_eq!(
        named(|operation| &operation.function),
        ["get_users_by_id_repos", "get_users_by_id", "post_users", "get_root"]
    );
    assert_eq!(
        named(|operation| &operation.method),
        ["list_repos", "get", "create", "get_root"]
    );
    assert_eq!(group.operations[0].id, "get_users_by_id_repos");
}

#[test]
fn operations_whose_names_meet_are_told_apart_by_tag_or_path() {
    let mut api = ApiBuilder::default();
    api.operation(Some("get-it"), "GET", "/a", &["A"]);
    api.operation(Some("getIt"), "GET", "/b", &["B"]);
    api.operation(Some("get_it"), "GET", "/c", &["A"]);
    let lowered = api.lower();
    let functions: Vec<String> = lowered
        .model
        .operations()
        .map(|(_, operation)| operation.function.to_string())
        .collect();
    assert_eq!(functions, ["get_a", "a_get_it", "get_it"]);
}

#[test]
fn operations_do_not_begin_as_conversions() {
    let mut api = ApiBuilder::default();
    for name in ["fromTemplate", "from", "intoArchive", "new"] {
        api.operation(Some(name), "POST", "/books", &["Books"]);
    }
    let lowered = api.lower();
    let functions: Vec<String> = lowered
        .model
        .operations()
        .map(|(_, operation)| operation.function.to_string())
        .collect();
    assert_eq!(
        functions,
        ["post_from_template", "from", "post_into_archive", "books_new"]
    );
}

#[test]
fn groups_follow_the_order_of_tags() {
    let mut api = ApiBuilder::default();
    for tag in ["Late", "Client", "Default", "Api20100401Early"] {
        api.operation(None, "GET", &format!("/{tag}"), &[tag]);
    }
    api.operation(None, "GET", "/untagged", &[]);
    api.api.tags.reverse();
    let lowered = api.lower();
    let groups: Vec<(&str, &str)> = lowered
        .model
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.accessor.as_str()))
        .collect();
    let expected = [
        // Without the date of the API.
        ("Early", "early"),
        ("DefaultApi", "default_api"),
        ("ClientApi", "client_api"),
        ("Late", "late"),
        ("Untagged", "untagged"),
    ];
    assert_eq!(groups, expected);
}

#[test]
fn operations_without_a_tag_are_grouped_by_resource_and_join_a_tag_of_its_name() {
    let mut api = ApiBuilder::default();
    for (path, tags) in [
        ("/v1/payment-intents", &[][..]),
        ("/v1/books/{isbn}", &[]),
        ("/v1/shelves", &["Books"]),
        ("/v1/payment_intents/{id}", &[]),
        ("/{id}", &[]),
        ("/health", &[]),
    ] {
        api.operation(None, "GET", path, tags);
    }
    let lowered = api.lower();
    let groups: Vec<_> = lowered
        .model
        .groups
        .iter()
        .map(|group| {
            let methods = group.operations.iter().map(|operation| operation.method.as_str());
            (
                group.key.as_str(),
                group.accessor.as_str(),
                methods.collect::<Vec<_>>().join(" "),
            )
        })
        .collect();
    let groups: Vec<_> = groups
        .iter()
        .map(|(key, accessor, methods)| (*key, *accessor, methods.as_str()))
        .collect();
    let expected = [
        ("Books", "books", "get list_shelves"),
        ("payment_intents", "payment_intents", "list get"),
        ("api", "api", "get_by_id get_health"),
    ];
    assert_eq!(groups, expected);
}

#[test]
fn parameters_are_told_apart_from_each_other_and_from_what_requests_have() {
    let mut api = ApiBuilder::default();
    api.operation(Some("get"), "GET", "/{id}", &[]);
    let text = api.component("Text", string());
    let names = [
        ("id", ParameterIn::Query),
        ("id", ParameterIn::Path),
        ("id", ParameterIn::Header),
        ("body", ParameterIn::Query),
        ("send", ParameterIn::Header),
        ("with_images", ParameterIn::Query),
        ("userName", ParameterIn::Query),
        ("user_name", ParameterIn::Query),
        ("filter[name]", ParameterIn::Query),
        ("self", ParameterIn::Query),
        ("add", ParameterIn::Query),
        ("new", ParameterIn::Query),
        ("service", ParameterIn::Query),
    ];
    api.api.operations[0].parameters = names
        .iter()
        .map(|(name, place)| {
            let presence = if *place == ParameterIn::Path {
                Presence::Required
            } else {
                Presence::Optional
            };
            parameter(name, *place, presence, text)
        })
        .collect();
    let lowered = api.lower();
    let (_, operation) = lowered.model.operations().next().unwrap();
    let names: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    let expected = [
        "id",
        "id_query",
        "id_header",
        "body_query",
        "send_header",
        "query_with_images",
        "user_name_query",
        "user_name",
        "filter_name",
        "self_",
        "add_query",
        "new_query",
        "service_query",
    ];
    assert_eq!(names, expected);
}

#[test]
fn schemes_are_named_by_kind_or_by_themselves() {
    let mut api = ApiBuilder::default();
    let key = || SecuritySchemeKind::ApiKey {
        place: ParameterIn::Header,
        name: "X-Key".to_owned(),
    };
    let scheme = |name: &str, kind| SecurityScheme {
        name: name.to_owned(),
        kind,
        docs: Docs::default(),
    };
    api.api.security_schemes = vec![
        scheme("oauth2", SecuritySchemeKind::OAuth2 { flows: Vec::new() }),
        scheme("X-App-Key", key()),
        scheme("api_key", key()),
        scheme("server", key()),
    ];
    let lowered = api.lower();
    let methods: Vec<&str> = lowered
        .model
        .schemes
        .iter()
        .map(|scheme| scheme.method.as_str())
        .collect();
    assert_eq!(methods, ["bearer", "x_app_key", "api_key", "server_credential"]);
}

#[test]
fn letters_without_case_are_told_apart_by_other_means() {
    let mut api = ApiBuilder::default();
    api.operation(Some("取得"), "GET", "/a", &["書籍"]);
    api.operation(Some("b"), "GET", "/b", &["u66f8 u7c4d"]);
    let lowered = api.lower();
    let [books, other] = lowered.model.groups.as_slice() else {
        panic!("two groups")
    };
    assert_eq!((books.name.as_str(), books.accessor.as_str()), ("書籍", "書籍"));
    assert_eq!(books.module().as_str(), "u66f8_u7c4d");
    assert_eq!(other.module().as_str(), "u66f8_u7c4d_api");
    let operation = &books.operations[0];
    assert_eq!(
        (operation.function.as_str(), operation.name.as_str()),
        ("get_取得", "Get取得")
    );
}

#[test]
fn the_module_of_a_group_is_not_named_as_its_parent() {
    let mut api = ApiBuilder::default();
    api.operation(None, "GET", "/a", &["API"]);
    api.operation(None, "GET", "/b", &["api operations"]);
    let lowered = api.lower();
    let modules: Vec<String> = lowered
        .model
        .groups
        .iter()
        .map(|group| group.module().to_string())
        .collect();
    assert_eq!(modules, ["api_operations", "api_operations_api"]);
}
