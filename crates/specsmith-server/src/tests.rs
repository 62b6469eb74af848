//! A small API from its intermediate model to the text of its server.

#![allow(clippy::unwrap_used, reason = "tests")]

use specsmith_ir::{
    Api, Array, Content, Docs, Field, MediaType, Method, Numeric, Object, Operation, OperationId, Origin, Owner,
    Parameter, ParameterEncoding, ParameterIn, PathPart, PathSegment, PathTemplate, Presence, RequestBody,
    RequiredScheme, Response, Rest, SchemeId, SecurityRequirement, SecurityScheme, SecuritySchemeKind, Shape, Status,
    Step, Style, Tag, Text, Type, TypeId, Value,
};

use crate::{Options, ScaffoldOptions, render, scaffold};

/// What makes up the API.
struct Fixture {
    api: Api,
    text: TypeId,
    list: TypeId,
    integer: TypeId,
    problem: TypeId,
}

fn fixture() -> Fixture {
    let mut api = Api::default();
    api.info.title = "Book shop".to_owned();
    api.tags = vec![Tag {
        name: "Books".to_owned(),
        docs: Docs::default(),
        parent: None,
    }];
    api.security_schemes = vec![SecurityScheme {
        name: "token".to_owned(),
        kind: SecuritySchemeKind::Bearer { format: None },
        docs: Docs::default(),
    }];
    let text = inline(&mut api, Shape::String(Text::default()));
    let integer = inline(&mut api, Shape::Integer(Numeric::default()));
    let list = Shape::Array(Array {
        items: text,
        min_items: None,
        max_items: None,
        unique_items: false,
        xml: None,
    });
    let list = inline(&mut api, list);
    let problem = api.types.add(Type {
        assertions: Default::default(),
        origin: Origin::Component("Problem".to_owned()),
        shape: Shape::Object(Object {
            fields: vec![Field {
                name: "title".to_owned(),
                ty: text,
                presence: Presence::Required,
                access: Default::default(),
                docs: Docs::default(),
            }],
            rest: Rest::Unstated,
            patterns: Vec::new(),
            names: None,
            min_properties: None,
            max_properties: None,
        }),
        docs: Docs::default(),
        location: Default::default(),
    });
    Fixture {
        api,
        text,
        list,
        integer,
        problem,
    }
}

fn inline(api: &mut Api, shape: Shape) -> TypeId {
    api.types.add(Type {
        origin: Origin::Inline {
            owner: Owner::Operation(OperationId(0)),
            step: Step::Parameter(ParameterIn::Query, "q".to_owned()),
        },
        shape,
        assertions: Default::default(),
        docs: Docs::default(),
        location: Default::default(),
    })
}

fn path(segments: &[&[PathPart]], fragment: Option<&str>) -> PathTemplate {
    let segments: Vec<_> = segments
        .iter()
        .map(|parts| PathSegment { parts: parts.to_vec() })
        .collect();
    PathTemplate {
        text: "/shown".to_owned(),
        segments,
        query: Vec::new(),
        fragment: fragment.map(str::to_owned),
    }
}

fn literal(text: &str) -> PathPart {
    PathPart::Literal(text.to_owned())
}

fn named(name: &str) -> PathPart {
    PathPart::Parameter(name.to_owned())
}

fn parameter(name: &str, place: ParameterIn, ty: TypeId, presence: Presence, style: (Style, bool)) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place,
        presence,
        ty,
        encoding: ParameterEncoding::Style {
            style: style.0,
            explode: style.1,
            allow_reserved: false,
        },
        docs: Docs::default(),
        location: Default::default(),
    }
}

fn content(media_type: &str, ty: Option<TypeId>) -> Vec<Content> {
    vec![Content {
        media_type: MediaType::new(media_type).unwrap(),
        ty,
        item: None,
        event_data: None,
        encoding: Vec::new(),
        examples: Vec::new(),
        xml: None,
    }]
}

fn response(status: Status, content: Vec<Content>) -> Response {
    Response {
        status,
        content,
        headers: Vec::new(),
        links: Vec::new(),
        docs: Docs {
            description: Some("as asked".to_owned()),
            ..Docs::default()
        },
        location: Default::default(),
    }
}

fn operation(name: &str, method: &str, path: PathTemplate) -> Operation {
    Operation {
        name: Some(name.to_owned()),
        method: Method::new(method).unwrap(),
        path,
        tags: vec!["Books".to_owned()],
        docs: Docs::default(),
        parameters: Vec::new(),
        request_body: None,
        responses: Vec::new(),
        security: Vec::new(),
        servers: Vec::new(),
        pagination: None,
        retirement: None,
        body_limit: None,
        location: Default::default(),
    }
}

fn lowered(api: &Api) -> specsmith_rust::Model {
    let mut diagnostics = specsmith_diagnostics::Diagnostics::default();
    specsmith_rust::lower(api, &Default::default(), &mut diagnostics)
}

fn options() -> Options {
    Options {
        package_name: "book-server".to_owned(),
        types_package: None,
        contract: false,
        base_path: None,
        body_limit: None,
    }
}

fn rendered(api: &Api) -> specsmith_output::FileTree {
    render(&lowered(api), &options())
}

/// The file of the group `Books`, without line breaks and indents, so that widths of lines do not matter.
fn group(api: &Api) -> String {
    let text = rendered(api).get("src/api/books.rs").unwrap().to_owned();
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("( ", "(")
        .replace(", )", ")")
}

fn assert_has(text: &str, expected: &[&str]) {
    for expected in expected {
        assert!(text.contains(expected), "no {expected}\nin {text}");
    }
}

#[test]
fn what_serves_the_document_is_there_only_with_it() {
    let model = lowered(&fixture().api);
    for contract in [true, false] {
        let options = Options { contract, ..options() };
        let tree = render(&model, &options);
        assert_eq!(tree.get("src/runtime/server/docs_ui.rs").is_some(), contract);
        for path in ["Cargo.toml", "src/runtime/server.rs"] {
            assert_eq!(tree.get(path).unwrap().contains("docs-ui"), contract, "{path}");
        }
    }
}

#[test]
fn parameters_are_arguments_and_fields() {
    let Fixture {
        mut api,
        text,
        list,
        integer,
        ..
    } = fixture();
    let mut list_books = operation(
        "listBooks",
        "GET",
        path(&[&[literal("shelves")], &[named("shelf")]], None),
    );
    let form = (Style::Form, true);
    let twenty = Presence::Default(Value::Number(20.into()));
    list_books.parameters = vec![
        parameter(
            "shelf",
            ParameterIn::Path,
            text,
            Presence::Required,
            (Style::Simple, false),
        ),
        parameter("limit", ParameterIn::Query, integer, twenty, form),
        parameter("q", ParameterIn::Query, text, Presence::Required, form),
        parameter(
            "ids",
            ParameterIn::Query,
            list,
            Presence::Optional,
            (Style::PipeDelimited, false),
        ),
        parameter(
            "X-Trace",
            ParameterIn::Header,
            text,
            Presence::Optional,
            (Style::Simple, false),
        ),
    ];
    list_books.responses = vec![response(Status::Code(204), Vec::new())];
    list_books.security = vec![SecurityRequirement {
        schemes: vec![RequiredScheme {
            scheme: SchemeId(0),
            scopes: vec!["read".to_owned()],
        }],
    }];
    api.operations = vec![list_books];
    assert_has(
        &group(&api),
        &[
            "pub trait Books: Authenticate { /// What an operation fails with where it has no response for it. \
             type Error: Into<HttpProblem> + Send;",
            "fn list_books(&self, cx: Context<Self::Token>, shelf: String, parameters: ListBooksParameters) -> impl Future<Output = \
             Result<ListBooksResponse, Self::Error>> + Send;",
            "pub limit: i64,",
            "pub q: String,",
            "pub ids: Option<Vec<String>>,",
            "pub x_trace: Option<String>,",
            "let limit = request.or(parameter::query(\"limit\"), 20);",
            "let q = request.required(parameter::query(\"q\"));",
            "parameter::query(\"ids\").style(parameter::Style::PipeDelimited.joined())",
            "let x_trace = request.optional(parameter::header(\"X-Trace\"));",
            "path: \"/shelves/{shelf}\",",
            "security: &[&[(\"token\", &[\"read\"])]],",
            "let caller = auth::token(&*service, &mut request).await?; let shelf = request.required(parameter::path(\"shelf\")); let parameters = ListBooksParameters::read(&mut \
             request); let cx = request.finish()?.with_caller(caller); response::reply(S::list_books(&service, cx, shelf?, parameters?).await)",
        ],
    );
}

#[test]
fn responses_are_an_enum_and_a_table() {
    let Fixture {
        mut api, text, problem, ..
    } = fixture();
    let mut cover = operation("cover", "GET", path(&[&[literal("cover")]], None));
    cover.responses = vec![
        response(Status::Code(200), content("image/*", None)),
        response(Status::Code(202), content("text/plain", Some(text))),
        response(Status::Code(204), Vec::new()),
        response(Status::Class(4), content("application/problem+json", Some(problem))),
        response(Status::Default, Vec::new()),
    ];
    api.operations = vec![cover];
    assert_has(
        &group(&api),
        &[
            "/// `200`: as asked OkBytes(HeaderValue, Body),",
            "AcceptedText(String),",
            "NoContent,",
            "ClientError(StatusCode, Problem),",
            "Default(StatusCode),",
            "responses!(CoverResponse { OkBytes: 200 bytes _, AcceptedText: 202 text \"text/plain\", NoContent: 204, ClientError: _ \
             json \"application/problem+json\", Default: _, });",
            "use crate::types::Problem;",
            "Problem as HttpProblem",
        ],
    );
}

#[test]
fn bodies_come_last_and_only_required_ones_are_plain() {
    let Fixture { mut api, problem, .. } = fixture();
    let with = |name: &str, media_type: &str, ty, required| {
        let mut operation = operation(name, "POST", path(&[&[literal(name)]], None));
        operation.request_body = Some(RequestBody {
            required,
            content: content(media_type, ty),
            docs: Docs::default(),
            location: Default::default(),
        });
        operation
    };
    api.operations = vec![
        with("json", "application/json", Some(problem), true),
        with("form", "application/x-www-form-urlencoded", Some(problem), false),
        with("raw", "image/png", None, true),
        with("parts", "multipart/form-data", Some(problem), true),
        with("more", "multipart/mixed", None, true),
    ];
    assert_has(
        &group(&api),
        &[
            "cx: Context, body: Problem)",
            "cx: Context, body: Option<Problem>)",
            "cx: Context, body: Body)",
            "cx: Context, body: PartsForm)",
            "cx: Context, body: Multipart)",
            "request.json().await;",
            "request.optional_form().await;",
            "request.stream(\"image/png\");",
            "PartsForm::read(&mut request).await;",
            "request.multipart(\"multipart/mixed\").await;",
        ],
    );
    let tree = rendered(&api);
    let manifest = tree.get("Cargo.toml").unwrap();
    assert_has(manifest, &["name = \"book-server\"", "\"multipart\", \"tokio\"]"]);
    assert!(tree.get("src/runtime/server/multipart.rs").is_some());
}

#[test]
fn of_operations_that_no_request_tells_apart_the_first_is_served() {
    let Fixture { mut api, .. } = fixture();
    let files = |name: &str, parameter: &str, fragment| {
        operation(
            name,
            "PUT",
            path(&[&[literal("files")], &[named(parameter), literal(".bin")]], fragment),
        )
    };
    api.operations = vec![files("move", "id", None), files("copy", "file", Some("copy"))];
    let text = group(&api);
    assert_has(
        &text,
        &[
            "fn r#move(",
            "Gets the requests for `/shown` too, which cannot be told apart.",
        ],
    );
    assert!(!text.contains("fn copy("), "{text}");
}

#[test]
fn signs_of_templates_are_escaped_in_literals() {
    let template = path(&[&[literal("a{b}"), named("c/d")], &[], &[literal("50%")]], None);
    assert_eq!(template.escaped(), "/a%7Bb%7D{c%2Fd}//50%25");
}

#[test]
fn an_api_without_operations_is_still_a_crate() {
    let tree = rendered(&Api::default());
    assert_has(tree.get("src/lib.rs").unwrap(), &["pub fn router() -> axum::Router"]);
    assert!(tree.get("README.md").is_some());
}

#[test]
fn names_made_of_keywords_are_snake_case() {
    let mut api = fixture().api;
    let mut ping = operation("ping", "GET", path(&[&[literal("ping")]], None));
    ping.security = vec![SecurityRequirement {
        schemes: vec![RequiredScheme {
            scheme: SchemeId(0),
            scopes: Vec::new(),
        }],
    }];
    api.operations = vec![ping];
    for word in ["self", "super", "crate", "type"] {
        for scheme in &mut api.security_schemes {
            scheme.name = word.to_owned();
        }
        let auth = rendered(&api).get("src/auth.rs").unwrap().to_owned();
        assert_has(&auth, &[&format!("async fn {word}_passes<")]);
    }
}

#[test]
fn a_program_begins_with_a_stub_for_each_operation() {
    let Fixture {
        mut api, text, problem, ..
    } = fixture();
    let mut add = operation("addBook", "POST", path(&[&[literal("books")], &[named("type")]], None));
    add.parameters = vec![parameter(
        "type",
        ParameterIn::Path,
        text,
        Presence::Required,
        (Style::Simple, false),
    )];
    add.request_body = Some(RequestBody {
        required: true,
        content: content("application/json", Some(problem)),
        docs: Docs::default(),
        location: Default::default(),
    });
    add.responses = vec![response(Status::Code(204), Vec::new())];
    add.security = vec![SecurityRequirement {
        schemes: vec![RequiredScheme {
            scheme: SchemeId(0),
            scopes: vec!["write".to_owned()],
        }],
    }];
    api.operations = vec![add, operation("ping", "GET", path(&[&[literal("ping")]], None))];
    let options = ScaffoldOptions {
        package_name: "book-shop".to_owned(),
        server_path: "../server".to_owned(),
        server: Options {
            package_name: "books-server".to_owned(),
            types_package: None,
            contract: false,
            base_path: None,
            body_limit: None,
        },
    };
    let scaffold = scaffold(&lowered(&api), &options).unwrap();
    let file = |path: &str| scaffold.tree.get(path).unwrap();
    assert_has(
        file("src/handlers/books.rs"),
        &[
            "//! The operations of the tag `Books`.\n\nuse books_server::api::books::{AddBookResponse, PingResponse};\n\
             use books_server::types::Problem;\nuse books_server::{Books, Context, Problem as HttpProblem};\n\n\
             use super::not_implemented;\nuse crate::App;\n\nimpl Books for App {\n    type Error = HttpProblem;\n\n    \
             async fn add_book(\n        &self,\n        cx: Context<Self::Token>,\n        _type: String,\n        _body: Problem,\n    \
             ) -> Result<AddBookResponse, HttpProblem> {\n        Err(not_implemented(&cx, file!()))\n    }\n",
        ],
    );
    assert_has(
        file("src/auth.rs"),
        &[
            "impl Authenticate for App {\n    type Token = String;\n",
            ") -> Result<Granted<Self::Token>, Denied> {\n        Err(Denied::Invalid)\n",
        ],
    );
    assert_has(file("src/lib.rs"), &["mod auth;\n", "books_server::router(App)"]);
    assert_has(file("src/main.rs"), &["book_shop::Config::from_env()?"]);
    assert_has(
        file("tests/api.rs"),
        &["answer(\"GET\", \"/ping\").await?", "/nowhere/x/x\""],
    );
    assert!(!file("Cargo.toml").contains("docs-ui"));
    let limited = ScaffoldOptions {
        server: Options {
            body_limit: Some(1 << 20),
            ..options.server.clone()
        },
        ..options.clone()
    };
    let limited = crate::scaffold(&lowered(&api), &limited).unwrap().tree;
    for (path, text) in limited.iter() {
        assert!(
            !text.contains("MAX_BODY_BYTES") && !text.contains("DefaultBodyLimit"),
            "{path}"
        );
    }
    assert_has(limited.get("src/lib.rs").unwrap(), &["pub fn router() -> Router {"]);
    assert!(crate::scaffold(&lowered(&Api::default()), &options).is_none());
}

#[test]
fn very_many_routes_are_several_statements() {
    let routes = quote::format_ident!("Routes");
    let calls = |count| vec![quote::quote!(.add()); count];
    let statements = |count| {
        crate::group::chain(&routes, &calls(count))
            .to_string()
            .matches("let routes")
            .count()
    };
    assert_eq!([0, 100, 101, 1_000].map(statements), [0, 0, 1, 9]);
}
