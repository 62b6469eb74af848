//! The enum of the responses of an operation, and how each becomes HTTP.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specsmith_ir::Status;
use specsmith_rust::model::{Operation, Outcome, Response, ResponseBody};
use specsmith_rust::{Model, Prose, RustFile, types};

use crate::contents::xml_root;
use crate::names::Names;
use crate::signature::{self, Detail};

/// Adds the enum of the responses of an operation.
///
/// Where the trait is brief, what is said of the operation is said here.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, operation: &Operation, detail: Detail) {
    let responses = distinct(&operation.responses.list);
    let name = &operation.responses.server;
    let variants: Vec<_> = responses
        .iter()
        .map(|response| variant(file, model, names, response))
        .collect();
    let mut docs = Prose::new();
    docs.own(&format!("Responses of `{}`.", operation.function.unraw()));
    if detail == Detail::Brief {
        docs.append(&signature::docs(operation, &[]));
    }
    let docs = docs.attributes();
    file.item(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* }
    });
    file.use_(quote!(crate::runtime::server::response::responses));
    let lines = responses.iter().map(|response| line(file, model, response)).collect();
    file.macro_lines("responses", quote!(#name), lines);
}

/// The responses without a default response as a success, which is in the list as an error, too.
fn distinct(list: &[Response]) -> Vec<&Response> {
    let is_default = |response: &&Response| (response.status, response.outcome) == (Status::Default, Outcome::Success);
    list.iter().filter(|response| !is_default(response)).collect()
}

fn variant(file: &mut RustFile, model: &Model, names: &Names, response: &Response) -> TokenStream {
    let status = match response.status {
        Status::Code(code) => format!("`{code}`"),
        Status::Class(class) => format!("Any status from {class}00 to {class}99"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut docs = Prose::new();
    match response.docs.is_empty() {
        true => docs.own(&status),
        false => docs.own(&format!("{status}: {}", response.docs.as_str())),
    };
    let docs = docs.attributes();
    let status = chooses_status(response).then(|| {
        file.use_(quote!(axum::http::StatusCode));
        quote!(StatusCode)
    });
    let media_type = chooses_media_type(response).then(|| {
        let header_value = names.import(file, &quote!(axum::http), "HeaderValue");
        quote!(#header_value)
    });
    let body = match &response.body {
        ResponseBody::Empty => None,
        ResponseBody::Json(ty) | ResponseBody::Xml(ty, _) => {
            types::import(file, model, ty);
            Some(types::tokens(model, ty))
        }
        ResponseBody::Text => Some(quote!(String)),
        ResponseBody::Bytes => {
            file.use_(quote!(axum::body::Bytes));
            Some(quote!(Bytes))
        }
    };
    let name = &response.name;
    let held: Vec<_> = [status, media_type, body].into_iter().flatten().collect();
    match held.is_empty() {
        true => quote!(#docs #name,),
        false => quote!(#docs #name(#(#held),*),),
    }
}

/// How a variant is sent: `NotFound: 404 json "application/problem+json"`.
fn line(file: &mut RustFile, model: &Model, response: &Response) -> TokenStream {
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
    let body = match (&response.body, fixed) {
        (ResponseBody::Empty, _) => quote!(),
        (ResponseBody::Json(_), fixed) => {
            let media_type = fixed.unwrap_or("application/json");
            quote!(json #media_type)
        }
        (ResponseBody::Xml(_, root), fixed) => {
            let (media_type, root) = (fixed.unwrap_or("application/xml"), xml_root(file, model, *root));
            quote!(xml (#media_type, &#root))
        }
        (ResponseBody::Text, fixed) => {
            let media_type = fixed.unwrap_or("text/plain; charset=utf-8");
            quote!(text #media_type)
        }
        (ResponseBody::Bytes, Some(media_type)) => quote!(bytes #media_type),
        (ResponseBody::Bytes, None) => quote!(bytes _),
    };
    quote!(#name: #status #body)
}

/// Whether the handler chooses the status.
fn chooses_status(response: &Response) -> bool {
    !matches!(response.status, Status::Code(_))
}

/// Whether the handler chooses the media type: the document gives a range, or none.
fn chooses_media_type(response: &Response) -> bool {
    let fixed = response
        .media_type
        .as_ref()
        .is_some_and(|media_type| !media_type.is_range());
    response.body == ResponseBody::Bytes && !fixed
}
