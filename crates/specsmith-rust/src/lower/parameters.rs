//! Parameters of operations.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, Presence};

use super::context::Context;
use super::names::with;
use super::{docs, pointer, renames, written};
use crate::model::Parameter;
use crate::naming::{Case, Scope, reserved, spelled_words, words};
use crate::{Deprecation, Ident};

/// The parameters of an operation: required ones first, each part in the order of the document.
pub(super) fn lower(cx: &mut Context<'_>, operation: &ir::Operation) -> Vec<Parameter> {
    let mut scope = Scope::new(Case::Snake, &[reserved::PARAMETERS]);
    let renamed = renamed(cx, &mut scope, operation);
    let names = names(&mut scope, &operation.parameters, &renamed);
    let mut all: Vec<Parameter> = operation
        .parameters
        .iter()
        .zip(names)
        .map(|(parameter, name)| Parameter {
            wire: parameter.name.clone(),
            name,
            place: parameter.place,
            required: parameter.presence == Presence::Required,
            ty: written::bare_reference(cx, parameter.ty),
            encoding: parameter.encoding.clone(),
            default: match &parameter.presence {
                Presence::Default(value) => Some(value.clone()),
                Presence::Required | Presence::Optional => None,
            },
            docs: docs::parameter(cx, parameter),
            deprecated: Deprecation::of(&parameter.docs),
        })
        .collect();
    all.sort_by_key(|parameter| !parameter.required);
    all
}

/// The parameters that the user names, by `parameters` and their names below the operation.
fn renamed(cx: &mut Context<'_>, scope: &mut Scope, operation: &ir::Operation) -> BTreeMap<usize, Ident> {
    let mut renamed = BTreeMap::new();
    if cx.renames.is_empty() {
        return renamed;
    }
    let owner = pointer::of_operation(operation);
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let place = pointer::joined(&owner, &["parameters", &parameter.name]);
        if let Some(name) = cx.renames.get(&place, Case::Snake)
            && let Some(name) = renames::give(cx, scope, &place, name)
        {
            renamed.insert(index, name);
        }
    }
    renamed
}

/// The names of parameters in their order: path parameters first, then names that are written just so; a name that is
/// taken is told apart by the place of its parameter (`id_query`).
fn names(scope: &mut Scope, parameters: &[ir::Parameter], renamed: &BTreeMap<usize, Ident>) -> Vec<Ident> {
    let mut order: Vec<usize> = (0..parameters.len()).collect();
    order.sort_by_key(|index| {
        parameters.get(*index).map(|parameter| {
            let is_exact = Case::Snake.join(&words(&parameter.name)) == parameter.name;
            (parameter.place != ir::ParameterIn::Path, !is_exact)
        })
    });
    let mut named: Vec<(usize, Ident)> = Vec::new();
    for index in order {
        if let Some(parameter) = parameters.get(index) {
            let name = renamed.get(&index).cloned();
            named.push((index, name.unwrap_or_else(|| scope.claim(&candidates(parameter)))));
        }
    }
    named.sort_by_key(|(index, _)| *index);
    named.into_iter().map(|(_, name)| name).collect()
}

fn candidates(parameter: &ir::Parameter) -> Vec<Vec<String>> {
    let plain = words(&parameter.name);
    let place = parameter.place.to_string();
    let at_place = with(&plain, &[&place]);
    // Names that begin so are those of the options of every request.
    match plain.first().map(String::as_str) {
        Some("with") => vec![[vec![place], plain].concat(), at_place],
        _ => vec![plain, at_place, with(&spelled_words(&parameter.name), &[&place])],
    }
}
