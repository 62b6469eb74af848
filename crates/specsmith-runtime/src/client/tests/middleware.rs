//! Middleware, hooks, limits and services of tower, over a transport that answers by a script.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::retry::{BUSY, OK, RESET, Script, Step};
use super::*;
use timer::Instant;

fn scripted(
    steps: &[Step],
    with: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> (Client, Arc<Script>) {
    let script = Script::new(steps);
    let builder = ClientBuilder::new(&API)
        .base_url("http://example.com")
        .credential("token", "hunter2")
        .credential("key", "hunter3")
        .transport(script.clone());
    (with(builder).build().unwrap(), script)
}

#[tokio::test(start_paused = true)]
async fn hooks_see_every_attempt() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let (requests, responses) = (seen.clone(), seen.clone());
    let (client, _) = scripted(&[BUSY, RESET], |builder| {
        builder
            .on_request(move |request| {
                request.headers_mut().insert("x-hook", "1".parse().unwrap());
                let id = operation_of(request).unwrap().id;
                requests
                    .lock()
                    .unwrap()
                    .push(format!("{id} {}", request.uri().path()));
            })
            .on_response(move |operation, answer| {
                let text = match answer {
                    Ok(response) => response.status().as_u16().to_string(),
                    Err(error) => error.to_string(),
                };
                let id = operation.unwrap().id;
                responses.lock().unwrap().push(format!("{id}: {text}"));
            })
    });
    assert!(get_thing(&client).await.is_ok());
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "getThing /things/a%20b",
            "getThing: 503",
            "getThing /things/a%20b",
            "getThing: the request failed: scripted",
            "getThing /things/a%20b",
            "getThing: 200",
        ]
    );
}

struct Named(&'static str, Arc<Mutex<Vec<String>>>);

impl Middleware for Named {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
        self.1.lock().unwrap().push(format!("{} in", self.0));
        Box::pin(async move {
            let answer = next.send(request).await;
            self.1.lock().unwrap().push(format!("{} out", self.0));
            answer
        })
    }
}

#[tokio::test]
async fn the_first_middleware_is_outside() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let (client, _) = scripted(&[], |builder| {
        let builder = builder.middleware(Named("first", log.clone()));
        builder.middleware(Named("second", log.clone()))
    });
    assert!(get_thing(&client).await.is_ok());
    assert_eq!(
        *log.lock().unwrap(),
        ["first in", "second in", "second out", "first out"]
    );
}

#[tokio::test]
async fn a_middleware_can_answer() {
    struct Offline;
    impl Middleware for Offline {
        fn handle<'a>(&'a self, _: http::Request<Body>, _: Next<'a>) -> Exchange<'a> {
            Box::pin(async { Ok(http::Response::new(Body::new("{\"cached\":true}"))) })
        }
    }
    let (client, script) = scripted(&[], |builder| builder.middleware(Offline));
    assert_eq!(get_thing(&client).await.unwrap(), json!({ "cached": true }));
    assert_eq!(script.attempts(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_rate_limiter_makes_requests_wait() {
    let limiter = RateLimiter::new(2, Duration::from_secs(1));
    let (client, script) = scripted(&[], |builder| builder.middleware(limiter));
    for _ in 0..5 {
        assert!(get_thing(&client).await.is_ok());
    }
    let waits = script.waits().into_iter().map(|wait| wait.as_millis());
    let waits = Vec::from_iter(waits);
    let near = |found: u128, expected: u128| found.abs_diff(expected) <= 2;
    assert!(
        near(waits[0], 0) && waits[1..].iter().all(|wait| near(*wait, 500)),
        "{waits:?}"
    );
    tokio::time::sleep(Duration::from_secs(10)).await;
    // What was not used does not add up.
    let started = Instant::now();
    for _ in 0..3 {
        assert!(get_thing(&client).await.is_ok());
    }
    assert!(
        near(started.elapsed().as_millis(), 500),
        "{:?}",
        started.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_circuit_breaker_opens_and_closes() {
    let breaker = CircuitBreaker::new(2, Duration::from_secs(5));
    let steps = [BUSY, RESET, BUSY];
    let (client, script) = scripted(&steps, |builder| {
        builder.retry(RetryPolicy::never()).middleware(breaker)
    });
    let call = || async { get_thing(&client).await.map_err(|error| error.to_string()) };
    let refused =
        "getThing: the request failed: the circuit breaker is open after failures of the server";
    assert!(call().await.is_err() && call().await.is_err());
    assert_eq!(call().await.unwrap_err(), refused);
    assert_eq!(script.attempts(), 2);
    tokio::time::sleep(Duration::from_secs(5)).await;
    // The probe fails.
    assert!(call().await.unwrap_err().contains("503"));
    assert_eq!(call().await.unwrap_err(), refused);
    assert_eq!(script.attempts(), 3);
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(call().await.is_ok() && call().await.is_ok());
    assert_eq!(script.attempts(), 5);
    // A failure that is alone does not open it.
    script.add(&[BUSY, OK, BUSY, OK]);
    for is_ok in [false, true, false, true] {
        assert_eq!(call().await.is_ok(), is_ok);
    }
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_dropped_leaves_room_for_another() {
    let breaker = CircuitBreaker::new(1, Duration::from_secs(5));
    let (client, _) = scripted(&[BUSY], |builder| {
        builder
            .retry(RetryPolicy::never())
            .middleware(breaker)
            .middleware(Slow)
    });
    assert!(get_thing(&client).await.is_err());
    tokio::time::sleep(Duration::from_secs(5)).await;
    let dropped = get_thing(&client).with_timeout(Duration::from_millis(10));
    assert!(dropped.await.unwrap_err().is_timeout());
    assert!(get_thing(&client).await.is_ok());
}

/// Waits for a second.
struct Slow;

impl Middleware for Slow {
    fn handle<'a>(&'a self, request: http::Request<Body>, next: Next<'a>) -> Exchange<'a> {
        Box::pin(async move {
            timer::sleep(Duration::from_secs(1)).await;
            next.send(request).await
        })
    }
}

#[tokio::test(start_paused = true)]
async fn layers_of_tower_are_around_the_transport() {
    let (client, script) = scripted(&[], |builder| {
        builder
            .layer(tower::limit::ConcurrencyLimitLayer::new(1))
            .middleware(Slow)
    });
    let started = Instant::now();
    let (first, second) = tokio::join!(get_thing(&client), get_thing(&client));
    assert!(first.is_ok() && second.is_ok() && script.attempts() == 2);
    assert_eq!(started.elapsed().as_secs(), 2);
}

#[tokio::test]
async fn services_of_tower_are_transports() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let service = tower::service_fn(|request: http::Request<Body>| async move {
        CALLS.fetch_add(1, Ordering::Relaxed);
        match request.method() {
            &http::Method::GET => Ok(http::Response::new(Body::new("{}"))),
            method => Err(format!("no {method}")),
        }
    });
    let (client, _) = scripted(&[], |builder| builder.service(service));
    assert!(get_thing(&client).await.is_ok());
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);

    // And the other way round.
    let script = Script::new(&[RESET]);
    let mut service = TransportService::new(script);
    let request = || http::Request::new(Body::empty());
    let error = tower_service::Service::call(&mut service, request()).await;
    assert_eq!(error.unwrap_err().kind(), TransportErrorKind::Reset);
    assert!(
        tower_service::Service::call(&mut service, request())
            .await
            .is_ok()
    );
}
