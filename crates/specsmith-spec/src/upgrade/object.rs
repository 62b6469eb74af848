//! What becomes of the objects around schemas.

use super::{
    Upgrade,
    draft::Draft,
    plan::{Meaning, Plan},
};
use crate::{
    Node,
    grammar::{Grammar, Kind, Value},
    lower::as_flag,
};

/// The dialect of schemas that OpenAPI 3.2 has when a document names none.
const DIALECT: &str = "https://spec.openapis.org/oas/3.2/dialect/2025-09-17";
/// How the addresses of the dialects of OpenAPI 3.1 begin.
const OLD_DIALECTS: &str = "https://spec.openapis.org/oas/3.1/dialect/";

impl<'d> Upgrade<'d> {
    /// An object of the specification other than a schema.
    pub(super) fn object(&mut self, node: Node<'d>, kind: Kind) -> Plan<'d> {
        if let Grammar::Names(member) = kind.grammar() {
            return self.names(node, member);
        }
        let mut draft = Draft::of(node, kind);
        match kind {
            Kind::OpenApi => self.root(node, &mut draft),
            Kind::Parameter => self.parameter(node, &mut draft),
            Kind::Header => {
                self.without_effect(node, &mut draft, "allowReserved", "of headers");
                self.without_effect(node, &mut draft, "allowEmptyValue", "of headers");
            }
            Kind::Discriminator => mapping(node, &mut draft),
            _ => {}
        }
        Plan::Object(node.location(), draft.members)
    }

    fn names(&mut self, node: Node<'d>, member: Value) -> Plan<'d> {
        self.map(node, |name| {
            if name.starts_with("x-") {
                Meaning::Verbatim
            } else {
                Meaning::Value(member)
            }
        })
    }

    fn root(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        if let Some(version) = node.get("openapi") {
            let version = self.text(version.location(), "3.2.0");
            draft.replace("openapi", "openapi", version);
        }
        self.dialect(node, draft, "jsonSchemaDialect");
    }

    /// Names the dialect of OpenAPI 3.2 in place of that of 3.1.
    pub(super) fn dialect(&mut self, node: Node<'d>, draft: &mut Draft<'d>, name: &str) {
        let Some(value) = node.get(name) else { return };
        if value.as_str().is_some_and(|text| text.starts_with(OLD_DIALECTS)) {
            let value = self.text(value.location(), DIALECT);
            draft.replace(name, name, value);
        }
    }

    fn parameter(&mut self, node: Node<'d>, draft: &mut Draft<'d>) {
        let place = node.get("in").and_then(Node::as_str).unwrap_or_default();
        let what = match place {
            "path" => "of path parameters",
            "header" => "of headers",
            "cookie" => "of cookies",
            _ => return,
        };
        self.without_effect(node, draft, "allowReserved", what);
        self.without_effect(node, draft, "allowEmptyValue", what);
        if let Some((key, value)) = node.entry("style")
            && place == "cookie"
            && value.as_str() == Some("cookie")
        {
            draft.take("style");
            let message = "`style: cookie` came with OpenAPI 3.2, and had no effect before";
            self.inexact(message, key.location, "left out");
        }
    }

    /// Leaves out a keyword that has no effect where it stands, and would have one in 3.2 or be refused.
    fn without_effect(&mut self, node: Node<'d>, draft: &mut Draft<'d>, name: &str, what: &str) {
        let Some((key, value)) = node.entry(name) else { return };
        draft.take(name);
        if as_flag(value) == Some(true) {
            let message = format!("`{name}` {what} had no effect before OpenAPI 3.2");
            self.inexact(message, key.location, "left out");
        }
    }

    /// `nodeType` in place of `attribute` and `wrapped`.
    pub(super) fn xml(&mut self, node: Node<'d>, of_array: bool) -> Plan<'d> {
        let mut draft = Draft::of(node, Kind::Xml);
        let flag = |name| node.get(name).and_then(as_flag);
        let (attribute, wrapped) = (flag("attribute"), flag("wrapped"));
        let known = node.get("nodeType").is_some();
        for (name, value) in [("attribute", attribute), ("wrapped", wrapped)] {
            if value == Some(false) {
                draft.take(name);
            }
        }
        let node_type = match (attribute, wrapped) {
            (Some(true), Some(false) | None) => Some(("attribute", "attribute")),
            (Some(false) | None, Some(true)) if of_array => Some(("wrapped", "element")),
            _ => None,
        };
        if let Some((name, value)) = node_type.filter(|_| !known) {
            let location = node.get(name).unwrap_or(node).location();
            let value = self.text(location, value);
            draft.replace(name, "nodeType", value);
        }
        Plan::Object(node.location(), draft.members)
    }
}

/// The schemas of `mapping`, which may be references.
fn mapping<'d>(node: Node<'d>, draft: &mut Draft<'d>) {
    if let Some(default) = node.get("defaultMapping") {
        draft.replace(
            "defaultMapping",
            "defaultMapping",
            Plan::Later(default, Meaning::Reference),
        );
    }
    let Some(mapping) = node.get("mapping").filter(|mapping| mapping.is_object()) else {
        return;
    };
    let members = mapping
        .members()
        .map(|(key, value)| (key.clone(), Plan::Later(value, Meaning::Reference)));
    let mapped = Plan::Object(mapping.location(), members.collect());
    draft.replace("mapping", "mapping", mapped);
}
