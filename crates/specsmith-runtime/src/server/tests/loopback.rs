//! A small API, called as a service and over a socket.
#![allow(dead_code, unreachable_pub, reason = "as generated types are")]

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::DefaultBodyLimit;
use axum::http::{Request as HttpRequest, StatusCode};
use axum::response::Response;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};

use super::super::context::OperationInfo;
use super::super::parameter::{path, query};
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response::{self, responses};
use super::super::router::Routes;
use crate::runtime::codec::{codec, rules};

/// A book that is sent.
#[derive(Debug, Clone, PartialEq)]
struct NewBook {
    title: String,
    pages: Option<i64>,
}
codec!(closed struct NewBook {
    title: "title",
    pages: "pages" optional,
});
rules!(struct NewBook {
    title: "title" min_length(1),
    pages: "pages" minimum(1),
});

struct Shop;

enum GetBookResponse {
    Ok(Value),
    NotFound,
    Other(StatusCode, String),
}
responses!(GetBookResponse {
    Ok: 200 json "application/json",
    NotFound: 404,
    Other: _ text "text/plain",
});

const fn operation(id: &'static str, method: &'static str, path: &'static str) -> OperationInfo {
    OperationInfo {
        id,
        method,
        path,
        tags: &[],
        produces: &["application/json"],
        security: &[],
    }
}

static GET_BOOK: OperationInfo = operation("getBook", "GET", "/books/{isbn}");
static CREATE_BOOK: OperationInfo = operation("createBook", "POST", "/books");
static UPLOAD: OperationInfo = operation("upload", "PUT", "/books/{isbn}/text");
static ANY: OperationInfo = operation("any", "POST", "/any");
static ORDER: OperationInfo = operation("order", "POST", "/orders");

async fn get_book(_: Arc<Shop>, mut request: Request) -> Result<Response, Problem> {
    let isbn = request.required::<String>(path("isbn"));
    let status = request.optional::<u16>(query("status"));
    let cx = request.finish()?;
    let isbn = isbn?;
    let (name, value) = (
        "x-operation".parse().unwrap(),
        cx.operation().id.parse().unwrap(),
    );
    cx.add_response_header(name, value);
    let result = match (isbn.as_str(), status?) {
        ("panic", _) => panic!("a bug of the handler"),
        ("problem", _) => Err(Problem::conflict()),
        ("none", _) => Ok(GetBookResponse::NotFound),
        (_, Some(status)) => Ok(GetBookResponse::Other(
            StatusCode::from_u16(status).unwrap(),
            "other".to_owned(),
        )),
        (isbn, None) => Ok(GetBookResponse::Ok(json!({ "isbn": isbn }))),
    };
    response::reply(result)
}

async fn create_book(_: Arc<Shop>, mut request: Request) -> Result<Response, Problem> {
    let dry = request.optional::<bool>(query("dry"));
    let body = request.json::<NewBook>().await;
    request.check_body(&body, rules!(nested));
    request.finish()?;
    let (_, body) = (dry?, body?);
    Ok(response::json(
        201,
        "application/json",
        json!({ "title": body.title, "pages": body.pages }),
    ))
}

async fn upload(_: Arc<Shop>, mut request: Request) -> Result<Response, Problem> {
    let body = request.optional_text("text/*").await;
    request.finish()?;
    Ok(response::json(
        200,
        "application/json",
        body?.map(|text| text.len()),
    ))
}

async fn any(_: Arc<Shop>, mut request: Request) -> Result<Response, Problem> {
    let body = request.optional_json::<Value>().await;
    request.finish()?;
    Ok(response::json(200, "application/json", body?))
}

async fn order(_: Arc<Shop>, mut request: Request) -> Result<Response, Problem> {
    let body = request.form::<Value>().await;
    request.finish()?;
    Ok(response::json(200, "application/json", body?))
}

pub(super) fn router() -> axum::Router {
    let service = Arc::new(Shop);
    let books =
        Routes::new()
            .add(&GET_BOOK, &service, get_book)
            .add(&CREATE_BOOK, &service, create_book);
    let others = Routes::new()
        .add(&UPLOAD, &service, upload)
        .add(&ORDER, &service, order)
        .add(&ANY, &service, any);
    books.merge(others).into_router()
}

pub(super) async fn call(
    router: axum::Router,
    request: HttpRequest<Body>,
) -> (u16, axum::http::HeaderMap, String) {
    let response = TowerToHyperService::new(router)
        .call(request)
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (
        parts.status.as_u16(),
        parts.headers,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

pub(super) async fn send(
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> (u16, Value) {
    let mut request = HttpRequest::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (status, _, body) = call(router(), request.body(body.into()).unwrap()).await;
    (
        status,
        serde_json::from_str(&body).unwrap_or(Value::String(body)),
    )
}

pub(super) const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// A body whose length is not known before.
pub(super) fn futures_of(chunks: Vec<Vec<u8>>) -> Body {
    struct Chunks(std::vec::IntoIter<Vec<u8>>);
    impl hyper::body::Body for Chunks {
        type Data = axum::body::Bytes;
        type Error = std::convert::Infallible;
        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
            std::task::Poll::Ready(
                self.0
                    .next()
                    .map(|chunk| Ok(hyper::body::Frame::data(chunk.into()))),
            )
        }
    }
    Body::new(Chunks(chunks.into_iter()))
}

#[tokio::test]
async fn responses_are_sent_as_their_table_says() {
    assert_eq!(
        send("GET", "/books/a%2Fb", &[], "").await,
        (200, json!({ "isbn": "a/b" }))
    );
    assert_eq!(send("GET", "/books/none", &[], "").await, (404, json!("")));
    assert_eq!(
        send("GET", "/books/a?status=418", &[], "").await,
        (418, json!("other"))
    );
    assert_eq!(
        send("GET", "/books/problem", &[], "").await.1["title"],
        "Conflict"
    );
    let request = HttpRequest::get("/books/a").body(Body::empty()).unwrap();
    let (_, headers, _) = call(router(), request).await;
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["x-operation"], "getBook");
}

#[tokio::test]
async fn what_is_not_there_is_refused() {
    assert_eq!(send("GET", "/nothing", &[], "").await.0, 404);
    let request = |method: &str| {
        HttpRequest::builder()
            .method(method)
            .uri("/books/a")
            .body(Body::empty())
            .unwrap()
    };
    let (status, headers, _) = call(router(), request("DELETE")).await;
    assert_eq!(
        (status, headers["allow"].to_str().unwrap()),
        (405, "GET, HEAD, OPTIONS")
    );
    assert_eq!(headers["content-type"], "application/problem+json");
    let (status, headers, body) = call(router(), request("OPTIONS")).await;
    assert_eq!(
        (status, headers["allow"].to_str().unwrap(), body.as_str()),
        (204, "GET, HEAD, OPTIONS", "")
    );
    let (status, headers, body) = call(router(), request("HEAD")).await;
    assert_eq!(
        (
            status,
            headers["content-length"].to_str().unwrap(),
            body.as_str()
        ),
        (200, "12", "")
    );
    assert_eq!(
        send("GET", "/books/a", &[("accept", "text/html")], "")
            .await
            .0,
        406
    );
    assert_eq!(
        send("GET", "/books/a", &[("accept", "text/html, */*;q=0.1")], "")
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn a_handler_that_panics_does_not_end_the_server() {
    let (status, body) = send("GET", "/books/panic", &[], "").await;
    assert_eq!(
        (status, body),
        (
            500,
            json!({ "type": "about:blank", "title": "Internal Server Error", "status": 500 })
        )
    );
    assert_eq!(send("GET", "/books/a", &[], "").await.0, 200);
}

#[tokio::test]
async fn the_router_is_one_of_axum() {
    let own = axum::Router::new().route("/health", axum::routing::get(|| async { "fine" }));
    let app = axum::Router::new().nest("/v1", router()).merge(own);
    let get = |target: &str| HttpRequest::get(target).body(Body::empty()).unwrap();
    assert_eq!(
        call(app.clone(), get("/v1/books/a")).await.2,
        r#"{"isbn":"a"}"#
    );
    assert_eq!(call(app.clone(), get("/health")).await.2, "fine");
    assert_eq!(call(app.clone(), get("/books/a")).await.0, 404);
    assert_eq!(call(app, get("/v1/nothing")).await.0, 404);
    let own = axum::Router::new().route("/health", axum::routing::get(|| async { "fine" }));
    let merged = router().merge(own);
    assert_eq!(call(merged.clone(), get("/health")).await.0, 200);
    assert_eq!(call(merged, get("/books/a")).await.0, 200);
}

#[tokio::test]
async fn operations_have_limits_of_their_own() {
    let routes = || {
        let service = Arc::new(Shop);
        Routes::new()
            .add(&CREATE_BOOK, &service, create_book)
            .add(&ORDER, &service, order)
            .add(&STORE, &service, store)
            .with_body_limits(|operation| match operation.id {
                "createBook" => Some(20),
                "store" => Some(3 << 20),
                _ => None,
            })
    };
    let router = || routes().into_router().layer(DefaultBodyLimit::max(30));
    let send = |target: &'static str, media_type: &'static str, body: Body| {
        let request = HttpRequest::post(target).header("content-type", media_type);
        call(router(), request.body(body).unwrap())
    };
    let json = |text: &'static str| send("/books", "application/json", text.into());
    assert_eq!(json(r#"{"title":"12345678"}"#).await.0, 201);
    assert_eq!(json(r#"{"title":"123456789"}"#).await.0, 413);
    let form =
        |text: &'static str| send("/orders", "application/x-www-form-urlencoded", text.into());
    assert_eq!(form("a=12345678901234567890").await.0, 200);
    assert_eq!(form("a=12345678901234567890123456789").await.0, 413);
    // What is read piece by piece is limited, too, whether its length is announced or not.
    let bytes = |body: Body| send("/store", "image/png", body);
    assert_eq!(bytes(vec![0; 3 << 20].into()).await.2, "3145728");
    assert_eq!(bytes(vec![0; (3 << 20) + 1].into()).await.0, 413);
    assert_eq!(
        bytes(futures_of(vec![vec![0; 1 << 20]; 3])).await.2,
        "3145728"
    );
    assert_eq!(bytes(futures_of(vec![vec![0; 1 << 20]; 4])).await.0, 413);
}

static STORE: OperationInfo = operation("store", "POST", "/store");

async fn store(_: Arc<Shop>, mut request: Request) -> Result<Response, Problem> {
    let body = request.stream("image/*");
    request.finish()?;
    let bytes = to_bytes(body?, usize::MAX).await?;
    Ok(response::json(200, "application/json", bytes.len()))
}

#[tokio::test]
async fn bodies_that_are_streamed_have_a_media_type() {
    let service = Arc::new(Shop);
    let router = || {
        let routes = Routes::new().add(&STORE, &service, store);
        routes.into_router()
    };
    let send = |media_type: Option<&str>, body: &'static str| {
        let mut request = HttpRequest::post("/store");
        if let Some(media_type) = media_type {
            request = request.header("content-type", media_type);
        }
        call(router(), request.body(Body::from(body)).unwrap())
    };
    assert_eq!(send(Some("image/png"), "abc").await.2, "3");
    assert_eq!(send(Some("image/png"), "").await.2, "0");
    assert_eq!(send(Some("text/plain"), "abc").await.0, 415);
    assert_eq!(send(None, "abc").await.0, 415);
    assert_eq!(send(None, "").await.0, 400);
}

#[tokio::test]
async fn problems_can_be_answered_in_another_form() {
    let service = Arc::new(Shop);
    let answer = |problem: Problem| {
        response::text(problem.status().as_u16(), "text/plain", problem.to_string())
    };
    let routes =
        Routes::new()
            .add(&GET_BOOK, &service, get_book)
            .add(&CREATE_BOOK, &service, create_book);
    let router = routes.with_problems(answer).into_router();
    let mut told = Vec::new();
    for (method, target, accept) in [
        ("GET", "/nothing", "*/*"),
        ("DELETE", "/books/a", "*/*"),
        ("GET", "/books/a", "text/html"),
        ("GET", "/books/a?status=x", "*/*"),
        ("GET", "/books/problem", "*/*"),
        ("GET", "/books/panic", "*/*"),
        ("POST", "/books", "*/*"),
    ] {
        let request = HttpRequest::builder().method(method).uri(target);
        let request = request
            .header("accept", accept)
            .body(Body::empty())
            .unwrap();
        let (status, headers, _) = call(router.clone(), request).await;
        assert_eq!(headers["content-type"], "text/plain");
        told.push(status);
    }
    assert_eq!(told, [404, 405, 406, 422, 409, 500, 400]);
}

enum CountResponse {
    Ok(i64),
}
responses!(CountResponse {
    Ok: 200 json "application/json" rules(minimum(1)),
});

#[tokio::test]
async fn responses_are_checked_in_debug_builds() {
    use axum::response::IntoResponse;
    let answer = |count: i64| async move {
        let response = CountResponse::Ok(count).into_response();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice::<Value>(&body).unwrap())
    };
    assert_eq!(answer(1).await, (200, json!(1)));
    super::super::check_responses(true);
    let (status, problem) = answer(0).await;
    assert_eq!(
        (status, &problem["errors"][0]["code"]),
        (500, &json!("minimum"))
    );
    super::super::check_responses(false);
    assert_eq!(answer(0).await, (200, json!(0)));
    super::super::check_responses(cfg!(debug_assertions));
}
