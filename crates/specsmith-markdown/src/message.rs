//! Bodies: the fields, variants and examples of a media type.

use specsmith_ir::{Condition, Content, PropertyEncoding, Shape, TypeId, Union, Value};

use crate::constraint;
use crate::context::Context;
use crate::docs::deprecation;
use crate::escape::{cell, code, fence, inline, text};
use crate::example::{self, Direction};
use crate::field;
use crate::json;
use crate::pages::Folder;
use crate::types::{describe, kind, only_value};
use crate::view;

/// Longer examples are cut: a page of one value helps nobody.
const MAX_LINES: usize = 400;

/// The type of a body, in a few words.
pub(crate) fn ty(cx: &Context<'_>, content: &Content, from: Folder) -> String {
    match (content.ty, content.item) {
        (_, Some(item)) => format!("stream of {}", describe(cx, item, from)),
        (Some(ty), None) => describe(cx, ty, from),
        (None, None) => String::new(),
    }
}

/// What is shown of a body in place.
pub(crate) struct Shown {
    /// Whether the fields of a named type are shown, too.
    pub(crate) named: bool,
    /// Whether an example is made where the document has none.
    pub(crate) made: bool,
    /// How many of the examples of the document are shown elsewhere.
    pub(crate) skip: usize,
}

/// A body of one media type.
pub(crate) fn view(
    cx: &Context<'_>,
    content: &Content,
    label: String,
    direction: Direction,
    shown: &Shown,
) -> view::Message {
    let mut message = view::Message {
        label,
        ..view::Message::default()
    };
    if let Some(ty) = content.item.or(content.ty) {
        let core = cx.core(ty);
        if shown.named || !(cx.is_component(ty) || cx.is_component(core)) {
            parts(cx, ty, &mut message);
        }
    }
    message
        .facts
        .extend(content.encoding.iter().filter_map(|encoding| part(cx, encoding)));
    message.examples = examples(cx, content, direction, shown);
    message
}

fn parts(cx: &Context<'_>, ty: TypeId, message: &mut view::Message) {
    let resolved = cx.resolve(ty);
    match &cx.ty(resolved).shape {
        Shape::Object(object) => {
            message.fields = field::rows(cx, object, Folder::Root);
            message.facts.extend(constraint::of_type(cx, resolved));
        }
        Shape::Array(array) => {
            message.facts.extend(constraint::in_place(cx, ty));
            let core = cx.core(array.items);
            if !cx.is_component(array.items)
                && !cx.is_component(core)
                && let Shape::Object(object) = &cx.ty(core).shape
            {
                message.fields = field::rows(cx, object, Folder::Root);
            }
        }
        Shape::Union(union) => message.variants = variants(cx, union, Folder::Root),
        _ => message.facts.extend(constraint::in_place(cx, ty)),
    }
}

/// How a part of a form or multipart body is written.
fn part(cx: &Context<'_>, encoding: &PropertyEncoding) -> Option<String> {
    let types: Vec<String> = encoding
        .content_types
        .iter()
        .map(|media_type| code(media_type))
        .collect();
    let headers = encoding.headers.iter().map(|header| {
        let ty = describe(cx, header.ty, Folder::Root);
        format!("{} ({ty})", code(&header.name))
    });
    let headers: Vec<String> = headers.collect();
    let mut facts = Vec::new();
    if !types.is_empty() {
        facts.push(format!("is sent as {}", types.join(" or ")));
    }
    if !headers.is_empty() {
        facts.push(format!("has the headers {}", headers.join(", ")));
    }
    (!facts.is_empty()).then(|| format!("The part {} {}.", code(&encoding.name), facts.join(" and ")))
}

/// The variants of a union, and how they are told apart.
pub(crate) fn variants(cx: &Context<'_>, union: &Union, from: Folder) -> Vec<view::Variant> {
    let variants = union.variants.iter().enumerate().map(|(index, variant)| {
        let mut conditions: Vec<String> = match only_value(cx, variant.ty) {
            Some(value) => vec![format!("the value is {}", one_of(std::slice::from_ref(value)))],
            None => variant.conditions.iter().filter_map(condition).collect(),
        };
        let default = union
            .discriminator
            .as_ref()
            .and_then(|discriminator| discriminator.default);
        if default == Some(index) {
            conditions.push("nothing says otherwise".to_owned());
        }
        let when = match conditions.join(" and ") {
            conditions if conditions.is_empty() => "it fits, and none before it does".to_owned(),
            conditions => conditions,
        };
        view::Variant {
            ty: cell(&described(cx, variant.ty, from)),
            when: cell(&when),
            rust: String::new(),
        }
    });
    variants.collect()
}

/// A type, and what the document says about it where it has no page for that.
fn described(cx: &Context<'_>, id: TypeId, from: Folder) -> String {
    let ty = describe(cx, id, from);
    if cx.item(id).is_some() {
        return ty;
    }
    let docs = &cx.ty(id).docs;
    let said = docs.description.as_deref().map(inline);
    let said = deprecation(docs)
        .into_iter()
        .chain(said.filter(|said| !said.is_empty()));
    match Vec::from_iter(said).join(" ") {
        said if said.is_empty() => ty,
        said => format!("{ty}: {said}"),
    }
}

/// One of these values.
fn one_of(values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(|value| code(&constraint::bare(value))).collect();
    values.join(" or ")
}

/// A condition in words.
fn condition(condition: &Condition) -> Option<String> {
    Some(match condition {
        Condition::Kind(kinds) => {
            let has_number = kinds.contains(specsmith_ir::Kind::Number);
            let names = kinds
                .iter()
                .filter(|of| !(has_number && *of == specsmith_ir::Kind::Integer));
            let names: Vec<&str> = names.map(kind).collect();
            if names.is_empty() {
                return None;
            }
            format!("the value is of type {}", names.join(" or "))
        }
        Condition::Value(of) => format!("the value is {}", one_of(of)),
        Condition::PropertyValue { name, values: of } => format!("{} is {}", code(name), one_of(of)),
        Condition::HasProperty(name) => format!("{} is there", code(name)),
        Condition::LacksProperty(name) => format!("{} is not there", code(name)),
        Condition::AtLeast(1) => "the value is not empty".to_owned(),
        Condition::AtLeast(count) => format!("there are at least {count} members or items"),
    })
}

fn examples(cx: &Context<'_>, content: &Content, direction: Direction, shown: &Shown) -> Vec<view::Example> {
    let documented = example::documented(cx, content, direction);
    let mut examples = Vec::new();
    for (example, value) in documented.iter().skip(shown.skip) {
        let said = example.summary.as_deref().or(example.name.as_deref());
        let said = said.filter(|_| documented.len() > 1 || example.summary.is_some());
        let as_json = if is_json(content) || value.as_str().is_some() {
            ""
        } else {
            ", written as JSON"
        };
        examples.push(view::Example {
            label: match said {
                Some(said) => format!("Example ({}){as_json}", text(said)),
                None => format!("Example{as_json}"),
            },
            code: block(content, value),
        });
    }
    if documented.is_empty()
        && shown.made
        && let Some(value) = example::body(cx, content, direction)
    {
        examples.push(view::Example {
            label: "Example".to_owned(),
            code: block(content, &value),
        });
    }
    examples
}

fn is_json(content: &Content) -> bool {
    content.media_type.is_json() || content.media_type.is_range()
}

/// A value as a block of code of its media type.
fn block(content: &Content, value: &specsmith_ir::Value) -> String {
    match value.as_str() {
        Some(text) if !is_json(content) => fence("text", &visible(text)),
        _ => {
            let text = json::pretty(value);
            let count = text.lines().count();
            if count <= MAX_LINES {
                return fence("json", &text);
            }
            let head: Vec<&str> = text.lines().take(MAX_LINES).collect();
            let more = count - MAX_LINES;
            format!("{}\n\n({more} more lines)", fence("json", &head.join("\n")))
        }
    }
}

/// Text as it is, without what cannot be seen.
fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    text.chars().filter(|c| *c == '\n' || !json::is_invisible(*c)).collect()
}
