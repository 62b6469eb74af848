//! Operations with their handlers, and the service that leads requests to them.

use std::collections::BTreeSet;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::ptr;
use std::sync::Arc;
use std::task::Poll;

use axum::body::{Body, HttpBody as _};
use axum::extract::DefaultBodyLimit;
use axum::http::header::{ALLOW, CONTENT_LENGTH, HeaderName, HeaderValue, LINK};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tower_service::Service as _;

use super::context::{OperationInfo, ResponseHeaders};
use super::layer::{Found, OperationSlot};
use super::matcher::{Match, Matcher};
use super::media_type;
use super::problem::Problem;
use super::request::{Request, query_pairs};
use super::request_id::RequestId;
use super::template::Template;

/// Operations with their handlers.
#[derive(Default)]
pub struct Routes {
    list: Vec<Route>,
    answer: Option<Answer>,
    /// What every path begins with; empty or with `/` in front and none at the end.
    base_path: String,
    #[cfg(feature = "cors")]
    pub(super) cors: Option<super::cors::Cors>,
}

struct Route {
    operation: &'static OperationInfo,
    handler: Handler,
    /// How large bodies may be, where the operation has a limit of its own.
    limit: Option<usize>,
    /// What every response says.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The layers around it, the innermost first.
    layers: Vec<Wrap>,
}

/// What puts a layer around a router.
type Wrap = Box<dyn FnOnce(axum::Router) -> axum::Router + Send + Sync>;

/// How problems are answered.
#[derive(Clone)]
struct Answer(Arc<dyn Fn(Problem) -> Response + Send + Sync>);

impl Answer {
    /// How problems of a request are answered: with its id, where it has one.
    fn of(&self, request: &axum::extract::Request) -> impl FnOnce(Problem) -> Response + use<'_> {
        let id = request.extensions().get::<RequestId>().cloned();
        move |problem| match id {
            Some(RequestId(id)) => (self.0)(problem.with_member("request_id", &*id)),
            None => (self.0)(problem),
        }
    }
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
        let serve = move |request: axum::extract::Request| {
            let table = Arc::clone(&table);
            async move { table.serve(request).await }
        };
        let mut router = axum::Router::new();
        // What axum would take for a parameter is left to the fallback.
        if !base_path.is_empty() && !base_path.contains(['{', '}', ':', '*']) {
            for below in ["", "/", "/{*path}"] {
                router = router.route(&format!("{base_path}{below}"), any(serve.clone()));
            }
        }
        router.fallback(serve)
    }
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.list.iter().map(|route| route.operation.id))
            .finish()
    }
}

pub(super) struct Table {
    base_path: String,
    matcher: Matcher,
    endpoints: Vec<(Arc<Endpoint>, Option<axum::Router>)>,
    answer: Answer,
    #[cfg(feature = "cors")]
    cors: Option<super::cors::CorsRules>,
}

/// An operation behind its layers.
struct Endpoint {
    operation: &'static OperationInfo,
    /// The path with the base path, as traces and metrics have it.
    route: Arc<str>,
    handler: Handler,
    limit: Option<usize>,
    headers: Vec<(HeaderName, HeaderValue)>,
    answer: Answer,
}

impl Table {
    fn new(routes: Routes) -> Self {
        let Routes {
            list,
            answer,
            base_path,
            #[cfg(feature = "cors")]
            cors,
        } = routes;
        let answer = answer.unwrap_or_else(|| Answer(Arc::new(Problem::into_response)));
        let mut matcher = Matcher::default();
        for (index, route) in list.iter().enumerate() {
            matcher.insert(
                route.operation.method,
                &Template::parse(route.operation.path),
                index,
            );
        }
        let endpoints = list.into_iter().map(|route| {
            let endpoint = Arc::new(Endpoint {
                operation: route.operation,
                route: format!("{base_path}{}", route.operation.path).into(),
                handler: route.handler,
                limit: route.limit,
                headers: route.headers,
                answer: answer.clone(),
            });
            let layered = layered(&endpoint, route.layers);
            (endpoint, layered)
        });
        let endpoints = endpoints.collect();
        Self {
            base_path,
            matcher,
            endpoints,
            answer,
            #[cfg(feature = "cors")]
            cors: cors.map(Into::into),
        }
    }

    async fn serve(&self, request: axum::extract::Request) -> Response {
        #[cfg(feature = "cors")]
        if let Some(cors) = &self.cors {
            return cors.serve(self, request).await;
        }
        self.answer(request).await
    }

    /// Answers a request, wherever it comes from.
    pub(super) async fn answer(&self, request: axum::extract::Request) -> Response {
        let method = request.method().clone();
        let query = request.uri().query().map(query_pairs).unwrap_or_default();
        let tell = self.answer.of(&request);
        let found = match self.below_base(request.uri().path()) {
            Some(path) => self.find(&method, path, &query),
            None => Match::NotFound,
        };
        let response = match found {
            Match::Operation(index, values) => match self.endpoints.get(index) {
                Some((endpoint, layered)) => {
                    let found = Found { values, query };
                    endpoint.enter(layered.as_ref(), request, found).await
                }
                None => tell(Problem::not_found()),
            },
            Match::NotFound => tell(Problem::not_found()),
            Match::MethodNotAllowed(methods) => not_allowed(&method, methods, tell),
        };
        match method == Method::HEAD {
            true => without_body(response),
            false => response,
        }
    }

    /// The methods of a path; none where it has no operation.
    #[cfg(feature = "cors")]
    pub(super) fn methods(&self, uri: &axum::http::Uri) -> BTreeSet<String> {
        let query = uri.query().map(query_pairs).unwrap_or_default();
        let path = self.below_base(uri.path());
        // No operation has an empty method.
        match path.map(|path| self.matcher.find("", path, &query)) {
            Some(Match::MethodNotAllowed(methods)) => with_head(methods),
            _ => BTreeSet::new(),
        }
    }

    /// The path behind the base path.
    fn below_base<'p>(&self, path: &'p str) -> Option<&'p str> {
        match path.strip_prefix(&self.base_path)? {
            "" => Some("/"),
            rest if self.base_path.is_empty() || rest.starts_with('/') => Some(rest),
            _ => None,
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

/// The methods of a path, as an answer to `OPTIONS` and as a refusal of others.
fn not_allowed(
    method: &Method,
    methods: BTreeSet<String>,
    tell: impl FnOnce(Problem) -> Response,
) -> Response {
    let mut methods = with_head(methods);
    methods.insert("OPTIONS".to_owned());
    let list = methods.into_iter().collect::<Vec<_>>().join(", ");
    let mut response = match *method == Method::OPTIONS {
        true => StatusCode::NO_CONTENT.into_response(),
        false => tell(Problem::new(StatusCode::METHOD_NOT_ALLOWED)),
    };
    if let Ok(list) = HeaderValue::from_str(&list) {
        response.headers_mut().insert(ALLOW, list);
    }
    response
}

/// The methods of a path with `HEAD`, which can be had where `GET` can.
fn with_head(mut methods: BTreeSet<String>) -> BTreeSet<String> {
    if methods.contains("GET") {
        methods.insert("HEAD".to_owned());
    }
    methods
}

impl Endpoint {
    /// Leads a request through the layers of its operation.
    async fn enter(
        &self,
        layered: Option<&axum::Router>,
        mut request: axum::extract::Request,
        found: Found,
    ) -> Response {
        OperationSlot::fill(&request, self.operation, &self.route);
        let mut response = match layered {
            None => self.call(request, found).await,
            Some(layered) => {
                request.extensions_mut().insert(found);
                match layered.clone().call(request).await {
                    Ok(response) => response,
                    Err(never) => match never {},
                }
            }
        };
        for (name, value) in &self.headers {
            if *name == LINK || !response.headers().contains_key(name) {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
        response
    }

    /// Calls the handler of an operation. That the client accepts none of its responses is told behind who may call it.
    async fn call(
        &self,
        mut request: axum::extract::Request,
        Found { values, query }: Found,
    ) -> Response {
        let tell = self.answer.of(&request);
        if let Some(limit) = self.limit {
            DefaultBodyLimit::max(limit).apply(&mut request);
        }
        let headers = ResponseHeaders::default();
        let mut request = Request::new(request, self.operation, values, query, headers.clone());
        if !media_type::acceptable(&request.parts.headers, self.operation.produces) {
            request.fail(Problem::new(StatusCode::NOT_ACCEPTABLE));
        }
        let handled = unless_panicked(|| (self.handler)(request)).await;
        let result = handled.unwrap_or_else(|| Err(Problem::internal()));
        let result = result.and_then(|response| match headers.missing(&response) {
            Some(problem) => Err(problem),
            None => Ok(response),
        });
        let mut response = result.unwrap_or_else(tell);
        response.headers_mut().extend(headers.take());
        response
    }
}

/// The layers of an operation around it; `None` where there are none.
fn layered(endpoint: &Arc<Endpoint>, layers: Vec<Wrap>) -> Option<axum::Router> {
    if layers.is_empty() {
        return None;
    }
    let endpoint = Arc::clone(endpoint);
    let router = axum::Router::new().fallback(move |mut request: axum::extract::Request| {
        let endpoint = Arc::clone(&endpoint);
        async move {
            match request.extensions_mut().remove() {
                Some(found) => endpoint.call(request, found).await,
                // A layer made another request of it.
                None => endpoint.answer.of(&request)(Problem::internal()),
            }
        }
    });
    let wrap = |router, layer: Wrap| layer(router);
    Some(layers.into_iter().fold(router, wrap))
}

/// What a future ends with; `None` where it panicked, so that the connection and the server live on.
pub(super) async fn unless_panicked<F: Future>(start: impl FnOnce() -> F) -> Option<F::Output> {
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

/// The same response as an answer to `HEAD`.
fn without_body(mut response: Response) -> Response {
    let length = response.body().size_hint().exact();
    if let Some(length) = length.filter(|_| !response.headers().contains_key(CONTENT_LENGTH)) {
        response.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    *response.body_mut() = Body::empty();
    response
}
