//! Types in the text of an API.

use std::fmt::Write as _;

use crate::dump::{Text, assertion};
use crate::{
    Access, Api, Condition, Docs, Field, KindSet, Numeric, Origin, Owner, Presence, Rest, Shape, Step, Text as Strings,
    Type, TypeId, UnionMode, Value, Variant, Xml,
};

/// How deep small types are written in place.
const INLINE_DEPTH: usize = 6;

/// How types are called.
pub(super) struct Names<'a> {
    api: &'a Api,
}

impl<'a> Names<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        Self { api }
    }

    fn ty(&self, id: TypeId) -> &'a Type {
        &self.api.types[id]
    }

    /// Whether a type is written on its own: it has a name, or it is not small.
    pub(super) fn stands_alone(&self, id: TypeId) -> bool {
        let ty = self.ty(id);
        let large = match &ty.shape {
            Shape::Object(object) => !object.fields.is_empty() || !object.patterns.is_empty() || object.names.is_some(),
            Shape::Enum(_) | Shape::Union(_) => true,
            _ => false,
        };
        large || !ty.assertions.is_empty() || matches!(ty.origin, Origin::Component(_))
    }

    /// The name of a type: that of the component, or the way to it.
    pub(super) fn name(&self, id: TypeId) -> String {
        let mut steps = Vec::new();
        let mut id = id;
        let start = loop {
            match &self.ty(id).origin {
                Origin::Component(name) => break name.clone(),
                Origin::Inline { owner, step } => {
                    steps.push(step_text(step));
                    match owner {
                        Owner::Type(owner) if steps.len() < 64 => id = *owner,
                        Owner::Type(_) => break "...".to_owned(),
                        Owner::Operation(id) => break self.operation(*id),
                        Owner::Callback(id, name) => break format!("{} {name}", self.operation(*id)),
                        Owner::Component(kind, name) => break format!("{kind:?}({name})"),
                    }
                }
            }
        };
        steps.into_iter().rev().fold(start, |name, step| name + &step)
    }

    fn operation(&self, id: crate::OperationId) -> String {
        match self.api.operation(id) {
            Some(operation) => operation
                .name
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, operation.path.text)),
            None => format!("operation {}", id.0),
        }
    }

    /// A type where it is used: its name, or all of it when it is small and has none.
    pub(super) fn short(&self, id: TypeId) -> String {
        self.short_within(id, INLINE_DEPTH)
    }

    fn short_within(&self, id: TypeId, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else {
            return "...".to_owned();
        };
        if self.stands_alone(id) {
            return self.name(id);
        }
        let short = |id| self.short_within(id, depth);
        let text = match &self.ty(id).shape {
            Shape::Array(array) => {
                let unique = if array.unique_items { " unique" } else { "" };
                format!(
                    "[{}{}{}]{unique}",
                    short(array.items),
                    xml(array.xml.as_deref()),
                    limits(array.min_items, array.max_items)
                )
            }
            Shape::Tuple(tuple) => {
                let mut items: Vec<String> = tuple.items.iter().map(|item| short(*item)).collect();
                items.extend(tuple.rest.map(|rest| format!("...{}", short(rest))));
                format!("({}{})", items.join(", "), limits(tuple.min_items, tuple.max_items))
            }
            Shape::Object(object) => {
                let limits = limits(object.min_properties, object.max_properties);
                match object.rest {
                    Rest::Typed(ty) => format!("{{*: {}{limits}}}", short(ty)),
                    Rest::Unstated => format!("{{{limits}}}"),
                    Rest::Denied => format!("{{}} closed{limits}"),
                }
            }
            Shape::Nullable(inner) => format!("{}?", short(*inner)),
            Shape::Alias(target) => format!("= {}", short(*target)),
            shape => scalar(shape),
        };
        text + &xml(self.ty(id).docs.xml.as_deref())
    }
}

/// Writes a type on its own.
pub(super) fn write(out: &mut Text, names: &Names<'_>, id: TypeId) {
    let ty = names.ty(id);
    let name = names.name(id);
    let docs = docs(&ty.docs);
    match &ty.shape {
        Shape::Object(object) => {
            let rest = match object.rest {
                Rest::Typed(rest) => format!(" *: {}", names.short(rest)),
                Rest::Unstated => String::new(),
                Rest::Denied => " closed".to_owned(),
            };
            let limits = limits(object.min_properties, object.max_properties);
            out.line(0, format_args!("object {name}{rest}{limits}{docs}"));
            for field in &object.fields {
                out.line(1, format_args!("{}", self::field(names, field)));
            }
            for pattern in &object.patterns {
                out.line(1, format_args!("/{}/: {}", pattern.pattern, names.short(pattern.ty)));
            }
            if let Some(ty) = object.names {
                out.line(1, format_args!("names: {}", names.short(ty)));
            }
        }
        Shape::Enum(listed) => {
            let open = if listed.open { " open" } else { "" };
            out.line(0, format_args!("enum {name}{open}{docs}"));
            for value in &listed.values {
                let named = value
                    .name
                    .as_ref()
                    .map_or(String::new(), |name| format!(" as {name:?}"));
                let note = if value.description.is_some() { " #" } else { "" };
                out.line(1, format_args!("{}{named}{note}", value.value));
            }
        }
        Shape::Union(union) => {
            let mode = match union.mode {
                UnionMode::OneOf => "one of",
                UnionMode::AnyOf => "any of",
            };
            let by = union.discriminator.as_ref().map_or(String::new(), |discriminator| {
                let default = discriminator
                    .default
                    .map_or(String::new(), |index| format!(" default {index}"));
                format!(" by {}{default}", discriminator.property)
            });
            out.line(0, format_args!("{mode} {name}{by}{docs}"));
            for variant in &union.variants {
                out.line(1, format_args!("{}", self::variant(names, variant)));
            }
        }
        _ => {
            let mut text = String::new();
            let _ = write!(text, "type {name} ");
            text.push_str(&body(names, id));
            out.line(0, format_args!("{text}{docs}"));
        }
    }
    for assertion in &ty.assertions.0 {
        out.line(1, format_args!("must {}", assertion::one(assertion)));
    }
}

/// A type with a name, without it.
fn body(names: &Names<'_>, id: TypeId) -> String {
    match &names.ty(id).shape {
        Shape::Alias(target) => format!("= {}", names.short(*target)),
        Shape::Nullable(inner) => format!("= {}?", names.short(*inner)),
        Shape::Array(array) => {
            let unique = if array.unique_items { " unique" } else { "" };
            let limits = limits(array.min_items, array.max_items);
            let xml = xml(array.xml.as_deref());
            format!("= [{}{xml}{limits}]{unique}", names.short(array.items))
        }
        Shape::Tuple(tuple) => {
            let mut items: Vec<String> = tuple.items.iter().map(|item| names.short(*item)).collect();
            items.extend(tuple.rest.map(|rest| format!("...{}", names.short(rest))));
            format!("= ({}{})", items.join(", "), limits(tuple.min_items, tuple.max_items))
        }
        shape => format!("= {}", scalar(shape)),
    }
}

fn field(names: &Names<'_>, field: &Field) -> String {
    let (mark, default) = match &field.presence {
        Presence::Required => ("", String::new()),
        Presence::Optional => ("?", String::new()),
        Presence::Default(value) => ("?", format!(" = {value}")),
    };
    let access = match field.access {
        Access::ReadWrite => "",
        Access::ReadOnly => " read-only",
        Access::WriteOnly => " write-only",
    };
    let ty = names.short(field.ty);
    format!("{}{mark}: {ty}{default}{access}{}", field.name, docs(&field.docs))
}

fn variant(names: &Names<'_>, variant: &Variant) -> String {
    let name = variant
        .name
        .as_ref()
        .map_or(String::new(), |name| format!(" as {name:?}"));
    let conditions: Vec<String> = variant.conditions.iter().map(condition).collect();
    let when = if conditions.is_empty() {
        String::new()
    } else {
        format!(" when {}", conditions.join(" and "))
    };
    let alike = if variant.alike { " alike" } else { "" };
    format!("{}{name}{when}{alike}", names.short(variant.ty))
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Kind(kinds) => self::kinds(*kinds),
        Condition::Value(values) => format!("in {}", list(values)),
        Condition::PropertyValue { name, values } => format!("{name} in {}", list(values)),
        Condition::HasProperty(name) => format!("has {name}"),
        Condition::LacksProperty(name) => format!("lacks {name}"),
        Condition::AtLeast(count) => format!("at least {count}"),
    }
}

pub(super) fn kinds(kinds: KindSet) -> String {
    let names: Vec<String> = kinds.iter().map(|kind| format!("{kind:?}").to_lowercase()).collect();
    names.join("|")
}

pub(super) fn list(values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(Value::to_string).collect();
    format!("[{}]", values.join(", "))
}

fn scalar(shape: &Shape) -> String {
    match shape {
        Shape::Any => "any".to_owned(),
        Shape::Never => "never".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Integer(numeric) => format!("integer{}", self::numeric(numeric)),
        Shape::Number(numeric) => format!("number{}", self::numeric(numeric)),
        Shape::String(text) => format!("string{}", strings(text)),
        Shape::Const(value) => format!("const {value}"),
        _ => "object".to_owned(),
    }
}

pub(super) fn numeric(numeric: &Numeric) -> String {
    let mut text = String::new();
    if let Some(format) = &numeric.format {
        let _ = write!(text, " {format}");
    }
    for (sign, limit) in [
        (">=", &numeric.minimum),
        (">", &numeric.exclusive_minimum),
        ("<=", &numeric.maximum),
        ("<", &numeric.exclusive_maximum),
    ] {
        if let Some(limit) = limit {
            let _ = write!(text, " {sign}{limit}");
        }
    }
    for step in &numeric.multiple_of {
        let _ = write!(text, " %{step}");
    }
    text
}

pub(super) fn strings(strings: &Strings) -> String {
    let mut text = String::new();
    let parts = [&strings.format, &strings.content_encoding, &strings.content_media_type];
    for part in parts.into_iter().flatten() {
        let _ = write!(text, " {part}");
    }
    for pattern in &strings.patterns {
        let _ = write!(text, " /{pattern}/");
    }
    text + &limits(strings.min_length, strings.max_length)
}

pub(super) fn limits(min: Option<u64>, max: Option<u64>) -> String {
    match (min, max) {
        (None, None) => String::new(),
        (Some(min), Some(max)) => format!(" {min}..{max}"),
        (Some(min), None) => format!(" {min}.."),
        (None, Some(max)) => format!(" ..{max}"),
    }
}

/// A mark for what is said about a thing: `#` with its title, `deprecated`.
fn docs(docs: &Docs) -> String {
    let mut text = String::new();
    if docs.deprecated {
        text.push_str(" deprecated");
    }
    match (&docs.title, &docs.description) {
        (Some(title), _) => {
            let _ = write!(text, " # {title:?}");
        }
        (None, Some(_)) => text.push_str(" #"),
        (None, None) => {}
    }
    if !docs.examples.is_empty() {
        let _ = write!(text, " e.g. {}", docs.examples.len());
    }
    text.push_str(&xml(docs.xml.as_deref()));
    text
}

/// How values stand in XML: `<p:name xmlns="urn:a">`, with the kind of node.
pub(super) fn xml(xml: Option<&Xml>) -> String {
    let Some(xml) = xml else { return String::new() };
    let mut text = " <".to_owned();
    if let Some(prefix) = &xml.prefix {
        let _ = write!(text, "{prefix}:");
    }
    text.push_str(xml.name.as_deref().unwrap_or_default());
    if let Some(namespace) = &xml.namespace {
        let _ = write!(text, " xmlns={namespace:?}");
    }
    match xml.node {
        Some(node) => drop(write!(text, "> {node:?}")),
        None => text.push('>'),
    }
    text
}

fn step_text(step: &Step) -> String {
    match step {
        Step::Property(name) => format!(".{name}"),
        Step::Items => "[]".to_owned(),
        Step::Item(index) => format!("[{index}]"),
        Step::AdditionalProperties => ".*".to_owned(),
        Step::PatternProperty(pattern) => format!("./{pattern}/"),
        Step::Variant { index, hint } => match hint {
            Some(hint) => format!("|{index} {hint}"),
            None => format!("|{index}"),
        },
        Step::NonNull => "!".to_owned(),
        Step::Parameter(place, name) => format!(" {place} {name}"),
        Step::RequestBody(media_type) => format!(" request {media_type}"),
        Step::Response(status, media_type) => format!(" {status} {media_type}"),
        Step::ResponseHeader(status, name) => format!(" {status} header {name}"),
        Step::Schema => " schema".to_owned(),
    }
}
