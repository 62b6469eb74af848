//! Operations with their handlers, from which a router is made.

use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::sync::Arc;

use axum::http::header::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use super::context::OperationInfo;
use super::problem::Problem;
use super::request::Request;
use super::request_id::RequestId;
use super::table::{Serve, Table};

/// Operations with their handlers.
#[derive(Default)]
pub struct Routes {
    pub(super) list: Vec<Route>,
    pub(super) answer: Option<Answer>,
    /// What every path begins with; empty or with `/` in front and none at the end.
    pub(super) base_path: String,
    #[cfg(feature = "cors")]
    pub(super) cors: Option<super::cors::Cors>,
}

/// An operation with its handler.
pub(super) struct Route {
    pub(super) operation: &'static OperationInfo,
    pub(super) handler: Handler,
    /// How large bodies may be, where the operation has a limit of its own.
    pub(super) limit: Option<usize>,
    /// What every response says.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// The layers around it, the innermost first.
    pub(super) layers: Vec<Wrap>,
}

/// What puts a layer around a router.
pub(super) type Wrap = Box<dyn FnOnce(axum::Router) -> axum::Router + Send + Sync>;

/// How problems are answered.
#[derive(Clone)]
pub(super) struct Answer(Arc<dyn Fn(Problem) -> Response + Send + Sync>);

impl Default for Answer {
    fn default() -> Self {
        Self(Arc::new(Problem::into_response))
    }
}

impl Answer {
    /// How problems of a request are answered.
    pub(super) fn of(&self, request: &axum::extract::Request) -> impl FnOnce(Problem) -> Response + use<'_> {
        let id = request.extensions().get::<RequestId>().cloned();
        move |problem| self.to(id, problem)
    }

    /// Answers a problem: with the id of its request, where it has one.
    pub(super) fn to(&self, id: Option<RequestId>, problem: Problem) -> Response {
        match id {
            Some(RequestId(id)) => (self.0)(problem.with_member("request_id", &*id)),
            None => (self.0)(problem),
        }
    }
}

pub(super) type Handler = Box<dyn Fn(Request) -> HandlerFuture + Send + Sync>;
pub(super) type HandlerFuture = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

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
            limit: None,
            headers: Vec::new(),
            layers: Vec::new(),
            handler: Box::new(move |request| Box::pin(handler(Arc::clone(&service), request))),
        });
        self
    }

    /// Adds the operations of another group.
    #[must_use]
    pub fn merge(mut self, other: Routes) -> Self {
        self.list.extend(other.list);
        self.answer = self.answer.or(other.answer);
        if self.base_path.is_empty() {
            self.base_path = other.base_path;
        }
        #[cfg(feature = "cors")]
        {
            self.cors = self.cors.or(other.cors);
        }
        self
    }

    /// Serves all operations below a path, such as `/v1`; nothing is at other paths.
    ///
    /// Handlers and layers see whole paths, unlike with `axum::Router::nest`.
    #[must_use]
    pub fn with_base_path(mut self, path: impl Into<String>) -> Self {
        self.base_path = path.into();
        self.base_path
            .truncate(self.base_path.trim_end_matches('/').len());
        self
    }

    /// Limits the bodies of the operations for which the function has a number of bytes; what is larger is answered
    /// with 413.
    ///
    /// The others keep their limits: that of the configuration, else 2 MiB, or what the layer
    /// `axum::extract::DefaultBodyLimit` sets.
    #[must_use]
    pub fn with_body_limits(mut self, limit: impl Fn(&OperationInfo) -> Option<usize>) -> Self {
        for route in &mut self.list {
            route.limit = limit(route.operation).or(route.limit);
        }
        self
    }

    /// Limits the bodies of the operations that were added so far and have no limit yet to a number of bytes.
    #[must_use]
    pub fn limit_bodies(mut self, bytes: u64) -> Self {
        let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
        for route in &mut self.list {
            route.limit.get_or_insert(bytes);
        }
        self
    }

    /// Limits the bodies of an operation that was added to a number of bytes.
    #[must_use]
    pub fn limit_body(mut self, operation: &'static OperationInfo, bytes: u64) -> Self {
        for route in self.routes_of(operation) {
            route.limit = Some(usize::try_from(bytes).unwrap_or(usize::MAX));
        }
        self
    }

    /// Has every response of an operation that was added say something, also those of layers around it; what a handler
    /// says itself stays. What cannot be a header is left out.
    #[must_use]
    pub fn announce(mut self, operation: &'static OperationInfo, headers: &[(&str, &str)]) -> Self {
        let parsed = headers.iter().filter_map(|(name, value)| {
            Some((name.parse().ok()?, HeaderValue::from_str(value).ok()?))
        });
        let parsed: Vec<(HeaderName, HeaderValue)> = parsed.collect();
        for route in self.routes_of(operation) {
            route.headers.extend(parsed.iter().cloned());
        }
        self
    }

    fn routes_of(&mut self, operation: &'static OperationInfo) -> impl Iterator<Item = &mut Route> {
        let routes = self.list.iter_mut();
        routes.filter(move |route| ptr::eq(route.operation, operation))
    }

    /// Answers problems in another form: those of requests that break the contract, of paths and methods that are not
    /// there, of handlers that fail. Without it they are `application/problem+json`.
    #[must_use]
    pub fn with_problems(
        mut self,
        answer: impl Fn(Problem) -> Response + Send + Sync + 'static,
    ) -> Self {
        self.answer = Some(Answer(Arc::new(answer)));
        self
    }

    /// The operations that were added.
    pub(super) fn operations(&self) -> impl Iterator<Item = &'static OperationInfo> {
        self.list.iter().map(|route| route.operation)
    }

    /// Wraps the operations of which something is true.
    pub(super) fn wrap_where<W>(
        &mut self,
        is_meant: impl Fn(&'static OperationInfo) -> bool,
        wrap: &W,
    ) where
        W: Fn(axum::Router) -> axum::Router + Clone + Send + Sync + 'static,
    {
        let meant = self.list.iter_mut();
        for route in meant.filter(|route| is_meant(route.operation)) {
            route.layers.push(Box::new(wrap.clone()));
        }
    }

    /// A router that serves the operations: as routes below the base path, where there is one, and as its fallback, which
    /// answers requests for anything else with 404. So other routes, layers and nesting work as always, and the routers
    /// of several APIs are merged once all but one have lost their fallback:
    ///
    /// ```text
    /// books_v1::router(App).merge(books_v2::router(App).reset_fallback())
    /// ```
    ///
    /// Bodies are limited to 2 MiB; the layer `axum::extract::DefaultBodyLimit` sets another limit.
    pub fn into_router(self) -> axum::Router {
        let base_path = self.base_path.clone();
        let table = Arc::new(Table::new(self));
        let serve = Serve(move |request| Arc::clone(&table).serve(request));
        let mut router = axum::Router::new();
        // What axum would take for a parameter is left to the fallback.
        if !base_path.is_empty() && !base_path.contains(['{', '}', ':', '*']) {
            for below in ["", "/", "/{*path}"] {
                router = router.route_service(&format!("{base_path}{below}"), serve.clone());
            }
        }
        router.fallback_service(serve)
    }
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.list.iter().map(|route| route.operation.id))
            .finish()
    }
}

