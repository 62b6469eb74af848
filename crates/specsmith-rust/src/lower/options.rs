//! Options of the user about single schemas: whether the document has them, and what they add to definitions.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic, closest};
use specsmith_ir::{Origin, TypeId};
use syn::parse::Parser;

use super::context::{Context, Definition};
use crate::model::Derive;
use crate::options::{OptionTable, Selection, TypeOptions};

/// What stands for every schema.
const ALL: &str = "*";

/// Reports options about schemas that the document does not have, and text that is no Rust.
pub(super) fn check(cx: &mut Context<'_>) {
    let options = cx.options;
    let names: [(OptionTable, Vec<&String>); 4] = [
        (OptionTable::Derives, options.derives.keys().collect()),
        (OptionTable::Attributes, options.attributes.keys().collect()),
        (OptionTable::Lenient, options.lenient.names()),
        (OptionTable::KeepUnknown, options.keep_unknown.names()),
    ];
    for (table, names) in names {
        for name in names {
            let by_definition = matches!(table, OptionTable::Lenient | OptionTable::KeepUnknown)
                && cx.definitions.iter().any(|definition| definition.name.unraw() == name);
            if name != ALL && !by_definition && !schemas(cx).any(|schema| schema == name) {
                unused(cx, table, name);
            }
        }
    }
    invalid(
        cx,
        OptionTable::Derives,
        &options.derives,
        "the path of a trait",
        is_path,
    );
    invalid(
        cx,
        OptionTable::Attributes,
        &options.attributes,
        "an attribute",
        is_attribute,
    );
}

/// The names of the named schemas.
fn schemas<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a str> {
    cx.api.types.iter().filter_map(|(_, ty)| match &ty.origin {
        Origin::Component(name) => Some(name.as_str()),
        Origin::Inline { .. } => None,
    })
}

fn unused(cx: &mut Context<'_>, table: OptionTable, name: &str) {
    let message = format!(
        "`{}` is about the schema `{name}`, which the document does not have",
        table.name()
    );
    let finding = Diagnostic::new(Code::UnusedOption, message).label("no schema of this name");
    let finding = match closest(name, schemas(cx)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")),
        None => finding,
    };
    cx.report(cx.options.finding(table, name, finding));
}

/// Reports text that is not what it has to be.
fn invalid(
    cx: &mut Context<'_>,
    table: OptionTable,
    texts: &BTreeMap<String, Vec<String>>,
    what: &str,
    is_valid: fn(&str) -> bool,
) {
    for (name, texts) in texts {
        for text in texts.iter().filter(|text| !is_valid(text)) {
            let message = format!("`{}.{name}` has `{text}`, which is not {what}", table.name());
            let finding = Diagnostic::new(Code::InvalidConfig, message);
            cx.report(cx.options.finding(table, name, finding));
        }
    }
}

/// What the user wants for all types, though not all of them can have it: `Eq`, or `Hash`, which is of use with `Eq` only.
pub(super) fn derived_everywhere(options: &TypeOptions) -> &'static [Derive] {
    let paths = options.derives.get(ALL).into_iter().flatten();
    match paths.filter_map(|path| part_by_part(path)).max() {
        Some(Derive::Hash) => &[Derive::Eq, Derive::Hash],
        Some(_) => &[Derive::Eq],
        None => &[],
    }
}

/// The trait of this path, if it is one that types have by what they hold.
fn part_by_part(path: &str) -> Option<Derive> {
    match path.trim_start_matches("::") {
        "Eq" | "std::cmp::Eq" | "core::cmp::Eq" => Some(Derive::Eq),
        "Hash" | "std::hash::Hash" | "core::hash::Hash" => Some(Derive::Hash),
        _ => None,
    }
}

/// The paths that are derived for a definition beside the usual traits.
pub(super) fn derives(cx: &Context<'_>, definition: &Definition) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let everywhere = derived_everywhere(cx.options);
    for path in of(cx, definition, &cx.options.derives) {
        let is_told = part_by_part(path).is_some_and(|derive| everywhere.contains(&derive));
        if is_path(path) && !is_told && !found.contains(path) {
            found.push(path.clone());
        }
    }
    found
}

/// The attributes of a definition.
pub(super) fn attributes(cx: &Context<'_>, definition: &Definition) -> Vec<String> {
    let texts = of(cx, definition, &cx.options.attributes).into_iter();
    texts.filter(|text| is_attribute(text)).cloned().collect()
}

/// Reports options about a schema that is another name for a type, which has no derives and attributes.
pub(super) fn report_alias(cx: &mut Context<'_>, definition: &Definition) {
    let options = cx.options;
    let Some(name) = name(cx, definition) else { return };
    for (table, texts) in [
        (OptionTable::Derives, &options.derives),
        (OptionTable::Attributes, &options.attributes),
    ] {
        if texts.contains_key(name) {
            let message = format!(
                "`{}` is about the schema `{name}`, which has no type of its own",
                table.name()
            );
            let finding = Diagnostic::new(Code::UnusedOption, message).label("another name for a type");
            cx.report(options.finding(table, name, finding));
        }
    }
}

/// Whether a struct keeps members that the document does not name.
pub(super) fn keeps_unknown(cx: &Context<'_>, id: TypeId) -> bool {
    let definition = cx.item(id).and_then(|item| cx.definition(item));
    definition.is_some_and(|definition| is_selected(cx, definition, &cx.options.keep_unknown))
}

/// Whether a definition is meant, by the name of its schema or its own.
pub(super) fn is_selected(cx: &Context<'_>, definition: &Definition, selection: &Selection) -> bool {
    match selection {
        Selection::None => false,
        Selection::All => true,
        Selection::Named(names) => {
            names.contains(definition.name.unraw()) || name(cx, definition).is_some_and(|name| names.contains(name))
        }
    }
}

/// What is said about all schemas, and then about this one.
fn of<'a>(cx: &Context<'a>, definition: &Definition, texts: &'a BTreeMap<String, Vec<String>>) -> Vec<&'a String> {
    let names = [Some(ALL), name(cx, definition)].into_iter().flatten();
    names.filter_map(|name| texts.get(name)).flatten().collect()
}

/// The name of a definition that is a named schema, as the document writes it.
fn name<'a>(cx: &Context<'a>, definition: &Definition) -> Option<&'a str> {
    match &cx.ty(definition.source)?.origin {
        Origin::Component(name) => Some(name.as_str()),
        Origin::Inline { .. } => None,
    }
}

fn is_path(text: &str) -> bool {
    syn::Path::parse_mod_style.parse_str(text).is_ok()
}

fn is_attribute(text: &str) -> bool {
    // In brackets of its own, so that it cannot end them.
    text.parse::<proc_macro2::TokenStream>().is_ok_and(|tokens| {
        let attributes = syn::Attribute::parse_outer.parse2(quote::quote!(#[#tokens]));
        attributes.is_ok_and(|attributes| attributes.len() == 1)
    })
}
