//! A page on which people read the document and try its operations: Swagger UI, without any other server.

use axum::body::{Body, Bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"#;

const START: &str = "\
SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  oauth2RedirectUrl: new URL('docs/oauth2-redirect.html', window.location.href).href,
});
";

/// The files of Swagger UI that the page needs, and what they are.
const FILES: &[(&str, &str)] = &[
    ("favicon-32x32.png", "image/png"),
    ("oauth2-redirect.html", "text/html; charset=utf-8"),
    ("oauth2-redirect.js", "text/javascript; charset=utf-8"),
    ("swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
    ("swagger-ui.css", "text/css; charset=utf-8"),
];

/// A router that serves Swagger UI as `/docs`; it reads the document from `openapi.json` beside it.
pub fn docs_ui() -> axum::Router {
    let page = file(PAGE.into(), "text/html; charset=utf-8", None);
    let start = file(START.into(), "text/javascript; charset=utf-8", None);
    let router = axum::Router::new()
        .route("/docs", page)
        .route("/docs/start.js", start);
    FILES.iter().fold(router, |router, (name, media_type)| {
        match entry(SWAGGER_UI_VENDORED, &format!("/dist/{name}")) {
            Some((bytes, encoding)) => {
                router.route(&format!("/docs/{name}"), file(bytes, media_type, encoding))
            }
            None => router,
        }
    })
}

fn file(bytes: Bytes, media_type: &'static str, encoding: Option<&'static str>) -> MethodRouter {
    // What the document says is shown as text; nothing but these files is run.
    const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; \
        connect-src *; frame-ancestors 'none'";
    let headers: [(HeaderName, &'static str); 4] = [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, "public, max-age=3600"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    get(async move || {
        let mut response = Response::new(Body::from(bytes));
        let encoding = encoding.map(|encoding| (CONTENT_ENCODING, encoding));
        for (name, value) in headers.into_iter().chain(encoding) {
            let value = HeaderValue::from_static(value);
            response.headers_mut().insert(name, value);
        }
        response
    })
}

/// A file of an archive as it is sent: what is compressed there is compressed for gzip, too.
fn entry(archive: &'static [u8], path: &str) -> Option<(Bytes, Option<&'static str>)> {
    let end = archive
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")?;
    let mut at = number(archive, end + 16, 4)?;
    loop {
        let header = archive.get(at..at + 46)?;
        if !header.starts_with(b"PK\x01\x02") {
            return None;
        }
        let name_length = number(header, 28, 2)?;
        let name = archive.get(at + 46..at + 46 + name_length)?;
        if name.ends_with(path.as_bytes()) {
            return content(archive, header);
        }
        at += 46 + name_length + number(header, 30, 2)? + number(header, 32, 2)?;
    }
}

/// The content of a file by its header in the directory of the archive.
fn content(archive: &'static [u8], header: &'static [u8]) -> Option<(Bytes, Option<&'static str>)> {
    let local = number(header, 42, 4)?;
    let start = local + 30 + number(archive, local + 26, 2)? + number(archive, local + 28, 2)?;
    let data = archive.get(start..start + number(header, 20, 4)?)?;
    match number(header, 10, 2)? {
        0 => Some((Bytes::from_static(data), None)),
        8 => {
            let mut gzip = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
            gzip.extend_from_slice(data);
            gzip.extend_from_slice(header.get(16..20)?);
            gzip.extend_from_slice(header.get(24..28)?);
            Some((gzip.into(), Some("gzip")))
        }
        _ => None,
    }
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + length)?;
    Some(
        bytes
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | usize::from(*byte)),
    )
}
