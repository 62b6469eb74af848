//! Stubs that reply with JSON texts one after the other.

use serde::Serialize;

use super::super::RecordOperation;
use super::{MockResponse, Reply, Stub};

impl<O: RecordOperation> Stub<O> {
    /// Replies with these records, one chunk each, as the first media type that the document names.
    pub fn respond_records(self, records: &[O::Record]) -> Reply<O>
    where
        O::Record: Serialize,
    {
        let content_type = O::ACCEPT.split(',').next().unwrap_or(O::ACCEPT).trim();
        let start: &[u8] = match content_type.ends_with("json-seq") {
            true => b"\x1e",
            false => b"",
        };
        let text = |record: &O::Record| {
            let json = serde_json::to_vec(record).map_err(|error| error.to_string())?;
            Ok([start, &json, b"\n"].concat())
        };
        let records: Result<Vec<_>, String> = records.iter().map(text).collect();
        self.respond_with(match records {
            Ok(records) => MockResponse::chunks(200, content_type, records),
            Err(error) => MockResponse::unusable(format!("a record cannot be written: {error}")),
        })
    }
}
