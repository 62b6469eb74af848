//! A temporary file for what is too large to be kept in memory: one for all files of a request.

use std::fs::File;
use std::future::Future as _;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::Bytes;
use futures_core::Stream;
use tokio::task::{JoinHandle, spawn_blocking};

/// How many bytes are read at once.
const CHUNK: u64 = 64 << 10;

/// Where files are put one behind the other.
#[derive(Default)]
pub(crate) struct Spool {
    file: Option<Arc<Mutex<File>>>,
    length: u64,
}

/// A file in a [`Spool`].
#[derive(Clone)]
pub(crate) struct Spooled {
    file: Arc<Mutex<File>>,
    start: u64,
    pub(crate) length: u64,
}

impl Spool {
    /// A file of what is there already, to be gone on with.
    pub(crate) async fn begin(&mut self, bytes: Vec<u8>) -> io::Result<Spooled> {
        let file = match &self.file {
            Some(file) => Arc::clone(file),
            None => {
                let file = spawn_blocking(tempfile::tempfile).await??;
                Arc::clone(self.file.insert(Arc::new(Mutex::new(file))))
            }
        };
        let mut spooled = Spooled {
            file,
            start: self.length,
            length: 0,
        };
        self.append(&mut spooled, bytes).await?;
        Ok(spooled)
    }

    /// Writes more of the file that was begun last.
    pub(crate) async fn append(&mut self, spooled: &mut Spooled, bytes: Vec<u8>) -> io::Result<()> {
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let (file, end) = (Arc::clone(&spooled.file), self.length);
        let written = spawn_blocking(move || {
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(end))?;
            file.write_all(&bytes)
        });
        written.await??;
        self.length += more;
        spooled.length += more;
        Ok(())
    }
}

impl Spooled {
    pub(crate) async fn bytes(self) -> io::Result<Bytes> {
        let read = spawn_blocking(move || {
            let mut bytes = Vec::new();
            self.copy(&mut bytes)?;
            Ok(bytes.into())
        });
        read.await?
    }

    /// Writes all of it elsewhere; blocks.
    pub(crate) fn copy(&self, to: &mut impl Write) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.start))?;
        let copied = io::copy(&mut (&mut *file).take(self.length), to)?;
        match copied == self.length {
            true => Ok(()),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    pub(crate) fn chunks(self) -> Chunks {
        Chunks {
            left: self,
            next: None,
        }
    }
}

/// The content of a file, chunk by chunk.
pub(crate) struct Chunks {
    left: Spooled,
    next: Option<JoinHandle<io::Result<Bytes>>>,
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left.length == 0 && self.next.is_none() {
            return Poll::Ready(None);
        }
        let mut next = match self.next.take() {
            Some(next) => next,
            None => {
                let mut chunk = self.left.clone();
                chunk.length = chunk.length.min(CHUNK);
                self.left.start += chunk.length;
                self.left.length -= chunk.length;
                spawn_blocking(move || {
                    let mut bytes = Vec::new();
                    chunk.copy(&mut bytes)?;
                    Ok(bytes.into())
                })
            }
        };
        match Pin::new(&mut next).poll(cx) {
            Poll::Ready(read) => Poll::Ready(Some(read.unwrap_or_else(|error| Err(error.into())))),
            Poll::Pending => {
                self.next = Some(next);
                Poll::Pending
            }
        }
    }
}
