//! Requests read by a document that is known at run time only, as a mock does; generated code has no use for it.
//!
//! What was sent comes as [`Sent`], which is seen as one value, as a list or as an object by whoever knows the type.

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Multipart};
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};

use super::input::Input;
use super::media_type;
use super::parameter::{Format, Parameter};
use super::problem::{Place, Problem, Violation};
use super::request::{Rejected, Request, form_tree};

pub use super::fault::{Fault, FaultKind};

/// Text that was sent and is not read yet.
#[derive(Debug, Clone)]
pub struct Sent(Input);

/// A body, and which of the media types that are accepted it has.
#[derive(Debug, Clone)]
pub struct SentBody {
    /// The place of the media type among those that are accepted.
    pub accepted: usize,
    /// The content type, as sent.
    pub content_type: String,
    /// The bytes.
    pub bytes: Bytes,
}

impl Sent {
    /// A text by itself.
    pub fn text(text: impl Into<String>) -> Self {
        Self(Input::Text(text.into()))
    }

    /// The pairs of a form by the brackets of their names; some members can have a style of their own.
    pub fn form(text: &str, styled: &[Parameter]) -> Result<Self, Fault> {
        Ok(Self(Input::Tree(form_tree(text, styled)?)))
    }

    /// The text itself, where it is not written in a style.
    pub fn plain_text(&self) -> Option<&str> {
        match &self.0 {
            Input::Text(text) => Some(text),
            Input::Styled(_) | Input::Tree(_) => None,
        }
    }

    /// The text of a single value.
    pub fn scalar(&self) -> Result<String, Fault> {
        self.0.scalar().map(Into::into)
    }

    /// The items of a list.
    pub fn list(&self) -> Result<Vec<Sent>, Fault> {
        Ok(self.0.clone().list()?.into_iter().map(Sent).collect())
    }

    /// The members of an object.
    pub fn members(&self) -> Result<Vec<(String, Sent)>, Fault> {
        let members = self.0.clone().members()?.into_iter();
        Ok(members.map(|(name, input)| (name, Sent(input))).collect())
    }

    /// Whether it cannot be one value: several pairs of the same name, or names with brackets.
    pub fn is_several(&self) -> bool {
        match &self.0 {
            Input::Text(_) => false,
            Input::Styled(styled) => styled.values.are_several(),
            Input::Tree(tree) => tree.is_list() || tree.is_object(),
        }
    }
}

impl Request {
    /// What was sent for a parameter; `None` where it was not sent.
    pub fn sent(&mut self, parameter: Parameter) -> Result<Option<Sent>, Rejected> {
        match self.input(parameter) {
            Ok(input) => Ok(input.map(Sent)),
            Err(fault) => Err(self.refuse(parameter, &fault)),
        }
    }

    /// Notes what is wrong with a parameter.
    pub fn refuse(&mut self, parameter: Parameter, fault: &Fault) -> Rejected {
        self.reject_parameter(parameter, fault)
    }

    /// Notes what is wrong with a part of a parameter, although it could be read.
    pub fn refuse_value(
        &mut self,
        parameter: Parameter,
        pointer: String,
        code: &'static str,
        detail: String,
    ) -> Rejected {
        let place = Place::Parameter {
            place: parameter.place.as_str(),
            name: parameter.name.to_owned(),
            pointer,
        };
        let violation = Violation {
            place,
            code,
            detail,
        };
        self.reject(StatusCode::UNPROCESSABLE_ENTITY, violation)
    }

    /// Notes what is wrong with the body.
    pub fn refuse_body(&mut self, pointer: &str, fault: &Fault) -> Rejected {
        let violation = fault.violation(Place::Body(fault.at(pointer)));
        self.reject(fault.status(), violation)
    }

    /// Notes what is wrong with a part of the body, although it could be read.
    pub fn refuse_body_value(
        &mut self,
        pointer: String,
        code: &'static str,
        detail: String,
    ) -> Rejected {
        let place = Place::Body(pointer);
        let violation = Violation {
            place,
            code,
            detail,
        };
        self.reject(StatusCode::UNPROCESSABLE_ENTITY, violation)
    }

    /// The body, where it has one of these media types or ranges; `None` where there is none.
    pub async fn sent_body(&mut self, accepted: &[&str]) -> Result<Option<SentBody>, Rejected> {
        let content_type = self
            .parts
            .headers
            .get(CONTENT_TYPE)
            .map(HeaderValue::as_bytes);
        let content_type = String::from_utf8_lossy(content_type.unwrap_or_default()).into_owned();
        let place = self::accepted(accepted, &content_type);
        let bytes = self.content(|_| place.is_some()).await?;
        Ok(bytes.zip(place).map(|(bytes, accepted)| SentBody {
            accepted,
            content_type,
            bytes,
        }))
    }

    /// Notes that the body cannot be read at all.
    pub fn malformed_body(&mut self, code: &'static str, detail: &str) -> Rejected {
        self.malformed_at("", code, detail)
    }

    /// Refuses the request with a problem that says more than that some values are wrong.
    pub fn refuse_all(&mut self, problem: Problem) {
        self.fail(problem);
    }

    /// Notes that a body must be sent.
    pub fn lacks_body(&mut self) -> Rejected {
        self.missing_body()
    }
}

impl SentBody {
    /// The parts, where it is a multipart body.
    pub async fn parts(&self) -> Result<Vec<SentPart>, Problem> {
        let mut request = axum::extract::Request::new(self.bytes.clone().into());
        // What reads parts takes those of forms alone; in other formats, parts are the same else.
        let (_, parameters) = self.content_type.split_once(';').unwrap_or_default();
        let content_type = HeaderValue::from_str(&format!("multipart/form-data;{parameters}"));
        let content_type = content_type.map_err(|_| Problem::bad_request())?;
        request.headers_mut().insert(CONTENT_TYPE, content_type);
        let malformed = |_| Problem::bad_request().with_detail("the body is not multipart");
        let mut multipart = Multipart::from_request(request, &())
            .await
            .map_err(malformed)?;
        let malformed = |_| Problem::bad_request().with_detail("the body is not multipart");
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await.map_err(malformed)? {
            parts.push(SentPart {
                name: field.name().unwrap_or_default().to_owned(),
                content_type: field.content_type().map(str::to_owned),
                bytes: field.bytes().await.map_err(malformed)?,
            });
        }
        Ok(parts)
    }
}

/// A part of a multipart body.
#[derive(Debug, Clone)]
pub struct SentPart {
    /// Its name.
    pub name: String,
    /// Its content type, where it has one.
    pub content_type: Option<String>,
    /// Its bytes.
    pub bytes: Bytes,
}

/// The place of the media type or range that includes a content type: the same type comes before a range.
fn accepted(ranges: &[&str], content_type: &str) -> Option<usize> {
    let essence = media_type::essence(content_type);
    let same = ranges
        .iter()
        .position(|range| media_type::essence(range) == essence);
    same.or_else(|| {
        ranges
            .iter()
            .position(|range| media_type::matches(range, &essence))
    })
}

/// Which of these media types a client likes best; `None` where it accepts none.
pub fn preferred(headers: &HeaderMap, produced: &[&str]) -> Option<usize> {
    media_type::preferred(headers, produced)
}

impl Parameter {
    /// Whether it is written as JSON.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }
}
