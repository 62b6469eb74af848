//! [`Download`]: the body of a response as it comes, of any size.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap};

use super::send::Arrived;
use super::stream_error::unexpected;
use super::{Body, Error, Operation, RawResponse, Request, TransportError};
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub use blocking::BlockingDownload;

/// The body of a successful response, read chunk by chunk; there is no limit to its size.
///
/// ```text
/// let mut download = client.files().get_content(id).download().await?;
/// while let Some(chunk) = download.next().await {
///     file.write_all(&chunk?).await?;
/// }
/// ```
///
/// It is a [`Stream`] too. Each chunk has to come within the idle timeout.
#[must_use = "nothing is read until it is asked for"]
pub struct Download {
    head: RawResponse,
    body: Body,
}

impl<O: Operation> Request<O> {
    /// Sends the request and gives the body of a success as it comes, whatever its type.
    ///
    /// # Errors
    /// See [`Error`]. Statuses that are no successes are errors as for any call.
    pub async fn download(self) -> Result<Download, Error<O::Error>> {
        match self.arrive(|_| true).await {
            Ok(Arrived::Open(response)) => {
                let (head, body) = response.into_parts();
                Ok(Download { head, body })
            }
            Ok(Arrived::Whole(response)) => Err(unexpected::<O>(response, "a success was")),
            Err(error) => Err(error.widen()),
        }
    }
}

impl Download {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// Status and headers of the response, with an empty body.
    pub fn response(&self) -> &RawResponse {
        &self.head
    }

    /// The media type with its parameters, where the server says it.
    pub fn content_type(&self) -> Option<&str> {
        self.head.header(CONTENT_TYPE.as_str())
    }

    /// How many bytes the body has as a whole, where the server says it.
    pub fn content_length(&self) -> Option<u64> {
        self.body
            .length()
            .or_else(|| self.head.header("content-length")?.parse().ok())
    }

    /// The name that the server gives the file (`Content-Disposition`), as one that names no other folder.
    pub fn file_name(&self) -> Option<String> {
        let header = self.head.headers().get(CONTENT_DISPOSITION)?;
        file_name(&String::from_utf8_lossy(header.as_bytes()))
    }

    /// The next chunk; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// What is still to be read, to send it on.
    pub fn into_body(self) -> Body {
        self.body
    }

    /// Writes the body into a file, and gives its size.
    ///
    /// It is written beside it, with `.part` behind its name, and gets its name when it is whole.
    ///
    /// # Errors
    /// When the file cannot be written or the body not be read; a [`TransportError`] is then the inner error.
    #[cfg(all(feature = "fs", not(target_arch = "wasm32")))]
    pub async fn save(mut self, path: impl AsRef<std::path::Path>) -> std::io::Result<u64> {
        let path = path.as_ref();
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let saved = match self.write(&part).await {
            Ok(size) => tokio::fs::rename(&part, path).await.map(|()| size),
            Err(error) => Err(error),
        };
        if saved.is_err() {
            // The first error says more than this one could.
            let _ = tokio::fs::remove_file(&part).await;
        }
        saved
    }

    #[cfg(all(feature = "fs", not(target_arch = "wasm32")))]
    async fn write(&mut self, path: &std::path::Path) -> std::io::Result<u64> {
        use tokio::io::AsyncWriteExt;

        let mut file = tokio::fs::File::create(path).await?;
        let mut size = 0;
        while let Some(chunk) = self.next().await {
            let chunk = chunk.map_err(std::io::Error::other)?;
            size += chunk.len() as u64;
            file.write_all(&chunk).await?;
        }
        file.sync_all().await?;
        Ok(size)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let (operation, attempts) = (self.head.operation(), self.head.attempts());
        Pin::new(&mut self.body)
            .poll_next(context)
            .map_err(|error| error.of(operation, attempts))
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("response", &self.head)
            .field("body", &self.body)
            .finish()
    }
}

/// The file name of a header `Content-Disposition` (RFC 6266), which `filename*` says in more letters than `filename`.
fn file_name(header: &str) -> Option<String> {
    let (mut plain, mut extended) = (None, None);
    for (name, value) in parameters(header) {
        match &*name {
            "filename" => plain = plain.or(Some(value)),
            "filename*" => extended = extended.or_else(|| decoded(&value)),
            _ => {}
        }
    }
    [extended, plain]
        .into_iter()
        .flatten()
        .find_map(|name| safe(&name))
}

/// The parameters of a header: names in lower case, and values without quotes.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let mut letters = header.chars().skip_while(|letter| *letter != ';');
    while letters.next().is_some() {
        let mut parameter = String::new();
        let mut value = None;
        while let Some(letter) = letters.clone().next().filter(|letter| *letter != ';') {
            letters.next();
            match (letter, &mut value) {
                ('=', None) => value = Some(String::new()),
                (_, None) => parameter.push(letter),
                ('"', Some(value)) => quoted(&mut letters, value),
                (_, Some(value)) => value.push(letter),
            }
        }
        if let Some(value) = value {
            let name = parameter.trim().to_ascii_lowercase();
            parameters.push((name, value.trim().to_owned()));
        }
    }
    parameters
}

/// The rest of a quoted text. A backslash is dropped only before what must have one: some servers send paths.
fn quoted(letters: &mut (impl Iterator<Item = char> + Clone), value: &mut String) {
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return,
            '\\' => match letters.clone().next() {
                Some(escaped @ ('"' | '\\')) => {
                    letters.next();
                    value.push(escaped);
                }
                _ => value.push('\\'),
            },
            letter => value.push(letter),
        }
    }
}

/// The text of `UTF-8'en'%E2%82%AC` (RFC 8187).
fn decoded(value: &str) -> Option<String> {
    let mut parts = value.splitn(3, '\'');
    let (charset, _, text) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = percent_decoded(text);
    match &*charset.to_ascii_lowercase() {
        "utf-8" => String::from_utf8(bytes).ok(),
        // Its bytes are the first 256 characters of Unicode.
        "iso-8859-1" => Some(bytes.into_iter().map(char::from).collect()),
        _ => None,
    }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let digits = more
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = more.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    bytes
}

/// A name that is no path, hides no file and means nothing to a system.
fn safe(name: &str) -> Option<String> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    const MAX_BYTES: usize = 255;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let replaced = last.chars().filter(|letter| !letter.is_control());
    let replaced: String = replaced
        .map(|letter| match letter {
            ':' | '<' | '>' | '"' | '|' | '?' | '*' => '_',
            letter => letter,
        })
        .collect();
    let trimmed = replaced.trim_matches(|letter: char| letter == '.' || letter.is_whitespace());
    let mut end = trimmed.len().min(MAX_BYTES);
    while !trimmed.is_char_boundary(end) {
        end -= 1;
    }
    let name = trimmed.get(..end).unwrap_or_default();
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let is_numbered = |device| {
        let number = stem.strip_prefix(device);
        number.is_some_and(|number| {
            number.len() == 1 && number.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let is_device = DEVICES.contains(&&*stem) || is_numbered("com") || is_numbered("lpt");
    match (name.is_empty(), is_device) {
        (true, _) => None,
        (false, true) => Some(format!("_{name}")),
        (false, false) => Some(name.to_owned()),
    }
}
