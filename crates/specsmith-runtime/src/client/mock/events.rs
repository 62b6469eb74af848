//! Stubs that reply with server-sent events.

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::super::{EventEncoding, EventOperation};
use super::{MockResponse, Reply, Stub};

impl<O: EventOperation> Stub<O> {
    /// Replies with server-sent events that have this data, one chunk each.
    pub fn respond_events(self, data: &[O::Data]) -> Reply<O>
    where
        O::Data: Serialize,
    {
        let events = data.iter().map(|data| match serde_json::to_value(data) {
            Ok(data) => Ok(Bytes::from(event(O::ENCODING, &data))),
            Err(error) => Err(error.to_string()),
        });
        self.respond_with(match events.collect::<Result<Vec<_>, _>>() {
            Ok(events) => MockResponse::chunks(200, "text/event-stream", events),
            Err(error) => MockResponse::unusable(format!("an event cannot be written: {error}")),
        })
    }
}

/// The text of an event.
fn event(encoding: EventEncoding, data: &Value) -> String {
    let mut lines = String::new();
    match (encoding, data) {
        (EventEncoding::Event | EventEncoding::EventOfJson, Value::Object(fields)) => {
            for (name, value) in fields {
                field(&mut lines, name, value);
            }
        }
        (EventEncoding::Json, data) => field(&mut lines, "data", &data.to_string().into()),
        (_, data) => field(&mut lines, "data", data),
    }
    lines + "\n"
}

fn field(lines: &mut String, name: &str, value: &Value) {
    let text = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    for line in text.split('\n') {
        lines.push_str(&format!("{name}: {line}\n"));
    }
}
