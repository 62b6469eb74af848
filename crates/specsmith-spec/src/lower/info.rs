//! The Info Object, documentation links, examples and prose.

use specsmith_ir::{Contact, Docs, Example, ExternalDocs, Info, License};

use super::context::{Context, deprecation, flag, owned_text, text};
use crate::{Node, grammar::Kind};

/// Title, version and the like of a document.
pub(super) fn info(root: Node<'_>) -> Info {
    let Some(info) = root.get("info") else {
        return Info {
            external_docs: external_docs(root),
            ..Info::default()
        };
    };
    Info {
        title: owned_text(info, "title").unwrap_or_default(),
        version: owned_text(info, "version").unwrap_or_default(),
        summary: owned_text(info, "summary"),
        description: owned_text(info, "description"),
        terms_of_service: owned_text(info, "termsOfService"),
        contact: info.get("contact").filter(|node| node.is_object()).map(|node| Contact {
            name: owned_text(node, "name"),
            url: owned_text(node, "url"),
            email: owned_text(node, "email"),
        }),
        license: info.get("license").filter(|node| node.is_object()).map(|node| License {
            name: owned_text(node, "name").unwrap_or_default(),
            identifier: owned_text(node, "identifier"),
            // An SPDX expression excludes an address.
            url: owned_text(node, "url").filter(|_| text(node, "identifier").is_none()),
        }),
        external_docs: external_docs(root),
    }
}

/// The `externalDocs` of an object.
pub(super) fn external_docs(node: Node<'_>) -> Option<ExternalDocs> {
    let docs = node.get("externalDocs")?;
    Some(ExternalDocs {
        url: owned_text(docs, "url")?,
        description: owned_text(docs, "description"),
    })
}

impl<'d> Context<'d, '_> {
    /// The prose of an object that is not a schema: `summary`, `description`, `externalDocs`, `deprecated`, examples.
    pub(super) fn docs(&mut self, node: Node<'d>) -> Docs {
        Docs {
            title: owned_text(node, "summary"),
            description: owned_text(node, "description"),
            external_docs: external_docs(node),
            deprecated: flag(node, "deprecated").unwrap_or(false),
            deprecation: deprecation(node),
            examples: self.examples(node),
            xml: None,
        }
    }

    /// The prose of a target, with the summary and description that stand beside the reference to it.
    pub(super) fn docs_through(&mut self, reference: Node<'d>, target: Node<'d>) -> Docs {
        let mut docs = self.docs(target);
        if reference != target {
            docs.title = owned_text(reference, "summary").or(docs.title);
            docs.description = owned_text(reference, "description").or(docs.description);
        }
        docs
    }

    /// The examples of an object: `examples` by name, or else the one `example`.
    pub(super) fn examples(&mut self, node: Node<'d>) -> Vec<Example> {
        if let Some(examples) = node.get("examples").filter(|examples| examples.is_object()) {
            return examples
                .members()
                .filter_map(|(key, example)| self.example(&key.name, example))
                .collect();
        }
        let value = node.get("example").map(|example| Example {
            name: None,
            summary: None,
            value: Some(example.to_value()),
        });
        value.into_iter().collect()
    }

    fn example(&mut self, name: &str, reference: Node<'d>) -> Option<Example> {
        let node = self.resolve_to(reference, Kind::Example)?;
        if !node.is_object() || !self.afford_copy(reference, node) {
            return None;
        }
        let value = node.get("dataValue").or_else(|| node.get("value"));
        Some(Example {
            name: Some(name.to_owned()),
            summary: owned_text(reference, "summary").or_else(|| owned_text(node, "summary")),
            value: value.map(Node::to_value),
        })
    }
}
