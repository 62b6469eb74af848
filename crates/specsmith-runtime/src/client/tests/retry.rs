//! When calls are sent again: over a transport that answers by a script, with time that passes at once.

use std::collections::VecDeque;
use std::sync::Mutex;

use super::*;
use timer::Instant;

/// `POST /things` without and with a header for an idempotency key.
pub(super) struct MakeThing;
struct MakeThingOnce;

const POST: OperationInfo = OperationInfo::new("makeThing").post("/things");

impl Operation for MakeThing {
    type Success = Value;
    type Error = NoError;

    const INFO: &'static OperationInfo = &POST;

    fn read(response: RawResponse) -> ReadResult<Self> {
        read(response)
    }
}

impl Operation for MakeThingOnce {
    type Success = Value;
    type Error = NoError;

    const INFO: &'static OperationInfo = &POST.idempotency_key("Idempotency-Key");

    fn read(response: RawResponse) -> ReadResult<Self> {
        read(response)
    }
}

fn read<E>(response: RawResponse) -> Result<Response<Value>, Error<E>> {
    match response.status().as_u16() {
        200 => response.json(),
        _ => response.undocumented(),
    }
}

/// What comes instead of a response.
pub(super) type Step = Result<(u16, &'static [(&'static str, &'static str)]), TransportErrorKind>;

pub(super) const OK: Step = Ok((200, &[]));
pub(super) const BUSY: Step = Ok((503, &[]));
pub(super) const RESET: Step = Err(TransportErrorKind::Reset);

#[derive(Default)]
pub(super) struct Script {
    steps: Mutex<VecDeque<Step>>,
    /// When each request came, and its idempotency key.
    seen: Mutex<Vec<(Instant, Option<String>)>>,
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        let key = request.headers().get("idempotency-key");
        let key = key.map(|key| key.to_str().unwrap().to_owned());
        self.seen.lock().unwrap().push((Instant::now(), key));
        let step = self.steps.lock().unwrap().pop_front().unwrap_or(OK);
        Box::pin(async move {
            let (status, headers) = step.map_err(|kind| TransportError::new(kind, "scripted"))?;
            let mut response = http::Response::builder().status(status);
            for (name, text) in headers {
                response = response.header(*name, *text);
            }
            Ok(response.body(Body::new("{}")).unwrap())
        })
    }
}

impl Script {
    pub(super) fn new(steps: &[Step]) -> Arc<Self> {
        let script = Self::default();
        script.add(steps);
        Arc::new(script)
    }

    pub(super) fn add(&self, steps: &[Step]) {
        self.steps.lock().unwrap().extend(steps);
    }

    pub(super) fn attempts(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// The wait before each attempt but the first.
    pub(super) fn waits(&self) -> Vec<Duration> {
        let seen = self.seen.lock().unwrap();
        seen.windows(2).map(|pair| pair[1].0 - pair[0].0).collect()
    }
}

fn scripted(steps: &[Step]) -> (Client, Arc<Script>) {
    let script = Script::new(steps);
    let client = ClientBuilder::new(&API)
        .base_url("http://example.com")
        .credential("token", "hunter2")
        .credential("key", "hunter3")
        .transport(script.clone());
    (client.build().unwrap(), script)
}

/// How a `GET` ends, and how often it was sent.
async fn get(steps: &[Step]) -> (Result<Value, Error<GetThingError>>, Arc<Script>) {
    let (client, script) = scripted(steps);
    (get_thing(&client).await, script)
}

#[tokio::test(start_paused = true)]
async fn what_can_pass_is_sent_again() {
    let (value, script) = get(&[BUSY, RESET]).await;
    assert_eq!((value.unwrap(), script.attempts()), (json!({}), 3));
    let waits = script.waits();
    assert!(
        waits[0] <= Duration::from_millis(501) && waits[1] <= Duration::from_millis(1001),
        "{waits:?}"
    );

    let (value, script) = get(&[BUSY; 4]).await;
    let error = value.unwrap_err();
    assert_eq!((script.attempts(), error.attempts()), (3, 3));
    assert!(error.is_retryable(), "{error}");
    assert_eq!(
        error.to_string(),
        "getThing: 503 Service Unavailable: {} (after 3 attempts) (not documented)"
    );

    let (value, script) = get(&[RESET; 4]).await;
    let error = value.unwrap_err();
    assert_eq!((script.attempts(), error.attempts()), (3, 3));
    assert_eq!(
        error.to_string(),
        "getThing: the request failed: scripted (after 3 attempts)"
    );
}

#[tokio::test(start_paused = true)]
async fn what_cannot_pass_is_not() {
    for step in [
        Ok((400, &[] as &[_])),
        Ok((501, &[])),
        Ok((503, &[("x-should-retry", "false")])),
        Err(TransportErrorKind::Tls),
        Err(TransportErrorKind::Redirect),
        Err(TransportErrorKind::Protocol),
    ] {
        let (value, script) = get(&[step]).await;
        assert_eq!((script.attempts(), value.is_err()), (1, true), "{step:?}");
    }
    let (value, script) = get(&[Ok((409, &[("x-should-retry", "true")]))]).await;
    assert_eq!((script.attempts(), value.is_ok()), (2, true));
}

#[tokio::test(start_paused = true)]
async fn only_what_may_be_done_twice_is_sent_again() {
    let make = |client: &Client| Request::<MakeThing>::new(client);
    for step in [
        BUSY,
        RESET,
        Err(TransportErrorKind::Timeout(Timeout::Attempt)),
    ] {
        let (client, script) = scripted(&[step]);
        assert!(make(&client).await.is_err());
        assert_eq!(script.attempts(), 1, "{step:?}");
        let (client, script) = scripted(&[step]);
        assert!(make(&client).with_idempotency_key("k").await.is_ok());
        assert_eq!(script.attempts(), 2, "{step:?}");
        let (client, script) = scripted(&[step]);
        let any = make(&client).with_retry(RetryPolicy::new().any_method());
        assert!(any.await.is_ok());
        assert_eq!(script.attempts(), 2, "{step:?}");
    }
    // The server did not see it.
    let (client, script) = scripted(&[Err(TransportErrorKind::Connect)]);
    assert!(make(&client).await.is_ok());
    assert_eq!(script.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_has_one_idempotency_key() {
    let (client, script) = scripted(&[BUSY, RESET]);
    assert!(Request::<MakeThingOnce>::new(&client).await.is_ok());
    assert!(Request::<MakeThingOnce>::new(&client).await.is_ok());
    let own = Request::<MakeThingOnce>::new(&client).with_idempotency_key("own");
    assert!(own.await.is_ok());
    let keys = script
        .seen
        .lock()
        .unwrap()
        .iter()
        .map(|(_, key)| key.clone().unwrap())
        .collect::<Vec<_>>();
    assert_eq!(keys.len(), 5);
    assert!(keys[0] == keys[1] && keys[1] == keys[2], "{keys:?}");
    assert!(keys[3] != keys[0] && keys[3].len() == 36, "{keys:?}");
    assert_eq!(keys[4], "own");
}

#[tokio::test(start_paused = true)]
async fn a_429_or_503_with_retry_after_is_retried_then() {
    for (headers, wait) in [
        (&[("retry-after", "7")] as &[_], 7_000),
        (&[("retry-after-ms", "250")], 250),
        (
            &[
                ("date", "Fri, 21 Nov 2025 10:00:00 GMT"),
                ("retry-after", "Fri, 21 Nov 2025 10:00:09 GMT"),
            ],
            9_000,
        ),
    ] {
        let (value, script) = get(&[Ok((429, headers)), Ok((503, headers))]).await;
        assert!(value.is_ok());
        for found in script.waits() {
            let difference = found.abs_diff(Duration::from_millis(wait));
            assert!(
                difference <= Duration::from_millis(2),
                "{found:?} of {wait}"
            );
        }
    }
    for absurd in [
        "61",
        "99999999999999999999",
        "Thu, 31 Dec 2099 23:59:59 GMT",
    ] {
        let headers = Box::leak(Box::new([("retry-after", absurd)]));
        let (value, script) = get(&[Ok((429, headers))]).await;
        let waits = script.waits();
        match absurd {
            // What cannot be counted counts as not said.
            "99999999999999999999" => assert!(value.is_ok() && waits[0] < Duration::from_secs(1)),
            _ => assert!(value.is_err() && waits.is_empty(), "{absurd}: {waits:?}"),
        }
    }
    // There is no use in waiting for longer than the call has.
    let (client, script) = scripted(&[Ok((429, &[("retry-after", "30")]))]);
    let error = get_thing(&client)
        .with_timeout(Duration::from_secs(20))
        .await
        .unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), script.attempts()),
        (429, 1)
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
}

#[tokio::test(start_paused = true)]
async fn retries_have_a_budget() {
    let (client, script) = scripted(&[BUSY; 1000]);
    for _ in 0..60 {
        assert!(get_thing(&client).await.is_err());
    }
    // 500 tokens are a hundred retries: two for each of the first fifty calls.
    assert_eq!(script.attempts(), 60 + 100);
    script.steps.lock().unwrap().clear();
    for _ in 0..5 {
        assert!(get_thing(&client).await.is_ok());
    }
    script.steps.lock().unwrap().push_back(BUSY);
    assert!(get_thing(&client).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn policies_are_for_clients_and_for_calls() {
    let (client, script) = scripted(&[BUSY; 9]);
    let never = get_thing(&client).with_retry(RetryPolicy::never());
    assert!(never.await.is_err());
    assert_eq!(script.attempts(), 1);
    let five = RetryPolicy::new().max_attempts(5).backoff(Duration::ZERO);
    assert!(get_thing(&client).with_retry(five).await.is_err());
    assert_eq!(script.attempts(), 6);
    assert!(
        script
            .waits()
            .iter()
            .all(|wait| *wait < Duration::from_millis(3))
    );
    let none = RetryPolicy::new().statuses(&[]);
    assert!(get_thing(&client).with_retry(none).await.is_err());
    assert_eq!(script.attempts(), 7);
}

#[tokio::test(start_paused = true)]
async fn bodies_that_are_there_once_are_sent_once() {
    struct Nothing;
    impl futures_core::Stream for Nothing {
        type Item = Result<Vec<u8>, BoxError>;

        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(None)
        }
    }
    let (client, script) = scripted(&[BUSY; 9]);
    let mut request = get_thing(&client);
    let body = RequestBody::once(Body::from_stream(Nothing));
    request.parts.bytes("text/plain", body);
    assert!(request.await.is_err());
    assert_eq!(script.attempts(), 1);
    let mut request = get_thing(&client);
    let open = || async { Ok::<_, BoxError>(Body::from_stream(Nothing)) };
    request
        .parts
        .bytes("text/plain", RequestBody::open_with(open));
    assert!(request.await.is_err());
    assert_eq!(script.attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn time_runs_out_for_attempts_and_for_calls() {
    struct Silence;
    impl Transport for Silence {
        fn send(&self, _: http::Request<Body>) -> Exchange<'_> {
            Box::pin(std::future::pending())
        }
    }
    let builder = || {
        let builder = ClientBuilder::new(&API).base_url("http://example.com");
        builder
            .credential("token", "t")
            .credential("key", "k")
            .transport(Silence)
    };
    let client = builder().build().unwrap();
    let timed = async |request: Request<GetThing>| {
        let started = Instant::now();
        let Error::Timeout(error) = request.await.unwrap_err() else {
            panic!("not a timeout")
        };
        (started.elapsed().as_secs(), error.kind(), error.attempts())
    };
    let kind = TransportErrorKind::Timeout;
    assert_eq!(
        timed(get_thing(&client)).await,
        (30, kind(Timeout::Total), 1)
    );
    let request = get_thing(&client).with_timeout(Duration::from_secs(3));
    assert_eq!(timed(request).await, (3, kind(Timeout::Total), 1));
    let request = get_thing(&client).with_attempt_timeout(Duration::from_secs(2));
    let (seconds, found, attempts) = timed(request).await;
    assert_eq!((found, attempts), (kind(Timeout::Attempt), 3));
    assert!((6..=8).contains(&seconds), "{seconds}");
    let client = builder()
        .timeout(None)
        .attempt_timeout(Duration::from_secs(90));
    let request = get_thing(&client.build().unwrap()).with_retry(RetryPolicy::never());
    assert_eq!(timed(request).await, (90, kind(Timeout::Attempt), 1));
}

#[tokio::test]
async fn responses_tell_what_the_server_says_about_them() {
    let headers = &[
        ("x-request-id", "r-1"),
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-remaining", "0"),
    ];
    let (client, _) = scripted(&[Ok((200, headers)), Ok((400, headers))]);
    let response = get_thing(&client).send().await.unwrap();
    let limit = response.rate_limit().unwrap();
    assert_eq!(
        (response.request_id(), limit.limit, limit.remaining),
        (Some("r-1"), Some(100), Some(0))
    );
    let error = get_thing(&client).await.unwrap_err();
    assert_eq!(
        (error.request_id(), error.is_retryable()),
        (Some("r-1"), false)
    );
    assert!(!error.request_succeeded());
}
