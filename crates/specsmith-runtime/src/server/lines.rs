//! Bodies that are JSON texts one after the other: JSON Lines, NDJSON, JSON text sequences (RFC 7464).

use serde::de::DeserializeOwned;

use super::request::{Rejected, Request};

impl Request {
    /// Reads the lines of a body that must be sent.
    pub async fn json_lines<T: DeserializeOwned>(
        &mut self,
        media_types: &str,
    ) -> Result<Vec<T>, Rejected> {
        let lines = self.optional_json_lines(media_types).await?;
        lines.ok_or_else(|| self.missing_body())
    }

    /// Reads the lines of a body that need not be sent.
    pub async fn optional_json_lines<T: DeserializeOwned>(
        &mut self,
        media_types: &str,
    ) -> Result<Option<Vec<T>>, Rejected> {
        let Some(bytes) = self.optional_bytes(media_types).await? else {
            return Ok(None);
        };
        let mut values = Vec::new();
        let lines = bytes.split(|byte| matches!(*byte, b'\n' | RECORD_SEPARATOR));
        for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
            values.push(self.read_json_at(line, &format!("/{}", values.len()))?);
        }
        Ok(Some(values))
    }
}

/// What stands before each text of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;
