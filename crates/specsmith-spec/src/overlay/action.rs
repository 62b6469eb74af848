//! Actions: what each changes, and what is wrong with those that cannot be applied.

use std::collections::BTreeSet;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Severity, SourceMap};

use super::{
    grammar::{Version, newer},
    merge::Mismatch,
    query::Query,
    tree::{Content, Place, SlotId, Tree},
    unmatched,
};
use crate::{Limits, Node};

/// The state of applying the actions of one overlay.
pub(super) struct Actions<'d, 'a> {
    pub tree: Tree<'d>,
    pub version: Version,
    pub limits: &'a Limits,
    pub sources: &'a SourceMap,
    pub diagnostics: &'a mut Diagnostics,
}

/// The keywords of an action: its own, and those of the reusable action that it refers to.
struct Fields<'d> {
    own: Node<'d>,
    shared: Option<Node<'d>>,
}

/// What an action does to its targets.
enum Effect<'d> {
    Remove,
    Update(Node<'d>),
    Copy(Node<'d>),
}

/// Where the value comes from that is merged into targets.
#[derive(Clone, Copy)]
enum Origin<'d> {
    Overlay(Node<'d>),
    Document(SlotId),
}

/// The classes of values that one update fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Object,
    Array,
    Scalar,
}

impl<'d> Fields<'d> {
    fn get(&self, name: &str) -> Option<Node<'d>> {
        let shared = || self.shared.and_then(|shared| shared.get(name));
        self.own.get(name).or_else(shared)
    }
}

impl<'d> Actions<'d, '_> {
    /// Applies an action of an overlay with this root; `None` after reporting it when a limit is exceeded.
    pub(super) fn apply(&mut self, action: Node<'d>, root: Node<'d>) -> Option<()> {
        let Some((query, places, effect)) = self.plan(action, root) else {
            return Some(());
        };
        match effect {
            Effect::Remove => self.remove(&query, &places),
            Effect::Update(value) => self.merge(&query, &places, Origin::Overlay(value), value)?,
            Effect::Copy(node) => {
                if let Some(slot) = self.copied(node) {
                    self.merge(&query, &places, Origin::Document(slot), node)?;
                }
            }
        }
        Some(())
    }

    /// What an action does to which values; `None` after reporting it when it cannot be applied.
    fn plan(&mut self, action: Node<'d>, root: Node<'d>) -> Option<(Query<'d>, Vec<Place<'d>>, Effect<'d>)> {
        // What is missing or has another type was reported with the structure.
        let target = action.get("target").filter(|target| target.as_written().is_some())?;
        let fields = self.fields(action, root)?;
        let query = self.query(target)?;
        let effect = self.effect(&fields)?;
        let places = query.select(&self.tree);
        if places.is_empty() {
            let diagnostic = unmatched::describe(&query, &self.tree, self.sources);
            self.report(diagnostic);
            return None;
        }
        if self.version == Version::V1_0 && places.iter().any(|place| self.class(place.slot) == Class::Scalar) {
            let message = "targets that are neither objects nor arrays came with Overlay 1.1".to_owned();
            self.report(newer(message, query.location(), self.version));
        }
        Some((query, places, effect))
    }

    /// The keywords of an action; `None` after reporting it when its `$ref` leads nowhere.
    fn fields(&mut self, own: Node<'d>, root: Node<'d>) -> Option<Fields<'d>> {
        let Some(reference) = own.get("$ref") else {
            return Some(Fields { own, shared: None });
        };
        let text = reference.as_str()?;
        let name = text
            .strip_prefix("#/components/actions/")
            .map(|name| name.replace("~1", "/").replace("~0", "~"));
        let actions = root.get("components").and_then(|components| components.get("actions"));
        let shared = name.and_then(|name| actions?.get(&name));
        if shared.is_none() {
            let mut diagnostic = Diagnostic::new(Code::BrokenRef, format!("there is no reusable action at `{text}`"))
                .at(reference.location())
                .help("a reusable action is referred to as `#/components/actions/NAME`");
            diagnostic.severity = Severity::Error;
            self.report(diagnostic);
        }
        let shared = shared?.get("fields");
        Some(Fields { own, shared })
    }

    fn query(&mut self, node: Node<'d>) -> Option<Query<'d>> {
        let query = Query::read(node, self.sources);
        query.map_err(|diagnostic| self.report(diagnostic)).ok()
    }

    /// What an action does; `None` after reporting it when that is nothing.
    fn effect(&mut self, fields: &Fields<'d>) -> Option<Effect<'d>> {
        let remove = fields.get("remove").filter(|remove| remove.as_bool() == Some(true));
        let (update, copy) = (fields.get("update"), fields.get("copy"));
        let present = [("remove", remove), ("update", update), ("copy", copy)];
        let mut present = present.into_iter().filter_map(|(name, node)| Some((name, node?)));
        let Some((name, node)) = present.next() else {
            let unclear = fields.get("remove").is_some_and(|remove| remove.as_bool().is_none());
            if !unclear {
                let message = "an action without `update`, `copy` or `remove: true` changes nothing";
                self.report(Diagnostic::new(Code::MissingField, message).at(fields.own.location()));
            }
            return None;
        };
        for (other, other_node) in present {
            let message = format!("an action has either `{name}` or `{other}`, not both");
            let diagnostic = Diagnostic::new(Code::ConflictingKeywords, message).at(other_node.location());
            self.report(diagnostic.related(node.location(), format!("`{name}` is taken")));
        }
        Some(match name {
            "remove" => Effect::Remove,
            "update" => Effect::Update(node),
            _ => Effect::Copy(node),
        })
    }

    fn remove(&mut self, query: &Query<'d>, places: &[Place<'d>]) {
        if places.iter().any(|place| place.path.is_empty()) {
            let message = "the document itself cannot be removed";
            self.report(Diagnostic::new(Code::OverlayMismatch, message).at(query.location()));
        }
        self.tree.remove(places);
    }

    /// The value that a `copy` selects; `None` after reporting it when that is not one.
    fn copied(&mut self, node: Node<'d>) -> Option<SlotId> {
        let query = self.query(node)?;
        let diagnostic = match query.select(&self.tree).as_slice() {
            [place] => return Some(place.slot),
            [] => unmatched::describe(&query, &self.tree, self.sources),
            places => {
                let message = format!(
                    "`{}` selects {} values, and one can be copied",
                    query.text,
                    places.len()
                );
                Diagnostic::new(Code::OverlayMismatch, message).at(query.location())
            }
        };
        self.report(diagnostic);
        None
    }

    /// Merges a value, which `node` of the overlay says, into each target.
    fn merge(&mut self, query: &Query<'d>, places: &[Place<'d>], origin: Origin<'d>, node: Node<'d>) -> Option<()> {
        let classes: BTreeSet<Class> = places.iter().map(|place| self.class(place.slot)).collect();
        if classes.len() > 1 {
            let message = format!(
                "`{}` selects values of several types, which one update cannot fit",
                query.text
            );
            let diagnostic = Diagnostic::new(Code::OverlayMismatch, message).at(query.location());
            self.report(diagnostic.help("objects, arrays and other values need actions of their own"));
            return Some(());
        }
        let mut mismatches = Vec::new();
        for place in places {
            let fresh = match origin {
                Origin::Overlay(node) => self.tree.import(node),
                Origin::Document(slot) => self.tree.duplicate(slot),
            };
            let exceeded = if place.path.len() + fresh.levels > self.limits.levels() {
                let message = format!(
                    "the update makes values nest more than {} levels deep",
                    self.limits.levels()
                );
                Some(("depth", message))
            } else if self.tree.len() > self.limits.nodes {
                Some((
                    "nodes",
                    format!("the update makes more than {} values", self.limits.nodes),
                ))
            } else {
                None
            };
            if let Some((name, message)) = exceeded {
                let diagnostic = self.limits.exceeded(name, message).at(node.location());
                self.report(diagnostic);
                return None;
            }
            self.tree.merge(place, fresh, &mut mismatches);
        }
        self.mismatches(&mismatches);
        Some(())
    }

    /// Reports what could not be merged, once for each place of the overlay.
    fn mismatches(&mut self, mismatches: &[Mismatch]) {
        let mut seen = BTreeSet::new();
        for Mismatch { from, into } in mismatches.iter().filter(|mismatch| seen.insert(mismatch.from.0)) {
            let message = format!("{} cannot be merged into {}", from.1, into.1);
            let diagnostic = Diagnostic::new(Code::OverlayMismatch, message)
                .at(from.0)
                .related(into.0, format!("this is {}", into.1));
            if from.1 == "null" {
                // An empty value in YAML, which says nothing.
                let mut diagnostic = diagnostic.label("changes nothing");
                diagnostic.severity = Severity::Warning;
                self.report(diagnostic);
            } else {
                self.report(diagnostic.help("to replace it, remove it with an action before this one"));
            }
        }
    }

    fn class(&self, slot: SlotId) -> Class {
        match self.tree.slot(slot).content {
            Content::Object(_) => Class::Object,
            Content::Array(_) => Class::Array,
            Content::Scalar(_) => Class::Scalar,
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.report(diagnostic);
    }
}
