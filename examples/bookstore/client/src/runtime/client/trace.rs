//! A span for each attempt of a call, with the names that OpenTelemetry has for HTTP.
//!
//! Neither values nor headers are in it: only what the document says, the server, and how it ended.

#[cfg(not(feature = "tracing"))]
pub(super) use off::Trace;
#[cfg(feature = "tracing")]
pub(super) use on::Trace;

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use tracing::field::{Empty, display};
    use tracing::{Instrument, Span, debug, info_span};

    use super::super::{Error, OpenResponse, OperationInfo};

    /// The span of an attempt.
    pub(in super::super) struct Trace(Span);

    impl Trace {
        pub(in super::super) fn begin(operation: &'static OperationInfo, attempts: u32) -> Self {
            let OperationInfo {
                id, method, path, ..
            } = operation;
            let span = info_span!(
                "call",
                otel.name = format_args!("{method} {path}"),
                otel.kind = "client",
                operation = id,
                http.request.method = method,
                url.template = path,
                http.request.resend_count = Empty,
                server.address = Empty,
                server.port = Empty,
                http.response.status_code = Empty,
                "error.type" = Empty,
                otel.status_code = Empty,
            );
            if attempts > 1 {
                span.record("http.request.resend_count", attempts - 1);
            }
            Self(span)
        }

        pub(in super::super) fn sending(&self, request: &http::Request<()>) {
            self.0.record("server.address", request.uri().host());
            let of_scheme = match request.uri().scheme_str() {
                Some("https") => 443_u16,
                _ => 80,
            };
            self.0
                .record("server.port", request.uri().port_u16().unwrap_or(of_scheme));
        }

        /// Runs the attempt inside the span.
        pub(in super::super) async fn run(
            &self,
            attempt: impl Future<Output = Result<Box<OpenResponse>, Error>>,
        ) -> Result<Box<OpenResponse>, Error> {
            let ended = attempt.instrument(self.0.clone()).await;
            match &ended {
                Ok(response) => {
                    let status = response.head().status();
                    self.0.record("http.response.status_code", status.as_u16());
                    if status.as_u16() >= 400 {
                        self.failed(status.as_str());
                    }
                }
                Err(error) => self.failed(error.name()),
            }
            ended
        }

        fn failed(&self, what: &str) {
            self.0.record("error.type", display(what));
            self.0.record("otel.status_code", "ERROR");
        }

        pub(in super::super) fn waiting(operation: &'static OperationInfo, wait: Duration) {
            debug!(operation = operation.id, ?wait, "the call is sent again");
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use super::super::OperationInfo;

    /// Without the feature `tracing` there is no span.
    pub(in super::super) struct Trace;

    impl Trace {
        pub(in super::super) fn begin(_: &'static OperationInfo, _: u32) -> Self {
            Self
        }

        pub(in super::super) fn sending(&self, _: &http::Request<()>) {}

        pub(in super::super) fn run<A>(&self, attempt: A) -> A {
            attempt
        }

        pub(in super::super) fn waiting(_: &'static OperationInfo, _: Duration) {}
    }
}
