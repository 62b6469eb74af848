//! How values stand in XML: the tables of generated code.

use specsmith_ir as ir;

use crate::Ident;

/// How the values of an API stand in XML; empty where no body is XML of a type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Xml {
    /// The root elements of bodies, by [`XmlRootId`].
    pub roots: Vec<XmlRoot>,
    /// The contents of types, by [`XmlContentId`].
    pub contents: Vec<XmlItem>,
}

/// Identifies a root of [`Xml::roots`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct XmlRootId(pub u32);

/// Identifies a content of [`Xml::contents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct XmlContentId(pub u32);

/// The root element of bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlRoot {
    /// The static: `PET`; equal elements have the same.
    pub name: Ident,
    /// The element.
    pub node: XmlNode,
}

/// The content of the values of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlItem {
    /// The static: `PET_CONTENT`.
    pub name: Ident,
    /// What is inside.
    pub content: XmlContent,
}

/// What stands for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlNode {
    /// The kind of node.
    pub kind: ir::XmlNode,
    /// The name of an element or attribute, without prefix.
    pub name: String,
    /// The namespace of the name.
    pub namespace: Option<String>,
    /// The prefix that it is written with.
    pub prefix: Option<String>,
    /// Whether it is read under this name only.
    pub naming: XmlNaming,
    /// What it means that it is not there.
    pub absence: XmlAbsence,
    /// What is inside.
    pub content: XmlContent,
}

/// Whether an element is read under its name only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlNaming {
    /// It is.
    Exact,
    /// The document does not give the name; it is read under any.
    Any,
}

/// What it means that a node is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlAbsence {
    /// The member is absent.
    Absent,
    /// The member is `null`.
    Null,
    /// The member is a list without items, or text without characters.
    Empty,
}

/// What is inside a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum XmlContent {
    /// Any value.
    Any,
    /// Text.
    String,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// The members of an object by their names, and what other members are.
    Object(Vec<(String, XmlNode)>, Option<Box<XmlNode>>),
    /// Items, one after the other.
    List(Box<XmlNode>),
    /// Items of different kinds, one after the other.
    Tuple(Vec<XmlNode>),
    /// Just one node.
    Inner(Box<XmlNode>),
    /// The first of these that a value can be.
    OneOf(Vec<XmlContent>),
    /// The content of a type.
    Named(XmlContentId),
}

impl Xml {
    /// The root of this id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made while lowering, each for a root of its own model"
    )]
    pub fn root(&self, id: XmlRootId) -> &XmlRoot {
        &self.roots[id.0 as usize]
    }

    /// The content of this id.
    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made while lowering, each for a content of its own model"
    )]
    pub fn content(&self, id: XmlContentId) -> &XmlItem {
        &self.contents[id.0 as usize]
    }
}
