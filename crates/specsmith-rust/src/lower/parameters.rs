//! Parameters of operations.

use specsmith_ir::{self as ir, Presence};

use super::context::Context;
use super::names::with;
use super::{docs, written};
use crate::Ident;
use crate::model::Parameter;
use crate::naming::{Case, Scope, reserved, spelled_words, words};

/// The parameters of an operation: required ones first, each part in the order of the document.
pub(super) fn lower(cx: &mut Context<'_>, operation: &ir::Operation) -> Vec<Parameter> {
    let names = names(&operation.parameters);
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
            deprecated: parameter.docs.deprecated,
        })
        .collect();
    all.sort_by_key(|parameter| !parameter.required);
    all
}

/// The names of parameters in their order: path parameters first, then names that are written just so; a name that is
/// taken is told apart by the place of its parameter (`id_query`).
fn names(parameters: &[ir::Parameter]) -> Vec<Ident> {
    let mut scope = Scope::new(Case::Snake, &[reserved::PARAMETERS]);
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
            named.push((index, scope.claim(&candidates(parameter))));
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
