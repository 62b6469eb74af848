//! Calls with curl, complete and safe to paste.

use specsmith_ir::{Content, MediaType, Operation, ParameterIn, SecuritySchemeKind, Server, Shape, Value};

use super::shell::{quoted, with_variable};
use super::wire::{self, Escape};
use super::{ANY_SERVER, arguments, default_server};
use crate::context::Context;
use crate::escape::fence;
use crate::example::{self, Direction};
use crate::json;

/// A call of an operation with curl.
pub(crate) fn curl(cx: &Context<'_>, operation: &Operation) -> String {
    let mut command = Command {
        cx,
        query: Vec::new(),
        cookies: Vec::new(),
        options: Vec::new(),
    };
    let arguments = arguments(cx, operation).unwrap_or_default();
    for (name, value) in &operation.path.query {
        let (name, value) = (wire::encoded(name, Escape::All), wire::encoded(value, Escape::All));
        command.query.push(if value.is_empty() {
            name
        } else {
            format!("{name}={value}")
        });
    }
    command.credentials(operation);
    command.arguments(&arguments);
    command.body(operation);
    command.finish(operation, &wire::path(&operation.path, &arguments))
}

struct Command<'c, 'a> {
    cx: &'c Context<'a>,
    query: Vec<String>,
    cookies: Vec<String>,
    /// Options with their values as words of the shell.
    options: Vec<String>,
}

impl Command<'_, '_> {
    fn arguments(&mut self, arguments: &[(&specsmith_ir::Parameter, Value)]) {
        for (parameter, value) in arguments {
            match parameter.place {
                ParameterIn::Path => {}
                ParameterIn::Query => {
                    let pairs = wire::pairs(parameter, value, Escape::All);
                    self.query
                        .extend(pairs.into_iter().map(|(name, value)| format!("{name}={value}")));
                }
                ParameterIn::Querystring => match value {
                    Value::String(text) => self.query.push(wire::encoded(text, Escape::KeepReserved)),
                    value => {
                        let pairs = wire::form(value);
                        self.query
                            .extend(pairs.into_iter().map(|(name, value)| format!("{name}={value}")));
                    }
                },
                ParameterIn::Header if is_token(&parameter.name) => {
                    let value = wire::header(parameter, value);
                    self.options
                        .push(format!("-H {}", quoted(&format!("{}: {value}", parameter.name))));
                }
                ParameterIn::Header => {}
                ParameterIn::Cookie => {
                    let pairs = wire::pairs(parameter, value, Escape::All);
                    self.cookies
                        .extend(pairs.into_iter().map(|(name, value)| format!("{name}={value}")));
                }
            }
        }
    }

    /// The credentials of the first way to be allowed.
    fn credentials(&mut self, operation: &Operation) {
        let way = operation.security.iter().find(|way| !way.schemes.is_empty());
        for required in way.into_iter().flat_map(|way| &way.schemes) {
            let Some(scheme) = self.cx.api.security_scheme(required.scheme) else {
                continue;
            };
            let variable = self.variable(required.scheme);
            let option = match &scheme.kind {
                SecuritySchemeKind::ApiKey { place, name } => match place {
                    ParameterIn::Query | ParameterIn::Querystring => {
                        let name = wire::encoded(name, Escape::All);
                        format!("--url-query {}", with_variable(&format!("{name}="), &variable))
                    }
                    ParameterIn::Cookie => {
                        let name = wire::encoded(name, Escape::All);
                        format!("-b {}", with_variable(&format!("{name}="), &variable))
                    }
                    ParameterIn::Header | ParameterIn::Path if is_token(name) => {
                        format!("-H {}", with_variable(&format!("{name}: "), &variable))
                    }
                    ParameterIn::Header | ParameterIn::Path => continue,
                },
                SecuritySchemeKind::Basic => "-u \"$USERNAME:$PASSWORD\"".to_owned(),
                SecuritySchemeKind::Bearer { .. }
                | SecuritySchemeKind::OAuth2 { .. }
                | SecuritySchemeKind::OpenIdConnect { .. } => {
                    format!("-H {}", with_variable("Authorization: Bearer ", &variable))
                }
                SecuritySchemeKind::Http { scheme } => {
                    format!("-H {}", with_variable(&format!("Authorization: {scheme} "), &variable))
                }
                SecuritySchemeKind::MutualTls => "--cert client.pem".to_owned(),
                SecuritySchemeKind::Unknown => continue,
            };
            self.options.push(option);
        }
    }

    /// The variable of the environment that holds a credential.
    fn variable(&self, id: specsmith_ir::SchemeId) -> String {
        let scheme = self.cx.model.schemes.iter().find(|scheme| scheme.source == id);
        let name = scheme.map_or("", |scheme| scheme.method.unraw()).to_uppercase();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        match name.as_str() {
            "" | "BEARER" => "TOKEN".to_owned(),
            name if name.chars().all(is_name) && !name.starts_with(|c: char| c.is_ascii_digit()) => name.to_owned(),
            _ => "CREDENTIAL".to_owned(),
        }
    }

    fn body(&mut self, operation: &Operation) {
        let Some(body) = &operation.request_body else { return };
        let Some(content) = preferred(self.cx, operation).or(body.content.first()) else {
            return;
        };
        let media_type = &content.media_type;
        let value = example::body(self.cx, content, Direction::Request);
        if media_type.is_multipart() {
            self.multipart(content, value.as_ref());
        } else if media_type.is_form() {
            let pairs = value.as_ref().map(wire::form).unwrap_or_default();
            let pairs: Vec<String> = pairs
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            self.options.push(format!("--data-raw {}", quoted(&pairs.join("&"))));
        } else if media_type.is_json() || (media_type.is_range() && is_structured(value.as_ref())) {
            let sent = if media_type.is_range() {
                "application/json"
            } else {
                media_type.as_str()
            };
            self.content_type(sent);
            let text = value.as_ref().map_or_else(|| "{}".to_owned(), json::pretty);
            self.options.push(format!("--data-raw {}", quoted(&text)));
        } else {
            self.raw(media_type, value.as_ref(), content);
        }
    }

    fn content_type(&mut self, media_type: &str) {
        self.options
            .push(format!("-H {}", quoted(&format!("Content-Type: {media_type}"))));
    }

    /// A body that is text or a file.
    fn raw(&mut self, media_type: &MediaType, value: Option<&Value>, content: &Content) {
        let is_text = media_type.is_text()
            || media_type.is_xml()
            || media_type.is_event_stream()
            || media_type.is_json_sequence();
        let documented = content
            .examples
            .iter()
            .find_map(|example| example.value.as_ref())
            .and_then(Value::as_str);
        let sent = match media_type.essence() {
            "*/*" | "application/*" => "application/octet-stream",
            "text/*" => "text/plain",
            "image/*" => "image/png",
            "audio/*" => "audio/mpeg",
            "video/*" => "video/mp4",
            _ => media_type.as_str(),
        };
        self.content_type(sent);
        let text = documented.or(value.and_then(Value::as_str)).filter(|_| is_text);
        match text {
            Some(text) => {
                let text: String = text
                    .replace('\t', "    ")
                    .chars()
                    .filter(|c| *c == '\n' || !json::is_invisible(*c))
                    .collect();
                self.options.push(format!("--data-raw {}", quoted(&text)));
            }
            None => self.options.push("--data-binary @body.bin".to_owned()),
        }
    }

    fn multipart(&mut self, content: &Content, value: Option<&Value>) {
        let members = match value {
            Some(Value::Object(members)) => members.as_slice(),
            _ => &[],
        };
        for (name, value) in members {
            let name: String = name
                .chars()
                .filter(|c| !c.is_control() && !matches!(c, '=' | '"' | ';'))
                .collect();
            for part in super::rust::parts(self.cx, content, &name, value) {
                self.options.push(match part {
                    super::rust::Part::File(file) => format!("-F {}", quoted(&format!("{name}=@{file}"))),
                    super::rust::Part::Text(text) => {
                        let text: String = text.chars().filter(|c| !json::is_invisible(*c)).collect();
                        format!("--form-string {}", quoted(&format!("{name}={text}")))
                    }
                    super::rust::Part::Json(value) => {
                        let text = json::compact(value).replace('\\', "\\\\").replace('"', "\\\"");
                        format!("-F {}", quoted(&format!("{name}=\"{text}\";type=application/json")))
                    }
                });
            }
        }
    }

    fn finish(mut self, operation: &Operation, path: &str) -> String {
        if !self.cookies.is_empty() {
            self.options.push(format!("-b {}", quoted(&self.cookies.join("; "))));
        }
        let query = if self.query.is_empty() {
            String::new()
        } else {
            format!("?{}", self.query.join("&"))
        };
        let url = format!("{}{path}{query}", base(self.cx, operation));
        let method = operation.method.as_str();
        let method = match method {
            "GET" if operation.request_body.is_none() => String::new(),
            "HEAD" => "-I ".to_owned(),
            method if method.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
                format!("-X {method} ")
            }
            method => format!("-X {} ", quoted(method)),
        };
        let mut command = format!("curl {method}{}", quoted(&url));
        for option in &self.options {
            command.push_str(" \\\n  ");
            command.push_str(option);
        }
        fence("sh", &command)
    }
}

/// The content that the client sends, which samples show.
fn preferred<'a>(cx: &Context<'_>, operation: &'a Operation) -> Option<&'a Content> {
    let mut all = cx.model.operations();
    let (_, model) = all.find(|(_, model)| {
        cx.api
            .operation(model.source)
            .is_some_and(|source| std::ptr::eq(source, operation))
    })?;
    let wanted = &model.body.as_ref()?.media_type;
    let contents = &operation.request_body.as_ref()?.content;
    contents
        .iter()
        .find(|content| content.media_type.essence() == wanted.essence())
}

fn is_structured(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Object(_) | Value::Array(_)))
}

/// The address that the path is added to.
fn base(cx: &Context<'_>, operation: &Operation) -> String {
    let servers = if operation.servers.is_empty() {
        &cx.api.servers
    } else {
        &operation.servers
    };
    let base = default_server(servers).unwrap_or_else(|| {
        let relative = servers.first().map(Server::address).unwrap_or_default();
        let relative = relative.trim_start_matches('/');
        match relative.contains("://") || relative.is_empty() {
            true => ANY_SERVER.to_owned(),
            false => format!("{ANY_SERVER}/{relative}"),
        }
    });
    let base = wire::encoded(base.trim_end_matches('/'), Escape::KeepReserved);
    base.replace("%25", "%")
}

/// Whether text is a token of RFC 9110, which names of headers are.
fn is_token(text: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_token)
}

/// Whether a member of a multipart body is a file.
pub(super) fn is_file(cx: &Context<'_>, content: &Content, name: &str) -> bool {
    let Some(object) = content.ty.and_then(|ty| cx.object(ty)) else {
        return false;
    };
    let Some(field) = object.fields.iter().find(|field| field.name == name) else {
        return false;
    };
    let mut ty = cx.resolve(field.ty);
    if let Shape::Array(array) = &cx.ty(ty).shape {
        ty = cx.resolve(array.items);
    }
    match &cx.ty(ty).shape {
        Shape::String(limits) => {
            limits.format.as_deref() == Some("binary")
                || (limits.content_media_type.is_some() && limits.content_encoding.is_none())
        }
        _ => false,
    }
}
