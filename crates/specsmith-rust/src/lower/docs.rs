//! What is said about types, fields and operations: words of the document and facts that Rust types do not show.

use specsmith_ir::{self as ir, Access, Presence, Shape, TypeId};

use super::context::{Context, Definition};
use super::{examples, facts};
use crate::{Deprecation, Ident, Prose};

/// Title, description and link of a thing.
pub(super) fn prose(docs: &ir::Docs) -> Prose {
    prose_beside("", docs)
}

/// Title, description and link of a thing of this name, which the title need not repeat.
fn prose_beside(name: &str, docs: &ir::Docs) -> Prose {
    let mut prose = Prose::new();
    if let Some(title) = docs.title_beside(name)
        && !begins_with(docs.description.as_deref(), title)
    {
        prose.own(&Prose::one_line(title));
    }
    if let Some(description) = &docs.description {
        prose.foreign(description);
    }
    if let Some(external) = &docs.external_docs {
        prose.own(&link(external));
    }
    prose
}

/// What the document says about the API as a whole.
pub(super) fn api(info: &ir::Info) -> Prose {
    let mut prose = Prose::new();
    prose.own(&Prose::one_line(&info.title));
    for text in [&info.summary, &info.description].into_iter().flatten() {
        prose.foreign(text);
    }
    prose
}

/// What is said about a type definition: its words and its limits.
pub(super) fn definition(cx: &Context<'_>, definition: &Definition) -> Prose {
    let prose = |docs| prose_beside(definition.name.unraw(), docs);
    let mut text = cx.ty(definition.source).map(|ty| prose(&ty.docs)).unwrap_or_default();
    if definition.core != definition.source
        && let Some(core) = cx.ty(definition.core)
    {
        let inner = prose(&core.docs);
        if inner != text {
            text.append(&inner);
        }
    }
    let sources = [definition.source, definition.core]
        .into_iter()
        .filter_map(|id| cx.ty(id));
    let given: Vec<&ir::Example> = sources.flat_map(|ty| &ty.docs.examples).collect();
    let mut facts = facts::of_type(cx, definition.core);
    facts.extend(examples::sentence(
        cx,
        definition.core,
        given.iter().copied(),
        text.as_str(),
    ));
    text.own(&facts.join(" "));
    let left_out = cx.view(definition.source).map(|view| view.left_out.as_slice());
    if let Some(value) = examples::block(cx, definition.core, given.into_iter(), left_out.unwrap_or_default()) {
        text.json("Example:", &value);
    }
    if let Some(response) = definition.response.and_then(|item| cx.definition(item)) {
        text.own(&format!(
            "This is `{}` as it is sent in requests.",
            response.name.unraw()
        ));
    }
    text
}

/// What is said about a field: its own words, or those of the type that is written in its place, and its limits.
pub(super) fn field(cx: &Context<'_>, owner: TypeId, field: &ir::Field) -> Prose {
    let mut facts = Vec::new();
    if field.access != Access::ReadWrite {
        let must = if field.presence == Presence::Required {
            "always "
        } else {
            ""
        };
        facts.push(match field.access {
            Access::ReadOnly if cx.view(owner).is_some() => "Read only: not in requests.".to_owned(),
            _ if cx.view(owner).is_some() => "Write only: not in responses.".to_owned(),
            Access::ReadOnly => format!("Read only: {must}in responses, never in requests."),
            _ => format!("Write only: {must}in requests, never in responses."),
        });
    }
    at_place(cx, &field.name, &field.docs, &field.presence, field.ty, facts)
}

/// What is said about a parameter.
pub(super) fn parameter(cx: &Context<'_>, parameter: &ir::Parameter) -> Prose {
    let (name, docs, presence) = (&parameter.name, &parameter.docs, &parameter.presence);
    at_place(cx, name, docs, presence, parameter.ty, Vec::new())
}

/// What is said about a header of responses.
pub(super) fn header(cx: &Context<'_>, header: &ir::Header) -> Prose {
    at_place(
        cx,
        &header.name,
        &header.docs,
        &Presence::Optional,
        header.ty,
        Vec::new(),
    )
}

/// What is said at a place, or else about the type that is written there; then in a paragraph the limits of that type,
/// what absence means, `more`, and examples.
fn at_place(
    cx: &Context<'_>,
    name: &str,
    docs: &ir::Docs,
    presence: &Presence,
    id: TypeId,
    more: Vec<String>,
) -> Prose {
    let prose = |docs| prose_beside(name, docs);
    let mut text = prose(docs);
    let mut facts = Vec::new();
    let mut given: Vec<&ir::Example> = docs.examples.iter().collect();
    if cx.item(id).is_none() && cx.item(cx.core(id)).is_none() {
        if text.is_empty() {
            text = cx.ty(id).map(|ty| prose(&ty.docs)).unwrap_or_default();
        }
        facts.extend(facts::of_type(cx, cx.core(id)));
        given.extend(cx.ty(id).into_iter().flat_map(|ty| &ty.docs.examples));
    }
    if !examples::is_secret(cx, cx.resolve(id)) {
        facts.extend(facts::of_presence(presence));
    }
    facts.extend(more);
    let known = format!("{} {}", text.as_str(), facts.join(" "));
    facts.extend(examples::sentence(cx, cx.resolve(id), given.into_iter(), &known));
    text.own(&facts.join(" "));
    text
}

/// What is said about a variant whose type is written in its place.
pub(super) fn variant(cx: &Context<'_>, name: &Ident, id: TypeId, only: Option<&ir::EnumValue>) -> Prose {
    let mut text = Prose::new();
    if !cx.is_component(id)
        && let Some(ty) = cx.ty(id)
    {
        text.append(&prose_beside(name.unraw(), &ty.docs));
        if cx.item(cx.core(id)).is_none() {
            text.own(&facts::of_type(cx, cx.core(id)).join(" "));
        }
    }
    match only {
        Some(only) if text.is_empty() => value_alone(only),
        _ => text,
    }
}

/// What is said about a variant for one value that the document says nothing about.
fn value_alone(only: &ir::EnumValue) -> Prose {
    let mut text = value(only);
    if text.is_empty() {
        text.own(&Prose::code(&only.value.to_string()));
    }
    text
}

/// What is said about a value of an enum.
pub(super) fn value(value: &ir::EnumValue) -> Prose {
    let mut text = Prose::new();
    if let Some(description) = &value.description {
        text.foreign(description);
    }
    text
}

/// That the document deprecates the type that is written in a place, and why.
pub(super) fn deprecation_in_place(cx: &Context<'_>, id: TypeId) -> Option<Deprecation> {
    let ty = cx.ty(id).filter(|ty| !matches!(ty.shape, Shape::Alias(_)))?;
    cx.item(id).is_none().then(|| Deprecation::of(&ty.docs)).flatten()
}

fn begins_with(description: Option<&str>, title: &str) -> bool {
    let title = title.trim().trim_end_matches('.');
    description.is_some_and(|description| {
        let start = description.trim_start().get(..title.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(title))
    })
}

fn link(external: &ir::ExternalDocs) -> String {
    let url = external.url.trim();
    let is_plain = url
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"<>\"`\\{}|^[]".contains(&byte));
    let address = match is_plain && (url.starts_with("https://") || url.starts_with("http://")) {
        true => format!("<{url}>"),
        false => Prose::code(url),
    };
    match external
        .description
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        Some(description) => format!("See {address}: {}", Prose::one_line(description)),
        None => format!("See {address}."),
    }
}
