//! The handlers of a group as they begin: each says that it is not implemented.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_rust::RustFile;
use specsmith_rust::model::{Group, Operation};

use super::Scene;
use super::interface::{self, Interface, Member};
use crate::{auth, parameters, signature};

/// What the trait of a group wants.
pub(super) fn of(scene: &Scene<'_>, group: &Group) -> Interface {
    let mut all = RustFile::new();
    for operation in &group.operations {
        function(&mut all, scene, group, operation);
    }
    let name = &group.name;
    let mut taken = interface::of_document(&all);
    taken.insert(name.to_string());
    let scene = &scene.within(taken);
    let library = Ident::new(&scene.library, Span::call_site());
    let path = format!("src/handlers/{}.rs", group.module().unraw());
    let local = Ident::new(name.as_str(), Span::call_site());
    let mut interface = Interface::new(scene, (name.as_str(), &local), quote!(#library::#name), path);
    interface.docs(&format!("The operations {}.", group.phrase()));
    let mut file = RustFile::new();
    let problem = scene.names.runtime(&mut file, "Problem");
    file.use_(quote!(super::not_implemented));
    interface.give("Error", scene.imports(&file), quote!(type Error = #problem;));
    for operation in &group.operations {
        let mut file = RustFile::new();
        let function = function(&mut file, scene, group, operation);
        interface.want(Member {
            name: operation.function.unraw().to_owned(),
            imports: scene.imports(&file),
            tokens: quote!(async fn #function { Err(not_implemented(&cx, file!())) }),
        });
    }
    interface
}

/// The signature of a handler.
fn function(file: &mut RustFile, scene: &Scene<'_>, group: &Group, operation: &Operation) -> TokenStream {
    let (model, names) = (scene.model, &scene.names);
    let context = auth::context(file, model, names, operation);
    let arguments = signature::arguments(file, model, names, operation).into_iter();
    let arguments: Vec<_> = arguments
        .map(|(name, ty)| {
            let name = unused(&name);
            quote!(#name: #ty)
        })
        .collect();
    let (module, response) = (group.module(), &operation.responses.server);
    file.use_(quote!(crate::api::#module::#response));
    if parameters::any(operation) {
        let name = &operation.parameters_name;
        file.use_(quote!(crate::api::#module::#name));
    }
    let form = operation.body.as_ref().and_then(|body| body.form.as_ref());
    let body = match operation.other_bodies.is_empty() {
        true => form.map(|form| &form.name),
        false => Some(&operation.content_name),
    };
    if let Some(name) = body {
        file.use_(quote!(crate::api::#module::#name));
    }
    let (name, problem) = (&operation.function, names.runtime(file, "Problem"));
    quote!(#name(&self, cx: #context, #(#arguments),*) -> Result<#response, #problem>)
}

/// The name of an argument that nothing reads yet.
fn unused(name: &TokenStream) -> Ident {
    let name = name.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    Ident::new(&format!("_{name}"), Span::call_site())
}
