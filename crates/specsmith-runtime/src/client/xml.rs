//! XML in requests and responses.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::xml::{Node, from_xml, to_xml};
use super::{DecodeError, Error, Parts, RawResponse, Response, UnexpectedContentType};

impl Parts {
    /// Sets the body to XML.
    pub fn xml(&mut self, content_type: &str, root: &Node, value: impl Serialize) {
        match to_xml(root, &value) {
            Ok(text) => self.bytes(content_type, text),
            Err(error) => self.refuse("body", format!("cannot be written as XML: {error}")),
        }
    }
}

impl RawResponse {
    /// Whether the body is XML: `application/xml`, `text/xml` or anything with the suffix `+xml`.
    pub fn is_xml(&self) -> bool {
        self.media_type().is_some_and(|essence| {
            let essence = essence.to_ascii_lowercase();
            matches!(&*essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
        })
    }

    fn xml_value<T: DeserializeOwned>(&self, root: &Node) -> Result<T, Error> {
        if self.media_type().is_some() && !self.is_xml() {
            return Err(UnexpectedContentType::new(self.clone())
                .expecting("XML was")
                .into());
        }
        if self.body().is_empty() {
            return Err(DecodeError::new(self.clone(), "", "the body is empty").into());
        }
        from_xml(root, self.body()).map_err(|error| {
            DecodeError::new(self.clone(), error.pointer(), error.message()).into()
        })
    }

    /// A success whose body is XML.
    pub fn xml<T: DeserializeOwned, E>(self, root: &Node) -> Result<Response<T>, Error<E>> {
        self.xml_as(root, |value| value)
    }

    /// A success whose body is XML, as a variant.
    pub fn xml_as<T: DeserializeOwned, S, E>(
        self,
        root: &Node,
        success: fn(T) -> S,
    ) -> Result<Response<S>, Error<E>> {
        match self.xml_value(root) {
            Ok(value) => Ok(Response::new(self, success(value))),
            Err(error) => Err(error.widen()),
        }
    }

    /// A documented error whose body is XML.
    pub fn xml_error<T: DeserializeOwned, S, E>(
        self,
        root: &Node,
        error: fn(Response<T>) -> E,
    ) -> Result<S, Error<E>> {
        match self.xml_value(root) {
            Ok(value) => Err(Error::Api(error(Response::new(self, value)))),
            Err(failure) => Err(failure.widen()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use bytes::Bytes;
    use http::StatusCode;
    use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use serde_json::{Value, json};

    use super::super::super::xml::{Content, element};
    use super::super::OperationInfo;
    use super::*;

    static INFO: OperationInfo = OperationInfo::new("getPet").get("/pet");
    static CONTENT: Content = Content::Object(&[("id", element("id", &Content::Number))]);
    static PET: Node = element("pet", &CONTENT);

    fn response(media_type: &'static str, body: &'static str) -> RawResponse {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        RawResponse::new(
            &INFO,
            StatusCode::OK,
            headers,
            Bytes::from_static(body.as_bytes()),
        )
    }

    fn read(media_type: &'static str, body: &'static str) -> Result<Value, Error> {
        let read: Result<Response<Value>, Error> = response(media_type, body).xml(&PET);
        read.map(Response::into_value)
    }

    #[test]
    fn xml_of_any_media_type_is_read() {
        for media_type in [
            "application/xml; charset=utf-8",
            "TEXT/XML",
            "application/vnd.pet+xml",
        ] {
            assert_eq!(
                read(media_type, "<pet><id>1</id></pet>").unwrap(),
                json!({ "id": 1 })
            );
        }
    }

    #[test]
    fn what_is_not_understood_keeps_the_response() {
        match read("application/xml", "<dog/>") {
            Err(Error::Decode(error)) => {
                assert_eq!(
                    error.message(),
                    "expected the root element `pet`, found `dog`"
                );
                assert_eq!(error.response().body().as_ref(), b"<dog/>");
            }
            other => panic!("{other:?}"),
        }
        assert!(matches!(read("application/xml", ""), Err(Error::Decode(_))));
        let json = read("application/json", "{}");
        assert!(matches!(json, Err(Error::UnexpectedContentType(_))));
    }

    #[test]
    fn what_xml_cannot_hold_is_not_sent() {
        let mut parts = Parts::default();
        parts.xml("application/xml", &PET, json!({ "id": "\u{1}" }));
        let refused = parts.invalid().unwrap().to_string();
        assert!(refused.contains("U+0001 cannot stand in XML"), "{refused}");
    }
}
