//! Webhooks and callbacks: a generated server sends them, routes of a generated client receive them, over loopback.

use std::{
    convert::Infallible,
    fmt::Debug,
    future::{Ready, ready},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use axum::{Router, extract::Request, middleware, response::IntoResponse as _, routing::MethodRouter};
use http::{StatusCode, header};

use crate::client::webhooks::Webhook;
use crate::hooks::{SignatureError, SignatureScheme, Verifier, callbacks as reads, webhooks as received};
use crate::hooks_server::{
    callbacks,
    sender::{self, Addresses, RefusedAddress, Retries, SendError, Sender, Signer},
    types, webhooks,
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// What was received.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: String) {
        self.0.lock().expect("a log").push(line);
    }

    /// What was received since the last time.
    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("a log"))
    }

    /// A handler that notes what it gets.
    fn noting<T: Debug + 'static>(&self) -> impl Fn(T) -> Ready<Result<(), Infallible>> + Clone + Send + Sync + use<T> {
        let log = self.clone();
        move |value| {
            log.add(format!("{value:?}"));
            ready(Ok(()))
        }
    }
}

fn verifier() -> Verifier {
    Verifier::new(SignatureScheme::STANDARD, SECRET).expect("a secret")
}

/// A sender to this machine that does not wait long.
fn sender(secret: &str) -> Sender {
    let signer = Signer::new(sender::SignatureScheme::STANDARD, secret).expect("a secret");
    Sender::builder()
        .addresses(Addresses::public().allow_http().allow_private())
        .retries(Retries::new().backoff(Duration::from_millis(2)))
        .signed(signer)
        .build()
        .expect("a sender")
}

async fn serve(app: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

/// Routes that note what they get, with method, address and headers first.
async fn receiver(log: &Log) -> String {
    let seen = log.clone();
    let seen = move |request: Request, next: middleware::Next| {
        let log = seen.clone();
        async move {
            let own = ["x-event", "x-sequence", "x-trace", "content-type"];
            let text = |name| request.headers().get(name)?.to_str().ok();
            let headers: Vec<&str> = own.into_iter().filter_map(text).collect();
            log.add(format!("{} {} {headers:?}", request.method(), request.uri()));
            next.run(request).await
        }
    };
    let app = Router::new()
        .route("/of/data", reads::route_of(verifier(), reads::on_data, log.noting()))
        .route(
            "/of/end",
            reads::route_of(verifier(), reads::open_stream_on_data, log.noting()),
        )
        .route("/ready", reads::route_of(verifier(), reads::report_ready, log.noting()))
        .route(
            "/table",
            reads::route_of(verifier(), reads::make_report_on_data, log.noting()),
        )
        .route("/progress", reads::route_of(verifier(), reads::progress, log.noting()))
        .route("/hooks", received::route(verifier(), log.noting()));
    serve(app.layer(middleware::from_fn(seen))).await
}

#[tokio::test]
async fn callbacks_go_where_the_request_says() {
    let log = Log::default();
    let url = receiver(&log).await;
    let sender = sender(SECRET);

    let base = types::Uri::new(format!("{url}/of"));
    let mut data = types::OpenStreamOnDataBody::new("a\u{e9}");
    data.at = None;
    let sent = callbacks::on_data(7, true, &data).with_header("X-Trace", "t1");
    let to = callbacks::on_data_url(&base).expect("an address");
    assert_eq!(to, format!("{url}/of/data"));
    let delivered = sender.send(to, sent).await.expect("taken");
    assert_eq!((delivered.status, delivered.attempts), (StatusCode::NO_CONTENT, 1));
    assert_eq!(
        log.lines(),
        [
            r#"POST /of/data?final=true ["data", "7", "t1", "application/json"]"#,
            r#"OpenStreamOnDataBody { text: "aé", at: None }"#
        ]
    );

    let to = callbacks::open_stream_on_data_url(&base).expect("an address");
    sender.send(&to, callbacks::open_stream_on_data()).await.expect("taken");
    sender
        .send(&to, callbacks::open_stream_on_data_delete())
        .await
        .expect("taken");
    assert_eq!(log.lines(), ["POST /of/end []", "()", "DELETE /of/end []", "()"]);
}

#[tokio::test]
async fn callbacks_go_where_body_and_response_say() {
    let log = Log::default();
    let url = receiver(&log).await;
    let sender = sender(SECRET);
    let to = |path: &str| {
        let notify = types::MakeReportBodyNotify::new(types::Uri::new(format!("{url}{path}")));
        types::MakeReportBody::new(types::MakeReportBodyKind::Sales, notify)
    };

    let made = types::ReadyBody::new("r1", 3);
    let address = callbacks::report_ready_url(&to("/ready")).expect("an address");
    sender
        .send(address, callbacks::report_ready(&made))
        .await
        .expect("taken");
    assert_eq!(log.lines()[0], r#"POST /ready ["application/json"]"#);

    let job = types::Job::new("a/b");
    let address = callbacks::make_report_on_data_url(&to("/table"), &job, "j&1", 202).expect("an address");
    sender
        .send(address, callbacks::make_report_on_data("a,b\n1,2\n"))
        .await
        .expect("taken");
    assert_eq!(
        log.lines(),
        [
            r#"PUT /table?job=a%2Fb&of=j%261&status=202 ["text/csv"]"#,
            r#""a,b\n1,2\n""#
        ]
    );

    let address = callbacks::progress_url(&format!("{url}/progress")).expect("an address");
    sender
        .send(address, callbacks::progress(&types::Progress::new(40)))
        .await
        .expect("taken");
    assert_eq!(log.lines()[1], "Progress { percent: 40 }");
    assert_eq!(
        callbacks::archived_url(7).expect("an address"),
        "https://archive.example/streams/7"
    );
}

#[tokio::test]
async fn every_webhook_arrives_as_what_it_is() {
    let log = Log::default();
    let url = receiver(&log).await;
    let closed = webhooks::stream_closed(&types::Stream::new(7));
    sender(SECRET)
        .send(format!("{url}/hooks"), closed)
        .await
        .expect("taken");
    assert_eq!(
        log.lines(),
        [r#"POST /hooks ["application/json"]"#, "StreamClosed(Stream { id: 7 })"]
    );
}

/// What a route answers where the sender is right about everything else.
async fn refusal(route: MethodRouter, sender: &Sender) -> (u16, u32) {
    let url = serve(Router::new().route("/", route)).await;
    let closed = webhooks::stream_closed(&types::Stream::new(7));
    match sender.send(url, closed).await {
        Err(SendError::Status(refusal)) => (refusal.status.as_u16(), refusal.attempts),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_not_signed_or_not_understood_is_refused_once() {
    let log = Log::default();
    assert_eq!(
        refusal(received::route(verifier(), log.noting()), &sender("b3RoZXI=")).await,
        (401, 1)
    );
    let route = reads::route_of(verifier(), reads::report_ready, log.noting());
    assert_eq!(refusal(route, &sender(SECRET)).await, (400, 1));
    assert_eq!(log.lines(), [""; 0]);
}

#[tokio::test]
async fn what_was_sent_long_ago_does_not_count_again() {
    let sent = Arc::new(Mutex::new(None));
    let kept = Arc::clone(&sent);
    let transport = move |request: http::Request<bytes::Bytes>| {
        *kept.lock().expect("a request") = Some(request);
        ready(Ok::<_, sender::BoxError>(http::Response::new(bytes::Bytes::new())))
    };
    let signer = Signer::new(sender::SignatureScheme::STANDARD, SECRET).expect("a secret");
    let sender = Sender::builder()
        .transport(transport)
        .signed(signer)
        .build()
        .expect("a sender");
    let closed = webhooks::stream_closed(&types::Stream::new(7));
    sender.send("https://example.com/", closed).await.expect("taken");
    let (head, body) = sent.lock().expect("a request").take().expect("a request").into_parts();
    let after = |seconds| SystemTime::now() + Duration::from_secs(seconds);
    assert_eq!(verifier().verify_at(&head.headers, &body, after(200)), Ok(()));
    let later = verifier().verify_at(&head.headers, &body, after(400));
    assert_eq!(later, Err(SignatureError::TooOld));
}

#[tokio::test]
async fn a_handler_that_fails_gets_it_again() {
    let (log, calls) = (Log::default(), Arc::new(Mutex::new(0)));
    let noted = log.clone();
    let route = received::route(verifier(), move |webhook| {
        let mut calls = calls.lock().expect("a count");
        *calls += 1;
        noted.add(format!("{webhook:?}"));
        ready(match *calls {
            1 => Err("not now"),
            _ => Ok(()),
        })
    });
    let url = serve(Router::new().route("/", route)).await;
    let delivered = sender(SECRET)
        .send(url, webhooks::stream_closed(&types::Stream::new(7)))
        .await;
    assert_eq!(delivered.expect("taken").attempts, 2);
    assert_eq!(log.lines().len(), 2);
}

#[tokio::test]
async fn gone_stops_and_redirects_lead_nowhere() {
    let closed = || webhooks::stream_closed(&types::Stream::new(7));
    let gone = serve(Router::new().fallback(async || StatusCode::GONE)).await;
    let error = sender(SECRET).send(gone, closed()).await.expect_err("gone");
    assert!(error.is_gone());

    let log = Log::default();
    let inside = receiver(&log).await;
    let leads = move || async move {
        let to = [(header::LOCATION, format!("{inside}/hooks"))];
        (StatusCode::PERMANENT_REDIRECT, to).into_response()
    };
    let url = serve(Router::new().fallback(leads)).await;
    let error = sender(SECRET).send(&url, closed()).await.expect_err("redirected");
    assert!(matches!(error, SendError::Status(refusal) if refusal.status == 308 && refusal.attempts == 1));
    assert_eq!(log.lines(), [""; 0]);

    // What a stranger could have given as an address.
    let strict = Sender::builder().build().expect("a sender");
    for (address, why) in [
        (url, RefusedAddress::Scheme),
        ("https://127.0.0.1/".to_owned(), RefusedAddress::Private),
    ] {
        let error = strict.send(address, closed()).await.expect_err("refused");
        assert!(matches!(error, SendError::Address(refused) if refused == why));
    }
}

#[tokio::test]
async fn webhooks_of_another_document_come_by_their_bodies() {
    let log = Log::default();
    let verifier = crate::client::Verifier::new(crate::client::SignatureScheme::STANDARD, SECRET).expect("a secret");
    let route = crate::client::webhooks::route(verifier, log.noting::<Webhook>());
    let url = serve(Router::new().route("/", route)).await;
    let signer = crate::server::sender::Signer::new(crate::server::sender::SignatureScheme::STANDARD, SECRET);
    let sender = crate::server::sender::Sender::builder()
        .addresses(crate::server::sender::Addresses::public().allow_http().allow_private())
        .signed(signer.expect("a secret"))
        .build()
        .expect("a sender");
    let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).expect("a day");
    let shipped = crate::server::types::OrderShippedBody::new(day);
    sender
        .send(&url, crate::server::webhooks::order_shipped(&shipped))
        .await
        .expect("taken");
    assert_eq!(log.lines(), ["OrderShipped(OrderShippedBody { day: 2026-01-02 })"]);
}
