//! XML as bodies of requests and responses.

use axum::http::StatusCode;
use axum::http::header::HeaderValue;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::xml::{Node, Reading, XmlErrorKind, from_xml, to_xml};
use super::fault::Fault;
use super::problem::{Place, Problem};
use super::request::{Rejected, Request};
use super::response::with_body;

impl Request {
    /// Reads an XML body of one of these media types that must be sent.
    pub async fn xml<T: DeserializeOwned>(
        &mut self,
        media_types: &str,
        root: &Node,
    ) -> Result<T, Rejected> {
        let value = self.optional_xml(media_types, root).await?;
        value.ok_or_else(|| self.missing_body())
    }

    /// Reads an XML body of one of these media types that need not be sent.
    pub async fn optional_xml<T: DeserializeOwned>(
        &mut self,
        media_types: &str,
        root: &Node,
    ) -> Result<Option<T>, Rejected> {
        let bytes = self.optional_bytes(media_types).await?;
        let Some(bytes) = bytes.filter(|bytes| !bytes.is_empty()) else {
            return Ok(None);
        };
        match from_xml(root, &bytes, Reading::Closed) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind() == XmlErrorKind::Syntax => {
                Err(self.malformed_at("", "syntax", "must be XML"))
            }
            Err(error) => {
                let fault = Fault::told_by(error.message());
                let place = Place::Body(fault.at(error.pointer()));
                Err(self.reject(StatusCode::UNPROCESSABLE_ENTITY, fault.violation(place)))
            }
        }
    }
}

/// A response with an XML body.
pub fn xml<T: Serialize>(status: u16, media_type: &'static str, root: &Node, body: T) -> Response {
    match to_xml(root, &body) {
        Ok(body) => with_body(status, HeaderValue::from_static(media_type), body.into()),
        Err(_) => Problem::internal().into_response(),
    }
}
