//! Requests against what operations require, as generated code asks.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request as HttpRequest};
use axum::response::Response;
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;
use serde_json::Value;

use super::super::auth::{ClientCertificate, Credential, Denied, Gate, Granted, Scheme, Security};
use super::super::basic::BasicCredentials;
use super::super::context::OperationInfo;
use super::super::problem::Problem;
use super::super::request::Request;
use super::super::response;
use super::super::router::Routes;

static SECURITY: Security = Security {
    realm: "The \"shop\" é",
    schemes: &[
        Scheme::bearer("token"),
        Scheme::header("key", "X-Key"),
        Scheme::query("queryKey", "key"),
        Scheme::cookie("session", "sid"),
        Scheme::basic("login"),
        Scheme::http("digest", "Digest"),
        Scheme::mutual_tls("certificate"),
        Scheme::unknown("other"),
    ],
};

struct Shop;

type Alternatives = &'static [&'static [(&'static str, &'static [&'static str])]];

const fn operation(id: &'static str, path: &'static str, security: Alternatives) -> OperationInfo {
    OperationInfo {
        id,
        method: "POST",
        path,
        tags: &[],
        produces: &[],
        security,
    }
}

macro_rules! operations {
    ($($name:ident $path:literal $security:expr;)*) => {
        $(static $name: OperationInfo = operation($path, $path, $security);)*

        fn router() -> axum::Router {
            let service = Arc::new(Shop);
            Routes::new()$(.add(&$name, &service, handle))*.into_router()
        }
    };
}

operations! {
    TOKEN "/token" &[&[("token", &[])]];
    SCOPES "/scopes" &[&[("token", &["read", "write"])], &[("token", &["admin"])]];
    EITHER "/either" &[&[("key", &[])], &[("token", &[])]];
    BOTH "/both" &[&[("queryKey", &[]), ("key", &[])]];
    OPTIONAL "/optional" &[&[], &[("token", &[])]];
    SESSION "/session" &[&[("session", &[])]];
    LOGIN "/login" &[&[("login", &[])]];
    DIGEST "/digest" &[&[("digest", &[])]];
    CERTIFICATE "/certificate" &[&[("certificate", &[])]];
    OTHER "/other" &[&[("other", &[])]];
    MOST "/most" &[&[("login", &[])], &[("token", &["read"])], &[("key", &[])], &[("session", &[])], &[("queryKey", &[])]];
}

/// Says who calls, and what it got to know.
async fn handle(_: Arc<Shop>, mut request: Request) -> Result<Response, Problem> {
    let caller = caller(Gate::new(&mut request, &SECURITY)).await?;
    let body = request.json::<Value>().await;
    let cx = request.finish()?.with_caller(caller);
    body?;
    let shown = format!("{cx:?} {:?}", cx.headers());
    assert!(!shown.contains("secret"), "{shown}");
    let text = cx.into_caller();
    Ok(response::text(200, "text/plain", text))
}

/// Tries every way that an operation of the tests has.
async fn caller(mut gate: Gate<'_>) -> Result<String, Problem> {
    if gate.tries(&["token"])
        && let Some(token) = token(&mut gate).await
        && gate.suffices(&["token"])
    {
        return Ok(token);
    }
    if gate.tries(&["key"])
        && let Some(key) = key(&mut gate, "key").await
    {
        return Ok(key);
    }
    if gate.tries(&["key", "queryKey"])
        && let Some(one) = key(&mut gate, "key").await
        && let Some(other) = key(&mut gate, "queryKey").await
    {
        return Ok(format!("{one} {other}"));
    }
    for scheme in ["session", "digest", "queryKey"] {
        if gate.tries(&[scheme])
            && let Some(key) = key(&mut gate, scheme).await
        {
            return Ok(key);
        }
    }
    if gate.tries(&["login"])
        && let Some((credentials, _)) = gate.basic("login")
        && let Some(user) = gate.pass("login", login(&credentials))
    {
        return Ok(user);
    }
    if gate.tries(&["certificate"])
        && let Some((certificate, _)) = gate.certificate("certificate")
    {
        return Ok(format!("{:?}", certificate.der()));
    }
    if gate.tries(&["other"]) {
        let cx = gate.context("other");
        let known = cx.headers().contains_key("x-other");
        let result = known.then(|| "other".to_owned()).ok_or(Denied::Invalid);
        if let Some(caller) = gate.pass("other", result) {
            return Ok(caller);
        }
    }
    gate.everybody().map(|()| "nobody".to_owned())
}

async fn token(gate: &mut Gate<'_>) -> Option<String> {
    let (token, cx) = gate.credential("token")?;
    let caller = || format!("token {:?}", cx.scopes());
    let result = match token.expose() {
        "secret-all" => Ok(Granted::all(caller())),
        "secret-rw" => Ok(Granted::scope(caller(), "write read")),
        "secret-admin" => Ok(Granted::new(caller(), ["admin"])),
        "secret-read" => Ok(Granted::new(caller(), ["read"])),
        "secret-busy" => Err(Problem::from(axum::http::StatusCode::SERVICE_UNAVAILABLE).into()),
        "secret-expired" => Err(Denied::Absent),
        _ => Err(Denied::Invalid),
    };
    gate.pass_granted("token", result)
}

async fn key(gate: &mut Gate<'_>, scheme: &'static str) -> Option<String> {
    let (key, cx) = gate.credential(scheme)?;
    assert_eq!(cx.method(), "POST");
    let result = match key.expose() {
        "secret+key" => Ok(format!("{scheme} of {}", cx.operation().id)),
        "secret-banned" => Err(Denied::Forbidden),
        _ => Err(Denied::Invalid),
    };
    gate.pass(scheme, result)
}

fn login(credentials: &BasicCredentials) -> Result<String, Denied> {
    assert!(!format!("{credentials:?}").contains("secret"));
    match credentials.matches("ada", "secret:é") {
        true => Ok(credentials.user().to_owned()),
        false => Err(Denied::Invalid),
    }
}

/// The status, the challenges and the body of an answer.
async fn answer(request: HttpRequest<Body>) -> (u16, Vec<String>, String) {
    let service = TowerToHyperService::new(router());
    let response = service.call(request).await.unwrap();
    let challenges = |headers: &HeaderMap| {
        let values = headers.get_all("www-authenticate").into_iter();
        values
            .map(|value| value.to_str().unwrap().to_owned())
            .collect()
    };
    let (status, challenges) = (response.status().as_u16(), challenges(response.headers()));
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(!body.contains("secret"), "{body}");
    (status, challenges, body)
}

fn request(target: &str, headers: &[(&str, &str)]) -> HttpRequest<Body> {
    let mut request = HttpRequest::post(target).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from("{}")).unwrap()
}

async fn send(target: &str, headers: &[(&str, &str)]) -> (u16, Vec<String>, String) {
    answer(request(target, headers)).await
}

/// Who a request is let through as.
async fn name(target: &str, headers: &[(&str, &str)]) -> String {
    let (status, challenges, body) = send(target, headers).await;
    assert_eq!((status, challenges), (200, Vec::new()), "{body}");
    body
}

/// The status of a refusal.
async fn status(target: &str, headers: &[(&str, &str)]) -> u16 {
    send(target, headers).await.0
}

const REALM: &str = r#"realm="The \"shop\" ""#;

#[tokio::test]
async fn a_bearer_token_is_read_whatever_the_case_of_its_scheme() {
    for name_of in ["Bearer", "bearer", "BEARER"] {
        let value = format!("{name_of}  secret-all ");
        assert_eq!(
            name("/token", &[("authorization", &value)]).await,
            "token []"
        );
    }
    assert_eq!(
        status("/token", &[("authorization", "Bearers secret-all")]).await,
        401
    );
    assert_eq!(
        status("/token", &[("authorization", "Basic secret-all")]).await,
        401
    );
}

#[tokio::test]
async fn missing_credentials_are_asked_for_and_wrong_ones_are_called_so() {
    let (status, challenges, body) = send("/token", &[]).await;
    assert_eq!((status, challenges), (401, vec![format!("Bearer {REALM}")]));
    assert_eq!(
        serde_json::from_str::<Value>(&body).unwrap(),
        serde_json::json!({
            "type": "about:blank",
            "title": "Unauthorized",
            "status": 401,
            "detail": "the request lacks the credentials that the operation needs",
        })
    );
    for value in ["Bearer secret-wrong", "Bearer", "Bearer "] {
        let (status, challenges, body) = send("/token", &[("authorization", value)]).await;
        let expected = format!(r#"Bearer {REALM}, error="invalid_token""#);
        assert_eq!((status, challenges), (401, vec![expected]), "{value}");
        assert!(body.contains("not valid"), "{body}");
    }
}

#[tokio::test]
async fn credentials_come_before_everything_else() {
    let wrong = || {
        let request = HttpRequest::post("/token").header("content-type", "text/plain");
        request.header("authorization", "Bearer secret-wrong")
    };
    assert_eq!(answer(wrong().body("{".into()).unwrap()).await.0, 401);
    let good = HttpRequest::post("/token")
        .header("content-type", "text/plain")
        .header("authorization", "Bearer secret-all");
    assert_eq!(answer(good.body("{".into()).unwrap()).await.0, 415);
}

#[tokio::test]
async fn scopes_of_any_alternative_suffice() {
    let with = |token: &str| [("authorization", format!("Bearer {token}"))];
    for token in ["secret-rw", "secret-admin", "secret-all"] {
        let headers = with(token);
        let headers = headers
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let caller = name("/scopes", &headers).await;
        assert_eq!(caller, r#"token ["read", "write"]"#);
    }
    let (status, challenges, _) = send("/scopes", &[("authorization", "Bearer secret-read")]).await;
    let expected = format!(r#"Bearer {REALM}, error="insufficient_scope", scope="read write""#);
    assert_eq!((status, challenges), (403, vec![expected]));
    let (status, challenges, _) = send("/scopes", &[]).await;
    let expected = format!(r#"Bearer {REALM}, scope="read write""#);
    assert_eq!((status, challenges), (401, vec![expected]));
}

#[tokio::test]
async fn one_of_several_ways_is_enough() {
    let (key, token) = (
        ("x-key", "secret+key"),
        ("authorization", "Bearer secret-all"),
    );
    let (bad_key, bad_token) = (("x-key", "secret"), ("authorization", "Bearer secret"));
    assert_eq!(name("/either", &[key]).await, "key of /either");
    assert_eq!(name("/either", &[bad_key, token]).await, "token []");
    assert_eq!(name("/either", &[key, bad_token]).await, "key of /either");
    assert_eq!(status("/either", &[bad_key, bad_token]).await, 401);
    let (status, challenges, _) = send("/either", &[bad_key]).await;
    let key = format!(r#"ApiKey {REALM}, in="header", name="X-Key""#);
    let expected = vec![key, format!("Bearer {REALM}")];
    assert_eq!((status, challenges), (401, expected));
}

#[tokio::test]
async fn all_schemes_of_a_way_are_needed() {
    let key = ("x-key", "secret+key");
    assert_eq!(
        name("/both?key=secret%2Bkey", &[key]).await,
        "key of /both queryKey of /both"
    );
    assert_eq!(status("/both", &[key]).await, 401);
    assert_eq!(status("/both?key=secret%2Bkey", &[]).await, 401);
    assert_eq!(status("/both?key=secret", &[key]).await, 401);
    assert_eq!(
        status("/both?key=secret%2Bkey", &[("x-key", "no")]).await,
        401
    );
    assert_eq!(status("/both?key=secret-banned", &[key]).await, 403);
}

#[tokio::test]
async fn everybody_may_come_without_credentials_but_not_with_wrong_ones() {
    assert_eq!(name("/optional", &[]).await, "nobody");
    let with = |value| [("authorization", value)];
    assert_eq!(
        name("/optional", &with("Bearer secret-all")).await,
        "token []"
    );
    assert_eq!(
        name("/optional", &with("Bearer secret-expired")).await,
        "nobody"
    );
    assert_eq!(name("/optional", &with("Basic x")).await, "nobody");
    assert_eq!(status("/optional", &with("Bearer secret-wrong")).await, 401);
}

#[tokio::test]
async fn what_is_given_twice_is_refused() {
    let (one, other) = (("x-key", "secret+key"), ("x-key", "other"));
    assert_eq!(status("/either", &[one, other]).await, 401);
    assert_eq!(status("/either", &[one, one]).await, 401);
    let token = ("authorization", "Bearer secret-all");
    assert_eq!(status("/token", &[token, token]).await, 401);
    assert_eq!(
        status("/token", &[token, ("authorization", "Basic x")]).await,
        401
    );
    assert_eq!(
        status("/session", &[("cookie", "sid=secret+key; sid=x")]).await,
        401
    );
    let key = ("x-key", "secret+key");
    assert_eq!(status("/both?key=secret%2Bkey&key=x", &[key]).await, 401);
}

#[tokio::test]
async fn cookies_passwords_and_other_schemes_are_read() {
    let cookie = [("cookie", "a=b; sid=secret+key; xsid=1")];
    assert_eq!(name("/session", &cookie).await, "session of /session");
    assert_eq!(
        status("/session", &[("cookie", "xsid=secret+key")]).await,
        401
    );
    // ada:secret:é
    let login = [("authorization", "Basic YWRhOnNlY3JldDrDqQ==")];
    assert_eq!(name("/login", &login).await, "ada");
    for wrong in ["YWRhOnNlY3JldA==", "YWRh", "%%%", "/w==", ""] {
        let value = format!("Basic {wrong}");
        let (status, challenges, _) = send("/login", &[("authorization", &value)]).await;
        let expected = format!(r#"Basic {REALM}, charset="UTF-8""#);
        assert_eq!((status, challenges), (401, vec![expected]), "{wrong}");
    }
    let digest = [("authorization", "digest secret+key")];
    assert_eq!(name("/digest", &digest).await, "digest of /digest");
    assert_eq!(send("/digest", &[]).await.1, [format!("Digest {REALM}")]);
    assert_eq!(name("/other", &[("x-other", "")]).await, "other");
    assert_eq!(status("/other", &[]).await, 401);
}

#[tokio::test]
async fn a_certificate_is_that_of_the_connection() {
    let (status, challenges, _) = send("/certificate", &[]).await;
    assert_eq!(
        (status, challenges),
        (401, vec![format!("MutualTLS {REALM}")])
    );
    let mut request = request("/certificate", &[]);
    let certificate = ClientCertificate::new([1, 2, 3]);
    assert_eq!(format!("{certificate:?}"), "ClientCertificate(3 bytes)");
    request.extensions_mut().insert(certificate);
    assert_eq!(answer(request).await.2, "[1, 2, 3]");
}

#[tokio::test]
async fn the_gravest_refusal_is_told() {
    let busy = ("authorization", "Bearer secret-busy");
    assert_eq!(status("/token", &[busy]).await, 503);
    // Nothing is tried after it.
    assert_eq!(status("/most", &[busy, ("x-key", "secret+key")]).await, 503);
    let (banned, wrong) = (("x-key", "secret-banned"), ("cookie", "sid=x"));
    let (status, challenges, _) = send("/most", &[banned, wrong]).await;
    assert_eq!(status, 403);
    let expected = format!(r#"Bearer {REALM}, error="insufficient_scope", scope="read""#);
    assert_eq!(challenges, [expected]);
}

#[tokio::test]
async fn every_way_is_asked_for() {
    let expected = [
        format!(r#"Basic {REALM}, charset="UTF-8""#),
        format!(r#"Bearer {REALM}, scope="read""#),
        format!(r#"ApiKey {REALM}, in="header", name="X-Key""#),
        format!(r#"ApiKey {REALM}, in="cookie", name="sid""#),
        format!(r#"ApiKey {REALM}, in="query", name="key""#),
    ];
    assert_eq!(send("/most", &[]).await.1, expected);
}

#[test]
fn credentials_are_compared_and_not_shown() {
    let credential = Credential::new("secret");
    assert!(credential.matches("secret"));
    assert!(!credential.matches("secrets") && !credential.matches("Secret"));
    assert_eq!(format!("{credential:?}"), "Credential(..)");
}
