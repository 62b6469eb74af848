//! Bodies of requests: the content type is checked, the size limited, and the body read as what the document says.

use std::error::Error;
use std::io;
use std::mem;

use axum::RequestExt as _;
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use http_body_util::LengthLimitError;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::super::codec::{JsonErrorKind, from_json};
use super::fault::{Fault, FaultKind};
use super::faults;
use super::input::Input;
use super::media_type;
use super::parameter::Parameter;
use super::problem::{Place, Problem, Violation};
use super::request::{Rejected, Request, form_tree};
use super::text;

impl Request {
    /// Reads a JSON body that must be sent.
    pub async fn json<T: DeserializeOwned>(&mut self) -> Result<T, Rejected> {
        let value = self.optional_json().await?;
        value.ok_or_else(|| self.missing_body())
    }

    /// Reads a JSON body that need not be sent.
    pub async fn optional_json<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Rejected> {
        match self.content(media_type::is_json).await? {
            Some(bytes) if !bytes.is_empty() => self.read_json(&bytes).map(Some),
            _ => Ok(None),
        }
    }

    /// Reads a form that must be sent.
    pub async fn form<T: DeserializeOwned>(&mut self) -> Result<T, Rejected> {
        self.form_of(&[]).await
    }

    /// Reads a form that need not be sent.
    pub async fn optional_form<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Rejected> {
        self.optional_form_of(&[]).await
    }

    /// Reads a form that must be sent, of which some members have styles of their own.
    pub async fn form_of<T: DeserializeOwned>(
        &mut self,
        styled: &[Parameter],
    ) -> Result<T, Rejected> {
        let value = self.optional_form_of(styled).await?;
        value.ok_or_else(|| self.missing_body())
    }

    /// Reads a form that need not be sent, of which some members have styles of their own.
    pub async fn optional_form_of<T: DeserializeOwned>(
        &mut self,
        styled: &[Parameter],
    ) -> Result<Option<T>, Rejected> {
        let Some(bytes) = self
            .content(|essence| essence == "application/x-www-form-urlencoded")
            .await?
        else {
            return Ok(None);
        };
        let tree = std::str::from_utf8(&bytes)
            .map_err(|_| Fault::new(FaultKind::Encoding))
            .and_then(|text| form_tree(text, styled));
        match tree.and_then(|tree| text::read(Input::Tree(tree))) {
            Ok(value) => Ok(Some(value)),
            Err(fault) => Err(self.reject(
                fault.status(),
                fault.violation(Place::Body(fault.pointer())),
            )),
        }
    }

    /// Reads text of a media type that must be sent.
    pub async fn text(&mut self, media_type: &str) -> Result<String, Rejected> {
        let text = self.optional_text(media_type).await?;
        text.ok_or_else(|| self.missing_body())
    }

    /// Reads text of a media type that need not be sent.
    pub async fn optional_text(&mut self, media_type: &str) -> Result<Option<String>, Rejected> {
        let Some(bytes) = self.optional_bytes(media_type).await? else {
            return Ok(None);
        };
        match String::from_utf8(bytes.into()) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(self.malformed("encoding", "must be UTF-8")),
        }
    }

    /// Reads bytes of a media type that must be sent.
    pub async fn bytes(&mut self, media_type: &str) -> Result<Bytes, Rejected> {
        let bytes = self.optional_bytes(media_type).await?;
        bytes.ok_or_else(|| self.missing_body())
    }

    /// Reads bytes of one of these media types that need not be sent.
    pub async fn optional_bytes(&mut self, media_types: &str) -> Result<Option<Bytes>, Rejected> {
        self.content(|essence| media_type::matches_any(media_types, essence))
            .await
    }

    /// Takes a body of one of these media types that must be sent, to be read piece by piece.
    pub fn stream(&mut self, media_types: &str) -> Result<Body, Rejected> {
        let body = self.optional_stream(media_types)?;
        body.ok_or_else(|| self.missing_body())
    }

    /// Takes a body of one of these media types that need not be sent, to be read piece by piece.
    pub fn optional_stream(&mut self, media_types: &str) -> Result<Option<Body>, Rejected> {
        let has_type = self.accepts(|essence| media_type::matches_any(media_types, essence))?;
        if !has_type {
            return match self.body.size_hint().exact() == Some(0) {
                true => Ok(None),
                false => Err(self.fail(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE))),
            };
        }
        match self.limited_body() {
            Ok(body) => Ok(Some(body)),
            Err(status) => Err(self.fail(Problem::new(status))),
        }
    }

    /// Whether the body has one of these media types.
    pub fn has_body_of(&self, media_types: &str) -> bool {
        let content_type = self.parts.headers.get(CONTENT_TYPE);
        let text = content_type.and_then(|value| value.to_str().ok());
        text.is_some_and(|text| media_type::matches_any(media_types, &media_type::essence(text)))
    }

    /// Whether there is a content type, which must be one that is accepted.
    fn accepts(&mut self, accepts: impl Fn(&str) -> bool) -> Result<bool, Rejected> {
        if self.has_failed() {
            return Err(Rejected);
        }
        let content_type = self.parts.headers.get(CONTENT_TYPE);
        let essence =
            content_type.map(|value| media_type::essence(value.to_str().unwrap_or_default()));
        match essence {
            Some(essence) if !accepts(&essence) => {
                Err(self.fail(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)))
            }
            essence => Ok(essence.is_some()),
        }
    }

    /// Takes the body, with the limit of the request around it.
    pub(super) fn limited_body(&mut self) -> Result<Body, StatusCode> {
        // A length that is announced and too large is refused before anything is read.
        let announced = self.body.size_hint().lower();
        let mut request = axum::extract::Request::new(mem::take(&mut self.body));
        // The limit is among the extensions, which are lent and not copied.
        mem::swap(request.extensions_mut(), &mut self.parts.extensions);
        let mut request = request.with_limited_body();
        mem::swap(request.extensions_mut(), &mut self.parts.extensions);
        let body = request.into_body();
        let limit = body.size_hint().upper();
        match limit.is_some_and(|limit| announced > limit) {
            true => Err(StatusCode::PAYLOAD_TOO_LARGE),
            false => Ok(body),
        }
    }

    /// The body, where its content type is one that is accepted; `None` where there is none.
    pub(super) async fn content(
        &mut self,
        accepts: impl Fn(&str) -> bool,
    ) -> Result<Option<Bytes>, Rejected> {
        let has_type = self.accepts(accepts)?;
        if is_encoded(&self.parts.headers) {
            // RFC 7694, section 3
            let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE);
            let identity = HeaderValue::from_static("identity");
            return Err(self.fail(problem.with_header(ACCEPT_ENCODING, identity)));
        }
        let body = match self.limited_body() {
            // The limit is that of the body itself.
            Ok(body) => to_bytes(body, usize::MAX).await,
            Err(status) => return Err(self.fail(Problem::new(status))),
        };
        match body {
            Ok(bytes) if has_type => Ok(Some(bytes)),
            Ok(bytes) if bytes.is_empty() => Ok(None),
            Ok(_) => Err(self.fail(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE))),
            Err(error) => Err(self.fail(Problem::new(status_of(&error)))),
        }
    }

    fn read_json<T: DeserializeOwned>(&mut self, bytes: &[u8]) -> Result<T, Rejected> {
        self.read_json_at(bytes, "")
    }

    /// Reads JSON that stands at this place of the body.
    ///
    /// Where something is wrong with it, that is noted, and a value with all of it mended is returned where there is one: so
    /// the rules are checked for what is around it, too. No handler gets it, since a request with faults does not finish.
    pub(crate) fn read_json_at<T: DeserializeOwned>(
        &mut self,
        bytes: &[u8],
        pointer: &str,
    ) -> Result<T, Rejected> {
        read_json(bytes, pointer).or_else(|refusal| {
            self.misread.note(&refusal.violations);
            for violation in refusal.violations {
                self.reject(refusal.status, violation);
            }
            refusal.mended.ok_or(Rejected)
        })
    }

    pub(crate) fn missing_body(&mut self) -> Rejected {
        self.malformed("missing", "is required")
    }

    fn malformed(&mut self, code: &'static str, detail: &str) -> Rejected {
        self.malformed_at("", code, detail)
    }

    pub(super) fn malformed_at(
        &mut self,
        pointer: &str,
        code: &'static str,
        detail: &str,
    ) -> Rejected {
        self.reject(StatusCode::BAD_REQUEST, malformed(pointer, code, detail))
    }
}

/// What is wrong with JSON, and what stands in for it.
pub(super) struct Refusal<T> {
    pub(super) status: StatusCode,
    pub(super) violations: Vec<Violation>,
    /// A value with all of it mended.
    pub(super) mended: Option<T>,
}

/// Reads JSON that stands at this place of a body; all that is wrong with it, with the status of that.
pub(super) fn read_json<T: DeserializeOwned>(bytes: &[u8], pointer: &str) -> Result<T, Refusal<T>> {
    let bad = |code, detail| {
        Err(Refusal {
            status: StatusCode::BAD_REQUEST,
            violations: vec![malformed(pointer, code, detail)],
            mended: None,
        })
    };
    if is_too_deep(bytes) {
        return bad("depth", "must not be nested deeper than 127 levels");
    }
    let error = match from_json(bytes) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // What a type refuses need not be JSON from there on.
    let is_json = || serde_json::from_slice::<IgnoredAny>(bytes).is_ok();
    if error.kind() == JsonErrorKind::Syntax || !is_json() {
        return bad("syntax", "must be JSON");
    }
    let (faults, mended) = faults::all::<T>(bytes, &error);
    let violations = faults.into_iter().map(|(fault, inner)| {
        let place = Place::Body(format!("{pointer}{inner}"));
        fault.violation(place)
    });
    Err(Refusal {
        status: StatusCode::UNPROCESSABLE_ENTITY,
        violations: violations.collect(),
        mended,
    })
}

/// The pointers of what is wrong in a body, where something else stands in for it.
#[derive(Debug, Default)]
pub(super) struct Misread(Vec<String>);

impl Misread {
    pub(super) fn note(&mut self, violations: &[Violation]) {
        let places = violations.iter().map(|violation| &violation.place);
        self.0.extend(places.filter_map(|place| match place {
            Place::Body(pointer) => Some(pointer.clone()),
            Place::Parameter { .. } => None,
        }));
    }

    /// Whether a rule is broken by what stands in for something, or may be.
    ///
    /// That is so inside of it, and around it unless the rule only counts items, of which none is gone.
    pub(super) fn hides(&self, violation: &Violation) -> bool {
        let Place::Body(pointer) = &violation.place else {
            return false;
        };
        let counts = matches!(violation.code, "minItems" | "maxItems");
        let mut places = self.0.iter();
        places.any(|place| is_below(pointer, place) || (!counts && is_below(place, pointer)))
    }
}

/// Whether a JSON pointer leads to a place inside of that of another one, or to the same.
fn is_below(pointer: &str, other: &str) -> bool {
    let rest = pointer.strip_prefix(other);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How deeply JSON can be nested; where types say nothing, `serde_json` reads no more.
const DEEPEST: usize = 127;

/// Whether a JSON text is nested too deeply, be it in what no type looks at.
fn is_too_deep(text: &[u8]) -> bool {
    if opening(text) <= DEEPEST {
        return false;
    }
    let (mut depth, mut bytes) = (0_usize, text.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => skip_string(&mut bytes),
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// How many brackets of a text open something, if they are all that; many bytes are looked at together.
fn opening(text: &[u8]) -> usize {
    // They differ from each other in the bit that tells cases apart.
    let opens = |byte: &u8| u8::from(byte | 0x20 == b'{');
    let counts = text.chunks(usize::from(u8::MAX));
    counts
        .map(|chunk| usize::from(chunk.iter().map(opens).sum::<u8>()))
        .sum()
}

/// Goes behind the quote that ends a string.
fn skip_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => _ = bytes.next(),
            _ => {}
        }
    }
}

fn malformed(pointer: &str, code: &'static str, detail: &str) -> Violation {
    Violation {
        place: Place::Body(pointer.to_owned()),
        code,
        detail: detail.to_owned(),
    }
}

/// Whether a body is compressed, or changed by another encoding that no layer has taken off.
fn is_encoded(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(CONTENT_ENCODING).iter();
    let names = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    let mut names = names
        .map(<[u8]>::trim_ascii)
        .filter(|name| !name.is_empty());
    names.any(|name| !name.eq_ignore_ascii_case(b"identity"))
}

/// A body with the limit that `axum::extract::DefaultBodyLimit` sets, 2 MiB where none is set.
/// The status that tells why a body could not be read.
pub(super) fn status_of(error: &(dyn Error + 'static)) -> StatusCode {
    let mut next = Some(error);
    while let Some(error) = next {
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if error.is::<LengthLimitError>() || kind == Some(io::ErrorKind::FileTooLarge) {
            return StatusCode::PAYLOAD_TOO_LARGE;
        }
        if kind == Some(io::ErrorKind::TimedOut) {
            return StatusCode::REQUEST_TIMEOUT;
        }
        next = error.source();
    }
    StatusCode::BAD_REQUEST
}

/// Why a body broke off that a handler reads piece by piece: it is too large, too slow, or cut short.
impl From<axum::Error> for Problem {
    fn from(error: axum::Error) -> Self {
        Problem::new(status_of(&error))
    }
}
