//! Why something was not sent, or not taken.

use std::error::Error;
use std::fmt;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};

use super::{BoxError, RefusedAddress};

/// Why a delivery did not arrive.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// Nothing is sent to such an address.
    Address(RefusedAddress),
    /// A part of it cannot be written.
    Unwritable(String),
    /// The receiver does not take it.
    Status(Box<Refusal>),
    /// There was no answer.
    Transport {
        /// Why.
        source: BoxError,
        /// How often it was sent.
        attempts: u32,
    },
    /// There was no answer in time.
    Timeout {
        /// How often it was sent.
        attempts: u32,
    },
}

/// What a receiver answered that does not take a delivery.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The status, no success.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, or the first 64 KiB of it.
    pub body: Bytes,
    /// How often it was sent.
    pub attempts: u32,
}

impl SendError {
    /// Whether the receiver says that nothing should be sent there any more (`410 Gone`).
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status(refusal) if refusal.status == StatusCode::GONE)
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(refused) => refused.fmt(f),
            Self::Unwritable(what) => write!(f, "{what} cannot be written"),
            Self::Status(refusal) => write!(f, "the receiver answered {}", refusal.status),
            Self::Transport { .. } => f.write_str("there was no answer"),
            Self::Timeout { .. } => f.write_str("there was no answer in time"),
        }
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport { source, .. } => Some(&**source),
            Self::Address(_) | Self::Unwritable(_) | Self::Status(_) | Self::Timeout { .. } => None,
        }
    }
}

impl From<RefusedAddress> for SendError {
    fn from(refused: RefusedAddress) -> Self {
        Self::Address(refused)
    }
}
