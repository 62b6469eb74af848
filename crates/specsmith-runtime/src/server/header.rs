//! The typed headers of responses, set.

use std::borrow::Borrow;

use axum::http::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

pub use super::super::header::Header;

use super::super::header::HeaderFormat;
use super::context::Context;
use super::problem::Problem;

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
        let text = text(header.format(), &value).ok_or_else(Problem::internal)?;
        let name = HeaderName::from_bytes(header.name().as_bytes());
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
fn text(format: HeaderFormat, value: &Value) -> Option<String> {
    let pieces: Vec<String> = match (format, value) {
        (HeaderFormat::Json, value) => return Some(value.to_string()),
        (HeaderFormat::List, Value::Array(items)) => {
            items.iter().map(piece).collect::<Option<Vec<_>>>()?
        }
        (HeaderFormat::Object | HeaderFormat::ExplodedObject, Value::Object(members)) => {
            let between = if format == HeaderFormat::Object {
                ','
            } else {
                '='
            };
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
