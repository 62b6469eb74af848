//! The one function that sends requests, whatever their operation.

use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use super::auth::Credential;
use super::request::Overrides;
use super::url::{parse_base, request_url};
use super::{
    BodyTooLarge, Client, Error, InvalidRequest, OperationInfo, Parts, RawResponse, Settings,
};

/// Sends a request and reads the response to its end.
pub(super) async fn send(
    client: Client,
    operation: &'static OperationInfo,
    parts: Parts,
    overrides: Overrides,
) -> Result<RawResponse, Error> {
    let settings = &*client.0;
    let limit = overrides
        .max_response_size
        .unwrap_or(settings.max_response_size);
    let request = prepare(settings, operation, parts, &overrides)?;
    let response = settings.http.execute(request).await;
    let mut response = response.map_err(|error| Error::transport(operation, error))?;
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| Error::transport(operation, error))?
    {
        if chunk.len() > limit.saturating_sub(body.len()) {
            return Err(Error::BodyTooLarge(BodyTooLarge { operation, limit }));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(RawResponse::new(operation, status, headers, body.into()))
}

/// Puts the request together; nothing that is wrong with it leaves this function.
fn prepare(
    settings: &Settings,
    operation: &'static OperationInfo,
    mut parts: Parts,
    overrides: &Overrides,
) -> Result<reqwest::Request, Error> {
    let refuse = |invalid: InvalidRequest| Error::InvalidRequest(Box::new(invalid.of(operation)));
    if let Some(invalid) = parts.take_invalid() {
        return Err(refuse(*invalid));
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
    let url = request_url(&base, operation.path, &parts, &query).map_err(refuse)?;
    let method = Method::from_bytes(operation.method.as_bytes())
        .map_err(|_| refuse(InvalidRequest::new("method", "is not a method of HTTP")))?;
    if let Ok(accept) = HeaderValue::from_str(operation.accept) {
        headers.insert(ACCEPT, accept);
    }
    set_cookies(&mut headers, &cookies).map_err(refuse)?;
    let mut request = reqwest::Request::new(method, url);
    if let Some(body) = parts.take_body() {
        headers.insert(CONTENT_TYPE, body.content_type);
        *request.body_mut() = Some(body.bytes.into());
    }
    headers.extend(parts.take_headers());
    *request.headers_mut() = headers;
    *request.timeout_mut() = overrides.timeout.or(settings.timeout);
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
