//! [`StreamError`]: what goes wrong in a stream beside the connection and the types of its items.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny};

use super::response::snippet;
use super::{Error, Operation, RawResponse, UnexpectedContentType};

/// A stream in which the server reports an error, or of which an item is too large.
#[derive(Debug)]
pub struct StreamError {
    response: RawResponse,
    kind: StreamErrorKind,
}

/// What is wrong with a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StreamErrorKind {
    /// The server sent an error in place of an item. The stream goes on where the server goes on.
    Server,
    /// An item has more bytes than this. The stream ends with it.
    TooLarge(usize),
}

impl StreamError {
    pub(super) fn new(response: RawResponse, kind: StreamErrorKind) -> Self {
        Self { response, kind }
    }

    /// What is wrong.
    pub fn kind(&self) -> StreamErrorKind {
        self.kind
    }

    /// The response, whose body is what the server said about the error.
    pub fn response(&self) -> &RawResponse {
        &self.response
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.response.operation().id;
        match self.kind {
            StreamErrorKind::Server => {
                let text = snippet(self.response.body());
                write!(f, "{id}: the server reports an error: {text}")
            }
            StreamErrorKind::TooLarge(limit) => {
                write!(
                    f,
                    "{id}: an item of the stream is larger than {limit} bytes"
                )
            }
        }
    }
}

impl StdError for StreamError {}

/// What is wrong with a response that has no stream.
pub(super) fn unexpected<O: Operation>(
    response: RawResponse,
    expected: &'static str,
) -> Error<O::Error> {
    match O::read(response.clone()) {
        Err(error) => error,
        Ok(_) => UnexpectedContentType::new(response)
            .expecting(expected)
            .into(),
    }
}

/// Whether an item is an object with a member `error`.
pub(super) fn is_error(item: &[u8]) -> bool {
    struct HasError(bool);

    impl<'de> Deserialize<'de> for HasError {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let members = BTreeMap::<String, IgnoredAny>::deserialize(deserializer)?;
            Ok(Self(members.contains_key("error")))
        }
    }

    serde_json::from_slice(item).is_ok_and(|HasError(has_error)| has_error)
}
