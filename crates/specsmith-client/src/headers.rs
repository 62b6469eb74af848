//! The module of the headers of responses.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::{HeaderFormat, ResponseHeader};
use specsmith_rust::{Deprecation, Model, Prose, RustFile};

use crate::argument::imported;

/// How many operations are named.
const MAX_NAMES: usize = 3;

/// The module of headers; `None` where the document names none.
pub(crate) fn render(model: &Model) -> Option<RustFile> {
    if model.headers.is_empty() {
        return None;
    }
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The headers that responses can have, for [`Response::read_header`](crate::Response::read_header).");
    file.doc(&docs);
    file.use_(quote!(crate::runtime::client));
    for header in &model.headers {
        let item = constant(&mut file, model, header);
        file.item(item);
    }
    Some(file)
}

fn constant(file: &mut RustFile, model: &Model, header: &ResponseHeader) -> TokenStream {
    let mut docs = header.docs.clone();
    docs.own(&places(model, header));
    let docs = docs.attributes();
    let deprecated = header.deprecated.as_ref().map(Deprecation::attribute);
    let (name, wire, ty) = (&header.name, &header.wire, imported(file, model, &header.ty));
    let format = match header.format {
        HeaderFormat::Text => quote!(),
        HeaderFormat::List => quote!(.list()),
        HeaderFormat::Object => quote!(.object()),
        HeaderFormat::ExplodedObject => quote!(.exploded_object()),
        HeaderFormat::Json => quote!(.json()),
    };
    quote! {
        #docs
        #deprecated
        pub const #name: client::Header<#ty> = client::Header::new(#wire)#format;
    }
}

/// Which operations have it.
fn places(model: &Model, header: &ResponseHeader) -> String {
    let named = model
        .operations()
        .filter(|(_, operation)| header.operations.contains(&operation.source));
    let named = Vec::from_iter(named.map(|(_, operation)| Prose::code(&operation.id)));
    let shown = named.get(..MAX_NAMES).unwrap_or(&named).join(", ");
    match named.len().saturating_sub(MAX_NAMES) {
        0 => format!("In responses of {shown}."),
        1 => format!("In responses of {shown} and one more operation."),
        more => format!("In responses of {shown} and {more} more operations."),
    }
}
