//! Header Objects of responses and of the parts of multipart bodies.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, Diagnostic, Location};
use specsmith_ir::{ComponentKind, Header, Origin, Step};

use super::{
    content::Place,
    context::{Context, flag, quoted},
    style::StylePlace,
};
use crate::{Node, grammar::Kind};

impl<'d> Context<'d, '_> {
    /// The `headers` of an object, without `Content-Type`, which the media type decides.
    pub(super) fn headers(&mut self, node: Node<'d>, place: &Place) -> Vec<Header> {
        let mut seen: BTreeMap<String, Location> = BTreeMap::new();
        let mut headers = Vec::new();
        for (key, reference) in node.get("headers").into_iter().flat_map(Node::members) {
            if !self.header_name(&key.name, key.location) {
                continue;
            }
            let lower = key.name.to_ascii_lowercase();
            if lower == "content-type" {
                let message = format!("the header `{}` is ignored", key.name);
                self.report(
                    Diagnostic::new(Code::IgnoredHeader, message)
                        .at(key.location)
                        .help("the media types of bodies decide it"),
                );
                continue;
            }
            if let Some(first) = seen.get(&lower) {
                let message = format!("the header `{}` is described twice", key.name);
                self.report(
                    Diagnostic::new(Code::DuplicateName, message)
                        .at(key.location)
                        .related(*first, "this one counts"),
                );
                continue;
            }
            seen.insert(lower, key.location);
            headers.extend(self.header(&key.name, key.location, reference, place));
        }
        headers
    }

    fn header(&mut self, name: &str, key: Location, reference: Node<'d>, place: &Place) -> Option<Header> {
        let node = self
            .resolve_to(reference, Kind::Header)
            .filter(|node| node.is_object())?;
        if !self.afford_copy(reference, node) || !self.afford_name(&place.owner, key) {
            return None;
        }
        let owner = self.owner_of(node, ComponentKind::Header, &place.owner);
        let origin = if owner == place.owner {
            place.header(name)
        } else {
            Origin::Inline {
                owner,
                step: Step::Schema,
            }
        };
        let (ty, encoding, examples) = self.value(node, key, StylePlace::Header, origin);
        let mut docs = self.docs_through(reference, node);
        docs.examples.extend(examples);
        Some(Header {
            name: name.to_owned(),
            ty,
            required: flag(node, "required").unwrap_or(false),
            encoding,
            docs,
        })
    }

    /// Whether a name can be that of a header; reports it if not.
    pub(super) fn header_name(&mut self, name: &str, location: Location) -> bool {
        if !is_token(name) {
            let message = format!("{} cannot be the name of a header", quoted(name));
            self.report(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(location)
                    .help("names of headers have letters, digits and ``!#$%&'*+-.^_`|~`` only"),
            );
        }
        is_token(name)
    }
}

/// Whether text is a token (RFC 9110, section 5.6.2), as names of headers and cookies are.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
