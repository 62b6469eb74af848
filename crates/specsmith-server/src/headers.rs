//! The module of the headers of responses, and which of them responses always have.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specsmith_ir::Status;
use specsmith_rust::model::{HeaderFormat, Operation, ResponseHeader};
use specsmith_rust::{Deprecation, Model, Prose, RustFile, types};

/// How many operations are named.
const MAX_NAMES: usize = 3;

/// The module of headers; `None` where the document names none.
pub(crate) fn render(model: &Model) -> Option<RustFile> {
    if model.headers.is_empty() {
        return None;
    }
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The headers that responses can have, for [`Context::set_header`](crate::runtime::server::Context::set_header).");
    file.doc(&docs);
    file.use_(quote!(crate::runtime::server));
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
        pub const #name: server::Header<#ty> = server::Header::new(#wire)#format;
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

/// The statement that says which headers responses of an operation always have; `None` where none is.
pub(crate) fn required(model: &Model, operation: &Operation) -> Option<TokenStream> {
    let mut required = Vec::new();
    for header in &model.headers {
        for (_, status) in header.required.iter().filter(|(id, _)| *id == operation.source) {
            let (first, last) = match status {
                Status::Code(code) => (*code, *code),
                Status::Class(class) => (u16::from(*class) * 100, u16::from(*class) * 100 + 99),
                // It is for those that nothing else is for.
                Status::Default => continue,
            };
            let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
            let name = header.wire.to_ascii_lowercase();
            required.push(quote!((#first, #last, #name)));
        }
    }
    (!required.is_empty()).then(|| quote!(request.require_headers(&[#(#required),*]);))
}
