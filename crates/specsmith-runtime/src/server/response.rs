//! Responses as handlers give them, made into HTTP.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::super::codec::to_json;
use super::problem::Problem;

/// Says how each variant of an enum of responses is sent: its status, and how its body is written.
///
/// ```text
/// responses!(GetBookResponse {
///     Ok: 200 json "application/json",
///     Cover: 200 bytes _,        // the variant holds the media type
///     Report: 200 xml ("application/xml", &xml::REPORT),
///     Changes: 200 events Json,
///     Found: 200 json "application/json" rules(nested), // checked by these rules in debug builds
///     Log: 200 records "application/jsonl",
///     NoContent: 204,
///     Default: _ text "text/plain", // the variant holds the status
/// });
/// ```
#[allow(unused_macros, reason = "only generated code uses it")]
macro_rules! responses {
    ($name:ident { $($variant:ident : $status:tt $($write:ident $media_type:tt $(rules($($rules:tt)*))?)?),* $(,)? }) => {
        impl ::axum::response::IntoResponse for $name {
            fn into_response(self) -> ::axum::response::Response {
                match self {
                    $(responses!(@pattern $variant $status $($write $media_type)? (status media_type body)) => {
                        $($(if let Some(broken) = $crate::runtime::server::broken(
                            &body,
                            $crate::runtime::codec::rules!($($rules)*),
                        ) {
                            return broken;
                        })?)?
                        responses!(@send $status $($write $media_type)? (status media_type body))
                    })*
                }
            }
        }
    };
    (@pattern $variant:ident _ $write:ident _ ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($status, $media_type, $body)
    };
    (@pattern $variant:ident $code:literal $write:ident _ ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($media_type, $body)
    };
    (@pattern $variant:ident _ $write:ident $fixed:literal ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($status, $body)
    };
    (@pattern $variant:ident $code:literal $write:ident $fixed:literal ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($body)
    };
    (@pattern $variant:ident _ xml $how:tt ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($status, $body)
    };
    (@pattern $variant:ident $code:literal xml $how:tt ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($body)
    };
    (@pattern $variant:ident _ events $how:tt ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($status, $body)
    };
    (@pattern $variant:ident $code:literal events $how:tt ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($body)
    };
    (@pattern $variant:ident _ ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant($status)
    };
    (@pattern $variant:ident $code:literal ($status:ident $media_type:ident $body:ident)) => {
        Self::$variant
    };
    (@send $code:tt bytes _ ($status:ident $media_type:ident $body:ident)) => {
        $crate::runtime::server::response::bytes_of(responses!(@status $code $status), $media_type, $body)
    };
    (@send $code:tt xml ($fixed:literal, $root:expr) ($status:ident $media_type:ident $body:ident)) => {
        $crate::runtime::server::xml(responses!(@status $code $status), $fixed, $root, $body)
    };
    (@send $code:tt events $how:ident ($status:ident $media_type:ident $body:ident)) => {
        $crate::runtime::server::events(
            responses!(@status $code $status),
            $crate::runtime::server::EventEncoding::$how,
            $body,
        )
    };
    (@send $code:tt records $fixed:literal ($status:ident $media_type:ident $body:ident)) => {
        $crate::runtime::server::records(responses!(@status $code $status), $fixed, $body)
    };
    (@send $code:tt $write:ident $fixed:literal ($status:ident $media_type:ident $body:ident)) => {
        $crate::runtime::server::response::$write(responses!(@status $code $status), $fixed, $body)
    };
    (@send $code:tt ($status:ident $media_type:ident $body:ident)) => {
        $crate::runtime::server::response::empty(responses!(@status $code $status))
    };
    (@status _ $status:ident) => {
        $status.as_u16()
    };
    (@status $code:literal $status:ident) => {
        $code
    };
}

#[allow(unused_imports, reason = "only generated code uses it")]
pub(crate) use responses;

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
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A response with a JSON body.
pub fn json<T: Serialize>(status: u16, media_type: &'static str, body: T) -> Response {
    match to_json(&body) {
        Ok(body) => with_body(status, HeaderValue::from_static(media_type), body.into()),
        Err(_) => Problem::internal().into_response(),
    }
}

/// A response with a text body.
pub fn text(status: u16, media_type: &'static str, body: String) -> Response {
    with_body(status, HeaderValue::from_static(media_type), body.into())
}

/// A response with a body of bytes.
pub fn bytes(status: u16, media_type: &'static str, body: Body) -> Response {
    with_body(status, HeaderValue::from_static(media_type), body)
}

/// A response with a body of bytes, of a media type that the handler chose.
pub fn bytes_of(status: u16, media_type: HeaderValue, body: Body) -> Response {
    with_body(status, media_type, body)
}

pub(super) fn with_body(status: u16, media_type: HeaderValue, body: Body) -> Response {
    let mut response = empty(status);
    // RFC 9110, section 6.4.1: these have none, whatever the handler gives.
    if !matches!(status, 100..=199 | 204 | 304) {
        *response.body_mut() = body;
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    response
}
