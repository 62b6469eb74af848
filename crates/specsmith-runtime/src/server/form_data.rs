//! Bodies of `multipart/form-data` as the document describes them: all parts are received, then each is read as its type.

use axum::extract::multipart::Field;
use axum::http::StatusCode;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::fault::{Fault, FaultKind};
use super::file_part::spool::Spool;
use super::file_part::{Content, FilePart};
use super::input::{Escape, Input, Styled, Tree, Values};
use super::media_type;
use super::parameter::{Members, Style};
use super::part::{Others, Part, PartContent, PartCount};
use super::problem::{Place, Problem, Violation};
use super::request::{Rejected, Request};
use super::text;

mod check;

/// How many parts there may be.
const MOST_PARTS: usize = 1_000;
/// How many bytes all values may have, which are kept in memory.
const MOST_TEXT: usize = 1 << 20;
/// How many bytes of files are kept in memory; those that are more go to a temporary file.
const MOST_IN_MEMORY: usize = 1 << 20;
/// How many bytes are written to the temporary file at once.
const WRITTEN: usize = 256 << 10;

/// The parts of a body of `multipart/form-data`, to be read one by one.
pub struct FormData<'r> {
    request: &'r mut Request,
    parts: Vec<Part>,
    received: Received,
}

/// What was sent.
#[derive(Default)]
struct Received {
    count: usize,
    values: Vec<Value>,
    files: Vec<(&'static str, FilePart)>,
    /// Parts that were refused, which are not missing.
    refused: Vec<&'static str>,
    text: usize,
    in_memory: usize,
    spool: Spool,
}

/// A part that is no file.
struct Value {
    name: String,
    text: String,
    is_json: bool,
}

impl Request {
    /// Receives the parts of a form that must be sent.
    pub async fn form_data(
        &mut self,
        parts: &[Part],
        others: Others,
    ) -> Result<FormData<'_>, Rejected> {
        match self.receive(parts, others).await? {
            Some(received) => Ok(FormData::new(self, parts, received)),
            None => Err(self.missing_body()),
        }
    }

    /// Receives the parts of a form that need not be sent.
    pub async fn optional_form_data(
        &mut self,
        parts: &[Part],
        others: Others,
    ) -> Result<Option<FormData<'_>>, Rejected> {
        let received = self.receive(parts, others).await?;
        Ok(received.map(|received| FormData::new(self, parts, received)))
    }

    async fn receive(
        &mut self,
        parts: &[Part],
        others: Others,
    ) -> Result<Option<Received>, Rejected> {
        let Some(mut stream) = self.parts("multipart/form-data").await? else {
            return Ok(None);
        };
        let mut received = Received::default();
        loop {
            let taken = match stream.next().await {
                Ok(None) => return Ok(Some(received)),
                Ok(Some(field)) => received.take(field, parts).await,
                Err(error) => Err(error.into()),
            };
            match taken {
                Ok(Taken::Whole) => {}
                Ok(Taken::Other(name)) if others == Others::Refused => {
                    self.reject_part(&name, &FaultKind::Unknown.into());
                }
                Ok(Taken::Other(_)) => {}
                Ok(Taken::NoText(name)) => {
                    self.reject_part(name, &FaultKind::Encoding.into());
                }
                Ok(Taken::OtherType(part)) => self.reject_type(part),
                Err(problem) => return Err(self.fail(problem)),
            }
        }
    }

    fn reject_part(&mut self, name: &str, fault: &Fault) -> Rejected {
        let fault = fault.clone().within(name);
        self.reject(
            fault.status(),
            fault.violation(Place::Body(fault.pointer())),
        )
    }

    fn reject_type(&mut self, part: Part) {
        let violation = Violation {
            place: Place::Body(Fault::new(FaultKind::Value).within(part.name).pointer()),
            code: "contentType",
            detail: format!("must be of the media type {}", part.media_types),
        };
        self.reject(StatusCode::UNPROCESSABLE_ENTITY, violation);
    }
}

/// What became of a part that was received.
enum Taken {
    Whole,
    /// The document does not name it.
    Other(String),
    /// It is a value, and not UTF-8.
    NoText(&'static str),
    /// It is a file of a media type that the document does not have.
    OtherType(Part),
}

impl Received {
    async fn take(&mut self, field: Field<'_>, parts: &[Part]) -> Result<Taken, Problem> {
        self.count += 1;
        if self.count > MOST_PARTS {
            return Err(too_large());
        }
        let Some(name) = field.name().map(str::to_owned) else {
            return Err(Problem::bad_request().with_detail("a part of the body has no name"));
        };
        let Some(part) = parts.iter().find(|part| part.takes(&name)) else {
            read_over(field).await?;
            return Ok(Taken::Other(name));
        };
        let content_type = field.content_type().map(media_type::essence);
        if part.content == PartContent::File {
            let is_meant = content_type.is_none_or(|essence| {
                part.media_types.is_empty() || media_type::matches_any(part.media_types, &essence)
            });
            if !is_meant {
                self.refused.push(part.name);
                read_over(field).await?;
                return Ok(Taken::OtherType(*part));
            }
            let file = self.file(field).await?;
            self.files.push((part.name, file));
            return Ok(Taken::Whole);
        }
        let is_json = content_type.is_some_and(|essence| media_type::is_json(&essence));
        let Ok(text) = String::from_utf8(self.bytes(field).await?) else {
            self.refused.push(part.name);
            return Ok(Taken::NoText(part.name));
        };
        self.values.push(Value {
            name,
            text,
            is_json,
        });
        Ok(Taken::Whole)
    }

    async fn bytes(&mut self, mut field: Field<'_>) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await? {
            self.text += chunk.len();
            if self.text > MOST_TEXT {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    async fn file(&mut self, mut field: Field<'_>) -> Result<FilePart, Problem> {
        let file_name = field.file_name().map(str::to_owned);
        let headers = field.headers().clone();
        let (mut bytes, mut spooled) = (Vec::new(), None);
        while let Some(chunk) = field.chunk().await? {
            bytes.extend_from_slice(&chunk);
            match &mut spooled {
                None if self.in_memory + bytes.len() > MOST_IN_MEMORY => {
                    let begun = self.spool.begin(std::mem::take(&mut bytes)).await?;
                    spooled = Some(begun);
                }
                Some(spooled) if bytes.len() >= WRITTEN => {
                    let bytes = std::mem::take(&mut bytes);
                    self.spool.append(spooled, bytes).await?;
                }
                _ => {}
            }
        }
        let content = match spooled {
            Some(mut spooled) => {
                self.spool.append(&mut spooled, bytes).await?;
                Content::Spooled(spooled)
            }
            None => {
                self.in_memory += bytes.len();
                Content::Memory(bytes.into())
            }
        };
        Ok(FilePart {
            content,
            file_name,
            headers,
        })
    }
}

async fn read_over(mut field: Field<'_>) -> Result<(), Problem> {
    while field.chunk().await?.is_some() {}
    Ok(())
}

fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE)
}

impl<'r> FormData<'r> {
    fn new(request: &'r mut Request, parts: &[Part], received: Received) -> Self {
        Self {
            request,
            parts: parts.to_vec(),
            received,
        }
    }

    /// Reads a value that must be sent.
    pub fn required<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, Rejected> {
        let value = self.optional(name)?;
        value.ok_or_else(|| self.missing(name))
    }

    /// Reads a value that means `default` where it is not sent.
    pub fn or<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
        default: T,
    ) -> Result<T, Rejected> {
        Ok(self.optional(name)?.unwrap_or(default))
    }

    /// Reads a value that need not be sent.
    pub fn optional<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Rejected> {
        let Some(part) = self.parts.iter().find(|part| part.name == name).copied() else {
            return Ok(None);
        };
        if self.received.refused.contains(&name) {
            return Err(Rejected);
        }
        let of_part = |value: &mut Value| part.takes(&value.name);
        let values: Vec<Value> = self.received.values.extract_if(.., of_part).collect();
        if values.is_empty() {
            return Ok(None);
        }
        let is_json = part.content == PartContent::Json
            || part.content == PartContent::Any && values.iter().any(|value| value.is_json);
        if is_json && part.style.is_none() {
            return self.read_json(part, &values).map(Some);
        }
        let read = input(part, values).and_then(text::read);
        read.map(Some)
            .map_err(|fault| self.request.reject_part(name, &fault))
    }

    /// Takes a file that must be sent.
    pub fn required_file(&mut self, name: &'static str) -> Result<FilePart, Rejected> {
        let file = self.optional_file(name)?;
        file.ok_or_else(|| self.missing(name))
    }

    /// Takes a file that need not be sent.
    pub fn optional_file(&mut self, name: &'static str) -> Result<Option<FilePart>, Rejected> {
        let mut files = self.files(name)?.into_iter();
        match (files.next(), files.next()) {
            (file, None) => Ok(file),
            _ => Err(self.request.reject_part(name, &FaultKind::Duplicate.into())),
        }
    }

    /// Takes files of which there must be one.
    pub fn required_files(&mut self, name: &'static str) -> Result<Vec<FilePart>, Rejected> {
        let files = self.files(name)?;
        match files.is_empty() {
            true => Err(self.missing(name)),
            false => Ok(files),
        }
    }

    /// Takes files, however many there are.
    pub fn files(&mut self, name: &'static str) -> Result<Vec<FilePart>, Rejected> {
        if self.received.refused.contains(&name) {
            return Err(Rejected);
        }
        let named = |(of, _): &mut (&'static str, FilePart)| *of == name;
        let files = self.received.files.extract_if(.., named);
        Ok(files.map(|(_, file)| file).collect())
    }

    fn missing(&mut self, name: &str) -> Rejected {
        self.request.reject_part(name, &FaultKind::Missing.into())
    }

    /// Reads JSON, of which each part of a list is an item.
    fn read_json<T: DeserializeOwned>(
        &mut self,
        part: Part,
        values: &[Value],
    ) -> Result<T, Rejected> {
        let pointer = Fault::new(FaultKind::Value).within(part.name).pointer();
        match (values, part.count) {
            ([value], PartCount::Any) => self.request.read_json_at(value.text.as_bytes(), &pointer),
            (_, PartCount::Any) if part.content == PartContent::Json => Err(self
                .request
                .reject_part(part.name, &FaultKind::Duplicate.into())),
            _ => {
                let mut items = Vec::new();
                for (index, value) in values.iter().enumerate() {
                    match item(part, value) {
                        Some(item) => items.push(item),
                        None => {
                            let pointer = format!("{pointer}/{index}");
                            return Err(self.request.malformed_at(
                                &pointer,
                                "syntax",
                                "must be JSON",
                            ));
                        }
                    }
                }
                let list = format!("[{}]", items.join(","));
                self.request.read_json_at(list.as_bytes(), &pointer)
            }
        }
    }
}

/// An item of a list as JSON; `None` where it is none.
fn item(part: Part, value: &Value) -> Option<String> {
    match part.content == PartContent::Json || value.is_json {
        true => serde_json::from_str::<IgnoredAny>(&value.text)
            .is_ok()
            .then(|| value.text.clone()),
        false => serde_json::to_string(&value.text).ok(),
    }
}

/// Values that are written as text.
fn input(part: Part, mut values: Vec<Value>) -> Result<Input, Fault> {
    if let Some(encoding) = part.joined() {
        let texts = values.into_iter().map(|value| value.text);
        let values = Values::of(texts).ok_or(FaultKind::Missing)?;
        return Ok(Input::Styled(Styled {
            name: part.name,
            values,
            encoding,
            escape: Escape::Nothing,
        }));
    }
    if part.members != Members::Own {
        let mut tree = Tree::default();
        for value in values {
            tree.insert(&[&value.name], value.text);
        }
        return Ok(Input::Tree(tree));
    }
    if part
        .style
        .is_some_and(|encoding| encoding.style == Style::DeepObject)
    {
        let pairs = values
            .into_iter()
            .map(|value| (value.name.into(), value.text.into()));
        let tree = Tree::nested(pairs).take(part.name);
        return tree.map(Input::Tree).ok_or(FaultKind::Syntax.into());
    }
    // An object that is written as JSON looks like text.
    if let [value] = values.as_mut_slice()
        && part.content == PartContent::Any
        && value.text.starts_with(['{', '['])
    {
        return Ok(Input::Text(std::mem::take(&mut value.text)));
    }
    let mut tree = Tree::default();
    for value in values {
        tree.insert(&[], value.text);
    }
    Ok(Input::Tree(tree))
}
