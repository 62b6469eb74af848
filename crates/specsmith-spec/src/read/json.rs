//! JSON (RFC 8259) to the tree; no recursion, so the depth of a text is only a number.

mod error;
mod string;

use specsmith_ir::Number;

use super::tree::{Container, Fatal, Tree};
use crate::{Document, NodeId};

/// A position in a JSON text.
pub(super) struct Reader<'t, 'd> {
    text: &'t str,
    at: usize,
    tree: Tree<'d>,
}

/// Reads a JSON text; returns its document.
pub(super) fn read(text: &str, tree: Tree<'_>) -> Result<Document, Fatal> {
    let mut reader = Reader { text, at: 0, tree };
    reader.values()?;
    reader.space();
    if reader.peek().is_some() {
        return Err(reader.expected("the end of the file"));
    }
    match reader.tree.root() {
        Some(root) => Ok(reader.tree.builder.finish(root)),
        None => Err(reader.expected("a value")),
    }
}

impl Reader<'_, '_> {
    /// Reads one value with all that is in it.
    fn values(&mut self) -> Result<(), Fatal> {
        loop {
            self.space();
            let opened = match self.peek() {
                Some(b'{') => self.open(Container::Object)?,
                Some(b'[') => self.open(Container::Array)?,
                _ => {
                    self.scalar()?;
                    false
                }
            };
            if !opened && !self.behind_value()? {
                return Ok(());
            }
        }
    }

    /// Opens a container; returns whether a value follows, which it does not in `{}` and `[]`.
    fn open(&mut self, container: Container) -> Result<bool, Fatal> {
        self.tree.open(container, self.at)?;
        self.at += 1;
        self.space();
        if self.peek() == Some(closing(container)) {
            self.close()?;
            return Ok(false);
        }
        if container == Container::Object {
            self.key("a key or `}`")?;
        }
        Ok(true)
    }

    /// Goes on behind a value: closes what ends here; returns whether another value follows.
    fn behind_value(&mut self) -> Result<bool, Fatal> {
        while let Some(open) = self.tree.innermost() {
            self.space();
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    self.space();
                    if open.container == Container::Object {
                        self.key("a key")?;
                    }
                    return Ok(true);
                }
                Some(byte) if byte == closing(open.container) => self.close()?,
                _ => return Err(self.unfinished(open)),
            }
        }
        Ok(false)
    }

    fn close(&mut self) -> Result<(), Fatal> {
        self.at += 1;
        match self.tree.close(self.at) {
            Some(node) => self.tree.value(node),
            None => Ok(()),
        }
    }

    /// Reads a key and the colon behind it.
    fn key(&mut self, expected: &str) -> Result<(), Fatal> {
        if self.peek() != Some(b'"') {
            return Err(self.expected(expected));
        }
        let start = self.at;
        let name = self.string()?;
        let location = self.tree.location(start, self.at);
        self.tree.key(name, location);
        self.space();
        if self.peek() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(())
    }

    fn scalar(&mut self) -> Result<(), Fatal> {
        let start = self.at;
        let node = match self.peek() {
            Some(b'"') => {
                let text = self.string()?;
                self.tree.builder.string(self.tree.location(start, self.at), text)
            }
            Some(b'-' | b'0'..=b'9') => {
                let number = self.number()?;
                self.tree.builder.number(self.tree.location(start, self.at), number)
            }
            _ => self.word()?,
        };
        self.tree.value(node)
    }

    fn number(&mut self) -> Result<Number, Fatal> {
        let start = self.at;
        let length = self
            .rest()
            .iter()
            .position(|byte| !matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        self.at = length.map_or(self.text.len(), |length| start + length);
        let text = self.text.get(start..self.at).unwrap_or_default();
        Number::new(text).ok_or_else(|| self.bad_number(start))
    }

    fn word(&mut self) -> Result<NodeId, Fatal> {
        let start = self.at;
        let length = self.rest().iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let location = self.tree.location(start, start + length);
        let node = match self.text.get(start..start + length) {
            Some("null") => self.tree.builder.null(location),
            Some("true") => self.tree.builder.boolean(location, true),
            Some("false") => self.tree.builder.boolean(location, false),
            _ => return Err(self.expected("a value")),
        };
        self.at += length;
        Ok(node)
    }

    fn space(&mut self) {
        let rest = self.rest();
        let length = rest
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
            .unwrap_or(rest.len());
        self.at += length;
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

fn closing(container: Container) -> u8 {
    match container {
        Container::Array => b']',
        Container::Object => b'}',
    }
}
