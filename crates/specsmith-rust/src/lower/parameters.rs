//! Parameters of operations.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, Presence};

use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::names::with;
use super::{bodies, docs, pointer, renames, written};
use crate::model::Parameter;
use crate::naming::{Case, Scope, reserved, spelled_words, words};
use crate::{Deprecation, Ident};

/// The parameters of an operation: required ones first, each part in the order of the document.
pub(super) fn lower(cx: &mut Context<'_>, operation: &ir::Operation, place: &Identity) -> Vec<Parameter> {
    let mut scope = Scope::new(Case::Snake, &[reserved::PARAMETERS]);
    let renamed = renamed(cx, &mut scope, operation);
    let body = operation.request_body.as_ref().filter(|body| !body.required);
    for setter in body
        .map(|body| bodies::remembered(cx, body, place))
        .into_iter()
        .flatten()
    {
        scope.give(setter.1.unraw());
    }
    let members = members(&operation.parameters, place, &renamed);
    let names = cx.memory.members(&mut scope, members);
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

/// Path parameters choose their names first, then those whose names are written just so; a name that is taken is told
/// apart by the place of its parameter (`id_query`).
fn members(parameters: &[ir::Parameter], operation: &Identity, renamed: &BTreeMap<usize, Ident>) -> Vec<Member> {
    use ir::ParameterIn::{Path, Query};
    let member = |(index, parameter): (usize, &ir::Parameter)| {
        let is_exact = Case::Snake.join(&words(&parameter.name)) == parameter.name;
        let place = operation.inside(&["arguments", &parameter.place.to_string(), &parameter.name]);
        Member {
            rank: match (parameter.place, is_exact) {
                (Path, true) => 0,
                (Path, false) => 1,
                (Query, true) => 2,
                (_, true) => 3,
                (_, false) => 4,
            },
            // A path that gets another parameter is another path.
            is_safe: is_exact && matches!(parameter.place, Path | Query),
            renamed: renamed.get(&index).cloned(),
            ..Member::new(place, candidates(parameter))
        }
    };
    parameters.iter().enumerate().map(member).collect()
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
