//! The functions that lead from a request to the trait and back.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_rust::model::{Group, Operation};
use specsmith_rust::{Model, RustFile};

use crate::names::Names;
use crate::{checks, contents, headers, parameters, signature};

/// Adds the function that handles an operation.
pub(crate) fn render(file: &mut RustFile, model: &Model, names: &Names, group: &Group, operation: &Operation) {
    let (request, problem) = (names.runtime(file, "Request"), names.runtime(file, "Problem"));
    file.use_(quote!(axum::response::Response));
    file.use_(quote!(crate::runtime::server::response));
    let mut reads = Vec::new();
    let mut values = Vec::new();
    for parameter in signature::path_parameters(operation) {
        let local = local(&parameter.name, operation);
        let read = parameters::read(file, model, operation, parameter);
        reads.push(quote!(let #local = #read;));
        reads.extend(checks::parameter(file, model, operation, parameter, &local));
        values.push(quote!(#local?));
    }
    if parameters::any(operation) {
        let name = &operation.parameters_name;
        reads.push(quote!(let parameters = #name::read(&mut request);));
        values.push(quote!(parameters?));
    }
    if let Some(body) = &operation.body {
        if operation.other_bodies.is_empty() {
            let read = contents::read(file, model, body, &quote!(&mut request));
            reads.push(quote!(let body = #read;));
            reads.extend(checks::body(file, model, operation, 0));
        } else {
            let name = &operation.content_name;
            reads.push(quote!(let body = #name::read(&mut request).await;));
        }
        values.push(quote!(body?));
    }
    reads.extend(headers::required(model, operation));
    let mut with_caller = None;
    if let Some(caller) = model.caller(operation) {
        let (auth, function) = (auth_module(file, group), &caller.function);
        reads.insert(
            0,
            quote!(let caller = #auth::#function(&*service, &mut request).await?;),
        );
        with_caller = Some(quote!(.with_caller(caller)));
    }
    // Called by its path: as a method of the `Arc`, `clone` or `into` would be another one.
    let mutable = (!reads.is_empty()).then(|| quote!(mut));
    let (name, trait_name, function) = (name(operation), &group.name, &operation.function);
    // The authenticator, which the service is too, can have a function of this name.
    let service = match model.schemes.iter().any(|scheme| scheme.function == *function) {
        true => quote!(<S as #trait_name>),
        false => quote!(S),
    };
    file.item(quote! {
        async fn #name<S: #trait_name>(service: Arc<S>, #mutable request: #request) -> Result<Response, #problem> {
            #(#reads)*
            let cx = request.finish()?#with_caller;
            response::reply(#service::#function(&service, cx, #(#values),*).await)
        }
    });
}

/// The module that says who calls, which a part of the group can have the name of.
fn auth_module(file: &mut RustFile, group: &Group) -> TokenStream {
    if group.parts.iter().any(|part| part.unraw() == "auth") {
        return quote!(crate::auth);
    }
    file.use_(quote!(crate::auth));
    quote!(auth)
}

/// The name of the function: that of the operation, unless the file has another function of this name.
pub(crate) fn name(operation: &Operation) -> TokenStream {
    let function = &operation.function;
    match function.unraw() {
        "routes" => quote!(handle_routes),
        _ => quote!(#function),
    }
}

/// The variable of a path parameter: its name, unless the function has another variable of this name.
fn local(name: &specsmith_rust::Ident, operation: &Operation) -> TokenStream {
    if !matches!(name.unraw(), "service" | "request" | "caller") {
        return quote!(#name);
    }
    let mut local = format!("{}_value", name.unraw());
    while operation
        .parameters
        .iter()
        .any(|parameter| parameter.name.unraw() == local)
    {
        local.push_str("_value");
    }
    let local = Ident::new(&local, Span::call_site());
    quote!(#local)
}
