//! Tests without a server: [`MockTransport`] answers calls, [`Recorder`] and [`Replayer`] keep and repeat real ones.

#[cfg(not(target_arch = "wasm32"))]
mod body;
mod events;
#[cfg(not(target_arch = "wasm32"))]
mod recorder;
#[cfg(not(target_arch = "wasm32"))]
mod recording;
mod records;
#[cfg(not(target_arch = "wasm32"))]
mod redaction;
#[cfg(not(target_arch = "wasm32"))]
mod replayer;
mod request;
mod response;
mod stub;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{
    Body, Exchange, Operation, OperationInfo, Scheme, Transport, TransportError, TransportErrorKind,
};
#[cfg(not(target_arch = "wasm32"))]
pub use recorder::Recorder;
#[cfg(not(target_arch = "wasm32"))]
pub use replayer::{NotRecorded, Replayer};
pub use request::MockRequest;
pub use response::{MockResponse, Respond};
pub(super) use stub::tell;
use stub::{Answered, Entry};
pub use stub::{Reply, Stub};

/// A transport that answers calls in tests, by stubs for each operation, and remembers what was sent.
///
/// ```text
/// let mock = MockTransport::new();
/// mock.on::<GetBook>().when(|request| request.path_value("isbn").as_deref() == Some("1")).respond_ok(&book);
/// let client = Client::builder().transport(mock.clone()).build()?;
/// assert_eq!(client.books().get("1").await?.title, book.title);
/// mock.assert_done();
/// ```
///
/// Of the stubs for an operation, the one that was made last counts, unless the request is not what it wants or it has
/// no reply left. A request that no stub answers fails with an [`UnexpectedCall`]. Clones share their stubs.
#[derive(Clone, Default)]
pub struct MockTransport(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    stubs: Vec<Arc<Entry>>,
    requests: Vec<MockRequest>,
    unexpected: Vec<UnexpectedCall>,
}

/// The security schemes of the API, which is among the extensions of requests.
#[derive(Clone, Copy)]
pub(super) struct Schemes(pub(super) &'static [Scheme]);

impl MockTransport {
    /// A transport without stubs, which answers no call.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a stub for an operation, which answers nothing until it is told how.
    pub fn on<O: Operation>(&self) -> Stub<O> {
        self.stub(Some(O::INFO))
    }

    /// Begins a stub for any request to this operation, that of a token endpoint where there is none.
    fn stub<O>(&self, operation: Option<&'static OperationInfo>) -> Stub<O> {
        let entry = Arc::new(Entry::new(operation));
        self.lock().stubs.push(entry.clone());
        Stub::new(entry)
    }

    /// Begins a stub for requests that are no call of an operation, such as those to the token endpoint of OAuth 2.0.
    pub fn on_token_request(&self) -> Stub<()> {
        self.stub(None)
    }

    /// The requests that were sent, each attempt of a call, in their order.
    pub fn requests(&self) -> Vec<MockRequest> {
        self.lock().requests.clone()
    }

    /// The requests of an operation that were sent.
    pub fn requests_of<O: Operation>(&self) -> Vec<MockRequest> {
        let is_of =
            |request: &MockRequest| request.operation().is_some_and(|it| it.id == O::INFO.id);
        let mut requests = self.requests();
        requests.retain(is_of);
        requests
    }

    /// The last request that was sent.
    pub fn last_request(&self) -> Option<MockRequest> {
        self.lock().requests.last().cloned()
    }

    /// What is wrong at the end of a test: calls that no stub answered, and replies that were not given as often as
    /// their [`times`](Reply::times) say.
    pub fn problems(&self) -> Vec<String> {
        let state = self.lock();
        let unexpected = state.unexpected.iter().map(UnexpectedCall::to_string);
        let missing = state.stubs.iter().flat_map(|stub| stub.missing());
        unexpected.chain(missing).collect()
    }

    /// Asserts that nothing is wrong at the end of a test; see [`problems`](Self::problems).
    ///
    /// # Panics
    /// When something is.
    #[track_caller]
    pub fn assert_done(&self) {
        let problems = self.problems();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.0)
    }

    /// Remembers a request and finds its answer.
    fn answer(&self, request: MockRequest) -> Result<MockResponse, TransportError> {
        let stubs = {
            let mut state = self.lock();
            state.requests.push(request.clone());
            state.stubs.clone()
        };
        let (mut unfit, mut used) = (0, 0);
        // Nothing is locked while the closures of a test run.
        for stub in stubs.iter().rev().filter(|stub| stub.is_for(&request)) {
            match stub.answer(&request) {
                Answered::With(response) => return Ok(response),
                Answered::Unfit => unfit += 1,
                Answered::UsedUp => used += 1,
            }
        }
        let others = stubs
            .iter()
            .filter_map(|stub| stub.operation())
            .map(|it| it.id);
        let call = UnexpectedCall {
            operation: request.operation().map(|operation| operation.id),
            call: request.line(),
            unfit,
            used,
            others: others.collect(),
        };
        self.lock().unexpected.push(call.clone());
        Err(TransportError::new(TransportErrorKind::Refused, call))
    }
}

impl Transport for MockTransport {
    fn send(&self, request: http::Request<Body>) -> Exchange<'_> {
        Box::pin(async move {
            let (request, _) = MockRequest::read(request).await?;
            self.answer(request)?.send().await
        })
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        f.debug_struct("MockTransport")
            .field("stubs", &state.stubs.len())
            .field("requests", &state.requests)
            .finish()
    }
}

/// A call that no stub answers; it is the source of the [`TransportError`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnexpectedCall {
    operation: Option<&'static str>,
    call: String,
    unfit: usize,
    used: usize,
    others: Vec<&'static str>,
}

impl UnexpectedCall {
    /// The name of the operation; `None` where the request is not of one, such as that for a token.
    pub fn operation(&self) -> Option<&'static str> {
        self.operation
    }
}

impl fmt::Display for UnexpectedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            call, unfit, used, ..
        } = self;
        write!(f, "no stub answers {call}: ")?;
        match (unfit, used) {
            (0, 0) => f.write_str("it has none")?,
            (unfit, 0) => write!(f, "of {unfit} for it, none wants this request")?,
            (0, used) => write!(f, "{used} for it gave all replies")?,
            (unfit, used) => {
                write!(
                    f,
                    "{unfit} for it want other requests, {used} gave all replies"
                )?;
            }
        }
        let mut others =
            Vec::from_iter(self.others.iter().filter(|id| Some(**id) != self.operation));
        others.sort_unstable();
        others.dedup();
        match others.is_empty() {
            true => Ok(()),
            false => {
                let others = Vec::from_iter(others.iter().map(|id| format!("`{id}`")));
                write!(f, "; there are stubs for {}", others.join(", "))
            }
        }
    }
}

impl std::error::Error for UnexpectedCall {}

/// Locks, though a test panicked meanwhile.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
