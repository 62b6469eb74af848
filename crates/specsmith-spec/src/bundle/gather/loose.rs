//! What refers to something and is no Reference Object: discriminators, links, and what values of the author name.

use std::path::Path;

use super::{Gather, Here};
use crate::{
    Node,
    bundle::{Action, Place, parts::Certainty},
    grammar::Kind,
};

impl Gather<'_> {
    /// A value of a discriminator: the name of a schema, or a reference.
    pub(super) fn mapping(&mut self, here: Here<'_>, value: Node<'_>) {
        let Some(text) = value.as_str() else { return };
        let is_name = !text.contains(['/', '#']);
        if is_name && (!text.contains('.') || self.is_component(text)) {
            return;
        }
        let here = Here { node: value, ..here };
        match self.parts.locate(here.part, value, text, Certainty::Certain) {
            // A name may have a dot.
            Err(_) if is_name => {}
            _ => self.refer(here, text, value, Kind::Schema),
        }
    }

    fn is_component(&self, name: &str) -> bool {
        let entry = self.parts.part(0);
        entry.is_some_and(|part| {
            let components = part.document.root().get("components");
            let schemas = components.and_then(|components| components.get("schemas"));
            schemas.is_some_and(|schemas| schemas.get(name).is_some())
        })
    }

    /// A link to an operation, which is no part of what the link stands in.
    pub(super) fn operation(&mut self, here: Here<'_>, value: Node<'_>) {
        let Some(text) = value.as_str() else { return };
        if here.part == 0 && text.starts_with('#') {
            return;
        }
        let action = match self.parts.locate(here.part, value, text, Certainty::Maybe) {
            Ok(target) if target.part == 0 => Action::Point(target),
            _ => Action::Keep(self.parts.rebased(here.part, here.node, text)),
        };
        self.actions.insert(here.at(value), action);
    }

    /// A value that means nothing to the specification: a `$ref` in it is a reference where it names a file.
    pub(super) fn value(&mut self, place: Place) {
        let Some(part) = self.parts.part(place.part) else {
            return;
        };
        let mut stack = vec![part.node(place)];
        while let Some(node) = stack.pop() {
            let here = Here { part: place.part, node };
            if self.parts.exceeded || !self.visited.insert(here.place()) && node.id() != place.node {
                continue;
            }
            if let Some((text, _)) = here.reference()
                && names_file(text)
                && let Ok(target) = self.parts.locate(here.part, node, text, Certainty::Maybe)
            {
                self.actions.insert(here.place(), Action::TakeIn(target));
                if !self.visited.contains(&target) {
                    self.values.push_back(target);
                }
            }
            stack.extend(node.items());
            stack.extend(node.members().map(|(_, child)| child));
        }
    }
}

/// Whether the text can be the name of a document.
fn names_file(text: &str) -> bool {
    let file = text.split_once('#').map_or(text, |(file, _)| file);
    let extension = Path::new(file).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["json", "yaml", "yml"].contains(&extension.to_ascii_lowercase().as_str()))
}
