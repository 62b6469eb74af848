//! What is wrong with a value that was sent, told without the value.

use std::borrow::Cow;
use std::fmt;

use axum::http::StatusCode;

use super::problem::{Place, Violation};

/// Why a value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub(crate) kind: FaultKind,
    /// The way to the place inside the value, innermost first.
    path: Vec<String>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// It must be sent and is not.
    Missing,
    /// It is sent more than once.
    Duplicate,
    /// It is not percent-encoded UTF-8.
    Encoding,
    /// It is not written in its style.
    Syntax,
    /// It is not of this type.
    Type(Cow<'static, str>),
    /// It is of the right type, but not a value that is allowed.
    Value,
    /// It is not a member of its object.
    Unknown,
}

impl Fault {
    /// A fault of a whole value.
    pub fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            path: Vec::new(),
        }
    }

    /// The same fault, seen from the list or object around the value.
    pub fn within(mut self, step: impl Into<String>) -> Self {
        self.path.push(step.into());
        self
    }

    /// What is wrong by the words of the codec, without its names of types and without what was sent.
    pub(crate) fn told_by(message: &str) -> Self {
        if let Some((_, inner)) = message
            .strip_prefix("as `")
            .and_then(|rest| rest.split_once("`: "))
        {
            return Self::told_by(inner);
        }
        if let Some(rest) = message.strip_prefix("missing property `") {
            let name = rest.split_once("` of `").map_or(rest, |(name, _)| name);
            return Self::new(FaultKind::Missing).within(name.trim_end_matches('`'));
        }
        if let Some((expected, _)) = message
            .strip_prefix("expected ")
            .and_then(|rest| rest.rsplit_once(", found "))
        {
            let expected = expected.split(" (`").next().unwrap_or_default();
            return Self::new(FaultKind::Type(expected.to_owned().into()));
        }
        Self::new(match message {
            message if message.starts_with("unknown property ") => FaultKind::Unknown,
            message if message.contains("twice") => FaultKind::Duplicate,
            message if message.contains("out of range") => {
                FaultKind::Type("a number in range".into())
            }
            _ => FaultKind::Value,
        })
    }

    /// The same fault at a JSON pointer instead of the whole value.
    pub(crate) fn at(&self, pointer: &str) -> String {
        format!("{pointer}{}", self.pointer())
    }

    /// The way to the place inside the value.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &str> {
        self.path.iter().rev().map(String::as_str)
    }

    /// The JSON pointer to the place inside the value.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in self.path.iter().rev() {
            pointer.push('/');
            pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        pointer
    }

    /// The status of a response that tells only this.
    pub(crate) fn status(&self) -> StatusCode {
        match self.kind {
            FaultKind::Missing if !self.path.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
            FaultKind::Missing | FaultKind::Duplicate | FaultKind::Encoding | FaultKind::Syntax => {
                StatusCode::BAD_REQUEST
            }
            FaultKind::Type(_) | FaultKind::Value | FaultKind::Unknown => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        }
    }

    pub(crate) fn violation(&self, place: Place) -> Violation {
        let (code, detail) = match &self.kind {
            FaultKind::Missing => ("missing", "is required".to_owned()),
            FaultKind::Duplicate => ("duplicate", "must not be repeated".to_owned()),
            FaultKind::Encoding => ("encoding", "must be percent-encoded UTF-8".to_owned()),
            FaultKind::Syntax => ("syntax", "is not well-formed".to_owned()),
            FaultKind::Type(expected) => ("type", format!("must be {expected}")),
            FaultKind::Value => ("value", "is not an allowed value".to_owned()),
            FaultKind::Unknown => ("unknown", "is not a member of this object".to_owned()),
        };
        Violation {
            place,
            code,
            detail,
        }
    }
}

impl From<FaultKind> for Fault {
    fn from(kind: FaultKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::told_by(&message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(FaultKind::Missing).within(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(FaultKind::Duplicate).within(field)
    }
}
