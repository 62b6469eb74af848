//! The spanned node tree: values of a document with their places.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Diagnostic, Location};
use specsmith_ir::{Number, Value};

mod builder;

pub use builder::DocumentBuilder;

/// A document that was read: a tree of nodes in one arena.
#[derive(Debug, Clone)]
pub struct Document {
    tree: DocumentBuilder,
    root: NodeId,
    unresolved: BTreeMap<Location, Diagnostic>,
}

/// Objects with more members than this get an index by name.
const LINEAR_SEARCH: usize = 16;

/// Identifies a node of a [`Document`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

#[derive(Debug, Clone)]
struct NodeData {
    location: Location,
    parent: Option<NodeId>,
    /// Which member or item of the parent it is.
    position: u32,
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

impl Key {
    /// Whether it has this name; many keywords are of the same length, and few begin with the same letter.
    fn is(&self, name: &str) -> bool {
        self.name.len() == name.len() && self.name.bytes().next() == name.bytes().next() && self.name == name
    }
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
        self.tree.len()
    }

    /// Whether there is none; never the case for a document that was read.
    pub fn is_empty(&self) -> bool {
        self.tree.is_empty()
    }

    /// Replaces the value of a string.
    pub(crate) fn set_text(&mut self, id: NodeId, text: String) {
        self.tree.set(id, Data::String(text));
    }

    /// All nodes, in the order in which they were added; what is in another one comes before it.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        (0..count).map(|id| self.node(NodeId(id)))
    }

    /// Why the reference at this place has no target, if that is known already.
    pub(crate) fn unresolved(&self, place: Location) -> Option<&Diagnostic> {
        self.unresolved.get(&place)
    }

    /// Why references to other files have no target, in the order of their places.
    ///
    /// Lowering reports those that are used; whoever prints the document reports all.
    pub fn unresolved_references(&self) -> impl Iterator<Item = &Diagnostic> {
        self.unresolved.values()
    }

    /// The references that have no target, by their places, and why.
    pub(crate) fn all_unresolved(&self) -> &BTreeMap<Location, Diagnostic> {
        &self.unresolved
    }

    /// Says of references, by their places, why they have no target.
    #[must_use]
    pub(crate) fn with_unresolved(mut self, unresolved: BTreeMap<Location, Diagnostic>) -> Self {
        self.unresolved = unresolved;
        self
    }

    fn data(&self, id: NodeId) -> &NodeData {
        self.tree.data(id)
    }

    fn members(&self, id: NodeId) -> &[(Key, NodeId)] {
        match &self.data(id).data {
            Data::Object(members) => members,
            _ => &[],
        }
    }

    fn items(&self, id: NodeId) -> &[NodeId] {
        match &self.data(id).data {
            Data::Array(items) => items,
            _ => &[],
        }
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

    /// The text of a scalar as the document has it, whatever its type; `None` for arrays and objects.
    ///
    /// YAML types what is not quoted: `0x1F` is the number 31, `1.10` a number, `True` a boolean. Where a string is
    /// meant, such as in the `enum` of a string schema, this is the text that was meant.
    pub fn as_written(self) -> Option<&'d str> {
        let plain = match self.kind() {
            NodeKind::Null => "null",
            NodeKind::Boolean(true) => "true",
            NodeKind::Boolean(false) => "false",
            NodeKind::Number(number) => number.as_str(),
            NodeKind::String(text) => text,
            NodeKind::Array | NodeKind::Object => return None,
        };
        Some(self.document.tree.written(self.id).unwrap_or(plain))
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
        let document = self.document;
        document
            .members(self.id)
            .iter()
            .map(move |(key, id)| (key, document.node(*id)))
    }

    /// The items of an array in order; empty for anything else.
    pub fn items(self) -> impl DoubleEndedIterator<Item = Node<'d>> {
        let document = self.document;
        document.items(self.id).iter().map(move |id| document.node(*id))
    }

    /// The item of an array at this position.
    pub(crate) fn item(self, index: usize) -> Option<Node<'d>> {
        let items = self.document.items(self.id);
        items.get(index).map(|id| self.document.node(*id))
    }

    /// The member of an object with this name.
    pub fn get(self, name: &str) -> Option<Node<'d>> {
        self.entry(name).map(|(_, node)| node)
    }

    /// The member of an object with this name, with its key.
    pub fn entry(self, name: &str) -> Option<(&'d Key, Node<'d>)> {
        let members = self.document.members(self.id);
        let index = (members.len() > LINEAR_SEARCH).then(|| self.document.tree.index(self.id));
        let (key, id) = match index.flatten() {
            Some(index) => {
                let name_at = |position: u32| members.get(position as usize).map(|(key, _)| key.name.as_str());
                let found = index
                    .binary_search_by(|position| name_at(*position).cmp(&Some(name)))
                    .ok()?;
                members.get(*index.get(found)? as usize)?
            }
            None => members.iter().find(|(key, _)| key.is(name))?,
        };
        Some((key, self.document.node(*id)))
    }

    /// What it stands in.
    pub fn parent(self) -> Option<Node<'d>> {
        self.document.data(self.id).parent.map(|id| self.document.node(id))
    }

    /// Its name in the object that it stands in; `None` in an array.
    pub(crate) fn key(self) -> Option<&'d str> {
        let NodeData { parent, position, .. } = self.document.data(self.id);
        let (key, _) = self.document.members((*parent)?).get(*position as usize)?;
        Some(&key.name)
    }

    /// The JSON pointer to it (RFC 6901), as a URI fragment without `#`.
    pub fn pointer(self) -> String {
        let mut steps = Vec::new();
        let mut node = self;
        while let Some(parent) = node.parent() {
            let position = node.document.data(node.id).position;
            let step = match &self.document.data(parent.id).data {
                Data::Object(members) => members
                    .get(position as usize)
                    .map(|(key, _)| key.name.replace('~', "~0").replace('/', "~1")),
                _ => Some(position.to_string()),
            };
            steps.push(step.unwrap_or_default());
            node = parent;
        }
        steps.iter().rev().map(|step| format!("/{step}")).collect()
    }

    /// A copy of the value without places.
    pub fn to_value(self) -> Value {
        let mut order = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            order.push(node);
            open.extend(node.items());
            open.extend(node.members().map(|(_, member)| member));
        }
        // From back to front, what is in a node comes before it and in order.
        let mut values = Vec::new();
        for node in order.into_iter().rev() {
            let value = match node.kind() {
                NodeKind::Null => Value::Null,
                NodeKind::Boolean(value) => Value::Boolean(value),
                NodeKind::Number(number) => Value::Number(number.clone()),
                NodeKind::String(text) => Value::String(text.to_owned()),
                NodeKind::Array => {
                    let count = self.document.items(node.id).len();
                    Value::Array(values.split_off(values.len() - count))
                }
                NodeKind::Object => {
                    let members = self.document.members(node.id);
                    let inside = values.split_off(values.len() - members.len());
                    let names = members.iter().map(|(key, _)| key.name.clone());
                    Value::Object(names.zip(inside).collect())
                }
            };
            values.push(value);
        }
        values.pop().unwrap_or(Value::Null)
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.id == other.id
    }
}
