//! Bodies of requests: the content type is checked, the size limited, and the body read as what the document says.

use std::error::Error;
use std::io;

use axum::RequestExt as _;
use axum::body::{Bytes, HttpBody as _};
use axum::extract::FromRequest as _;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use super::super::codec::{JsonErrorKind, from_json};
use super::fault::{Fault, FaultKind};
use super::input::Input;
use super::media_type;
use super::problem::{Place, Problem, Violation};
use super::request::{Rejected, Request, form_tree};
use super::text;

impl Request {
    /// Reads a JSON body that must be sent.
    pub async fn json<T: DeserializeOwned>(&mut self) -> Result<T, Rejected> {
        let value = self.optional_json().await?;
        value.ok_or_else(|| self.missing_body())
    }

    /// Reads a JSON body that need not be sent.
    pub async fn optional_json<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Rejected> {
        match self.content(media_type::is_json).await? {
            Some(bytes) if !bytes.is_empty() => self.read_json(&bytes).map(Some),
            _ => Ok(None),
        }
    }

    /// Reads a form that must be sent.
    pub async fn form<T: DeserializeOwned>(&mut self) -> Result<T, Rejected> {
        let value = self.optional_form().await?;
        value.ok_or_else(|| self.missing_body())
    }

    /// Reads a form that need not be sent.
    pub async fn optional_form<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Rejected> {
        let Some(bytes) = self
            .content(|essence| essence == "application/x-www-form-urlencoded")
            .await?
        else {
            return Ok(None);
        };
        let tree = std::str::from_utf8(&bytes)
            .map_err(|_| Fault::new(FaultKind::Encoding))
            .and_then(form_tree);
        match tree.and_then(|tree| text::read(Input::Tree(tree))) {
            Ok(value) => Ok(Some(value)),
            Err(fault) => Err(self.reject(
                fault.status(),
                fault.violation(Place::Body(fault.pointer())),
            )),
        }
    }

    /// Reads text of a media type that must be sent.
    pub async fn text(&mut self, media_type: &str) -> Result<String, Rejected> {
        let text = self.optional_text(media_type).await?;
        text.ok_or_else(|| self.missing_body())
    }

    /// Reads text of a media type that need not be sent.
    pub async fn optional_text(&mut self, media_type: &str) -> Result<Option<String>, Rejected> {
        let Some(bytes) = self.optional_bytes(media_type).await? else {
            return Ok(None);
        };
        match String::from_utf8(bytes.into()) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(self.malformed("encoding", "must be UTF-8")),
        }
    }

    /// Reads bytes of a media type that must be sent.
    pub async fn bytes(&mut self, media_type: &str) -> Result<Bytes, Rejected> {
        let bytes = self.optional_bytes(media_type).await?;
        bytes.ok_or_else(|| self.missing_body())
    }

    /// Reads bytes of one of these media types that need not be sent.
    pub async fn optional_bytes(&mut self, media_types: &str) -> Result<Option<Bytes>, Rejected> {
        self.content(|essence| media_type::matches_any(media_types, essence))
            .await
    }

    /// Whether the body has one of these media types.
    pub fn has_body_of(&self, media_types: &str) -> bool {
        let content_type = self.parts.headers.get(CONTENT_TYPE);
        let text = content_type.and_then(|value| value.to_str().ok());
        text.is_some_and(|text| media_type::matches_any(media_types, &media_type::essence(text)))
    }

    /// The body, where its content type is one that is accepted; `None` where there is none.
    async fn content(&mut self, accepts: impl Fn(&str) -> bool) -> Result<Option<Bytes>, Rejected> {
        let content_type = self.parts.headers.get(CONTENT_TYPE);
        let essence =
            content_type.map(|value| media_type::essence(value.to_str().unwrap_or_default()));
        if essence.as_deref().is_some_and(|essence| !accepts(essence)) {
            return Err(self.fail(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)));
        }
        let body = std::mem::take(&mut self.body);
        let mut request = axum::extract::Request::new(body);
        request.extensions_mut().clone_from(&self.parts.extensions);
        match limited_bytes(request).await {
            Ok(bytes) if essence.is_some() => Ok(Some(bytes)),
            Ok(bytes) if bytes.is_empty() => Ok(None),
            Ok(_) => Err(self.fail(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE))),
            Err(status) => Err(self.fail(Problem::new(status))),
        }
    }

    fn read_json<T: DeserializeOwned>(&mut self, bytes: &[u8]) -> Result<T, Rejected> {
        self.read_json_at(bytes, "")
    }

    /// Reads JSON that stands at this place of the body.
    pub(crate) fn read_json_at<T: DeserializeOwned>(
        &mut self,
        bytes: &[u8],
        pointer: &str,
    ) -> Result<T, Rejected> {
        from_json(bytes).map_err(|error| match error.kind() {
            JsonErrorKind::Syntax => self.malformed_at(pointer, "syntax", "must be JSON"),
            JsonErrorKind::Data => {
                let fault = Fault::told_by(error.message());
                let place = Place::Body(format!("{pointer}{}", fault.at(&error.pointer())));
                self.reject(StatusCode::UNPROCESSABLE_ENTITY, fault.violation(place))
            }
        })
    }

    pub(crate) fn missing_body(&mut self) -> Rejected {
        self.malformed("missing", "is required")
    }

    fn malformed(&mut self, code: &'static str, detail: &str) -> Rejected {
        self.malformed_at("", code, detail)
    }

    pub(super) fn malformed_at(
        &mut self,
        pointer: &str,
        code: &'static str,
        detail: &str,
    ) -> Rejected {
        let violation = Violation {
            place: Place::Body(pointer.to_owned()),
            code,
            detail: detail.to_owned(),
        };
        self.reject(StatusCode::BAD_REQUEST, violation)
    }
}

/// Reads a body up to the limit that `axum::extract::DefaultBodyLimit` sets, 2 MiB where none is set.
async fn limited_bytes(request: axum::extract::Request) -> Result<Bytes, StatusCode> {
    // A length that is announced and too large is refused before anything is read.
    let announced = request.body().size_hint().lower();
    let request = request.with_limited_body();
    if request
        .body()
        .size_hint()
        .upper()
        .is_some_and(|limit| announced > limit)
    {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    Bytes::from_request(request, &())
        .await
        .map_err(|rejection| match &rejection {
            BytesRejection::FailedToBufferBody(FailedToBufferBody::LengthLimitError(_)) => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            rejection if timed_out(rejection) => StatusCode::REQUEST_TIMEOUT,
            _ => StatusCode::BAD_REQUEST,
        })
}

fn timed_out(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error
            .downcast_ref()
            .is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::TimedOut)
        {
            return true;
        }
        next = error.source();
    }
    false
}
