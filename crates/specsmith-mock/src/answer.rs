//! Answers: a documented response with a body and headers that have their types.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use serde_json::Value;
use specsmith_ir::{self as ir, Content, Operation, TypeId};
use specsmith_runtime::server::Problem;
use specsmith_values::{Checker, OneOf, Source, Values, plain};

use crate::layers::Note;
use crate::mock::Service;
use crate::options;
use crate::prefer::Prefer;
use crate::{body, choice, header};

/// How often a value is made anew that does not have its type.
const TRIES: u64 = 40;
/// Headers that the server itself decides.
const OF_SERVER: &[&str] = &[
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// What decides an answer beside the document.
#[derive(Debug)]
pub(crate) struct Asked {
    headers: HeaderMap,
    prefer: Prefer,
    seed: u64,
}

impl Asked {
    pub(crate) fn new(method: &Method, uri: &Uri, headers: &HeaderMap, seed: u64) -> Result<Self, Problem> {
        let target = uri.path_and_query().map_or("", |target| target.as_str());
        Ok(Self {
            prefer: Prefer::read(headers)?,
            seed: mixed(seed, &[method.as_str(), target]),
            headers: headers.clone(),
        })
    }
}

/// A number that texts decide (FNV-1a).
fn mixed(seed: u64, texts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in texts.iter().flat_map(|text| text.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// A value, and why the example of the document was passed over.
struct Made {
    value: Value,
    note: Option<String>,
}

impl From<Value> for Made {
    fn from(value: Value) -> Self {
        Self { value, note: None }
    }
}

/// Answers a request that keeps the contract.
pub(crate) fn answer(service: &Service, operation: &Operation, asked: &Asked) -> Result<Response, Problem> {
    let (code, documented) = choice::response(operation, asked.prefer.code)?;
    let status = StatusCode::from_u16(code).map_err(|_| Problem::internal())?;
    if status.is_informational() {
        let detail = format!("the response {code} is no answer of its own, so a mock cannot give it");
        return Err(Problem::internal().with_detail(detail));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let Some(documented) = documented else {
        return Ok(response);
    };
    let content = choice::content(documented, code, &asked.headers)?;
    if let Some((content, media_type)) = content.filter(|_| choice::has_body(status)) {
        let place = format!("{code} {media_type}");
        let written = body::write(
            service,
            content,
            &media_type,
            &mut Maker {
                service,
                asked,
                code,
                place,
            },
        )?;
        *response.body_mut() = Body::from(written.bytes);
        let media_type = HeaderValue::from_str(&written.media_type);
        response
            .headers_mut()
            .extend(media_type.ok().map(|value| (CONTENT_TYPE, value)));
        if let Some(note) = written.note {
            response.extensions_mut().insert(Note(note));
        }
    }
    for header in documented.headers.iter().filter(|header| header.required) {
        add_header(service, asked, header, response.headers_mut())?;
    }
    Ok(response)
}

/// Adds a header with a value of its type.
fn add_header(service: &Service, asked: &Asked, header: &ir::Header, headers: &mut HeaderMap) -> Result<(), Problem> {
    let Ok(name) = HeaderName::from_bytes(header.name.as_bytes()) else {
        return Ok(());
    };
    if OF_SERVER.contains(&name.as_str()) {
        return Ok(());
    }
    let place = format!("header {}", header.name);
    let mut maker = Maker {
        service,
        asked,
        code: 0,
        place,
    };
    let example = header.docs.examples.iter().find_map(|example| example.value.as_ref());
    for attempt in 0..TRIES {
        let value = match example.filter(|_| attempt == 0) {
            Some(example) => plain(example),
            None => maker.of_type(header.ty, attempt, attempt == 0)?.value,
        };
        let text = header::text(&value, &header.encoding);
        // Not every text can be a header.
        if let Some(value) = text.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.append(name, value);
            return Ok(());
        }
    }
    Err(Problem::internal().with_detail(format!("no value could be made for the header `{}`", header.name)))
}

/// Makes the values of one answer.
pub(crate) struct Maker<'a> {
    service: &'a Service,
    asked: &'a Asked,
    code: u16,
    place: String,
}

/// A value of a body, and why the example of the document was passed over.
pub(crate) struct Chosen {
    pub(crate) value: Value,
    pub(crate) note: Option<String>,
}

impl Maker<'_> {
    /// The value of a body: the example that is asked for, one that is documented, or one that is made.
    pub(crate) fn body(&mut self, content: &Content) -> Result<Option<Chosen>, Problem> {
        if let Some(name) = &self.asked.prefer.example {
            return self
                .named(content, name)
                .map(|value| Some(Chosen { value, note: None }));
        }
        let mut note = None;
        if !self.is_dynamic() {
            for example in content.examples.iter().filter_map(|example| example.value.as_ref()) {
                let value = plain(example);
                let wrong = content.ty.filter(|_| is_checked(content));
                let wrong = wrong.and_then(|ty| self.wrong(ty, &value));
                match wrong {
                    None => return Ok(Some(Chosen { value, note: None })),
                    Some(wrong) => drop(note.get_or_insert(format!("an example of {} {wrong}", self.place))),
                }
            }
        }
        let Some(ty) = content.ty else { return Ok(None) };
        let made = self.of_type(ty, 0, true)?;
        Ok(Some(Chosen {
            value: self.with_status(content, ty, made.value),
            note: note.or(made.note),
        }))
    }

    /// Problem details (RFC 9457) say the status that they are sent with, where their schema lets them.
    fn with_status(&self, content: &Content, ty: TypeId, value: Value) -> Value {
        if content.media_type.essence() != "application/problem+json" || value.get("status").is_none() {
            return value;
        }
        let mut problem = value.clone();
        if let Some(status) = problem.get_mut("status") {
            *status = Value::from(self.code);
        }
        match self.wrong(ty, &problem) {
            None => problem,
            Some(_) => value,
        }
    }

    /// A value of a type for a part of the body, such as an item.
    pub(crate) fn part(&mut self, ty: TypeId, index: u64) -> Result<Value, Problem> {
        self.of_type(ty, index, true).map(|made| made.value)
    }

    fn is_dynamic(&self) -> bool {
        let usual = self.service.options.values == options::Values::Dynamic;
        self.asked.prefer.dynamic.unwrap_or(usual)
    }

    /// The example of this name, as it is.
    fn named(&self, content: &Content, name: &str) -> Result<Value, Problem> {
        let found = content
            .examples
            .iter()
            .find(|example| example.name.as_deref() == Some(name));
        if let Some(value) = found.and_then(|example| example.value.as_ref()) {
            return Ok(plain(value));
        }
        let known: Vec<&str> = content
            .examples
            .iter()
            .filter_map(|example| example.name.as_deref())
            .collect();
        let detail = match known.as_slice() {
            [] => format!("the response {} has no named examples", self.place),
            known => format!(
                "the response {} has no such example; it has {}",
                self.place,
                known.join(", ")
            ),
        };
        Err(Problem::bad_request().with_detail(detail))
    }

    /// A value that has a type: of examples where they may be used and fit, else made.
    fn of_type(&mut self, ty: TypeId, attempt: u64, by_example: bool) -> Result<Made, Problem> {
        let seed = self.asked.seed ^ mixed(attempt, &[&self.place]);
        let mut note = None;
        if !self.is_dynamic()
            && by_example
            && let Some(value) = self.made(ty, Source::Examples, seed)
        {
            match self.wrong(ty, &value) {
                None => return Ok(value.into()),
                Some(wrong) => note = Some(format!("the examples of {} {wrong}", self.place)),
            }
        }
        let mut lenient = None;
        for again in 0..TRIES {
            let Some(value) = self.made(ty, Source::Plain, seed.wrapping_add(again)) else {
                continue;
            };
            if self.wrong(ty, &value).is_none() {
                return Ok(Made { value, note });
            }
            if lenient.is_none() && self.service.checker().fits(ty, &value) {
                lenient = Some(value);
            }
        }
        match lenient {
            // Branches of `oneOf` that allow each other's values: nothing could fit exactly one.
            Some(value) => Ok(Made { value, note }),
            None => Err(self.impossible(ty, seed)),
        }
    }

    fn made(&self, ty: TypeId, source: Source, seed: u64) -> Option<Value> {
        let heights = std::sync::Arc::clone(&self.service.heights);
        Values::with_heights(&self.service.api, heights, seed)
            .of(source)
            .make(ty)
    }

    /// What is wrong with a value, if anything.
    fn wrong(&self, ty: TypeId, value: &Value) -> Option<String> {
        let checker = Checker::new(&self.service.api, &self.service.patterns, OneOf::Exact);
        let violation = checker.violations(ty, value).into_iter().next()?;
        Some(format!(
            "does not fit its schema: `{}` {}",
            violation.pointer, violation.detail
        ))
    }

    fn impossible(&self, ty: TypeId, seed: u64) -> Problem {
        let why = match self.made(ty, Source::Plain, seed) {
            Some(value) => self.wrong(ty, &value).map(|wrong| format!(": what is made {wrong}")),
            None => None,
        };
        let why = why.unwrap_or_default();
        let detail = format!(
            "no value could be made for the schema of the response {}{why}",
            self.place
        );
        Problem::internal().with_detail(detail)
    }
}

/// Whether examples of a content are written as values of its type; others are texts of the body.
fn is_checked(content: &Content) -> bool {
    content.media_type.is_json() || content.media_type.is_form() || content.media_type.is_yaml()
}
