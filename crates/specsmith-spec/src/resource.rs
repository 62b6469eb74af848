//! The names that schemas and documents give themselves: `$self`, `$id`, `$anchor`; and what a reference means by them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use crate::{
    Document, Node, NodeId,
    address::{Address, AddressError},
    pointer,
};

/// The document and the schemas in it that have an address of their own, and the anchors of each.
#[derive(Debug)]
pub(crate) struct Resources {
    /// Where the document was found.
    place: Address,
    /// Its own address: `$self`, or the `$id` of a file that is a schema; else its place.
    own: Address,
    root: NodeId,
    /// The nodes with an address of their own.
    bases: BTreeMap<NodeId, Address>,
    addresses: BTreeMap<Address, NodeId>,
    /// By the node of the resource that an anchor belongs to.
    anchors: BTreeMap<(NodeId, String), NodeId>,
    /// The first of each name.
    anchor_names: BTreeMap<String, NodeId>,
}

/// The two parts of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'t> {
    /// The part before `#`; empty where there is none.
    pub address: &'t str,
    /// The part behind it.
    pub fragment: Fragment,
}

/// What a fragment points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fragment {
    /// The whole.
    Whole,
    /// A JSON pointer, as its steps.
    Pointer(Vec<String>),
    /// The name of an anchor.
    Anchor(String),
}

/// What the address of a reference means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meant {
    /// A resource in the document itself.
    Inside(NodeId),
    /// Something else.
    Outside(Address),
}

/// A pointer that leads nowhere.
#[derive(Debug, Clone)]
pub(crate) struct Stray<'d> {
    /// The last node on its way.
    pub at: Node<'d>,
    /// The step that is not there.
    pub step: String,
    /// How many steps come before it.
    pub taken: usize,
}

impl<'t> Reference<'t> {
    /// Takes the text of a reference apart; an error is what to do about it.
    pub(crate) fn parse(text: &'t str) -> Result<Self, &'static str> {
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let fragment = pointer::percent_decode(fragment).ok_or("its percent-encoding is wrong")?;
        let fragment = if fragment.is_empty() {
            Fragment::Whole
        } else if fragment.starts_with('/') {
            let steps = pointer::steps(&fragment);
            Fragment::Pointer(steps.ok_or("`~` must be written `~0`, and `/` in a name `~1`")?)
        } else {
            Fragment::Anchor(fragment)
        };
        Ok(Self { address, fragment })
    }
}

impl Resources {
    /// The resources of a document that was found at this place.
    pub(crate) fn of(document: &Document, place: Address) -> Self {
        let root = document.root();
        let name = |node: Node<'_>, keyword: &str| {
            let text = node.get(keyword)?.as_str()?;
            Some(text.split_once('#').map_or(text, |(address, _)| address).to_owned()).filter(|text| !text.is_empty())
        };
        // The document's own name is `$self`; only a file that is a schema has `$id` in its place.
        let own = name(root, "$self").or_else(|| name(root, "$id"));
        let own = own
            .and_then(|own| place.resolve(&own).ok())
            .unwrap_or_else(|| place.clone());
        let mut resources = Self {
            bases: BTreeMap::from([(root.id(), own.clone())]),
            addresses: BTreeMap::from([(place.clone(), root.id()), (own.clone(), root.id())]),
            place,
            own,
            root: root.id(),
            anchors: BTreeMap::new(),
            anchor_names: BTreeMap::new(),
        };
        let named = document.nodes().filter(|node| node.is_object());
        let named = named.filter(|node| {
            ["$id", "$anchor", "$dynamicAnchor"]
                .iter()
                .any(|name| node.get(name).is_some())
        });
        // What holds others was added behind them.
        let named: BTreeSet<NodeId> = named.map(Node::id).collect();
        for id in named.into_iter().rev() {
            resources.add(document.node(id), name(document.node(id), "$id"));
        }
        resources
    }

    /// A document that was found nowhere in particular.
    pub(crate) fn of_text(document: &Document) -> Self {
        Self::of(document, Address::File(PathBuf::new()))
    }

    fn add(&mut self, node: Node<'_>, own: Option<String>) {
        if let Some(own) = own {
            match self.base(node).1.resolve(&own) {
                Ok(address) if node.id() != self.root => {
                    self.addresses.entry(address.clone()).or_insert(node.id());
                    self.bases.insert(node.id(), address);
                }
                Ok(_) => {}
                // A name like `file:///a.json` says of no file where it is, but references can have it.
                Err(_) => {
                    if let Some(address) = Address::name(&own) {
                        self.addresses.entry(address).or_insert(node.id());
                    }
                }
            }
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.get(keyword).and_then(Node::as_str) {
                let resource = self.base(node).0;
                self.anchors.entry((resource, name.to_owned())).or_insert(node.id());
                // Outer schemas come first here, so the last one that is put in is the first of the document.
                self.anchor_names.insert(name.to_owned(), node.id());
            }
        }
    }

    /// The innermost resource that a node is in, and its address.
    pub(crate) fn base(&self, node: Node<'_>) -> (NodeId, &Address) {
        let mut around = (self.bases.len() > 1).then_some(node);
        while let Some(node) = around {
            if let Some(address) = self.bases.get(&node.id()) {
                return (node.id(), address);
            }
            around = node.parent();
        }
        (self.root, &self.own)
    }

    /// What the address of a reference means that stands at a node.
    pub(crate) fn meant(&self, node: Node<'_>, address: &str) -> Result<Meant, AddressError> {
        let (resource, base) = self.base(node);
        if address.is_empty() {
            return Ok(Meant::Inside(resource));
        }
        let address = match base.resolve(address) {
            Ok(address) => address,
            Err(error) => {
                let named = Address::name(address).and_then(|name| self.addresses.get(&name));
                return named.map(|id| Meant::Inside(*id)).ok_or(error);
            }
        };
        Ok(match self.addresses.get(&address) {
            Some(id) => Meant::Inside(*id),
            None => Meant::Outside(address),
        })
    }

    /// All addresses, and the nodes that have them.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&Address, NodeId)> {
        self.addresses.iter().map(|(address, node)| (address, *node))
    }

    /// The file that an address means, as far as the names of this document tell.
    pub(crate) fn file(&self, address: &Address) -> Option<PathBuf> {
        match address {
            Address::File(path) => Some(path.clone()),
            Address::Uri(_) => match address.beside(&self.own, &self.place)? {
                Address::File(path) => Some(path),
                Address::Uri(_) => None,
            },
        }
    }

    /// The schema that has an anchor in a resource, or else anywhere in the document.
    pub(crate) fn anchor(&self, resource: NodeId, name: &str) -> Option<NodeId> {
        let exact = self.anchors.get(&(resource, name.to_owned())).copied();
        exact.or_else(|| self.anchor_names.get(name).copied())
    }
}

/// Follows the steps of a pointer.
pub(crate) fn walk<'d>(base: Node<'d>, steps: &[String]) -> Result<Node<'d>, Stray<'d>> {
    let mut at = base;
    for (taken, step) in steps.iter().enumerate() {
        let next = if at.is_array() {
            step.parse().ok().and_then(|index| at.item(index))
        } else {
            at.get(step)
        };
        at = next.ok_or_else(|| Stray {
            at,
            step: step.clone(),
            taken,
        })?;
    }
    Ok(at)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
