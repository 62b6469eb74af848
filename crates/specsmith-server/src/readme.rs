//! The README of the generated crate: what to implement, and how to serve it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};
use quote::quote;
use serde::Serialize;
use specsmith_rust::model::{Body, BodyKind, Operation, Scheme};
use specsmith_rust::{Model, Prose, types};

use crate::auth::{self, Auth};
use crate::{Options, base_path, contract, info, manifest, parameters, sent, signature};

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
    /// Whether the server has the document.
    contract: bool,
    /// Whether it serves it without being told.
    apart: bool,
    /// The path that everything is below; empty where there is none.
    base_path: String,
    /// How many bytes bodies may have, where the user says it.
    body_limit: Option<u64>,
    /// The static of the first operation.
    first: String,
    /// The enums of callers that the example names.
    callers: Vec<String>,
    auth: Option<AuthView>,
    /// What makes what the server sends, and what it is.
    sent: Vec<[String; 2]>,
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
struct AuthView {
    imports: Vec<&'static str>,
    schemes: Vec<SchemeView>,
    more: usize,
    scoped: bool,
    jwt: bool,
}

#[derive(Serialize)]
struct SchemeView {
    principal: String,
    principal_type: &'static str,
    function: String,
    argument: String,
    result: String,
}

#[derive(Serialize)]
struct FunctionView {
    name: String,
    context: String,
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
        sent: sent::rows(model),
        limited: !model.rules.is_empty(),
        limited_type: model.limited_struct().map(|item| item.name.to_string()),
        contract: options.contract,
        apart: contract::is_served(model, options),
        base_path: base_path::of(model, options),
        body_limit: options.body_limit,
        first: first
            .first()
            .map(|operation| info::name(operation).to_string())
            .unwrap_or_default(),
        callers: callers(model, shown),
        auth: Auth::new(model).map(|auth| auth_view(&auth)),
    };
    specsmith_templates::render("server/README.md.j2", view)
}

/// What the module of a group must give for a function.
fn imports(operation: &Operation) -> Vec<String> {
    let mut names = vec![operation.responses.server.to_string()];
    if parameters::any(operation) {
        names.push(operation.parameters_name.to_string());
    }
    if let (Some(body), true) = (&operation.body, operation.other_bodies.is_empty()) {
        names.extend(body.form.iter().map(|form| form.name.to_string()));
    }
    names
}

/// The enums of the callers of operations.
fn callers(model: &Model, shown: &[Operation]) -> Vec<String> {
    let callers = shown.iter().filter_map(|operation| model.caller(operation));
    let names = callers.filter_map(|caller| caller.name.as_ref());
    let names: BTreeSet<_> = names.map(ToString::to_string).collect();
    names.into_iter().collect()
}

fn auth_view(auth: &Auth<'_>) -> AuthView {
    let all = auth.schemes();
    let shown = all.get(..SHOWN).unwrap_or(all);
    let mut imports = auth::exports(shown);
    imports.push("Authenticate");
    imports.sort_unstable();
    AuthView {
        imports,
        schemes: shown.iter().map(|scheme| scheme_view(scheme)).collect(),
        more: all.len() - shown.len(),
        scoped: auth.has(|scheme| scheme.is_scoped),
        jwt: manifest::has_tokens(Some(auth)),
    }
}

fn scheme_view(scheme: &Scheme) -> SchemeView {
    let argument = auth::argument(scheme).map(|(name, ty)| format!("{name}: {ty}, "));
    SchemeView {
        principal: scheme.principal.to_string(),
        principal_type: "String",
        function: scheme.function.to_string(),
        argument: argument.unwrap_or_default(),
        result: match scheme.is_scoped {
            true => "Granted<String>".to_owned(),
            false => "String".to_owned(),
        },
    }
}

/// The type of the context of an operation.
fn context(model: &Model, operation: &Operation) -> String {
    let Some(caller) = model.caller(operation) else {
        return "Context".to_owned();
    };
    let name = caller
        .name
        .as_ref()
        .map(|name| Ident::new(name.as_str(), Span::call_site()));
    let ty = auth::caller_type(model, caller, name.as_ref(), &quote!(Self));
    format!("Context<{}>", plain(&ty.to_string()))
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
        context: context(model, operation),
        arguments,
        response: operation.responses.server.to_string(),
    }
}

fn body_type(model: &Model, body: &Body) -> String {
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => plain(&types::tokens(model, ty).to_string()),
        BodyKind::Multipart => match &body.form {
            Some(form) => form.name.to_string(),
            None => "Multipart".to_owned(),
        },
        BodyKind::Text => "String".to_owned(),
        BodyKind::Lines(ty) => format!("Records<{}>", plain(&types::tokens(model, ty).to_string())),
        BodyKind::Bytes => "Bytes".to_owned(),
    }
}

/// A type without the spaces that tokens are printed with.
fn plain(tokens: &str) -> String {
    tokens.replace(' ', "").replace(',', ", ")
}
