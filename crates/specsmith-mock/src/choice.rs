//! Which of the documented responses is given, and in which media type.

use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use specsmith_ir::{Content, Operation, Response, Status};
use specsmith_runtime::server::{Problem, preferred};

/// The response, and the status that it has: the one that is asked for, else the first success.
pub(crate) fn response(operation: &Operation, code: Option<u16>) -> Result<(u16, Option<&Response>), Problem> {
    let Some(code) = code else {
        return Ok(first_success(operation));
    };
    let class = u8::try_from(code / 100).unwrap_or_default();
    let of = |status: Status| operation.responses.iter().find(|response| response.status == status);
    let found = of(Status::Code(code))
        .or_else(|| of(Status::Class(class)))
        .or_else(|| of(Status::Default));
    match found {
        Some(response) => Ok((code, Some(response))),
        None => {
            let known = operation.responses.iter().map(|response| response.status.to_string());
            let known = known.collect::<Vec<_>>().join(", ");
            let detail = format!("the document has no response {code} for this operation; it has {known}");
            Err(Problem::bad_request().with_detail(detail))
        }
    }
}

/// Of what the document has: a code of success, all of success, the default, a redirect, anything; `204` where it has
/// nothing.
fn first_success(operation: &Operation) -> (u16, Option<&Response>) {
    let rank = |response: &&Response| match response.status {
        Status::Code(code) if (200..300).contains(&code) => 0,
        Status::Class(2) => 1,
        Status::Default => 2,
        Status::Code(code) if (300..400).contains(&code) => 3,
        Status::Class(3) => 4,
        Status::Code(_) | Status::Class(_) => 5,
    };
    let Some(response) = operation.responses.iter().min_by_key(rank) else {
        return (204, None);
    };
    let code = match response.status {
        Status::Code(code) => code,
        Status::Class(class) => u16::from(class) * 100,
        Status::Default => 200,
    };
    (code, Some(response))
}

/// Whether responses of a status have a body.
pub(crate) fn has_body(status: StatusCode) -> bool {
    !matches!(
        status,
        StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED
    )
}

/// The content that the client likes best, with the media type that it has; `None` where the response has no body.
///
/// An error is answered in whatever form it is documented, also to those who accept only that of a success.
pub(crate) fn content<'r>(
    response: &'r Response,
    status: u16,
    headers: &HeaderMap,
) -> Result<Option<(&'r Content, String)>, Problem> {
    let media_types: Vec<&str> = response
        .content
        .iter()
        .map(|content| content.media_type.as_str())
        .collect();
    if media_types.is_empty() {
        return Ok(None);
    }
    let index = match preferred(headers, &media_types) {
        Some(index) => index,
        None if status >= 400 => 0,
        None => return Err(Problem::new(StatusCode::NOT_ACCEPTABLE)),
    };
    let content = response.content.get(index);
    Ok(content.map(|content| (content, concrete(content, headers))))
}

/// The media type of a body; of a range, what the client asks for in it, else a usual one.
fn concrete(content: &Content, headers: &HeaderMap) -> String {
    let media_type = &content.media_type;
    if !media_type.is_range() {
        return media_type.as_str().to_owned();
    }
    let main = media_type.essence().trim_end_matches('*');
    let lines = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges = lines.flat_map(|line| line.split(',')).map(|range| {
        let essence = range.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    });
    let is_inside = |range: &String| !range.contains('*') && (main == "*/" || range.starts_with(main));
    if let Some(asked) = ranges.into_iter().find(is_inside) {
        return asked;
    }
    let usual = match (main, content.ty) {
        ("image/", _) => "image/png",
        ("audio/", _) => "audio/mpeg",
        ("video/", _) => "video/mp4",
        ("text/", _) => "text/plain",
        ("*/" | "application/", Some(_)) => "application/json",
        _ => "application/octet-stream",
    };
    usual.to_owned()
}
