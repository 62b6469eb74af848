//! Server-sent events (HTML, section 9.2).

use serde_json::Value;
use specsmith_ir::Content;
use specsmith_runtime::server::Problem;

use crate::answer::Maker;
use crate::mock::Service;

/// The fields of an event.
const FIELDS: [&str; 5] = ["event", "id", "retry", "data", "comment"];

/// Writes so many events.
pub(crate) fn write(
    _service: &Service,
    content: &Content,
    maker: &mut Maker<'_>,
    count: u64,
) -> Result<String, Problem> {
    let mut text = String::new();
    for index in 0..count {
        match (content.item, content.event_data, content.ty) {
            (Some(item), data, _) => {
                let mut event = maker.part(item, index)?;
                if let (Some(data), Some(members)) = (data, event.as_object_mut()) {
                    let data = maker.part(data, index)?;
                    members.insert("data".to_owned(), Value::from(line(&data)));
                }
                append(&event, &mut text);
            }
            (None, Some(ty), _) | (None, None, Some(ty)) => data(&line(&maker.part(ty, index)?), &mut text),
            (None, None, None) => data(&format!("event {}", index + 1), &mut text),
        }
        text.push('\n');
    }
    Ok(text)
}

/// Writes a value as an event: an object with the fields of one is one, everything else is its data.
fn append(event: &Value, text: &mut String) {
    let members = event.as_object().filter(|members| {
        let is_field = |name: &String| FIELDS.contains(&name.as_str());
        members.contains_key("data") && members.keys().all(is_field)
    });
    let Some(members) = members else {
        return data(&line(event), text);
    };
    for (name, value) in members {
        match name.as_str() {
            "data" => data(&line(value), text),
            "comment" => field("", &line(value), text),
            name => field(name, &line(value), text),
        }
    }
}

/// A text as it is, every other value as JSON.
fn line(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn data(value: &str, text: &mut String) {
    for line in value.split(['\n', '\r']) {
        field("data", line, text);
    }
}

fn field(name: &str, value: &str, text: &mut String) {
    let value = value.replace(['\n', '\r'], " ");
    text.push_str(&format!("{name}: {value}\n"));
}
