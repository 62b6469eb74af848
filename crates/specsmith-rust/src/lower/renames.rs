//! Names that the user gives: read before all others are chosen, given before all others are claimed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, closest};
use specsmith_ir::{Origin, TypeId};

use super::context::Context;
use super::pointer::{self, Pointer};
use super::{complexity, names};
use crate::naming::{Case, Scope, reserved, words};
use crate::options::OptionTable;
use crate::{Ident, Prose, TypeOptions};

/// The names of the user.
#[derive(Debug, Default)]
pub(super) struct Renames<'a> {
    /// The names by the places that they are for.
    names: BTreeMap<Pointer, Rename<'a>>,
    /// The names of types, which are known before all others.
    types: BTreeMap<TypeId, Ident>,
    /// What was asked for: places that can be named, each with whether there was a name for it.
    asked: RefCell<BTreeSet<(Pointer, bool)>>,
}

/// A name of the user.
#[derive(Debug, Clone, Copy)]
struct Rename<'a> {
    /// What is renamed, as the user writes it.
    key: &'a str,
    /// Its name.
    name: &'a str,
    /// How the name is written: as that of a type or variant, or as that of anything else.
    case: Case,
}

impl<'a> Renames<'a> {
    /// Reads the names of the user.
    pub(super) fn of(options: &'a TypeOptions) -> Self {
        let names = options.renames.iter().map(|(key, name)| {
            let case = match name.trim_start_matches('_').starts_with(char::is_uppercase) {
                true => Case::Pascal,
                false => Case::Snake,
            };
            (pointer::read(key), Rename { key, name, case })
        });
        Self {
            names: names.collect(),
            ..Self::default()
        }
    }

    /// Whether there is none, so that no place has to be found out.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name of a type.
    pub(super) fn of_type(&self, id: TypeId) -> Option<&Ident> {
        self.types.get(&id)
    }

    /// The name of a place, written in this case.
    pub(super) fn get(&self, place: &Pointer, case: Case) -> Option<&'a str> {
        let found = self.names.get(place).filter(|rename| rename.case == case);
        self.asked.borrow_mut().insert((place.clone(), found.is_some()));
        found.map(|rename| rename.name)
    }
}

/// Reports names that cannot be names, and gives types theirs.
pub(super) fn types(cx: &mut Context<'_>, scope: &mut Scope) {
    if cx.renames.is_empty() {
        return;
    }
    let all: Vec<Rename<'_>> = cx.renames.names.values().copied().collect();
    for rename in all {
        if let Some(problem) = problem(&rename) {
            report(cx, rename.key, problem, Some(rename.case.join(&words(rename.name))));
        }
    }
    let ids: Vec<TypeId> = cx.api.types.iter().map(|(id, _)| id).collect();
    let mut given: BTreeSet<Pointer> = BTreeSet::new();
    for id in ids {
        let is_named = matches!(cx.ty(id).map(|ty| &ty.origin), Some(Origin::Component(_)));
        // What requests have beside it is called after it.
        if names::is_second(cx, id) || !is_named && !complexity::needs_definition(cx, id) {
            continue;
        }
        let place = pointer::of_type(cx, id);
        let Some(name) = cx.renames.get(&place, Case::Pascal) else {
            continue;
        };
        if !given.insert(place.clone()) {
            continue;
        }
        if let Some(ident) = give(cx, scope, &place, name) {
            cx.renames.types.insert(id, ident);
        }
    }
}

/// Gives a name of the user in a scope; reports it where another name of the user has it, or generated code.
pub(super) fn give(cx: &mut Context<'_>, scope: &mut Scope, place: &Pointer, name: &str) -> Option<Ident> {
    let given = scope.give(name);
    if given.is_none() {
        let key = cx.renames.names.get(place).map(|rename| rename.key).unwrap_or_default();
        report(cx, key, format!("the name `{name}` is taken"), None);
    }
    given
}

/// Reports names for places that are not there.
pub(super) fn report_unused(cx: &mut Context<'_>) {
    let asked = cx.renames.asked.take();
    let known: Vec<String> = asked.iter().map(|(place, _)| pointer::written(place)).collect();
    let unused: Vec<(Pointer, Rename<'_>)> = cx
        .renames
        .names
        .iter()
        .filter(|(place, _)| !asked.contains(&((*place).clone(), true)))
        .map(|(place, rename)| (place.clone(), *rename))
        .collect();
    for (place, rename) in unused {
        let is_there = asked.contains(&(place.clone(), false));
        let message = format!("`rename` names `{}`, which is not there or needs no name", rename.key);
        let finding = Diagnostic::new(Code::UnusedOption, message).label("has no effect");
        let finding = match closest(&pointer::written(&place), known.iter().map(String::as_str)) {
            _ if is_there && rename.case == Case::Pascal => {
                finding.help("write the name as that of a field: `like_this`")
            }
            _ if is_there => finding.help("write the name as that of a type: `LikeThis`"),
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding,
        };
        cx.report(cx.options.finding(OptionTable::Rename, rename.key, finding));
    }
}

/// Says that a member or value has another name than it would have alone, and how to choose one.
pub(super) fn report_collision(cx: &mut Context<'_>, id: TypeId, step: &[&str], name: &Ident) {
    if names::is_second(cx, id) {
        return;
    }
    let place = pointer::written(&pointer::joined(&pointer::of_type(cx, id), step));
    let message = format!(
        "{} has the name of another one in Rust",
        Prose::code(step.last().unwrap_or(&""))
    );
    let finding = Diagnostic::new(Code::NameCollision, message)
        .at(cx.location(id))
        .label(format!("becomes `{name}`"))
        .help(rename_help(&place));
    cx.report(finding);
}

/// How to choose the name of a place.
pub(super) fn rename_help(place: &str) -> String {
    format!(
        "choose a name in the configuration: `[rename]`, `{} = \"...\"`",
        toml_key(place)
    )
}

/// A key of TOML: in quotes unless it is plain.
fn toml_key(text: &str) -> String {
    match !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    {
        true => text.to_owned(),
        false => format!("{text:?}"),
    }
}

/// Why a text cannot be a name.
fn problem(rename: &Rename<'_>) -> Option<String> {
    let name = rename.name;
    let mut characters = name.chars();
    let begins = characters
        .next()
        .is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c));
    let is_identifier = begins
        && characters.all(unicode_ident::is_xid_continue)
        && name.chars().any(|c| c != '_')
        && !reserved::PATH_KEYWORDS.contains(&name);
    if !is_identifier {
        return Some(format!("`{name}` cannot be a name in Rust"));
    }
    let is_of_case = match rename.case {
        Case::Pascal => !name.contains('_') || Case::Pascal.join(&words(name)) == name,
        Case::Snake => !name.contains(char::is_uppercase) && !name.contains("__"),
    };
    (!is_of_case).then(|| format!("`{name}` is not how names are written in Rust"))
}

fn report(cx: &mut Context<'_>, key: &str, problem: String, instead: Option<String>) {
    let finding = Diagnostic::new(Code::InvalidRename, problem).label(format!("cannot rename `{key}` so"));
    let finding = match instead {
        Some(instead) => finding.help(format!("`{instead}` would do")),
        None => finding,
    };
    cx.report(cx.options.finding(OptionTable::Rename, key, finding));
}
