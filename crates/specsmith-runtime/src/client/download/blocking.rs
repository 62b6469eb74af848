//! [`BlockingDownload`]: the body of a response as a reader.

use std::fmt;
use std::io::{self, BufRead, Read};
use std::ops::Deref;

use super::super::blocking::{block_on, io_error};
use super::super::{Error, Operation, Request};
use super::Download;

/// The body of a successful response, as a reader that waits for each chunk; dereferences to [`Download`].
///
/// ```text
/// let mut download = client.files().get_content(id).download_blocking()?;
/// io::copy(&mut download, &mut file)?;
/// ```
///
/// There is no limit to its size. Each chunk has to come within the idle timeout; a
/// [`TransportError`](super::super::TransportError) is the inner error where the body cannot be read.
#[must_use = "nothing is read until it is asked for"]
pub struct BlockingDownload {
    download: Download,
    /// What is left of the last chunk.
    chunk: bytes::Bytes,
}

impl<O: Operation> Request<O> {
    /// Sends the request and gives the body of a success as it comes, whatever its type, as a reader.
    ///
    /// # Errors
    /// See [`Error`]. Statuses that are no successes are errors as for any call.
    pub fn download_blocking(self) -> Result<BlockingDownload, Error<O::Error>> {
        let download = Self::open_blocking(self.download())?;
        let chunk = bytes::Bytes::new();
        Ok(BlockingDownload { download, chunk })
    }
}

impl BlockingDownload {
    /// Writes the body into a file, and gives its size; see [`Download::save`].
    ///
    /// # Errors
    /// When the file cannot be written or the body not be read.
    #[cfg(feature = "fs")]
    pub fn save(self, path: impl AsRef<std::path::Path>) -> io::Result<u64> {
        block_on(self.download.save(path)).map_err(io_error)?
    }
}

impl BufRead for BlockingDownload {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.chunk.is_empty() {
            match block_on(self.download.next()).map_err(io_error)? {
                Some(chunk) => self.chunk = chunk.map_err(io_error)?,
                None => break,
            }
        }
        Ok(&self.chunk)
    }

    fn consume(&mut self, count: usize) {
        let _ = self.chunk.split_to(count.min(self.chunk.len()));
    }
}

impl Read for BlockingDownload {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl Deref for BlockingDownload {
    type Target = Download;

    fn deref(&self) -> &Download {
        &self.download
    }
}

impl fmt::Debug for BlockingDownload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.download.fmt(f)
    }
}
