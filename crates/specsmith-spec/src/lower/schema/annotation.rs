//! What a schema says beside its values: to people (title, description, examples, deprecation), and about XML.

use specsmith_ir::{Docs, Example, ExternalDocs, TypeId, Xml, XmlNode};

use super::part::Part;
use crate::Node;
use crate::lower::context::{self, Context};

impl<'d> Context<'d, '_> {
    /// The annotations of a schema at its place.
    pub(in crate::lower) fn annotations(&self, node: Node<'d>) -> Docs {
        Docs {
            title: context::owned_text(node, "title"),
            description: context::owned_text(node, "description"),
            external_docs: external_docs(node),
            deprecated: context::flag(node, "deprecated") == Some(true),
            deprecation: context::deprecation(node),
            examples: examples(node),
            xml: xml(node),
        }
    }

    /// What a schema says about XML at its place, beyond what its type says.
    pub(in crate::lower) fn xml_at(&self, node: Node<'d>, ty: TypeId) -> Option<Box<Xml>> {
        xml(node).filter(|_| !self.is_made_of(ty, node))
    }

    /// The annotations of schemas that must hold together: of the place itself, else of the schemas that are written
    /// out there; not of named schemas that it builds on.
    pub(super) fn merged_annotations(&self, roots: &[Part<'d>], parts: &[Part<'d>]) -> Docs {
        let mut docs = Docs::default();
        for root in roots.iter().rev().filter(|root| !root.is_unfolded()) {
            fill(&mut docs, self.annotations(root.node));
        }
        let Some(root) = roots.last() else {
            return docs;
        };
        for part in parts.iter().rev() {
            if is_within(part.node, root.node) {
                fill(&mut docs, self.annotations(part.node));
            }
        }
        docs
    }
}

fn fill(docs: &mut Docs, other: Docs) {
    docs.title = docs.title.take().or(other.title);
    docs.description = docs.description.take().or(other.description);
    docs.external_docs = docs.external_docs.take().or(other.external_docs);
    docs.deprecated |= other.deprecated;
    docs.deprecation = docs.deprecation.take().or(other.deprecation);
    docs.xml = docs.xml.take().or(other.xml);
    if docs.examples.is_empty() {
        docs.examples = other.examples;
    }
}

/// Whether a node is written out inside another one.
fn is_within(node: Node<'_>, outer: Node<'_>) -> bool {
    let mut around = Some(node);
    while let Some(node) = around {
        if node == outer {
            return true;
        }
        around = node.parent();
    }
    false
}

fn xml(node: Node<'_>) -> Option<Box<Xml>> {
    let xml = node.get("xml").filter(|xml| xml.is_object())?;
    let flag = |name| context::flag(xml, name) == Some(true);
    let stated = xml.get("nodeType").and_then(context::as_text).and_then(node_type);
    let text = |name| context::owned_text(xml, name).filter(|text| !text.trim().is_empty());
    Some(Box::new(Xml {
        node: match stated {
            None if flag("attribute") => Some(XmlNode::Attribute),
            None if flag("wrapped") => Some(XmlNode::Element),
            stated => stated,
        },
        name: text("name"),
        namespace: text("namespace"),
        prefix: text("prefix"),
    }))
}

fn node_type(text: &str) -> Option<XmlNode> {
    Some(match text {
        "element" => XmlNode::Element,
        "attribute" => XmlNode::Attribute,
        "text" => XmlNode::Text,
        "cdata" => XmlNode::Cdata,
        "none" => XmlNode::None,
        _ => return None,
    })
}

fn external_docs(node: Node<'_>) -> Option<ExternalDocs> {
    let docs = node.get("externalDocs")?;
    Some(ExternalDocs {
        url: context::owned_text(docs, "url")?,
        description: context::owned_text(docs, "description"),
    })
}

/// `example` of 3.0 and `examples` of 3.1, which is a list; a map of them is a slip for the one of media types.
fn examples(node: Node<'_>) -> Vec<Example> {
    let plain = |value: Node<'_>| Example {
        name: None,
        summary: None,
        value: Some(value.to_value()),
    };
    let mut examples = Vec::new();
    if let Some(list) = node.get("examples") {
        examples.extend(list.items().map(plain));
        examples.extend(list.members().map(|(key, example)| Example {
            name: Some(key.name.clone()),
            summary: context::owned_text(example, "summary"),
            value: example.get("value").or(Some(example)).map(Node::to_value),
        }));
    }
    if let Some(value) = node.get("example") {
        examples.push(plain(value));
    }
    examples
}
