//! What stands around the router: a line for each request, and the headers that let pages of other origins call.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderValue, ORIGIN,
};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};

use crate::options::{Answered, Cors, Options};

/// Says in the extensions of a response which operation was called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation(pub(crate) &'static str);

/// Says in the extensions of a response why an example was passed over.
#[derive(Debug, Clone)]
pub(crate) struct Note(pub(crate) String);

/// The router with what the options ask for around it.
pub(crate) fn around(router: axum::Router, options: &Options) -> axum::Router {
    let router = match options.cors {
        Cors::Allowed => router.layer(from_fn(cors)),
        Cors::Denied => router,
    };
    let Some(on_answer) = options.on_answer.clone() else {
        return router;
    };
    router.layer(from_fn(move |request: Request, next: Next| {
        let on_answer = Arc::clone(&on_answer);
        async move {
            let start = Instant::now();
            let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
            let response = next.run(request).await;
            on_answer(&Answered {
                method,
                path,
                operation: response.extensions().get::<Operation>().map(|operation| operation.0),
                status: response.status().as_u16(),
                duration: start.elapsed(),
                note: response.extensions().get::<Note>().map(|note| note.0.clone()),
            });
            response
        }
    }))
}

/// Answers questions whether a call is allowed, and says so in all answers (Fetch, section 3.3).
async fn cors(request: Request, next: Next) -> Response {
    let Some(origin) = request.headers().get(ORIGIN).cloned() else {
        return next.run(request).await;
    };
    let method = request.headers().get(ACCESS_CONTROL_REQUEST_METHOD).cloned();
    let asked = request.headers().get(ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let is_question = request.method() == Method::OPTIONS;
    let mut response = match method.filter(|_| is_question) {
        Some(method) => {
            let mut response = StatusCode::NO_CONTENT.into_response();
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, method);
            headers.extend(asked.map(|asked| (ACCESS_CONTROL_ALLOW_HEADERS, asked)));
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
            response
        }
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("*"));
    headers.append("vary", HeaderValue::from_static("origin"));
    response
}
