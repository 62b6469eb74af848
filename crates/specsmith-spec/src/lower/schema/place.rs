//! Where a schema stands that a reference was the first to mention.

use std::collections::BTreeMap;

use specsmith_ir::{ComponentKind, Origin, Owner, ParameterIn, Status, Step};

use super::reduce::Reduced;
use crate::Node;
use crate::lower::context::Context;

impl<'d> Context<'d, '_> {
    /// The name of a named schema; `None` for any other node.
    pub(super) fn component_name(&mut self, node: Node<'d>) -> Option<&'d str> {
        let root = self.document.root();
        let names = self.schema_state.components.get_or_insert_with(|| {
            let schemas = root.get("components").and_then(|components| components.get("schemas"));
            let members = schemas.into_iter().flat_map(Node::members);
            members
                .map(|(key, node)| (node.id(), key.name.as_str()))
                .collect::<BTreeMap<_, _>>()
        });
        names.get(&node.id()).copied()
    }

    /// The origin of a schema by the place of its node.
    pub(super) fn standing(&mut self, node: Node<'d>) -> Origin {
        if let Some(name) = self.component_name(node) {
            return Origin::Component(name.to_owned());
        }
        match schema_around(node) {
            Some((around, step)) => self.inside(around, step),
            None => outside(&steps(node)),
        }
    }

    /// The origin of a schema inside another one.
    fn inside(&mut self, around: Node<'d>, step: Step) -> Origin {
        let mut holder = around;
        loop {
            while let Some(schema) = self.allof_holder(holder) {
                holder = schema;
            }
            // A schema that only refers to one inside it has no type of its own.
            let refers = self.component_name(holder).is_none()
                && matches!(self.reduce(holder), Reduced::Same { nullable: false, .. });
            match schema_around(holder) {
                Some((outer, _)) if refers => holder = outer,
                None if refers => return outside(&steps(holder)),
                _ => break,
            }
        }
        let standing = self.standing(holder);
        let owner = Owner::Type(self.schema_type(holder, || standing));
        Origin::Inline { owner, step }
    }

    /// The schema that lists this one in its `allOf`, or as the only branch of a union beside `null`.
    ///
    /// What stands in such a list is part of the schema that has the list.
    pub(super) fn allof_holder(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        let list = node.parent().filter(|list| list.is_array())?;
        let schema = list.parent()?;
        let mut keywords = ["oneOf", "anyOf"].into_iter();
        let is_part = schema.get("allOf") == Some(list)
            || schema.get("discriminator").is_none()
                && keywords.any(|keyword| {
                    schema.get(keyword) == Some(list)
                        && self.sole_branch(schema, keyword).is_some_and(|(sole, _)| sole == node)
                });
        is_part.then_some(schema)
    }

    /// Whether a node stands where a schema has a schema.
    pub(super) fn is_inside_schema(&self, node: Node<'d>) -> bool {
        schema_around(node).is_some()
    }
}

/// The schema that a schema stands in, and the step between them.
fn schema_around(node: Node<'_>) -> Option<(Node<'_>, Step)> {
    let steps = steps(node);
    let mut around = node;
    for taken in 1..=2 {
        around = around.parent()?;
        let (before, tail) = steps.split_at(steps.len().saturating_sub(taken));
        if let Some(step) = schema_step(tail)
            && is_schema_place(before)
        {
            return Some((around, step));
        }
    }
    None
}

/// The keys and indexes that lead to a node.
fn steps(node: Node<'_>) -> Vec<String> {
    let unescape = |step: &str| step.replace("~1", "/").replace("~0", "~");
    node.pointer().split('/').skip(1).map(unescape).collect()
}

/// The step from a schema to one inside it.
fn schema_step(tail: &[String]) -> Option<Step> {
    let tail: Vec<&str> = tail.iter().map(String::as_str).collect();
    Some(match tail.as_slice() {
        ["items"] => Step::Items,
        ["additionalProperties" | "unevaluatedProperties"] => Step::AdditionalProperties,
        ["not" | "if" | "then" | "else" | "contains" | "propertyNames"] => Step::Property((*tail.first()?).to_owned()),
        ["properties" | "$defs" | "definitions" | "dependentSchemas", name] => Step::Property((*name).to_owned()),
        ["patternProperties", pattern] => Step::PatternProperty((*pattern).to_owned()),
        ["prefixItems" | "items", index] => Step::Item(index.parse().ok()?),
        ["oneOf" | "anyOf" | "allOf", index] => Step::Variant {
            index: index.parse().ok()?,
            hint: None,
        },
        _ => return None,
    })
}

/// Whether a pointer can lead to a schema: below `components/schemas` or a member `schema`.
fn is_schema_place(steps: &[String]) -> bool {
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    matches!(steps.as_slice(), ["components", "schemas", _, ..])
        || steps.iter().any(|step| matches!(*step, "schema" | "itemSchema"))
}

/// The origin of a schema that stands in no other schema.
fn outside(steps: &[String]) -> Origin {
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let (owner, rest) = match steps.as_slice() {
        ["components", kind, name, rest @ ..] => (component(kind, name), rest),
        ["paths", path, rest @ ..] => (Owner::Component(ComponentKind::Path, (*path).to_owned()), rest),
        ["webhooks", name, rest @ ..] => (Owner::Component(ComponentKind::Webhook, (*name).to_owned()), rest),
        rest => (Owner::Component(ComponentKind::Path, rest.join("/")), rest),
    };
    let step = match rest {
        [.., "requestBody", "content", media_type, _] => Step::RequestBody((*media_type).to_owned()),
        [.., "responses", status, "content", media_type, _] => {
            Step::Response(status_of(status), (*media_type).to_owned())
        }
        [.., "responses", status, "headers", name, _] => Step::ResponseHeader(status_of(status), (*name).to_owned()),
        [.., "parameters", index, _] => Step::Parameter(ParameterIn::Query, (*index).to_owned()),
        _ => Step::Schema,
    };
    Origin::Inline { owner, step }
}

fn component(kind: &str, name: &str) -> Owner {
    let kind = match kind {
        "parameters" => ComponentKind::Parameter,
        "requestBodies" => ComponentKind::RequestBody,
        "responses" => ComponentKind::Response,
        "headers" => ComponentKind::Header,
        "callbacks" => ComponentKind::Callback,
        _ => ComponentKind::Path,
    };
    Owner::Component(kind, name.to_owned())
}

fn status_of(text: &str) -> Status {
    match text.parse() {
        Ok(code) => Status::Code(code),
        Err(_) => match text.bytes().next() {
            Some(digit @ b'1'..=b'5') => Status::Class(digit - b'0'),
            _ => Status::Default,
        },
    }
}
