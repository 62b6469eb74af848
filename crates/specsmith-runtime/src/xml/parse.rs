//! The text of an XML document to a tree of elements.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{PrefixDeclaration, QName, ResolveResult};

use super::element::{Child, Element, Name};
use super::{MAX_DEPTH, XmlError};

/// Reads a document.
pub(super) fn parse(document: &[u8]) -> Result<Element, XmlError> {
    let text = decoded(document)?;
    let mut reader = NsReader::from_str(&text);
    let mut open = Open::default();
    loop {
        match reader.read_event().map_err(ill_formed)? {
            Event::Start(start) => {
                let element = element(&reader, &start)?;
                open.start(element)?;
            }
            Event::Empty(start) => {
                let element = element(&reader, &start)?;
                open.start(element)?;
                open.end()?;
            }
            Event::End(_) => open.end()?,
            Event::Text(text) => open.text(&text.xml10_content())?,
            Event::CData(text) => open.cdata(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = character(&reference)?;
                open.text(character.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(XmlError::syntax("a document type is not accepted")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return open.finish(),
        }
    }
}

/// The text of a document, which is UTF-8 unless it declares to be Latin-1.
fn decoded(document: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let document = document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document);
    match std::str::from_utf8(document) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        // The bytes of Latin-1 are the first 256 characters of Unicode.
        Err(_) if declares_latin_1(document) => {
            Ok(document.iter().copied().map(char::from).collect())
        }
        Err(_) => Err(XmlError::syntax("the document is not UTF-8")),
    }
}

fn declares_latin_1(document: &[u8]) -> bool {
    let end = document.iter().position(|byte| *byte == b'>').unwrap_or(0);
    let declaration = document.get(..end).unwrap_or_default();
    let declaration = String::from_utf8_lossy(declaration).to_ascii_lowercase();
    declaration.starts_with("<?xml") && declaration.contains("iso-8859-1")
}

/// An element without what is in it.
fn element(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, XmlError> {
    let mut element = Element::new(name(reader, start.name(), true));
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| XmlError::syntax(error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(ill_formed)?.into_owned();
        let name = match attribute.key.as_namespace_binding() {
            None => name(reader, attribute.key, false),
            Some(PrefixDeclaration::Default) => Name::declaration("xmlns"),
            Some(PrefixDeclaration::Named(prefix)) => Name::declaration(prefix),
        };
        element.attributes.push((name, value));
    }
    Ok(element)
}

/// A name in its namespace; a prefix that nothing declares means none.
fn name(reader: &NsReader<&[u8]>, name: QName<'_>, is_element: bool) -> Name {
    let prefix = name.prefix();
    let namespace = match reader.resolver().resolve_prefix(prefix, is_element) {
        ResolveResult::Bound(namespace) => Some(namespace.as_ref().to_owned()),
        ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
    };
    Name {
        local: name.local_name().as_ref().to_owned(),
        namespace,
        prefix: None,
    }
}

/// The character that a reference stands for: by its number, or one of the five of XML itself.
fn character(reference: &BytesRef<'_>) -> Result<char, XmlError> {
    if let Some(character) = reference.resolve_char_ref().map_err(ill_formed)? {
        return Ok(character);
    }
    match &**reference {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        name => Err(XmlError::syntax(format!(
            "nothing says what `&{name};` stands for"
        ))),
    }
}

fn ill_formed(error: quick_xml::Error) -> XmlError {
    XmlError::syntax(error.to_string())
}

/// The elements that are open, and the root once it is closed.
#[derive(Default)]
struct Open {
    stack: Vec<Element>,
    root: Option<Element>,
}

impl Open {
    fn start(&mut self, element: Element) -> Result<(), XmlError> {
        if self.root.is_some() {
            return Err(XmlError::syntax("a document has just one element"));
        }
        if self.stack.len() >= MAX_DEPTH {
            return Err(XmlError::syntax(format!(
                "more than {MAX_DEPTH} elements stand in each other"
            )));
        }
        self.stack.push(element);
        Ok(())
    }

    fn end(&mut self) -> Result<(), XmlError> {
        let Some(element) = self.stack.pop() else {
            return Err(XmlError::syntax("an element ends that does not begin"));
        };
        match self.stack.last_mut() {
            Some(around) => around.children.push(Child::Element(element)),
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        match self.stack.last_mut() {
            Some(element) => match element.children.last_mut() {
                Some(Child::Text(before)) => before.push_str(text),
                _ => element.children.push(Child::Text(text.to_owned())),
            },
            None if text.trim().is_empty() => {}
            None => return Err(XmlError::syntax("text stands outside of the element")),
        }
        Ok(())
    }

    fn cdata(&mut self, text: &str) -> Result<(), XmlError> {
        match self.stack.last_mut() {
            Some(element) => element.children.push(Child::Cdata(text.to_owned())),
            None => return Err(XmlError::syntax("text stands outside of the element")),
        }
        Ok(())
    }

    fn finish(self) -> Result<Element, XmlError> {
        if !self.stack.is_empty() {
            return Err(XmlError::syntax("the document ends inside an element"));
        }
        self.root
            .ok_or_else(|| XmlError::syntax("the document has no element"))
    }
}
