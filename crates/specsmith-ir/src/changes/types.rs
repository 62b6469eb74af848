//! Differences of types: named ones by their names, others where they stand.

use std::collections::BTreeSet;

use specsmith_diagnostics::Location;

use super::exchanges::presence;
use super::words::{self, name};
use super::{Aspect, Comparison, Part, Sent, Subject, Values, relation};
use crate::{Api, Assertions, Direction, Enum, Object, Origin, Presence, Rest, Shape, TypeId, Types, Union, Xml};

/// How many aliases and nullables are followed, and how deep types without names are compared.
const MAX_DEPTH: usize = 48;

/// Compares the named schemas.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (named(comparison.old), named(comparison.new));
    for (name, is_request, id) in &new {
        let before = old.iter().find(|(of, request, _)| of == name && request == is_request);
        // A schema that begins to differ by direction has a new type for requests, and is no new schema.
        let is_known = old.iter().any(|(of, _, _)| of == name);
        comparison.about(Subject::Schema((*name).to_owned()));
        if *is_request {
            comparison.parts.push(Part::Requests);
        }
        let place = comparison.new.types[*id].location;
        match before {
            Some((_, _, before)) => {
                comparison.sent = sent(comparison, *before, *id);
                walk(comparison, *before, *id, true);
            }
            None if !is_known => {
                comparison.stands(None, Some(place));
                comparison.added(false);
            }
            None => {}
        }
    }
    let mut gone = BTreeSet::new();
    for (name, _, id) in old {
        if !new.iter().any(|(of, _, _)| *of == name) && gone.insert(name) {
            comparison.about(Subject::Schema(name.to_owned()));
            comparison.stands(Some(comparison.old.types[id].location), None);
            comparison.removed(false);
        }
    }
}

/// In which directions a type is sent in either API.
fn sent(comparison: &Comparison<'_>, old: TypeId, new: TypeId) -> Sent {
    let [before, after] = &comparison.usage;
    let is_sent = |direction| before.has(old, direction) || after.has(new, direction);
    Sent {
        requests: is_sent(Direction::Request),
        responses: is_sent(Direction::Response),
    }
}

/// The named schemas, and whether they are those of requests alone where responses have another.
fn named(api: &Api) -> Vec<(&str, bool, TypeId)> {
    let is_request = |id: TypeId| {
        let view = api.types.view(id);
        view.is_some_and(|view| view.direction == Direction::Request && view.response.is_some())
    };
    let named = api.types.iter().filter_map(|(id, ty)| match &ty.origin {
        Origin::Component(name) => Some((name.as_str(), is_request(id), id)),
        Origin::Inline { .. } => None,
    });
    let mut seen = BTreeSet::new();
    named
        .filter(|(name, request, _)| seen.insert((*name, *request)))
        .collect()
}

/// Compares the types of one place.
pub(super) fn pair(comparison: &mut Comparison<'_>, old: TypeId, new: TypeId) {
    walk(comparison, old, new, false);
}

/// Reports that a place has a type in one of the APIs only.
pub(super) fn one_side(comparison: &mut Comparison<'_>, old: Option<TypeId>, new: Option<TypeId>) {
    let values = if new.is_some() { Values::Fewer } else { Values::More };
    let says = |types: &Types, id: Option<TypeId>| id.map(|id| words::of_type(types, id)).unwrap_or_default();
    let (old, new) = (says(&comparison.old.types, old), says(&comparison.new.types, new));
    comparison.aspect_of(Aspect::Type, old, new, values);
}

/// Compares how values stand in XML.
pub(super) fn xml(comparison: &mut Comparison<'_>, old: Option<&Xml>, new: Option<&Xml>) {
    let says = |xml: Option<&Xml>| crate::dump_xml(xml).trim().to_owned();
    comparison.aspect_of(Aspect::Xml, says(old), says(new), Values::Others);
}

/// Reports that a place has another type.
fn other_type(comparison: &mut Comparison<'_>, old: TypeId, new: TypeId) {
    let (before, after) = (&comparison.old.types, &comparison.new.types);
    let values = relation::of_types((before, old), (after, new));
    let (old, new) = (words::of_type(before, old), words::of_type(after, new));
    comparison.aspect_of(Aspect::Type, old, new, values);
}

/// The place of a type that stands where it is used; that of a named schema is elsewhere.
fn place(types: &Types, id: TypeId, is_root: bool) -> Option<Location> {
    (is_root || name(types, id).is_none()).then(|| types[id].location)
}

/// Compares two types; `is_root` where they are the named schemas themselves.
fn walk(comparison: &mut Comparison<'_>, old: TypeId, new: TypeId, is_root: bool) {
    let (before, after) = (comparison.old, comparison.new);
    let names = (name(&before.types, old), name(&after.types, new));
    if comparison.parts.len() > MAX_DEPTH || !comparison.seen.insert((old, new)) {
        return;
    }
    let places = (place(&before.types, old, is_root), place(&after.types, new, is_root));
    comparison.stands(places.0, places.1);
    match names {
        // It is compared as a schema.
        (Some(old), Some(new)) if !is_root && old == new => return,
        (Some(of_old), Some(of_new)) if of_old != of_new => return other_type(comparison, old, new),
        _ => {}
    }
    if is_root || names == (None, None) {
        comparison.docs(&before.types[old].docs, &after.types[new].docs);
        xml(
            comparison,
            before.types[old].docs.xml.as_deref(),
            after.types[new].docs.xml.as_deref(),
        );
        conditions(comparison, &before.types[old].assertions, &after.types[new].assertions);
    }
    let (inner_old, inner_new) = (core(&before.types, old, is_root), core(&after.types, new, is_root));
    if inner_old != old || inner_new != new {
        if is_null(&before.types, old) != is_null(&after.types, new) {
            return other_type(comparison, old, new);
        }
        return walk(comparison, inner_old, inner_new, false);
    }
    shapes(comparison, old, new);
}

/// Compares the shapes of two types.
fn shapes(comparison: &mut Comparison<'_>, old: TypeId, new: TypeId) {
    let (before, after) = (&comparison.old.types, &comparison.new.types);
    match (&before[old].shape, &after[new].shape) {
        (Shape::Object(old), Shape::Object(new)) => objects(comparison, old, new),
        (Shape::Array(old), Shape::Array(new)) => {
            let values = relation::of_arrays(old, new);
            let (limits_old, limits_new) = (words::array_limits(old), words::array_limits(new));
            comparison.aspect_of(Aspect::Limits, limits_old, limits_new, values);
            let (old, new) = (old.items, new.items);
            comparison.at(Part::Items, |comparison| pair(comparison, old, new));
        }
        (Shape::Tuple(old), Shape::Tuple(new))
            if old.items.len() == new.items.len() && old.rest.is_some() == new.rest.is_some() =>
        {
            let limits = |min, max| words::counts("items", min, max);
            let values = relation::of_counts((old.min_items, old.max_items), (new.min_items, new.max_items));
            let (of_old, of_new) = (
                limits(old.min_items, old.max_items),
                limits(new.min_items, new.max_items),
            );
            comparison.aspect_of(Aspect::Limits, of_old, of_new, values);
            for (index, (old, new)) in old.items.iter().zip(&new.items).enumerate() {
                comparison.at(Part::Item(index), |comparison| pair(comparison, *old, *new));
            }
            if let (Some(old), Some(new)) = (old.rest, new.rest) {
                comparison.at(Part::Items, |comparison| pair(comparison, old, new));
            }
        }
        (Shape::Enum(old), Shape::Enum(new)) => values(comparison, old, new),
        (Shape::Union(old), Shape::Union(new)) => variants(comparison, old, new),
        (of_old, of_new) => {
            let limits = (words::limits(of_old), words::limits(of_new));
            let values = relation::of_limits(of_old, of_new);
            let changes = comparison.changes.len();
            other_type(comparison, old, new);
            let is_other = comparison.changes.len() > changes;
            // Limits of another type have been compared with it.
            let values = if is_other { Values::Same } else { values };
            comparison.aspect_of(Aspect::Limits, limits.0, limits.1, values);
        }
    }
}

/// Compares what values must satisfy beyond their shape.
fn conditions(comparison: &mut Comparison<'_>, old: &Assertions, new: &Assertions) {
    let says = |assertions: &Assertions| assertions.0.iter().map(words::condition).collect::<Vec<_>>();
    let (old, new) = (says(old), says(new));
    let values = relation::of_lists(&old, &new);
    comparison.aspect_of(Aspect::Conditions, old.join(" and "), new.join(" and "), values);
}

/// The type behind nullables and aliases, up to the next that has a name.
fn core(types: &Types, id: TypeId, is_root: bool) -> TypeId {
    let mut core = id;
    for step in 0..MAX_DEPTH {
        if name(types, core).is_some() && !(is_root && step == 0) {
            break;
        }
        match &types[core].shape {
            Shape::Nullable(inner) | Shape::Alias(inner) => core = *inner,
            _ => break,
        }
    }
    core
}

fn is_null(types: &Types, id: TypeId) -> bool {
    let mut id = id;
    for _ in 0..MAX_DEPTH {
        match &types[id].shape {
            Shape::Nullable(_) => return true,
            Shape::Alias(inner) => id = *inner,
            _ => break,
        }
    }
    false
}

fn objects(comparison: &mut Comparison<'_>, old: &Object, new: &Object) {
    let counts = |object: &Object| words::counts("members", object.min_properties, object.max_properties);
    let of_counts = |object: &Object| (object.min_properties, object.max_properties);
    let limits = relation::of_counts(of_counts(old), of_counts(new));
    comparison.aspect_of(Aspect::Limits, counts(old), counts(new), limits);
    fields(comparison, old, new);
    patterns(comparison, old, new);
    if let (Some(old), Some(new)) = (old.names, new.names) {
        pair(comparison, old, new);
    } else if old.names.is_some() || new.names.is_some() {
        let values = if new.names.is_some() {
            Values::Fewer
        } else {
            Values::More
        };
        let says = |types: &Types, id: Option<TypeId>| id.map(|id| words::of_type(types, id)).unwrap_or_default();
        let (old, new) = (
            says(&comparison.old.types, old.names),
            says(&comparison.new.types, new.names),
        );
        comparison.aspect_of(Aspect::Members, old, new, values);
    }
    match (old.rest, new.rest) {
        (Rest::Typed(old), Rest::Typed(new)) => comparison.at(Part::Members, |comparison| pair(comparison, old, new)),
        (old, new) => {
            let values = relation::of_rests(old, new);
            let (old, new) = (words::rest(old).to_owned(), words::rest(new).to_owned());
            comparison.aspect_of(Aspect::Members, old, new, values);
        }
    }
}

fn fields(comparison: &mut Comparison<'_>, old: &Object, new: &Object) {
    for field in &new.fields {
        let before = old.fields.iter().find(|of| of.name == field.name);
        comparison.at(Part::Field(field.name.clone()), |comparison| match before {
            Some(before) => {
                presence(comparison, &before.presence, &field.presence);
                let (access, is) = (words::access(before.access), words::access(field.access));
                comparison.aspect(Aspect::Access, access.to_owned(), is.to_owned());
                comparison.docs(&before.docs, &field.docs);
                xml(comparison, before.docs.xml.as_deref(), field.docs.xml.as_deref());
                pair(comparison, before.ty, field.ty);
            }
            None => {
                comparison.stands(None, place(&comparison.new.types, field.ty, false));
                comparison.added(field.presence == Presence::Required);
            }
        });
    }
    for field in &old.fields {
        if !new.fields.iter().any(|of| of.name == field.name) {
            comparison.at(Part::Field(field.name.clone()), |comparison| {
                comparison.stands(place(&comparison.old.types, field.ty, false), None);
                comparison.removed(field.presence == Presence::Required);
            });
        }
    }
}

fn patterns(comparison: &mut Comparison<'_>, old: &Object, new: &Object) {
    for field in &new.patterns {
        let before = old.patterns.iter().find(|of| of.pattern == field.pattern);
        comparison.at(Part::Pattern(field.pattern.clone()), |comparison| match before {
            Some(before) => pair(comparison, before.ty, field.ty),
            None => comparison.report(super::Difference::Added { required: false }, Values::Fewer),
        });
    }
    for field in &old.patterns {
        if !new.patterns.iter().any(|of| of.pattern == field.pattern) {
            comparison.at(Part::Pattern(field.pattern.clone()), |comparison| {
                comparison.report(super::Difference::Removed { required: false }, Values::More);
            });
        }
    }
}

fn values(comparison: &mut Comparison<'_>, old: &Enum, new: &Enum) {
    let open = |of: &Enum| if of.open { "any" } else { "none" }.to_owned();
    let opened = if new.open { Values::More } else { Values::Fewer };
    comparison.aspect_of(Aspect::Openness, open(old), open(new), opened);
    for value in &new.values {
        let before = old.values.iter().find(|of| of.value == value.value);
        comparison.at(Part::Value(value.value.to_string()), |comparison| match before {
            Some(before) => comparison.prose(&before.description, &value.description, Aspect::Description),
            None if old.open => comparison.added(false),
            None => comparison.choice_added(),
        });
    }
    for value in &old.values {
        if !new.values.iter().any(|of| of.value == value.value) {
            comparison.at(Part::Value(value.value.to_string()), |comparison| {
                if new.open {
                    comparison.removed(false);
                } else {
                    comparison.choice_removed();
                }
            });
        }
    }
}

/// Compares unions by what their variants are called, or look like.
fn variants(comparison: &mut Comparison<'_>, old: &Union, new: &Union) {
    let told_by = |union: &Union| {
        union
            .discriminator
            .as_ref()
            .map(|by| by.property.clone())
            .unwrap_or_default()
    };
    comparison.aspect_of(Aspect::Discriminator, told_by(old), told_by(new), Values::Others);
    let says = |types: &Types, union: &Union| -> Vec<(String, TypeId)> {
        let variants = union.variants.iter();
        variants
            .map(|variant| (words::of_type(types, variant.ty), variant.ty))
            .collect()
    };
    let (old, new) = (says(&comparison.old.types, old), says(&comparison.new.types, new));
    // Those that look alike, such as objects without names, are compared in their order.
    for (index, (words, id)) in new.iter().enumerate() {
        let place = alike(&new, index);
        let before = old.iter().filter(|(of, _)| of == words).nth(place);
        comparison.at(Part::Variant(words.clone()), |comparison| match before {
            Some((_, before)) => pair(comparison, *before, *id),
            None => comparison.choice_added(),
        });
    }
    for (index, (words, _)) in old.iter().enumerate() {
        if new.iter().filter(|(of, _)| of == words).count() <= alike(&old, index) {
            comparison.at(Part::Variant(words.clone()), Comparison::choice_removed);
        }
    }
}

/// How many of the variants before one have its words.
fn alike(variants: &[(String, TypeId)], index: usize) -> usize {
    let words = variants.get(index).map(|(words, _)| words);
    let before = variants.iter().take(index);
    before.filter(|(of, _)| Some(of) == words).count()
}
