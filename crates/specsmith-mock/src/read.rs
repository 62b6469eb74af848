//! Requests, read and checked: parameters in their styles, and bodies by their media type.

use serde_json::{Map, Value};
use specsmith_ir::{Content, MediaType, Presence, Shape, TypeId};
use specsmith_runtime::server::{Fault, FaultKind, Request, Sent, SentBody};
use specsmith_values::{Checker, OneOf, Violation};

use crate::describe::Described;
use crate::mock::Service;
use crate::typed::Reader;
use crate::{json, multipart};

impl Service {
    /// Tells what is wrong with what was sent.
    pub(crate) fn checker(&self) -> Checker<'_> {
        Checker::new(&self.api, &self.patterns, OneOf::First)
    }

    pub(crate) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.api, self.checker())
    }
}

/// Checks all parameters; what is wrong is noted.
pub(crate) fn parameters(service: &Service, described: &Described, request: &mut Request) {
    let Some(operation) = service.api.operation(described.operation) else {
        return;
    };
    for (parameter, description) in operation.parameters.iter().zip(&described.parameters) {
        let sent = match request.sent(*description) {
            Ok(Some(sent)) => sent,
            Ok(None) if parameter.presence == Presence::Required => {
                request.refuse(*description, &FaultKind::Missing.into());
                continue;
            }
            Ok(None) | Err(_) => continue,
        };
        let value = match description.is_json() {
            true => sent.scalar().and_then(|text| json::read(text.as_bytes())),
            false => service.reader().read(parameter.ty, &sent),
        };
        match value {
            Ok(value) => {
                for Violation { pointer, code, detail } in service.checker().violations(parameter.ty, &value) {
                    request.refuse_value(*description, pointer, code, detail);
                }
            }
            Err(fault) => drop(request.refuse(*description, &fault)),
        }
    }
}

/// Checks the body; what is wrong is noted.
pub(crate) async fn body(service: &Service, described: &Described, request: &mut Request) {
    let operation = service.api.operation(described.operation);
    let Some(body) = operation.and_then(|operation| operation.request_body.as_ref()) else {
        return;
    };
    let accepted: Vec<&str> = body.content.iter().map(|content| content.media_type.as_str()).collect();
    let Ok(sent) = request.sent_body(&accepted).await else {
        return;
    };
    let found = sent
        .as_ref()
        .and_then(|sent| Some((sent, body.content.get(sent.accepted)?)));
    match found {
        // Nothing is not JSON, but it is a binary.
        Some((sent, content)) if !sent.bytes.is_empty() || is_opaque(&content.media_type) => {
            let styled = described
                .styled
                .get(sent.accepted)
                .map(Vec::as_slice)
                .unwrap_or_default();
            read_body(service, request, content, sent, styled).await;
        }
        _ if body.required => drop(request.lacks_body()),
        _ => {}
    }
}

/// Whether any bytes are a body, also none.
fn is_opaque(media_type: &MediaType) -> bool {
    !(media_type.is_json() || media_type.is_multipart() || media_type.is_xml() || media_type.is_json_sequence())
}

async fn read_body(
    service: &Service,
    request: &mut Request,
    content: &Content,
    sent: &SentBody,
    styled: &[specsmith_runtime::server::parameter::Parameter],
) {
    let media_type = &content.media_type;
    let text = || std::str::from_utf8(&sent.bytes).map_err(|_| Fault::new(FaultKind::Encoding));
    if media_type.is_json_sequence() {
        return lines(service, request, content, sent);
    }
    let Some(ty) = content.ty else {
        // Whatever it is, it has to be what it says.
        if media_type.is_json() && json::read(&sent.bytes).is_err() {
            request.malformed_body("syntax", "must be JSON");
        }
        return;
    };
    let value = if media_type.is_json() {
        match json::read(&sent.bytes) {
            Err(fault) if fault == Fault::new(FaultKind::Syntax) => {
                request.malformed_body("syntax", "must be JSON");
                return;
            }
            value => value,
        }
    } else if media_type.is_form() {
        let form = text().and_then(|text| Sent::form(text, styled));
        form.and_then(|form| service.reader().read(ty, &form))
    } else if media_type.is_multipart() {
        match sent.parts().await {
            Ok(parts) => multipart::value(service, ty, content, &parts),
            Err(problem) => return request.refuse_all(problem),
        }
    } else if media_type.is_text() && is_text(service, ty) {
        text().map(Value::from)
    } else {
        // XML and binaries are taken as they are.
        return;
    };
    note(service, request, ty, value, "");
}

fn is_text(service: &Service, ty: TypeId) -> bool {
    let types = &service.api.types;
    matches!(
        types[types.resolve(ty)].shape,
        Shape::String(_) | Shape::Enum(_) | Shape::Const(_)
    )
}

/// Lines of JSON, or texts that each begin with a record separator.
fn lines(service: &Service, request: &mut Request, content: &Content, sent: &SentBody) {
    let Some(item) = content.item else { return };
    let lines = sent.bytes.split(|byte| matches!(byte, b'\n' | 0x1E));
    let lines = lines.map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    for (index, line) in lines.enumerate() {
        note(service, request, item, json::read(line), &format!("/{index}"));
    }
}

/// Notes what is wrong with a value of a body.
fn note(service: &Service, request: &mut Request, ty: TypeId, value: Result<Value, Fault>, at: &str) {
    match value {
        Ok(value) => {
            for Violation { pointer, code, detail } in service.checker().violations(ty, &value) {
                request.refuse_body_value(format!("{at}{pointer}"), code, detail);
            }
        }
        Err(fault) => drop(request.refuse_body(at, &fault)),
    }
}

/// An object of members.
pub(crate) fn object(members: Vec<(String, Value)>) -> Value {
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}
