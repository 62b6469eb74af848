//! [`Middleware`]: what happens to each request on its way, and to each response.

use std::sync::Arc;

use super::transport::operation_of;
use super::{Body, ClientBuilder, Exchange, OperationInfo, Transport, TransportError};

/// What happens to each request on its way: it can look at it, change it, answer it, or wait.
///
/// It sees every attempt of a call, with the credentials in headers and query. Headers that can be secret are marked as
/// such, so that they are not printed; the address is not.
///
/// ```text
/// struct Signed(Key);
///
/// impl Middleware for Signed {
///     fn handle<'a>(&'a self, mut request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
///         self.0.sign(&mut request);
///         next.send(request)
///     }
/// }
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Handles a request; what is not answered here goes to `next`.
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Exchange<'a>;
}

/// What comes after a middleware: others, then the transport.
#[derive(Clone, Copy)]
pub struct Next<'a>(&'a dyn Transport);

impl<'a> Next<'a> {
    /// Sends a request on its way.
    pub fn send(self, request: http::Request<Body>) -> Exchange<'a> {
        self.0.send(request)
    }
}

/// What an attempt ended with, as hooks see it.
pub type Answer<'a> = Result<&'a http::Response<Body>, &'a TransportError>;

impl ClientBuilder {
    /// Adds a middleware; the first one is the first to see a request.
    pub fn middleware(self, middleware: impl Middleware) -> Self {
        let middleware = Arc::new(middleware);
        self.around(move |transport| {
            let middleware = middleware.clone();
            Arc::new(Around {
                middleware,
                transport,
            })
        })
    }

    /// Calls a function with each request before it is sent, to look at it or to change it.
    pub fn on_request(
        self,
        hook: impl Fn(&mut http::Request<Body>) + Send + Sync + 'static,
    ) -> Self {
        self.middleware(OnRequest(hook))
    }

    /// Calls a function with what each attempt ended with: the head of a response, or why there is none.
    pub fn on_response(
        self,
        hook: impl Fn(Option<&'static OperationInfo>, Answer<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.middleware(OnResponse(hook))
    }
}

/// A transport with a middleware around it.
struct Around<M> {
    middleware: Arc<M>,
    transport: Arc<dyn Transport>,
}

impl<M: Middleware> Transport for Around<M> {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        self.middleware.handle(request, Next(&*self.transport))
    }
}

struct OnRequest<F>(F);

impl<F: Fn(&mut http::Request<Body>) + Send + Sync + 'static> Middleware for OnRequest<F> {
    fn handle<'a>(&'a self, mut request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
        (self.0)(&mut request);
        next.send(request)
    }
}

struct OnResponse<F>(F);

impl<F> Middleware for OnResponse<F>
where
    F: Fn(Option<&'static OperationInfo>, Answer<'_>) + Send + Sync + 'static,
{
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
        let operation = operation_of(&request);
        Box::pin(async move {
            let answer = next.send(request).await;
            (self.0)(operation, answer.as_ref());
            answer
        })
    }
}
