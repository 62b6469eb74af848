//! XML: values as elements, attributes and text, and back.
//!
//! Types know nothing of XML. A [`Node`] says where and under which name a value stands, and its [`Content`] what is
//! inside; generated code has a table of them. Between a type and XML there is the JSON value of the type, so XML means
//! what JSON means, and errors name the same places.

mod decode;
mod element;
mod encode;
mod error;
mod macros;
mod node;
mod parse;
mod print;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec;
pub use error::{XmlError, XmlErrorKind};
#[allow(unused_imports, reason = "only generated code uses it")]
pub(crate) use macros::xml;
pub use node::{Content, Node, attribute, cdata, element, text, within};

/// How deep elements may stand in each other.
const MAX_DEPTH: usize = 128;

/// The namespace of `xsi:nil`.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The namespace of `xmlns` and `xmlns:prefix`, the attributes that declare namespaces.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// How much of what is not there is forgiven.
#[allow(dead_code, reason = "a client reads in one way, a server in the other")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A number or boolean without text is not there, and a list that has to be there is empty where its element is not.
    Open,
    /// Such values are refused.
    Closed,
}

/// Reads a value from an XML document.
///
/// Document types are refused, so there are no entities but the five of XML itself.
pub fn from_xml<T: DeserializeOwned>(
    root: &Node,
    document: &[u8],
    reading: Reading,
) -> Result<T, XmlError> {
    let found = parse::parse(document)?;
    let value = decode::decode(root, &found, reading)?;
    let json = codec::to_json(&value).map_err(|error| XmlError::data(&error))?;
    codec::from_json(&json).map_err(|error| XmlError::data(&error))
}

/// Writes a value as an XML document.
pub fn to_xml<T: Serialize + ?Sized>(root: &Node, value: &T) -> Result<String, XmlError> {
    let value =
        serde_json::to_value(value).map_err(|error| XmlError::new("", error.to_string()))?;
    print::print(&encode::encode(root, &value)?)
}

#[cfg(test)]
mod tests;
