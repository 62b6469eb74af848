//! The methods of a group and of its requests: arguments for what is required, setters for what is optional.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use specsmith_ir::{ParameterEncoding, ParameterIn, Style};
use specsmith_rust::model::{Body, Group, Operation, Parameter};
use specsmith_rust::{Deprecation, Model, Prose, RustFile};

use crate::argument::argument;
use crate::body::Taken;
use crate::{Options, example, servers, stream};

/// How many arguments, with `self`, clippy lets a function have.
pub(crate) const MANY_ARGUMENTS: usize = 7;

/// The methods of a group that begin a call: one for each body that must be sent.
pub(crate) fn calls(
    file: &mut RustFile,
    model: &Model,
    options: &Options,
    group: &Group,
    operation: &Operation,
) -> Vec<TokenStream> {
    let others = operation.other_bodies.iter().filter(|body| body.required);
    let bodies = [operation.body.as_ref()].into_iter().chain(others.map(Some));
    let call = |body: Option<&Body>| {
        let body = body.filter(|body| body.required);
        let example = example::of_method(model, options, group, operation, body);
        call(file, model, operation, body, example)
    };
    bodies.map(call).collect()
}

/// The method of a group that begins a call, with this body if it must be sent.
fn call(
    file: &mut RustFile,
    model: &Model,
    operation: &Operation,
    body: Option<&Body>,
    example: Option<String>,
) -> TokenStream {
    let mut arguments = Vec::new();
    let mut statements = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        let (name, ty) = (&parameter.name, argument(file, model, &parameter.ty));
        arguments.push(quote!(#name: #ty));
        statements.push(encode(file, parameter));
    }
    if let Some(body) = body {
        let body = Taken::new(file, model, operation, body);
        arguments.extend(body.arguments);
        statements.push(body.statement);
    }
    let mut docs = docs(model, operation, body);
    docs.own(&example.unwrap_or_default());
    let docs = docs.attributes();
    let deprecated = operation.deprecated.as_ref().map(Deprecation::attribute);
    let many = (arguments.len() >= MANY_ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each required parameter")]));
    let method = body.map_or(&operation.method, |body| &body.method);
    let name = &operation.name;
    let body = if statements.is_empty() {
        quote!(Request::new(&self.client))
    } else {
        quote! {
            let mut request = Request::new(&self.client);
            #(request.parts.#statements;)*
            request
        }
    };
    quote! {
        #docs
        #deprecated
        #many
        pub fn #method(&self, #(#arguments),*) -> Request<#name> {
            #body
        }
    }
}

/// The setters of optional parameters and of an optional body; empty where there is none.
pub(crate) fn setters(file: &mut RustFile, model: &Model, operation: &Operation) -> Vec<TokenStream> {
    let mut setters = Vec::new();
    for parameter in operation.parameters.iter().filter(|parameter| !parameter.required) {
        let ty = argument(file, model, &parameter.ty);
        let statement = encode(file, parameter);
        let docs = parameter_docs(parameter).attributes();
        let deprecated = parameter.deprecated.as_ref().map(Deprecation::attribute);
        let name = &parameter.name;
        setters.push(quote! {
            #docs
            #deprecated
            pub fn #name(mut self, #name: #ty) -> Self {
                self.parts.#statement;
                self
            }
        });
    }
    for body in operation.bodies().filter(|body| !body.required) {
        let mut docs = body.docs.clone();
        if docs.is_empty() {
            docs.own("Sets the body.");
        }
        docs.own(&media_types(operation, body));
        let method = &body.method;
        let (docs, Taken { arguments, statement }) = (docs.attributes(), Taken::new(file, model, operation, body));
        setters.push(quote! {
            #docs
            pub fn #method(mut self, #(#arguments),*) -> Self {
                self.parts.#statement;
                self
            }
        });
    }
    setters
}

/// The call on the parts of a request that encodes the argument for a parameter, without its receiver.
fn encode(file: &mut RustFile, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    encode_as(file, parameter, &quote!(#name))
}

/// The call on the parts of a request that encodes a value as a parameter, without its receiver.
pub(crate) fn encode_as(file: &mut RustFile, parameter: &Parameter, name: &TokenStream) -> TokenStream {
    let wire = &parameter.wire;
    let place = match parameter.place {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
        ParameterIn::Querystring => "querystring",
    };
    match &parameter.encoding {
        ParameterEncoding::Content(media_type)
            if parameter.place == ParameterIn::Querystring && media_type.is_form() =>
        {
            quote!(querystring(#wire, #name))
        }
        ParameterEncoding::Content(media_type) => {
            file.use_(quote!(crate::runtime::client::style));
            let method = format_ident!("{place}_styled");
            let style = if media_type.is_json() {
                quote!(JSON)
            } else {
                quote!(TEXT)
            };
            quote!(#method(#wire, style::#style, #name))
        }
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let is_default = match parameter.place {
                ParameterIn::Querystring => return quote!(querystring(#wire, #name)),
                ParameterIn::Path => *style == Style::Simple && !explode,
                ParameterIn::Header => *style == Style::Simple && !explode,
                _ => *style == Style::Form && *explode,
            };
            if is_default && !allow_reserved {
                let method = format_ident!("{place}");
                return quote!(#method(#wire, #name));
            }
            file.use_(quote!(crate::runtime::client::style));
            let (method, style) = (format_ident!("{place}_styled"), style_name(*style, *explode));
            let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
            quote!(#method(#wire, style::#style #reserved, #name))
        }
    }
}

/// The constant of the runtime for a style.
pub(crate) fn style_name(style: Style, explode: bool) -> proc_macro2::Ident {
    let name = match (style, explode) {
        (Style::Matrix, false) => "MATRIX",
        (Style::Matrix, true) => "MATRIX_EXPLODED",
        (Style::Label, false) => "LABEL",
        (Style::Label, true) => "LABEL_EXPLODED",
        (Style::Simple, false) => "SIMPLE",
        (Style::Simple, true) => "SIMPLE_EXPLODED",
        (Style::Form, false) => "FORM_JOINED",
        // Exploded, each item has a pair of its own, and there is nothing to delimit.
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true) => "FORM",
        (Style::SpaceDelimited, false) => "SPACE_DELIMITED",
        (Style::PipeDelimited, false) => "PIPE_DELIMITED",
        (Style::DeepObject, _) => "DEEP_OBJECT",
        (Style::Cookie, false) => "COOKIE_JOINED",
        (Style::Cookie, true) => "COOKIE",
    };
    format_ident!("{name}")
}

/// What is said about a method: the operation, its path, its arguments and its errors.
fn docs(model: &Model, operation: &Operation, body: Option<&Body>) -> Prose {
    let other = body.filter(|body| body.method != operation.method);
    let mut docs = match other {
        None => operation.docs.clone(),
        Some(_) => {
            let mut docs = Prose::new();
            docs.own(&format!("[`Self::{}`] with another body.", operation.method.unraw()));
            docs
        }
    };
    docs.own(&Prose::code(&format!(
        "{} {}",
        operation.http_method, operation.path.text
    )));
    if let Some(body) = body {
        docs.own(&media_types(operation, body));
    }
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required && other.is_none());
    let mut notes = Vec::from_iter(required.filter_map(|parameter| note(parameter.name.unraw(), &parameter.docs)));
    if let Some(body) = body {
        notes.extend(note("body", &body.docs));
    }
    docs.own(&notes.join("\n"));
    docs.own(&stream::docs(model, operation));
    if other.is_none() {
        docs.own(&servers::docs(model, operation));
    }
    if operation.pagination.is_some() && other.is_none() {
        docs.own("Gives one page; [`stream`](Request::stream) gives the items of all pages, [`pages`](Request::pages) one page after the other.");
    }
    let links = operation.links.iter().filter(|_| other.is_none());
    let links = links.map(|link| {
        let function = format!("`{}::{}`", operation.name.unraw(), link.name.unraw());
        // The function is not there where the group of the other operation is off.
        let target = model.groups.get(link.target.0);
        match target.is_some_and(|group| group.feature.is_some()) {
            true => function,
            false => format!("[{function}]"),
        }
    });
    let links = Vec::from_iter(links);
    if !links.is_empty() {
        docs.own(&format!("Its responses lead to {}.", links.join(", ")));
    }
    if let Some(error) = operation.responses.error.as_ref().filter(|_| other.is_none()) {
        docs.own(&format!("Documented errors: [`{}`].", error.unraw()));
    }
    docs
}

/// What media type a body is sent with, where there are several; empty where there is one.
fn media_types(operation: &Operation, body: &Body) -> String {
    let mut text = String::new();
    if !operation.other_bodies.is_empty() {
        text = format!("The body is sent as {}.", Prose::code(body.media_type.as_str()));
    }
    let also = body.also.iter().map(|media_type| Prose::code(media_type.as_str()));
    let also = Vec::from_iter(also).join(", ");
    if !also.is_empty() {
        let separator = if text.is_empty() { "" } else { " " };
        text.push_str(&format!(
            "{separator}It can also be {also}: see [`Request::with_content_type`]."
        ));
    }
    text
}

/// An item of the list of arguments.
fn note(name: &str, docs: &Prose) -> Option<String> {
    let mut lines = docs.as_str().lines();
    let first = lines.next()?;
    let rest = lines.map(|line| {
        if line.is_empty() {
            "\n".to_owned()
        } else {
            format!("\n  {line}")
        }
    });
    Some(format!("- `{name}`: {first}{}", rest.collect::<String>()))
}

fn parameter_docs(parameter: &Parameter) -> Prose {
    let mut docs = parameter.docs.clone();
    if docs.is_empty() {
        docs.own(&format!(
            "Sets the {} parameter {}.",
            parameter.place,
            Prose::code(&parameter.wire)
        ));
    }
    docs
}
