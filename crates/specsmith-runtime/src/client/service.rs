//! Transports as services of tower, and services as transports.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

use super::{
    Body, BoxError, BoxFuture, ClientBuilder, Exchange, MaybeSend, Transport, TransportError,
    TransportErrorKind,
};

/// A transport as a service of tower.
#[derive(Clone)]
pub struct TransportService(Arc<dyn Transport>);

impl TransportService {
    /// The service that sends requests by this transport.
    pub fn new(transport: impl Transport) -> Self {
        Self(Arc::new(transport))
    }
}

impl Service<http::Request<Body>> for TransportService {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.send(request).await })
    }
}

/// A service as a transport. A clone is used for each request, so clones share what has to be counted, as those of tower
/// do.
struct Served<S>(S);

impl<S> Transport for Served<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Future: MaybeSend,
    S::Error: Into<BoxError>,
{
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        let mut service = self.0.clone();
        let fault =
            |error: S::Error| TransportError::from_boxed(TransportErrorKind::Other, error.into());
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(fault)?;
            service.call(request).await.map_err(fault)
        })
    }
}

impl ClientBuilder {
    /// Sets a service of tower as what carries the requests.
    pub fn service<S>(self, service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<Body>>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: MaybeSend,
        S::Error: Into<BoxError>,
    {
        self.transport(Served(service))
    }

    /// Adds a layer of tower around what carries the requests; what is added first is the first to see a request.
    ///
    /// Services that cannot be cloned go behind `tower::buffer`.
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<TransportService> + Send + Sync + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<Body>>
            + Clone
            + Send
            + Sync
            + 'static,
        <L::Service as Service<http::Request<Body>>>::Future: MaybeSend,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
    {
        self.around(move |transport| Arc::new(Served(layer.layer(TransportService(transport)))))
    }
}
