//! [`Header`]: a header of responses, with the type of its value.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;

use axum::http::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::context::Context;
use super::problem::Problem;

/// A header of responses that the document names, with the type of its value.
///
/// [`Context::set_header`] sets it.
pub struct Header<T> {
    name: &'static str,
    format: Format,
    value: PhantomData<fn(&T)>,
}

/// How the value of a header is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// One text.
    Text,
    /// `a,b`
    List,
    /// `R,100,G,200`
    Object,
    /// `R=100,G=200`
    ExplodedObject,
    /// JSON.
    Json,
}

impl<T> Header<T> {
    /// A header whose value is one text.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            format: Format::Text,
            value: PhantomData,
        }
    }

    /// The same header with a list: `a,b`.
    #[must_use]
    pub const fn list(self) -> Self {
        self.formatted(Format::List)
    }

    /// The same header with an object: `R,100,G,200`.
    #[must_use]
    pub const fn object(self) -> Self {
        self.formatted(Format::Object)
    }

    /// The same header with an object: `R=100,G=200`.
    #[must_use]
    pub const fn exploded_object(self) -> Self {
        self.formatted(Format::ExplodedObject)
    }

    /// The same header with JSON.
    #[must_use]
    pub const fn json(self) -> Self {
        self.formatted(Format::Json)
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    const fn formatted(mut self, format: Format) -> Self {
        self.format = format;
        self
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}

impl<C> Context<C> {
    /// Sets a header of the response, whatever it will be; null sets none.
    ///
    /// # Errors
    /// A problem of status 500 where the value cannot be written: it has a line break, or what stands between items.
    pub fn set_header<T: Serialize>(
        &self,
        header: Header<T>,
        value: impl Borrow<T>,
    ) -> Result<(), Problem> {
        let value = serde_json::to_value(value.borrow()).map_err(|_| Problem::internal())?;
        if value.is_null() {
            return Ok(());
        }
        let text = text(header.format, &value).ok_or_else(Problem::internal)?;
        let name = HeaderName::from_bytes(header.name.as_bytes());
        let value = HeaderValue::from_bytes(text.as_bytes());
        match (name, value) {
            (Ok(name), Ok(value)) => {
                self.replace_header(name, value);
                Ok(())
            }
            _ => Err(Problem::internal()),
        }
    }
}

/// A value as the text of a header; `None` where it would be read as another one.
fn text(format: Format, value: &Value) -> Option<String> {
    let pieces: Vec<String> = match (format, value) {
        (Format::Json, value) => return Some(value.to_string()),
        (Format::List, Value::Array(items)) => {
            items.iter().map(piece).collect::<Option<Vec<_>>>()?
        }
        (Format::Object | Format::ExplodedObject, Value::Object(members)) => {
            let between = if format == Format::Object { ',' } else { '=' };
            let pairs = members.iter().map(|(name, value)| {
                let is_plain = !name.contains([',', '=']);
                Some(format!(
                    "{name}{between}{}",
                    piece(value).filter(|_| is_plain)?
                ))
            });
            pairs.collect::<Option<Vec<_>>>()?
        }
        (_, value) => return Some(plain(value)),
    };
    Some(pieces.join(","))
}

/// One of several values in a text.
fn piece(value: &Value) -> Option<String> {
    let text = plain(value);
    (!text.contains(',') && text.trim() == text).then_some(text)
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
