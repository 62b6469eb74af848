//! Where things are in the new document: references, and what they refer to.

use specsmith_diagnostics::Location;

use super::{Converter, members::Members};
use crate::{Document, Node, NodeId, grammar::Kind, pointer::fragment};

/// A reference of the new document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// The string that gets the pointer.
    text: NodeId,
    target: Target,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    /// What became of this object of the original, which is referred to as an object of this kind.
    Original(NodeId, Kind),
    /// This object of the new document.
    New(NodeId),
}

impl<'d> Converter<'d, '_> {
    /// Notes where an object of the original is in the new document; the first place counts.
    pub(super) fn place(&mut self, original: Node<'_>, new: NodeId) -> NodeId {
        self.placed.entry(original.id()).or_insert(new);
        new
    }

    /// The value of a `$ref`, which stays as it is where it leads nowhere.
    pub(super) fn link(&mut self, holder: Node<'d>, value: Node<'d>, kind: Kind) -> NodeId {
        let text = self.tree.import(value);
        let target = match kind {
            Kind::Schema => self.cx.target(holder),
            _ => value.as_str().and_then(|reference| self.cx.find(holder, reference)),
        };
        if let Some(target) = target {
            let target = Target::Original(target.id(), kind);
            self.links.push(Link { text, target });
        }
        text
    }

    /// A Reference Object in place of another one; what stands beside its `$ref` has no effect.
    pub(super) fn reference(&mut self, node: Node<'d>, kind: Kind) -> NodeId {
        let mut members = Members::default();
        if let Some((key, value)) = node.entry("$ref") {
            let link = self.link(node, value, kind);
            members.put("$ref", key.location, link);
        }
        self.tree.object(node.location(), members.list)
    }

    /// A schema that refers to what a schema of the original became.
    pub(super) fn refer(&mut self, schema: Node<'d>) -> NodeId {
        self.refer_to(schema, Target::Original(schema.id(), Kind::Schema))
    }

    /// A schema that refers to one of the new document, which was made from a part of the original.
    pub(super) fn refer_to_new(&mut self, made_from: Node<'d>, new: NodeId) -> NodeId {
        self.refer_to(made_from, Target::New(new))
    }

    /// A string that points to what an object of the original became.
    pub(super) fn pointer_to(&mut self, target: Node<'d>, location: Location) -> NodeId {
        let text = self.text(location, "");
        let target = Target::Original(target.id(), Kind::Schema);
        self.links.push(Link { text, target });
        text
    }

    fn refer_to(&mut self, place: Node<'d>, target: Target) -> NodeId {
        let text = self.text(place.location(), "");
        self.links.push(Link { text, target });
        let mut members = Members::default();
        members.put("$ref", place.location(), text);
        self.tree.object(place.location(), members.list)
    }

    /// What the author added, which is copied unless something refers into it.
    pub(super) fn extension(&mut self, node: Node<'d>) -> NodeId {
        if self.extensions.is_empty() || !node.is_object() && !node.is_array() {
            return self.tree.import(node);
        }
        match self.extensions.get(&node.id()) {
            Some(Kind::SwaggerParameter) => return self.parameter(node),
            Some(Kind::SwaggerResponse) => {
                let media_types = self.response_types(None, node, "200");
                return self.response(node, &media_types);
            }
            Some(Kind::SwaggerPathItem) => return self.path_item(node),
            Some(Kind::Schema) => return self.schema(node),
            Some(kind) => return self.object(node, *kind),
            None => {}
        }
        if node.is_array() {
            let items = node.items().map(|child| self.extension(child)).collect();
            return self.tree.array(node.location(), items);
        }
        let mut members = Members::default();
        for (key, child) in node.members() {
            let child = self.extension(child);
            members.put(&key.name, key.location, child);
        }
        self.tree.object(node.location(), members.list)
    }

    /// Notes what references lead to that was not converted, since it stands where the author may write anything; `false`
    /// where all was known.
    pub(super) fn find_targets_in_extensions(&mut self) -> bool {
        let document = self.cx.document;
        let known = self.extensions.len();
        let mut open: Vec<(NodeId, Kind)> = Vec::new();
        for link in &self.links {
            if let Target::Original(target, kind) = link.target {
                open.push((target, kind));
            }
        }
        while let Some((target, kind)) = open.pop() {
            if self.placed.contains_key(&target) || self.extensions.insert(target, kind).is_some() {
                continue;
            }
            if kind == Kind::Schema {
                let references = self.references_in(document.node(target));
                open.extend(references.into_iter().map(|target| (target, Kind::Schema)));
            }
        }
        self.extensions.len() > known
    }

    /// What the references inside a schema lead to.
    fn references_in(&mut self, schema: Node<'d>) -> Vec<NodeId> {
        let mut targets = Vec::new();
        let mut open = vec![schema];
        while let Some(node) = open.pop() {
            if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
                targets.extend(self.cx.find(node, reference).map(Node::id));
            }
            open.extend(node.items());
            open.extend(node.members().map(|(_, child)| child));
        }
        targets
    }

    /// The document, with all references to their targets.
    pub(super) fn finish(self, root: NodeId) -> Document {
        let mut document = self.tree.finish(root);
        for Link { text, target } in self.links {
            let target = match target {
                Target::Original(target, _) => self.placed.get(&target).copied(),
                Target::New(target) => Some(target),
            };
            if let Some(target) = target {
                let pointer = fragment(&document.node(target).pointer());
                document.set_text(text, pointer);
            }
        }
        document.with_unresolved(self.cx.document.all_unresolved().clone())
    }
}
