//! What a call returns: the enums of successes and errors, and how a response is read.

use std::mem::discriminant;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use specsmith_ir::{MediaType, Status};
use specsmith_rust::model::{Operation, Outcome, Response, ResponseBody, StreamKind, Success};
use specsmith_rust::{Ident, Model, Prose, RustFile};

use crate::argument::imported;
use crate::body::xml_root;
use crate::stream;

/// The type of a body.
pub(crate) fn body_type(file: &mut RustFile, model: &Model, body: &ResponseBody) -> TokenStream {
    match body {
        ResponseBody::Empty => quote!(()),
        ResponseBody::Json(ty) | ResponseBody::Xml(ty, _) => imported(file, model, ty),
        ResponseBody::Text => quote!(String),
        ResponseBody::Bytes => {
            file.use_(quote!(bytes::Bytes));
            quote!(Bytes)
        }
    }
}

/// What a successful call returns.
pub(crate) fn success_type(file: &mut RustFile, model: &Model, operation: &Operation) -> TokenStream {
    if let Some(stream) = stream::awaited(file, operation) {
        return quote!(#stream<Self>);
    }
    match &operation.responses.success {
        Success::Body(body) => body_type(file, model, body),
        Success::Enum(name) => quote!(#name),
    }
}

/// Adds the enums of successes and errors, where the operation has them.
pub(crate) fn enums(file: &mut RustFile, model: &Model, operation: &Operation, group: &Ident) {
    let method = format!("[`{}::{}`]", group.unraw(), operation.method.unraw());
    if let Success::Enum(name) = &operation.responses.success {
        let variants = variants_of(operation, Outcome::Success).map(|response| {
            let (docs, variant) = (variant_docs(operation, response).attributes(), &response.name);
            match &response.body {
                ResponseBody::Empty => quote!(#docs #variant,),
                body => {
                    let ty = body_type(file, model, body);
                    quote!(#docs #variant(#ty),)
                }
            }
        });
        let variants = Vec::from_iter(variants);
        let docs = format!(" What {method} returns.");
        file.item(quote! {
            #[doc = #docs]
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        });
    }
    if let Some(name) = &operation.responses.error {
        let variants = variants_of(operation, Outcome::Error).map(|response| {
            let (docs, variant) = (variant_docs(operation, response).attributes(), &response.name);
            let ty = body_type(file, model, &response.body);
            quote!(#docs #variant(Response<#ty>),)
        });
        let variants = Vec::from_iter(variants);
        let docs = format!(" The errors that the document names for {method}.");
        file.use_(quote!(crate::runtime::client::api_error));
        file.item(quote! {
            #[doc = #docs]
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #name { #(#variants)* }
        });
        let names = Vec::from_iter(variants_of(operation, Outcome::Error).map(|response| &response.name));
        file.macro_lines("api_error", quote!(#name), filled(&names));
    }
}

/// Names in as few lines as they fit in.
fn filled(names: &[&Ident]) -> Vec<TokenStream> {
    const WIDTH: usize = 90;
    let mut lines: Vec<Vec<&Ident>> = Vec::new();
    let mut width = WIDTH;
    for name in names {
        width += name.as_str().len() + 2;
        match lines.last_mut() {
            Some(line) if width <= WIDTH => line.push(name),
            _ => {
                width = name.as_str().len();
                lines.push(vec![name]);
            }
        }
    }
    lines.iter().map(|line| quote!(#(#line),*)).collect()
}

fn of(operation: &Operation, outcome: Outcome) -> impl Iterator<Item = &Response> {
    operation
        .responses
        .list
        .iter()
        .filter(move |response| response.outcome == outcome)
}

/// The responses that have variants of their own.
fn variants_of(operation: &Operation, outcome: Outcome) -> impl Iterator<Item = &Response> {
    of(operation, outcome).filter(|response| response.shared.is_none())
}

fn variant_docs(operation: &Operation, response: &Response) -> Prose {
    let status = match (response.status, response.outcome) {
        (Status::Default, Outcome::Success) => "Any other 2XX".to_owned(),
        (Status::Default, Outcome::Error) => "Any other status".to_owned(),
        (status, _) => status.to_string(),
    };
    let key = |response: &Response| (response.status, response.outcome);
    let is_alone = operation
        .responses
        .list
        .iter()
        .filter(|other| key(other) == key(response) && other.shared.is_none())
        .count()
        == 1;
    let media_type = response.media_type.as_ref().filter(|_| !is_alone);
    let media_type = media_type.map(|media_type| format!(", {}", Prose::code(media_type.as_str())));
    Prose::labeled(&format!("{status}{}", media_type.unwrap_or_default()), &response.docs)
}

/// The function that reads a response by its status and media type.
pub(crate) fn read(file: &mut RustFile, model: &Model, operation: &Operation) -> TokenStream {
    let mut responses = Vec::from_iter(&operation.responses.list);
    // What is for any media type comes last, and before it what a body without one is.
    let is_range = |response: &Response| response.media_type.as_ref().is_some_and(MediaType::is_range);
    let is_first = |response: &Response| response.shared.is_none();
    responses.sort_by_key(|response| {
        (
            response.status,
            response.outcome,
            is_range(response),
            is_first(response),
        )
    });
    let mut arms = Vec::new();
    for (index, response) in responses.iter().enumerate() {
        let same = |other: &&Response| (other.status, other.outcome) == (response.status, response.outcome);
        let is_last_of_status = !responses.iter().skip(index + 1).any(same);
        let status = status_pattern(response.status, response.outcome);
        let guard = response
            .media_type
            .as_ref()
            .filter(|_| !is_last_of_status)
            .map(|media_type| {
                let is_alike =
                    |other: &&&Response| same(other) && discriminant(&other.body) == discriminant(&response.body);
                let is_only = responses.iter().filter(is_alike).count() == 1;
                let essence = media_type.essence();
                match response.body {
                    ResponseBody::Json(_) if is_only => quote!(if response.is_json()),
                    ResponseBody::Xml(..) if is_only => quote!(if response.is_xml()),
                    _ => quote!(if response.is(#essence)),
                }
            });
        let value = read_one(file, model, operation, response);
        arms.push(quote!(#status #guard => #value,));
    }
    if !responses.iter().any(|response| response.outcome == Outcome::Success) {
        arms.insert(0, quote!(200..=299 => response.empty(),));
    }
    let is_total = responses
        .last()
        .is_some_and(|last| (last.status, last.outcome) == (Status::Default, Outcome::Error));
    let rest = (!is_total).then(|| quote!(_ => response.undocumented(),));
    quote! {
        fn read(response: RawResponse) -> ReadResult<Self> {
            match response.status().as_u16() {
                #(#arms)*
                #rest
            }
        }
    }
}

fn status_pattern(status: Status, outcome: Outcome) -> TokenStream {
    let range = |from: u16| {
        let (from, to) = (Literal::u16_unsuffixed(from), Literal::u16_unsuffixed(from + 99));
        quote!(#from..=#to)
    };
    match (status, outcome) {
        (Status::Code(code), _) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        (Status::Class(class), _) => range(u16::from(class) * 100),
        (Status::Default, Outcome::Success) => range(200),
        (Status::Default, Outcome::Error) => quote!(_),
    }
}

fn read_one(file: &mut RustFile, model: &Model, operation: &Operation, response: &Response) -> TokenStream {
    let awaited = operation.responses.streams.awaited;
    let awaited = awaited.filter(|_| response.outcome == Outcome::Success);
    let kind = match &response.body {
        _ if awaited == Some(StreamKind::Events) => "events",
        _ if awaited == Some(StreamKind::Records) => "records",
        ResponseBody::Empty => "empty",
        ResponseBody::Json(_) => "json",
        ResponseBody::Xml(..) => "xml",
        ResponseBody::Text => "text",
        ResponseBody::Bytes => "bytes",
    };
    let root = match &response.body {
        ResponseBody::Xml(_, root) => Some(xml_root(file, model, *root)),
        _ => None,
    };
    let root = root.map(|root| quote!(&#root)).into_iter();
    let variant = response.shared.as_ref().unwrap_or(&response.name);
    match (
        response.outcome,
        &operation.responses.success,
        &operation.responses.error,
    ) {
        (Outcome::Success, Success::Body(_), _) => {
            let method = format_ident!("{kind}");
            quote!(response.#method(#(#root),*))
        }
        (Outcome::Success, Success::Enum(name), _) => {
            let method = format_ident!("{kind}_as");
            quote!(response.#method(#(#root,)* #name::#variant))
        }
        (Outcome::Error, _, Some(name)) => {
            let method = format_ident!("{kind}_error");
            quote!(response.#method(#(#root,)* #name::#variant))
        }
        (Outcome::Error, _, None) => quote!(response.undocumented()),
    }
}
