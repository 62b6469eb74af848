//! Responses as handlers give them, made into HTTP.

use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::problem::Problem;

/// What a handler returned as a response, or as a problem.
pub fn reply<R: IntoResponse, E: Into<Problem>>(result: Result<R, E>) -> Result<Response, Problem> {
    match result {
        Ok(response) => Ok(response.into_response()),
        Err(error) => Err(error.into()),
    }
}

/// A response without a body.
pub fn empty(status: u16) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A response with a JSON body.
pub fn json<T: Serialize>(status: u16, media_type: &'static str, body: &T) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => with_body(status, HeaderValue::from_static(media_type), body.into()),
        Err(_) => Problem::internal().into_response(),
    }
}

/// A response with a text body.
pub fn text(status: u16, media_type: &'static str, body: String) -> Response {
    with_body(status, HeaderValue::from_static(media_type), body.into())
}

/// A response with a body of bytes.
pub fn bytes(status: u16, media_type: &'static str, body: Bytes) -> Response {
    with_body(status, HeaderValue::from_static(media_type), body)
}

/// A response with a body of bytes, of a media type that the handler chose.
pub fn bytes_of(status: u16, media_type: HeaderValue, body: Bytes) -> Response {
    with_body(status, media_type, body)
}

fn with_body(status: u16, media_type: HeaderValue, body: Bytes) -> Response {
    let mut response = empty(status);
    *response.body_mut() = Body::from(body);
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
