//! Builds the node tree from the leaves up.

use std::collections::BTreeMap;

use specsmith_diagnostics::Location;
use specsmith_ir::Number;

use super::{Data, Document, Key, LINEAR_SEARCH, Node, NodeData, NodeId, NodeKind};

/// Builds a [`Document`] from the leaves up.
#[derive(Debug, Clone, Default)]
pub struct DocumentBuilder {
    nodes: Vec<NodeData>,
    /// For each large object, the positions of its members in the order of their names; ascending ids.
    indexes: Vec<(NodeId, Box<[u32]>)>,
    /// The text of scalars that do not show it by their value; ascending ids.
    written: Vec<(NodeId, Box<str>)>,
}

impl DocumentBuilder {
    /// A builder without nodes.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many nodes were added so far.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether none was added so far.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Adds `null`.
    pub fn null(&mut self, location: Location) -> NodeId {
        self.add(location, Data::Null)
    }

    /// Adds `true` or `false`.
    pub fn boolean(&mut self, location: Location, value: bool) -> NodeId {
        self.add(location, Data::Boolean(value))
    }

    /// Adds a number.
    pub fn number(&mut self, location: Location, number: Number) -> NodeId {
        self.add(location, Data::Number(number))
    }

    /// Adds a string.
    pub fn string(&mut self, location: Location, text: String) -> NodeId {
        self.add(location, Data::String(text))
    }

    /// Notes the text of a scalar that its value does not show, such as `0x1F` of the number 31.
    ///
    /// Has to follow right after the scalar was added.
    pub fn note_written(&mut self, scalar: NodeId, text: &str) {
        self.written.push((scalar, text.into()));
    }

    /// Adds a copy of a scalar of another document, with its place; `null` for what is no scalar.
    pub fn scalar(&mut self, scalar: Node<'_>) -> NodeId {
        let location = scalar.location();
        let (copy, plain) = match scalar.kind() {
            NodeKind::Boolean(value) => (self.boolean(location, value), if value { "true" } else { "false" }),
            NodeKind::Number(number) => (self.number(location, number.clone()), number.as_str()),
            NodeKind::String(text) => return self.string(location, text.to_owned()),
            NodeKind::Null | NodeKind::Array | NodeKind::Object => (self.null(location), "null"),
        };
        if let Some(text) = scalar.as_written().filter(|text| *text != plain) {
            self.note_written(copy, text);
        }
        copy
    }

    /// Adds an array of nodes that were added before and stand nowhere else.
    pub fn array(&mut self, location: Location, items: Vec<NodeId>) -> NodeId {
        let id = self.add(location, Data::Null);
        for (position, item) in (0..).zip(&items) {
            self.adopt(id, position, *item);
        }
        self.set(id, Data::Array(items));
        id
    }

    /// Adds an object of nodes that were added before and stand nowhere else.
    pub fn object(&mut self, location: Location, members: Vec<(Key, NodeId)>) -> NodeId {
        let id = self.add(location, Data::Null);
        for (position, (_, member)) in (0..).zip(&members) {
            self.adopt(id, position, *member);
        }
        if members.len() > LINEAR_SEARCH {
            let mut index: Vec<(&str, u32)> = members.iter().map(|(key, _)| key.name.as_str()).zip(0..).collect();
            index.sort_unstable();
            self.indexes
                .push((id, index.into_iter().map(|(_, position)| position).collect()));
        }
        self.set(id, Data::Object(members));
        id
    }

    /// Adds a copy of a node that was added before, with all that is in it; the copies keep their places.
    ///
    /// `allow` is asked before each node is copied, with its depth below the copied one and the bytes of its text. An
    /// error of it ends the copying.
    pub fn copy<E>(&mut self, id: NodeId, allow: &mut impl FnMut(usize, usize) -> Result<(), E>) -> Result<NodeId, E> {
        let mut order = Vec::new();
        let mut open = vec![(id, 0)];
        while let Some((id, depth)) = open.pop() {
            let data = &self.data(id).data;
            allow(depth, data.text_bytes())?;
            order.push(id);
            match data {
                Data::Array(items) => open.extend(items.iter().map(|id| (*id, depth + 1))),
                Data::Object(members) => open.extend(members.iter().map(|(_, id)| (*id, depth + 1))),
                _ => {}
            }
        }
        // From back to front, what is in a node comes before it and in order.
        let mut copies = Vec::new();
        for id in order.into_iter().rev() {
            let NodeData { location, data, .. } = self.data(id).clone();
            let copy = match data {
                Data::Array(items) => self.array(location, copies.split_off(copies.len() - items.len())),
                Data::Object(members) => {
                    let inside = copies.split_off(copies.len() - members.len());
                    let keys = members.into_iter().map(|(key, _)| key);
                    self.object(location, keys.zip(inside).collect())
                }
                scalar => self.copy_scalar(id, location, scalar),
            };
            copies.push(copy);
        }
        Ok(copies.pop().unwrap_or(id))
    }

    fn copy_scalar(&mut self, id: NodeId, location: Location, scalar: Data) -> NodeId {
        let copy = self.add(location, scalar);
        if let Some(text) = self.written(id).map(Box::from) {
            self.written.push((copy, text));
        }
        copy
    }

    /// Adds a copy of a node of another document, with all that is in it; the copies keep their places.
    pub fn import(&mut self, node: Node<'_>) -> NodeId {
        let mut order = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            order.push(node);
            open.extend(node.items());
            open.extend(node.members().map(|(_, child)| child));
        }
        // From back to front, what is in a node comes before it and in order.
        let mut copies: Vec<NodeId> = Vec::new();
        for node in order.into_iter().rev() {
            let inside = copies
                .len()
                .saturating_sub(node.items().count() + node.members().count());
            let copy = match node.kind() {
                NodeKind::Array => {
                    let items = copies.split_off(inside);
                    self.array(node.location(), items)
                }
                NodeKind::Object => {
                    let keys = node.members().map(|(key, _)| key.clone());
                    let members = keys.zip(copies.split_off(inside)).collect();
                    self.object(node.location(), members)
                }
                _ => self.import_scalar(node),
            };
            copies.push(copy);
        }
        copies.pop().unwrap_or_else(|| self.null(node.location()))
    }

    /// The items of an array that was added before; `None` if it is not an array.
    pub fn items(&self, id: NodeId) -> Option<&[NodeId]> {
        match &self.nodes.get(id.0 as usize)?.data {
            Data::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object that was added before; `None` if it is not an object.
    pub fn members(&self, id: NodeId) -> Option<&[(Key, NodeId)]> {
        match &self.nodes.get(id.0 as usize)?.data {
            Data::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The place of a node that was added before.
    pub fn location(&self, id: NodeId) -> Location {
        self.data(id).location
    }

    /// The document with this outermost node.
    pub fn finish(self, root: NodeId) -> Document {
        Document {
            tree: self,
            root,
            unresolved: BTreeMap::new(),
        }
    }

    /// Adds a copy of a scalar of another document; an array or object becomes `null`.
    pub(crate) fn import_scalar(&mut self, node: Node<'_>) -> NodeId {
        let data = match node.kind() {
            NodeKind::Boolean(value) => Data::Boolean(value),
            NodeKind::Number(number) => Data::Number(number.clone()),
            NodeKind::String(text) => Data::String(text.to_owned()),
            NodeKind::Null | NodeKind::Array | NodeKind::Object => Data::Null,
        };
        let copy = self.add(node.location(), data);
        if let Some(text) = node.document.tree.written(node.id) {
            self.written.push((copy, text.into()));
        }
        copy
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by the builder of the same document"
    )]
    pub(super) fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn index(&self, id: NodeId) -> Option<&[u32]> {
        let found = self.indexes.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.indexes.get(found).map(|(_, index)| &**index)
    }

    pub(super) fn written(&self, id: NodeId) -> Option<&str> {
        let found = self.written.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        self.written.get(found).map(|(_, text)| &**text)
    }

    fn add(&mut self, location: Location, data: Data) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(NodeData {
            location,
            parent: None,
            position: 0,
            data,
        });
        id
    }

    fn adopt(&mut self, parent: NodeId, position: u32, child: NodeId) {
        if let Some(child) = self.nodes.get_mut(child.0 as usize) {
            child.parent = Some(parent);
            child.position = position;
        }
    }

    pub(super) fn set(&mut self, id: NodeId, data: Data) {
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            node.data = data;
        }
    }
}

impl Data {
    /// The bytes of the texts that it holds itself.
    fn text_bytes(&self) -> usize {
        match self {
            Data::Number(number) => number.as_str().len(),
            Data::String(text) => text.len(),
            Data::Object(members) => members.iter().map(|(key, _)| key.name.len()).sum(),
            Data::Null | Data::Boolean(_) | Data::Array(_) => 0,
        }
    }
}
