//! Bodies of several parts, handed on as a stream.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use futures_core::Stream;

use super::body::status_of;
use super::problem::Problem;
use super::request::{Rejected, Request};

pub use axum::extract::Multipart;

/// How many bytes may stand before the content of a part, beside those that came with what is before it.
const HEAD: usize = 16 << 10;

impl Request {
    /// Takes a body of several parts that must be sent, of one of these media types.
    pub async fn multipart(&mut self, media_types: &str) -> Result<Multipart, Rejected> {
        let multipart = self.optional_multipart(media_types).await?;
        multipart.ok_or_else(|| self.missing_body())
    }

    /// Takes a body of several parts that need not be sent, of one of these media types.
    pub async fn optional_multipart(
        &mut self,
        media_types: &str,
    ) -> Result<Option<Multipart>, Rejected> {
        let parts = self.parts(media_types).await?;
        Ok(parts.map(|parts| parts.multipart))
    }

    /// Takes the parts of a body that need not be sent.
    pub(super) async fn parts(&mut self, media_types: &str) -> Result<Option<Parts>, Rejected> {
        let Some(body) = self.optional_stream(media_types)? else {
            return Ok(None);
        };
        let content_type = self.parts.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let (_, parameters) = content_type
            .unwrap_or_default()
            .split_once(';')
            .unwrap_or_default();
        let head = Arc::new(AtomicUsize::new(usize::MAX));
        let paced = Paced {
            chunks: body.into_data_stream(),
            head: Arc::clone(&head),
            pause: false,
        };
        let mut request = axum::extract::Request::new(Body::from_stream(paced));
        // The body has its limit already.
        DefaultBodyLimit::disable().apply(&mut request);
        // What reads parts takes those of forms alone; in other formats, parts have no names and are the same else.
        let of_form = HeaderValue::from_str(&format!("multipart/form-data;{parameters}"));
        let headers = request.headers_mut();
        headers.extend(of_form.ok().map(|value| (CONTENT_TYPE, value)));
        match Multipart::from_request(request, &()).await {
            Ok(multipart) => Ok(Some(Parts { multipart, head })),
            Err(rejection) => Err(self.fail(Problem::new(rejection.status()))),
        }
    }
}

/// The parts of a body, one after the other.
pub(super) struct Parts {
    multipart: Multipart,
    head: Arc<AtomicUsize>,
}

impl Parts {
    /// The next part; what stands before its content is limited.
    pub(super) async fn next(&mut self) -> Result<Option<Field<'_>>, MultipartError> {
        self.head.store(HEAD, Ordering::Relaxed);
        let field = self.multipart.next_field().await;
        self.head.store(usize::MAX, Ordering::Relaxed);
        field
    }
}

/// A body that gives one chunk each time it is asked: what reads parts takes all that there is into memory.
struct Paced {
    chunks: BodyDataStream,
    /// How many bytes may still come.
    head: Arc<AtomicUsize>,
    pause: bool,
}

impl Stream for Paced {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.pause) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let left = self.head.load(Ordering::Relaxed);
        if left == 0 {
            let too_large = io::Error::from(io::ErrorKind::FileTooLarge);
            return Poll::Ready(Some(Err(axum::Error::new(too_large))));
        }
        let next = Pin::new(&mut self.chunks).poll_next(cx);
        if let Poll::Ready(Some(Ok(chunk))) = &next {
            if left != usize::MAX {
                let left = left.saturating_sub(chunk.len());
                self.head.store(left, Ordering::Relaxed);
            }
            self.pause = true;
        }
        next
    }
}

impl From<MultipartError> for Problem {
    fn from(error: MultipartError) -> Self {
        Problem::new(status_of(&error))
    }
}
