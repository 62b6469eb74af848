//! The one function that sends requests, whatever their operation.

use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};
use reqwest::Url;

use super::auth::Credential;
use super::request::Overrides;
use super::timer::{self, Instant};
use super::url::{parse_base, request_url};
use super::{
    Body, Client, Error, InvalidRequest, OpenResponse, OperationInfo, Parts, RawResponse, Settings,
    Timeout,
};

/// Sends a request and reads the response to its end.
pub(super) async fn send(
    client: Client,
    operation: &'static OperationInfo,
    parts: Parts,
    overrides: Overrides,
) -> Result<RawResponse, Error> {
    let call = Call {
        settings: &client.0,
        operation,
        parts: &parts,
        overrides: &overrides,
    };
    call.run(Reading::Whole).await.map(OpenResponse::into_head)
}

/// Sends a request and leaves the body of the response to be read.
pub(super) async fn open(
    client: Client,
    operation: &'static OperationInfo,
    parts: Parts,
    overrides: Overrides,
) -> Result<OpenResponse, Error> {
    let call = Call {
        settings: &client.0,
        operation,
        parts: &parts,
        overrides: &overrides,
    };
    call.run(Reading::Head).await
}

/// How far a response is read.
#[derive(Clone, Copy)]
enum Reading {
    Head,
    Whole,
}

/// A call on its way.
struct Call<'a> {
    settings: &'a Settings,
    operation: &'static OperationInfo,
    parts: &'a Parts,
    overrides: &'a Overrides,
}

impl Call<'_> {
    async fn run(&self, reading: Reading) -> Result<OpenResponse, Error> {
        let total = self.overrides.timeout.or(self.settings.timeout);
        let deadline = total.and_then(|total| Instant::now().checked_add(total));
        self.attempt(reading, deadline).await
    }

    /// Sends the request once.
    async fn attempt(
        &self,
        reading: Reading,
        deadline: Option<Instant>,
    ) -> Result<OpenResponse, Error> {
        let exchange = async {
            let request = prepare(self.settings, self.operation, self.parts, self.overrides)?;
            let body = match self.parts.content() {
                Some(content) => content
                    .body
                    .open()
                    .await
                    .map_err(|error| self.fault(error))?,
                None => Body::empty(),
            };
            let sent = self.settings.transport.send(request.map(|()| body)).await;
            let response = sent.map_err(|error| self.fault(error))?;
            let response = self.response(response);
            match reading {
                Reading::Head => Ok(response),
                Reading::Whole => response.filled().await,
            }
        };
        match self.time(deadline) {
            None => exchange.await,
            Some((limit, timeout)) => match timer::timeout(limit, exchange).await {
                Ok(ended) => ended,
                Err(_) => Err(self.fault(timeout.into())),
            },
        }
    }

    /// The time that an attempt has, and what runs out then.
    fn time(&self, deadline: Option<Instant>) -> Option<(Duration, Timeout)> {
        let attempt = self
            .overrides
            .attempt_timeout
            .or(self.settings.attempt_timeout);
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let (attempt, left) = (
            attempt.map(|time| (time, Timeout::Attempt)),
            left.map(|time| (time, Timeout::Total)),
        );
        attempt
            .into_iter()
            .chain(left)
            .min_by_key(|(time, _)| *time)
    }

    fn response(&self, response: http::Response<Body>) -> OpenResponse {
        let (head, body) = response.into_parts();
        let head = RawResponse::new(
            self.operation,
            head.status,
            head.headers,
            bytes::Bytes::new(),
        );
        let limit = self
            .overrides
            .max_response_size
            .unwrap_or(self.settings.max_response_size);
        let idle = self.overrides.idle_timeout.or(self.settings.idle_timeout);
        OpenResponse::new(head, body, limit, idle)
    }

    fn fault(&self, error: super::TransportError) -> Error {
        Error::transport(error.of(self.operation, 1))
    }
}

/// Puts the request together; nothing that is wrong with it leaves this function.
fn prepare(
    settings: &Settings,
    operation: &'static OperationInfo,
    parts: &Parts,
    overrides: &Overrides,
) -> Result<http::Request<()>, Error> {
    let refuse = |invalid: InvalidRequest| Error::InvalidRequest(Box::new(invalid.of(operation)));
    if let Some(invalid) = parts.invalid() {
        return Err(refuse(invalid.clone()));
    }
    let is_set = |name: &HeaderName| {
        parts.headers().contains_key(name) || settings.headers.contains_key(name)
    };
    let credentials = settings
        .credentials
        .choose(operation, is_set)
        .map_err(|missing| Error::MissingCredentials(Box::new(missing)))?;
    let mut cookies = Vec::from_iter(Some(parts.cookie_text()).filter(|text| !text.is_empty()));
    let mut query = Vec::new();
    let mut headers = settings.headers.clone();
    for credential in credentials {
        match credential {
            Credential::Header(name, value) => drop(headers.insert(name, value.clone())),
            Credential::Query(pair) => query.push(pair.0.clone()),
            Credential::Cookie(pair) => cookies.push(pair.0.clone()),
        }
    }
    let base = base(settings, operation, overrides).map_err(refuse)?;
    let url = request_url(&base, operation.path, parts, &query).map_err(refuse)?;
    let method = Method::from_bytes(operation.method.as_bytes())
        .map_err(|_| refuse(InvalidRequest::new("method", "is not a method of HTTP")))?;
    if let Ok(accept) = HeaderValue::from_str(operation.accept) {
        headers.insert(ACCEPT, accept);
    }
    set_cookies(&mut headers, &cookies).map_err(refuse)?;
    if let Some(content) = parts.content() {
        if !content.body.can_be_sent() {
            return Err(refuse(InvalidRequest::new(
                "body",
                "was there once and is sent",
            )));
        }
        headers.insert(CONTENT_TYPE, content.content_type.clone());
    }
    for (name, value) in parts.headers() {
        headers.insert(name, value.clone());
    }
    let mut request = http::Request::new(());
    *request.uri_mut() = Uri::try_from(url.as_str()).map_err(|error| {
        refuse(InvalidRequest::new(
            "address",
            format!("is not usable: {error}"),
        ))
    })?;
    *request.method_mut() = method;
    *request.headers_mut() = headers;
    request.extensions_mut().insert(operation);
    Ok(request)
}

/// The address that the path is added to: that of the request, of the caller, of the operation, of the API.
fn base(
    settings: &Settings,
    operation: &OperationInfo,
    overrides: &Overrides,
) -> Result<Url, InvalidRequest> {
    match (&overrides.base, operation.server) {
        (Some(base), _) => Ok(base.clone()),
        (None, Some(server)) if !settings.base_is_chosen => {
            let server = settings
                .base
                .join(server)
                .map(String::from)
                .unwrap_or_else(|_| server.to_owned());
            parse_base(&server)
                .map_err(|error| InvalidRequest::new("server", format!("is not usable: {error}")))
        }
        (None, _) => Ok(settings.base.clone()),
    }
}

fn set_cookies(headers: &mut HeaderMap, cookies: &[String]) -> Result<(), InvalidRequest> {
    if cookies.is_empty() {
        return Ok(());
    }
    let mut value = HeaderValue::from_str(&cookies.join("; "))
        .map_err(|_| InvalidRequest::new("cookies", "hold a character that no header can hold"))?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}
