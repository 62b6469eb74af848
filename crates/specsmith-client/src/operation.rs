//! The type that stands for an operation, with its metadata.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::{LinkValue, ParameterIn, PathPart, PathTemplate};
use specsmith_rust::model::{Group, Operation, RustType};
use specsmith_rust::{Model, Prose, RustFile};

use crate::{form, method, outcome, security, servers, stream};

/// Adds all that an operation has beside its method: setters, type, enums.
pub(crate) fn render(file: &mut RustFile, model: &Model, group: &Group, operation: &Operation) {
    let name = &operation.name;
    let setters = method::setters(file, model, operation);
    if !setters.is_empty() {
        let docs = format!(
            " What is optional in [`{}::{}`].",
            group.name.unraw(),
            operation.method.unraw()
        );
        file.block(quote!(#[doc = #docs] impl Request<#name>), setters);
    }
    form::render(file, model, group, operation);
    let path = format!("{} {}", operation.http_method, operation.path.text);
    let docs = format!(" The operation {}: {}.", Prose::code(&operation.id), Prose::code(&path));
    file.item(quote! {
        #[doc = #docs]
        pub struct #name;
    });
    crate::link::render(file, model, group, operation);
    let implementation = implementation(file, model, group, operation);
    file.item(implementation);
    stream::implementations(file, model, operation);
    crate::pagination::render(file, model, operation);
    outcome::enums(file, model, operation, &group.name);
}

fn implementation(file: &mut RustFile, model: &Model, group: &Group, operation: &Operation) -> TokenStream {
    let name = &operation.name;
    let success = outcome::success_type(file, model, operation);
    let error = match &operation.responses.error {
        Some(error) => quote!(#error),
        None => {
            file.use_(quote!(crate::runtime::client::NoError));
            quote!(NoError)
        }
    };
    let info = info(model, group, operation);
    let reader = stream::reader(file, operation);
    let read = outcome::read(file, model, operation);
    quote! {
        impl Operation for #name {
            type Success = #success;
            type Error = #error;

            const INFO: &'static OperationInfo = &#info;
            #reader

            #read
        }
    }
}

/// The media types for the `Accept` header. What only says in another format what JSON says is less welcome.
fn accept(operation: &Operation) -> String {
    let is_second = |media_type: &String| {
        let mut responses = operation.responses.list.iter();
        responses.any(|response| {
            let essence = response.media_type.as_ref().map(|media_type| media_type.essence());
            response.shared.is_some() && essence == Some(media_type)
        })
    };
    let ranges = operation
        .responses
        .accept
        .iter()
        .map(|media_type| match is_second(media_type) {
            true => format!("{media_type};q=0.9"),
            false => media_type.clone(),
        });
    Vec::from_iter(ranges).join(", ")
}

fn info(model: &Model, group: &Group, operation: &Operation) -> TokenStream {
    let (id, path) = (&operation.id, path_template(&operation.path));
    let call = match operation.http_method.as_str() {
        "GET" => quote!(get(#path)),
        "POST" => quote!(post(#path)),
        "PUT" => quote!(put(#path)),
        "PATCH" => quote!(patch(#path)),
        "DELETE" => quote!(delete(#path)),
        method => quote!(method(#method, #path)),
    };
    let tag = group.tag.as_ref().map(|tag| quote!(.tag(#tag)));
    let accept = (!operation.responses.accept.is_empty()).then(|| {
        let accept = accept(operation);
        quote!(.accept(#accept))
    });
    let security = security(model, operation);
    let scopes = security::scopes(model, operation);
    let server = servers::own_address(model, operation).map(|url| quote!(.server(#url)));
    let key = idempotency_key(model, operation).map(|header| quote!(.idempotency_key(#header)));
    let mut values = operation.links.iter().flat_map(|link| link.source.values());
    let keeps = values.any(LinkValue::is_of_request).then(|| quote!(.keeps_request()));
    quote!(OperationInfo::new(#id).#call #tag #accept #security #scopes #server #key #keeps)
}

/// The header that takes a key by which the server knows attempts of the same call: that of the document, else that of
/// the user. Methods that are idempotent need none.
fn idempotency_key<'a>(model: &'a Model, operation: &'a Operation) -> Option<&'a str> {
    const IDEMPOTENT: [&str; 7] = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"];
    if IDEMPOTENT.contains(&operation.http_method.as_str()) {
        return None;
    }
    let mut headers = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterIn::Header);
    match headers.find(|header| header.wire.eq_ignore_ascii_case("Idempotency-Key")) {
        // A key that is made up is text.
        Some(header) => {
            matches!(model.behind_aliases(&header.ty), RustType::String | RustType::Uuid).then_some(&*header.wire)
        }
        None => model.idempotency_header.as_deref(),
    }
}

/// The ways to authorize an operation. Schemes that are not known cannot be met by the client, and callers send what
/// they ask for by hand.
fn security(model: &Model, operation: &Operation) -> Option<TokenStream> {
    let ways = operation.security.iter().map(|way| {
        let names = way.schemes.iter().filter_map(|required| {
            let scheme = model.schemes.iter().find(|scheme| scheme.source == required.scheme)?;
            Some(&scheme.wire)
        });
        quote!(&[#(#names),*])
    });
    (!operation.security.is_empty()).then(|| quote!(.security(&[#(#ways),*])))
}

/// The path as the runtime fills it in: percent-encoded text, `{name}` for each value, literal pairs after `?`.
pub(crate) fn path_template(path: &PathTemplate) -> String {
    let segments = path.segments.iter().map(|segment| {
        let parts = segment.parts.iter().map(|part| match part {
            PathPart::Literal(text) => percent_encode(text),
            PathPart::Parameter(name) => format!("{{{name}}}"),
        });
        parts.collect::<String>()
    });
    let mut template = format!("/{}", Vec::from_iter(segments).join("/"));
    for (index, (name, value)) in path.query.iter().enumerate() {
        template.push(if index == 0 { '?' } else { '&' });
        template.push_str(&percent_encode(name));
        if !value.is_empty() {
            template.push('=');
            template.push_str(&percent_encode(value));
        }
    }
    template
}

/// Keeps what a segment can hold (RFC 3986, section 3.3) but for `&`, `=` and `+`, which mean something in a query.
fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'()*,;:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
