//! The operations of a router at work: from a request to its operation, and from its handler to a response.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody as _};
use axum::extract::DefaultBodyLimit;
use axum::http::header::{ALLOW, CONTENT_LENGTH, HeaderName, HeaderValue, LINK};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use tower_service::Service;

use super::context::{OperationInfo, ResponseHeaders};
use super::layer::{Found, OperationSlot};
use super::matcher::{Match, Matcher};
use super::media_type;
use super::pairs::Pairs;
use super::problem::Problem;
use super::request::Request;
use super::request_id::RequestId;
use super::router::{Answer, Handler, HandlerFuture, Routes, Wrap};
use super::template::Template;

/// A function as a service: without what axum does around handlers, for each request and for nothing here.
#[derive(Clone)]
pub(super) struct Serve<F>(pub(super) F);

impl<F, A> Service<axum::extract::Request> for Serve<F>
where
    F: Fn(axum::extract::Request) -> A,
    A: Future<Output = Result<Response, Infallible>>,
{
    type Response = Response;
    type Error = Infallible;
    type Future = A;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: axum::extract::Request) -> A {
        (self.0)(request)
    }
}

/// The operations of a router, and where they are found.
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
    pub(super) fn new(routes: Routes) -> Self {
        let Routes {
            list,
            answer,
            base_path,
            #[cfg(feature = "cors")]
            cors,
        } = routes;
        let answer = answer.unwrap_or_default();
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

    /// Answers a request. What it holds is small, since it is moved by each service around it: the request itself is in
    /// the future of the handler by then.
    pub(super) fn serve(
        self: Arc<Self>,
        request: axum::extract::Request,
    ) -> impl Future<Output = Result<Response, Infallible>> {
        #[cfg(feature = "cors")]
        let asked = self.cors.as_ref().map(|cors| cors.ask(&self, &request));
        #[cfg(feature = "cors")]
        let started = match asked.as_ref().is_some_and(|asked| asked.is_preflight()) {
            true => Started::with(Response::default()),
            false => self.start(request),
        };
        #[cfg(not(feature = "cors"))]
        let started = self.start(request);
        async move {
            let response = started.finish().await;
            #[cfg(feature = "cors")]
            let response = match (&self.cors, asked) {
                (Some(cors), Some(asked)) => cors.tell(asked, response).await,
                _ => response,
            };
            Ok(response)
        }
    }

    /// Leads a request to its operation, wherever it comes from.
    fn start(&self, request: axum::extract::Request) -> Started {
        let method = request.method().clone();
        let query = request
            .uri()
            .query()
            .map(Pairs::of_query)
            .unwrap_or_default();
        let found = match self.below_base(request.uri().path()) {
            Some(path) => self.find(&method, path, &query),
            None => Match::NotFound,
        };
        let tell = self.answer.of(&request);
        let answer = match found {
            Match::Operation(index, values) => match self.endpoints.get(index) {
                Some((endpoint, layered)) => {
                    let found = Found { values, query };
                    Endpoint::enter(endpoint, layered.as_ref(), request, found)
                }
                None => tell(Problem::not_found()).into(),
            },
            Match::NotFound => tell(Problem::not_found()).into(),
            Match::MethodNotAllowed(methods) => not_allowed(&method, methods, tell).into(),
        };
        Started {
            answer,
            is_head: method == Method::HEAD,
        }
    }

    /// The methods of a path; none where it has no operation.
    #[cfg(feature = "cors")]
    pub(super) fn methods(&self, uri: &axum::http::Uri) -> BTreeSet<String> {
        let query = uri.query().map(Pairs::of_query).unwrap_or_default();
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
    fn find(&self, method: &Method, path: &str, query: &Pairs) -> Match {
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

/// A request that was led to its operation.
struct Started {
    answer: Answering,
    is_head: bool,
}

/// What answers a request.
enum Answering {
    /// It is answered.
    Done(Response),
    /// An operation.
    Handler(Arc<Endpoint>, Handling),
    /// An operation behind its layers.
    Layers(Arc<Endpoint>, Pin<Box<RouteFuture<Infallible>>>),
}

impl From<Response> for Answering {
    fn from(response: Response) -> Self {
        Self::Done(response)
    }
}

impl Started {
    /// One that was answered without a look at the operations.
    #[cfg(feature = "cors")]
    fn with(response: Response) -> Self {
        Self {
            answer: response.into(),
            is_head: false,
        }
    }

    async fn finish(self) -> Response {
        let response = match self.answer {
            Answering::Done(response) => response,
            Answering::Handler(endpoint, handling) => {
                endpoint.announce(handling.finish(&endpoint.answer).await)
            }
            Answering::Layers(endpoint, layers) => match layers.await {
                Ok(response) => endpoint.announce(response),
                Err(never) => match never {},
            },
        };
        match self.is_head {
            true => without_body(response),
            false => response,
        }
    }
}

/// The handler of an operation at work.
struct Handling {
    future: HandlerFuture,
    headers: ResponseHeaders,
    id: Option<RequestId>,
}

impl Handling {
    async fn finish(self, answer: &Answer) -> Response {
        let handled = unless_panicked(|| self.future).await;
        let result = handled.unwrap_or_else(|| Err(Problem::internal()));
        let result = result.and_then(|response| match self.headers.missing(&response) {
            Some(problem) => Err(problem),
            None => Ok(response),
        });
        let mut response = result.unwrap_or_else(|problem| answer.to(self.id, problem));
        self.headers.move_to(response.headers_mut());
        response
    }
}

impl Endpoint {
    /// Leads a request through the layers of its operation.
    fn enter(
        this: &Arc<Self>,
        layered: Option<&axum::Router>,
        mut request: axum::extract::Request,
        found: Found,
    ) -> Answering {
        OperationSlot::fill(&request, this.operation, &this.route);
        match layered {
            None => Answering::Handler(Arc::clone(this), this.call(request, found)),
            Some(layered) => {
                request.extensions_mut().insert(found);
                let answer = Box::pin(layered.clone().call(request));
                Answering::Layers(Arc::clone(this), answer)
            }
        }
    }

    /// Calls the handler of an operation. That the client accepts none of its responses is told behind who may call it.
    fn call(&self, mut request: axum::extract::Request, found: Found) -> Handling {
        if let Some(limit) = self.limit {
            DefaultBodyLimit::max(limit).apply(&mut request);
        }
        let id = request.extensions().get::<RequestId>().cloned();
        let headers = ResponseHeaders::default();
        let mut request = Request::new(request, self.operation, found, headers.clone());
        if !media_type::acceptable(&request.parts.headers, self.operation.produces) {
            request.fail(Problem::new(StatusCode::NOT_ACCEPTABLE));
        }
        let future = (self.handler)(request);
        Handling {
            future,
            headers,
            id,
        }
    }

    /// Adds what every response of the operation says.
    fn announce(&self, mut response: Response) -> Response {
        for (name, value) in &self.headers {
            if *name == LINK || !response.headers().contains_key(name) {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
        response
    }
}

/// The layers of an operation around it; `None` where there are none.
fn layered(endpoint: &Arc<Endpoint>, layers: Vec<Wrap>) -> Option<axum::Router> {
    if layers.is_empty() {
        return None;
    }
    let endpoint = Arc::clone(endpoint);
    let serve = Serve(move |mut request: axum::extract::Request| {
        let endpoint = Arc::clone(&endpoint);
        async move {
            Ok(match request.extensions_mut().remove() {
                Some(found) => endpoint.call(request, found).finish(&endpoint.answer).await,
                // A layer made another request of it.
                None => endpoint.answer.of(&request)(Problem::internal()),
            })
        }
    });
    let router = axum::Router::new().fallback_service(serve);
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
