//! Operations with their handlers, and the service that leads requests to them.

use std::collections::BTreeSet;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use axum::body::{Body, HttpBody as _};
use axum::http::header::{ALLOW, CONTENT_LENGTH, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::context::{OperationInfo, ResponseHeaders};
use super::matcher::{Match, Matcher};
use super::media_type;
use super::problem::Problem;
use super::request::{Request, query_pairs};
use super::template::Template;

/// Operations with their handlers.
#[derive(Default)]
pub struct Routes {
    list: Vec<Route>,
}

struct Route {
    operation: &'static OperationInfo,
    handler: Handler,
}

type Handler = Box<dyn Fn(Request) -> HandlerFuture + Send + Sync>;
type HandlerFuture = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

impl Routes {
    /// No operations.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an operation that a function of a service handles.
    #[must_use]
    pub fn add<S, F>(
        mut self,
        operation: &'static OperationInfo,
        service: &Arc<S>,
        handler: impl Fn(Arc<S>, Request) -> F + Send + Sync + 'static,
    ) -> Self
    where
        S: Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        let service = Arc::clone(service);
        self.list.push(Route {
            operation,
            handler: Box::new(move |request| Box::pin(handler(Arc::clone(&service), request))),
        });
        self
    }

    /// Adds the operations of another group.
    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.list.extend(other.list);
        self
    }

    /// A router that serves the operations as its fallback, so that other routes, layers and nesting work as always.
    ///
    /// Bodies are limited to 2 MiB; the layer `axum::extract::DefaultBodyLimit` sets another limit.
    pub fn into_router(self) -> axum::Router {
        let table = Arc::new(Table::new(self.list));
        axum::Router::new().fallback(move |request: axum::extract::Request| {
            let table = Arc::clone(&table);
            async move { table.serve(request).await }
        })
    }
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.list.iter().map(|route| route.operation.id))
            .finish()
    }
}

struct Table {
    matcher: Matcher,
    routes: Vec<Route>,
}

impl Table {
    fn new(routes: Vec<Route>) -> Self {
        let mut matcher = Matcher::default();
        for (index, route) in routes.iter().enumerate() {
            matcher.insert(
                route.operation.method,
                &Template::parse(route.operation.path),
                index,
            );
        }
        Self { matcher, routes }
    }

    async fn serve(&self, request: axum::extract::Request) -> Response {
        let method = request.method().clone();
        let query = request.uri().query().map(query_pairs).unwrap_or_default();
        let response = match self.find(&method, request.uri().path(), &query) {
            Match::Operation(index, values) => match self.routes.get(index) {
                Some(route) => call(route, request, values, query).await,
                None => Problem::not_found().into_response(),
            },
            Match::NotFound => Problem::not_found().into_response(),
            Match::MethodNotAllowed(methods) => not_allowed(&method, methods),
        };
        match method == Method::HEAD {
            true => without_body(response),
            false => response,
        }
    }

    /// Finds an operation; a `HEAD` that the document does not have is the `GET` of the path.
    fn find(&self, method: &Method, path: &str, query: &[(String, String)]) -> Match {
        match self.matcher.find(method.as_str(), path, query) {
            Match::MethodNotAllowed(_) if *method == Method::HEAD => {
                self.matcher.find("GET", path, query)
            }
            found => found,
        }
    }
}

/// Calls the handler of an operation, unless the client accepts none of its responses.
async fn call(
    route: &Route,
    request: axum::extract::Request,
    values: Vec<(Arc<str>, String)>,
    query: Vec<(String, String)>,
) -> Response {
    if !media_type::acceptable(request.headers(), route.operation.produces) {
        return Problem::new(StatusCode::NOT_ACCEPTABLE).into_response();
    }
    let headers = ResponseHeaders::default();
    let request = Request::new(request, route.operation, values, query, headers.clone());
    let handled = unless_panicked(|| (route.handler)(request)).await;
    let result = handled.unwrap_or_else(|| Err(Problem::internal()));
    let mut response = result.into_response();
    response.headers_mut().extend(headers.take());
    response
}

/// What a future ends with; `None` where it panicked, so that the connection and the server live on.
async fn unless_panicked<F: Future>(start: impl FnOnce() -> F) -> Option<F::Output> {
    let mut future = pin!(catch_unwind(AssertUnwindSafe(start)).ok()?);
    std::future::poll_fn(|cx| {
        let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Some(output)),
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}

/// The methods of a path, as an answer to `OPTIONS` and as a refusal of others.
fn not_allowed(method: &Method, mut methods: BTreeSet<String>) -> Response {
    if methods.contains("GET") {
        methods.insert("HEAD".to_owned());
    }
    methods.insert("OPTIONS".to_owned());
    let list = methods.into_iter().collect::<Vec<_>>().join(", ");
    let mut response = match *method == Method::OPTIONS {
        true => StatusCode::NO_CONTENT.into_response(),
        false => Problem::new(StatusCode::METHOD_NOT_ALLOWED).into_response(),
    };
    if let Ok(list) = HeaderValue::from_str(&list) {
        response.headers_mut().insert(ALLOW, list);
    }
    response
}

/// The same response as an answer to `HEAD`.
fn without_body(mut response: Response) -> Response {
    let length = response.body().size_hint().exact();
    if let Some(length) = length.filter(|_| !response.headers().contains_key(CONTENT_LENGTH)) {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    *response.body_mut() = Body::empty();
    response
}
