//! The tree under construction: what is open, what it holds so far, and the limits both formats obey.

use std::collections::HashMap;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, FileId, Location};

use super::Limits;
use crate::{DocumentBuilder, Key, NodeId};

/// The diagnostic that ends the reading of a text.
///
/// Boxed, since it travels through the result of every step.
pub(super) type Fatal = Box<Diagnostic>;

/// Objects with more members than this are searched for duplicate keys with a hash map.
const PAIRWISE: usize = 16;

/// The nodes read so far and the containers that are still open.
pub(super) struct Tree<'a> {
    /// Where finished nodes go.
    pub builder: DocumentBuilder,
    /// Where findings that do not end the reading go.
    pub diagnostics: &'a mut Diagnostics,
    file: FileId,
    limits: Limits,
    open: Vec<Open>,
    /// The keys of all open objects, outermost first.
    keys: Vec<Key>,
    /// The finished values in all open containers, outermost first.
    values: Vec<NodeId>,
}

/// A container that is not closed yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    /// What it is.
    pub container: Container,
    /// Offset of its first byte.
    pub start: usize,
    keys: usize,
    values: usize,
}

/// The values that hold others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// An array.
    Array,
    /// An object.
    Object,
}

impl<'a> Tree<'a> {
    /// A tree without nodes for the text of `file`.
    pub(super) fn new(file: FileId, limits: Limits, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            builder: DocumentBuilder::new(),
            diagnostics,
            file,
            limits,
            open: Vec::new(),
            keys: Vec::new(),
            values: Vec::new(),
        }
    }

    /// The location of a byte range of the text.
    pub(super) fn location(&self, start: usize, end: usize) -> Location {
        let offset = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Location::new(self.file, offset(start), offset(end))
    }

    /// The innermost open container.
    pub(super) fn innermost(&self) -> Option<Open> {
        self.open.last().copied()
    }

    /// How many containers are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many containers may be open.
    pub(super) fn depth_limit(&self) -> usize {
        self.limits.levels()
    }

    /// The limits.
    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// How many members the innermost container has so far.
    pub(super) fn member_count(&self) -> usize {
        self.innermost().map_or(0, |open| self.values.len() - open.values)
    }

    /// Whether the next node is a key of the innermost container.
    pub(super) fn expects_key(&self) -> bool {
        self.innermost().is_some_and(|open| {
            open.container == Container::Object && self.keys.len() - open.keys == self.values.len() - open.values
        })
    }

    /// Opens a container that starts at this offset.
    pub(super) fn open(&mut self, container: Container, start: usize) -> Result<(), Fatal> {
        self.check_depth(self.open.len() + 1, self.location(start, start + 1))?;
        self.open.push(Open {
            container,
            start,
            keys: self.keys.len(),
            values: self.values.len(),
        });
        Ok(())
    }

    /// Adds the key of the next value.
    pub(super) fn key(&mut self, name: String, location: Location) {
        self.keys.push(Key { name, location });
    }

    /// Adds a finished value to the innermost container.
    pub(super) fn value(&mut self, node: NodeId) -> Result<(), Fatal> {
        self.values.push(node);
        if self.builder.len() > self.limits.nodes {
            let message = format!("the document has more than {} values", self.limits.nodes);
            let diagnostic = self.limits.exceeded("nodes", message);
            return Err(Box::new(diagnostic.at(self.location(0, 0))));
        }
        Ok(())
    }

    /// Closes the innermost container, which ends before this offset; returns its node, which still is to be added.
    pub(super) fn close(&mut self, end: usize) -> Option<NodeId> {
        let Open {
            container,
            start,
            keys,
            values,
        } = self.open.pop()?;
        let location = self.location(start, end);
        match container {
            Container::Array => {
                let items = self.values.drain(values..).collect();
                Some(self.builder.array(location, items))
            }
            Container::Object => {
                let mut members: Vec<(Key, NodeId)> =
                    self.keys.drain(keys..).zip(self.values.drain(values..)).collect();
                self.refuse_duplicates(&mut members);
                Some(self.builder.object(location, members))
            }
        }
    }

    /// Takes the members out that the innermost object has so far.
    pub(super) fn take_members(&mut self) -> Vec<(Key, NodeId)> {
        match self.innermost() {
            Some(open) => self
                .keys
                .drain(open.keys..)
                .zip(self.values.drain(open.values..))
                .collect(),
            None => Vec::new(),
        }
    }

    /// Puts members into the innermost object.
    pub(super) fn put_members(&mut self, members: Vec<(Key, NodeId)>) {
        for (key, node) in members {
            self.keys.push(key);
            self.values.push(node);
        }
    }

    /// The only value outside of all containers.
    pub(super) fn root(&mut self) -> Option<NodeId> {
        self.values.pop()
    }

    /// Refuses a depth beyond the limit.
    pub(super) fn check_depth(&self, depth: usize, location: Location) -> Result<(), Fatal> {
        if depth <= self.depth_limit() {
            return Ok(());
        }
        Err(self.too_deep(location))
    }

    /// The diagnostic for a depth beyond the limit.
    pub(super) fn too_deep(&self, location: Location) -> Fatal {
        let message = format!("values are nested more than {} levels deep", self.depth_limit());
        Box::new(self.limits.exceeded("depth", message).at(location))
    }

    /// Reports keys that an object has twice, and keeps the first member of each.
    fn refuse_duplicates(&mut self, members: &mut Vec<(Key, NodeId)>) {
        let duplicates = duplicates(members);
        if duplicates.is_empty() {
            return;
        }
        for (first, again) in &duplicates {
            if let (Some((first, _)), Some((again, _))) = (members.get(*first), members.get(*again)) {
                self.diagnostics.report(
                    Diagnostic::new(Code::DuplicateKey, format!("the key `{}` is there twice", again.name))
                        .at(again.location)
                        .related(first.location, "first used here"),
                );
            }
        }
        let mut again = duplicates.iter().map(|(_, again)| *again).peekable();
        let mut position = 0;
        members.retain(|_| {
            let duplicate = again.next_if_eq(&position).is_some();
            position += 1;
            !duplicate
        });
    }
}

/// The positions of members whose key was used before, each after the position of the first use.
fn duplicates(members: &[(Key, NodeId)]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if members.len() <= PAIRWISE {
        for (position, (key, _)) in members.iter().enumerate() {
            let before = members.iter().take(position);
            if let Some(first) = before.clone().position(|(other, _)| other.name == key.name) {
                found.push((first, position));
            }
        }
    } else {
        let mut seen = HashMap::with_capacity(members.len());
        for (position, (key, _)) in members.iter().enumerate() {
            let first = *seen.entry(key.name.as_str()).or_insert(position);
            if first != position {
                found.push((first, position));
            }
        }
    }
    found
}
