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
