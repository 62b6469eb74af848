//! [`Walk`]: from page to page, whatever the operation.

use std::task::{Context, Poll};

use reqwest::Url;
use serde_json::Value;

use super::super::prepare::{base, refusal};
use super::super::request::Overrides;
use super::super::send::{Arrived, Outgoing};
use super::super::url::request_url;
use super::super::{
    BoxFuture, Client, DecodeError, Error, InvalidRequest, OperationInfo, Parts, RawResponse, style,
};
use super::link::next_link;
use super::lookup::{Wanted, lookup, put};
use super::{Pagination, Step};

/// A list on its way: the request for the next page, and what is known of that.
pub(super) struct Walk {
    client: Client,
    operation: &'static OperationInfo,
    pagination: Pagination,
    parts: Box<Parts>,
    overrides: Box<Overrides>,
    state: State,
    cursor: Option<String>,
    circle: Circle,
}

enum State {
    /// The request can be sent.
    Ready,
    Sending(BoxFuture<'static, Result<RawResponse, Error>>),
    /// There is a page, but it cannot be requested.
    Failed(Box<Error>),
    /// A page could not be had; it can be requested again.
    Stopped,
    /// There is no page.
    Done,
}

/// What the next page is requested with.
enum Cursor {
    Value(Value),
    Address(Url),
}

impl Walk {
    pub(super) fn new(
        client: Client,
        operation: &'static OperationInfo,
        pagination: Pagination,
        parts: Box<Parts>,
        overrides: Box<Overrides>,
    ) -> Self {
        Self {
            client,
            operation,
            pagination,
            parts,
            overrides,
            state: State::Ready,
            cursor: None,
            circle: Circle::default(),
        }
    }

    pub(super) fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    pub(super) fn has_next(&self) -> bool {
        !matches!(self.state, State::Done)
    }

    pub(super) fn request(&self) -> (Client, Box<Parts>, Box<Overrides>) {
        (
            self.client.clone(),
            self.parts.clone(),
            self.overrides.clone(),
        )
    }

    /// The response to the request for the next page.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<RawResponse, Error>>> {
        if matches!(self.state, State::Ready) {
            let (client, parts, overrides) = self.request();
            let outgoing = Outgoing {
                client,
                operation: self.operation,
                parts,
                overrides,
            };
            self.state = State::Sending(Box::pin(whole(outgoing)));
        }
        match &mut self.state {
            State::Sending(sending) => sending.as_mut().poll(context).map(Some),
            State::Failed(_) => match std::mem::replace(&mut self.state, State::Stopped) {
                State::Failed(error) => Poll::Ready(Some(Err(*error))),
                _ => Poll::Ready(None),
            },
            State::Ready | State::Stopped | State::Done => Poll::Ready(None),
        }
    }

    /// Ends at this page, which could not be had.
    pub(super) fn stop(&mut self) {
        self.state = State::Stopped;
    }

    /// Goes on behind this page.
    pub(super) fn advance(&mut self, page: &RawResponse) {
        let next = self.next(page).and_then(|next| match next {
            Some(cursor) => self.go_to(cursor, page).map(|()| State::Ready),
            None => {
                self.cursor = None;
                Ok(State::Done)
            }
        });
        self.state = next.unwrap_or_else(|error| State::Failed(Box::new(error)));
    }

    /// Begins at a cursor that was stored as text.
    pub(super) fn start_at(&mut self, text: &str) {
        let cursor = match self.pagination.step {
            Step::Url(_) | Step::Link => self.resolve(text).map(Cursor::Address),
            Step::Cursor(parameter, _)
            | Step::Offset(parameter, _)
            | Step::Number(parameter, ..) => {
                // In a body, texts and numbers are told apart.
                let value = Some(parameter)
                    .filter(|parameter| parameter.starts_with('/'))
                    .and_then(|_| serde_json::from_str(text).ok());
                Ok(Cursor::Value(value.unwrap_or_else(|| text.into())))
            }
        };
        match cursor {
            Ok(cursor) => self.set(cursor),
            Err(Error::InvalidRequest(invalid)) => {
                self.parts.refuse(invalid.part(), invalid.reason());
            }
            Err(_) => self.parts.refuse("cursor", "leads nowhere"),
        }
    }

    /// What leads to the page behind this one.
    fn next(&self, page: &RawResponse) -> Result<Option<Cursor>, Error> {
        let value = |place| find(page, place, Wanted::Value);
        if let Some(place) = self.pagination.has_more
            && value(place)? == Some(Value::Bool(false))
        {
            return Ok(None);
        }
        match self.pagination.step {
            Step::Cursor(parameter, place) => match value(place)? {
                None | Some(Value::Null | Value::Bool(false)) => Ok(None),
                Some(Value::String(text)) if text.is_empty() => Ok(None),
                Some(Value::Array(_) | Value::Object(_)) if !parameter.starts_with('/') => {
                    Err(DecodeError::new(page.clone(), place, "expected a cursor").into())
                }
                Some(value) => Ok(Some(Cursor::Value(value))),
            },
            Step::Offset(parameter, items) => {
                let count = count(page, items)?;
                let behind = self.number(parameter).unwrap_or(0).saturating_add(count);
                self.counted(page, count, behind, behind)
            }
            Step::Number(parameter, items, first) => {
                let next = self.number(parameter).unwrap_or(first).saturating_add(1);
                let behind = next.saturating_sub(first);
                self.counted(page, count(page, items)?, next, behind)
            }
            Step::Url(place) => match value(place)? {
                Some(Value::String(text)) if !text.is_empty() => self.address(&text),
                _ => Ok(None),
            },
            Step::Link => match next_link(page.headers()) {
                Some(text) => self.address(text),
                None => Ok(None),
            },
        }
    }

    /// The next value of a counter, unless the list ends here: the page is empty or not full, or as much as there is lies
    /// behind.
    fn counted(
        &self,
        page: &RawResponse,
        count: i64,
        next: i64,
        behind: i64,
    ) -> Result<Option<Cursor>, Error> {
        if count == 0 || self.full().is_some_and(|full| count < full) {
            return Ok(None);
        }
        if let Some(place) = self.pagination.total
            && let Some(total) = find(page, place, Wanted::Value)?.and_then(|total| total.as_i64())
            && behind >= total
        {
            return Ok(None);
        }
        Ok(Some(Cursor::Value(next.into())))
    }

    /// How many items a full page has, where the request says it.
    fn full(&self) -> Option<i64> {
        let (parameter, most) = self.pagination.limit?;
        let wanted = self.number(parameter)?;
        Some(most.map_or(wanted, |most| wanted.min(most)))
    }

    /// The number that a parameter of the request has.
    fn number(&self, parameter: &str) -> Option<i64> {
        if !parameter.starts_with('/') {
            let pair = self.parts.query_pair(parameter)?;
            return pair.rsplit('=').next()?.parse().ok();
        }
        let content = self.parts.content()?;
        lookup(content.body.as_bytes()?, parameter, Wanted::Value)
            .ok()??
            .as_i64()
    }

    fn address(&self, text: &str) -> Result<Option<Cursor>, Error> {
        let address = self.resolve(text)?;
        Ok(Some(Cursor::Address(address)))
    }

    /// An address as it is seen from the request before, on whose server it has to be: credentials go there.
    fn resolve(&self, text: &str) -> Result<Url, Error> {
        let refuse = |reason: String| {
            let invalid = InvalidRequest::new("address of the next page", reason);
            refusal(self.operation, invalid)
        };
        let base = base(&self.client.0, self.operation, &self.overrides)?;
        let here = request_url(&base, self.operation.path, &self.parts, &[])
            .map_err(|invalid| refusal(self.operation, invalid))?;
        let mut address = here
            .join(text)
            .map_err(|error| refuse(format!("cannot be understood: {error}")))?;
        address.set_fragment(None);
        // Servers behind a proxy do not know that it speaks TLS.
        let ports = (address.port(), here.port());
        if (address.scheme(), here.scheme(), ports) == ("http", "https", (None, None)) {
            let _ = address.set_scheme("https");
        }
        if address.origin() != here.origin()
            || !address.username().is_empty()
            || address.password().is_some()
        {
            return Err(refuse(format!(
                "leads to {}, but the list is at {}",
                address.origin().ascii_serialization(),
                here.origin().ascii_serialization(),
            )));
        }
        Ok(address)
    }

    fn go_to(&mut self, cursor: Cursor, page: &RawResponse) -> Result<(), Error> {
        self.set(cursor);
        let text = self.cursor.as_deref().unwrap_or_default();
        match self.circle.closes(text) {
            true => {
                let place = match self.pagination.step {
                    Step::Cursor(_, place) | Step::Url(place) => place,
                    Step::Offset(..) | Step::Number(..) | Step::Link => "",
                };
                let message = "the next page is one that was there before, so the list has no end";
                Err(DecodeError::new(page.clone(), place, message).into())
            }
            false => Ok(()),
        }
    }

    /// Puts a cursor into the request.
    fn set(&mut self, cursor: Cursor) {
        let (parameter, value) = match (self.pagination.step, cursor) {
            (_, Cursor::Address(address)) => {
                self.cursor = Some(address.to_string());
                return self.parts.set_address(address);
            }
            (Step::Url(_) | Step::Link, Cursor::Value(_)) => return,
            (
                Step::Cursor(parameter, _)
                | Step::Offset(parameter, _)
                | Step::Number(parameter, ..),
                Cursor::Value(value),
            ) => (parameter, value),
        };
        self.cursor = Some(match &value {
            Value::String(text) if !parameter.starts_with('/') => text.clone(),
            value => value.to_string(),
        });
        if !parameter.starts_with('/') {
            let pair = style::FORM.write(parameter, &value);
            return self.parts.set_query(parameter, pair);
        }
        let (media_type, mut body) = match self.parts.content() {
            None => ("application/json".to_owned(), Value::Null),
            Some(content) => {
                let bytes = content.body.as_bytes().map_or(&b""[..], |bytes| bytes);
                (
                    content.content_type.to_str().unwrap_or_default().to_owned(),
                    serde_json::from_slice(bytes).unwrap_or_default(),
                )
            }
        };
        put(&mut body, parameter, value);
        self.parts.json_as(&media_type, body);
    }
}

/// Sends a request and reads the response to its end.
async fn whole(outgoing: Outgoing) -> Result<RawResponse, Error> {
    Ok(match outgoing.arrive(|_| false).await? {
        Arrived::Whole(response) => response,
        Arrived::Open(response) => response.into_head(),
    })
}

/// How many items a page has.
fn count(page: &RawResponse, items: &str) -> Result<i64, Error> {
    let count = find(page, items, Wanted::Count)?.and_then(|count| count.as_i64());
    Ok(count.unwrap_or(0))
}

/// The value at a place of a page.
fn find(page: &RawResponse, place: &str, wanted: Wanted) -> Result<Option<Value>, Error> {
    if page.body().is_empty() {
        return Ok(None);
    }
    lookup(page.body(), place, wanted)
        .map_err(|error| DecodeError::new(page.clone(), place, error.to_string()).into())
}

/// Finds out when cursors come again, remembering just one (Brent's algorithm).
#[derive(Default)]
struct Circle {
    mark: String,
    steps: u64,
    limit: u64,
}

impl Circle {
    /// Whether this cursor was there before; a circle is noticed before it was gone through three times.
    fn closes(&mut self, cursor: &str) -> bool {
        if self.limit > 0 && self.mark == cursor {
            return true;
        }
        if self.steps == self.limit {
            cursor.clone_into(&mut self.mark);
            self.limit = self.limit.saturating_mul(2).max(1);
            self.steps = 0;
        }
        self.steps += 1;
        false
    }
}
