//! `src/callbacks.rs`: what the API sends because of calls, each to an address that the call gave.

use quote::quote;
use specsmith_rust::model::Callback;
use specsmith_rust::{Model, Prose, RustFile};

use crate::webhook;

/// Renders the module of callbacks; `None` where there is none.
pub(crate) fn render(model: &Model) -> Option<RustFile> {
    if model.callbacks.is_empty() {
        return None;
    }
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The requests that the API sends because of calls, to addresses that these calls gave.");
    docs.own(
        "Each function reads the body of one. Anyone who knows the address can send such requests: with the\n\
         feature `webhooks`, a `Verifier` tells whether the API signed them.",
    );
    file.doc(&docs);
    webhook::allow_deprecated(
        &mut file,
        model,
        model.callbacks.iter().map(|callback| &callback.request),
    );
    file.use_(quote!(crate::runtime::client::webhook));
    for callback in &model.callbacks {
        webhook::reader(&mut file, model, &callback.request, &docs_of(callback));
    }
    webhook::verifier(&mut file, model);
    webhook::routes_of(&mut file);
    Some(file)
}

fn docs_of(callback: &Callback) -> Prose {
    let Callback {
        operation,
        request,
        expression,
        ..
    } = callback;
    let mut docs = Prose::new();
    let (name, method) = (Prose::code(&request.wire), Prose::code(request.http_method.as_str()));
    docs.own(&format!(
        "Reads the body of the callback {name}, which comes as {method} to {} of {}.",
        Prose::code(expression),
        Prose::code(operation)
    ));
    docs.append(&request.docs);
    docs
}

/// The callbacks for the README: what reads each, and what it is.
pub(crate) fn rows(model: &Model) -> Vec<[String; 2]> {
    let callbacks = model.callbacks.iter();
    let rows = callbacks.map(|callback| {
        let function = format!("callbacks::{}", callback.request.function.unraw());
        let (name, operation) = (Prose::code(&callback.request.wire), Prose::code(&callback.operation));
        [function, format!("{name} of {operation}")]
    });
    rows.collect()
}
