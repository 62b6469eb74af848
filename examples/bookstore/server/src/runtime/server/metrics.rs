//! Numbers about requests, with the names that OpenTelemetry has for HTTP, for the facade `metrics`.

use std::sync::Arc;
use std::time::Instant;

use axum::body::HttpBody as _;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use metrics::{Label, Unit, describe_gauge, describe_histogram, gauge, histogram};

use super::layer::OperationSlot;
use super::observe;

const ACTIVE: &str = "http.server.active_requests";
const DURATION: &str = "http.server.request.duration";
const REQUEST_SIZE: &str = "http.server.request.body.size";
const RESPONSE_SIZE: &str = "http.server.response.body.size";

/// A layer that counts and measures requests: `http.server.request.duration` in seconds until the head of the response,
/// `http.server.active_requests`, and the sizes of bodies where they are known beforehand.
///
/// Labels are the method, the route and the status, so their number does not grow with what clients send.
///
/// ```text
/// describe_metrics();
/// router(App).layer(axum::middleware::from_fn(measure))
/// ```
pub async fn measure(mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let slot = OperationSlot::of(&mut request);
    let sent = request.body().size_hint().exact();
    let mut active = Active::new(observe::method(request.method()), slot, start);
    let response = next.run(request).await;
    let labels = active.end(Some(response.status()));
    if let Some(size) = sent {
        histogram!(REQUEST_SIZE, labels.clone()).record(size as f64);
    }
    if let Some(size) = response.body().size_hint().exact() {
        histogram!(RESPONSE_SIZE, labels).record(size as f64);
    }
    response
}

/// Tells the recorder the units of what [`measure`] measures.
pub fn describe_metrics() {
    describe_histogram!(DURATION, Unit::Seconds, "How long requests take.");
    describe_gauge!(ACTIVE, Unit::Count, "Requests that are being answered.");
    describe_histogram!(
        REQUEST_SIZE,
        Unit::Bytes,
        "The sizes of bodies of requests."
    );
    describe_histogram!(
        RESPONSE_SIZE,
        Unit::Bytes,
        "The sizes of bodies of responses."
    );
}

/// A request that is being answered; dropped before its end, the client has gone.
struct Active {
    method: &'static str,
    slot: OperationSlot,
    start: Instant,
    is_over: bool,
}

impl Active {
    fn new(method: &'static str, slot: OperationSlot, start: Instant) -> Self {
        gauge!(ACTIVE, "http.request.method" => method).increment(1.0);
        Self {
            method,
            slot,
            start,
            is_over: false,
        }
    }

    fn end(&mut self, status: Option<StatusCode>) -> Vec<Label> {
        self.is_over = true;
        gauge!(ACTIVE, "http.request.method" => self.method).decrement(1.0);
        let mut labels = vec![Label::new("http.request.method", self.method)];
        if let Some(reached) = self.slot.get() {
            labels.push(Label::new("http.route", Arc::clone(&reached.route)));
        }
        match status {
            Some(status) => {
                let code = status.as_str().to_owned();
                if status.is_server_error() {
                    labels.push(Label::new("error.type", code.clone()));
                }
                labels.push(Label::new("http.response.status_code", code));
            }
            None => labels.push(Label::new("error.type", "cancelled")),
        }
        histogram!(DURATION, labels.clone()).record(self.start.elapsed().as_secs_f64());
        labels
    }
}

impl Drop for Active {
    fn drop(&mut self) {
        if !self.is_over {
            self.end(None);
        }
    }
}
