//! What the programs of services share.

/// The text of what handlers use: they note what they get, and give the answer that is chosen for it.
pub(crate) const SHARED: &str = r##"
use std::sync::Mutex;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// What the next answer is, and what was got.
struct State {
    answer: usize,
    status: u16,
    value: String,
    got: Option<Value>,
}

static STATE: Mutex<State> = Mutex::new(State { answer: 0, status: 200, value: String::new(), got: None });

fn state<T>(with: impl FnOnce(&mut State) -> T) -> T {
    with(&mut STATE.lock().unwrap_or_else(|error| error.into_inner()))
}

pub(crate) fn answer() -> usize {
    state(|state| state.answer)
}

pub(crate) fn status() -> axum::http::StatusCode {
    state(|state| axum::http::StatusCode::from_u16(state.status).unwrap())
}

/// What is sent.
pub(crate) fn value<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// What is answered.
pub(crate) fn answered<T: DeserializeOwned>() -> T {
    value(&state(|state| state.value.clone()))
}

pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Value {
    let text = serde_json::to_string(value).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&text).unwrap()
}

pub(crate) fn part(name: &str, content: &[u8]) -> Value {
    serde_json::json!([name, bytes(content)])
}

/// The parts that a value is.
pub(crate) fn texts(name: &str, value: Value, is_json: bool) -> Vec<Value> {
    let items = match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items,
        value => vec![value],
    };
    let text = |value: Value| match value {
        Value::String(text) if !is_json => text,
        value => value.to_string(),
    };
    items.into_iter().map(|item| serde_json::json!([name, text(item)])).collect()
}

pub(crate) fn bytes(bytes: &[u8]) -> Value {
    String::from_utf8_lossy(bytes).into()
}

/// What a handler got.
pub(crate) struct Got(Map<String, Value>);

impl Got {
    pub(crate) fn new(id: &str) -> Self {
        let mut members = Map::new();
        members.insert("id".to_owned(), id.into());
        Self(members)
    }

    pub(crate) fn note(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    pub(crate) async fn stream(&mut self, body: axum::body::Body) {
        let all = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        self.note("body", bytes(&all));
    }

    pub(crate) async fn parts(&mut self, mut parts: axum::extract::Multipart) {
        let mut list = Vec::new();
        while let Some(part) = parts.next_field().await.unwrap() {
            let name = part.name().unwrap_or_default().to_owned();
            list.push(serde_json::json!([name, part.text().await.unwrap()]));
        }
        self.note("body", list.into());
    }

    pub(crate) fn end(self) {
        state(|state| arrived(state, self.0));
    }
}
"##;
