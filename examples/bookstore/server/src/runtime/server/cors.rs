//! Pages of other origins: which of them may call, and what they may send and read (Fetch, section 3.3).

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_REQUEST_METHOD, HeaderName, HeaderValue, ORIGIN, RETRY_AFTER,
};
use axum::http::{Method, Uri};
use axum::response::Response;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_layer::Layer as _;
use tower_service::Service;

use super::router::Routes;
use super::table::Table;

/// Headers that no document need name, since layers read them.
const SENT: &[&str] = &["x-request-id"];
/// Headers that no document need name, since layers and configurations add them.
const ANSWERED: &[&str] = &[
    "deprecation",
    "link",
    "ratelimit",
    "ratelimit-policy",
    "sunset",
    "x-request-id",
];

/// Which pages of other origins may call the operations, for [`Routes::with_cors`].
///
/// They may send the headers that the document names and read those of responses. No origin is allowed until it is
/// named.
#[derive(Clone)]
#[must_use = "it is for `Routes::with_cors`"]
pub struct Cors {
    origins: Origins,
    credentials: bool,
    max_age: Duration,
    sent: Vec<HeaderName>,
    answered: Vec<HeaderName>,
}

#[derive(Clone)]
enum Origins {
    These(Vec<HeaderValue>),
    Any,
    Where(Arc<dyn Fn(&str) -> bool + Send + Sync>),
}

impl Cors {
    /// No origins; the headers of requests and of responses that the document names.
    pub fn new(sent: &[&'static str], answered: &[&'static str]) -> Self {
        let names = |own: &[&str], document: &[&str]| -> Vec<HeaderName> {
            let names = own.iter().chain(document);
            let mut names: Vec<HeaderName> = names.filter_map(|name| name.parse().ok()).collect();
            names.sort_by(|a, b| a.as_str().cmp(b.as_str()));
            names.dedup();
            names
        };
        let mut cors = Self {
            origins: Origins::These(Vec::new()),
            credentials: false,
            max_age: Duration::from_secs(600),
            sent: names(SENT, sent),
            answered: names(ANSWERED, answered),
        };
        cors.answered.push(RETRY_AFTER);
        cors
    }

    /// Allows an origin, such as `https://shop.example.com`.
    ///
    /// # Panics
    /// When the text is no origin: a scheme and a host, with a port where it is not the usual one, and no path.
    #[track_caller]
    pub fn origin(mut self, origin: &str) -> Self {
        let value = HeaderValue::from_str(origin).ok();
        let value = value.filter(|_| is_origin(origin));
        assert!(
            value.is_some(),
            "`{}` is not an origin such as `https://shop.example.com`",
            origin.escape_debug()
        );
        match &mut self.origins {
            Origins::These(origins) => origins.extend(value),
            _ => self.origins = Origins::These(value.into_iter().collect()),
        }
        self
    }

    /// Allows all origins.
    pub fn any_origin(mut self) -> Self {
        self.origins = Origins::Any;
        self
    }

    /// Allows the origins of which something is true, such as those of all hosts of a domain.
    pub fn origins_where(
        mut self,
        is_allowed: impl Fn(&str) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.origins = Origins::Where(Arc::new(is_allowed));
        self
    }

    /// Lets browsers send what they have of the API: cookies, and passwords that their users gave them. Headers with
    /// tokens that a page sets itself do not need it.
    pub fn with_credentials(mut self) -> Self {
        self.credentials = true;
        self
    }

    /// How long browsers remember what a page may do; ten minutes unless it is set.
    pub fn max_age(mut self, age: Duration) -> Self {
        self.max_age = age;
        self
    }

    /// Lets pages send a header that the document does not name, since a layer reads it.
    pub fn allow_header(mut self, name: HeaderName) -> Self {
        self.sent.push(name);
        self
    }

    /// Lets pages read a header that the document does not name, since a layer adds it.
    pub fn expose_header(mut self, name: HeaderName) -> Self {
        self.answered.push(name);
        self
    }
}

impl std::fmt::Debug for Cors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cors")
            .field("credentials", &self.credentials)
            .field("max_age", &self.max_age)
            .field("sent", &self.sent)
            .field("answered", &self.answered)
            .finish_non_exhaustive()
    }
}

impl Routes {
    /// Lets pages of other origins call the operations.
    ///
    /// What a browser asks beforehand (`OPTIONS` with `Access-Control-Request-Method`) is answered by the methods of the
    /// path, before layers of operations and before anybody is asked who they are. Every response says what a page may
    /// read, also those that refuse a request.
    ///
    /// # Panics
    /// When all origins are allowed with credentials: any page could then act for whoever looks at it.
    #[must_use]
    #[track_caller]
    pub fn with_cors(mut self, cors: Cors) -> Self {
        assert!(
            !(cors.credentials && matches!(cors.origins, Origins::Any)),
            "credentials need origins that are named"
        );
        self.cors = Some(cors);
        self
    }
}

/// What is said to browsers.
pub(super) struct CorsRules(CorsLayer);

impl From<Cors> for CorsRules {
    fn from(cors: Cors) -> Self {
        let origins = match cors.origins {
            Origins::These(origins) => AllowOrigin::list(origins),
            Origins::Any => AllowOrigin::any(),
            Origins::Where(is_allowed) => AllowOrigin::predicate(move |origin, _| {
                origin.to_str().is_ok_and(|origin| is_allowed(origin))
            }),
        };
        let layer = CorsLayer::new()
            .allow_origin(origins)
            .allow_credentials(cors.credentials)
            .allow_headers(cors.sent)
            .expose_headers(cors.answered)
            .max_age(cors.max_age);
        Self(layer)
    }
}

/// What a browser asks with a request.
pub(super) struct Asked {
    question: Request,
    preflight: Option<CorsLayer>,
}

impl Asked {
    /// Whether that is all that is asked.
    pub(super) fn is_preflight(&self) -> bool {
        self.preflight.is_some()
    }
}

impl CorsRules {
    /// What is asked with a request.
    pub(super) fn ask(&self, table: &Table, request: &Request) -> Asked {
        let mut question = Request::new(Body::empty());
        let headers = request.headers();
        for name in [ORIGIN, ACCESS_CONTROL_REQUEST_METHOD] {
            let value = headers.get(&name).cloned();
            question
                .headers_mut()
                .extend(value.map(|value| (name, value)));
        }
        let is_question = request.method() == Method::OPTIONS && question.headers().len() == 2;
        let preflight = is_question.then(|| self.preflight(table, request.uri()));
        let preflight = preflight.flatten();
        if preflight.is_some() {
            *question.method_mut() = Method::OPTIONS;
        }
        Asked {
            question,
            preflight,
        }
    }

    /// Tells the browser what the page may read of a response.
    pub(super) async fn tell(&self, asked: Asked, response: Response) -> Response {
        let layer = asked.preflight.as_ref().unwrap_or(&self.0);
        apply(layer, asked.question, response).await
    }

    /// The rules with the methods of a path; `None` where no operation has it.
    fn preflight(&self, table: &Table, uri: &Uri) -> Option<CorsLayer> {
        let methods = table.methods(uri).into_iter();
        let methods: Vec<Method> = methods.filter_map(|method| method.parse().ok()).collect();
        (!methods.is_empty()).then(|| self.0.clone().allow_methods(methods))
    }
}

/// What a layer makes of a response to a request.
async fn apply(layer: &CorsLayer, request: Request, response: Response) -> Response {
    let answered = layer.layer(Answered(Some(response))).call(request).await;
    match answered {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// A service that has its response already.
struct Answered(Option<Response>);

impl Service<Request> for Answered {
    type Response = Response;
    type Error = Infallible;
    type Future = Ready<Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request) -> Self::Future {
        ready(Ok(self.0.take().unwrap_or_default()))
    }
}

/// Whether a text is what browsers send as an origin: `null`, or a scheme and a host with nothing behind them.
fn is_origin(text: &str) -> bool {
    let Some((scheme, host)) = text.split_once("://") else {
        return text == "null";
    };
    let is_lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let in_scheme = |byte: u8| is_lower(byte) || b"+-.".contains(&byte);
    let in_host = |byte: u8| is_lower(byte) || b"-._:[]".contains(&byte);
    !scheme.is_empty()
        && scheme.bytes().all(in_scheme)
        && !host.is_empty()
        && host.bytes().all(in_host)
}
