//! Tokens over a transport that plays both the API and its authorization server.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

use std::sync::atomic::{AtomicUsize, Ordering};

use http::header::AUTHORIZATION;
use serde_json::Value;

use super::super::*;
use super::*;

/// An operation that needs scopes, and one of another method that does not name any.
struct Read;
struct Write;

impl Operation for Read {
    type Success = Value;
    type Error = NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("read")
        .get("/read")
        .security(&[&["oauth"]])
        .scopes(&[("oauth", &["b", "a"])]);

    fn read(response: RawResponse) -> ReadResult<Self> {
        match response.status().as_u16() {
            200 => response.json(),
            _ => response.undocumented(),
        }
    }
}

impl Operation for Write {
    type Success = Value;
    type Error = NoError;

    const INFO: &'static OperationInfo = &OperationInfo::new("write")
        .post("/write")
        .security(&[&["oauth"]]);

    fn read(response: RawResponse) -> ReadResult<Self> {
        Read::read(response).map_err(|error| match error {
            Error::Undocumented(response) => Error::Undocumented(response),
            error => panic!("{error}"),
        })
    }
}

static API: Api = Api {
    user_agent: "things/1.0",
    server: Some("https://api.example.com/v1"),
    schemes: &[
        Scheme::new("oauth", "bearer", Place::Authorization("Bearer")).flows(&[
            Flow::AuthorizationCode {
                authorization: "/authorize?a=b",
                token: "/token",
                refresh: Some("https://login.example.com/refresh"),
            },
            Flow::DeviceAuthorization {
                device: "/device",
                token: "/token",
                refresh: None,
            },
        ]),
        Scheme::new("oidc", "open_id", Place::Authorization("Bearer")).flows(&[
            Flow::OpenIdConnect {
                url: "https://issuer.example.com",
            },
        ]),
    ],
};

type Respond = Box<dyn Fn(usize, &str, &str) -> (u16, String) + Send + Sync>;

/// The API answers with the token that it got; `respond` is told how many token requests came before, the address and
/// the form, and answers for the authorization server.
struct Both {
    respond: Respond,
    asked: Mutex<Vec<String>>,
    calls: AtomicUsize,
    /// The API refuses tokens whose text ends so.
    refused: &'static str,
}

impl Transport for Both {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        Box::pin(async move {
            let operation = operation_of(&request);
            let authorization = request.headers().get(AUTHORIZATION);
            let authorization = authorization.map(|value| value.to_str().unwrap().to_owned());
            let (head, mut body) = request.into_parts();
            let (status, text) = if operation.is_some() {
                self.calls.fetch_add(1, Ordering::SeqCst);
                let token = authorization.unwrap_or_default();
                let status = if token.ends_with(self.refused) {
                    401
                } else {
                    200
                };
                (status, format!("\"{token}\""))
            } else {
                let mut form = String::new();
                while let Some(chunk) = body.chunk().await {
                    form.push_str(std::str::from_utf8(&chunk?).unwrap());
                }
                // Others come meanwhile.
                tokio::time::sleep(Duration::from_millis(10)).await;
                let mut asked = self.asked.lock().unwrap();
                let answer = (self.respond)(asked.len(), &head.uri.to_string(), &form);
                asked.push(format!(
                    "{} {} {form} {}",
                    head.method,
                    head.uri,
                    authorization.unwrap_or_default()
                ));
                answer
            };
            let mut response = http::Response::new(Body::new(text));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            let json = http::HeaderValue::from_static("application/json");
            response
                .headers_mut()
                .insert(http::header::CONTENT_TYPE, json);
            Ok(response)
        })
    }
}

fn both(respond: impl Fn(usize, &str, &str) -> (u16, String) + Send + Sync + 'static) -> Arc<Both> {
    Arc::new(Both {
        respond: Box::new(respond),
        asked: Mutex::default(),
        calls: AtomicUsize::new(0),
        refused: "bad",
    })
}

/// Tokens `t0`, `t1` and so on, each for so many seconds.
fn numbered(seconds: u64) -> Arc<Both> {
    both(move |count, _, _| {
        let text = format!("{{\"access_token\": \"t{count}\", \"expires_in\": \"{seconds}\"}}");
        (200, text)
    })
}

fn client(transport: &Arc<Both>, tokens: OAuthTokens) -> Client {
    let builder = ClientBuilder::new(&API).credential("oauth", tokens);
    builder.transport(transport.clone()).build().unwrap()
}

fn oauth() -> OAuthClient {
    OAuthClient::new("an id").secret("s%cret!")
}

async fn read(client: &Client) -> String {
    let value = Request::<Read>::new(client).await.unwrap();
    value.as_str().unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn many_calls_ask_for_one_token() {
    let transport = numbered(3600);
    let client = client(
        &transport,
        oauth().audience("https://a").client_credentials(),
    );
    let calls = Vec::from_iter((0..100).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { read(&client).await })
    }));
    for call in calls {
        assert_eq!(call.await.unwrap(), "Bearer t0");
    }
    let asked = transport.asked.lock().unwrap().clone();
    let form = "grant_type=client_credentials&scope=a%20b&audience=https%3A%2F%2Fa";
    // `an%20id:s%25cret%21`
    let expected =
        format!("POST https://api.example.com/token {form} Basic YW4lMjBpZDpzJTI1Y3JldCUyMQ==");
    assert_eq!(asked, [expected]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_shared_too() {
    let transport = both(|_, _, _| (400, "{\"error\": \"invalid_scope\"}".to_owned()));
    let client = client(&transport, oauth().client_credentials());
    let calls = Vec::from_iter((0..20).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { Request::<Read>::new(&client).await })
    }));
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        let expected = "read: no token for `oauth`: the token endpoint says `invalid_scope`";
        assert_eq!(error.to_string(), expected);
        assert!(!error.is_retryable());
    }
    assert_eq!(transport.asked.lock().unwrap().len(), 1);
    assert!(Request::<Read>::new(&client).await.is_err());
    assert_eq!(
        transport.asked.lock().unwrap().len(),
        2,
        "the next call asks again"
    );
    assert_eq!(transport.calls.load(Ordering::SeqCst), 0);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_replaced_before_it_ends() {
    let transport = numbered(600);
    let client = client(&transport, oauth().client_credentials());
    assert_eq!(read(&client).await, "Bearer t0");
    tokio::time::advance(Duration::from_secs(530)).await;
    assert_eq!(read(&client).await, "Bearer t0");
    tokio::time::advance(Duration::from_secs(15)).await;
    assert_eq!(read(&client).await, "Bearer t1");
}

#[tokio::test(start_paused = true)]
async fn the_margin_leaves_short_tokens_some_life() {
    let transport = numbered(40);
    let client = client(&transport, oauth().client_credentials());
    assert_eq!(read(&client).await, "Bearer t0");
    tokio::time::advance(Duration::from_secs(25)).await;
    assert_eq!(read(&client).await, "Bearer t0");
    tokio::time::advance(Duration::from_secs(6)).await;
    assert_eq!(read(&client).await, "Bearer t1");
}

#[tokio::test(start_paused = true)]
async fn each_set_of_scopes_has_its_token() {
    let transport = numbered(3600);
    let each = client(&transport, oauth().client_credentials());
    assert_eq!(read(&each).await, "Bearer t0");
    let written = Request::<Write>::new(&each).await.unwrap();
    assert_eq!(written, "Bearer t1");
    assert_eq!(read(&each).await, "Bearer t0");

    let one = client(
        &transport,
        oauth().scopes(["z", "a", "b"]).client_credentials(),
    );
    assert_eq!(read(&one).await, "Bearer t2");
    assert_eq!(Request::<Write>::new(&one).await.unwrap(), "Bearer t2");
    assert!(transport.asked.lock().unwrap()[2].contains("&scope=a%20b%20z "));
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_replaced_once() {
    let transport = both(|count, _, _| {
        let token = if count == 0 { "bad" } else { "good" };
        (200, format!("{{\"access_token\": \"{token}\"}}"))
    });
    let renewed = client(&transport, oauth().client_credentials());
    // It was not processed, so it is sent again whatever its method, and without counting as a retry.
    let request = Request::<Write>::new(&renewed).with_retry(RetryPolicy::never());
    let response = request.send().await.unwrap();
    assert_eq!(
        (response.raw().attempts(), &**response.body()),
        (2, &b"\"Bearer good\""[..])
    );

    let transport = both(|_, _, _| (200, "{\"access_token\": \"bad\"}".to_owned()));
    let same = client(&transport, oauth().client_credentials());
    let error = Request::<Read>::new(&same).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (401, 1)
    );
    assert_eq!(transport.calls.load(Ordering::SeqCst), 1);

    let transport = both(|count, _, _| (200, format!("{{\"access_token\": \"{count}bad\"}}")));
    let never = client(&transport, oauth().client_credentials());
    let error = Request::<Read>::new(&never).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.attempts()),
        (401, 2)
    );
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_can_be_replaced_with_each_answer() {
    let transport = both(|count, _, _| {
        let text = format!(
            "{{\"access_token\": \"t{count}\", \"expires_in\": 600, \"refresh_token\": \"r{count}\"}}"
        );
        (200, text)
    });
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = kept.clone();
    let tokens = OAuthClient::new("id")
        .refresh_token("first")
        .on_refresh(move |response| {
            let token = response.refresh_token().unwrap().to_owned();
            keep.lock().unwrap().push(token);
        });
    let tokens = tokens.with_token(Token::new("kept").with_lifetime(Duration::from_secs(600)));
    let client = client(&transport, tokens);
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(read(&client).await);
        tokio::time::advance(Duration::from_secs(560)).await;
    }
    assert_eq!(seen, ["Bearer kept", "Bearer t0", "Bearer t1"]);
    let to = "POST https://login.example.com/refresh grant_type=refresh_token&refresh_token=";
    let asked = transport.asked.lock().unwrap().clone();
    assert_eq!(
        asked,
        [
            format!("{to}first&client_id=id "),
            format!("{to}r0&client_id=id ")
        ]
    );
    assert_eq!(*kept.lock().unwrap(), ["r0", "r1"]);
}

#[tokio::test(start_paused = true)]
async fn a_busy_token_endpoint_is_asked_again() {
    let transport = both(|count, _, _| match count {
        0 => (503, "<html>".to_owned()),
        _ => (200, "{\"access_token\": \"t\"}".to_owned()),
    });
    let client = client(&transport, oauth().client_credentials());
    assert_eq!(Request::<Write>::new(&client).await.unwrap(), "Bearer t");
    assert_eq!(transport.asked.lock().unwrap().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn no_secret_comes_back_in_an_error() {
    let answers = [
        (
            401,
            "{\"error\": \"invalid_client\", \"error_description\": \"hunter-2! is not hunter%2D2%21 nor hunter-2%21 by aHVudGVyLTIh or aWQ6aHVudGVyLTIlMjE=\\r\\n\"}",
        ),
        (500, "hunter-2!"),
        (200, "\"hunter-2!\""),
        (200, "{\"token\": \"hunter-2!\"}"),
        (
            200,
            "{\"access_token\": \"hunter-2!\", \"token_type\": \"DPoP\"}",
        ),
        (200, "{\"access_token\": \"hunter-2!\\r\\nx: y\"}"),
    ];
    for (status, text) in answers {
        let transport = both(move |_, _, _| (status, text.to_owned()));
        for oauth in [
            OAuthClient::new("id").secret("hunter-2!"),
            OAuthClient::new("id").secret("hunter-2!").secret_in_body(),
            OAuthClient::new("id").parameter("client_assertion", "hunter-2!"),
        ] {
            let providers = [
                oauth.clone().client_credentials(),
                oauth.clone().refresh_token("hunter-2!"),
            ];
            for tokens in providers {
                let printed = format!("{oauth:?} {tokens:?}");
                let client = client(&transport, tokens);
                let request = Request::<Read>::new(&client)
                    .with_credential("oidc", "hunter-2!")
                    .with_retry(RetryPolicy::never());
                let printed = format!("{printed} {client:?} {request:?}");
                let error = request.await.unwrap_err();
                assert!(matches!(error, Error::Token(_)), "{error}");
                let source = std::error::Error::source(&error);
                let printed = format!("{printed} {error} {error:?} {source:?}");
                for secret in ["hunter", "aHVudGVy", "aWQ6"] {
                    assert!(!printed.contains(secret), "{printed}");
                }
            }
        }
    }
    let builder = ClientBuilder::new(&API).credential("oauth", "hunter-2!");
    assert!(!format!("{builder:?}").contains("hunter"), "{builder:?}");
}

#[tokio::test(start_paused = true)]
async fn a_wrong_client_is_a_typed_error() {
    let answer = "{\"error\": \"invalid_client\", \"error_description\": \"no such client\"}";
    let transport = both(move |_, _, _| (401, answer.to_owned()));
    let client = client(&transport, oauth().secret_in_body().client_credentials());
    let error = Request::<Read>::new(&client).await.unwrap_err();
    let expected =
        "read: no token for `oauth`: the token endpoint says `invalid_client`: no such client";
    assert_eq!(error.to_string(), expected);
    let Error::Token(failure) = error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (failure.scheme(), failure.error().code()),
        ("oauth", Some("invalid_client"))
    );
    assert!(
        transport.asked.lock().unwrap()[0]
            .ends_with("&client_id=an%20id&client_secret=s%25cret%21 ")
    );
}

#[tokio::test(start_paused = true)]
async fn discovery_gives_the_endpoints() {
    let transport = both(|_, url, _| {
        let text = match url {
            "https://issuer.example.com/.well-known/openid-configuration" => {
                "{\"token_endpoint\": \"https://t.example.com/x\"}"
            }
            "https://t.example.com/x" => "{\"access_token\": \"t\", \"expires_in\": 0}",
            other => panic!("{other}"),
        };
        (200, text.to_owned())
    });
    let oauth = oauth();
    let anonymous = ClientBuilder::new(&API)
        .transport(transport.clone())
        .build()
        .unwrap();
    let scheme = &API.schemes[1];
    let request = TokenRequest::new(&anonymous.0, &anonymous.0.base, scheme, None);
    for _ in 0..2 {
        let url = oauth.endpoint(request, Endpoint::Refresh).await.unwrap();
        assert_eq!(url.as_str(), "https://t.example.com/x");
    }
    assert_eq!(transport.asked.lock().unwrap().len(), 1);
    let error = oauth.endpoint(request, Endpoint::Device).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no device authorization endpoint is known"
    );
}

#[tokio::test(start_paused = true)]
async fn a_device_waits_as_long_as_it_is_told() {
    let transport = both(|count, url, _| match count {
        0 => {
            assert_eq!(url, "https://api.example.com/device");
            let text = "{\"device_code\": \"dev\", \"user_code\": \"ABC\", \"verification_uri\": \"https://v\", \
                        \"expires_in\": 900, \"interval\": 2}";
            (200, text.to_owned())
        }
        1 => (400, "{\"error\": \"authorization_pending\"}".to_owned()),
        2 => (400, "{\"error\": \"slow_down\"}".to_owned()),
        _ => (
            200,
            "{\"access_token\": \"t\", \"refresh_token\": \"r\"}".to_owned(),
        ),
    });
    let anonymous = ClientBuilder::new(&API)
        .transport(transport.clone())
        .build()
        .unwrap();
    let device = oauth()
        .scopes(["a"])
        .device_authorization(&anonymous)
        .await
        .unwrap();
    assert_eq!(
        (device.user_code(), device.verification_uri()),
        ("ABC", "https://v")
    );
    assert!(!format!("{device:?}").contains("dev\""), "{device:?}");
    let began = tokio::time::Instant::now();
    let response = device.tokens().await.unwrap();
    // Two seconds, two more, then seven; and ten milliseconds for each answer.
    assert_eq!(began.elapsed(), Duration::from_millis(11_030));
    assert_eq!(
        (response.access_token(), response.refresh_token()),
        ("t", Some("r"))
    );
    let asked = transport.asked.lock().unwrap().clone();
    assert!(
        asked[0].starts_with("POST https://api.example.com/device scope=a "),
        "{asked:?}"
    );
    assert!(
        asked[3].contains("device_code%20") || asked[3].contains("device_code=dev"),
        "{asked:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_device_gives_up_when_time_is_over() {
    let transport = both(|count, _, _| match count {
        0 => {
            let text = "{\"device_code\": \"dev\", \"user_code\": \"ABC\", \"verification_url\": \"https://v\", \
                        \"expires_in\": 12}";
            (200, text.to_owned())
        }
        _ => (400, "{\"error\": \"authorization_pending\"}".to_owned()),
    });
    let anonymous = ClientBuilder::new(&API)
        .transport(transport.clone())
        .build()
        .unwrap();
    let device = oauth().device_authorization(&anonymous).await.unwrap();
    let error = device.tokens().await.unwrap_err();
    assert_eq!(error.to_string(), "the user did not agree in time");
    assert_eq!(transport.asked.lock().unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_code_of_the_browser_becomes_a_token() {
    let transport = both(|_, _, _| {
        (
            200,
            "{\"access_token\": \"t\", \"id_token\": \"i\"}".to_owned(),
        )
    });
    let anonymous = ClientBuilder::new(&API)
        .transport(transport.clone())
        .build()
        .unwrap();
    let oauth = OAuthClient::new("id").scopes(["a", "b c"]);
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let begun = oauth
        .resume_authorization(&anonymous, "http://localhost:1/x", "st&te", verifier)
        .await
        .unwrap();
    let expected = "https://api.example.com/authorize?a=b&response_type=code&client_id=id&\
                    redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fx&state=st%26te&\
                    code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&scope=a+b+c";
    assert_eq!(begun.url(), expected);
    assert!(!format!("{begun:?}").contains("st&te"), "{begun:?}");
    for (callback, message) in [
        (
            "http://localhost:1/x?code=c&state=other",
            "the answer is to another authorization: its `state` differs",
        ),
        (
            "http://localhost:1/x",
            "the answer is to another authorization: its `state` differs",
        ),
        (
            "?state=st%26te&error=access_denied",
            "the authorization was refused: `access_denied`",
        ),
        ("state=st%26te", "the answer has no code"),
    ] {
        assert_eq!(
            begun.finish(callback).await.unwrap_err().to_string(),
            message
        );
    }
    let response = begun
        .finish("http://localhost:1/x?state=st%26te&code=c%2F1#x")
        .await
        .unwrap();
    assert_eq!(
        (response.access_token(), response.id_token()),
        ("t", Some("i"))
    );
    let expected = format!(
        "POST https://api.example.com/token grant_type=authorization_code&code=c%2F1&\
         redirect_uri=http%3A%2F%2Flocalhost%3A1%2Fx&code_verifier={verifier}&client_id=id "
    );
    assert_eq!(*transport.asked.lock().unwrap(), [expected]);

    let (one, other) = (
        oauth
            .authorization(&anonymous, "http://localhost")
            .await
            .unwrap(),
        oauth
            .authorization(&anonymous, "http://localhost")
            .await
            .unwrap(),
    );
    assert_eq!((one.verifier().len(), one.state().len()), (43, 43));
    assert_ne!(one.verifier(), other.verifier());
}
