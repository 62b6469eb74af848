//! Bodies, written by their media type.

use serde_json::Value;
use specsmith_ir::{Content, MediaType};
use specsmith_runtime::server::Problem;

use crate::answer::{Chosen, Maker};
use crate::mock::Service;
use crate::{events, header, xml};

/// How many items a stream has.
const ITEMS: u64 = 3;
/// What stands between the parts of a multipart body.
const BOUNDARY: &str = "specsmith-mock";
/// A picture of one transparent pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\0\x01\0\0\x05\0\x01\r\n-\xb4\0\0\0\0IEND\xaeB`\x82";

/// A body.
pub(crate) struct Written {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: String,
    /// Why an example of the document was passed over.
    pub(crate) note: Option<String>,
}

/// Writes a body of this media type.
pub(crate) fn write(
    service: &Service,
    content: &Content,
    media_type: &str,
    maker: &mut Maker<'_>,
) -> Result<Written, Problem> {
    let kind = MediaType::new(media_type).ok_or_else(Problem::internal)?;
    let written = |bytes: Vec<u8>| Written {
        bytes,
        media_type: media_type.to_owned(),
        note: None,
    };
    if kind.is_event_stream() {
        return Ok(written(events::write(service, content, maker, ITEMS)?.into_bytes()));
    }
    if kind.is_json_sequence()
        && let Some(item) = content.item
    {
        let mut text = String::new();
        for index in 0..ITEMS {
            if kind.essence() == "application/json-seq" {
                text.push('\u{1E}');
            }
            text.push_str(&maker.part(item, index)?.to_string());
            text.push('\n');
        }
        return Ok(written(text.into_bytes()));
    }
    let Some(Chosen { value, note }) = maker.body(content)? else {
        return Ok(written(filler(&kind)));
    };
    let mut written = written(Vec::new());
    written.note = note;
    written.bytes = if kind.is_xml() {
        match value {
            Value::String(text) if text.trim_start().starts_with('<') => text.into_bytes(),
            value => xml::write(&service.api, content, &value)?.into_bytes(),
        }
    } else if kind.is_form() {
        header::form(&value).into_bytes()
    } else if kind.is_multipart() {
        written.media_type = format!("{}; boundary={BOUNDARY}", kind.essence());
        multipart(&value)
    } else if kind.is_json() {
        value.to_string().into_bytes()
    } else {
        match value {
            Value::String(_) if is_binary(&kind) && content.examples.is_empty() => filler(&kind),
            Value::String(text) => text.into_bytes(),
            value => value.to_string().into_bytes(),
        }
    };
    Ok(written)
}

/// Whether bodies are not text.
fn is_binary(media_type: &MediaType) -> bool {
    let essence = media_type.essence();
    let mains = ["image/", "audio/", "video/", "font/"];
    let is_text = media_type.is_text() || media_type.is_json() || media_type.is_xml() || media_type.is_yaml();
    (mains.iter().any(|main| essence.starts_with(main)) && !is_text)
        || matches!(
            essence,
            "application/octet-stream" | "application/pdf" | "application/zip" | "application/gzip"
        )
}

/// A small body of a media type of which nothing is known.
fn filler(media_type: &MediaType) -> Vec<u8> {
    match media_type {
        json if json.is_json() => b"{}".to_vec(),
        xml if xml.is_xml() => b"<mock/>".to_vec(),
        png if png.essence() == "image/png" => PNG.to_vec(),
        _ => b"mock\n".to_vec(),
    }
}

/// A part for each member of an object.
fn multipart(value: &Value) -> Vec<u8> {
    let mut text = String::new();
    for (name, member) in value.as_object().into_iter().flatten() {
        let name = name.replace('"', "%22").replace(['\r', '\n'], " ");
        let (content_type, member) = match member {
            Value::String(text) => ("text/plain; charset=utf-8", text.clone()),
            value => ("application/json", value.to_string()),
        };
        text.push_str(&format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {content_type}\r\n\r\n{member}\r\n"
        ));
    }
    text.push_str(&format!("--{BOUNDARY}--\r\n"));
    text.into_bytes()
}
