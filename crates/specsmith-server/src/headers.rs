//! What the module of the headers of responses says of itself, and which of them responses always have.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specsmith_ir::Status;
use specsmith_rust::Model;
use specsmith_rust::model::Operation;

/// What the module of headers says of itself.
pub(crate) const DOCS: &str =
    "The headers that responses can have, for [`Context::set_header`](crate::runtime::server::Context::set_header).";

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
