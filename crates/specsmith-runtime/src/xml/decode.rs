//! A tree of elements to the value that it stands for.

use serde_json::{Map, Number, Value};

use super::element::{Child, Element};
use super::node::{Absence, Content, Kind, Naming, Node};
use super::{MAX_DEPTH, Reading, XmlError};

/// The member that the text of an element is, which has attributes or elements that nothing is known of.
pub(super) const TEXT: &str = "$text";

/// The value of a document.
pub(super) fn decode(root: &Node, document: &Element, reading: Reading) -> Result<Value, XmlError> {
    if root.naming == Naming::Exact && !document.name.is_of(root) {
        let (found, expected) = (&document.name.local, root.name);
        let message = match found == expected {
            true => format!("the root element `{expected}` is of another namespace"),
            false => format!("expected the root element `{expected}`, found `{found}`"),
        };
        return Err(XmlError::new("", message));
    }
    let mut decoder = Decoder {
        reading,
        pointer: Vec::new(),
        around: Vec::new(),
    };
    let value = decoder.of_element(root.content, document)?;
    Ok(value.unwrap_or(Value::Null))
}

/// Where reading is.
struct Decoder<'t> {
    reading: Reading,
    /// The way to the value.
    pointer: Vec<String>,
    /// The members of the objects that stand in the same element.
    around: Vec<&'t [(&'static str, Node)]>,
}

impl<'t> Decoder<'t> {
    fn error(&self, message: impl Into<String>) -> XmlError {
        let pointer = self.pointer.iter().map(|step| {
            let step = step.replace('~', "~0").replace('/', "~1");
            format!("/{step}")
        });
        XmlError::new(pointer.collect::<String>(), message)
    }

    fn is_closed(&self) -> bool {
        self.reading == Reading::Closed
    }

    /// Reads what is a step further; recursion ends here.
    fn inside<T>(
        &mut self,
        step: String,
        read: impl FnOnce(&mut Self) -> Result<T, XmlError>,
    ) -> Result<T, XmlError> {
        // A step takes at most an element and what stands for it without a node of its own.
        if self.pointer.len() >= 2 * MAX_DEPTH {
            return Err(self.error("too many values stand in each other"));
        }
        self.pointer.push(step);
        let value = read(self)?;
        self.pointer.pop();
        Ok(value)
    }

    /// The value of an element.
    fn of_element(
        &mut self,
        content: &'t Content,
        element: &Element,
    ) -> Result<Option<Value>, XmlError> {
        if element.is_nil() {
            return Ok(Some(Value::Null));
        }
        let around = std::mem::take(&mut self.around);
        let value = self.of_content(content, element, Wrapped::Alone)?;
        self.around = around;
        Ok(value)
    }

    /// The value of what stands in an element.
    fn of_content(
        &mut self,
        content: &'t Content,
        element: &Element,
        wrapped: Wrapped,
    ) -> Result<Option<Value>, XmlError> {
        match content {
            Content::Any => Ok(Some(any(element))),
            Content::String | Content::Number | Content::Boolean => {
                let text = element.text();
                let is_empty = text.is_none() && wrapped == Wrapped::Beside;
                let found = self.scalar(content, &text.unwrap_or_default());
                Ok(found.filter(|_| !is_empty))
            }
            Content::Object(fields) => self.object(fields, None, element, wrapped),
            Content::Map(fields, rest) => self.object(fields, Some(rest), element, wrapped),
            Content::List(item) => self.list(item, element, wrapped),
            Content::Tuple(items) => self.tuple(items, element).map(Some),
            Content::Inner(node) => self.member(node, element),
            Content::OneOf(contents) => {
                let fits = |content: &&&Content| fits(content, element);
                let content = contents.iter().find(fits).or(contents.last());
                match content {
                    Some(content) => self.of_content(content, element, wrapped),
                    None => Ok(Some(any(element))),
                }
            }
        }
    }

    /// The value of a node in an element; `None` where it is not there.
    fn member(&mut self, node: &'t Node, element: &Element) -> Result<Option<Value>, XmlError> {
        let found = match node.kind {
            Kind::Attribute => self.attribute(node, element),
            Kind::Text | Kind::Cdata => {
                let text = element.text();
                text.and_then(|text| scalar(node.content, &text))
            }
            Kind::None => self.of_content(node.content, element, Wrapped::Beside)?,
            Kind::Element => {
                let mut found = element.elements().filter(|found| found.name.is_of(node));
                let first = found.next();
                if found.next().is_some() {
                    return Err(
                        self.error(format!("expected one element `{}`, found more", node.name))
                    );
                }
                match first {
                    Some(found) => self.of_element(node.content, found)?,
                    None => None,
                }
            }
        };
        Ok(found.or_else(|| match (node.absence, node.content) {
            (Absence::Absent, _) => None,
            (Absence::Null, _) => Some(Value::Null),
            // Its element tells a list without items from one that is not there.
            (Absence::Empty, _) if node.kind == Kind::Element && self.is_closed() => None,
            (Absence::Empty, Content::List(_) | Content::Tuple(_)) => {
                Some(Value::Array(Vec::new()))
            }
            (Absence::Empty, _) => Some(Value::String(String::new())),
        }))
    }

    fn attribute(&mut self, node: &Node, element: &Element) -> Option<Value> {
        let mut attributes = element.attributes.iter();
        let (_, value) = attributes.find(|(name, _)| name.is_of(node))?;
        match node.content {
            Content::List(item) => {
                let items = value.split_ascii_whitespace();
                Some(
                    items
                        .filter_map(|text| scalar(item.content, text))
                        .collect(),
                )
            }
            content => self.scalar(content, value),
        }
    }

    /// The value of text that is there, which may be empty.
    fn scalar(&self, content: &Content, text: &str) -> Option<Value> {
        scalar(content, text).or_else(|| self.is_closed().then(|| text.into()))
    }

    fn object(
        &mut self,
        fields: &'t [(&'static str, Node)],
        rest: Option<&'t Node>,
        element: &Element,
        wrapped: Wrapped,
    ) -> Result<Option<Value>, XmlError> {
        // What stands in itself without an element of its own is the outer one; else this would go on forever.
        let is_around = |known: &&[_]| std::ptr::eq(*known, fields) && !fields.is_empty();
        if wrapped == Wrapped::Beside && self.around.iter().any(is_around) {
            return Ok(None);
        }
        let mut members = Map::new();
        self.around.push(fields);
        for (name, node) in fields {
            let value = self.inside((*name).to_owned(), |this| this.member(node, element))?;
            if let Some(value) = value {
                members.insert((*name).to_owned(), value);
            }
        }
        if let Some(rest) = rest {
            let around = self.around.clone();
            let known = around.into_iter().flatten();
            let is_known = |found: &&Element| known.clone().any(|(_, node)| is_for(node, found));
            let others = element.elements().filter(|found| !is_known(found));
            for found in others {
                let name = &found.name.local;
                let value =
                    self.inside(name.clone(), |this| this.of_element(rest.content, found))?;
                if let Some(value) = value {
                    add(&mut members, name, value);
                }
            }
        }
        self.around.pop();
        if wrapped == Wrapped::Alone
            && !element.has_structure()
            && !fields.iter().any(|(_, node)| reads_text(node))
            && let Some(text) = element.text().filter(|text| !text.trim().is_empty())
        {
            // Text where members should be stays text, which the type refuses.
            return Ok(Some(text.into()));
        }
        let is_there = wrapped == Wrapped::Alone || !members.is_empty();
        Ok(is_there.then_some(Value::Object(members)))
    }

    fn list(
        &mut self,
        item: &'t Node,
        element: &Element,
        wrapped: Wrapped,
    ) -> Result<Option<Value>, XmlError> {
        let mut items = Vec::new();
        match (item.kind, item.content) {
            // What holds nothing but items need not name them as the document does.
            (Kind::Element, content) => {
                let is_item =
                    |found: &&Element| wrapped == Wrapped::Alone || found.name.is_of(item);
                for found in element.elements().filter(is_item) {
                    let step = items.len().to_string();
                    let value = self.inside(step, |this| this.of_element(content, found))?;
                    items.push(value.unwrap_or(Value::Null));
                }
            }
            (Kind::None, Content::Inner(inner)) => return self.list(inner, element, wrapped),
            (Kind::None, content) if !is_scalar(content) => {
                let inner = self.inside("0".to_owned(), |this| this.member(item, element))?;
                items.extend(inner);
            }
            (Kind::Text | Kind::Cdata | Kind::None | Kind::Attribute, content) => {
                let text = element.text();
                items.extend(text.and_then(|text| scalar(content, &text)));
            }
        }
        let is_there = wrapped == Wrapped::Alone || !items.is_empty();
        Ok(is_there.then_some(Value::Array(items)))
    }

    /// Each item is the next child that it can be.
    fn tuple(&mut self, items: &'t [Node], element: &Element) -> Result<Value, XmlError> {
        let has_elements = element.elements().next().is_some();
        let is_space = |child: &Child| match child {
            Child::Text(text) => has_elements && text.trim().is_empty(),
            _ => false,
        };
        let mut children = element
            .children
            .iter()
            .filter(|child| !is_space(child))
            .peekable();
        let mut values = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let value = match (item.kind, children.peek()) {
                (Kind::Attribute, _) => self.attribute(item, element),
                (_, Some(Child::Element(found))) if found.name.is_of(item) => {
                    children.next();
                    self.inside(index.to_string(), |this| {
                        this.of_element(item.content, found)
                    })?
                }
                (Kind::Text | Kind::Cdata, Some(Child::Text(text) | Child::Cdata(text))) => {
                    children.next();
                    scalar(item.content, text)
                }
                _ => None,
            };
            values.push(value.or((item.absence == Absence::Null).then_some(Value::Null)));
        }
        while values.last().is_some_and(Option::is_none) {
            values.pop();
        }
        let values = values.into_iter().map(Option::unwrap_or_default);
        Ok(values.collect())
    }
}

/// Whether something has an element of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrapped {
    /// The element is there for it alone.
    Alone,
    /// It stands beside others.
    Beside,
}

/// Whether a node reads an element.
fn is_for(node: &Node, found: &Element) -> bool {
    match (node.kind, node.content) {
        (Kind::Element, _) => found.name.is_of(node),
        (Kind::None, Content::List(item) | Content::Inner(item)) => is_for(item, found),
        (Kind::None, Content::Object(fields)) => fields.iter().any(|(_, node)| {
            // One level is enough: what is deeper stands in an element.
            node.kind == Kind::Element && found.name.is_of(node)
        }),
        _ => false,
    }
}

/// Whether a node may read the text of the element around it.
fn reads_text(node: &Node) -> bool {
    match (node.kind, node.content) {
        (Kind::Element | Kind::Attribute, _) => false,
        (Kind::None, Content::List(item)) => item.kind != Kind::Element,
        (Kind::Text | Kind::Cdata | Kind::None, _) => true,
    }
}

/// Whether a value of this content is text.
fn is_scalar(content: &Content) -> bool {
    match content {
        Content::Any | Content::String | Content::Number | Content::Boolean => true,
        Content::OneOf(contents) => contents.iter().all(|content| is_scalar(content)),
        _ => false,
    }
}

/// Whether what stands in an element can be this content.
fn fits(content: &Content, element: &Element) -> bool {
    match content {
        Content::String => !element.has_structure(),
        Content::Number | Content::Boolean => {
            let text = element.text().unwrap_or_default();
            let value = scalar(content, &text);
            !element.has_structure() && value.is_some_and(|value| !value.is_string())
        }
        Content::Any => true,
        _ => element.has_structure(),
    }
}

/// The value of text. Text that is no number or boolean stays text, which the type refuses; without any it is nothing.
fn scalar(content: &Content, text: &str) -> Option<Value> {
    let trimmed = text.trim();
    match content {
        Content::Number | Content::Boolean if trimmed.is_empty() => None,
        Content::Number => Some(number(trimmed).map_or_else(|| text.into(), Value::Number)),
        Content::Boolean => Some(match trimmed {
            "true" | "1" => true.into(),
            "false" | "0" => false.into(),
            _ => text.into(),
        }),
        Content::OneOf(contents) => {
            let mut found = contents.iter().filter_map(|content| {
                let value = scalar(content, text)?;
                Some((matches!(content, Content::String), value))
            });
            let fitting = found.find(|(is_string, value)| *is_string || !value.is_string());
            Some(fitting.map_or_else(|| text.into(), |(_, value)| value))
        }
        _ => Some(text.into()),
    }
}

/// A number as XML Schema allows it to be written, which is more than JSON does.
fn number(text: &str) -> Option<Number> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let zero = match digits.starts_with(|c: char| c.is_ascii_digit()) {
        true => "",
        false => "0",
    };
    let digits = match digits.strip_suffix('.') {
        Some(whole) if zero.is_empty() || text.len() > 1 => whole,
        _ => digits,
    };
    format!("{sign}{zero}{digits}").parse().ok()
}

/// The value of an element that nothing is known of: text, or its attributes and elements by their names.
fn any(element: &Element) -> Value {
    if element.is_nil() {
        return Value::Null;
    }
    let text = element.text();
    if !element.has_structure() {
        return Value::String(text.unwrap_or_default());
    }
    let mut members = Map::new();
    for (name, value) in element.data_attributes() {
        add(&mut members, &name.local, value.as_str().into());
    }
    for found in element.elements() {
        add(&mut members, &found.name.local, any(found));
    }
    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
        add(&mut members, TEXT, text.into());
    }
    Value::Object(members)
}

/// Adds a member; of several with one name, a list is made.
fn add(members: &mut Map<String, Value>, name: &str, value: Value) {
    match members.get_mut(name) {
        None => drop(members.insert(name.to_owned(), value)),
        Some(Value::Array(items)) => items.push(value),
        Some(first) => {
            let first_value = first.take();
            *first = Value::Array(vec![first_value, value]);
        }
    }
}
