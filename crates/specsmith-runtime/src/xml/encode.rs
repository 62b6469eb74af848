//! A value to the tree of elements that stands for it.

use serde_json::{Map, Value};

use super::decode::TEXT;
use super::element::{Child, Element, Name};
use super::node::{Content, Kind, Node, element};
use super::{MAX_DEPTH, XmlError};

/// What items and members are of which nothing is known.
static ANY: Node = element("item", &Content::Any);

/// The document of a value.
pub(super) fn encode(root: &Node, value: &Value) -> Result<Element, XmlError> {
    let mut document = Element::new(Name::of(root, root.name));
    fill(root.content, value, &mut document, 0)?;
    Ok(document)
}

/// Adds what stands for a value to the element around it.
fn put(
    node: &Node,
    name: &str,
    value: &Value,
    around: &mut Element,
    depth: usize,
) -> Result<(), XmlError> {
    match node.kind {
        Kind::None => fill(node.content, value, around, depth)?,
        Kind::Element => {
            let mut element = Element::new(Name::of(node, name));
            fill(node.content, value, &mut element, depth + 1)?;
            around.children.push(Child::Element(element));
        }
        Kind::Attribute => {
            if let Some(text) = text_of(value)? {
                around.attributes.push((Name::of(node, name), text));
            }
        }
        Kind::Text => around.children.extend(text_of(value)?.map(Child::Text)),
        Kind::Cdata => around.children.extend(text_of(value)?.map(Child::Cdata)),
    }
    Ok(())
}

/// Puts a value into an element. What the table does not foresee stands there by the names of members.
fn fill(
    content: &Content,
    value: &Value,
    element: &mut Element,
    depth: usize,
) -> Result<(), XmlError> {
    if depth > MAX_DEPTH {
        let message = format!("more than {MAX_DEPTH} elements would stand in each other");
        return Err(XmlError::new("", message));
    }
    match (content, value) {
        (Content::OneOf(contents), value) => {
            let content = contents.iter().find(|content| fits(content, value));
            fill(content.unwrap_or(&&Content::Any), value, element, depth)
        }
        (Content::Inner(node), value) => put(node, node.name, value, element, depth),
        (_, Value::Null) => {
            element.attributes.push((Name::nil(), "true".to_owned()));
            Ok(())
        }
        (Content::Object(fields), Value::Object(members)) => {
            object(fields, &ANY, members, element, depth)
        }
        (Content::Map(fields, rest), Value::Object(members)) => {
            object(fields, rest, members, element, depth)
        }
        (Content::List(item), Value::Array(items)) => items
            .iter()
            .try_for_each(|value| put(item, item.name, value, element, depth)),
        (Content::Tuple(nodes), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                let node = nodes.get(index).unwrap_or(&ANY);
                put(node, node.name, value, element, depth)?;
            }
            Ok(())
        }
        (_, Value::Object(members)) => object(&[], &ANY, members, element, depth),
        (_, Value::Array(items)) => items
            .iter()
            .try_for_each(|value| put(&ANY, ANY.name, value, element, depth)),
        (_, scalar) => {
            element.children.extend(text_of(scalar)?.map(Child::Text));
            Ok(())
        }
    }
}

/// Puts members into an element, in the order of the table.
fn object(
    fields: &[(&str, Node)],
    rest: &Node,
    members: &Map<String, Value>,
    element: &mut Element,
    depth: usize,
) -> Result<(), XmlError> {
    for (name, node) in fields {
        if let Some(value) = members.get(*name) {
            put(node, node.name, value, element, depth)?;
        }
    }
    let is_known = |name: &str| fields.iter().any(|(known, _)| *known == name);
    for (name, value) in members.iter().filter(|(name, _)| !is_known(name)) {
        match (value, rest.content) {
            (value, Content::Any) if name == TEXT => {
                element.children.extend(text_of(value)?.map(Child::Text));
            }
            (Value::Array(items), Content::Any) => {
                for value in items {
                    put(rest, name, value, element, depth)?;
                }
            }
            (value, _) => put(rest, name, value, element, depth)?,
        }
    }
    Ok(())
}

/// Whether a value is what this content says.
fn fits(content: &Content, value: &Value) -> bool {
    match content {
        Content::Any | Content::Inner(_) => true,
        Content::String => value.is_string(),
        Content::Number => value.is_number(),
        Content::Boolean => value.is_boolean(),
        Content::Object(_) | Content::Map(..) => value.is_object(),
        Content::List(_) | Content::Tuple(_) => value.is_array(),
        Content::OneOf(contents) => contents.iter().any(|content| fits(content, value)),
    }
}

/// The text of a value where there can be nothing but text; `None` for `null`.
fn text_of(value: &Value) -> Result<Option<String>, XmlError> {
    Ok(match value {
        Value::Null => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let texts: Result<Vec<_>, _> = items.iter().map(text_of).collect();
            Some(Vec::from_iter(texts?.into_iter().flatten()).join(" "))
        }
        Value::Object(_) => {
            let message = "an object cannot stand where XML has only text";
            return Err(XmlError::new("", message));
        }
    })
}
