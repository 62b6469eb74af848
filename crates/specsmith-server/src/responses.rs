//! The enum of the responses of an operation, and how each becomes HTTP.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use specsmith_ir::{MediaType, Status};
use specsmith_rust::model::{EventEncoding, Operation, ResponseBody, SentBody, SentResponse};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::contents::xml_root;
use crate::names::Names;
use crate::signature::{self, Detail};

/// Adds the enum of the responses of an operation.
///
/// Where the trait is brief, what is said of the operation is said here.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation, detail: Detail) {
    let responses = &operation.responses.sent;
    let name = &operation.responses.server;
    let variants: Vec<_> = responses
        .iter()
        .map(|response| variant(file, model, names, response))
        .collect();
    let mut docs = Prose::new();
    docs.own(&format!("Responses of `{}`.", operation.function.unraw()));
    if detail == Detail::Brief {
        docs.append(&signature::docs(model, operation, &[]));
    }
    let docs = docs.attributes();
    // What is sent piece by piece can neither be copied nor compared.
    let derives = match responses.iter().any(|response| is_streamed(&response.body)) {
        true => quote!(Debug),
        false => quote!(Debug, Clone, PartialEq),
    };
    file.block(quote!(#docs #[derive(#derives)] pub enum #name), variants);
    let choices = choices(file, model, names, responses);
    if !choices.is_empty() {
        file.block(quote!(impl #name), choices);
    }
    file.use_(quote!(crate::runtime::server::response::responses));
    let lines = responses.iter().enumerate().map(|(index, response)| {
        let line = line(file, model, response);
        match model.rules.responses.get(&(operation.source, index)) {
            Some(set) => {
                let rules = types::rule_tokens(&set.rules);
                quote!(#line rules(#rules))
            }
            None => line,
        }
    });
    let lines = lines.collect();
    file.macro_lines("responses", quote!(#name), lines);
}

/// Whether a body is sent piece by piece, or may be.
fn is_streamed(body: &SentBody) -> bool {
    !matches!(body, SentBody::Whole(body) if *body != ResponseBody::Bytes)
}

/// The functions that choose the format of a value by what the client prefers.
fn choices(file: &mut RustFile, model: &Model, names: &Names, responses: &[SentResponse]) -> Vec<TokenStream> {
    let mut choices = Vec::new();
    for (index, first) in responses.iter().enumerate() {
        let is_same = |other: &&SentResponse| other.status == first.status && is_same_value(&first.body, &other.body);
        let before = responses.iter().take(index);
        if before.into_iter().any(|other| is_same(&other)) {
            continue;
        }
        let others: Vec<_> = responses.iter().skip(index + 1).filter(is_same).collect();
        if !others.is_empty() {
            choices.push(choice(file, model, names, first, &others));
        }
    }
    choices
}

/// Whether callers give the same value, whatever the format.
fn is_same_value(one: &SentBody, other: &SentBody) -> bool {
    match (one, other) {
        (SentBody::Whole(one), SentBody::Whole(other)) => one.ty().is_some() && one.ty() == other.ty(),
        (SentBody::Records(one), SentBody::Records(other)) => one == other,
        _ => false,
    }
}

fn choice(
    file: &mut RustFile,
    model: &Model,
    names: &Names,
    first: &SentResponse,
    others: &[&SentResponse],
) -> TokenStream {
    let context = names.runtime(file, "Context");
    let function = format_ident!("{}", snake(first.name.unraw()));
    let body = body_type(file, model, names, &first.body);
    let all = [first].into_iter().chain(others.iter().copied());
    let essence = |response: &SentResponse| {
        let media_type = response.media_type.as_ref().map_or("", MediaType::essence);
        media_type.to_owned()
    };
    let (media_types, variants): (Vec<_>, Vec<_>) = all.map(|response| (essence(response), &response.name)).unzip();
    let (status, given) = match chooses_status(first) {
        true => (Some(quote!(status: StatusCode,)), quote!(status, body)),
        false => (None, quote!(body)),
    };
    let name = &first.name;
    let arms = media_types.iter().zip(&variants).skip(1);
    let arms = arms.map(|(media_type, variant)| quote!(Some(#media_type) => Self::#variant(#given),));
    let listed = variants
        .iter()
        .map(|variant| format!("[`{0}`](Self::{0})", variant.unraw()));
    let docs = format!(" {}, as the client prefers.", Vec::from_iter(listed).join(" or "));
    quote! {
        #[doc = #docs]
        pub fn #function(cx: &#context<impl Sized>, #status body: #body) -> Self {
            match cx.preferred(&[#(#media_types),*]) {
                #(#arms)*
                _ => Self::#name(#given),
            }
        }
    }
}

/// The name of a variant as that of a function.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

fn variant(file: &mut RustFile, model: &Model, names: &Names, response: &SentResponse) -> TokenStream {
    let status = match response.status {
        Status::Code(code) => format!("`{code}`"),
        Status::Class(class) => format!("Any status from {class}00 to {class}99"),
        Status::Default => "Any other status".to_owned(),
    };
    let docs = Prose::labeled(&status, &response.docs);
    let docs = docs.attributes();
    let status = chooses_status(response).then(|| {
        file.use_(quote!(axum::http::StatusCode));
        quote!(StatusCode)
    });
    let media_type = chooses_media_type(response).then(|| {
        let header_value = names.import(file, "axum::http", "HeaderValue");
        quote!(#header_value)
    });
    let body = match &response.body {
        SentBody::Whole(ResponseBody::Empty) => None,
        body => Some(body_type(file, model, names, body)),
    };
    let name = &response.name;
    let held: Vec<_> = [status, media_type, body].into_iter().flatten().collect();
    match held.is_empty() {
        true => quote!(#docs #name,),
        false => quote!(#docs #name(#(#held),*),),
    }
}

/// The type of a body.
fn body_type(file: &mut RustFile, model: &Model, names: &Names, body: &SentBody) -> TokenStream {
    let ty = body.item().or(match body {
        SentBody::Whole(body) => body.ty(),
        _ => None,
    });
    let ty = ty.map(|ty| {
        types::import(file, model, ty);
        types::tokens(model, ty)
    });
    match body {
        SentBody::Whole(ResponseBody::Empty) => quote!(()),
        SentBody::Whole(ResponseBody::Json(_) | ResponseBody::Xml(..)) => quote!(#ty),
        SentBody::Whole(ResponseBody::Text) => quote!(String),
        SentBody::Whole(ResponseBody::Bytes) => {
            let body = names.import(file, "axum::body", "Body");
            quote!(#body)
        }
        SentBody::Events(_) => {
            let stream = names.runtime(file, "EventStream");
            quote!(#stream<#ty>)
        }
        SentBody::Records(_) => {
            let stream = names.runtime(file, "RecordStream");
            quote!(#stream<#ty>)
        }
    }
}

/// How a variant is sent: `NotFound: 404 json "application/problem+json"`.
fn line(file: &mut RustFile, model: &Model, response: &SentResponse) -> TokenStream {
    let name = &response.name;
    let status = match response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Class(_) | Status::Default => quote!(_),
    };
    let fixed = response.media_type.as_ref().filter(|media_type| !media_type.is_range());
    let fixed = fixed.map(|media_type| media_type.as_str());
    let body = match &response.body {
        SentBody::Whole(body) => whole(file, model, body, fixed),
        SentBody::Events(events) => {
            let encoding = match events.encoding {
                EventEncoding::Json => quote!(Json),
                EventEncoding::Text => quote!(Text),
                EventEncoding::Event => quote!(Event),
                EventEncoding::EventOfJson => quote!(EventOfJson),
            };
            quote!(events #encoding)
        }
        SentBody::Records(_) => {
            let media_type = fixed.unwrap_or("application/jsonl");
            quote!(records #media_type)
        }
    };
    quote!(#name: #status #body)
}

fn whole(file: &mut RustFile, model: &Model, body: &ResponseBody, fixed: Option<&str>) -> TokenStream {
    match body {
        ResponseBody::Empty => quote!(),
        ResponseBody::Json(_) => {
            let media_type = fixed.unwrap_or("application/json");
            quote!(json #media_type)
        }
        ResponseBody::Xml(_, root) => {
            let (media_type, root) = (fixed.unwrap_or("application/xml"), xml_root(file, model, *root));
            quote!(xml (#media_type, &#root))
        }
        ResponseBody::Text => {
            let media_type = fixed.unwrap_or("text/plain; charset=utf-8");
            quote!(text #media_type)
        }
        ResponseBody::Bytes => match fixed {
            Some(media_type) => quote!(bytes #media_type),
            None => quote!(bytes _),
        },
    }
}

/// Whether the handler chooses the status.
fn chooses_status(response: &SentResponse) -> bool {
    !matches!(response.status, Status::Code(_))
}

/// Whether the handler chooses the media type: the document gives a range, or none.
fn chooses_media_type(response: &SentResponse) -> bool {
    let is_fixed = |media_type: &MediaType| !media_type.is_range();
    let is_bytes = response.body == SentBody::Whole(ResponseBody::Bytes);
    is_bytes && !response.media_type.as_ref().is_some_and(is_fixed)
}
