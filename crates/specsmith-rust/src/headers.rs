//! The module of the headers of responses, which client and server have alike.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{HeaderFormat, ResponseHeader};
use crate::{Deprecation, Model, Prose, RustFile, types};

/// How many operations are named.
const MAX_NAMES: usize = 3;

/// A constant for each header that responses can have; `None` where the document names none.
///
/// `half` is the module of the runtime that has the type `Header`, and `docs` says what the constants are for.
pub fn headers(model: &Model, half: &TokenStream, docs: &str) -> Option<RustFile> {
    if model.headers.is_empty() {
        return None;
    }
    let mut file = RustFile::new();
    let mut prose = Prose::new();
    prose.own(docs);
    file.doc(&prose);
    file.use_(quote!(crate::runtime::#half));
    for header in &model.headers {
        let item = constant(&mut file, model, header, half);
        file.item(item);
    }
    if has_deprecated(&file, model) {
        file.allow_deprecated();
    }
    Some(file)
}

/// Whether a header is of a type that is deprecated.
fn has_deprecated(file: &RustFile, model: &Model) -> bool {
    let mut deprecated = model.types.iter().filter(|item| item.deprecated.is_some());
    deprecated.any(|item| file.imports().any(|(_, name)| item.name.as_str() == name))
}

fn constant(file: &mut RustFile, model: &Model, header: &ResponseHeader, half: &TokenStream) -> TokenStream {
    let mut docs = header.docs.clone();
    docs.own(&places(model, header));
    let docs = docs.attributes();
    let deprecated = header.deprecated.as_ref().map(Deprecation::attribute);
    types::import(file, model, &header.ty);
    let (name, wire, ty) = (&header.name, &header.wire, types::tokens(model, &header.ty));
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
        pub const #name: #half::Header<#ty> = #half::Header::new(#wire)#format;
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
