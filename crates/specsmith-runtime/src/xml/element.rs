//! [`Element`]: an XML document as a tree.

use super::node::{Kind, Node};
use super::{XMLNS, XSI};

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    pub(super) children: Vec<Child>,
}

/// The name of an element or attribute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) local: String,
    pub(super) namespace: Option<String>,
    /// The prefix that it is to be written with.
    pub(super) prefix: Option<&'static str>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Child {
    Element(Element),
    Text(String),
    Cdata(String),
}

impl Name {
    /// The name that a node gives.
    pub(super) fn of(node: &Node, local: &str) -> Self {
        Self {
            local: local.to_owned(),
            namespace: node.namespace.map(str::to_owned),
            prefix: node.prefix,
        }
    }

    /// Of `xmlns` as such, or of the prefix that is declared by `xmlns:prefix`.
    pub(super) fn declaration(local: &str) -> Self {
        Self {
            local: local.to_owned(),
            namespace: Some(XMLNS.to_owned()),
            prefix: None,
        }
    }

    /// Whether it is the name of a node: where the document declares a namespace, that counts too.
    pub(super) fn is_of(&self, node: &Node) -> bool {
        let declares = matches!(node.kind, Kind::Attribute)
            .then(|| declares(node.prefix, node.name))
            .flatten();
        self.local == node.name
            && match node.namespace.or(declares) {
                Some(namespace) => self.namespace.as_deref() == Some(namespace),
                None => self.namespace.as_deref() != Some(XMLNS),
            }
    }

    /// The prefix that the attribute declares, which is empty for the namespace of elements without one.
    pub(super) fn declared(&self) -> Option<&str> {
        declares(self.prefix, &self.local)?;
        Some(self.prefix.map_or("", |_| &self.local))
    }

    /// `xsi:nil`
    pub(super) fn nil() -> Self {
        Self {
            local: "nil".to_owned(),
            namespace: Some(XSI.to_owned()),
            prefix: Some("xsi"),
        }
    }
}

/// The namespace of `xmlns` and `xmlns:prefix`.
fn declares(prefix: Option<&str>, local: &str) -> Option<&'static str> {
    matches!((prefix, local), (None, "xmlns") | (Some("xmlns"), _)).then_some(XMLNS)
}

impl Element {
    /// An element with nothing in it.
    pub(super) fn new(name: Name) -> Self {
        Self {
            name,
            ..Self::default()
        }
    }

    /// The elements directly in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) | Child::Cdata(_) => None,
        })
    }

    /// The attributes but `xsi:nil` and others that are about the document and not its data.
    pub(super) fn data_attributes(&self) -> impl Iterator<Item = &(Name, String)> {
        let is_data =
            |(name, _): &&(Name, String)| !matches!(name.namespace.as_deref(), Some(XSI | XMLNS));
        self.attributes.iter().filter(is_data)
    }

    /// Whether it says that it is `null`.
    pub(super) fn is_nil(&self) -> bool {
        let mut attributes = self.attributes.iter();
        attributes.any(|(name, value)| {
            name.local == "nil"
                && name.namespace.as_deref() == Some(XSI)
                && matches!(value.trim(), "true" | "1")
        })
    }

    /// Whether anything but text is in it.
    pub(super) fn has_structure(&self) -> bool {
        self.elements().next().is_some() || self.data_attributes().next().is_some()
    }

    /// The text directly in it; `None` where there is none.
    ///
    /// Space that is only there to show elements and CDATA sections on lines of their own does not count.
    pub(super) fn text(&self) -> Option<String> {
        let is_text = |child: &Child| matches!(child, Child::Text(_));
        if self.children.iter().all(is_text) {
            return self.pieces().next().map(|_| self.pieces().collect());
        }
        let has_elements = self.elements().next().is_some();
        let mut joined: Option<String> = None;
        for child in &self.children {
            let piece = match child {
                Child::Text(text) if text.trim().is_empty() => continue,
                Child::Text(text) if has_elements => text.trim(),
                Child::Text(text) | Child::Cdata(text) => text,
                Child::Element(_) => continue,
            };
            joined.get_or_insert_default().push_str(piece);
        }
        joined
    }

    /// The texts directly in it.
    fn pieces(&self) -> impl Iterator<Item = &str> {
        self.children.iter().filter_map(|child| match child {
            Child::Text(text) | Child::Cdata(text) => Some(&**text),
            Child::Element(_) => None,
        })
    }
}
