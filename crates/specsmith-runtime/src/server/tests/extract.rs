//! Extractors of axum in handlers, and what they add to responses.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Request as HttpRequest, StatusCode};
use axum::response::Response;
use axum_extra::extract::cookie::{Cookie, CookieJar};
use tower::ServiceExt as _;

use super::super::context::OperationInfo;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;

static VISIT: OperationInfo = operation("/visit");
static LANGUAGE: OperationInfo = operation("/language");
static TENANT: OperationInfo = operation("/tenant");

const fn operation(path: &'static str) -> OperationInfo {
    OperationInfo {
        id: path,
        method: "GET",
        path,
        tags: &[],
        produces: &[],
        security: &[],
    }
}

/// The service, with what an extractor needs of it.
struct Service {
    tenants: Tenants,
}

#[derive(Clone)]
struct Tenants(&'static str);

impl FromRef<Service> for Tenants {
    fn from_ref(service: &Service) -> Self {
        service.tenants.clone()
    }
}

/// What a layer would attach.
#[derive(Clone)]
struct Language(&'static str);

/// An extractor that answers in its own words.
struct Tenant(&'static str);

impl<S: Send + Sync> FromRequestParts<S> for Tenant
where
    Tenants: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Tenants(known) = Tenants::from_ref(state);
        match parts.headers.get("x-tenant") {
            Some(name) if name == known => Ok(Self(known)),
            _ => Err(Problem::forbidden().with_detail("no such tenant")),
        }
    }
}

async fn visit(_: Arc<Service>, request: Request) -> Result<Response, Problem> {
    let mut cx = request.finish()?;
    let jar: CookieJar = cx.extract().await?;
    let visits = jar
        .get("visits")
        .and_then(|cookie| cookie.value().parse().ok())
        .unwrap_or(0)
        + 1;
    cx.add_response_parts(jar.add(Cookie::new("visits", visits.to_string())))?;
    let ConnectInfo(peer) = cx.extract::<ConnectInfo<SocketAddr>>().await?;
    Ok(response::text(
        200,
        "text/plain",
        format!("{visits} {}", peer.ip()),
    ))
}

async fn language(_: Arc<Service>, request: Request) -> Result<Response, Problem> {
    let mut cx = request.finish()?;
    let Extension(Language(language)) = cx.extract().await?;
    Ok(response::text(200, "text/plain", language.to_owned()))
}

async fn tenant(service: Arc<Service>, request: Request) -> Result<Response, Problem> {
    let Tenant(name) = request.finish()?.extract_with_state(&*service).await?;
    Ok(response::text(200, "text/plain", name.to_owned()))
}

async fn get(request: axum::http::request::Builder) -> (StatusCode, Vec<String>, String) {
    let tenants = Tenants("north");
    let service = Arc::new(Service { tenants });
    let router = Routes::new()
        .add(&VISIT, &service, visit)
        .add(&LANGUAGE, &service, language)
        .add(&TENANT, &service, tenant)
        .into_router();
    let request = request.body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let cookies = response.headers().get_all("set-cookie").iter();
    let cookies = cookies
        .map(|cookie| cookie.to_str().unwrap().to_owned())
        .collect();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX)
        .await
        .unwrap();
    (status, cookies, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn cookies_are_read_and_set() {
    let peer = ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 5)));
    let request = HttpRequest::get("/visit")
        .header("cookie", "a=b; visits=41")
        .extension(peer);
    let (status, cookies, body) = get(request).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "42 192.0.2.1"));
    assert_eq!(cookies, ["visits=42"]);
}

#[tokio::test]
async fn headers_stay_where_a_later_extractor_rejects() {
    let (status, cookies, body) = get(HttpRequest::get("/visit")).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(cookies, ["visits=1"]);
    assert!(!body.contains("SocketAddr"), "{body}");
}

#[tokio::test]
async fn extensions_of_layers_are_extracted() {
    let (status, _, body) = get(HttpRequest::get("/language").extension(Language("de"))).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "de"));
    let (status, _, body) = get(HttpRequest::get("/language")).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        body.starts_with("{") && !body.contains("Language"),
        "{body}"
    );
}

#[tokio::test]
async fn the_service_is_the_state_and_problems_stay() {
    let (status, _, body) = get(HttpRequest::get("/tenant").header("x-tenant", "north")).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "north"));
    let (status, _, body) = get(HttpRequest::get("/tenant")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(body.contains("no such tenant"), "{body}");
}
