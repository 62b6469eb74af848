//! Bodies of several parts, handed on as a stream.

use axum::extract::FromRequest as _;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

use super::media_type;
use super::problem::Problem;
use super::request::{Rejected, Request};

pub use axum::extract::Multipart;

impl Request {
    /// Takes a body of several parts that must be sent.
    pub async fn multipart(&mut self) -> Result<Multipart, Rejected> {
        let multipart = self.optional_multipart().await?;
        multipart.ok_or_else(|| self.missing_body())
    }

    /// Takes a body of several parts that need not be sent.
    pub async fn optional_multipart(&mut self) -> Result<Option<Multipart>, Rejected> {
        let Some(content_type) = self.parts.headers.get(CONTENT_TYPE) else {
            return Ok(None);
        };
        let essence = media_type::essence(content_type.to_str().unwrap_or_default());
        if !essence.starts_with("multipart/") {
            return Err(self.fail(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)));
        }
        let mut request = axum::extract::Request::new(std::mem::take(&mut self.body));
        request
            .headers_mut()
            .insert(CONTENT_TYPE, content_type.clone());
        request.extensions_mut().clone_from(&self.parts.extensions);
        match Multipart::from_request(request, &()).await {
            Ok(multipart) => Ok(Some(multipart)),
            Err(rejection) => Err(self.fail(Problem::new(rejection.status()))),
        }
    }
}

impl From<MultipartError> for Problem {
    fn from(error: MultipartError) -> Self {
        Problem::new(error.status())
    }
}
