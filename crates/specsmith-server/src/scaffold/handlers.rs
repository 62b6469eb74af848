//! The handlers of a group as they begin: each says that it is not implemented.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_ir::OperationId;
use specsmith_rust::RustFile;
use specsmith_rust::model::{Group, Operation};

use super::Scene;
use super::interface::{self, Interface, Member};
use crate::{auth, parameters, signature};

/// The most columns that a comment takes.
const MAX_WIDTH: usize = 100;

/// What the trait of a group wants.
pub(super) fn of(scene: &Scene<'_>, group: &Group) -> Interface {
    let mut all = RustFile::new();
    for operation in &group.operations {
        function(&mut all, scene, group, operation, unused);
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
        let function = function(&mut file, scene, group, operation, unused);
        interface.want(Member {
            name: operation.function.unraw().to_owned(),
            imports: scene.imports(&file),
            tokens: quote!(async fn #function { Err(not_implemented(&cx, file!())) }),
        });
    }
    interface
}

/// The handlers of a group as its reference shows them, each with its imports.
pub(super) fn samples(scene: &Scene<'_>, group: &Group) -> Vec<(OperationId, String)> {
    let samples = group.operations.iter().map(|operation| {
        let mut all = RustFile::new();
        function(&mut all, scene, group, operation, used);
        let name = &group.name;
        let mut taken = interface::of_document(&all);
        taken.insert(name.to_string());
        let scene = &scene.within(taken);
        let (library, local) = (
            Ident::new(&scene.library, Span::call_site()),
            Ident::new(name.as_str(), Span::call_site()),
        );
        let import = quote!(#library::#name);
        let mut interface = Interface::new(scene, (name.as_str(), &local), import.clone(), String::new());
        let mut file = RustFile::new();
        let function = function(&mut file, scene, group, operation, used);
        let problem = scene.names.runtime(&mut file, "Problem");
        let status = scene.names.import(&mut file, "axum::http", "StatusCode");
        let mut imports = scene.imports(&file);
        imports.push(import);
        interface.want(Member {
            name: operation.function.unraw().to_owned(),
            imports,
            tokens: quote!(async fn #function { Err(#problem::new(#status::NOT_IMPLEMENTED)) }),
        });
        (operation.source, with_answers(&interface.stubs(|_| true), operation))
    });
    samples.collect()
}

/// The text with the answers that there are in front of the one that is given.
fn with_answers(text: &str, operation: &Operation) -> String {
    let mut answers: Vec<&str> = Vec::new();
    for response in &operation.responses.sent {
        if !answers.contains(&response.name.unraw()) {
            answers.push(response.name.unraw());
        }
    }
    let name = operation.responses.server.unraw();
    let answers = answers.iter().map(|answer| format!("{name}::{answer}"));
    let place = text.rfind("        Err(").unwrap_or(text.len());
    let (before, after) = text.split_at(place);
    match answers.len() {
        0 => text.to_owned(),
        _ => format!("{before}{}{after}", comment("Or `Ok` of", answers)),
    }
}

/// A comment in a body that ends with a list, on as many lines as it takes.
fn comment(begin: &str, list: impl ExactSizeIterator<Item = String>) -> String {
    let last = list.len().saturating_sub(1);
    let mut lines = vec![format!("        // {begin}")];
    for (index, item) in list.enumerate() {
        let end = if index == last { "." } else { "," };
        match lines.last_mut() {
            Some(line) if line.len() + item.len() + 2 <= MAX_WIDTH => line.push_str(&format!(" {item}{end}")),
            _ => lines.push(format!("        // {item}{end}")),
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The signature of a handler, with its arguments called as this says.
fn function(
    file: &mut RustFile,
    scene: &Scene<'_>,
    group: &Group,
    operation: &Operation,
    called: fn(&TokenStream) -> Ident,
) -> TokenStream {
    let (model, names) = (scene.model, &scene.names);
    let context = auth::context(file, model, names, operation);
    let arguments = signature::arguments(file, model, names, operation).into_iter();
    let arguments: Vec<_> = arguments
        .map(|(name, ty)| {
            let name = called(&name);
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

/// The name of an argument.
fn used(name: &TokenStream) -> Ident {
    let name = name.to_string();
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(&name, Span::call_site()),
    }
}

/// The name of an argument that nothing reads yet.
fn unused(name: &TokenStream) -> Ident {
    let name = name.to_string();
    let name = name.strip_prefix("r#").unwrap_or(&name);
    Ident::new(&format!("_{name}"), Span::call_site())
}
