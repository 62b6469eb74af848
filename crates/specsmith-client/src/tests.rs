//! A small API from its intermediate model to the text of its client.

#![allow(clippy::unwrap_used, reason = "tests")]

use specsmith_ir::{
    Api, Array, Content, Docs, MediaType, Method, Operation, OperationId, Origin, Owner, Parameter, ParameterEncoding,
    ParameterIn, PathPart, PathSegment, PathTemplate, Presence, RequestBody, RequiredScheme, Response, SchemeId,
    SecurityRequirement, SecurityScheme, SecuritySchemeKind, Server, ServerVariable, Shape, Status, Step, Style, Tag,
    Text, Type, TypeId,
};

use crate::{Options, operation, render};

fn api() -> Api {
    let mut api = Api::default();
    api.info.title = "Book shop".to_owned();
    api.servers = vec![Server {
        url: "https://{region}.example.com/v1".to_owned(),
        name: None,
        description: None,
        variables: vec![ServerVariable {
            name: "region".to_owned(),
            default: "eu".to_owned(),
            values: Vec::new(),
            description: None,
        }],
    }];
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
    let text = scalar(&mut api, Shape::String(Text::default()));
    let list = scalar(
        &mut api,
        Shape::Array(Array {
            items: text,
            min_items: None,
            max_items: None,
            unique_items: false,
            xml: None,
        }),
    );
    api.operations = vec![get_book(text, list)];
    api
}

fn scalar(api: &mut Api, shape: Shape) -> TypeId {
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

fn get_book(text: TypeId, list: TypeId) -> Operation {
    let json = |ty| Content {
        media_type: MediaType::new("application/json").unwrap(),
        ty: Some(ty),
        item: None,
        event_data: None,
        encoding: Vec::new(),
        examples: Vec::new(),
        xml: None,
    };
    let response = |status, content| Response {
        status,
        content,
        headers: Vec::new(),
        links: Vec::new(),
        docs: Docs {
            description: Some("said".to_owned()),
            ..Docs::default()
        },
        location: Default::default(),
    };
    Operation {
        name: Some("getBook".to_owned()),
        method: Method::new("GET").unwrap(),
        path: path(),
        tags: vec!["Books".to_owned()],
        docs: Docs {
            title: Some("Gets a book".to_owned()),
            ..Docs::default()
        },
        parameters: vec![
            parameter(
                "isbn",
                ParameterIn::Path,
                Presence::Required,
                text,
                Style::Simple,
                false,
            ),
            parameter(
                "page size",
                ParameterIn::Query,
                Presence::Optional,
                list,
                Style::PipeDelimited,
                false,
            ),
        ],
        request_body: Some(RequestBody {
            required: false,
            content: vec![json(text)],
            docs: Docs::default(),
            location: Default::default(),
        }),
        responses: vec![
            response(Status::Code(200), vec![json(text)]),
            response(Status::Code(204), Vec::new()),
            response(Status::Class(4), vec![json(list)]),
        ],
        security: vec![
            SecurityRequirement {
                schemes: vec![RequiredScheme {
                    scheme: SchemeId(0),
                    scopes: Vec::new(),
                }],
            },
            SecurityRequirement::default(),
        ],
        servers: Vec::new(),
        pagination: None,
        retirement: None,
        body_limit: None,
        location: Default::default(),
    }
}

fn parameter(name: &str, place: ParameterIn, presence: Presence, ty: TypeId, style: Style, explode: bool) -> Parameter {
    Parameter {
        name: name.to_owned(),
        place,
        presence,
        ty,
        encoding: ParameterEncoding::Style {
            style,
            explode,
            allow_reserved: false,
        },
        docs: Docs::default(),
        location: Default::default(),
    }
}

/// `/books/{isbn}.json?beta=a b`
fn path() -> PathTemplate {
    let literal = |text: &str| PathPart::Literal(text.to_owned());
    PathTemplate {
        text: "/books/{isbn}.json?beta=a b".to_owned(),
        segments: vec![
            PathSegment {
                parts: vec![literal("books {}")],
            },
            PathSegment {
                parts: vec![PathPart::Parameter("isbn".to_owned()), literal(".json")],
            },
        ],
        query: vec![("beta".to_owned(), "a b".to_owned())],
        fragment: None,
    }
}

fn file(path: &str) -> String {
    let model = specsmith_rust::lower(&api(), &Default::default(), &mut Default::default());
    let options = Options {
        package_name: "book-shop".to_owned(),
        package_version: "1.2.3".to_owned(),
        types_package: None,
        examples: crate::Examples::Shown,
    };
    render(&model, &options).get(path).unwrap().to_owned()
}

#[track_caller]
fn check(path: &str, expected: &[&str]) {
    let text = file(path);
    for expected in expected {
        assert!(text.contains(expected), "no {expected:?} in {path}:\n{text}");
    }
}

#[test]
fn required_is_an_argument_and_optional_a_setter() {
    check(
        "src/api/books.rs",
        &[
            "    /// Gets a book\n    ///\n    /// `GET /books/{isbn}.json?beta=a b`\n    ///\n",
            "    pub fn get(&self, isbn: &str) -> Request<GetBook> {\n        let mut request = Request::new(&self.client);\n        request.parts.path(\"isbn\", isbn);\n        request\n    }\n",
            "self.parts.query_styled(\"page size\", style::PIPE_DELIMITED, page_size);\n        self\n",
            "    pub fn body(mut self, body: &str) -> Self {\n        self.parts.json(body);\n        self\n    }\n",
        ],
    );
}

#[test]
fn metadata_says_what_is_sent_where() {
    check(
        "src/api/books.rs",
        &[
            "OperationInfo::new(\"getBook\")\n        .get(\"/books%20%7B%7D/{isbn}.json?beta=a%20b\")\n        .tag(\"Books\")\n        .accept(\"application/json\")\n        .security(&[&[\"token\"], &[]]);\n",
        ],
    );
}

#[test]
fn responses_are_read_by_their_status() {
    check(
        "src/api/books.rs",
        &[
            "            200 => response.json_as(GetBookSuccess::Ok),\n            204 => response.empty_as(GetBookSuccess::NoContent),\n            400..=499 => response.json_error(GetBookError::ClientError),\n            _ => response.undocumented(),\n",
            "pub enum GetBookSuccess {\n    /// 200: said\n    Ok(String),\n    /// 204: said\n    NoContent,\n}\n",
            "api_error!(GetBookError {\n    ClientError,\n});\n",
        ],
    );
}

#[test]
fn the_client_knows_server_and_credentials() {
    check(
        "src/client.rs",
        &[
            "server: Some(\"https://eu.example.com/v1\"),",
            "schemes: &[Scheme::new(\"token\", \"bearer\", Place::Authorization(\"Bearer\"))],",
            "    pub fn books(&self) -> api::Books {",
            "    pub fn bearer(self, token: impl Into<TokenSource>) -> Self {\n        self.credential(\"token\", token)\n",
        ],
    );
}

#[test]
fn the_manifest_has_just_what_is_needed() {
    let manifest = file("Cargo.toml");
    assert!(
        manifest.contains("name = \"book-shop\"\nversion = \"1.2.3\"\nedition = \"2024\"\n"),
        "{manifest}"
    );
    for absent in ["chrono", "uuid", "base64", "workspace"] {
        assert!(!manifest.contains(absent), "{absent} in {manifest}");
    }
}

#[test]
fn the_example_is_a_call_of_this_api() {
    let call = "let client = book_shop::Client::builder().bearer(\"...\").build()?;";
    check(
        "src/lib.rs",
        &[call, "let response = client.books().get(\"...\").await?;"],
    );
    check(
        "README.md",
        &[
            call,
            "Err(Error::Api(GetBookError::ClientError(response)))",
            "| `client.books()` | `get` |",
        ],
    );
}

#[test]
fn the_root_is_a_path() {
    let root = PathTemplate {
        text: "/".to_owned(),
        segments: vec![PathSegment::default()],
        query: Vec::new(),
        fragment: None,
    };
    assert_eq!(operation::path_template(&root), "/");
}
