//! The transport that is used unless another is set: reqwest.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::prepare::Address;
use super::{Body, Exchange, Timeout, Transport, TransportError, TransportErrorKind};

/// A client of reqwest as a transport.
pub(super) struct Reqwest(pub(super) reqwest::Client);

#[cfg(not(target_arch = "wasm32"))]
const MAX_REDIRECTS: usize = 10;

impl Reqwest {
    /// A client that follows redirects on the same origin only.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let client = reqwest::Client::builder()
            .connect_timeout(connect_timeout)
            .referer(false)
            .redirect(reqwest::redirect::Policy::custom(follow_on_same_origin));
        client.build().map(Self).map_err(transport_error)
    }

    /// Connecting and redirects are the browser's.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn new(_: Duration) -> Result<Self, TransportError> {
        Ok(Self(reqwest::Client::new()))
    }
}

/// Leaves a redirect to another origin to the caller: headers with API keys and the body would go there.
#[cfg(not(target_arch = "wasm32"))]
fn follow_on_same_origin(attempt: reqwest::redirect::Attempt<'_>) -> reqwest::redirect::Action {
    let is_same = |from: &reqwest::Url| from.origin() == attempt.url().origin();
    if attempt.previous().len() > MAX_REDIRECTS {
        attempt.error("too many redirects")
    } else if attempt.previous().first().is_some_and(is_same) {
        attempt.follow()
    } else {
        attempt.stop()
    }
}

impl Transport for Reqwest {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        Box::pin(async move {
            let request = outgoing(request).await?;
            let response = self.0.execute(request).await.map_err(transport_error)?;
            Ok(incoming(response))
        })
    }
}

/// The request as reqwest has it.
async fn outgoing(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (mut head, body) = request.into_parts();
    let url = match Address::take(&mut head) {
        Some(url) => url,
        None => reqwest::Url::parse(&head.uri.to_string())
            .map_err(|error| TransportError::new(TransportErrorKind::Other, error))?,
    };
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    if body.length() != Some(0) {
        *request.body_mut() = Some(native::outgoing_body(body).await?);
    }
    Ok(request)
}

/// The response as any transport gives it.
fn incoming(mut response: reqwest::Response) -> http::Response<Body> {
    let mut incoming = http::Response::new(Body::empty());
    *incoming.status_mut() = response.status();
    *incoming.headers_mut() = std::mem::take(response.headers_mut());
    *incoming.body_mut() = native::incoming_body(response);
    incoming
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::pin::Pin;
    use std::sync::{Mutex, PoisonError};
    use std::task::{Context, Poll, ready};

    use bytes::Bytes;
    use futures_core::Stream;
    use http_body::{Body as HttpBody, Frame, SizeHint};

    use super::{Body, TransportError, transport_error};

    pub(super) async fn outgoing_body(body: Body) -> Result<reqwest::Body, TransportError> {
        Ok(match body.as_bytes() {
            Some(bytes) => bytes.clone().into(),
            None => reqwest::Body::wrap(Outgoing {
                length: body.length(),
                body: Mutex::new(body),
            }),
        })
    }

    pub(super) fn incoming_body(response: reqwest::Response) -> Body {
        let length = response.content_length();
        let body = Body::from_chunks(Incoming(response.into()));
        match length {
            Some(length) => body.with_length(length),
            None => body,
        }
    }

    /// The mutex is never locked; it makes the body `Sync`, which reqwest asks for.
    struct Outgoing {
        body: Mutex<Body>,
        length: Option<u64>,
    }

    impl HttpBody for Outgoing {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            let body = self.body.get_mut().unwrap_or_else(PoisonError::into_inner);
            Pin::new(body).poll_next(context).map_ok(Frame::data)
        }

        fn size_hint(&self) -> SizeHint {
            self.length.map(SizeHint::with_exact).unwrap_or_default()
        }
    }

    struct Incoming(reqwest::Body);

    impl Stream for Incoming {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Self::Item>> {
            loop {
                let frame = match ready!(Pin::new(&mut self.0).poll_frame(context)) {
                    Some(frame) => frame.map_err(transport_error)?,
                    None => return Poll::Ready(None),
                };
                // Trailers are not part of what a document describes.
                if let Ok(data) = frame.into_data() {
                    return Poll::Ready(Some(Ok(data)));
                }
            }
        }
    }
}

#[cfg(target_arch = "wasm32")]
use wasm as native;

#[cfg(target_arch = "wasm32")]
mod wasm {
    use super::{Body, TransportError};

    /// The browser takes bodies whole.
    pub(super) async fn outgoing_body(mut body: Body) -> Result<reqwest::Body, TransportError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = body.chunk().await {
            bytes.extend_from_slice(&chunk?);
        }
        Ok(bytes.into())
    }

    pub(super) fn incoming_body(response: reqwest::Response) -> Body {
        Body::from_stream(response.bytes_stream())
    }
}

/// What reqwest says, without the address: that can hold an API key in its query.
pub(super) fn transport_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if causes(&error).any(|cause| cause.to_string() == NO_TLS) {
        let hint = "`https` needs the feature `rustls` or `native-tls`";
        return TransportError::new(TransportErrorKind::Tls, hint);
    }
    TransportError::new(kind(&error), error)
}

/// What a client says that is built without TLS.
const NO_TLS: &str = "invalid URL, scheme is not http";

fn kind(error: &reqwest::Error) -> TransportErrorKind {
    // The body of a request is ours, and its error says more than what is around it.
    if let Some(own) = causes(error).find_map(<dyn StdError>::downcast_ref::<TransportError>) {
        return own.kind();
    }
    let is_connect = is_connect(error);
    match () {
        () if error.is_timeout() && is_connect => TransportErrorKind::Timeout(Timeout::Connect),
        () if error.is_timeout() => TransportErrorKind::Timeout(Timeout::Attempt),
        () if is_connect && is_tls(error) => TransportErrorKind::Tls,
        () if is_connect => TransportErrorKind::Connect,
        () if is_redirect(error) => TransportErrorKind::Redirect,
        () if is_reset(error) => TransportErrorKind::Reset,
        () if is_protocol(error) => TransportErrorKind::Protocol,
        () if error.is_body() || error.is_decode() => TransportErrorKind::Body,
        () => TransportErrorKind::Other,
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}

#[cfg(not(target_arch = "wasm32"))]
fn is_redirect(error: &reqwest::Error) -> bool {
    error.is_redirect()
}

/// A browser does not tell.
#[cfg(target_arch = "wasm32")]
fn is_connect(_: &reqwest::Error) -> bool {
    false
}

/// A browser follows redirects itself.
#[cfg(target_arch = "wasm32")]
fn is_redirect(_: &reqwest::Error) -> bool {
    false
}

/// Both TLS libraries say with these kinds that the server is not what it should be.
fn is_tls(error: &(dyn StdError + 'static)) -> bool {
    use io::ErrorKind::{InvalidData, UnexpectedEof};
    io_kinds(error).any(|kind| matches!(kind, InvalidData | UnexpectedEof))
        || causes(error).any(|cause| cause.to_string().contains("SSL"))
}

fn is_reset(error: &(dyn StdError + 'static)) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    io_kinds(error).any(|kind| {
        matches!(
            kind,
            BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
        )
    }) || hyper_says(error, Hyper::Ended)
}

fn is_protocol(error: &(dyn StdError + 'static)) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput};
    let by_connection = connection_error(error);
    hyper_says(error, Hyper::Unreadable)
        || by_connection.is_some_and(|error| {
            io_kinds(error).any(|kind| matches!(kind, InvalidData | InvalidInput))
        })
}

/// What the connection says; decompression has errors of the same kinds.
#[cfg(not(target_arch = "wasm32"))]
fn connection_error<'a>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a (dyn StdError + 'static)> {
    causes(error).find(|cause| cause.is::<hyper::Error>())
}

#[cfg(target_arch = "wasm32")]
fn connection_error<'a>(_: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    None
}

/// What the connection can say about its end.
enum Hyper {
    Ended,
    Unreadable,
}

#[cfg(not(target_arch = "wasm32"))]
fn hyper_says(error: &(dyn StdError + 'static), what: Hyper) -> bool {
    let mut errors = causes(error).filter_map(<dyn StdError>::downcast_ref::<hyper::Error>);
    errors.any(|error| match what {
        Hyper::Ended => error.is_incomplete_message() || error.is_closed() || error.is_canceled(),
        Hyper::Unreadable => error.is_parse(),
    })
}

#[cfg(target_arch = "wasm32")]
fn hyper_says(_: &(dyn StdError + 'static), _: Hyper) -> bool {
    false
}

/// An error and what caused it, down to what an error of input or output holds, which is not its source.
fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| {
        let inner = (*error)
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match inner {
            Some(inner) => Some(inner),
            None => (*error).source(),
        }
    })
}

fn io_kinds<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = io::ErrorKind> + 'a {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .map(io::Error::kind)
}
