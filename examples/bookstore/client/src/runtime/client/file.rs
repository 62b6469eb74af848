//! Files as bodies of requests: read while they are sent.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

use super::{Body, RequestBody};

/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;

impl RequestBody {
    /// A file, which is opened for each attempt and read while it is sent.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self::open_with(move || open(path.clone()))
    }
}

async fn open(path: PathBuf) -> io::Result<Body> {
    let file = File::open(&path).await.map_err(|error| of(&path, &error))?;
    let length = file
        .metadata()
        .await
        .map_err(|error| of(&path, &error))?
        .len();
    // What is written behind the length while the file is sent is not part of it.
    let chunks = Chunks { file, left: length };
    Ok(Body::from_stream(chunks).with_length(length))
}

/// The error with the path, which that of the system lacks.
fn of(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

struct Chunks {
    file: File,
    left: u64,
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let wanted = usize::try_from(self.left).unwrap_or(CHUNK).min(CHUNK);
        if wanted == 0 {
            return Poll::Ready(None);
        }
        let mut bytes = vec![0; wanted];
        let mut buffer = ReadBuf::new(&mut bytes);
        match Pin::new(&mut self.file).poll_read(context, &mut buffer) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok(())) => {
                let read = buffer.filled().len();
                if read == 0 {
                    let message = "the file is shorter than it was";
                    return Poll::Ready(Some(Err(io::Error::new(
                        io::ErrorKind::UnexpectedEof,
                        message,
                    ))));
                }
                bytes.truncate(read);
                self.left -= read as u64;
                Poll::Ready(Some(Ok(bytes.into())))
            }
        }
    }
}
