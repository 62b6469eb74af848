//! Bytes and files to [`Source`].

use std::{
    fs,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

use specsmith_diagnostics::{Code, Diagnostic};

use super::Limits;

/// A document that has not been read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name that diagnostics print, usually the path as the user wrote it.
    pub name: String,
    /// The text.
    pub text: String,
    /// The file that it was read from; references to other files start from its folder.
    pub path: Option<PathBuf>,
}

impl Source {
    /// Takes text; it stands in no file.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            path: None,
        }
    }

    /// Takes bytes, which have to be UTF-8 text.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Diagnostic> {
        let name = name.into();
        match String::from_utf8(bytes) {
            Ok(text) if !looks_like_utf16(text.as_bytes()) => Ok(Self { name, text, path: None }),
            Ok(text) => Err(not_text(&name, text.as_bytes(), 0)),
            Err(error) => Err(not_text(&name, error.as_bytes(), error.utf8_error().valid_up_to())),
        }
    }

    /// Reads a regular file of at most the default limit of bytes.
    pub fn from_file(path: &Path) -> Result<Self, Diagnostic> {
        Self::from_file_within(path, &Limits::default())
    }

    /// Reads a regular file of at most so many bytes as the limits allow.
    pub fn from_file_within(path: &Path, limits: &Limits) -> Result<Self, Diagnostic> {
        let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let unreadable = |why: &str| Diagnostic::new(Code::UnreadableFile, format!("cannot read `{name}`: {why}"));
        let from_error = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => unreadable("there is no such file"),
            kind => unreadable(&kind.to_string()),
        };
        // Asked before opening, since opening a pipe waits for its other end.
        let metadata = fs::metadata(path).map_err(from_error)?;
        if !metadata.is_file() {
            let what = if metadata.is_dir() {
                "a folder"
            } else {
                "not a regular file"
            };
            return Err(unreadable(&format!("it is {what}")));
        }
        let limit = limits.bytes;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0).min(limit) + 1);
        let file = fs::File::open(path).map_err(from_error)?;
        file.take(limit as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(from_error)?;
        if bytes.len() > limit {
            return Err(too_long(&name, limits));
        }
        let source = Self::from_bytes(name, bytes)?;
        Ok(Self {
            path: Some(path.to_owned()),
            ..source
        })
    }
}

/// The diagnostic for a text beyond the limit.
pub(super) fn too_long(name: &str, limits: &Limits) -> Diagnostic {
    limits.exceeded("bytes", format!("`{name}` is larger than {} bytes", limits.bytes))
}

fn not_text(name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let diagnostic = |what: &str| Diagnostic::new(Code::UnreadableFile, format!("`{name}` is {what}"));
    if looks_like_utf16(bytes) {
        return diagnostic("UTF-16 text").help("save it as UTF-8");
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return diagnostic("compressed with gzip").help("unpack it first");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return diagnostic("a zip archive").help("unpack it first");
    }
    let line = bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
    let byte = bytes.get(valid).copied().unwrap_or_default();
    diagnostic(&format!("not UTF-8 text: byte 0x{byte:02X} in line {line}")).help("save it as UTF-8")
}

/// Whether bytes begin with the mark of UTF-16, or with an ASCII character of it.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [first, second, ..] => (*first == 0) != (*second == 0),
        _ => false,
    }
}
