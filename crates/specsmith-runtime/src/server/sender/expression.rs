//! Addresses of callbacks: runtime expressions of a document (OpenAPI 3.2, section 4.12.6), with the values of a request.

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// An address that is put together from texts and values.
#[derive(Debug)]
#[must_use]
pub struct CallbackUrl(Result<String, NoAddress>);

/// No address yet.
pub fn callback_url() -> CallbackUrl {
    CallbackUrl(Ok(String::new()))
}

/// A value that an address is made of is not there, or is no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoAddress {
    pointer: String,
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => f.write_str("the value that the address of a callback is made of is no text"),
            pointer => write!(
                f,
                "there is no text at `{pointer}` to make the address of a callback of"
            ),
        }
    }
}

impl Error for NoAddress {}

impl CallbackUrl {
    /// Adds a text of the document.
    pub fn text(self, text: &str) -> Self {
        Self(self.0.map(|address| address + text))
    }

    /// Adds the value at a JSON Pointer (RFC 6901).
    ///
    /// What an address begins with stays as it is; a value inside of one is encoded, so that it changes nothing around it.
    pub fn value<T: Serialize + ?Sized>(self, of: &T, pointer: &str) -> Self {
        Self(self.0.and_then(|mut address| {
            let none = || NoAddress {
                pointer: pointer.to_owned(),
            };
            let value = serde_json::to_value(of).map_err(|_| none())?;
            let text = match value.pointer(pointer) {
                Some(Value::String(text)) => text.clone(),
                Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
                _ => return Err(none()),
            };
            match address.is_empty() {
                true => address = text,
                false => encode(&text, &mut address),
            }
            Ok(address)
        }))
    }

    /// The address.
    pub fn finish(self) -> Result<String, NoAddress> {
        self.0
    }
}

/// Writes all but unreserved characters (RFC 3986, section 2.3) and `:`, `@` and `,` by their bytes.
fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._~:@,".contains(&byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
}
