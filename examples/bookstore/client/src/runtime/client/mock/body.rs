//! [`RecordedBody`]: a body as it stands in a file of recordings, in the most readable form that keeps it.

use reqwest::Url;
use serde_json::{Map, Number, Value};

use super::super::OperationInfo;
use super::super::auth::base64;
use super::recording::{are_same, joined};
use super::redaction::{Hidden, REDACTED, Redaction, is_same_text};

/// A body, without its secrets.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum RecordedBody {
    Empty,
    Json(Value),
    /// `name=value`, decoded.
    Form(Vec<String>),
    Text(String),
    Base64(Vec<u8>),
}

impl RecordedBody {
    /// A body as it was sent or came.
    pub(super) fn of(
        content_type: Option<&str>,
        bytes: &[u8],
        redaction: &Redaction,
        hidden: &Hidden,
        operation: Option<&'static OperationInfo>,
    ) -> Self {
        let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Self::Base64(bytes.to_vec());
        };
        if text.is_empty() {
            return Self::Empty;
        }
        if content_type.starts_with("application/x-www-form-urlencoded")
            && let Ok(url) = Url::parse(&format!("form:?{text}"))
        {
            let pairs = url.query_pairs().into_owned().collect();
            return Self::Form(joined(redaction.form(pairs, operation.is_none(), hidden)));
        }
        let is_json = content_type.contains("json");
        if let Some(Ok(value)) = is_json.then(|| serde_json::from_str::<Value>(text)) {
            let mut redacted = value.clone();
            redaction.json(&mut redacted, hidden);
            if redacted != value || keeps_numbers(text) {
                return Self::Json(redacted);
            }
        }
        Self::Text(hidden.hide(text))
    }

    /// The body to answer with.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Empty => Vec::new(),
            Self::Json(value) => value.to_string().into_bytes(),
            Self::Form(pairs) => pairs.join("&").into_bytes(),
            Self::Text(text) => text.clone().into_bytes(),
            Self::Base64(bytes) => bytes.clone(),
        }
    }

    /// Whether what is sent is this body; what is redacted fits anything.
    pub(super) fn fits(&self, sent: &Self) -> bool {
        match (self, sent) {
            (Self::Json(recorded), Self::Json(sent)) => fits(recorded, sent),
            (Self::Form(recorded), Self::Form(sent)) => are_same(recorded, sent),
            (Self::Text(recorded), Self::Text(sent)) => is_same_text(recorded, sent),
            (recorded, sent) => recorded == sent,
        }
    }

    pub(super) fn write(&self, object: &mut Map<String, Value>) {
        let (name, value) = match self {
            Self::Empty => return,
            Self::Json(value) => ("json", value.clone()),
            Self::Form(pairs) => ("form", pairs.clone().into()),
            Self::Text(text) => ("text", text.clone().into()),
            Self::Base64(bytes) => ("base64", base64(bytes).into()),
        };
        object.insert(name.to_owned(), value);
    }

    pub(super) fn read(object: &Value) -> Result<Self, String> {
        let field = |name: &str| object.get(name);
        let text = |name: &str| field(name).and_then(Value::as_str);
        if let Some(value) = field("json") {
            return Ok(Self::Json(value.clone()));
        }
        if let Some(pairs) = field("form").and_then(Value::as_array) {
            let pairs = pairs.iter().filter_map(Value::as_str);
            return Ok(Self::Form(pairs.map(str::to_owned).collect()));
        }
        match (text("text"), text("base64")) {
            (Some(text), _) => Ok(Self::Text(text.to_owned())),
            (None, Some(text)) => match from_base64(text) {
                Some(bytes) => Ok(Self::Base64(bytes)),
                None => Err("its `base64` is none".to_owned()),
            },
            (None, None) => Ok(Self::Empty),
        }
    }
}

/// Whether a value is what was recorded; what is redacted on either side fits anything.
fn fits(recorded: &Value, sent: &Value) -> bool {
    match (recorded, sent) {
        (Value::String(text), _) | (_, Value::String(text)) if text == REDACTED => true,
        (Value::String(recorded), Value::String(sent)) => is_same_text(recorded, sent),
        (Value::Object(recorded), Value::Object(sent)) => {
            let fits = |(name, value)| sent.get(name).is_some_and(|sent| fits(value, sent));
            recorded.len() == sent.len() && recorded.iter().all(fits)
        }
        (Value::Array(recorded), Value::Array(sent)) => {
            let mut pairs = recorded.iter().zip(sent);
            recorded.len() == sent.len() && pairs.all(|(recorded, sent)| fits(recorded, sent))
        }
        (recorded, sent) => recorded == sent,
    }
}

/// Whether the numbers of a JSON text are what they were once they are read and written.
fn keeps_numbers(text: &str) -> bool {
    // A float keeps so many letters whatever they are.
    const SHORT: usize = 15;
    let is_kept = |token: &str| {
        let read: Result<Number, _> = serde_json::from_str(token);
        token.len() <= SHORT || read.is_ok_and(|number| number.to_string() == *token)
    };
    let mut is_string = false;
    let mut letters = text.char_indices();
    let mut start = None;
    while let Some((index, letter)) = letters.next() {
        let is_number = !is_string && matches!(letter, '0'..='9' | '+' | '-' | '.' | 'e' | 'E');
        match (is_number, start) {
            (true, None) => start = Some(index),
            (false, Some(first)) => {
                // The letters of `true` and `false` are none.
                let token = text.get(first..index).unwrap_or_default();
                if token != "e" && !is_kept(token) {
                    return false;
                }
                start = None;
            }
            _ => {}
        }
        match letter {
            '"' => is_string = !is_string,
            '\\' if is_string => drop(letters.next()),
            _ => {}
        }
    }
    start.is_none_or(|first| is_kept(text.get(first..).unwrap_or_default()))
}

/// The bytes of Base64 with padding (RFC 4648, section 4).
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').bytes();
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}
