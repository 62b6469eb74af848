//! The README of the generated crate: what to implement, and how to serve it.

use serde::Serialize;
use specsmith_rust::model::{Body, BodyKind, Operation};
use specsmith_rust::{Model, Prose, types};

use crate::{Options, parameters, signature};

/// How many functions the example shows.
const SHOWN: usize = 2;

#[derive(Serialize)]
struct View {
    title: String,
    package: String,
    library: String,
    groups: Vec<GroupView>,
    imports: Vec<String>,
    functions: Vec<FunctionView>,
    more: usize,
    secured: bool,
    /// Whether requests are checked against limits.
    limited: bool,
    /// A struct with limits.
    limited_type: Option<String>,
}

#[derive(Serialize)]
struct GroupView {
    name: String,
    module: String,
    operations: usize,
}

#[derive(Serialize)]
struct FunctionView {
    name: String,
    arguments: Vec<String>,
    response: String,
}

/// Renders `README.md`.
pub(crate) fn render(model: &Model, options: &Options) -> String {
    let first = model.groups.first().map_or(&[][..], |group| &group.operations);
    let shown = first.get(..SHOWN).unwrap_or(first);
    let mut imports: Vec<_> = shown.iter().flat_map(imports).collect();
    imports.sort();
    let view = View {
        title: Prose::one_line(&model.title),
        package: options.package_name.clone(),
        library: options.package_name.replace('-', "_"),
        groups: model
            .groups
            .iter()
            .map(|group| GroupView {
                name: group.name.to_string(),
                module: group.module().to_string(),
                operations: group.operations.len(),
            })
            .collect(),
        imports,
        functions: shown.iter().map(|operation| function(model, operation)).collect(),
        more: first.len() - shown.len(),
        limited: !model.rules.is_empty(),
        limited_type: model.limited_struct().map(|item| item.name.to_string()),
        secured: model.operations().any(|(_, operation)| !operation.security.is_empty()),
    };
    specsmith_templates::render("server/README.md.j2", view)
}

/// What the module of a group must give for a function.
fn imports(operation: &Operation) -> Vec<String> {
    let mut names = vec![operation.responses.server.to_string()];
    if parameters::any(operation) {
        names.push(operation.parameters_name.to_string());
    }
    names
}

fn function(model: &Model, operation: &Operation) -> FunctionView {
    let mut arguments: Vec<_> = signature::path_parameters(operation)
        .map(|parameter| {
            format!(
                "{}: {}",
                parameter.name,
                plain(&types::tokens(model, &parameter.ty).to_string())
            )
        })
        .collect();
    if parameters::any(operation) {
        arguments.push(format!("parameters: {}", operation.parameters_name));
    }
    if let Some(body) = &operation.body {
        let ty = match operation.other_bodies.is_empty() {
            true => body_type(model, body),
            false => operation.content_name.to_string(),
        };
        arguments.push(match body.required {
            true => format!("body: {ty}"),
            false => format!("body: Option<{ty}>"),
        });
    }
    FunctionView {
        name: operation.function.to_string(),
        arguments,
        response: operation.responses.server.to_string(),
    }
}

fn body_type(model: &Model, body: &Body) -> String {
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => plain(&types::tokens(model, ty).to_string()),
        BodyKind::Multipart => "Multipart".to_owned(),
        BodyKind::Text => "String".to_owned(),
        BodyKind::Lines(ty) => format!("Vec<{}>", plain(&types::tokens(model, ty).to_string())),
        BodyKind::Bytes => "Bytes".to_owned(),
    }
}

/// A type without the spaces that tokens are printed with.
fn plain(tokens: &str) -> String {
    tokens.replace(' ', "").replace(',', ", ")
}
