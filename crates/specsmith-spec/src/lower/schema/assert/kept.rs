//! Members that assertions look at: a type keeps them, or its values could not be judged.

use std::collections::BTreeSet;

use specsmith_ir::{Assertion, Assertions, MemberAssertions, Object, Origin, Owner, Rest, Shape, Step, TypeId};

use crate::lower::context::Context;

impl Context<'_, '_> {
    /// Lets objects keep members that they have no fields for, where what is demanded of them looks at such members.
    pub(in crate::lower::schema) fn keep_members(&mut self, types: impl Iterator<Item = TypeId>) {
        for id in types {
            if self.types[id].assertions.is_empty() {
                continue;
            }
            let objects = match &self.types[id].shape {
                Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
                _ => vec![id],
            };
            for object in objects {
                if object == id || self.is_inside(object, id) {
                    self.keep_members_of(object, id);
                }
            }
        }
    }

    /// Whether a type stands in another one.
    fn is_inside(&self, id: TypeId, outer: TypeId) -> bool {
        matches!(&self.types[id].origin, Origin::Inline { owner: Owner::Type(owner), .. } if *owner == outer)
    }

    fn keep_members_of(&mut self, object: TypeId, asserted: TypeId) {
        let Shape::Object(shape) = &self.types[object].shape else {
            return;
        };
        if shape.rest != Rest::Unstated || !self.looks_beyond(&self.types[asserted].assertions, shape) {
            return;
        }
        let origin = Origin::Inline {
            owner: Owner::Type(object),
            step: Step::AdditionalProperties,
        };
        let location = self.types[object].location;
        let rest = self.types.reserve(origin, location);
        if let Shape::Object(shape) = &mut self.types[object].shape {
            shape.rest = Rest::Typed(rest);
        }
    }

    /// Whether assertions look at members of an object for which it has no fields.
    fn looks_beyond(&self, assertions: &Assertions, object: &Object) -> bool {
        let known = Known {
            fields: object.fields.iter().map(|field| field.name.as_str()).collect(),
            patterns: object.patterns.iter().map(|field| field.pattern.as_str()).collect(),
        };
        let mut seen = BTreeSet::new();
        let mut open = vec![assertions];
        while let Some(Assertions(list)) = open.pop() {
            for assertion in list {
                match assertion {
                    Assertion::All(all) | Assertion::Any(all) | Assertion::One(all) => open.extend(all),
                    Assertion::Not(not) => open.push(not),
                    Assertion::If {
                        condition,
                        then,
                        otherwise,
                    } => open.extend([&**condition, &**then, &**otherwise]),
                    Assertion::Refer(id) if seen.insert(*id) => open.extend(self.entry(*id)),
                    Assertion::Members(members) if names_others(members, &known) => return true,
                    Assertion::Members(members) => open.extend(members.dependents.iter().map(|(_, then)| then)),
                    Assertion::UnevaluatedMembers(_) => return true,
                    _ => {}
                }
            }
        }
        false
    }
}

/// The members that an object keeps.
struct Known<'a> {
    fields: BTreeSet<&'a str>,
    patterns: BTreeSet<&'a str>,
}

/// Whether something is said about members that an object does not keep.
fn names_others(members: &MemberAssertions, known: &Known<'_>) -> bool {
    let says_something = |rest: &Option<Assertions>| rest.as_ref().is_some_and(|rest| !rest.is_empty());
    let named = members.fields.iter().filter(|(_, field)| !field.is_empty());
    let named = named.map(|(name, _)| name).chain(&members.required);
    let dependent = members.dependent_required.iter();
    let dependent = dependent.flat_map(|(name, required)| std::iter::once(name).chain(required));
    let dependents = members.dependents.iter().map(|(name, _)| name);
    let mut patterns = members.patterns.iter();
    patterns.any(|(pattern, _)| !known.patterns.contains(pattern.as_str()))
        || says_something(&members.rest)
        || says_something(&members.names)
        || named
            .chain(dependent)
            .chain(dependents)
            .any(|name| !known.fields.contains(name.as_str()))
}
