//! What a request passes between its connection and the router: limits of its head, the time of its body, and panics.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::header::HOST;
use axum::http::{HeaderMap, Request, Response, StatusCode, Version};
use axum::response::IntoResponse as _;
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use hyper::service::{Service, service_fn};
use tokio::time::{Instant, Sleep};
use tower_service::Service as _;

use super::clock::{Answer, Clock};
use super::problem::Problem;
use super::serve::Limits;
use super::table::unless_panicked;

/// What the requests of a connection pass.
pub(super) struct Gate {
    router: axum::Router,
    peer: SocketAddr,
    limits: Limits,
    #[cfg(feature = "tls")]
    pub(super) certificate: Option<super::tls::PeerCertificate>,
}

impl Gate {
    pub(super) fn new(router: axum::Router, peer: SocketAddr, limits: Limits) -> Self {
        Self {
            router,
            peer,
            limits,
            #[cfg(feature = "tls")]
            certificate: None,
        }
    }

    pub(super) fn service(
        self,
        clock: Arc<Clock>,
    ) -> impl Service<
        Request<Incoming>,
        Response = Response<Answer>,
        Error = Infallible,
        Future = impl Future<Output = Result<Response<Answer>, Infallible>> + Send + 'static,
    > + Clone
    + Send {
        let gate = Arc::new(self);
        service_fn(move |request| {
            let (gate, clock) = (Arc::clone(&gate), Arc::clone(&clock));
            let busy = Arc::clone(&clock).request();
            async move {
                let response = gate.call(request).await;
                if response.status() == StatusCode::SWITCHING_PROTOCOLS {
                    clock.upgrade();
                }
                Ok(response.map(|body| Answer::new(body, busy)))
            }
        })
    }

    async fn call(&self, request: Request<Incoming>) -> Response<Body> {
        if let Some(status) = self.refusal(&request) {
            return Problem::new(status).into_response();
        }
        let mut request = request.map(|body| match body.is_end_stream() {
            true => Body::empty(),
            false => Body::new(TimedBody::new(body, &self.limits)),
        });
        request.extensions_mut().insert(ConnectInfo(self.peer));
        #[cfg(feature = "tls")]
        if let Some(certificate) = &self.certificate {
            request.extensions_mut().insert(certificate.clone());
        }
        let mut router = self.router.clone();
        match unless_panicked(|| router.call(request)).await {
            Some(Ok(response)) => response,
            Some(Err(never)) => match never {},
            None => Problem::internal().into_response(),
        }
    }

    /// Why the head of a request is refused.
    fn refusal(&self, request: &Request<Incoming>) -> Option<StatusCode> {
        let (headers, limits) = (request.headers(), &self.limits);
        let uri = request.uri().path_and_query();
        if uri.is_some_and(|uri| uri.as_str().len() > limits.uri_bytes) {
            return Some(StatusCode::URI_TOO_LONG);
        }
        if headers.len() > limits.headers || size(headers) > limits.header_bytes {
            return Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        // RFC 9112, section 3.2: without exactly one it is not known whom the request is for.
        let hosts = headers.get_all(HOST).iter().count();
        let is_ambiguous = request.version() == Version::HTTP_11 && hosts != 1;
        is_ambiguous.then_some(StatusCode::BAD_REQUEST)
    }
}

/// How many bytes headers have on the wire.
fn size(headers: &HeaderMap) -> usize {
    let sizes = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    sizes.sum()
}

/// The body of a request, which must keep coming.
struct TimedBody {
    body: Incoming,
    /// How long it may take by what came so far.
    allowed: Duration,
    /// How long a byte adds to that.
    per_byte: Duration,
    /// When it was waited for first, and what runs since; most bodies are there at once.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl TimedBody {
    fn new(body: Incoming, limits: &Limits) -> Self {
        Self {
            body,
            allowed: limits.body_timeout,
            per_byte: Duration::from_secs(1) / limits.body_rate.max(1),
            waiting: None,
        }
    }

    fn poll_deadline(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let allowed = self.allowed;
        let (since, sleep) = self
            .waiting
            .get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(allowed))));
        // What is too far away to be told is as far as it was.
        let deadline = since.checked_add(allowed);
        if let Some(deadline) = deadline.filter(|deadline| sleep.deadline() < *deadline) {
            sleep.as_mut().reset(deadline);
        }
        sleep.as_mut().poll(cx)
    }
}

impl hyper::body::Body for TimedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(frame) => {
                if let Some(data) = frame
                    .as_ref()
                    .and_then(|frame| frame.as_ref().ok()?.data_ref())
                {
                    let bytes = u32::try_from(data.len()).unwrap_or(u32::MAX);
                    let more = self.per_byte.saturating_mul(bytes);
                    self.allowed = self.allowed.saturating_add(more);
                }
                Poll::Ready(frame.map(|frame| frame.map_err(axum::Error::new)))
            }
            Poll::Pending => self.poll_deadline(cx).map(|()| {
                let timeout = io::Error::from(io::ErrorKind::TimedOut);
                Some(Err(axum::Error::new(timeout)))
            }),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
