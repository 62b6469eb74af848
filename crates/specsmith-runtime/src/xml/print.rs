//! A tree of elements to the text of a document.

use super::XmlError;
use super::element::{Child, Element, Name};

/// The text of a document.
pub(super) fn print(document: &Element) -> Result<String, XmlError> {
    let mut printer = Printer {
        text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(),
        bindings: vec![("xml".to_owned(), XML.to_owned())],
    };
    printer.element(document)?;
    Ok(printer.text)
}

/// The namespace of the prefix `xml`, which needs no declaration.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

struct Printer {
    text: String,
    /// The prefixes in scope with their namespaces, the inner ones last; the empty prefix is that of elements without one.
    bindings: Vec<(String, String)>,
}

impl Printer {
    fn element(&mut self, element: &Element) -> Result<(), XmlError> {
        let outer = self.bindings.len();
        let mut attributes = Vec::new();
        for (attribute, value) in &element.attributes {
            if let Some(prefix) = attribute.declared() {
                checked(&attribute.local)?;
                self.bindings.push((prefix.to_owned(), value.clone()));
            }
        }
        let name = self.element_name(&element.name)?;
        let plain = |(attribute, _): &&(Name, String)| attribute.declared().is_none();
        for (attribute, value) in element.attributes.iter().filter(plain) {
            attributes.push((self.attribute_name(attribute)?, value));
        }
        self.text.push('<');
        self.text.push_str(&name);
        let declared = self.bindings.get(outer..).unwrap_or_default().to_vec();
        for (index, (prefix, namespace)) in declared.iter().enumerate() {
            let separator = if prefix.is_empty() { "" } else { ":" };
            let name = format!("xmlns{separator}{prefix}");
            if declared
                .iter()
                .take(index)
                .any(|(other, _)| other == prefix)
            {
                let message = format!("`{name}` would stand for two namespaces");
                return Err(XmlError::new("", message));
            }
            self.attribute(&name, namespace)?;
        }
        for (name, value) in attributes {
            self.attribute(&name, value)?;
        }
        match element.children.as_slice() {
            [] => self.text.push_str("/>"),
            children => {
                self.text.push('>');
                for child in children {
                    match child {
                        Child::Element(element) => self.element(element)?,
                        Child::Text(text) => self.escaped(text, false)?,
                        Child::Cdata(text) => self.cdata(text)?,
                    }
                }
                self.text.push_str("</");
                self.text.push_str(&name);
                self.text.push('>');
            }
        }
        self.bindings.truncate(outer);
        Ok(())
    }

    /// The name of an element with its prefix, which is declared where it is not in scope.
    fn element_name(&mut self, name: &Name) -> Result<String, XmlError> {
        checked(&name.local)?;
        let prefix = match (name.prefix, &name.namespace) {
            (prefix, Some(namespace)) => {
                let prefix = prefix.unwrap_or_default();
                self.bind(prefix, namespace);
                prefix
            }
            (Some(prefix), None) if self.bound(prefix).is_some() => prefix,
            (_, None) => "",
        };
        Ok(qualified(prefix, &name.local))
    }

    /// The name of an attribute; one of a namespace needs a prefix.
    fn attribute_name(&mut self, name: &Name) -> Result<String, XmlError> {
        checked(&name.local)?;
        let prefix = match (name.prefix, &name.namespace) {
            (Some(prefix), Some(namespace)) => {
                self.bind(prefix, namespace);
                prefix.to_owned()
            }
            (None, Some(namespace)) => {
                let mut prefix = "ns".to_owned();
                while self.bound(&prefix).is_some_and(|bound| bound != namespace) {
                    prefix.push('s');
                }
                self.bind(&prefix, namespace);
                prefix
            }
            (Some(prefix), None) if self.bound(prefix).is_some() => prefix.to_owned(),
            (_, None) => String::new(),
        };
        Ok(qualified(&prefix, &name.local))
    }

    /// The namespace of a prefix.
    fn bound(&self, prefix: &str) -> Option<&str> {
        let mut bindings = self.bindings.iter().rev();
        let (_, namespace) = bindings.find(|(known, _)| known == prefix)?;
        Some(namespace)
    }

    fn bind(&mut self, prefix: &str, namespace: &str) {
        if self.bound(prefix) != Some(namespace) {
            self.bindings
                .push((prefix.to_owned(), namespace.to_owned()));
        }
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), XmlError> {
        self.text.push(' ');
        self.text.push_str(name);
        self.text.push_str("=\"");
        self.escaped(value, true)?;
        self.text.push('"');
        Ok(())
    }

    /// Text that is read as it is: no markup, and no end of a line that reading would change.
    fn escaped(&mut self, text: &str, in_attribute: bool) -> Result<(), XmlError> {
        for character in text.chars() {
            match character {
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '&' => self.text.push_str("&amp;"),
                '\r' => self.text.push_str("&#13;"),
                '"' if in_attribute => self.text.push_str("&quot;"),
                '\n' if in_attribute => self.text.push_str("&#10;"),
                '\t' if in_attribute => self.text.push_str("&#9;"),
                character if is_allowed(character) => self.text.push(character),
                character => return Err(not_allowed(character)),
            }
        }
        Ok(())
    }

    /// A CDATA section, or several where one would end too early. A carriage return needs a reference, and so is text.
    fn cdata(&mut self, text: &str) -> Result<(), XmlError> {
        if text.contains('\r') {
            return self.escaped(text, false);
        }
        if let Some(character) = text.chars().find(|character| !is_allowed(*character)) {
            return Err(not_allowed(character));
        }
        let inner = text.replace("]]>", "]]]]><![CDATA[>");
        self.text.push_str("<![CDATA[");
        self.text.push_str(&inner);
        self.text.push_str("]]>");
        Ok(())
    }
}

fn qualified(prefix: &str, local: &str) -> String {
    match prefix {
        "" => local.to_owned(),
        prefix => format!("{prefix}:{local}"),
    }
}

/// Whether XML 1.0 can hold a character.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn not_allowed(character: char) -> XmlError {
    let code = u32::from(character);
    XmlError::new(
        "",
        format!("the character U+{code:04X} cannot stand in XML"),
    )
}

/// Refuses what is no name of an element or attribute.
fn checked(name: &str) -> Result<(), XmlError> {
    let starts = |c: char| c.is_alphabetic() || c == '_';
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    match name.starts_with(starts) && name.chars().all(goes_on) {
        true => Ok(()),
        false => Err(XmlError::new(
            "",
            format!("`{name}` is no name that XML can have"),
        )),
    }
}
