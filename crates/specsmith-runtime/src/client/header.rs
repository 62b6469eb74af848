//! The typed headers of responses, read.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub use super::super::header::Header;

use super::super::header::HeaderFormat;
use super::{RawResponse, Response};

/// The value of a header that is not what the document says. It does not hold the value, which can be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
    message: String,
}

impl RawResponse {
    /// The value of a header; `None` where the response does not have it.
    ///
    /// # Errors
    /// When the value is not of the type that the document says.
    pub fn read_header<H: DeserializeOwned>(
        &self,
        header: Header<H>,
    ) -> Result<Option<H>, HeaderError> {
        let refuse = |message: String| HeaderError {
            name: header.name(),
            message,
        };
        let mut texts = Vec::new();
        for value in self.headers().get_all(header.name()) {
            let text = std::str::from_utf8(value.as_bytes());
            texts.push(text.map_err(|_| refuse("it is no text".to_owned()))?);
        }
        let (Some(first), format) = (texts.first(), header.format()) else {
            return Ok(None);
        };
        let text = match format {
            HeaderFormat::Text | HeaderFormat::Json => (*first).to_owned(),
            HeaderFormat::List | HeaderFormat::Object | HeaderFormat::ExplodedObject => {
                texts.join(",")
            }
        };
        read(&text, format).map(Some).map_err(refuse)
    }
}

impl<T> Response<T> {
    /// The value of a header; `None` where the response does not have it.
    ///
    /// # Errors
    /// When the value is not of the type that the document says.
    pub fn read_header<H: DeserializeOwned>(
        &self,
        header: Header<H>,
    ) -> Result<Option<H>, HeaderError> {
        self.raw().read_header(header)
    }
}

/// Reads a text as what the type wants: as texts if it takes them, else as numbers and booleans.
fn read<H: DeserializeOwned>(text: &str, format: HeaderFormat) -> Result<H, String> {
    let tree = |scalar: fn(&str) -> Value| match format {
        HeaderFormat::Text => Ok(scalar(text)),
        HeaderFormat::List => Ok(Value::Array(items(text).map(scalar).collect())),
        HeaderFormat::Object | HeaderFormat::ExplodedObject => members(text, format, scalar),
        HeaderFormat::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
    };
    let value = tree(|text| Value::String(text.to_owned()))?;
    match serde_json::from_value(value) {
        Ok(value) => Ok(value),
        Err(_) => serde_json::from_value(tree(guess)?).map_err(|error| error.to_string()),
    }
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn members(text: &str, format: HeaderFormat, scalar: fn(&str) -> Value) -> Result<Value, String> {
    let mut members = Map::new();
    let mut items = items(text);
    while let Some(item) = items.next() {
        let pair = match format {
            HeaderFormat::ExplodedObject => item.split_once('='),
            _ => Some(item).zip(items.next()),
        };
        let (name, value) = pair.ok_or("a name has no value")?;
        members.insert(name.to_owned(), scalar(value));
    }
    Ok(Value::Object(members))
}

/// A number or a boolean where the text looks like one.
fn guess(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Bool(_) | Value::Number(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}

impl HeaderError {
    /// The name of the header.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What is wrong with it.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the header `{}` is not what the document says: {}",
            self.name, self.message
        )
    }
}

impl std::error::Error for HeaderError {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::collections::BTreeMap;

    use bytes::Bytes;
    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    use super::super::OperationInfo;
    use super::*;

    const INFO: &OperationInfo = &OperationInfo::new("a");

    fn response(values: &[&'static str]) -> RawResponse {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(
                HeaderName::from_static("x"),
                HeaderValue::from_static(value),
            );
        }
        RawResponse::new(INFO, StatusCode::OK, headers, Bytes::new())
    }

    fn check<T: DeserializeOwned + PartialEq + fmt::Debug>(
        header: Header<T>,
        values: &[&'static str],
        expected: Option<T>,
    ) {
        assert_eq!(response(values).read_header(header).unwrap(), expected);
    }

    #[test]
    fn values_are_read_by_their_types() {
        check(Header::<String>::new("X"), &["12"], Some("12".to_owned()));
        check(Header::<u64>::new("X"), &["12"], Some(12));
        check(Header::<bool>::new("X"), &["true"], Some(true));
        check(Header::<f64>::new("X"), &["-1.5"], Some(-1.5));
        check(Header::<u64>::new("X"), &[], None);
        let list = Header::<Vec<u64>>::new("X").list();
        check(list, &["1, 2", "3"], Some(vec![1, 2, 3]));
        let texts = Header::<Vec<String>>::new("X").list();
        check(texts, &["1,b"], Some(vec!["1".to_owned(), "b".to_owned()]));
        let rgb = BTreeMap::from([("G".to_owned(), 2), ("R".to_owned(), 1)]);
        let object = Header::<BTreeMap<String, u8>>::new("X");
        check(object.object(), &["R,1,G,2"], Some(rgb.clone()));
        check(object.exploded_object(), &["R=1,G=2"], Some(rgb.clone()));
        check(object.json(), &[r#"{"R":1,"G":2}"#], Some(rgb));
    }

    #[test]
    fn what_is_wrong_is_told_without_the_value() {
        let error = response(&["secret"])
            .read_header(Header::<u64>::new("X"))
            .unwrap_err();
        assert_eq!(error.name(), "X");
        let pairs = Header::<BTreeMap<String, u8>>::new("X").exploded_object();
        assert!(response(&["R"]).read_header(pairs).is_err());
    }
}
