//! Links: the values that a call takes from the response of another one.

use http::HeaderMap;
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::Value;

use super::style::percent_decode;
use super::{RawResponse, Response};

/// Where the values of a follow-up call are from.
#[derive(Debug, Clone, Copy)]
pub struct Link<'r>(&'r RawResponse);

/// A value of a follow-up call, which may not be there.
///
/// Writing one that is not there is an error, so that the call ends with it and sends nothing.
#[derive(Debug, Clone)]
pub struct LinkValue {
    value: Option<Value>,
    place: String,
    is_optional: bool,
}

/// The link from a response.
pub fn of<T>(response: &Response<T>) -> Link<'_> {
    Link(response.raw())
}

/// A value that the document gives, as JSON.
pub fn constant(json: &str) -> LinkValue {
    LinkValue::new(serde_json::from_str(json).ok(), "no value".to_owned())
}

/// A text of these values, one after the other; it is not there where one of them is not.
pub fn text<const N: usize>(parts: [LinkValue; N]) -> LinkValue {
    let mut text = String::new();
    for part in parts {
        match part.value {
            Some(Value::String(part)) => text.push_str(&part),
            Some(part) => text.push_str(&part.to_string()),
            None => return part,
        }
    }
    LinkValue::from(&*text)
}

impl From<&str> for LinkValue {
    fn from(text: &str) -> Self {
        Self::new(Some(text.into()), String::new())
    }
}

impl Link<'_> {
    /// The status of the response.
    pub fn status(self) -> LinkValue {
        let status = self.0.status().as_u16();
        LinkValue::new(Some(status.into()), "no status".to_owned())
    }

    /// A value in the body of the response, by its JSON Pointer.
    pub fn body(self, pointer: &str) -> LinkValue {
        LinkValue::at(self.0.body(), pointer, "response")
    }

    /// A header of the response.
    pub fn header(self, name: &str) -> LinkValue {
        LinkValue::header(Some(self.0.headers()), name, "response")
    }

    /// A value in the body of the request, by its JSON Pointer.
    pub fn request_body(self, pointer: &str) -> LinkValue {
        let bytes = self.0.request().and_then(|request| request.body.as_deref());
        LinkValue::at(bytes.unwrap_or_default(), pointer, "request")
    }

    /// A header of the request.
    pub fn request_header(self, name: &str) -> LinkValue {
        let headers = self.0.request().map(|request| &request.headers);
        LinkValue::header(headers, name, "request")
    }

    /// A path parameter of the request.
    pub fn request_path(self, name: &str) -> LinkValue {
        let text = self
            .0
            .request()
            .and_then(|request| request.path_value(name));
        let place = format!("the request has no path parameter `{name}`");
        LinkValue::new(text.map(|text| percent_decode(text).into()), place)
    }

    /// A query parameter of the request.
    pub fn request_query(self, name: &str) -> LinkValue {
        let pair = self
            .0
            .request()
            .and_then(|request| request.query_pair(name));
        let text = pair.and_then(|pair| pair.split_once('=').map(|(_, text)| text));
        let place = format!("the request has no query parameter `{name}`");
        LinkValue::new(text.map(|text| percent_decode(text).into()), place)
    }
}

impl LinkValue {
    fn new(value: Option<Value>, place: String) -> Self {
        Self {
            value: value.filter(|value| !value.is_null()),
            place,
            is_optional: false,
        }
    }

    fn at(body: &[u8], pointer: &str, of: &str) -> Self {
        let body: Option<Value> = serde_json::from_slice(body).ok();
        let value = body.and_then(|body| body.pointer(pointer).cloned());
        Self::new(value, format!("the {of} has no `{pointer}` in its body"))
    }

    fn header(headers: Option<&HeaderMap>, name: &str, of: &str) -> Self {
        let value = headers.and_then(|headers| headers.get(name)?.to_str().ok());
        Self::new(
            value.map(Value::from),
            format!("the {of} has no header `{name}`"),
        )
    }

    /// Lets it be left out where it is not there.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }
}

impl Serialize for LinkValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Some(value) => value.serialize(serializer),
            None if self.is_optional => serializer.serialize_none(),
            None => Err(S::Error::custom(&self.place)),
        }
    }
}
