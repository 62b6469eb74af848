//! The statements that check what was read against the rules of the document.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_rust::model::{Body, BodyKind, Operation, Parameter, Reach, RuleSet};
use specsmith_rust::{Model, RustFile, types};

use crate::parameters;

/// The checks of a parameter that was read into a variable.
pub(crate) fn parameter(
    file: &mut RustFile,
    model: &Model,
    operation: &Operation,
    parameter: &Parameter,
    local: &TokenStream,
) -> Vec<TokenStream> {
    let key = (operation.source, parameter.place, parameter.wire.clone());
    let Some(sets) = model.rules.parameters.get(&key) else {
        return Vec::new();
    };
    let place = parameters::place(file, parameter);
    let check = |set: &RuleSet| {
        let rules = types::rules(&set.rules);
        match set.reach {
            Reach::Typed => quote!(request.check(#place, &#local, #rules);),
            Reach::Counted => quote!(request.check_counted(#place, &#local, #rules);),
            Reach::Whole => quote!(request.check_whole(#place, &#local, #rules);),
        }
    };
    statements(file, sets, check)
}

/// The checks of the body of this place among those of the operation, which was read into `body`.
pub(crate) fn body(file: &mut RustFile, model: &Model, operation: &Operation, index: usize) -> Vec<TokenStream> {
    let Some(sets) = model.rules.bodies.get(&(operation.source, index)) else {
        return Vec::new();
    };
    let bodies = operation.bodies().nth(index);
    if let Some(body) = bodies.filter(|body| matches!(body.kind, BodyKind::Lines(_))) {
        return statements(file, sets, |set| records(body, set));
    }
    let check = |set: &RuleSet| {
        let rules = types::rules(&set.rules);
        match set.reach {
            Reach::Typed => quote!(request.check_body(&body, #rules);),
            Reach::Counted => quote!(request.check_body_counted(&body, #rules);),
            Reach::Whole => quote!(request.check_body_whole(&body, #rules);),
        }
    };
    statements(file, sets, check)
}

/// Has each record checked when it is read.
fn records(body: &Body, set: &RuleSet) -> TokenStream {
    let rules = types::rules(&set.rules);
    let check = match set.reach {
        Reach::Typed => quote!(check(#rules)),
        Reach::Counted => quote!(check_counted(#rules)),
        Reach::Whole => quote!(check_whole(#rules)),
    };
    match body.required {
        true => quote!(let body = body.map(|records| records.#check);),
        false => quote!(let body = body.map(|body| body.map(|records| records.#check));),
    }
}

/// The checks of a part of the form of this place among the bodies of the operation, which was read into a variable.
pub(crate) fn part(
    file: &mut RustFile,
    model: &Model,
    operation: &Operation,
    (index, wire): (usize, &str),
    local: &TokenStream,
) -> Vec<TokenStream> {
    let Some(sets) = model.rules.parts.get(&(operation.source, index, wire.to_owned())) else {
        return Vec::new();
    };
    let check = |set: &RuleSet| {
        let rules = types::rules(&set.rules);
        match set.reach {
            Reach::Typed => quote!(form.check(#wire, &#local, #rules);),
            Reach::Counted => quote!(form.check_counted(#wire, &#local, #rules);),
            Reach::Whole => quote!(form.check_whole(#wire, &#local, #rules);),
        }
    };
    statements(file, sets, check)
}

fn statements(file: &mut RustFile, sets: &[RuleSet], check: impl Fn(&RuleSet) -> TokenStream) -> Vec<TokenStream> {
    file.use_(quote!(crate::runtime::codec::rules));
    sets.iter().map(check).collect()
}
