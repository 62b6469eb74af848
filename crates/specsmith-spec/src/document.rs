//! The spanned node tree: values of a document with their places.

use specsmith_diagnostics::Location;
use specsmith_ir::{Number, Value};

/// A document that was read: a tree of nodes in one arena.
#[derive(Debug, Clone)]
pub struct Document {
    nodes: Vec<NodeData>,
    root: NodeId,
}

/// Identifies a node of a [`Document`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

#[derive(Debug, Clone)]
struct NodeData {
    location: Location,
    parent: Option<NodeId>,
    data: Data,
}

#[derive(Debug, Clone)]
enum Data {
    Null,
    Boolean(bool),
    Number(Number),
    String(String),
    Array(Vec<NodeId>),
    Object(Vec<(Key, NodeId)>),
}

/// The name of an object's member and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The name; a YAML key that is not a string (`200:`) as its text.
    pub name: String,
    /// The place of the name.
    pub location: Location,
}

/// What a node is.
#[derive(Debug, Clone, Copy)]
pub enum NodeKind<'d> {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number.
    Number(&'d Number),
    /// A string.
    String(&'d str),
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A node of a document, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Node<'d> {
    document: &'d Document,
    id: NodeId,
}

/// Builds a [`Document`] from the leaves up.
#[derive(Debug, Default)]
pub struct DocumentBuilder {
    nodes: Vec<NodeData>,
}

impl Document {
    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        self.node(self.root)
    }

    /// The node of this id.
    pub fn node(&self, id: NodeId) -> Node<'_> {
        Node { document: self, id }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is none; never the case for a document that was read.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by the builder of the same document"
    )]
    fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id.0 as usize]
    }
}

impl<'d> Node<'d> {
    /// Its id.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Its place in the source.
    pub fn location(self) -> Location {
        self.document.data(self.id).location
    }

    /// What it is.
    pub fn kind(self) -> NodeKind<'d> {
        match &self.document.data(self.id).data {
            Data::Null => NodeKind::Null,
            Data::Boolean(value) => NodeKind::Boolean(*value),
            Data::Number(number) => NodeKind::Number(number),
            Data::String(text) => NodeKind::String(text),
            Data::Array(_) => NodeKind::Array,
            Data::Object(_) => NodeKind::Object,
        }
    }

    /// The type as a phrase: `a string`, `an object`.
    pub fn kind_name(self) -> &'static str {
        match self.kind() {
            NodeKind::Null => "null",
            NodeKind::Boolean(_) => "a boolean",
            NodeKind::Number(_) => "a number",
            NodeKind::String(_) => "a string",
            NodeKind::Array => "an array",
            NodeKind::Object => "an object",
        }
    }

    /// The text of a string.
    pub fn as_str(self) -> Option<&'d str> {
        match self.kind() {
            NodeKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            NodeKind::Boolean(value) => Some(value),
            _ => None,
        }
    }

    /// The number.
    pub fn as_number(self) -> Option<&'d Number> {
        match self.kind() {
            NodeKind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Whether it is an object.
    pub fn is_object(self) -> bool {
        matches!(self.kind(), NodeKind::Object)
    }

    /// Whether it is an array.
    pub fn is_array(self) -> bool {
        matches!(self.kind(), NodeKind::Array)
    }

    /// The members of an object in order; empty for anything else.
    pub fn members(self) -> impl DoubleEndedIterator<Item = (&'d Key, Node<'d>)> {
        let members: &[(Key, NodeId)] = match &self.document.data(self.id).data {
            Data::Object(members) => members,
            _ => &[],
        };
        members.iter().map(move |(key, id)| (key, self.document.node(*id)))
    }

    /// The items of an array in order; empty for anything else.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Node<'d>> {
        let items: &[NodeId] = match &self.document.data(self.id).data {
            Data::Array(items) => items,
            _ => &[],
        };
        items.iter().map(move |id| self.document.node(*id))
    }

    /// The member of an object with this name.
    pub fn get(self, name: &str) -> Option<Node<'d>> {
        self.members().find(|(key, _)| key.name == name).map(|(_, node)| node)
    }

    /// The member of an object with this name, with its key.
    pub fn entry(self, name: &str) -> Option<(&'d Key, Node<'d>)> {
        self.members().find(|(key, _)| key.name == name)
    }

    /// What it stands in.
    pub fn parent(self) -> Option<Node<'d>> {
        self.document.data(self.id).parent.map(|id| self.document.node(id))
    }

    /// The JSON pointer to it (RFC 6901), as a URI fragment without `#`.
    pub fn pointer(self) -> String {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            let step = match &self.document.data(parent.id).data {
                Data::Object(members) => members
                    .iter()
                    .find(|(_, id)| *id == node.id)
                    .map(|(key, _)| key.name.replace('~', "~0").replace('/', "~1")),
                Data::Array(items) => items
                    .iter()
                    .position(|id| *id == node.id)
                    .map(|index| index.to_string()),
                _ => None,
            };
            steps.push(step.unwrap_or_default());
            node = parent;
        }
        steps.iter().rev().map(|step| format!("/{step}")).collect()
    }

    /// A copy of the value without places.
    ///
    /// Reading limits the depth of a document, so the recursion is bounded.
    pub fn to_value(self) -> Value {
        match self.kind() {
            NodeKind::Null => Value::Null,
            NodeKind::Boolean(value) => Value::Boolean(value),
            NodeKind::Number(number) => Value::Number(number.clone()),
            NodeKind::String(text) => Value::String(text.to_owned()),
            NodeKind::Array => Value::Array(self.items().map(Node::to_value).collect()),
            NodeKind::Object => Value::Object(
                self.members()
                    .map(|(key, node)| (key.name.clone(), node.to_value()))
                    .collect(),
            ),
        }
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.id == other.id
    }
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

    /// Adds an array of nodes that were added before and stand nowhere else.
    pub fn array(&mut self, location: Location, items: Vec<NodeId>) -> NodeId {
        let id = self.add(location, Data::Null);
        for item in &items {
            self.adopt(id, *item);
        }
        self.set(id, Data::Array(items));
        id
    }

    /// Adds an object of nodes that were added before and stand nowhere else.
    pub fn object(&mut self, location: Location, members: Vec<(Key, NodeId)>) -> NodeId {
        let id = self.add(location, Data::Null);
        for (_, member) in &members {
            self.adopt(id, *member);
        }
        self.set(id, Data::Object(members));
        id
    }

    /// The document with this outermost node.
    pub fn finish(self, root: NodeId) -> Document {
        Document {
            nodes: self.nodes,
            root,
        }
    }

    fn add(&mut self, location: Location, data: Data) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(NodeData {
            location,
            parent: None,
            data,
        });
        id
    }

    fn adopt(&mut self, parent: NodeId, child: NodeId) {
        if let Some(child) = self.nodes.get_mut(child.0 as usize) {
            child.parent = Some(parent);
        }
    }

    fn set(&mut self, id: NodeId, data: Data) {
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            node.data = data;
        }
    }
}
