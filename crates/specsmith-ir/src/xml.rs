//! How values stand in XML.

/// What a schema says about its values in XML.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Xml {
    /// The node that stands for a value, where the schema says it.
    pub node: Option<XmlNode>,
    /// The name of the element or attribute, as written.
    pub name: Option<String>,
    /// The namespace of the name.
    pub namespace: Option<String>,
    /// The prefix that the name is written with.
    pub prefix: Option<String>,
}

/// The kind of node that stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum XmlNode {
    /// An element.
    Element,
    /// An attribute of the element around it.
    Attribute,
    /// Text in the element around it.
    Text,
    /// A CDATA section in the element around it.
    Cdata,
    /// None: what is inside stands directly in the element around it.
    None,
}

/// Where elements get their names from that no schema names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum XmlNames {
    /// From the property, also where its schema is a named one.
    #[default]
    Properties,
    /// From the named schema where there is one, else from the property.
    Schemas,
}

impl Xml {
    /// Takes over from another schema what this one leaves open.
    pub fn or(mut self, other: &Xml) -> Xml {
        self.node = self.node.or(other.node);
        self.name = self.name.or_else(|| other.name.clone());
        if self.namespace.is_none() && self.prefix.is_none() {
            self.namespace.clone_from(&other.namespace);
            self.prefix.clone_from(&other.prefix);
        }
        self
    }
}
