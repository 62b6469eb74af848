//! [`Node`] and [`Content`]: the table that says how values stand in XML.

/// What stands for a value in XML, and where.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    pub(super) kind: Kind,
    pub(super) name: &'static str,
    pub(super) namespace: Option<&'static str>,
    pub(super) prefix: Option<&'static str>,
    pub(super) absence: Absence,
    pub(super) naming: Naming,
    pub(super) content: &'static Content,
}

/// The kind of a node (OpenAPI 3.2, section 4.26.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Element,
    Attribute,
    Text,
    Cdata,
    /// No node: what is inside stands directly in the node around it.
    None,
}

/// What it means that a node is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absence {
    Absent,
    Null,
    /// A list without items, or text without characters.
    Empty,
}

/// Whether an element has to have the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    Exact,
    /// It is written with it, and read under any.
    Any,
}

/// What is inside a node.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// Any value: text, or elements by their names.
    Any,
    /// Text.
    String,
    /// The text of a number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// The members of an object, by their names.
    Object(&'static [(&'static str, Node)]),
    /// The members of an object, and what its other members are: elements of their names.
    Map(&'static [(&'static str, Node)], Node),
    /// Items, one after the other.
    List(Node),
    /// Items of different kinds, one after the other.
    Tuple(&'static [Node]),
    /// Just one node.
    Inner(Node),
    /// The first of these that the value can be.
    OneOf(&'static [&'static Content]),
}

/// An element.
pub const fn element(name: &'static str, content: &'static Content) -> Node {
    Node::new(Kind::Element, name, content)
}

/// An attribute of the element around it.
pub const fn attribute(name: &'static str, content: &'static Content) -> Node {
    Node::new(Kind::Attribute, name, content)
}

/// Text in the element around it.
pub const fn text(content: &'static Content) -> Node {
    Node::new(Kind::Text, "", content)
}

/// A CDATA section in the element around it.
pub const fn cdata(content: &'static Content) -> Node {
    Node::new(Kind::Cdata, "", content)
}

/// No node: the content stands directly in the element around it.
pub const fn within(content: &'static Content) -> Node {
    Node::new(Kind::None, "", content)
}

impl Node {
    const fn new(kind: Kind, name: &'static str, content: &'static Content) -> Self {
        Self {
            kind,
            name,
            namespace: None,
            prefix: None,
            absence: Absence::Absent,
            naming: Naming::Exact,
            content,
        }
    }

    /// The namespace of its name.
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// The prefix that its name is written with.
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = Some(prefix);
        self
    }

    /// It is read under any name.
    pub const fn any_name(mut self) -> Self {
        self.naming = Naming::Any;
        self
    }

    /// Where it is absent, the value is `null`.
    pub const fn or_null(mut self) -> Self {
        self.absence = Absence::Null;
        self
    }

    /// Where it is absent, the value is a list without items or text without characters.
    pub const fn or_empty(mut self) -> Self {
        self.absence = Absence::Empty;
        self
    }
}
