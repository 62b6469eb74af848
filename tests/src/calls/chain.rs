//! One call of a client: the methods that make it, and what it sends.

use std::fmt::Write;

use serde_json::{Value, json};
use specsmith_ir::{self as ir, Api, ParameterIn, Shape, TypeId};
use specsmith_rust::{
    Model,
    model::{Body, BodyKind, FormPart, Group, MultipartForm, Operation, Parameter, PartKind},
};

use super::arguments::{expression, items};
use specsmith_values::Values;

/// How much of an operation is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Required,
    Everything,
}

/// Who gets the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// Prism, which does not read everything that the specification allows.
    Prism,
    /// A generated server.
    Server,
}

/// A call.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    /// Its methods, one after the other.
    pub text: String,
    /// What it sends: place and name of each parameter, and `body`. A multipart body is a list of names and texts.
    pub sent: Vec<(String, Value)>,
}

/// Makes calls.
pub(crate) struct Chains<'a> {
    api: &'a Api,
    model: &'a Model,
    values: Values<'a>,
    receiver: Receiver,
}

/// The text that is sent where any bytes or text can be.
pub(crate) const TEXT: &str = "some text";

impl<'a> Chains<'a> {
    pub(crate) fn new(api: &'a Api, model: &'a Model, receiver: Receiver) -> Self {
        Self {
            api,
            model,
            values: Values::new(api, 1),
            receiver,
        }
    }

    /// A value of any type.
    pub(crate) fn value_of(&mut self, ty: TypeId) -> Option<Value> {
        self.values.make(ty)
    }

    /// A call; `None` where a value that is needed could not be made.
    pub(crate) fn make(
        &mut self,
        (group, operation): (&Group, &Operation),
        body: Option<&Body>,
        extent: Extent,
    ) -> Option<Chain> {
        let source = self.api.operation(operation.source)?;
        let mut arguments = Vec::new();
        let mut setters = String::new();
        let mut sent = Vec::new();
        for parameter in &operation.parameters {
            let ty = source_type(source, parameter)?;
            let key = key(parameter);
            if parameter.required {
                let value = self.value(parameter, ty)?;
                arguments.push(expression(self.model, &parameter.ty, &value));
                sent.push((key, value));
            } else if extent == Extent::Everything
                && let Some(value) = self.value(parameter, ty)
            {
                let argument = expression(self.model, &parameter.ty, &value);
                write!(setters, ".{}({argument})", parameter.name).expect("memory");
                sent.push((key, value));
            }
        }
        let body = body.filter(|body| body.required || extent == Extent::Everything);
        let mut method = &operation.method;
        if let Some(body) = body {
            let made = self.body(source, body, extent);
            match (body.required, made) {
                (true, made) => {
                    let (argument, value) = made?;
                    method = &body.method;
                    arguments.push(argument);
                    sent.push(("body".to_owned(), value));
                }
                (false, Some((argument, value))) => {
                    write!(setters, ".{}({argument})", body.method).expect("memory");
                    sent.push(("body".to_owned(), value));
                }
                (false, None) => {}
            }
        }
        let accessor = &group.accessor;
        let text = format!(".{accessor}().{method}({}){setters}", arguments.join(", "));
        Some(Chain { text, sent })
    }

    /// A value for a parameter, of those that can be sent in its place.
    fn value(&mut self, parameter: &Parameter, ty: TypeId) -> Option<Value> {
        let (api, receiver) = (self.api, self.receiver);
        let is_alone = |value: &Value| value.as_array().is_some_and(|items| items.len() == 1);
        let is_told = |value: &Value| {
            (!is_choice_of_text(api, ty) || is_text(value)) && !(is_choice_of_lists(api, ty) && is_alone(value))
        };
        let mut made = (0..20).filter_map(|_| self.values.make(ty));
        made.find(|value| can_be_sent(receiver, parameter.place, value) && is_told(value))
    }

    /// The argument for a body, and what it sends.
    fn body(&mut self, source: &ir::Operation, body: &Body, extent: Extent) -> Option<(String, Value)> {
        let mut content = source.request_body.as_ref()?.content.iter();
        let content = content.find(|content| content.media_type == body.media_type)?;
        let ty = content.ty;
        let media_type = match body.media_type.is_range() {
            true => format!("\"{}\", ", of_range(body.media_type.essence())),
            false => String::new(),
        };
        match (&body.kind, self.receiver) {
            (BodyKind::Json(rust), _) => {
                let value = ty.map_or(Some(json!({ "any": [1, null] })), |ty| self.values.make(ty))?;
                Some((expression(self.model, rust, &value), value))
            }
            (BodyKind::Form(rust), receiver) => {
                let mut made = (0..50).filter_map(|_| self.values.make(ty?));
                let is_told = |value: &Value| match receiver {
                    Receiver::Prism => is_told_in_a_form(value),
                    Receiver::Server => can_be_sent(receiver, ParameterIn::Query, value),
                };
                let value = made.find(is_told)?;
                Some((expression(self.model, rust, &value), value))
            }
            (BodyKind::Xml(rust, _), Receiver::Server) => {
                let mut made = (0..50).filter_map(|_| self.values.make(ty?));
                let value = made.find(is_told_in_xml)?;
                Some((expression(self.model, rust, &value), value))
            }
            (BodyKind::Text, Receiver::Prism) if body.media_type.as_str().contains("xml") => None,
            (BodyKind::Text | BodyKind::Bytes, _) => Some((format!("{media_type}\"{TEXT}\""), TEXT.into())),
            (BodyKind::Lines(rust), Receiver::Server) => {
                let line = content.item.or_else(|| self.line(ty?))?;
                let lines: Option<Vec<Value>> = (0..3).map(|_| self.values.make(line)).collect();
                let value = Value::Array(lines?);
                Some((items(self.model, rust, &format!("r#####\"{value}\"#####")), value))
            }
            (BodyKind::Multipart, Receiver::Server) => {
                let form = body.form.as_ref()?;
                self.form(form, ty?, extent)
            }
            // Prism reads neither.
            (BodyKind::Xml(..) | BodyKind::Lines(_) | BodyKind::Multipart, Receiver::Prism) => None,
        }
    }

    /// The type of a line, where the schema is that of all.
    fn line(&self, ty: TypeId) -> Option<TypeId> {
        match &self.api.types[ty].shape {
            Shape::Alias(target) => self.line(*target),
            Shape::Array(array) => Some(array.items),
            _ => Some(ty),
        }
    }

    /// A typed multipart body.
    fn form(&mut self, form: &MultipartForm, ty: TypeId, extent: Extent) -> Option<(String, Value)> {
        let whole = self.values.make(ty)?;
        let (mut arguments, mut setters, mut sent) = (Vec::new(), String::new(), Vec::new());
        for part in &form.parts {
            if !part.required && extent == Extent::Required {
                continue;
            }
            let Some((argument, texts)) = self.part(part, whole.get(&part.wire)) else {
                match part.required {
                    true => return None,
                    false => continue,
                }
            };
            let own = texts.into_iter().map(|text| json!([part.wire, text]));
            match part.required {
                true => arguments.push(argument),
                false => write!(setters, ".{}({argument})", part.name).expect("memory"),
            }
            sent.extend(own);
        }
        let text = format!("client::api::{}::new({}){setters}", form.name, arguments.join(", "));
        Some((text, Value::Array(sent)))
    }

    /// The argument for a part, and the texts that it sends.
    fn part(&self, part: &FormPart, value: Option<&Value>) -> Option<(String, Vec<String>)> {
        match &part.kind {
            PartKind::File => Some((format!("\"{TEXT}\""), vec![TEXT.to_owned()])),
            PartKind::Files => Some((format!("[\"{TEXT}\", \"b\"]"), vec![TEXT.to_owned(), "b".to_owned()])),
            // What a style does with texts is for parameters to show.
            PartKind::Value(_) if part.style.is_some() => None,
            PartKind::Value(rust) => {
                let value = value.filter(|value| !value.is_null())?;
                let is_json = part
                    .content_type
                    .as_deref()
                    .is_some_and(|media_type| media_type.contains("json"));
                let text = |value: &Value| match value {
                    Value::String(text) if !is_json => text.clone(),
                    value => value.to_string(),
                };
                let texts = match value {
                    Value::Array(items) => items.iter().map(text).collect(),
                    value => vec![text(value)],
                };
                Some((expression(self.model, rust, value), texts))
            }
        }
    }
}

/// A media type of a range.
pub(crate) fn of_range(range: &str) -> String {
    let main = range.split('/').next().unwrap_or_default().replace('*', "application");
    format!("{main}/octet-stream")
}

/// What a parameter is called in what is sent.
pub(crate) fn key(parameter: &Parameter) -> String {
    format!("{} {}", parameter.place, parameter.wire)
}

fn source_type(source: &ir::Operation, parameter: &Parameter) -> Option<TypeId> {
    let is_same = |found: &&ir::Parameter| found.name == parameter.wire && found.place == parameter.place;
    source.parameters.iter().find(is_same).map(|found| found.ty)
}

/// Whether a value is a text or something else: outside of JSON they look the same.
fn is_choice_of_text(api: &Api, ty: TypeId) -> bool {
    match &api.types[ty].shape {
        Shape::Alias(target) | Shape::Nullable(target) => is_choice_of_text(api, *target),
        Shape::Union(union) => {
            let mut shapes = union.variants.iter().map(|variant| &api.types[variant.ty].shape);
            shapes.any(|shape| matches!(shape, Shape::String(_)))
        }
        _ => false,
    }
}

/// Whether a value is a list or something else: outside of JSON a list of one item looks like that.
fn is_choice_of_lists(api: &Api, ty: TypeId) -> bool {
    match &api.types[ty].shape {
        Shape::Alias(target) | Shape::Nullable(target) => is_choice_of_lists(api, *target),
        Shape::Union(union) => {
            let is_list = |ty| matches!(api.types[ty].shape, Shape::Array(_));
            union.variants.iter().any(|variant| is_list(variant.ty))
        }
        _ => false,
    }
}

/// Whether it can only be a text.
fn is_text(value: &Value) -> bool {
    let text = value.as_str().unwrap_or("0");
    text.parse::<f64>().is_err() && !["true", "false", "null"].contains(&text)
}

fn can_be_sent(receiver: Receiver, place: ParameterIn, value: &Value) -> bool {
    let inner = |value| can_be_sent(receiver, place, value);
    match value {
        Value::Null => false,
        Value::String(text) => {
            let others = match (place, receiver) {
                (ParameterIn::Path, Receiver::Prism) => "-_:",
                (ParameterIn::Path, Receiver::Server) => return !matches!(text.as_str(), "" | "." | ".."),
                (ParameterIn::Header | ParameterIn::Cookie, _) => "-_.:/+=",
                (ParameterIn::Query | ParameterIn::Querystring, _) => return true,
            };
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || others.contains(c))
        }
        Value::Array(items) => !items.is_empty() && items.iter().all(inner),
        Value::Object(members) => !members.is_empty() && members.values().all(inner),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Whether every reader of forms understands it: some see the last item of a list only.
fn is_told_in_a_form(value: &Value) -> bool {
    let members = value.as_object().into_iter().flatten();
    members.map(|(_, member)| member).all(|member| !member.is_array())
}

/// Whether XML tells it: an empty list is not there, nor is an empty object, and names of members are names of elements.
pub(crate) fn is_told_in_xml(value: &Value) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    match value {
        Value::Array(items) => !items.is_empty() && items.iter().all(is_told_in_xml),
        Value::Object(members) => {
            let mut all = members.iter();
            !members.is_empty() && all.all(|(name, member)| is_name(name) && is_told_in_xml(member))
        }
        _ => true,
    }
}
