//! Calls with the generated client.

use specsmith_ir::{Content, Operation as Source, Value};
use specsmith_rust::model::{Body, BodyKind, Group, MultipartForm, Operation, PartKind, RustType, StreamKind};
use specsmith_rust::{Dates, Model, types};

use super::arguments;
use super::curl::is_file;
use super::expr::{Expr, literal};
use super::value::{Builder, json};
use crate::context::Context;
use crate::escape::fence;
use crate::example::{self, Direction};
use crate::json as json_text;

/// The width of a line.
const WIDTH: usize = 100;

/// A call of an operation with the client, with this body of it; `None` where no value is known for something that must
/// be sent.
pub(crate) fn rust(
    cx: &Context<'_>,
    group: &Group,
    operation: &Operation,
    source: &Source,
    body: Option<&Body>,
) -> Option<String> {
    let mut builder = Builder::new(cx);
    let values = arguments(cx, source)?;
    let mut call = Vec::new();
    let mut setters = Vec::new();
    for parameter in &operation.parameters {
        let value = values
            .iter()
            .find(|(of, _)| of.name == parameter.wire && of.place == parameter.place);
        let Some((_, value)) = value else {
            if parameter.required {
                return None;
            }
            continue;
        };
        let before = builder.clone();
        match argument(&mut builder, &parameter.ty, value, parameter.name.as_str()) {
            Some(expr) if parameter.required => call.push(expr),
            Some(expr) => setters.push(Expr::call(format!(".{}", parameter.name), vec![expr])),
            None if parameter.required => return None,
            None => builder = before,
        }
    }
    let mut method = &operation.method;
    if let Some(body) = body {
        let sent = sent_body(&mut builder, body, source);
        match sent {
            Some(arguments) if body.required => {
                method = &body.method;
                call.extend(arguments);
            }
            Some(arguments) => setters.push(Expr::call(format!(".{}", body.method), arguments)),
            None if body.required => return None,
            None => {}
        }
    }
    let mut chain = vec![
        Expr::call(format!(".{}", group.accessor), Vec::new()),
        Expr::call(format!(".{method}"), call),
    ];
    chain.extend(setters);
    Some(fence("rust", &text(&builder, &statement(cx.model, operation, &chain))))
}

/// The call itself.
fn statement(model: &Model, operation: &Operation, chain: &[Expr]) -> String {
    let target = match operation.responses.streams.awaited {
        Some(StreamKind::Events) => "let mut events = ",
        Some(StreamKind::Records) => "let mut records = ",
        None if model.returns_nothing(operation) => "",
        None => "let response = ",
    };
    let one_line = format!(
        "{target}client{}.await?;",
        chain.iter().map(|link| link.print(0, 0)).collect::<String>()
    );
    if one_line.len() <= WIDTH && !one_line.contains('\n') {
        return one_line;
    }
    let links: Vec<String> = chain.iter().map(|link| format!("    {}\n", link.print(4, 5))).collect();
    format!("{target}client\n{}    .await?;", links.concat())
}

/// Imports, statements and the call.
fn text(builder: &Builder<'_, '_>, call: &str) -> String {
    let client = &builder.cx.client;
    let mut uses: Vec<String> = builder.imports.iter().map(|path| format!("use {path};")).collect();
    let types: Vec<&str> = builder.types.iter().map(String::as_str).collect();
    match types.as_slice() {
        [] => {}
        [ty] => uses.push(format!("use {client}::types::{ty};")),
        types => {
            let line = format!("use {client}::types::{{{}}};", types.join(", "));
            if line.len() <= WIDTH {
                uses.push(line);
            } else {
                uses.push(format!("use {client}::types::{{\n{}}};", packed(types)));
            }
        }
    }
    let mut text = uses.join("\n");
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    for statement in &builder.statements {
        text.push_str(statement);
        text.push('\n');
    }
    text.push_str(call);
    text
}

/// Names with commas, as many on a line as fit.
fn packed(names: &[&str]) -> String {
    let mut lines = String::new();
    let mut line = String::from("   ");
    for name in names {
        if line.len() + name.len() + 2 > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("   ");
        }
        line.push_str(&format!(" {name},"));
    }
    format!("{lines}{line}\n")
}

/// A value as the client takes it.
fn argument(builder: &mut Builder<'_, '_>, ty: &RustType, value: &Value, hint: &str) -> Option<Expr> {
    let resolved = builder.cx.model.behind_aliases(ty);
    match (resolved, value) {
        (ty, Value::String(text)) if builder.cx.model.takes_text(ty) => Some(Expr::atom(literal(text))),
        (RustType::List(item), Value::Array(items)) => {
            if !builder.cx.model.takes_text(item) {
                return Some(Expr::Group("&[".to_owned(), builder.items(item, items, hint)?, "]"));
            }
            let items = items
                .iter()
                .map(|item| item.as_str().map(|text| Expr::atom(literal(text))));
            match items.collect::<Option<Vec<_>>>()? {
                items if items.is_empty() => Some(Expr::atom("&[\"\"; 0]")),
                items => Some(Expr::Group("&[".to_owned(), items, "]")),
            }
        }
        (RustType::Boxed(inner), value) => argument(builder, inner, value, hint),
        (by_value, value) if builder.cx.model.takes_by_value(by_value) => builder.value(ty, value, hint),
        (_, value) => builder.value(ty, value, hint).map(|expr| Expr::prefixed("&", expr)),
    }
}

/// The body as the client takes it.
fn sent_body(builder: &mut Builder<'_, '_>, body: &Body, source: &Source) -> Option<Vec<Expr>> {
    let contents = &source.request_body.as_ref()?.content;
    let is_sent = |content: &&Content| content.media_type.essence() == body.media_type.essence();
    let content = contents
        .iter()
        .find(is_sent)
        .or_else(|| contents.iter().find(|content| content.media_type.is_range()))?;
    match &body.kind {
        BodyKind::Json(ty) | BodyKind::Form(ty) | BodyKind::Xml(ty, _) => {
            let value = example::body(builder.cx, content, Direction::Request).unwrap_or(Value::Object(Vec::new()));
            Some(vec![typed_body(builder, ty, &value)])
        }
        BodyKind::Multipart => {
            let value = example::body(builder.cx, content, Direction::Request);
            let statement = match &body.form {
                Some(form) => typed_form(builder, form, value.as_ref())?,
                None => multipart(builder, content, value.as_ref())?,
            };
            builder.statements.push(statement);
            Some(vec![Expr::atom("body")])
        }
        BodyKind::Lines(ty) => {
            let value = example::body(builder.cx, content, Direction::Request);
            let line = match value {
                Some(Value::Array(mut items)) if !items.is_empty() => items.swap_remove(0),
                Some(value) => value,
                None => Value::Object(Vec::new()),
            };
            let list = RustType::List(Box::new(ty.clone()));
            Some(vec![typed_body(builder, &list, &Value::Array(vec![line]))])
        }
        BodyKind::Text => {
            let documented = content.examples.iter().find_map(|example| example.value.as_ref());
            let text = documented.and_then(Value::as_str).unwrap_or("...");
            Some(with_media_type(body, Expr::atom(literal(text))))
        }
        BodyKind::Bytes => {
            let client = &builder.cx.client;
            builder.imports.insert(format!("{client}::RequestBody"));
            let file = Expr::call("RequestBody::file", vec![Expr::atom("\"body.bin\"")]);
            Some(with_media_type(body, file))
        }
    }
}

/// The media type before a body, where the document leaves it to the caller.
fn with_media_type(body: &Body, expr: Expr) -> Vec<Expr> {
    let media_type = match body.media_type.essence() {
        "text/*" => "text/plain",
        "image/*" => "image/png",
        "audio/*" => "audio/mpeg",
        "video/*" => "video/mp4",
        _ => "application/octet-stream",
    };
    match body.media_type.is_range() {
        true => vec![Expr::atom(literal(media_type)), expr],
        false => vec![expr],
    }
}

/// A body that is JSON or a form: made by its constructor, or read from JSON where that is too much to write.
fn typed_body(builder: &mut Builder<'_, '_>, ty: &RustType, value: &Value) -> Expr {
    let before = builder.clone();
    builder.free("body");
    match argument(builder, ty, value, "body") {
        Some(Expr::Prefixed(prefix, expr)) if matches!(*expr, Expr::Group(..)) => {
            let variable = builder.variable("body");
            builder.assign(&format!("let {variable} = "), &expr);
            Expr::atom(format!("{prefix}{variable}"))
        }
        Some(expr) => expr,
        None => {
            *builder = before;
            from_json(builder, ty, value)
        }
    }
}

/// A body that is read from JSON.
fn from_json(builder: &mut Builder<'_, '_>, ty: &RustType, value: &Value) -> Expr {
    let name = written(builder, ty);
    let text = json_text::pretty(value);
    let mut marks = "#".to_owned();
    while text.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    builder.statements.push(format!(
        "let body: {name} = serde_json::from_str(\n    r{marks}\"{text}\"{marks},\n)?;"
    ));
    let model = &builder.cx.model;
    match model.behind_aliases(ty) {
        RustType::Uri => Expr::atom("body.as_str()"),
        RustType::Secret => Expr::atom("body.expose()"),
        by_value if model.takes_by_value(by_value) => Expr::atom("body"),
        _ => Expr::atom("&body"),
    }
}

/// A type as Rust writes it, with its imports.
fn written(builder: &mut Builder<'_, '_>, ty: &RustType) -> String {
    match ty {
        RustType::Named(id) => {
            let name = builder.cx.model.ty(*id).name.to_string();
            builder.types.insert(name.clone());
            name
        }
        RustType::List(inner) => format!("Vec<{}>", written(builder, inner)),
        RustType::Option(inner) => format!("Option<{}>", written(builder, inner)),
        RustType::Boxed(inner) => written(builder, inner),
        RustType::Map(inner) => {
            builder.imports.insert("std::collections::BTreeMap".to_owned());
            format!("BTreeMap<String, {}>", written(builder, inner))
        }
        RustType::KeyedMap(key, inner) => {
            builder.imports.insert("std::collections::BTreeMap".to_owned());
            format!("BTreeMap<{}, {}>", written(builder, key), written(builder, inner))
        }
        RustType::Nullable(inner) => {
            builder.types.insert("Nullable".to_owned());
            format!("Nullable<{}>", written(builder, inner))
        }
        RustType::Tuple(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("{},", written(builder, item)))
                .collect();
            format!("({})", items.join(" "))
        }
        RustType::Value => "serde_json::Value".to_owned(),
        RustType::Number => "serde_json::Number".to_owned(),
        RustType::DateTime if builder.cx.model.dates == Dates::Chrono => {
            "chrono::DateTime<chrono::FixedOffset>".to_owned()
        }
        RustType::Date if builder.cx.model.dates == Dates::Chrono => "chrono::NaiveDate".to_owned(),
        RustType::Uuid => "uuid::Uuid".to_owned(),
        RustType::Extern(path) => path.clone(),
        leaf => {
            let name = types::tokens(builder.cx.model, leaf).to_string().replace(' ', "");
            if matches!(
                leaf,
                RustType::Uri | RustType::Secret | RustType::Base64 | RustType::Base64Url | RustType::DateTime
            ) {
                builder.types.insert(name.clone());
            }
            name
        }
    }
}

/// A part of a multipart body.
pub(super) enum Part<'v> {
    /// A file of this name.
    File(String),
    /// Text.
    Text(String),
    /// JSON.
    Json(&'v Value),
}

/// The parts that a member of a multipart body becomes.
pub(super) fn parts<'v>(cx: &Context<'_>, content: &Content, name: &str, value: &'v Value) -> Vec<Part<'v>> {
    let one = |value: &'v Value| match value {
        _ if is_file(cx, content, name) => Part::File(file_name(name)),
        Value::String(text) => Part::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => Part::Json(value),
        value => Part::Text(value.to_string()),
    };
    match value {
        Value::Array(items) => items.iter().map(one).collect(),
        value => vec![one(value)],
    }
}

/// A name for the file of a part.
fn file_name(part: &str) -> String {
    let is_safe = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let safe: String = part.chars().filter(is_safe).collect();
    match safe.trim_start_matches('-') {
        "" => "file.bin".to_owned(),
        safe => format!("{safe}.bin"),
    }
}

/// A multipart body whose parts have types: required ones by its constructor, others by its methods.
fn typed_form(builder: &mut Builder<'_, '_>, form: &MultipartForm, value: Option<&Value>) -> Option<String> {
    let members = members(value);
    let (mut arguments, mut setters) = (Vec::new(), Vec::new());
    for part in &form.parts {
        let value = members.iter().find(|(name, _)| *name == part.wire);
        let argument = match (&part.kind, value) {
            (PartKind::Value(ty), Some((_, value))) => argument(builder, ty, value, part.name.as_str()),
            (PartKind::File | PartKind::Files, value) if part.required || value.is_some() => {
                let file = file_part(builder, &file_name(&part.wire));
                Some(match part.kind {
                    PartKind::Files => Expr::Group("[".to_owned(), vec![file], "]"),
                    _ => file,
                })
            }
            _ => None,
        };
        match argument {
            Some(argument) if part.required => arguments.push(argument),
            Some(argument) => setters.push(Expr::call(format!(".{}", part.name), vec![argument])),
            None if part.required => return None,
            None => {}
        }
    }
    let client = &builder.cx.client;
    builder.imports.insert(format!("{client}::api::{}", form.name));
    let constructor = Expr::call(format!("{}::new", form.name), arguments);
    Some(constructor.print_chain("let body = ", &setters))
}

/// A multipart body that is put together by the names of its parts.
fn multipart(builder: &mut Builder<'_, '_>, content: &Content, value: Option<&Value>) -> Option<String> {
    let mut calls = Vec::new();
    if content.media_type.essence() != "multipart/form-data" && !content.media_type.is_range() {
        let file = file_part(builder, "file.bin");
        calls.push(Expr::call(".append", vec![file]));
    }
    let has_names = calls.is_empty();
    for (name, value) in members(value).iter().filter(|_| has_names) {
        for part in parts(builder.cx, content, name, value) {
            let name = Expr::atom(literal(name));
            calls.push(match part {
                Part::File(file) => {
                    let file = file_part(builder, &file);
                    Expr::call(".file", vec![name, file])
                }
                Part::Text(text) => Expr::call(".value", vec![name, Expr::atom(literal(&text))]),
                Part::Json(value) => {
                    let value = Expr::Group("serde_json::json!(".to_owned(), vec![json(value)?], ")");
                    Expr::call(".json", vec![name, value])
                }
            });
        }
    }
    let client = &builder.cx.client;
    builder.imports.insert(format!("{client}::Multipart"));
    Some(Expr::call("Multipart::new", Vec::new()).print_chain("let body = ", &calls))
}

/// A part that is a file of this name.
fn file_part(builder: &mut Builder<'_, '_>, file: &str) -> Expr {
    let client = &builder.cx.client;
    builder.imports.insert(format!("{client}::FilePart"));
    Expr::call("FilePart::path", vec![Expr::atom(literal(file))])
}

fn members(value: Option<&Value>) -> &[(String, Value)] {
    match value {
        Some(Value::Object(members)) => members.as_slice(),
        _ => &[],
    }
}
