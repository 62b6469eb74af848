//! Bodies that are JSON texts one after the other: JSON Lines, NDJSON, JSON text sequences (RFC 7464).

use serde::Serialize;

use super::Parts;

impl Parts {
    /// Sets the body to values, each on a line of its own.
    pub fn json_lines(&mut self, content_type: &str, values: &[impl Serialize]) {
        let is_sequence = content_type.starts_with("application/json-seq");
        let mut text = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if is_sequence {
                text.push(RECORD_SEPARATOR);
            }
            if let Err(error) = serde_json::to_writer(&mut text, value) {
                let part = format!("value {index} of the body");
                return self.refuse(part, format!("cannot be written as JSON: {error}"));
            }
            text.push(b'\n');
        }
        self.bytes(content_type, text);
    }
}

/// What stands before each text of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;
