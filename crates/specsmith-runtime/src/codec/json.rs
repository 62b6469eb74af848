//! JSON texts, and where in them something is wrong.

use std::cell::RefCell;
use std::fmt::{self, Write as _};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::numbers;

/// Reads a JSON text.
///
/// Whole numbers can be written in any way, as JSON Schema has it: `1.0` and `1e3` are read as `i64` too.
pub fn from_json<T: DeserializeOwned>(text: &[u8]) -> Result<T, JsonError> {
    forget();
    let error = match read(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    match whole_numbers(text, &error) {
        None => Err(JsonError::reading(text, &error)),
        Some(text) => {
            forget();
            read(&text).map_err(|error| JsonError::reading(&text, &error))
        }
    }
}

fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = T::deserialize(&mut deserializer)?;
    deserializer.end().map(|()| value)
}

/// The text with all whole numbers written in digits, where that may mend the error.
///
/// serde knows the way a number is written only as `f64`. To write the text again costs nothing as long as nothing fails.
fn whole_numbers(text: &[u8], error: &serde_json::Error) -> Option<Vec<u8>> {
    let is_fraction = error.is_data()
        && error
            .to_string()
            .starts_with("invalid type: floating point");
    is_fraction
        .then(|| numbers::with_whole_numbers(text))
        .flatten()
}

/// The bytes for which a text has room at first, which allocators have at hand.
const ROOM: usize = 1024;

/// Writes a JSON text.
pub fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, JsonError> {
    let mut text = Vec::with_capacity(ROOM);
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => Ok(text),
        Err(error) => Err(JsonError {
            kind: JsonErrorKind::Data,
            message: error.to_string(),
            path: Vec::new(),
            line: 0,
            column: 0,
        }),
    }
}

/// Why a JSON text could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    kind: JsonErrorKind,
    message: String,
    path: Vec<PathSegment>,
    line: usize,
    column: usize,
}

/// What is wrong with a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonErrorKind {
    /// The text is not JSON.
    Syntax,
    /// The text is JSON, and not what it should say.
    Data,
}

/// A step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathSegment {
    /// Into the property of this name.
    Property(String),
    /// Into the item at this place, counted from 0.
    Index(usize),
}

impl JsonError {
    #[cold]
    fn reading(text: &[u8], error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let place = format!(" at line {line} column {column}");
        let message = rephrased(message.strip_suffix(&place).unwrap_or(&message));
        let mut path = path_at(text, line, column);
        path.extend(take_inner_path().into_iter().rev());
        let (kind, message) = if error.is_data() {
            (JsonErrorKind::Data, with_chosen(message))
        } else {
            take_chosen();
            (JsonErrorKind::Syntax, message)
        };
        Self {
            kind,
            message,
            path,
            line,
            column,
        }
    }

    /// Whether the text is not JSON at all, or does not say what it should.
    pub fn kind(&self) -> JsonErrorKind {
        self.kind
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The way to the value that is wrong; empty for the whole text.
    pub fn path(&self) -> &[PathSegment] {
        &self.path
    }

    /// The way to the value that is wrong as a JSON Pointer (RFC 6901); empty for the whole text.
    pub fn pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in &self.path {
            let _ = match segment {
                PathSegment::Property(name) => {
                    write!(pointer, "/{}", name.replace('~', "~0").replace('/', "~1"))
                }
                PathSegment::Index(index) => write!(pointer, "/{index}"),
            };
        }
        pointer
    }

    /// The line, counted from 1, where reading stopped; 0 if nothing was read.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, counted from 1 in bytes, where reading stopped.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.path.is_empty() {
            write!(f, " at `{}`", dotted(self.path.iter()))?;
        }
        if self.line > 0 {
            write!(f, " (line {}, column {})", self.line, self.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for JsonError {}

thread_local! {
    /// What a union adds to the way, from the value that it kept to where reading that failed; innermost first.
    static INNER_PATH: RefCell<Vec<PathSegment>> = const { RefCell::new(Vec::new()) };

    /// The variants that were chosen by their JSON type on the way to what failed; innermost first.
    static CHOSEN: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// How many variants around each other an error names; without a bound they would pile up until they are forgotten.
const MOST_CHOSEN: usize = 32;

/// Adds a variant that could not be read.
#[cold]
pub(super) fn add_chosen(variant: &'static str) {
    CHOSEN.with_borrow_mut(|chosen| {
        if chosen.len() < MOST_CHOSEN {
            chosen.push(variant);
        }
    });
}

/// Forgets what reading before left behind: nobody looks at it where types are read without [`from_json`].
pub(super) fn forget() {
    INNER_PATH.with_borrow_mut(Vec::clear);
    CHOSEN.with_borrow_mut(Vec::clear);
}

fn take_chosen() -> Vec<&'static str> {
    CHOSEN.take()
}

/// A message with the variants that were chosen before.
pub(super) fn with_chosen(message: String) -> String {
    let chosen = take_chosen();
    chosen.into_iter().fold(message, |message, variant| {
        format!("as `{variant}`: {message}")
    })
}

/// Keeps the way inside a value for whoever knows the way to the value.
pub(super) fn set_inner_path(path: Vec<PathSegment>) {
    INNER_PATH.set(path);
}

/// Takes the way inside a value that failed last.
pub(super) fn take_inner_path() -> Vec<PathSegment> {
    INNER_PATH.take()
}

/// A way for people: `items[2].id`.
pub(super) fn dotted<'a>(path: impl Iterator<Item = &'a PathSegment>) -> String {
    let mut text = String::new();
    for segment in path {
        let _ = match segment {
            PathSegment::Index(index) => write!(text, "[{index}]"),
            PathSegment::Property(name) if !is_plain(name) => write!(text, "[{name:?}]"),
            PathSegment::Property(name) if text.is_empty() => write!(text, "{name}"),
            PathSegment::Property(name) => write!(text, ".{name}"),
        };
    }
    text
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}

/// The message of a deserializer in the words of JSON instead of those of Rust.
pub(super) fn rephrased(message: &str) -> String {
    if let Some(name) = message.strip_prefix("missing field ") {
        return format!("missing property {name}");
    }
    let wrong = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "));
    let Some((found, expected)) = wrong.and_then(|wrong| wrong.rsplit_once(", expected ")) else {
        return message.to_owned();
    };
    let found = match found.split(' ').next().unwrap_or_default() {
        "string" | "character" => "a string",
        "integer" | "floating" | "number" => "a number",
        "boolean" => "a boolean",
        "map" | "struct" => "an object",
        "sequence" | "tuple" => "an array",
        "null" | "unit" | "Option" => "null",
        _ => found,
    };
    let expected = match expected {
        "i64" => "a whole number of 64 bits",
        "u64" => "a whole number of 64 bits that is not negative",
        "i32" => "a whole number of 32 bits",
        "u32" => "a whole number of 32 bits that is not negative",
        "f64" | "f32" => "a number",
        "a sequence" => "an array",
        "a map" => "an object",
        "unit" => "null",
        _ => expected,
    };
    format!("expected {expected}, found {found}")
}

/// An object or array that is open at the place.
enum Level {
    Object { name: Option<String> },
    Array { index: usize },
}

/// The way to the value at a place of a text.
///
/// The text is read again up to the place, which costs nothing as long as nothing fails.
fn path_at(text: &[u8], line: usize, column: usize) -> Vec<PathSegment> {
    let start: usize = text
        .split_inclusive(|byte| *byte == b'\n')
        .take(line.saturating_sub(1))
        .map(<[u8]>::len)
        .sum();
    let mut rest = text.get(..start + column).unwrap_or(text);
    let mut levels = Vec::new();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' => levels.push(Level::Object { name: None }),
            b'[' => levels.push(Level::Array { index: 0 }),
            b'}' | b']' => drop(levels.pop()),
            b',' => match levels.last_mut() {
                Some(Level::Object { name }) => *name = None,
                Some(Level::Array { index }) => *index += 1,
                None => {}
            },
            b'"' => {
                let (string, after) = rest.split_at(string_end(rest));
                rest = after;
                if let Some(Level::Object { name: name @ None }) = levels.last_mut() {
                    let string = string.strip_suffix(b"\"").unwrap_or(string);
                    *name = Some(unescaped(string));
                }
            }
            _ => {}
        }
    }
    let segments = levels.into_iter().filter_map(|level| match level {
        Level::Object { name } => name.map(PathSegment::Property),
        Level::Array { index } => Some(PathSegment::Index(index)),
    });
    segments.collect()
}

/// Where a string ends, its closing quote included.
pub(super) fn string_end(text: &[u8]) -> usize {
    let mut escaped = false;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn unescaped(string: &[u8]) -> String {
    let quoted = [b"\"", string, b"\""].concat();
    serde_json::from_slice(&quoted).unwrap_or_else(|_| String::from_utf8_lossy(string).into_owned())
}
