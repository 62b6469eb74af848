//! The function of a trait that an operation is.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::ParameterIn;
use specsmith_rust::model::{Group, Operation, Parameter};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::names::Names;
use crate::{auth, contents, parameters};

/// How many arguments clippy lets a function have.
const MANY_ARGUMENTS: usize = 7;

/// How much the documentation of a function says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Everything.
    Full,
    /// One line; everything is said of the enum of its responses, and the type of the context says who may call.
    Brief,
}

/// How many lines a trait has at most with everything that is said of its functions.
const LONGEST_TRAIT: usize = 2_000;

/// How many lines a function has beside its documentation.
const FUNCTION: usize = 8;

/// How much is said in the trait of a group.
pub(crate) fn detail(model: &Model, group: &Group) -> Detail {
    let lines = |operation: &Operation| FUNCTION + docs(model, operation, &[]).as_str().lines().count();
    match group.operations.iter().map(lines).sum::<usize>() > LONGEST_TRAIT {
        true => Detail::Brief,
        false => Detail::Full,
    }
}

/// The function of a trait.
pub(crate) fn render(
    file: &mut RustFile,
    model: &Model,
    names: &Names,
    operation: &Operation,
    (detail, others): (Detail, &[&Operation]),
) -> TokenStream {
    let context = auth::context(file, model, names, operation);
    let arguments = arguments(file, model, names, operation).into_iter();
    let arguments: Vec<_> = arguments.map(|(name, ty)| quote!(#name: #ty)).collect();
    let docs = match detail {
        Detail::Full => docs(model, operation, others),
        Detail::Brief => brief(operation, others),
    };
    let docs = docs.attributes();
    let many = (arguments.len() + 2 > MANY_ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each parameter of the path")]));
    let (name, response) = (&operation.function, &operation.responses.server);
    quote! {
        #docs
        #many
        fn #name(&self, cx: #context, #(#arguments),*) -> impl Future<Output = Result<#response, Self::Error>> + Send;
    }
}

/// The arguments behind the context: the parameters of the path, all others in one, the body. Names and types.
pub(crate) fn arguments(
    file: &mut RustFile,
    model: &Model,
    names: &Names,
    operation: &Operation,
) -> Vec<(TokenStream, TokenStream)> {
    let mut arguments: Vec<_> = path_parameters(operation)
        .map(|parameter| {
            types::import(file, model, &parameter.ty);
            let name = &parameter.name;
            (quote!(#name), types::tokens(model, &parameter.ty))
        })
        .collect();
    if parameters::any(operation) {
        let name = &operation.parameters_name;
        arguments.push((quote!(parameters), quote!(#name)));
    }
    if let Some(ty) = contents::operation_type(file, model, names, operation) {
        arguments.push((quote!(body), ty));
    }
    arguments
}

/// The parameters that are arguments, in the order of the path.
pub(crate) fn path_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let in_path = |parameter: &&Parameter| parameter.place == ParameterIn::Path;
    operation.parameters.iter().filter(in_path)
}

/// One line: method, path and the first paragraph.
fn brief(operation: &Operation, others: &[&Operation]) -> Prose {
    let mut text = Prose::code(&format!("{} {}", operation.http_method, operation.path.text));
    let first: Vec<&str> = operation
        .docs
        .as_str()
        .lines()
        .take_while(|line| !line.is_empty())
        .collect();
    if first
        .first()
        .is_some_and(|line| line.starts_with(char::is_alphanumeric))
    {
        text.push_str(&format!(": {}", first.join(" ")));
    }
    let mut docs = Prose::new();
    docs.own(&text);
    stands_for(&mut docs, others);
    docs
}

/// What is said of an operation as a whole.
pub(crate) fn docs(model: &Model, operation: &Operation, others: &[&Operation]) -> Prose {
    let mut docs = operation.docs.clone();
    let path = Prose::code(&format!("{} {}", operation.http_method, operation.path.text));
    docs.own(&path);
    if let Some(sentence) = auth::sentence(model, operation) {
        docs.own(&sentence);
    }
    if let Some(deprecation) = &operation.deprecated {
        deprecation.tell(&mut docs);
    }
    stands_for(&mut docs, others);
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

fn stands_for(docs: &mut Prose, others: &[&Operation]) {
    if others.is_empty() {
        return;
    }
    let others: Vec<_> = others.iter().map(|other| Prose::code(&other.path.text)).collect();
    docs.own(&format!(
        "Gets the requests for {} too, which cannot be told apart.",
        others.join(", ")
    ));
}

/// An entry of a list, its lines moved in.
fn entry(name: &str, docs: &Prose) -> String {
    let text = docs.as_str().replace('\n', "\n  ");
    format!("- `{name}`: {text}\n")
}
