//! From the parts of a call to the request that is sent.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};
use http::{Method, Uri};
use reqwest::Url;

use super::auth::Credential;
use super::request::Overrides;
use super::url::{parse_base, request_url};
use super::{Error, InvalidRequest, OperationInfo, Parts, Settings};

/// What the caller gave that cannot be sent.
pub(super) fn refusal(operation: &'static OperationInfo, invalid: InvalidRequest) -> Error {
    Error::InvalidRequest(Box::new(invalid.of(operation)))
}

/// Puts the request together; nothing that is wrong with it leaves this function.
pub(super) fn prepare(
    settings: &Settings,
    operation: &'static OperationInfo,
    parts: &Parts,
    base: &Url,
    credentials: Vec<Credential>,
) -> Result<http::Request<()>, Error> {
    let refuse = |invalid| refusal(operation, invalid);
    let mut cookies = Vec::from_iter(Some(parts.cookie_text()).filter(|text| !text.is_empty()));
    let mut query = Vec::new();
    let mut headers = settings.headers.clone();
    for credential in credentials {
        match credential {
            Credential::Header(name, value) => drop(headers.insert(name, value)),
            Credential::Query(pair) => query.push(pair.0),
            Credential::Cookie(pair) => cookies.push(pair.0),
        }
    }
    let url = request_url(base, operation.path, parts, &query).map_err(refuse)?;
    let method = Method::from_bytes(operation.method.as_bytes())
        .map_err(|_| refuse(InvalidRequest::new("method", "is not a method of HTTP")))?;
    let accept = HeaderValue::from_maybe_shared(Bytes::from_static(operation.accept.as_bytes()));
    if let Ok(accept) = accept {
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
    let uri = Uri::try_from(url.as_str()).map_err(|error| {
        refuse(InvalidRequest::new(
            "address",
            format!("is not usable: {error}"),
        ))
    })?;
    let mut request = http::Request::new(());
    *request.uri_mut() = uri.clone();
    *request.method_mut() = method;
    *request.headers_mut() = headers;
    request.extensions_mut().insert(operation);
    request.extensions_mut().insert(Address { url, uri });
    #[cfg(feature = "mock")]
    request
        .extensions_mut()
        .insert(super::mock::Schemes(settings.credentials.schemes));
    Ok(request)
}

/// The address of a request as it was put together, so that a transport need not read it again.
#[derive(Clone)]
pub(super) struct Address {
    url: Url,
    uri: Uri,
}

impl Address {
    /// Takes the address of a request, unless something on the way gave it another one.
    pub(super) fn take(head: &mut http::request::Parts) -> Option<Url> {
        let Self { url, uri } = head.extensions.remove()?;
        is_untouched(&head.uri, &uri).then_some(url)
    }
}

/// Whether these are one and the same text in memory, which needs no look at its bytes.
fn is_untouched(one: &Uri, other: &Uri) -> bool {
    let texts = |uri: &Uri| {
        let authority = uri
            .authority()
            .map(|authority| std::ptr::from_ref(authority.as_str()));
        let path = uri
            .path_and_query()
            .map(|path| std::ptr::from_ref(path.as_str()));
        (authority, path)
    };
    one.scheme() == other.scheme() && texts(one) == texts(other)
}

/// The address that the path is added to: that of the request, of the caller, of the operation, of the API.
pub(super) fn base(
    settings: &Settings,
    operation: &'static OperationInfo,
    overrides: &Overrides,
) -> Result<Url, Error> {
    let refuse = |error| InvalidRequest::new("server", format!("is not usable: {error}"));
    match (&overrides.base, operation.server) {
        (Some(base), _) => Ok(base.clone()),
        (None, Some(server)) if !settings.base_is_chosen => {
            let server = settings
                .base
                .join(server)
                .map(String::from)
                .unwrap_or_else(|_| server.to_owned());
            parse_base(&server).map_err(|error| refusal(operation, refuse(error)))
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn an_address_that_was_changed_on_the_way_counts() {
        let url = Url::parse("https://example.com/v1/books?limit=1").unwrap();
        let mut request = http::Request::new(());
        *request.uri_mut() = url.as_str().parse().unwrap();
        let uri = request.uri().clone();
        let (mut head, ()) = request.into_parts();
        head.extensions.insert(Address {
            url: url.clone(),
            uri: uri.clone(),
        });
        assert_eq!(Address::take(&mut head), Some(url.clone()));
        assert_eq!(Address::take(&mut head), None);
        for other in [
            "https://example.com/v1/books?limit=2",
            "https://other.example.com/v1/books?limit=1",
            "http://example.com/v1/books?limit=1",
        ] {
            head.extensions.insert(Address {
                url: url.clone(),
                uri: uri.clone(),
            });
            head.uri = other.parse().unwrap();
            assert_eq!(Address::take(&mut head), None, "{other}");
        }
    }
}
