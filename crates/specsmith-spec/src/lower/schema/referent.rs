//! What a schema refers to: by `$ref`, or by the references of JSON Schema that depend on where they stand.

use specsmith_diagnostics::{Code, Diagnostic};

use crate::Node;
use crate::lower::context::Context;

/// The keywords that refer to another schema.
pub(super) const KEYWORDS: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// Whether a schema refers to another one.
pub(in crate::lower) fn refers(node: Node<'_>) -> bool {
    KEYWORDS.iter().any(|keyword| node.get(keyword).is_some())
}

impl<'d> Context<'d, '_> {
    /// The schema that this one refers to, one step away; `None` after reporting it where there is none.
    pub(in crate::lower) fn referent(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        if node.get("$ref").is_some() {
            return self.target(node);
        }
        let value = KEYWORDS.iter().find_map(|keyword| node.get(keyword))?;
        if self.report_unresolved(value) {
            return None;
        }
        let text = value.as_str().unwrap_or_default();
        let found = match text.strip_prefix('#') {
            Some("") => self.recursive(node),
            Some(name) if !name.starts_with('/') => {
                self.check_dynamic(value, name);
                anchored(node, name).or_else(|| self.find(node, text))
            }
            _ => self.find(node, text),
        };
        if found.is_none() {
            let message = format!("no schema around this one is meant by `{text}`");
            self.report(
                Diagnostic::new(Code::BrokenRef, message)
                    .at(value.location())
                    .label("taken as any value"),
            );
        }
        found
    }

    /// Notes a reference that means another schema for each schema that leads to it (JSON Schema 2020-12, section
    /// 8.2.3.2).
    fn check_dynamic(&mut self, value: Node<'d>, name: &str) {
        if self.dynamic_anchors(name) > 1 {
            self.report(
                Diagnostic::new(
                    Code::KeywordNotTyped,
                    format!("several schemas have the `$dynamicAnchor` `{name}`"),
                )
                .at(value.location())
                .label("the outermost one around this schema is taken, whatever leads here"),
            );
        }
    }

    /// The outermost schema with `$recursiveAnchor`, else the named schema that this one stands in.
    fn recursive(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        let mut anchored = None;
        let mut named = None;
        let mut around = node.parent();
        while let Some(node) = around {
            if node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true) {
                anchored = Some(node);
            }
            if self.component_name(node).is_some() {
                named = Some(node);
            }
            around = node.parent();
        }
        anchored.or(named)
    }
}

/// The outermost schema around this one that has the anchor, or defines one that has it.
fn anchored<'d>(node: Node<'d>, name: &str) -> Option<Node<'d>> {
    let has = |node: &Node<'d>| node.get("$dynamicAnchor").and_then(Node::as_str) == Some(name);
    let mut found = None;
    let mut around = node.parent();
    while let Some(node) = around {
        let defined = node
            .get("$defs")
            .into_iter()
            .flat_map(Node::members)
            .map(|(_, node)| node);
        found = std::iter::once(node).chain(defined).find(has).or(found);
        around = node.parent();
    }
    found
}
