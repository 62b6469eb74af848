//! What comes over the wire to a server: the bodies of requests as they are sent.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::header::CONTENT_TYPE,
    middleware::{self, Next},
};
use tokio::net::TcpListener;

/// The media type and the body of the last request.
#[derive(Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<(String, String)>>);

impl Wire {
    /// The body; of XML, what is behind its first line.
    pub(crate) fn last(&self) -> String {
        let (_, body) = &*self.0.lock().expect("a lock");
        let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        body.strip_prefix(declaration).unwrap_or(body).to_owned()
    }

    pub(crate) fn content_type(&self) -> String {
        self.0.lock().expect("a lock").0.clone()
    }
}

/// Starts a server on a port of its own.
pub(crate) async fn start(router: Router) -> (String, Wire) {
    let wire = Wire::default();
    let seen = wire.clone();
    let router = router.layer(middleware::from_fn(move |request, next| {
        record(seen.clone(), request, next)
    }));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(crate::server::serve(listener, router).into_future());
    (url, wire)
}

async fn record(wire: Wire, request: Request, next: Next) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    let header = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let text = String::from_utf8_lossy(&bytes).into_owned();
    *wire.0.lock().expect("a lock") = (header.unwrap_or_default().to_owned(), text);
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}
