//! What a document has, and what it is called in Rust: operations and schemas.

pub(crate) mod json;

use specsmith_diagnostics::{Findings, Location};
use specsmith_ir::{Api, OperationId, Origin};
use specsmith_rust::Model;
use specsmith_rust::model::{self, BodyKind, Group, Outcome, Parameter, ResponseBody, TypeBody, TypeItem, View};
use specsmith_rust::surface::type_text;

use crate::pipeline::{Lowered, Manifests, lower};
use crate::{Config, Error};

/// What a document has.
#[derive(Debug, Clone)]
pub struct Listing {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// The operations, in the order of the document.
    pub operations: Vec<ListedOperation>,
    /// The named schemas, in the order of the document.
    pub schemas: Vec<ListedSchema>,
}

/// An operation and its names in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOperation {
    /// The operationId.
    pub id: Option<String>,
    /// The method: `GET`.
    pub method: String,
    /// The path as written.
    pub path: String,
    /// The tags as written.
    pub tags: Vec<String>,
    /// Where it is in the document, as one file in OpenAPI 3.
    pub pointer: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The call on the client: `client.books().list()`.
    pub call: String,
    /// The type that stands for it on the client: `api::books::ListBooks`.
    pub operation: String,
    /// What the call takes as arguments, the body behind the others.
    pub arguments: Vec<ListedParameter>,
    /// What methods of the request set.
    pub setters: Vec<ListedParameter>,
    /// The bodies that can be sent, the usual one first.
    pub bodies: Vec<ListedBody>,
    /// The responses, successes first.
    pub responses: Vec<ListedResponse>,
    /// The trait of the server.
    pub server_trait: String,
    /// The function of that trait.
    pub server_function: String,
    /// The place in the source.
    pub location: Location,
}

/// An argument or a setter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedParameter {
    /// The name in Rust.
    pub name: String,
    /// The name as written; `None` for a body.
    pub wire: Option<String>,
    /// Where it is sent: `path`, `query`, `querystring`, `header`, `cookie`, `body`.
    pub place: String,
    /// The type of the value.
    pub ty: String,
}

/// A body of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedBody {
    /// The media types.
    pub media_types: Vec<String>,
    /// The method of the client that takes it.
    pub method: String,
    /// The type.
    pub ty: String,
    /// Whether it must be sent.
    pub required: bool,
}

/// A response of one media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedResponse {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// Whether it is a success.
    pub is_success: bool,
    /// The media type; `None` where there is no body.
    pub media_type: Option<String>,
    /// The type.
    pub ty: String,
}

/// A named schema and its name in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSchema {
    /// The name as written.
    pub name: String,
    /// Where it is in the document, as one file in OpenAPI 3.
    pub pointer: String,
    /// The type: `types::Book`; that of responses, where requests have another.
    pub rust: Option<String>,
    /// The type of requests, where they have another.
    pub rust_request: Option<String>,
    /// `struct`, `enum`, `union`, `tuple`, `alias` or `newtype`.
    pub kind: Option<String>,
    /// Whether requests use it, directly or through other types.
    pub in_requests: bool,
    /// Whether responses use it.
    pub in_responses: bool,
    /// The place in the source.
    pub location: Location,
}

/// Lists the operations and schemas of a document that the filters leave; targets do not matter.
///
/// # Errors
/// When the document cannot be used.
pub fn list(config: &Config) -> Result<Listing, Error> {
    let Lowered {
        api, model, findings, ..
    } = lower(config, Manifests::Generated)?;
    Ok(Listing {
        operations: operations(&api, &model),
        schemas: schemas(&api, &model),
        findings,
    })
}

/// The operations of an API, in the order of the document.
pub(crate) fn operations(api: &Api, model: &Model) -> Vec<ListedOperation> {
    let mut operations: Vec<(OperationId, ListedOperation)> = model
        .operations()
        .filter_map(|(group, operation)| {
            let listed = listed(api, model, group, operation)?;
            Some((operation.source, listed))
        })
        .collect();
    operations.sort_by_key(|(id, _)| *id);
    operations.into_iter().map(|(_, operation)| operation).collect()
}

fn listed(api: &Api, model: &Model, group: &Group, operation: &model::Operation) -> Option<ListedOperation> {
    let source = api.operation(operation.source)?;
    let (required, optional): (Vec<_>, Vec<_>) = operation.parameters.iter().partition(|of| of.required);
    let mut arguments: Vec<ListedParameter> = required.into_iter().map(|of| parameter(model, of)).collect();
    let mut setters: Vec<ListedParameter> = optional.into_iter().map(|of| parameter(model, of)).collect();
    let body = |body: &model::Body| ListedParameter {
        name: if body.required { "body" } else { body.method.unraw() }.to_owned(),
        wire: None,
        place: "body".to_owned(),
        ty: body_type(model, body),
    };
    arguments.extend(operation.body.iter().filter(|of| of.required).map(body));
    setters.extend(operation.bodies().filter(|of| !of.required).map(body));
    let names: Vec<&str> = arguments.iter().map(|argument| argument.name.as_str()).collect();
    let main = operation.body.as_ref().filter(|of| of.required);
    let method = main.map_or(&operation.method, |body| &body.method);
    Some(ListedOperation {
        id: source.name.clone(),
        method: source.method.to_string(),
        path: source.path.text.clone(),
        tags: source.tags.clone(),
        pointer: operation_pointer(source),
        deprecated: source.docs.deprecated,
        call: format!(
            "client.{}().{}({})",
            group.accessor.unraw(),
            method.unraw(),
            names.join(", ")
        ),
        operation: format!("api::{}::{}", group.module().unraw(), operation.name.unraw()),
        arguments,
        setters,
        bodies: operation.bodies().map(|body| listed_body(model, body)).collect(),
        responses: operation.responses.list.iter().map(|of| response(model, of)).collect(),
        server_trait: group.name.unraw().to_owned(),
        server_function: operation.function.unraw().to_owned(),
        location: source.location,
    })
}

fn parameter(model: &Model, parameter: &Parameter) -> ListedParameter {
    ListedParameter {
        name: parameter.name.unraw().to_owned(),
        wire: Some(parameter.wire.clone()),
        place: parameter.place.to_string(),
        ty: type_text(model, &parameter.ty),
    }
}

fn body_type(model: &Model, body: &model::Body) -> String {
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => type_text(model, ty),
        BodyKind::Lines(ty) => format!("Vec<{}>", type_text(model, ty)),
        BodyKind::Multipart => body
            .form
            .as_ref()
            .map_or("Multipart", |form| form.name.unraw())
            .to_owned(),
        BodyKind::Text => "String".to_owned(),
        BodyKind::Bytes => "RequestBody".to_owned(),
    }
}

fn listed_body(model: &Model, body: &model::Body) -> ListedBody {
    let media_types = [&body.media_type].into_iter().chain(&body.also);
    ListedBody {
        media_types: media_types.map(ToString::to_string).collect(),
        method: body.method.unraw().to_owned(),
        ty: body_type(model, body),
        required: body.required,
    }
}

fn response(model: &Model, response: &model::Response) -> ListedResponse {
    ListedResponse {
        status: response.status.to_string(),
        is_success: response.outcome == Outcome::Success,
        media_type: response.media_type.as_ref().map(ToString::to_string),
        ty: match &response.body {
            ResponseBody::Empty => "()".to_owned(),
            ResponseBody::Json(ty) | ResponseBody::Xml(ty, _) => type_text(model, ty),
            ResponseBody::Text => "String".to_owned(),
            ResponseBody::Bytes => "Bytes".to_owned(),
        },
    }
}

/// The named schemas of an API, in the order of the document.
pub(crate) fn schemas(api: &Api, model: &Model) -> Vec<ListedSchema> {
    let mut schemas: Vec<ListedSchema> = Vec::new();
    for (id, ty) in api.types.iter() {
        let Origin::Component(name) = &ty.origin else { continue };
        let items = || model.types.iter().filter(|item| item.source == id);
        let path = |item: &TypeItem| format!("types::{}", item.name.unraw());
        let is_request = |item: &&TypeItem| matches!(item.view, View::Request(Some(_)));
        let (of_requests, other) = (items().find(is_request), items().find(|item| !is_request(item)));
        let used = |of: fn(&TypeItem) -> bool| items().any(of);
        let (in_requests, in_responses) = (used(|item| item.usage.requests), used(|item| item.usage.responses));
        // A type of one direction has the name of the schema, too.
        if let Some(known) = schemas.iter_mut().find(|known| known.name == *name) {
            known.rust_request = known.rust_request.take().or_else(|| of_requests.map(path));
            known.in_requests |= in_requests;
            known.in_responses |= in_responses;
            continue;
        }
        schemas.push(ListedSchema {
            name: name.clone(),
            pointer: format!("/components/schemas/{}", escaped(name)),
            rust: other.or(of_requests).map(path),
            rust_request: other.and(of_requests).map(path),
            kind: other.or(of_requests).map(|item| kind(&item.body).to_owned()),
            in_requests,
            in_responses,
            location: ty.location,
        });
    }
    schemas
}

/// What a type definition is, in a word.
pub(crate) fn kind(body: &TypeBody) -> &'static str {
    match body {
        TypeBody::Struct(_) => "struct",
        TypeBody::Enum(_) => "enum",
        TypeBody::Union(_) => "union",
        TypeBody::Tuple(_) => "tuple",
        TypeBody::Alias(_) => "alias",
        TypeBody::Newtype(_) => "newtype",
    }
}

/// Where an operation is in a document (OpenAPI 3.2, section 4.9, Path Item Object).
pub(crate) fn operation_pointer(operation: &specsmith_ir::Operation) -> String {
    const FIXED: [&str; 9] = [
        "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY",
    ];
    let (path, method) = (escaped(&operation.path.text), operation.method.as_str());
    match FIXED.contains(&method) {
        true => format!("/paths/{path}/{}", method.to_lowercase()),
        false => format!("/paths/{path}/additionalOperations/{}", escaped(method)),
    }
}

/// A step of a JSON Pointer (RFC 6901, section 3).
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}
