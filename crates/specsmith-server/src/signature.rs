//! The function of a trait that an operation is.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::ParameterIn;
use specsmith_rust::model::{Operation, Parameter};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::names::Names;
use crate::{contents, parameters};

/// How many arguments clippy lets a function have.
const MANY_ARGUMENTS: usize = 7;

/// The function of a trait.
pub(crate) fn render(
    file: &mut RustFile,
    model: &Model,
    names: &Names,
    operation: &Operation,
    others: &[&Operation],
) -> TokenStream {
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
    if let Some(ty) = contents::operation_type(file, model, names, operation) {
        arguments.push(quote!(body: #ty));
    }
    let docs = docs(operation, others).attributes();
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

fn docs(operation: &Operation, others: &[&Operation]) -> Prose {
    let mut docs = operation.docs.clone();
    let path = Prose::code(&format!("{} {}", operation.http_method, operation.path.text));
    docs.own(&path);
    if let Some(deprecation) = &operation.deprecated {
        deprecation.tell(&mut docs);
    }
    if !others.is_empty() {
        let others: Vec<_> = others.iter().map(|other| Prose::code(&other.path.text)).collect();
        docs.own(&format!(
            "Gets the requests for {} too, which cannot be told apart.",
            others.join(", ")
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
