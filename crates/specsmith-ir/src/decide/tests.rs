//! Tests of the decision on small unions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use crate::{
    Access, Array, Condition, Docs, Enum, EnumValue, Field, Kind, KindSet, Object, Origin, Presence, Rest, Shape, Text,
    Type, TypeId, Types, Value,
};
use specsmith_diagnostics::Location;

use super::{Candidate, Decision, decide};

struct Union {
    types: Types,
    variants: Vec<TypeId>,
}

impl Union {
    fn new() -> Self {
        Self {
            types: Types::new(),
            variants: Vec::new(),
        }
    }

    fn add(&mut self, shape: Shape) -> TypeId {
        self.types.add(Type {
            origin: Origin::Component(format!("T{}", self.types.len())),
            shape,
            assertions: Default::default(),
            docs: Docs::default(),
            location: Location::default(),
        })
    }

    fn variant(mut self, shape: Shape) -> Self {
        let id = self.add(shape);
        self.variants.push(id);
        self
    }

    /// A variant that is an object with these fields: `name` required, `name?` optional, `name=value` constant,
    /// `>name` only in requests.
    fn object(self, fields: &[&str]) -> Self {
        self.object_of_at_least(None, fields)
    }

    fn object_of_at_least(mut self, min_properties: Option<u64>, fields: &[&str]) -> Self {
        let fields = fields.iter().map(|field| self.field(field)).collect();
        let object = object_of(fields, min_properties);
        self.variant(object)
    }

    /// A variant that is an object with an optional `inner` of this type, and these fields.
    fn object_with(mut self, inner: TypeId, fields: &[&str]) -> Self {
        let inner = Field {
            ty: inner,
            ..self.field("inner?")
        };
        let others: Vec<Field> = fields.iter().map(|field| self.field(field)).collect();
        self.variant(object_of([vec![inner], others].concat(), None))
    }

    /// A type that is an object with these fields.
    fn inner(&mut self, fields: &[&str]) -> TypeId {
        let fields = fields.iter().map(|field| self.field(field)).collect();
        self.add(object_of(fields, None))
    }

    fn field(&mut self, text: &str) -> Field {
        let (text, access) = match text.strip_prefix('>') {
            Some(text) => (text, Access::WriteOnly),
            None => (text, Access::ReadWrite),
        };
        let (text, presence) = match text.split_once('?') {
            Some((name, rest)) => (format!("{name}{rest}"), Presence::Optional),
            None => (text.to_owned(), Presence::Required),
        };
        let (name, shape) = match text.split_once('=') {
            Some((name, value)) => (name.to_owned(), listed(&[value])),
            None => (text, string()),
        };
        Field {
            name,
            ty: self.add(shape),
            presence,
            access,
            docs: Docs::default(),
        }
    }

    fn decide(&self) -> Decision {
        self.decide_by(None, &[])
    }

    fn decide_by(&self, property: Option<&str>, tags: &[&[&str]]) -> Decision {
        let tags: Vec<Vec<Value>> = tags.iter().map(|tags| values(tags)).collect();
        let candidates: Vec<Candidate<'_>> = self
            .variants
            .iter()
            .enumerate()
            .map(|(index, ty)| Candidate {
                ty: *ty,
                tags: tags.get(index).map_or(&[], Vec::as_slice),
            })
            .collect();
        decide(&self.types, property, &candidates)
    }
}

fn object_of(fields: Vec<Field>, min_properties: Option<u64>) -> Shape {
    Shape::Object(Object {
        fields,
        rest: Rest::Unstated,
        patterns: Vec::new(),
        names: None,
        min_properties,
        max_properties: None,
    })
}

fn array_of(items: TypeId, min_items: Option<u64>) -> Shape {
    Shape::Array(Array {
        items,
        min_items,
        max_items: None,
        unique_items: false,
        xml: None,
    })
}

fn string() -> Shape {
    Shape::String(Text::default())
}

fn values(texts: &[&str]) -> Vec<Value> {
    texts.iter().map(|text| Value::String((*text).to_owned())).collect()
}

fn listed(texts: &[&str]) -> Shape {
    let value = |value| EnumValue {
        value,
        name: None,
        description: None,
    };
    Shape::Enum(Enum {
        values: values(texts).into_iter().map(value).collect(),
        open: false,
    })
}

fn kind(kind: Kind) -> Condition {
    Condition::Kind(KindSet::of(kind))
}

fn has(name: &str) -> Condition {
    Condition::HasProperty(name.to_owned())
}

fn lacks(name: &str) -> Condition {
    Condition::LacksProperty(name.to_owned())
}

fn is(name: &str, texts: &[&str]) -> Condition {
    Condition::PropertyValue {
        name: name.to_owned(),
        values: values(texts),
    }
}

#[track_caller]
fn expect(decision: &Decision, variants: &[(usize, Vec<Condition>)]) {
    assert_eq!(decision.variants, variants);
    assert_eq!(decision.ambiguous, Vec::new());
}

#[test]
fn json_types_tell_scalars_and_objects() {
    let union = Union::new().variant(string()).variant(Shape::Boolean).object(&["a"]);
    expect(
        &union.decide(),
        &[
            (0, vec![kind(Kind::String)]),
            (1, vec![kind(Kind::Boolean)]),
            (2, vec![kind(Kind::Object)]),
        ],
    );
}

#[test]
fn listed_values_come_before_all_values_and_any_value_last() {
    let union = Union::new()
        .variant(Shape::Any)
        .variant(string())
        .variant(listed(&["auto", "none"]));
    expect(
        &union.decide(),
        &[
            (2, vec![Condition::Value(values(&["auto", "none"]))]),
            (1, vec![kind(Kind::String)]),
            (0, vec![]),
        ],
    );
}

#[test]
fn a_constant_property_tells_objects() {
    let union = Union::new()
        .object(&["id", "type=a"])
        .object(&["id", "type=b"])
        .object(&["id", "more?"]);
    expect(
        &union.decide(),
        &[
            (0, vec![is("type", &["a"])]),
            (1, vec![is("type", &["b"])]),
            (2, vec![kind(Kind::Object)]),
        ],
    );
}

#[test]
fn classes_of_one_constant_are_split_again() {
    let union = Union::new()
        .object(&["type=message", "role=user"])
        .object(&["type=message", "role=system"])
        .object(&["type=call", "role=user"])
        .object(&["type=result", "role=user"]);
    expect(
        &union.decide(),
        &[
            (0, vec![is("type", &["message"]), is("role", &["user"])]),
            (1, vec![is("type", &["message"]), is("role", &["system"])]),
            (2, vec![is("type", &["call"])]),
            (3, vec![is("type", &["result"])]),
        ],
    );
}

#[test]
fn required_properties_that_others_do_not_know_tell_objects() {
    let union = Union::new().object(&["id", "cat"]).object(&["id", "dog"]);
    expect(&union.decide(), &[(0, vec![has("cat")]), (1, vec![has("dog")])]);
}

#[test]
fn a_property_that_is_never_sent_back_tells_nothing() {
    let union = Union::new().object(&["id", ">secret", "cat"]).object(&["id", "dog"]);
    expect(&union.decide(), &[(0, vec![has("cat")]), (1, vec![has("dog")])]);
}

#[test]
fn one_without_a_property_of_its_own_needs_the_absence_of_the_others() {
    let union = Union::new().object(&["id"]).object(&["id", "dog"]);
    expect(&union.decide(), &[(1, vec![has("dog")]), (0, vec![lacks("dog")])]);
}

#[test]
fn the_one_that_requires_more_comes_first() {
    let union = Union::new().object(&["id", "name?"]).object(&["id", "name"]);
    expect(
        &union.decide(),
        &[(1, vec![kind(Kind::Object)]), (0, vec![kind(Kind::Object)])],
    );
}

#[test]
fn objects_go_to_the_first_that_knows_all_their_members() {
    let union = Union::new().object(&["id?", "cat?"]).object(&["id?", "dog?"]);
    expect(
        &union.decide(),
        &[(0, vec![lacks("dog")]), (1, vec![kind(Kind::Object)])],
    );
    let union = Union::new().object(&["id?", "cat?"]).object(&["id?"]);
    expect(
        &union.decide(),
        &[(1, vec![lacks("cat")]), (0, vec![kind(Kind::Object)])],
    );
}

#[test]
fn constants_that_may_be_absent_leave_the_last_without_condition() {
    let union = Union::new().object(&["type?=a"]).object(&["type?=b"]);
    expect(
        &union.decide(),
        &[(0, vec![is("type", &["a"])]), (1, vec![kind(Kind::Object)])],
    );
}

#[test]
fn tags_of_a_discriminator_come_first_and_shared_ones_are_split() {
    let union = Union::new()
        .object(&["kind", "cat"])
        .object(&["kind", "dog"])
        .object(&["kind", "fish"]);
    expect(
        &union.decide_by(Some("kind"), &[&["mammal"], &["mammal"], &["fish", "carp"]]),
        &[
            (0, vec![is("kind", &["mammal"]), has("cat")]),
            (1, vec![is("kind", &["mammal"]), has("dog")]),
            (2, vec![is("kind", &["fish", "carp"])]),
        ],
    );
}

#[test]
fn reading_tells_arrays_by_their_items() {
    let mut union = Union::new();
    for item in [string(), Shape::Boolean] {
        let items = union.add(item);
        union = union.variant(array_of(items, None));
    }
    let array = || vec![kind(Kind::Array)];
    expect(&union.decide(), &[(0, array()), (1, array())]);
}

#[test]
fn equal_objects_and_overlapping_values_are_ambiguous() {
    let union = Union::new().object(&["a"]).object(&["a"]);
    assert_eq!(union.decide().ambiguous, [(0, 1)]);
    let union = Union::new().variant(listed(&["a", "b"])).variant(listed(&["b", "c"]));
    assert_eq!(union.decide().ambiguous, [(0, 1)]);
}

#[test]
fn arrays_of_listed_values_are_ambiguous_because_clients_keep_unknown_values() {
    let mut union = Union::new();
    for item in [listed(&["a"]), listed(&["b"])] {
        let items = union.add(item);
        union = union.variant(array_of(items, None));
    }
    assert_eq!(union.decide().ambiguous, [(0, 1)]);
}

#[test]
fn a_union_inside_is_told_by_what_all_of_its_variants_share() {
    let mut union = Union::new().object(&["type=a", "x"]).object(&["type=b", "x"]);
    let inner = union.variants.drain(..).collect::<Vec<_>>();
    let variants = inner
        .into_iter()
        .map(|ty| crate::Variant {
            ty,
            name: None,
            conditions: Vec::new(),
            alike: false,
        })
        .collect();
    let union = union
        .variant(Shape::Union(crate::Union {
            mode: crate::UnionMode::OneOf,
            variants,
            discriminator: None,
        }))
        .object(&["type=c"]);
    expect(
        &union.decide(),
        &[(0, vec![is("type", &["a", "b"])]), (1, vec![is("type", &["c"])])],
    );
}

#[test]
fn a_variant_that_needs_more_members_is_no_candidate_for_a_value_with_fewer() {
    let union = Union::new()
        .object_of_at_least(Some(1), &["cat?"])
        .object(&["dog?"])
        .object_of_at_least(Some(1), &["fish"]);
    expect(
        &union.decide(),
        &[
            (2, vec![has("fish")]),
            (0, vec![lacks("dog"), lacks("fish"), Condition::AtLeast(1)]),
            (1, vec![lacks("fish")]),
        ],
    );
    let mut union = Union::new();
    let (one, other) = (union.inner(&["a?"]), union.inner(&["b?"]));
    let union = union.variant(array_of(one, Some(2))).variant(array_of(other, Some(1)));
    let decision = union.decide();
    assert_eq!(decision.ambiguous, [(0, 1)]);
    assert_eq!(
        decision.variants,
        [
            (0, vec![kind(Kind::Array), Condition::AtLeast(2)]),
            (1, vec![kind(Kind::Array)]),
        ]
    );
}

#[test]
fn variants_are_alike_where_the_first_may_lose_what_is_in_a_member() {
    let alike = |inner: &[&[&str]]| {
        let mut union = Union::new();
        let inner: Vec<TypeId> = inner.iter().map(|fields| union.inner(fields)).collect();
        let (first, last) = (inner[0], inner[inner.len() - 1]);
        let union = union.object_with(first, &[]).object_with(last, &["more?"]);
        let decision = union.decide();
        expect(&decision, &[(0, vec![lacks("more")]), (1, vec![kind(Kind::Object)])]);
        decision.alike
    };
    assert_eq!(alike(&[&["a?"], &["b?"]]), BTreeSet::from([0, 1]));
    assert_eq!(alike(&[&["a?"]]), BTreeSet::new());
    // All of the second is in the first.
    assert_eq!(alike(&[&["a?", "b?"], &["b?"]]), BTreeSet::new());
}
