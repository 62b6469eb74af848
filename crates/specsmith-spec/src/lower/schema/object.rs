//! Objects: fields, maps, or both.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Access, Docs, Field, Object, Origin, Owner, PatternField, Presence, Rest, Step, TypeId};

use super::implied::Implied;
use super::part::Part;
use super::scalar::{count, larger, smaller};
use crate::Node;
use crate::lower::context::{self, Context};

/// A property, and each place that describes it.
struct Property<'d> {
    name: &'d str,
    places: Vec<(Part<'d>, Node<'d>)>,
}

impl<'d> Context<'d, '_> {
    /// The object that schemas describe that must hold together.
    pub(super) fn object(&mut self, id: TypeId, parts: &[Part<'d>]) -> Object {
        let properties = properties(parts);
        let required = required(parts);
        if let Some(part) = parts.first() {
            self.spend(properties.len(), part.node);
        }
        let mut fields = Vec::new();
        for property in &properties {
            let required = required.contains_key(property.name);
            fields.push(self.field(id, property, required));
        }
        let patterns = self.pattern_fields(id, parts);
        let rest = self.rest(id, parts, properties.is_empty() && patterns.is_empty());
        self.add_required_members(&mut fields, &required, rest);
        let limit = |keyword| parts.iter().map(move |part| count(part, keyword));
        Object {
            fields,
            rest,
            patterns,
            names: self.names(id, parts),
            min_properties: limit("minProperties").fold(None, larger).filter(|least| *least > 0),
            max_properties: limit("maxProperties").fold(None, smaller),
        }
    }

    fn field(&mut self, id: TypeId, property: &Property<'d>, required: bool) -> Field {
        let step = Step::Property(property.name.to_owned());
        let ty = self.member_type(id, &property.places, step);
        let presence = if required {
            Presence::Required
        } else {
            self.claim_default(id, property.name, &property.places)
        };
        let mut docs = Docs::default();
        for (_, node) in property.places.iter().rev() {
            if self.is_made_of(ty, *node) {
                continue;
            }
            let own = self.annotations(*node);
            if docs == Docs::default() {
                docs = own;
            } else {
                docs.xml = docs.xml.take().or(own.xml);
            }
        }
        let nodes: Vec<Node<'d>> = property.places.iter().map(|(_, node)| *node).collect();
        Field {
            name: property.name.to_owned(),
            ty,
            presence,
            access: self.access(&nodes),
            docs,
        }
    }

    /// Whether a type is the one that was made of this very node, so that its annotations are those of the type.
    pub(super) fn is_made_of(&self, id: TypeId, node: Node<'d>) -> bool {
        self.types[id].location == node.location()
    }

    /// The type of a member that several schemas describe, which must all hold.
    ///
    /// Where one of them says all that the others say, it is the type of that one alone.
    pub(super) fn joined_type(
        &mut self,
        nodes: &[Node<'d>],
        merged: Origin,
        single: impl FnOnce() -> Origin,
    ) -> TypeId {
        let mut kept: Vec<Node<'d>> = Vec::new();
        for node in nodes {
            if kept.iter().any(|other| self.is_implied(*node, *other) == Implied::Yes) {
                continue;
            }
            kept.retain(|other| self.is_implied(*other, *node) != Implied::Yes);
            kept.push(*node);
        }
        match kept.as_slice() {
            [node] => self.schema_type(*node, single),
            _ => {
                let place = kept.last().or(nodes.last()).copied().unwrap_or(self.document.root());
                let roots = kept.into_iter().map(Part::whole).collect();
                self.merged_type(roots, merged, place)
            }
        }
    }

    /// In which direction a property is sent, as its schema or what that refers to says.
    fn access(&mut self, nodes: &[Node<'d>]) -> Access {
        let (mut read_only, mut write_only) = (false, false);
        for start in nodes {
            for node in self.chain(*start) {
                let (reads, writes) = self.written_access(node);
                read_only |= reads;
                write_only |= writes;
            }
        }
        match (read_only, write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (false, false) => Access::ReadWrite,
            (true, true) => {
                if let Some(node) = nodes.first() {
                    self.report(
                        Diagnostic::new(
                            Code::ConflictingKeywords,
                            "`readOnly` and `writeOnly` exclude each other",
                        )
                        .at(node.location())
                        .label("taken as neither"),
                    );
                }
                Access::ReadWrite
            }
        }
    }

    /// `readOnly` and `writeOnly` of a schema, or of the schemas that are written out in its `allOf`.
    fn written_access(&self, node: Node<'d>) -> (bool, bool) {
        let flag = |name| {
            let members = node.get("allOf").into_iter().flat_map(Node::items);
            std::iter::once(node)
                .chain(members)
                .any(|node| context::flag(node, name) == Some(true))
        };
        (flag("readOnly"), flag("writeOnly"))
    }

    fn pattern_fields(&mut self, id: TypeId, parts: &[Part<'d>]) -> Vec<PatternField> {
        let mut patterns: Vec<Property<'d>> = Vec::new();
        for part in parts {
            let members = part.get("patternProperties").into_iter().flat_map(Node::members);
            for (key, node) in members {
                match patterns.iter_mut().find(|pattern| pattern.name == key.name) {
                    Some(pattern) => pattern.places.push((*part, node)),
                    None => patterns.push(Property {
                        name: &key.name,
                        places: vec![(*part, node)],
                    }),
                }
            }
        }
        patterns
            .iter()
            .map(|pattern| PatternField {
                pattern: pattern.name.to_owned(),
                ty: self.member_type(id, &pattern.places, Step::PatternProperty(pattern.name.to_owned())),
            })
            .collect()
    }

    /// What other members there may be. An object of which nothing at all is said can have any.
    fn rest(&mut self, id: TypeId, parts: &[Part<'d>], unknown: bool) -> Rest {
        let mut schemas = Vec::new();
        let mut any = false;
        let mut denied = false;
        for part in parts {
            let evaluated_with_values = self.is_evaluated_with_values(part);
            any |= evaluated_with_values && part.get("unevaluatedProperties").is_some();
            let has_schema = |part: &Part<'_>| part.get("additionalProperties").is_some();
            let unevaluated = part
                .get("unevaluatedProperties")
                .filter(|_| !evaluated_with_values && !self.leaves_nothing(part, has_schema, "unevaluatedProperties"));
            for value in part.get("additionalProperties").into_iter().chain(unevaluated) {
                match context::as_flag(value) {
                    Some(true) => any = true,
                    Some(false) => denied = true,
                    None if value.members().next().is_some() => schemas.push((*part, value)),
                    None => any |= value.is_object(),
                }
            }
        }
        if denied {
            Rest::Denied
        } else if !schemas.is_empty() || any || unknown {
            Rest::Typed(self.member_type(id, &schemas, Step::AdditionalProperties))
        } else {
            Rest::Unstated
        }
    }

    /// The type of the names of members, where it says more than that they are strings.
    fn names(&mut self, id: TypeId, parts: &[Part<'d>]) -> Option<TypeId> {
        let names: Vec<_> = parts
            .iter()
            .filter_map(|part| Some((*part, part.get("propertyNames")?)))
            .filter(|(_, node)| node.is_object())
            .collect();
        (!names.is_empty()).then(|| self.member_type(id, &names, Step::Property("name".to_owned())))
    }

    /// Names that are required without being properties: members of a map, or a slip.
    fn add_required_members(&mut self, fields: &mut Vec<Field>, required: &BTreeMap<&'d str, Node<'d>>, rest: Rest) {
        let listed: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        let known: BTreeSet<&str> = listed.iter().map(String::as_str).collect();
        for (name, place) in required {
            if known.contains(name) {
                continue;
            }
            if let Rest::Typed(ty) = rest {
                fields.push(Field {
                    name: (*name).to_owned(),
                    ty,
                    presence: Presence::Required,
                    access: Access::ReadWrite,
                    docs: Docs::default(),
                });
                continue;
            }
            let mut diagnostic = Diagnostic::new(
                Code::UndefinedProperty,
                format!("`{name}` is required but is none of the properties"),
            )
            .at(place.location())
            .label("has no effect");
            if let Some(meant) = self.suggest(name, listed.iter().map(String::as_str)) {
                diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
            }
            self.report(diagnostic);
        }
    }

    /// What the members of a part belong to: the named schema that it is written in, else the type that is made.
    pub(super) fn holder(&mut self, part: &Part<'d>, id: TypeId) -> Owner {
        let mut node = part.node;
        loop {
            if let Some(name) = self.component_name(node) {
                let name = name.to_owned();
                return Owner::Type(self.schema_type(node, || Origin::Component(name)));
            }
            match self.allof_holder(node) {
                Some(schema) => node = schema,
                None => return Owner::Type(id),
            }
        }
    }
}

/// The properties of schemas that must hold together, each once, in order.
fn properties<'d>(parts: &[Part<'d>]) -> Vec<Property<'d>> {
    let mut properties: Vec<Property<'d>> = Vec::new();
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    for part in parts {
        let members = part.get("properties").into_iter().flat_map(Node::members);
        for (key, node) in members {
            let position = *positions.entry(&key.name).or_insert(properties.len());
            match properties.get_mut(position) {
                Some(property) => property.places.push((*part, node)),
                None => properties.push(Property {
                    name: &key.name,
                    places: vec![(*part, node)],
                }),
            }
        }
    }
    properties
}

/// The names that `required` lists, with the places where it does.
fn required<'d>(parts: &[Part<'d>]) -> BTreeMap<&'d str, Node<'d>> {
    let lists = parts.iter().filter_map(|part| part.get("required"));
    lists
        .flat_map(Node::items)
        .filter_map(|node| Some((context::as_text(node)?, node)))
        .collect()
}
