//! Places of the model as steps of a JSON Pointer into the document, as users write them to name things.

use specsmith_ir::{self as ir, ComponentKind, Origin, Owner, Shape, Step, TypeId, UnionMode};

use super::context::Context;

/// How far owners of owners are followed.
const MAX_DEPTH: usize = 1024;

/// The steps of a pointer, without escapes.
pub(super) type Pointer = Vec<String>;

/// The place of a type. What merges schemas (`allOf`, the only branch beside `null`) is no step.
pub(super) fn of_type(cx: &Context<'_>, id: TypeId) -> Pointer {
    let mut id = id;
    let mut inside: Vec<Pointer> = Vec::new();
    for _ in 0..MAX_DEPTH {
        let Some(ty) = cx.ty(id) else { break };
        match &ty.origin {
            Origin::Component(name) => {
                inside.push(of_schema(name));
                break;
            }
            Origin::Inline { owner, step } => {
                inside.push(of_step(cx, owner, step));
                match owner {
                    Owner::Type(owner) => id = *owner,
                    Owner::Operation(operation) => {
                        let operation = cx.api.operations.get(operation.0 as usize);
                        inside.push(operation.map(of_operation).unwrap_or_default());
                        break;
                    }
                    Owner::Callback(operation, name) => {
                        let operation = cx.api.operations.get(operation.0 as usize);
                        let operation = operation.map(of_operation).unwrap_or_default();
                        inside.push(joined(&operation, &["callbacks", name]));
                        break;
                    }
                    Owner::Component(kind, name) => {
                        inside.push(of_component(*kind, name));
                        break;
                    }
                }
            }
        }
    }
    inside.into_iter().rev().flatten().collect()
}

/// The place of a named schema.
pub(super) fn of_schema(name: &str) -> Pointer {
    steps(&["components", "schemas", name])
}

/// The place of an operation.
pub(super) fn of_operation(operation: &ir::Operation) -> Pointer {
    let method = operation.method.as_str().to_ascii_lowercase();
    steps(&["paths", &operation.path.text, &method])
}

/// The place of a tag, by its name.
pub(super) fn of_tag(name: &str) -> Pointer {
    steps(&["tags", name])
}

/// A pointer with more steps behind it.
pub(super) fn joined(pointer: &[String], more: &[&str]) -> Pointer {
    pointer
        .iter()
        .cloned()
        .chain(more.iter().map(|step| (*step).to_owned()))
        .collect()
}

/// The steps of what a user writes: the name of a schema, or a pointer, in Swagger 2.0 too.
pub(super) fn read(text: &str) -> Pointer {
    let Some(pointer) = text.strip_prefix('#').unwrap_or(text).strip_prefix('/') else {
        return of_schema(text);
    };
    let mut read: Pointer = pointer
        .split('/')
        .map(|step| percent_decoded(step).replace("~1", "/").replace("~0", "~"))
        .collect();
    if read.first().is_some_and(|first| first == "definitions") {
        read.splice(..1, steps(&["components", "schemas"]));
    }
    while let Some(at) = read
        .windows(2)
        .position(|pair| matches!(pair, [keyword, index] if keyword == "allOf" && index.parse::<usize>().is_ok()))
    {
        read.drain(at..at + 2);
    }
    read
}

/// The steps as a pointer in a fragment.
pub(super) fn written(pointer: &[String]) -> String {
    let escaped = pointer.iter().map(|step| step.replace('~', "~0").replace('/', "~1"));
    format!("#/{}", escaped.collect::<Vec<_>>().join("/"))
}

fn of_component(kind: ComponentKind, name: &str) -> Pointer {
    match kind {
        ComponentKind::Parameter => steps(&["components", "parameters", name]),
        ComponentKind::RequestBody => steps(&["components", "requestBodies", name]),
        ComponentKind::Response => steps(&["components", "responses", name]),
        ComponentKind::Header => steps(&["components", "headers", name]),
        ComponentKind::Path => steps(&["paths", name]),
        ComponentKind::Webhook => steps(&["webhooks", name]),
        ComponentKind::Callback => steps(&["components", "callbacks", name]),
    }
}

/// The steps of a pointer from an owner to a type inside it.
pub(super) fn of_step(cx: &Context<'_>, owner: &Owner, step: &Step) -> Pointer {
    let is_component = matches!(owner, Owner::Component(..));
    match step {
        Step::Property(name) => steps(&["properties", name]),
        Step::Items => steps(&["items"]),
        Step::Item(index) => steps(&["prefixItems", &index.to_string()]),
        Step::AdditionalProperties => steps(&["additionalProperties"]),
        Step::PatternProperty(pattern) => steps(&["patternProperties", pattern]),
        Step::Variant { index, .. } => steps(&[union_keyword(cx, owner), &index.to_string()]),
        Step::NonNull => Pointer::new(),
        Step::Parameter(_, name) => steps(&["parameters", name, "schema"]),
        Step::RequestBody(media_type) if is_component => steps(&["content", media_type, "schema"]),
        Step::RequestBody(media_type) => steps(&["requestBody", "content", media_type, "schema"]),
        Step::Response(_, media_type) if is_component => steps(&["content", media_type, "schema"]),
        Step::Response(status, media_type) => {
            steps(&["responses", &status.to_string(), "content", media_type, "schema"])
        }
        Step::ResponseHeader(_, name) if is_component => steps(&["headers", name, "schema"]),
        Step::ResponseHeader(status, name) => steps(&["responses", &status.to_string(), "headers", name, "schema"]),
        Step::Schema => steps(&["schema"]),
    }
}

fn union_keyword(cx: &Context<'_>, owner: &Owner) -> &'static str {
    match owner {
        Owner::Type(id) => match cx.shape(cx.core(*id)) {
            Shape::Union(union) => keyword(union.mode),
            _ => "oneOf",
        },
        _ => "oneOf",
    }
}

/// The keyword that a union stands under.
pub(super) fn keyword(mode: UnionMode) -> &'static str {
    match mode {
        UnionMode::OneOf => "oneOf",
        UnionMode::AnyOf => "anyOf",
    }
}

fn steps(list: &[&str]) -> Pointer {
    list.iter().map(|step| (*step).to_owned()).collect()
}

/// The text with `%XX` decoded where that gives UTF-8.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let decoded = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(*first));
        rest = after.get(if decoded.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
