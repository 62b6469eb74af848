//! Objects: structs and maps.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{self as ir, Access, Kind, Object, Presence, Rest, Shape, TypeId, Value};

use super::context::Context;
use super::identity::Identity;
use super::memory::Member;
use super::patterns::{self, Names};
use super::scalar::{is_same, scalar};
use super::{docs, options, pointer, renames, written};
use crate::model::{Field, FieldKind, Leniency, PatternField, RestField, RustType, Struct};
use crate::naming::{Case, Scope, spelled_words, words};
use crate::{Deprecation, Ident};

/// The types of the values of an object that is a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MapValues {
    /// All of this type.
    Of(TypeId),
    /// Any value, since the names decide which type it is.
    Any,
}

/// The values of an object without fields of its own; `None` for one that is a struct.
pub(super) fn map_values(cx: &Context<'_>, object: &Object) -> Option<MapValues> {
    if !object.fields.is_empty() {
        return None;
    }
    let Some((first, more)) = object.patterns.split_first() else {
        return match object.rest {
            Rest::Typed(ty) => Some(MapValues::Of(ty)),
            Rest::Unstated | Rest::Denied => None,
        };
    };
    let others = match object.rest {
        Rest::Typed(ty) => Some(ty),
        Rest::Unstated | Rest::Denied => None,
    };
    let mut all = more.iter().map(|pattern| pattern.ty).chain(others);
    if all.all(|ty| is_same(cx, ty, first.ty)) {
        Some(MapValues::Of(first.ty))
    } else if are_told(object) {
        None
    } else {
        Some(MapValues::Any)
    }
}

/// Whether it can be told without an engine which patterns the names of members match.
fn are_told(object: &Object) -> bool {
    let mut patterns = object.patterns.iter();
    patterns.all(|pattern| patterns::names(&pattern.pattern) != Names::Unknown)
}

/// Whether an enum of these values is a `bool`.
pub(super) fn is_boolean(values: &ir::Enum) -> bool {
    let has = |wanted: bool| values.values.iter().any(|value| value.value == Value::Boolean(wanted));
    values.values.len() == 2 && has(true) && has(false)
}

/// Whether a member is always there. What is sent in one direction only is there in types of that direction; other types
/// serve both.
fn is_required(cx: &Context<'_>, owner: TypeId, field: &ir::Field) -> bool {
    field.presence == Presence::Required && (field.access == Access::ReadWrite || cx.view(owner).is_some())
}

/// The value of a required member that has only one: it is written and not kept.
pub(super) fn constant<'a>(cx: &Context<'a>, owner: TypeId, field: &ir::Field) -> Option<&'a Value> {
    if !is_required(cx, owner, field) || cx.is_nullable(field.ty) {
        return None;
    }
    match cx.shape(cx.resolve(field.ty)) {
        Shape::Const(value) => is_literal(value).then_some(value),
        _ => None,
    }
}

/// Whether the codec can write the value: text, `true`, `false` or a whole number of 64 bits.
pub(super) fn is_literal(value: &Value) -> bool {
    match value {
        Value::String(_) | Value::Boolean(_) => true,
        Value::Number(number) => number
            .as_i64()
            .is_some_and(|integer| integer.to_string() == number.as_str()),
        _ => false,
    }
}

/// The struct of an object that is no map.
pub(super) fn lower(cx: &mut Context<'_>, id: TypeId, object: &Object) -> Struct {
    let mut scope = Scope::new(Case::Snake, &[]);
    let renamed = renamed_fields(cx, &mut scope, id, object);
    let (mut patterns, mut rest) = maps(cx, id, object);
    let owner = cx.identities.of_type(id);
    let mut members = members(cx, &owner, object, &renamed);
    members.extend(map_members(&owner, &patterns, rest.is_some()));
    let mut names = cx.memory.members(&mut scope, members);
    let mut map_names = names.split_off(object.fields.len()).into_iter();
    let maps = patterns.iter_mut().map(|pattern| &mut pattern.field).chain(&mut rest);
    for (map, name) in maps.zip(&mut map_names) {
        map.name = name;
    }
    let names_of = object.fields.iter().zip(&names);
    for (field, name) in names_of.filter(|(field, name)| name.unraw() != field.name) {
        let first = words(&field.name);
        let wanted = Case::Snake.join(&first);
        if !renamed.contains_key(field.name.as_str())
            && !scope.is_free(&first)
            && name.unraw().trim_end_matches('_') != wanted.trim_end_matches('_')
        {
            renames::report_collision(cx, id, &["properties", &field.name], name);
        }
    }
    let mut constants = Vec::new();
    let mut fields = Vec::new();
    for (field, name) in object.fields.iter().zip(names) {
        match constant(cx, id, field) {
            Some(value) => constants.push((field.name.clone(), value.clone())),
            None => {
                let lowered = lower_field(cx, id, field, name);
                let has_values = matches!(lowered.ty, RustType::String | RustType::Named(_));
                fields.push(Field {
                    fixed: has_values.then(|| fixed(cx, id, field)).flatten(),
                    ..lowered
                });
            }
        }
    }
    let maps = patterns.iter_mut().map(|pattern| &mut pattern.field).chain(&mut rest);
    name_methods(&mut fields, maps);
    Struct {
        left_out: cx.view(id).map(|view| view.left_out.clone()).unwrap_or_default(),
        closed: object.rest == Rest::Denied && rest.is_none(),
        fields,
        constants,
        patterns,
        rest,
    }
}

/// The fields that keep members without a field of their own.
fn maps(cx: &mut Context<'_>, id: TypeId, object: &Object) -> (Vec<PatternField>, Option<RestField>) {
    let mut rest = match object.rest {
        Rest::Typed(ty) => Some(written::reference(cx, ty)),
        // The document says that there are none; only others are worth keeping.
        Rest::Denied => None,
        // What counts its members counts those that it does not name.
        Rest::Unstated => (options::keeps_unknown(cx, id) || is_counted(object)).then_some(RustType::Value),
    };
    let mut fields = Vec::new();
    if are_told(object) {
        for pattern in &object.patterns {
            let values = written::reference(cx, pattern.ty);
            let names = match patterns::names(&pattern.pattern) {
                Names::Some(names) => names,
                // Nothing is left for what comes behind it.
                _ => {
                    rest = Some(values);
                    break;
                }
            };
            fields.push(PatternField {
                field: map_field(values),
                pattern: pattern.pattern.clone(),
                names,
            });
        }
    } else {
        rest = Some(RustType::Value);
    }
    (fields, rest.map(map_field))
}

/// Whether the number of members matters, by `minProperties` or `maxProperties`.
fn is_counted(object: &Object) -> bool {
    object.min_properties.is_some() || object.max_properties.is_some()
}

/// A field that keeps members, which has no name yet.
fn map_field(values: RustType) -> RestField {
    let unnamed = Ident::from_name(ADDITIONAL_PROPERTIES);
    RestField {
        setter: unnamed.clone(),
        name: unnamed,
        values,
    }
}

/// The field of members without a field of their own.
const ADDITIONAL_PROPERTIES: &str = "additional_properties";

/// The names of fields that keep members, behind those of members.
fn map_members(owner: &Identity, patterns: &[PatternField], has_rest: bool) -> Vec<Member> {
    let member = |place: Identity, candidates| Member {
        rank: usize::MAX,
        ..Member::new(place, candidates)
    };
    let of_pattern = |pattern: &PatternField| {
        let text = pattern.names.text();
        let candidate = match text.chars().any(char::is_alphabetic) {
            true => [words(text), words("properties")].concat(),
            false => words("patternProperties"),
        };
        member(owner.inside(&["patternProperties", &pattern.pattern]), vec![candidate])
    };
    let rest = || {
        let candidates = [ADDITIONAL_PROPERTIES, "other_properties"].map(words).to_vec();
        member(owner.inside(&["additionalProperties", "field"]), candidates)
    };
    let patterns = patterns.iter().map(of_pattern);
    patterns.chain(has_rest.then(rest)).collect()
}

/// The fields that the user names.
fn renamed_fields<'o>(
    cx: &mut Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    object: &'o Object,
) -> BTreeMap<&'o str, Ident> {
    let mut renamed = BTreeMap::new();
    if cx.renames.is_empty() {
        return renamed;
    }
    let owner = pointer::of_type(cx, id);
    for field in &object.fields {
        let place = pointer::joined(&owner, &["properties", &field.name]);
        if let Some(name) = cx.renames.get(&place, Case::Snake)
            && let Some(name) = renames::give(cx, scope, &place, name)
        {
            renamed.insert(field.name.as_str(), name);
        }
    }
    renamed
}

/// The names of the fields in their order: those of the user come first, then those that are written just so.
fn members(cx: &Context<'_>, owner: &Identity, object: &Object, renamed: &BTreeMap<&str, Ident>) -> Vec<Member> {
    let is_new = cx.memory.knows_nothing() && renamed.is_empty();
    let member = |field: &ir::Field| {
        let plain = words(&field.name);
        let is_exact = Case::Snake.join(&plain) == field.name;
        // Names that are written just so come first and are different, so they need no second choice.
        let spelled = (!is_exact || !is_new).then(|| spelled_words(&field.name));
        Member {
            rank: usize::from(!is_exact),
            is_safe: is_exact,
            renamed: renamed.get(field.name.as_str()).cloned(),
            ..Member::new(
                owner.inside(&["fields", &field.name]),
                std::iter::once(plain).chain(spelled).collect(),
            )
        }
    };
    object.fields.iter().map(member).collect()
}

/// Gives fields the names of their methods: setters first, since most have no default.
fn name_methods<'m>(fields: &mut [Field], maps: impl Iterator<Item = &'m mut RestField>) {
    let mut scope = Scope::new(Case::Snake, &[]);
    let before = |name: &Ident| vec!["with".to_owned(), bare(name)];
    for field in &mut *fields {
        field.setter = scope.claim(&[before(&field.name)]);
    }
    for map in maps {
        map.setter = scope.claim(&[before(&map.name)]);
    }
    for field in fields {
        field.getter = scope.claim(&[vec![bare(&field.name), "or_default".to_owned()]]);
    }
}

/// A name as a part of another one.
fn bare(name: &Ident) -> String {
    name.unraw().trim_matches('_').to_owned()
}

/// The value of a required member that nobody has to give: that of a discriminator, if it is a text that the member can have,
/// or the only one that the member can have.
fn fixed(cx: &Context<'_>, owner: TypeId, field: &ir::Field) -> Option<Value> {
    if !is_required(cx, owner, field) || cx.is_nullable(field.ty) {
        return None;
    }
    let tag = cx.tags.value(owner, &field.name);
    let value = match (cx.shape(cx.resolve(field.ty)), tag) {
        (shape @ Shape::String(_), Some(Value::String(_))) => {
            tag.filter(|_| scalar(shape, cx.options) == Some(RustType::String))
        }
        (Shape::Enum(listed), tag) => match (listed.values.as_slice(), tag) {
            ([only], _) => Some(&only.value),
            (values, Some(tag @ Value::String(_))) => {
                values.iter().map(|listed| &listed.value).find(|value| *value == tag)
            }
            _ => None,
        },
        _ => None,
    };
    value.cloned()
}

fn lower_field(cx: &mut Context<'_>, owner: TypeId, field: &ir::Field, name: Ident) -> Field {
    let bare = written::bare_reference(cx, field.ty);
    let is_nullable = cx.is_nullable(field.ty);
    let (kind, ty) = match (is_required(cx, owner, field), is_nullable) {
        (true, _) => (FieldKind::Required, written::reference(cx, field.ty)),
        (false, true) => (FieldKind::Nullable, RustType::Nullable(Box::new(bare))),
        (false, false) => (FieldKind::Optional, RustType::Option(Box::new(bare))),
    };
    Field {
        setter: name.clone(),
        getter: name.clone(),
        name,
        wire: field.name.clone(),
        ty,
        kind,
        fixed: None,
        leniency: Leniency::Strict,
        default: match &field.presence {
            Presence::Default(value) => Some(value.clone()),
            Presence::Required | Presence::Optional => None,
        },
        docs: docs::field(cx, owner, field),
        deprecated: Deprecation::of(&field.docs).or_else(|| docs::deprecation_in_place(cx, field.ty)),
    }
}

/// Reports members whose names decide their type in a way that Rust cannot say.
pub(super) fn report_patterns(cx: &mut Context<'_>, id: TypeId, object: &Object) {
    let is_typed = match map_values(cx, object) {
        Some(values) => values != MapValues::Any,
        None => are_told(object),
    };
    if !is_typed {
        cx.report(
            Diagnostic::new(
                Code::PatternNotTyped,
                "the type of these members depends on their names",
            )
            .at(cx.location(id))
            .label("members that match a pattern are kept as any value"),
        );
    }
}

/// The JSON type that all values of an enum have, if it is one.
pub(super) fn common_kind<'v>(values: impl IntoIterator<Item = &'v Value>) -> Option<Kind> {
    let mut kinds = values.into_iter().map(Value::kind);
    let first = kinds.next()?;
    kinds.all(|kind| kind == first).then_some(first)
}
