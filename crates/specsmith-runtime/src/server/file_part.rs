//! [`FilePart`]: a file in a multipart body, in memory or in a temporary file.

use std::fmt;
use std::io;
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use tokio::task::spawn_blocking;

use super::problem::Problem;

pub(super) mod spool;

use self::spool::Spooled;

/// A file in a multipart body.
///
/// All of it was received. Small files are in memory, others in a temporary file that nobody else sees and that ends
/// with the last of its parts.
#[derive(Clone)]
pub struct FilePart {
    pub(super) content: Content,
    pub(super) file_name: Option<String>,
    pub(super) headers: HeaderMap,
}

/// What a file holds.
#[derive(Clone)]
pub(super) enum Content {
    Memory(Bytes),
    Spooled(Spooled),
}

impl FilePart {
    /// A file of this content, for tests of handlers.
    pub fn new(content: impl Into<Bytes>) -> Self {
        Self {
            content: Content::Memory(content.into()),
            file_name: None,
            headers: HeaderMap::new(),
        }
    }

    /// The name that the client gives the file, without folders and leading dots.
    pub fn file_name(&self) -> Option<&str> {
        let name = self.file_name.as_deref()?.rsplit(['/', '\\']).next()?;
        let name = name.trim_start_matches(['.', ' ']).trim_end();
        let is_safe = !name.is_empty() && !name.chars().any(char::is_control);
        is_safe.then_some(name)
    }

    /// The media type that the client says the file has.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The headers of the part.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many bytes there are.
    pub fn size(&self) -> u64 {
        match &self.content {
            Content::Memory(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Content::Spooled(spooled) => spooled.length,
        }
    }

    /// All of the content in memory.
    ///
    /// # Errors
    /// When the temporary file cannot be read.
    pub async fn bytes(self) -> io::Result<Bytes> {
        match self.content {
            Content::Memory(bytes) => Ok(bytes),
            Content::Spooled(spooled) => spooled.bytes().await,
        }
    }

    /// The content as a stream of chunks, to pass it on.
    pub fn into_body(self) -> Body {
        match self.content {
            Content::Memory(bytes) => Body::from(bytes),
            Content::Spooled(spooled) => Body::from_stream(spooled.chunks()),
        }
    }

    /// Writes the content into a file, which is made or replaced.
    ///
    /// # Errors
    /// When the file cannot be written, or the temporary file not be read.
    pub async fn save(self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref().to_owned();
        let saved = spawn_blocking(move || match self.content {
            Content::Memory(bytes) => std::fs::write(path, bytes),
            Content::Spooled(spooled) => spooled.copy(&mut std::fs::File::create(path)?),
        });
        saved.await?
    }
}

/// Neither the content nor its name: they can be secret.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

/// A file that cannot be read or written is a failure of the server, which the client learns nothing about.
impl From<io::Error> for Problem {
    fn from(_: io::Error) -> Self {
        Problem::internal()
    }
}
