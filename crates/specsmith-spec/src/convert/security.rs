//! Security schemes.

use specsmith_diagnostics::Location;

use super::{
    Converter,
    members::{Members, Word},
};
use crate::{Node, NodeId, grammar::Kind, lower::text};

impl<'d> Converter<'d, '_> {
    /// The schemes of `securityDefinitions`.
    pub(super) fn schemes(&mut self, section: Node<'d>) -> Members {
        let mut members = Members::default();
        for (key, node) in section.members() {
            let scheme = if node.is_object() {
                self.scheme(node)
            } else {
                self.tree.import(node)
            };
            members.put(&self.component_name(&key.name, node), key.location, scheme);
        }
        members
    }

    /// The `security` of an operation or of the document.
    pub(super) fn security(&mut self, node: Node<'d>) -> NodeId {
        if self.names.is_empty() || !node.is_array() {
            return self.tree.import(node);
        }
        let root = self.cx.document.root();
        let schemes = root.get("securityDefinitions");
        let mut items = Vec::new();
        for item in node.items() {
            if !item.is_object() {
                items.push(self.tree.import(item));
                continue;
            }
            let mut members = Members::default();
            for (key, scopes) in item.members() {
                let scheme = schemes.and_then(|schemes| schemes.get(&key.name));
                let name = scheme.map_or_else(|| key.name.clone(), |scheme| self.component_name(&key.name, scheme));
                let scopes = self.tree.import(scopes);
                members.put(&name, key.location, scopes);
            }
            items.push(self.tree.object(item.location(), members.list));
        }
        self.tree.array(node.location(), items)
    }

    fn scheme(&mut self, node: Node<'d>) -> NodeId {
        let kind = text(node, "type");
        let mut members = Members::default();
        for (key, child) in node.members() {
            let name = key.name.as_str();
            match (kind, name) {
                (Some("basic"), "type") => {
                    let words = [("type", Word::Text("http")), ("scheme", Word::Text("basic"))];
                    self.put_words(&mut members, child.location(), &words);
                }
                (Some("basic" | "apiKey"), "flow" | "authorizationUrl" | "tokenUrl" | "scopes")
                | (Some("basic" | "oauth2"), "name" | "in")
                | (Some("oauth2"), "authorizationUrl" | "tokenUrl" | "scopes") => {}
                (Some("oauth2"), "flow") => {
                    let flows = self.flows(node, child);
                    members.put("flows", key.location, flows);
                }
                _ => {
                    let child = self.member(Kind::SwaggerSecurityScheme, name, child);
                    members.put(name, key.location, child);
                }
            }
        }
        if kind == Some("oauth2") && !members.has("flows") {
            let flows = self.tree.object(node.location(), Vec::new());
            members.put("flows", node.location(), flows);
        }
        self.tree.object(node.location(), members.list)
    }

    fn flows(&mut self, scheme: Node<'d>, flow: Node<'d>) -> NodeId {
        let mut flows = Members::default();
        if let Some(name) = flow.as_str().and_then(name_of_flow) {
            let flow_object = self.flow(scheme, flow.location());
            flows.put(name, flow.location(), flow_object);
        }
        self.tree.object(flow.location(), flows.list)
    }

    fn flow(&mut self, scheme: Node<'d>, place: Location) -> NodeId {
        let mut members = Members::default();
        for name in ["authorizationUrl", "tokenUrl", "scopes"] {
            if let Some((key, child)) = scheme.entry(name) {
                let child = self.tree.import(child);
                members.put(name, key.location, child);
            }
        }
        if !members.has("scopes") {
            let scopes = self.tree.object(place, Vec::new());
            members.put("scopes", place, scopes);
        }
        self.tree.object(place, members.list)
    }
}

/// The name of a flow in OpenAPI 3.
fn name_of_flow(name: &str) -> Option<&'static str> {
    Some(match name {
        "implicit" => "implicit",
        "password" => "password",
        "application" | "clientCredentials" | "client_credentials" => "clientCredentials",
        "accessCode" | "authorizationCode" | "authorization_code" => "authorizationCode",
        _ => return None,
    })
}
