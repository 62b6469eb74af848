//! `host`, `basePath` and `schemes` to `servers`.

use specsmith_diagnostics::{Code, Diagnostic};

use super::{Converter, members::Members};
use crate::{
    Node, NodeId,
    grammar::Kind,
    lower::{as_text, text},
};

/// The schemes that an address can have.
const SCHEMES: [&str; 4] = ["http", "https", "ws", "wss"];

impl<'d> Converter<'d, '_> {
    /// The servers of the document; `None` where it says nothing about them.
    pub(super) fn servers(&mut self, root: Node<'d>) -> Option<NodeId> {
        let stated = ["host", "basePath"].iter().any(|name| root.get(name).is_some());
        match root.get("servers") {
            Some(servers) if !stated => Some(self.member(Kind::OpenApi, "servers", servers)),
            _ => self.servers_of(root),
        }
    }

    /// The servers that the `schemes` of an object lead to; `None` where they are those of the document.
    pub(super) fn servers_of(&mut self, node: Node<'d>) -> Option<NodeId> {
        let root = self.cx.document.root();
        let base = self.base_path(root);
        let schemes = self.schemes_of(node);
        let host = root.get("host").and_then(|host| self.host(host));
        let Some((host, host_node)) = host else {
            if let Some((key, _)) = node.entry("schemes").filter(|_| !schemes.is_empty())
                && !self.told_schemes
            {
                self.told_schemes = true;
                let message = "`schemes` has no effect without a `host`";
                self.cx
                    .report(Diagnostic::new(Code::NotGenerated, message).at(key.location));
            }
            let place = root.get("basePath").filter(|_| node == root)?;
            let address = if base.is_empty() { "/" } else { base };
            let server = self.server(place, address);
            return Some(self.tree.array(place.location(), vec![server]));
        };
        let mut servers = Vec::new();
        for scheme in &schemes {
            let name = as_text(*scheme).unwrap_or_default();
            servers.push(self.server(*scheme, &format!("{name}://{host}{base}")));
        }
        if servers.is_empty() {
            // The scheme is that of the address where the document was found.
            servers.push(self.server(host_node, &format!("//{host}{base}")));
        }
        Some(self.tree.array(host_node.location(), servers))
    }

    fn server(&mut self, place: Node<'d>, address: &str) -> NodeId {
        let address = self.text(place.location(), address);
        let mut members = Members::default();
        members.put("url", place.location(), address);
        self.tree.object(place.location(), members.list)
    }

    /// The path before all paths, without a slash at its end.
    fn base_path(&mut self, root: Node<'d>) -> &'d str {
        let Some(base) = text(root, "basePath") else { return "" };
        base.trim_end_matches('/')
    }

    fn schemes_of(&mut self, node: Node<'d>) -> Vec<Node<'d>> {
        let mut schemes = Vec::new();
        for scheme in node.get("schemes").into_iter().flat_map(Node::items) {
            let Some(name) = as_text(scheme) else { continue };
            if SCHEMES.contains(&name) {
                schemes.push(scheme);
                continue;
            }
            let message = format!("`{name}` is not a scheme of an API");
            self.cx.report(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(scheme.location())
                    .help(format!("the schemes are `{}`", SCHEMES.join("`, `"))),
            );
        }
        schemes
    }

    /// The host, with its port; `None` after reporting what cannot be one.
    fn host(&mut self, node: Node<'d>) -> Option<(&'d str, Node<'d>)> {
        let stated = as_text(node)?;
        let host = stated.split_once("://").map_or(stated, |(_, host)| host);
        let host = host.split(['/', '?', '#']).next().unwrap_or_default();
        if host == stated && !host.is_empty() && !host.contains(['{', '}', ' ']) {
            return Some((host, node));
        }
        let message = format!("`{stated}` is not a host");
        let diagnostic = Diagnostic::new(Code::InvalidValue, message).at(node.location());
        let usable = !host.is_empty() && !host.contains(['{', '}', ' ']);
        self.cx.report(if usable {
            diagnostic.help(format!(
                "it is taken as `{host}`; the scheme belongs into `schemes`, the path into `basePath`"
            ))
        } else {
            diagnostic.help("such as `api.example.com` or `localhost:8080`")
        });
        usable.then_some((host, node))
    }
}
