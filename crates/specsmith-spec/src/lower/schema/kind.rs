//! The JSON types of a schema: stated by `type`, else inferred from its keywords.

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Kind, KindSet, Origin, Owner, Shape, Step, TypeId, Union, UnionMode, Variant};

use super::part::Part;
use super::union::{Draft, constrains};
use crate::Node;
use crate::lower::context::Context;

/// Just `null`.
pub(super) const NULL: KindSet = KindSet::of(Kind::Null);
const BOOLEAN: KindSet = KindSet::of(Kind::Boolean);
const INTEGER: KindSet = KindSet::of(Kind::Integer);
const NUMBER: KindSet = KindSet::of(Kind::Number);
const STRING: KindSet = KindSet::of(Kind::String);
const ARRAY: KindSet = KindSet::of(Kind::Array);
const OBJECT: KindSet = KindSet::of(Kind::Object);

/// The types that need a variant of their own, with the word for it.
const ALTERNATIVES: [(KindSet, &str); 6] = [
    (BOOLEAN, "boolean"),
    (NUMBER, "number"),
    (INTEGER, "integer"),
    (STRING, "string"),
    (ARRAY, "array"),
    (OBJECT, "object"),
];

/// The JSON types that the value of `type` names; `None` where it names none that is known, or any.
pub(in crate::lower) fn stated(value: Node<'_>) -> Option<KindSet> {
    if let Some(name) = value.as_str() {
        return named(name);
    }
    // YAML reads an unquoted `null` as null.
    if matches!(value.kind(), crate::NodeKind::Null) {
        return Some(NULL);
    }
    let mut kinds = KindSet::NONE;
    for item in value.items() {
        kinds = kinds.union(stated_item(item)?);
    }
    (!kinds.is_empty()).then_some(kinds)
}

fn stated_item(item: Node<'_>) -> Option<KindSet> {
    match item.kind() {
        crate::NodeKind::Null => Some(NULL),
        _ => named(item.as_str()?),
    }
}

/// The JSON types of a name of a type, or of a slip for one.
fn named(name: &str) -> Option<KindSet> {
    spelled(name).or_else(|| spelled(correct(name)?))
}

fn spelled(name: &str) -> Option<KindSet> {
    Some(match name {
        "null" => NULL,
        "boolean" => BOOLEAN,
        "integer" => INTEGER,
        "number" => NUMBER,
        "string" => STRING,
        "array" => ARRAY,
        "object" => OBJECT,
        _ => return None,
    })
}

/// What is meant by a name that is not one of a JSON type, where that is clear.
pub(super) fn correct(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "int" | "int32" | "int64" | "long" | "integer" => "integer",
        "float" | "double" | "decimal" | "number" => "number",
        "bool" | "boolean" => "boolean",
        "str" | "text" | "string" | "date" | "datetime" | "date-time" | "uuid" | "file" | "binary" | "timestamp" => {
            "string"
        }
        "list" | "array" => "array",
        "map" | "dict" | "hash" | "object" => "object",
        "none" | "nil" | "null" => "null",
        _ => return None,
    })
}

impl<'d> Context<'d, '_> {
    /// The JSON types of schemas that must hold together, without `null`; `None` where they do not limit them.
    ///
    /// The empty set means that only `null` is left.
    pub(super) fn kinds(&mut self, parts: &[Part<'d>]) -> Option<KindSet> {
        let mut kinds: Option<KindSet> = None;
        let mut only_null = false;
        for part in parts {
            only_null |= self.lists_only_null(part);
            let Some((key, value)) = part.entry("type") else {
                continue;
            };
            let Some(stated) = stated(value) else {
                continue;
            };
            let stated = stated.difference(NULL);
            if stated.is_empty() {
                only_null = true;
                continue;
            }
            let both = kinds.map_or(stated, |kinds| kinds.intersection(stated));
            if both.is_empty() {
                self.report(
                    Diagnostic::new(
                        Code::ConflictingAllOf,
                        "no value has all of the types that are required here",
                    )
                    .at(value.location())
                    .label("excludes the type that another schema of the `allOf` states")
                    .help(format!("`{}` is taken from here", key.name)),
                );
            }
            kinds = Some(if both.is_empty() { stated } else { both });
        }
        kinds.or(only_null.then_some(KindSet::NONE)).or_else(|| inferred(parts))
    }

    /// Whether `null` is all that a union lists.
    fn lists_only_null(&mut self, part: &Part<'d>) -> bool {
        ["oneOf", "anyOf"].iter().any(|keyword| {
            let list = part.get(keyword);
            list.is_some_and(|list| list.items().next().is_some() && list.items().all(|branch| self.is_null(branch)))
        })
    }

    /// The shape of schemas that must hold together and have these JSON types.
    pub(super) fn shape_of_kinds(&mut self, id: TypeId, parts: &[Part<'d>], kinds: Option<KindSet>) -> Shape {
        let Some(kinds) = kinds else {
            return Shape::Any;
        };
        let alternatives = alternatives(kinds);
        let all = ALTERNATIVES.iter().all(|(kind, _)| kind.difference(kinds).is_empty());
        if all && !parts.iter().any(constrains) {
            return Shape::Any;
        }
        match alternatives.as_slice() {
            [] => Shape::Null,
            [(kind, _)] => self.shape_of_kind(id, parts, *kind),
            _ => self.union_of_kinds(id, parts, &alternatives),
        }
    }

    fn union_of_kinds(&mut self, id: TypeId, parts: &[Part<'d>], kinds: &[(KindSet, &'static str)]) -> Shape {
        let location = self.types[id].location;
        let mut variants = Vec::new();
        for (index, (kind, name)) in kinds.iter().enumerate() {
            let step = Step::Variant {
                index,
                hint: Some((*name).to_owned()),
            };
            let owner = Owner::Type(id);
            let ty = self.types.reserve(Origin::Inline { owner, step }, location);
            let shape = self.shape_of_kind(ty, parts, *kind);
            let docs = specsmith_ir::Docs::default();
            self.types.define(ty, shape, docs);
            variants.push(Variant {
                ty,
                name: None,
                conditions: Vec::new(),
                alike: false,
            });
        }
        self.schema_state.drafts.insert(id, Draft::plain(variants.len()));
        Shape::Union(Union {
            mode: UnionMode::OneOf,
            variants,
            discriminator: None,
        })
    }

    fn shape_of_kind(&mut self, id: TypeId, parts: &[Part<'d>], kind: KindSet) -> Shape {
        match kind {
            BOOLEAN => Shape::Boolean,
            INTEGER => Shape::Integer(self.numeric(parts)),
            NUMBER => Shape::Number(self.numeric(parts)),
            STRING => Shape::String(self.text(parts)),
            ARRAY => self.array(id, parts),
            _ => Shape::Object(self.object(id, parts)),
        }
    }
}

/// The alternatives in a set of types; an integer is a number, so it is none beside it.
fn alternatives(kinds: KindSet) -> Vec<(KindSet, &'static str)> {
    ALTERNATIVES
        .into_iter()
        .filter(|(kind, _)| !kind.is_empty() && kind.difference(kinds).is_empty())
        .filter(|(kind, _)| *kind != INTEGER || !kinds.contains(Kind::Number))
        .collect()
}

/// The JSON type that keywords without `type` mean, where they all speak of the same one.
fn inferred(parts: &[Part<'_>]) -> Option<KindSet> {
    let has = |names: &[&str]| {
        parts
            .iter()
            .any(|part| names.iter().any(|name| part.get(name).is_some()))
    };
    let mut found = Vec::new();
    if has(&[
        "properties",
        "additionalProperties",
        "patternProperties",
        "minProperties",
        "maxProperties",
    ]) || parts
        .iter()
        .any(|part| part.get("required").is_some_and(Node::is_array))
    {
        found.push(OBJECT);
    }
    if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]) {
        found.push(ARRAY);
    }
    if has(&[
        "pattern",
        "minLength",
        "maxLength",
        "contentEncoding",
        "contentMediaType",
    ]) {
        found.push(STRING);
    }
    if has(&[
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ]) {
        found.push(NUMBER);
    }
    let mut formats = parts.iter().filter_map(|part| part.get("format")?.as_str());
    match formats.next() {
        Some("int32" | "int64" | "uint32" | "uint64" | "integer") => found.push(INTEGER),
        Some("float" | "double" | "number") => found.push(NUMBER),
        Some(
            "date-time" | "date" | "time" | "uuid" | "uri" | "email" | "byte" | "binary" | "password" | "hostname"
            | "string",
        ) => {
            found.push(STRING);
        }
        _ => {}
    }
    found.dedup();
    match found.as_slice() {
        [NUMBER, INTEGER] => Some(INTEGER),
        [kind] => Some(*kind),
        _ => None,
    }
}
