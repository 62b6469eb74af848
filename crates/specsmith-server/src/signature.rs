//! The function of a trait that an operation is.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::ParameterIn;
use specsmith_rust::model::{Body, BodyKind, Operation, Parameter};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::names::Names;
use crate::{info, parameters};

/// How many arguments clippy lets a function have.
const MANY_ARGUMENTS: usize = 7;

/// The function of a trait.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation) -> TokenStream {
    let context = names.runtime(file, "Context");
    let mut arguments: Vec<_> = path_parameters(operation)
        .map(|parameter| {
            types::import(file, model, &parameter.ty);
            let (name, ty) = (&parameter.name, types::tokens(model, &parameter.ty));
            quote!(#name: #ty)
        })
        .collect();
    if parameters::any(operation) {
        let name = &operation.parameters_name;
        arguments.push(quote!(parameters: #name));
    }
    if let Some(body) = &operation.body {
        let ty = body_type(file, model, names, body);
        arguments.push(quote!(body: #ty));
    }
    let docs = docs(model, operation).attributes();
    let many = (arguments.len() + 2 > MANY_ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each parameter of the path")]));
    let (name, response) = (&operation.function, &operation.responses.server);
    quote! {
        #docs
        #many
        fn #name(&self, cx: #context, #(#arguments),*) -> impl Future<Output = Result<#response, Self::Error>> + Send;
    }
}

/// The parameters that are arguments, in the order of the path.
pub(crate) fn path_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let in_path = |parameter: &&Parameter| parameter.place == ParameterIn::Path;
    operation.parameters.iter().filter(in_path)
}

fn body_type(file: &mut RustFile, model: &Model, names: &Names, body: &Body) -> TokenStream {
    let ty = match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) => {
            types::import(file, model, ty);
            types::tokens(model, ty)
        }
        BodyKind::Multipart => {
            let multipart = names.runtime(file, "Multipart");
            quote!(#multipart)
        }
        BodyKind::Text => quote!(String),
        BodyKind::Bytes => {
            file.use_(quote!(axum::body::Bytes));
            quote!(Bytes)
        }
    };
    match body.required {
        true => ty,
        false => quote!(Option<#ty>),
    }
}

fn docs(model: &Model, operation: &Operation) -> Prose {
    let mut docs = operation.docs.clone();
    let path = Prose::code(&format!("{} {}", operation.http_method, operation.path.text));
    docs.own(&path);
    if operation.deprecated {
        docs.own("Deprecated.");
    }
    if let Some(first) = shadowed_by(model, operation) {
        docs.own(&format!(
            "Never called: no request can be told from one for {}, which comes first in the document.",
            Prose::code(&first.id)
        ));
    }
    let mut list = String::new();
    for parameter in path_parameters(operation).filter(|parameter| !parameter.docs.is_empty()) {
        list.push_str(&entry(parameter.name.unraw(), &parameter.docs));
    }
    if let Some(body) = operation.body.as_ref().filter(|body| !body.docs.is_empty()) {
        list.push_str(&entry("body", &body.docs));
    }
    docs.own(&list);
    docs
}

/// An entry of a list, its lines moved in.
fn entry(name: &str, docs: &Prose) -> String {
    let text = docs.as_str().replace('\n', "\n  ");
    format!("- `{name}`: {text}\n")
}

/// The earlier operation that gets all the requests of this one: they differ in the fragment of the path, which is
/// not sent, or only in the names of parameters.
fn shadowed_by<'m>(model: &'m Model, operation: &Operation) -> Option<&'m Operation> {
    let route = |operation: &Operation| {
        let template = info::template(&operation.path);
        (operation.http_method.clone(), without_names(&template))
    };
    let first = model
        .operations()
        .map(|(_, other)| other)
        .filter(|other| other.path.segments.len() == operation.path.segments.len())
        .find(|other| route(other) == route(operation))?;
    (first.source != operation.source).then_some(first)
}

fn without_names(template: &str) -> String {
    let mut text = String::new();
    for piece in template.split_inclusive('}') {
        match piece.split_once('{') {
            Some((literal, _)) => {
                text.push_str(literal);
                text.push_str("{}");
            }
            None => text.push_str(piece),
        }
    }
    text
}
