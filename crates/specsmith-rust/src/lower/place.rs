//! Names of unnamed types, from where they stand.

use std::collections::BTreeMap;

use specsmith_ir::{
    self as ir, ComponentKind, Condition, MediaType, Origin, Owner, Presence, Shape, Status, Step, TypeId, Value,
};

use super::context::Context;
use super::status;
use crate::naming::{is_plural, singular, words};

/// How far owners of owners are followed.
const MAX_DEPTH: usize = 48;

/// What places of types are told by.
pub(super) struct Places<'p> {
    /// The words that names of operations are, by operation id.
    operations: &'p BTreeMap<usize, Vec<String>>,
    /// Where types are that are not where their origin says.
    found_in: &'p BTreeMap<TypeId, (TypeId, Step)>,
}

impl<'p> Places<'p> {
    pub(super) fn new(
        operations: &'p BTreeMap<usize, Vec<String>>,
        found_in: &'p BTreeMap<TypeId, (TypeId, Step)>,
    ) -> Self {
        Self { operations, found_in }
    }

    /// The candidates for the name of an unnamed type: its place, then its place said more exactly.
    pub(super) fn candidates(&self, cx: &Context<'_>, id: TypeId) -> Vec<Vec<String>> {
        let place = self.words_of(cx, id, 0);
        let mut candidates = vec![place.clone()];
        let Some((owner, step)) = self.telling_step(cx, id) else {
            return candidates;
        };
        let owner = self.owner_words(cx, &owner, 0);
        match step {
            Step::Property(name) => {
                candidates.push([owner, words(&name)].concat());
                candidates.push(joined(&place, &["field"]));
            }
            Step::Items => candidates.push(joined(&owner, &["item"])),
            Step::AdditionalProperties | Step::PatternProperty(_) => candidates.push(joined(&owner, &["entry"])),
            Step::Variant { .. } => candidates.push([owner, kind_words(cx, id)].concat()),
            Step::Parameter(place_in, _) => candidates.push(joined(&place, &[&place_in.to_string()])),
            Step::RequestBody(media_type) => {
                let with_format = [place, format_words(&media_type)].concat();
                if is_xml(&media_type) {
                    return vec![with_format];
                }
                candidates.push(with_format);
            }
            Step::Response(status, media_type) => {
                let reason = joined(&[owner, status::words(status)].concat(), &["body"]);
                let with_format = [reason.clone(), subtype_words(&media_type)].concat();
                if is_xml(&media_type) {
                    return vec![with_format];
                }
                candidates.push(reason);
                candidates.push(with_format);
            }
            Step::Schema => candidates.push(joined(&place, &["parameter"])),
            _ => {}
        }
        candidates
    }

    /// What a type stands in, and the way to it.
    fn origin(&self, cx: &Context<'_>, id: TypeId) -> Option<(Owner, Step)> {
        if let Some((owner, step)) = self.found_in.get(&id) {
            return Some((Owner::Type(*owner), step.clone()));
        }
        match &cx.ty(id)?.origin {
            Origin::Inline { owner, step } => Some((owner.clone(), step.clone())),
            Origin::Component(_) => None,
        }
    }

    /// The nearest step on the way to a type that adds something to its name, and what it starts from.
    fn telling_step(&self, cx: &Context<'_>, id: TypeId) -> Option<(Owner, Step)> {
        let mut id = id;
        for _ in 0..MAX_DEPTH {
            match self.origin(cx, id)? {
                (Owner::Type(owner), Step::NonNull) => id = owner,
                origin => return Some(origin),
            }
        }
        None
    }

    /// The words of a type's place.
    fn words_of(&self, cx: &Context<'_>, id: TypeId, depth: usize) -> Vec<String> {
        if let Some(definition) = cx.item(id).and_then(|item| cx.definition(item)) {
            return definition.words.clone();
        }
        let Some(ty) = cx.ty(id).filter(|_| depth < MAX_DEPTH) else {
            return vec!["value".to_owned()];
        };
        match (&ty.origin, self.origin(cx, id)) {
            (_, Some((owner, step))) => {
                let words = self.owner_words(cx, &owner, depth + 1);
                match owner {
                    Owner::Component(ComponentKind::RequestBody | ComponentKind::Response, _) => body_of(words),
                    Owner::Type(union) => with_step(cx, words, Some(union), &step, id),
                    _ => with_step(cx, words, None, &step, id),
                }
            }
            (Origin::Component(name), None) => words(name),
            (Origin::Inline { .. }, None) => vec!["value".to_owned()],
        }
    }

    fn owner_words(&self, cx: &Context<'_>, owner: &Owner, depth: usize) -> Vec<String> {
        match owner {
            Owner::Type(id) => self.words_of(cx, *id, depth),
            Owner::Operation(id) => {
                let words = self.operations.get(&(id.0 as usize)).cloned();
                words.unwrap_or_else(|| vec!["operation".to_owned()])
            }
            Owner::Callback(id, name) => {
                let operation = self.operations.get(&(id.0 as usize)).cloned();
                [operation.unwrap_or_default(), words(name)].concat()
            }
            Owner::Component(ComponentKind::Path, path) => {
                let literals = path.split('/').filter(|segment| !segment.starts_with('{'));
                literals.filter(|segment| !segment.is_empty()).flat_map(words).collect()
            }
            Owner::Component(_, name) => words(name),
        }
    }
}

/// Whether a type is named after its format alone: JSON beside XML has the names that say nothing of it, also where it comes
/// later.
fn is_xml(media_type: &str) -> bool {
    MediaType::new(media_type).is_some_and(|media_type| media_type.is_xml())
}

/// What a body of a request is called after its format: those of forms are `form` and `multipart`.
fn format_words(media_type: &str) -> Vec<String> {
    match MediaType::new(media_type) {
        Some(media_type) if media_type.is_form() => words("form"),
        Some(media_type) if media_type.essence() == "multipart/form-data" => words("multipart"),
        _ => subtype_words(media_type),
    }
}

fn subtype_words(media_type: &str) -> Vec<String> {
    words(media_type.rsplit('/').next().unwrap_or_default())
}

fn with_step(cx: &Context<'_>, owner: Vec<String>, union: Option<TypeId>, step: &Step, id: TypeId) -> Vec<String> {
    match step {
        Step::Property(name) => overlapped(owner, words(name)),
        Step::Items => item_of(owner),
        Step::Item(index) => joined(&owner, &["item", &(index + 1).to_string()]),
        Step::AdditionalProperties | Step::PatternProperty(_) => match owner.last() {
            Some(last) if is_plural(last) => item_of(owner),
            _ => joined(&owner, &["value"]),
        },
        Step::Variant { hint, .. } => match hint.as_deref().map(words).or_else(|| telling_words_of(cx, union, id)) {
            Some(hint) => match hinted(&owner, hint) {
                words if words == owner => [owner, kind_words(cx, id)].concat(),
                words => words,
            },
            None => [owner, kind_words(cx, id)].concat(),
        },
        Step::NonNull => owner,
        Step::Parameter(_, name) => [owner, words(name)].concat(),
        Step::RequestBody(_) => joined(&owner, &["body"]),
        Step::Response(Status::Code(200) | Status::Class(2), media_type) => joined(&owner, body_words(media_type)),
        Step::Response(status, _) => joined(&[owner, status::words(*status)].concat(), &["body"]),
        Step::ResponseHeader(_, name) => joined(&[owner, words(name)].concat(), &["header"]),
        Step::Schema => owner,
    }
}

/// What the body of a successful response is called: streams are of items, and stand beside whole bodies.
fn body_words(media_type: &str) -> &'static [&'static str] {
    match MediaType::new(media_type) {
        Some(media_type) if media_type.is_event_stream() => &["event"],
        Some(media_type) if media_type.is_json_sequence() => &["record"],
        _ => &["response", "body"],
    }
}

/// Words behind words, without repeating what the second ones begin with: an `account type` of a `bank account` is a
/// `bank account type`.
fn overlapped(owner: Vec<String>, words: Vec<String>) -> Vec<String> {
    let longest = owner.len().min(words.len());
    let is_shared = |count: &usize| {
        let end = owner.get(owner.len() - count..);
        end.is_some_and(|end| words.starts_with(end))
    };
    let shared = (1..=longest).rev().find(is_shared).unwrap_or(0);
    owner.into_iter().chain(words.into_iter().skip(shared)).collect()
}

/// The words of an owner and of a title behind them, without what the title repeats from anywhere in the owner: the
/// `method options param` of `method options card` is the `method options card param`.
fn hinted(owner: &[String], hint: Vec<String>) -> Vec<String> {
    let repeats = |count: &usize| {
        let start = hint.get(..*count).unwrap_or_default();
        owner.windows(*count).any(|window| window == start)
    };
    let repeated = (2..=hint.len().min(owner.len())).rev().find(repeats).unwrap_or(0);
    match hint.get(repeated..) {
        Some([]) | None => owner.to_vec(),
        Some(rest) => overlapped(owner.to_vec(), rest.to_vec()),
    }
}

/// What an unnamed variant of a union is called after, as a step: what the document suggests is told from what is made
/// of its values.
pub(super) fn variant_step(cx: &Context<'_>, union: TypeId, hint: Option<&str>, variant: TypeId) -> String {
    match (hint, telling_words_of(cx, Some(union), variant)) {
        (Some(hint), _) => hint.to_owned(),
        (None, Some(told)) => format!("= {}", told.join(" ")),
        (None, None) => format!("a {}", kind_words(cx, variant).join(" ")),
    }
}

/// The words of the value that tells a variant of a union, as [`telling_words`].
fn telling_words_of(cx: &Context<'_>, union: Option<TypeId>, variant: TypeId) -> Option<Vec<String>> {
    match cx.shape(cx.core(union?)) {
        Shape::Union(union) => union
            .variants
            .iter()
            .find(|of| of.ty == variant)
            .and_then(|of| telling_words(&of.conditions)),
        _ => None,
    }
}

/// The body of a shared request body or response.
fn body_of(mut component: Vec<String>) -> Vec<String> {
    if component.last().is_none_or(|last| last != "body") {
        component.push("body".to_owned());
    }
    component
}

/// `Books` holds a `Book`, a `Shelf` holds a `ShelfItem`.
fn item_of(mut owner: Vec<String>) -> Vec<String> {
    match owner.last_mut() {
        Some(last) if is_plural(last) => *last = singular(last),
        _ => owner.push("item".to_owned()),
    }
    owner
}

/// Words for what values of an unnamed variant are: the only value, the only property (so that `{"circle": ...}` beside
/// `{"square": ...}` are `Circle` and `Square`), else the kind of the values.
fn kind_words(cx: &Context<'_>, id: TypeId) -> Vec<String> {
    let kind = match cx.shape(cx.core(id)) {
        Shape::Object(object) => match object.fields.as_slice() {
            [only] if is_tag(cx, only) => return words(&only.name),
            _ => "object",
        },
        Shape::Array(_) => "list",
        Shape::Tuple(_) => "tuple",
        Shape::Const(Value::String(text)) => return words(text),
        Shape::Enum(values) => match values.values.as_slice() {
            [
                ir::EnumValue {
                    value: Value::String(text),
                    ..
                },
            ] => return words(text),
            _ => "kind",
        },
        Shape::Const(_) => "kind",
        _ => "value",
    };
    vec![kind.to_owned()]
}

/// Whether a property says by its name what an object is: it must be there, and its value says something else.
fn is_tag(cx: &Context<'_>, field: &ir::Field) -> bool {
    field.presence == Presence::Required && !matches!(cx.shape(cx.resolve(field.ty)), Shape::Enum(_) | Shape::Const(_))
}

/// The words of the one value of a property that tells a variant from the others.
pub(super) fn telling_words(conditions: &[Condition]) -> Option<Vec<String>> {
    conditions.iter().find_map(|condition| match condition {
        Condition::PropertyValue { values, .. } => match values.as_slice() {
            [value] => value.as_str().map(words),
            _ => None,
        },
        _ => None,
    })
}

fn joined(words: &[String], more: &[&str]) -> Vec<String> {
    words
        .iter()
        .cloned()
        .chain(more.iter().map(|word| (*word).to_owned()))
        .collect()
}
