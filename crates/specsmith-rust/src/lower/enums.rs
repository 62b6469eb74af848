//! Enums of values.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use specsmith_ir::{self as ir, Api, EnumValue, Kind, Shape, TypeId, Value};

use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::structs::common_kind;
use super::{docs, pointer, renames};
use crate::Ident;
use crate::model::{EnumBase, ValueEnum, ValueVariant};
use crate::naming::{Case, Scope, spelled_words, words};

/// The enum of a list of values.
pub(super) fn lower(cx: &mut Context<'_>, id: TypeId, values: &ir::Enum) -> ValueEnum {
    let mut scope = Scope::new(Case::Pascal, &[]);
    let renamed = renamed(cx, &mut scope, id, &values.values);
    let mut names = variant_names(cx, &mut scope, id, &values.values, &renamed);
    let unknown = names.pop().unwrap_or_else(|| scope.ident(&words(UNKNOWN)));
    for (index, (value, name)) in values.values.iter().zip(&names).enumerate() {
        let is_taken = |first: &Vec<String>| {
            name.unraw().trim_end_matches('_') != Case::Pascal.join(first) && !scope.is_free(first)
        };
        if !renamed.contains_key(&index) && is_taken(&first(cx, value)) {
            renames::report_collision(cx, id, &["enum", &text(&value.value)], name);
        }
    }
    ValueEnum {
        base: base(&values.values),
        variants: values
            .values
            .iter()
            .zip(names)
            .map(|(value, name)| ValueVariant {
                name,
                value: value.value.clone(),
                docs: docs::value(value),
            })
            .collect(),
        unknown,
        open: values.open,
    }
}

/// The enum of the one value of a constant.
pub(super) fn constant(cx: &mut Context<'_>, id: TypeId, value: &Value) -> ValueEnum {
    let only = ir::Enum {
        values: vec![only(value)],
        open: false,
    };
    lower(cx, id, &only)
}

/// A constant as the one value of an enum.
pub(super) fn only(value: &Value) -> EnumValue {
    EnumValue {
        value: value.clone(),
        name: None,
        description: None,
    }
}

/// A value as it stands in a pointer.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The values that the user names, by `enum` and the value or its index below the schema.
pub(super) fn renamed(
    cx: &mut Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    values: &[EnumValue],
) -> BTreeMap<usize, Ident> {
    let mut renamed = BTreeMap::new();
    if cx.renames.is_empty() {
        return renamed;
    }
    let owner = pointer::of_type(cx, id);
    for (index, value) in values.iter().enumerate() {
        let places = [text(&value.value), index.to_string()].map(|step| pointer::joined(&owner, &["enum", &step]));
        for place in places {
            if let Some(name) = cx.renames.get(&place, Case::Pascal)
                && let Some(name) = renames::give(cx, scope, &place, name)
            {
                renamed.entry(index).or_insert(name);
            }
        }
    }
    renamed
}

/// The name of the variant for what no other variant is for.
pub(super) const UNKNOWN: &str = "Unknown";

/// The variant for what no other variant is for, which chooses its name behind the others.
pub(super) fn unknown(owner: &Identity) -> Member {
    let candidates = [UNKNOWN, "Unrecognized", "UnknownValue"].map(words).to_vec();
    Member {
        rank: usize::MAX,
        ..Member::new(owner.inside(&["unknown"]), candidates)
    }
}

fn base(values: &[EnumValue]) -> EnumBase {
    let is_i64 = |value: &EnumValue| matches!(&value.value, Value::Number(number) if number.as_i64().is_some());
    match common_kind(values.iter().map(|value| &value.value)) {
        Some(Kind::String) => EnumBase::String,
        Some(Kind::Integer) if values.iter().all(is_i64) => EnumBase::Integer,
        _ => EnumBase::Value,
    }
}

/// The names of the values in their order, and that of the variant for all others: those of the user come first, then
/// those that are written just so.
fn variant_names(
    cx: &mut Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    values: &[EnumValue],
    renamed: &BTreeMap<usize, Ident>,
) -> Vec<Ident> {
    let owner = cx.identities.of_type(id);
    let is_exact = |value: &EnumValue| {
        value.name.is_none()
            && value
                .value
                .as_str()
                .is_some_and(|text| Case::Pascal.join(&words(text)) == text)
    };
    // Names that cannot meet others need no second choice.
    let alone = cx.memory.knows_nothing() && renamed.is_empty() && are_apart(cx, values);
    let members = values.iter().enumerate().map(|(index, value)| {
        let is_exact = is_exact(value);
        let candidates = match alone {
            true => vec![first(cx, value)],
            false => candidates(cx, value),
        };
        Member {
            rank: usize::from(!is_exact),
            is_safe: is_exact,
            renamed: renamed.get(&index).cloned(),
            ..Member::new(owner.inside(&["values", &value.value.to_string()]), candidates)
        }
    });
    let members = members.chain([unknown(&owner)]).collect();
    cx.memory.members(scope, members)
}

/// Whether the first choices of all values are different, and none is the first choice for all other values.
fn are_apart(cx: &Context<'_>, values: &[EnumValue]) -> bool {
    let mut names = BTreeSet::from([UNKNOWN.to_owned()]);
    values
        .iter()
        .all(|value| names.insert(Case::Pascal.join(&first(cx, value))))
}

/// What a value is named first: what the document suggests, or its text.
fn first(cx: &Context<'_>, value: &EnumValue) -> Vec<String> {
    named(cx, value.name.as_deref().unwrap_or(&plain(&value.value)))
}

/// The words of a text that names a value, with one more where a member or parameter with that value has the same name.
fn named(cx: &Context<'_>, text: &str) -> Vec<String> {
    let mut words = words(text);
    if cx.is_binding(&words) {
        words.push("value".to_owned());
    }
    words
}

/// The names of members and parameters that one of their own values would have as well, since their scripts have no case:
/// the compiler refuses arguments with the name of a variant of their type (`bindings_with_variant_name`).
pub(super) fn bindings(api: &Api) -> BTreeSet<String> {
    let members = api.types.iter().flat_map(|(_, ty)| match &ty.shape {
        Shape::Object(object) => object.fields.as_slice(),
        _ => &[],
    });
    let members = members.map(|field| (&field.name, field.ty));
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let all = members.chain(parameters.map(|parameter| (&parameter.name, parameter.ty)));
    let mut found = BTreeSet::new();
    // A type that many have is looked at once.
    let mut of_types: BTreeMap<TypeId, BTreeSet<String>> = BTreeMap::new();
    for (name, ty) in all.filter(|(name, _)| !name.is_ascii()) {
        let words = words(name);
        let name = Case::Snake.join(&words);
        if name != Case::Pascal.join(&words) {
            continue;
        }
        let ty = core(api, ty);
        let values = of_types.entry(ty).or_insert_with(|| value_names(api, ty));
        if values.contains(&name) {
            found.insert(name);
        }
    }
    found
}

/// What nullables and aliases lead to, as far as chains of them go in what people write.
fn core(api: &Api, id: TypeId) -> TypeId {
    const LONGEST: usize = 16;
    let mut core = id;
    for _ in 0..LONGEST {
        match api.types[core].shape {
            Shape::Nullable(inner) | Shape::Alias(inner) => core = inner,
            _ => break,
        }
    }
    core
}

/// The names of the variants that hold nothing, of an enum or of a union.
fn value_names(api: &Api, id: TypeId) -> BTreeSet<String> {
    let name = |text: &str| Case::Pascal.join(&words(text));
    let of_value = |value: &EnumValue| name(value.name.as_deref().unwrap_or(&plain(&value.value)));
    let only = |id: TypeId| match &api.types[id].shape {
        Shape::Const(value) => Some(name(&plain(value))),
        Shape::Enum(values) => match values.values.as_slice() {
            [value] => Some(of_value(value)),
            _ => None,
        },
        _ => None,
    };
    match &api.types[id].shape {
        Shape::Enum(values) => values.values.iter().map(of_value).collect(),
        Shape::Union(union) => union.variants.iter().filter_map(|variant| only(variant.ty)).collect(),
        _ => only(id).into_iter().collect(),
    }
}

/// The text from which a value is named.
fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed("null"),
        Value::Boolean(value) => Cow::Owned(value.to_string()),
        Value::Number(number) => Cow::Borrowed(number.as_str()),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(_) | Value::Object(_) => Cow::Owned(format!("value {value}")),
    }
}

/// What a value can be named: what the document suggests, its text, its text with symbols spelled, its text with what
/// its case is.
pub(super) fn candidates(cx: &Context<'_>, value: &EnumValue) -> Vec<Vec<String>> {
    let text = plain(&value.value);
    let plain = named(cx, &text);
    let cased = case_word(&text).map(|word| [plain.as_slice(), &[word.to_owned()]].concat());
    let suggested = value.name.as_deref().map(|name| named(cx, name));
    suggested
        .into_iter()
        .chain([plain, spelled_words(&text)])
        .chain(cased)
        .collect()
}

fn case_word(text: &str) -> Option<&'static str> {
    let is_upper = text.chars().any(char::is_uppercase);
    let is_lower = text.chars().any(char::is_lowercase);
    match (is_upper, is_lower) {
        (true, false) => Some("upper"),
        (false, true) => Some("lower"),
        (true, true) => Some("mixed"),
        (false, false) => None,
    }
}
