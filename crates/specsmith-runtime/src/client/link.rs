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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use http::{HeaderValue, StatusCode};
    use serde_json::json;

    use super::super::{OperationInfo, Parts};
    use super::*;

    const INFO: OperationInfo = OperationInfo::new("getThing").keeps_request();

    fn response(request: &Parts) -> Response<()> {
        let mut headers = HeaderMap::new();
        headers.insert("x-next", HeaderValue::from_static("7"));
        let body = br#"{"id": 1, "owner": {"name": "a/b"}, "none": null}"#;
        let raw = RawResponse::new(&INFO, StatusCode::CREATED, headers, body[..].into());
        Response::new(raw.answers(request), ())
    }

    fn written(value: LinkValue) -> Result<Value, String> {
        serde_json::to_value(value).map_err(|error| error.to_string())
    }

    #[test]
    fn values_are_where_expressions_say() {
        let mut request = Parts::default();
        request.path("id", "a/b +%é");
        request.query("page", "a&b=c d");
        request.header("x-text", "it");
        request.json(json!({"a": [1, {"b": true}]}));
        let response = response(&request);
        let link = of(&response);
        for (value, expected) in [
            (link.status(), json!(201)),
            (link.body("/id"), json!(1)),
            (link.body("/owner/name"), json!("a/b")),
            (link.header("X-Next"), json!("7")),
            (link.request_path("id"), json!("a/b +%é")),
            (link.request_query("page"), json!("a&b=c d")),
            (link.request_header("X-Text"), json!("it")),
            (link.request_body("/a/1/b"), json!(true)),
            (link.request_body(""), json!({"a": [1, {"b": true}]})),
        ] {
            assert_eq!(written(value).unwrap(), expected);
        }
    }

    #[test]
    fn texts_are_put_together() {
        let mut request = Parts::default();
        request.path("id", "a b");
        let response = response(&request);
        let link = of(&response);
        let joined = text([
            "x-".into(),
            link.request_path("id"),
            "-".into(),
            link.body("/id"),
        ]);
        assert_eq!(written(joined).unwrap(), json!("x-a b-1"));
        let without = text(["x-".into(), link.body("/nothing")]);
        let reason = "the response has no `/nothing` in its body";
        assert_eq!(written(without.clone()).unwrap_err(), reason);
        assert_eq!(written(without.optional()).unwrap(), Value::Null);
        assert_eq!(
            written(constant(r#"{"a": [1]}"#)).unwrap(),
            json!({"a": [1]})
        );
    }

    #[test]
    fn what_is_not_there_is_told_before_anything_is_sent() {
        let response = response(&Parts::default());
        let link = of(&response);
        for (value, reason) in [
            (
                link.body("/nothing"),
                "the response has no `/nothing` in its body",
            ),
            (
                link.body("/none"),
                "the response has no `/none` in its body",
            ),
            (link.header("X-No"), "the response has no header `X-No`"),
            (
                link.request_body("/a"),
                "the request has no `/a` in its body",
            ),
            (
                link.request_path("id"),
                "the request has no path parameter `id`",
            ),
            (
                link.request_query("q"),
                "the request has no query parameter `q`",
            ),
            (link.request_header("h"), "the request has no header `h`"),
        ] {
            assert_eq!(written(value.clone()).unwrap_err(), reason);
            assert_eq!(written(value.optional()).unwrap(), Value::Null);
        }
        let mut parts = Parts::default();
        parts.path("order_id", link.body("/nothing"));
        let invalid = parts.invalid().unwrap().to_string();
        assert!(
            invalid.contains("path parameter `order_id`") && invalid.contains("has no `/nothing`"),
            "{invalid}"
        );
    }
}
