//! Addresses: the base address of the API, and paths put together from their templates.

use reqwest::Url;

use super::{BuildError, InvalidRequest, Parts};

/// Reads the base address of an API: `http` or `https`, without user, query or fragment.
pub(super) fn parse_base(text: &str) -> Result<Url, BuildError> {
    let refuse = |reason: &str| {
        let server = text.split(['?', '#']).next().unwrap_or_default();
        BuildError::InvalidServer {
            server: server.to_owned(),
            reason: reason.to_owned(),
        }
    };
    let url = Url::parse(text).map_err(|error| refuse(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        // The text is not repeated: what looks like another scheme can be a user and a password.
        return Err(BuildError::InvalidServer {
            server: format!("{}:", url.scheme()),
            reason: "only `http` and `https` are supported".to_owned(),
        });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BuildError::InvalidServer {
            server: url.host_str().unwrap_or_default().to_owned(),
            reason: "credentials do not belong into the address".to_owned(),
        });
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("it has a query or a fragment"));
    }
    Ok(url)
}

/// The address of a request: the path of `base`, then the template with its values, then the query.
///
/// In the template, text is percent-encoded already, `{name}` stands for a value, and a `?` begins pairs that belong
/// to the path.
pub(super) fn request_url(
    base: &Url,
    template: &str,
    parts: &Parts,
    extra: &[String],
) -> Result<Url, InvalidRequest> {
    if let Some(address) = parts.address() {
        return Ok(with_extra(address, extra));
    }
    let (path, fixed) = template.split_once('?').unwrap_or((template, ""));
    let path = expand(base.path().trim_end_matches('/'), path, parts)?;
    let mut url = base.clone();
    url.set_path(&path);
    let mut query = fixed.to_owned();
    let pairs = parts.query_pairs().chain(extra.iter().map(String::as_str));
    for pairs in pairs.filter(|pairs| !pairs.is_empty()) {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(pairs);
    }
    if !query.is_empty() {
        url.set_query(Some(&query));
    }
    Ok(url)
}

/// An address with these pairs in place of its own of the same names.
fn with_extra(address: &Url, extra: &[String]) -> Url {
    let mut url = address.clone();
    let name = |pair: &str| pair.split('=').next().map(str::to_owned);
    let replaced = Vec::from_iter(extra.iter().map(|pair| name(pair)));
    let own = url.query().unwrap_or_default().split('&');
    let own = own.filter(|pair| !pair.is_empty() && !replaced.contains(&name(pair)));
    let query = Vec::from_iter(own.chain(extra.iter().map(String::as_str))).join("&");
    url.set_query((!query.is_empty()).then_some(&query));
    url
}

/// Puts the values into a path, behind that of the base, and refuses segments that an address would swallow.
fn expand(base: &str, template: &str, parts: &Parts) -> Result<String, InvalidRequest> {
    const ROOM_FOR_VALUES: usize = 32;
    let mut path = String::with_capacity(base.len() + template.len() + ROOM_FOR_VALUES);
    path.push_str(base);
    let (mut rest, mut has_values) = (template, false);
    while let Some((literal, tail)) = rest.split_once('{') {
        let (name, tail) = tail.split_once('}').unwrap_or((tail, ""));
        let value = parts
            .path_value(name)
            .ok_or_else(|| InvalidRequest::new(format!("path parameter `{name}`"), "is missing"))?;
        path.push_str(literal);
        path.push_str(value);
        (rest, has_values) = (tail, true);
    }
    path.push_str(rest);
    // `Url` resolves these even where the dots are percent-encoded, so the request would go to another path.
    if has_values && path.as_bytes().split(|byte| *byte == b'/').any(is_dots) {
        return Err(InvalidRequest::new(
            "path",
            "has a segment `.` or `..` once its values are filled in",
        ));
    }
    Ok(path)
}

/// Whether a segment is one dot or two, percent-encoded or not.
fn is_dots(segment: &[u8]) -> bool {
    let mut rest = segment;
    let mut dots = 0;
    while let [b'.', after @ ..] | [b'%', b'2', b'E' | b'e', after @ ..] = rest {
        rest = after;
        dots += 1;
    }
    rest.is_empty() && (1..=2).contains(&dots)
}
