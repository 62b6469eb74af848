//! Responses by status.

use std::collections::{BTreeMap, btree_map::Entry};

use specsmith_diagnostics::{Code, Diagnostic, Location, Severity};
use specsmith_ir::{ComponentKind, Owner, Response, Status};

use super::{
    content::Place,
    context::{Context, Version, quoted},
};
use crate::{Key, Node, grammar::Kind};

impl<'d> Context<'d, '_> {
    /// The `responses` of an operation: codes ascending, then classes, then the default.
    pub(super) fn responses(&mut self, operation: Node<'d>, place: Location, owner: &Owner) -> Vec<Response> {
        let Some((key, responses)) = operation.entry("responses") else {
            self.note_without_responses(place);
            return Vec::new();
        };
        let mut lowered: BTreeMap<Status, Response> = BTreeMap::new();
        for (key, reference) in responses.members().filter(|(key, _)| !key.name.starts_with("x-")) {
            let Some(status) = self.status(key) else { continue };
            match lowered.entry(status) {
                Entry::Occupied(first) => {
                    let message = format!("the status `{status}` has two responses");
                    self.report(
                        Diagnostic::new(Code::DuplicateName, message)
                            .at(key.location)
                            .related(first.get().location, "this one counts"),
                    );
                }
                Entry::Vacant(place) => {
                    if let Some(response) = self.response(status, key.location, reference, owner) {
                        place.insert(response);
                    }
                }
            }
        }
        if responses.is_object() && responses.members().next().is_none() {
            let diagnostic = Diagnostic::new(Code::MissingField, "the operation has no responses").at(key.location);
            self.report(diagnostic);
        }
        lowered.into_values().collect()
    }

    fn response(&mut self, status: Status, key: Location, reference: Node<'d>, owner: &Owner) -> Option<Response> {
        let node = self
            .resolve_to(reference, Kind::Response)
            .filter(|node| node.is_object())?;
        if !self.afford_copy(reference, node) {
            return None;
        }
        let component = self.owner_of(node, ComponentKind::Response, owner);
        let place = Place {
            // A shared response is the same whatever the status it is used for.
            status: Some(if component == *owner { status } else { Status::Default }),
            owner: component,
        };
        Some(Response {
            status,
            content: self.content(node, &place),
            headers: self.headers(node, &place),
            links: Vec::new(),
            docs: self.docs_through(reference, node),
            location: key,
        })
    }

    /// Since 3.1 `responses` may be absent; a client can do nothing but hand out what comes.
    fn note_without_responses(&mut self, place: Location) {
        if self.version >= Version::V3_1 {
            let message = "the operation says nothing about its responses";
            let mut diagnostic = Diagnostic::new(Code::MissingField, message).at(place);
            diagnostic.severity = Severity::Note;
            self.report(diagnostic);
        }
    }

    /// The status that a key names; `None` after reporting that it names none.
    pub(super) fn status(&mut self, key: &Key) -> Option<Status> {
        let status = parse_status(&key.name);
        if status.is_none() {
            let message = format!("{} is not a status", quoted(&key.name));
            self.report(
                Diagnostic::new(Code::InvalidValue, message)
                    .at(key.location)
                    .help("a status is `100` to `599`, a class such as `4XX`, or `default`"),
            );
        }
        status
    }
}

fn parse_status(text: &str) -> Option<Status> {
    if text == "default" {
        return Some(Status::Default);
    }
    if let Some(class) = text.strip_suffix("XX").or_else(|| text.strip_suffix("xx")) {
        return class
            .parse()
            .ok()
            .filter(|class| (1..=5).contains(class))
            .map(Status::Class);
    }
    let three_digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let code = text
        .parse()
        .ok()
        .filter(|code| three_digits && (100..600).contains(code));
    code.map(Status::Code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_codes_classes_or_the_default() {
        assert_eq!(parse_status("200"), Some(Status::Code(200)));
        assert_eq!(parse_status("4XX"), Some(Status::Class(4)));
        assert_eq!(parse_status("5xx"), Some(Status::Class(5)));
        assert_eq!(parse_status("default"), Some(Status::Default));
        for text in [
            "", "099", "600", "2000", "0200", "+20", "6XX", "0XX", "XX", "2Xx", "Default", "200 ",
        ] {
            assert_eq!(parse_status(text), None, "{text}");
        }
    }
}
