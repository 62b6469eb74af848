//! The pages of schemas: one section for each type definition.

use specsmith_ir::{Origin, Shape, UnionMode};
use specsmith_rust::model::{TypeBody, TypeItem, TypeItemId, View};

use crate::constraint;
use crate::context::Context;
use crate::diagram;
use crate::docs::{description, notice};
use crate::escape::{Headings, cell, code, fence, inline, text};
use crate::example::{self, Direction};
use crate::field;
use crate::json;
use crate::message::variants;
use crate::pages::Folder;
use crate::types::{describe, kinds};
use crate::view;

/// How many uses are listed.
const MAX_USES: usize = 12;

/// A page of a module of types; `None` where there are none.
pub(crate) fn page(cx: &Context<'_>, module: usize, number: usize) -> Option<view::Schemas> {
    let path = cx.pages.module(module).get(number)?;
    let items = cx.model.types().filter(|(_, item)| item.module == module);
    let most = cx.pages.schemas_per_page();
    let items = items.skip(number * most).take(most);
    let items: Vec<(TypeItemId, &TypeItem)> = items.collect();
    let ids: Vec<TypeItemId> = items.iter().map(|(id, _)| *id).collect();
    let diagram = cx.has_diagrams().then(|| diagram::of_types(cx, &ids)).flatten();
    let schemas: Vec<view::Schema> = items.into_iter().map(|(id, item)| schema(cx, id, item)).collect();
    (!schemas.is_empty()).then(|| view::Schemas {
        title: cx.pages.title(path),
        diagram: diagram.unwrap_or_default(),
        schemas,
    })
}

fn schema(cx: &Context<'_>, id: TypeItemId, item: &TypeItem) -> view::Schema {
    let ty = cx.ty(item.source);
    let core = cx.core(item.source);
    let mut docs = ty.docs.clone();
    if docs.description.is_none() {
        docs.description.clone_from(&cx.ty(core).docs.description);
    }
    let mut view = view::Schema {
        heading: cx
            .pages
            .type_heading(id)
            .map(|heading| heading.text.clone())
            .unwrap_or_default(),
        title: docs.title_beside(item.name.unraw()).map(text).unwrap_or_default(),
        deprecated: notice(&docs, "schema"),
        description: description(&docs, Headings::Bold),
        facts: facts(cx, id, item),
        fields: Vec::new(),
        variants: Vec::new(),
        values: Vec::new(),
        example: String::new(),
        used: used(cx, id),
    };
    match &cx.ty(core).shape {
        Shape::Object(object) => {
            view.fields = field::rows(cx, object, Folder::Schemas);
            view.example = object_example(cx, item);
        }
        Shape::Union(union) => {
            view.facts.push(match union.mode {
                UnionMode::OneOf => "One of these types:".to_owned(),
                UnionMode::AnyOf => "Any of these types:".to_owned(),
            });
            if let Some(discriminator) = &union.discriminator {
                view.facts.insert(
                    0,
                    format!("The property {} tells which type it is.", code(&discriminator.property)),
                );
            }
            view.variants = variants(cx, union, Folder::Schemas);
            name_variants(&mut view.variants, item);
        }
        Shape::Enum(values) => {
            let named = values.values.iter().enumerate().map(|(index, value)| view::Named {
                name: cell(&code(&constraint::bare(&value.value))),
                text: cell(&value_text(item, index, value.description.as_deref())),
            });
            view.values = named.collect();
            if values.open {
                view.facts.push("Other values are allowed.".to_owned());
            }
        }
        _ => {}
    }
    view
}

/// Adds what variants are called in Rust, where each has a name of its own there.
fn name_variants(variants: &mut [view::Variant], item: &TypeItem) {
    if let TypeBody::Union(body) = &item.body
        && body.variants.len() == variants.len()
    {
        for (variant, named) in variants.iter_mut().zip(&body.variants) {
            variant.rust = format!("`{}::{}`", item.name.unraw(), named.name.unraw());
        }
    }
}

/// What a value of an enum means, and what it is called in Rust.
fn value_text(item: &TypeItem, index: usize, description: Option<&str>) -> String {
    let variant = match &item.body {
        TypeBody::Enum(body) => body.variants.get(index).map(|variant| variant.name.unraw()),
        _ => None,
    };
    let rust = variant.map(|name| format!("`{}::{name}`", item.name.unraw()));
    [description.map(inline), rust]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What kind of type it is, its limits, and its name in the document.
fn facts(cx: &Context<'_>, id: TypeItemId, item: &TypeItem) -> Vec<String> {
    let core = cx.core(item.source);
    let or_null = if cx.is_nullable(item.source) { " or null" } else { "" };
    let kind = match &cx.ty(core).shape {
        Shape::Object(object) if object.fields.is_empty() => describe_shape(cx, core),
        Shape::Object(_) => "object".to_owned(),
        Shape::Union(_) => String::new(),
        Shape::Enum(values) => kinds(values.values.iter().map(|value| &value.value)),
        _ => describe_shape(cx, core),
    };
    let mut facts = Vec::new();
    if let Origin::Component(name) = &cx.ty(item.source).origin
        && name != item.name.unraw()
    {
        facts.push(format!("Called {} in the document.", code(name)));
    }
    facts.extend(other_direction(cx, id, item));
    if !kind.is_empty() {
        facts.push(format!("Type: {kind}{or_null}."));
    } else if !or_null.is_empty() {
        facts.push("Can be null.".to_owned());
    }
    if !matches!(cx.ty(core).shape, Shape::Enum(_)) {
        facts.extend(constraint::of_type(cx, core));
        if let Shape::Array(array) = &cx.ty(core).shape {
            let items = constraint::in_place(cx, array.items);
            facts.extend(constraint::of_items(&items));
        }
    }
    facts
}

/// What the type is called in the other direction, where it is another one there.
fn other_direction(cx: &Context<'_>, id: TypeItemId, item: &TypeItem) -> Option<String> {
    let linked = |other: TypeItemId| {
        let name = code(cx.model.ty(other).name.unraw());
        format!("[{name}]({})", cx.pages.type_link(other, Folder::Schemas))
    };
    match item.view {
        View::Request(response) => Some(format!("Sent in requests; responses have {}.", linked(response?))),
        View::Response => Some(format!(
            "Sent in responses; requests have {}.",
            linked(cx.request_of(id)?)
        )),
        View::Both => None,
    }
}

/// The shape of a type that has a section of its own, which `describe` would link to.
fn describe_shape(cx: &Context<'_>, core: specsmith_ir::TypeId) -> String {
    match &cx.ty(core).shape {
        Shape::Array(array) => format!("array of {}", describe(cx, array.items, Folder::Schemas)),
        Shape::Alias(target) => describe(cx, *target, Folder::Schemas),
        Shape::Object(_) => "object".to_owned(),
        Shape::Tuple(_) => "array".to_owned(),
        Shape::String(limits) => with_format("string", limits.format.as_deref()),
        Shape::Integer(numeric) => with_format("integer", numeric.format.as_deref()),
        Shape::Number(numeric) => with_format("number", numeric.format.as_deref()),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Null => "null".to_owned(),
        Shape::Const(value) => code(&constraint::bare(value)),
        Shape::Never => "never: no value fits".to_owned(),
        _ => "any".to_owned(),
    }
}

fn with_format(kind: &str, format: Option<&str>) -> String {
    match format {
        Some(format) => format!("{kind} ({})", text(format)),
        None => kind.to_owned(),
    }
}

/// The example that the document gives for an object.
fn object_example(cx: &Context<'_>, item: &TypeItem) -> String {
    let examples = &cx.ty(item.source).docs.examples;
    if !examples.iter().any(|example| example.value.is_some()) {
        return String::new();
    }
    let direction = match item.view {
        View::Request(_) => Direction::Request,
        View::Response | View::Both => Direction::Response,
    };
    let value = example::of_type(cx, item.source, direction);
    value
        .map(|value| fence("json", &json::pretty(&value)))
        .unwrap_or_default()
}

/// Where a type is used.
fn used(cx: &Context<'_>, id: TypeItemId) -> Vec<String> {
    let operations = cx.usage.operations(id).iter().filter_map(|id| {
        let (_, operation) = cx.operation(*id)?;
        let way = cx.pages.operation_link(*id, Folder::Schemas);
        Some(format!("[{}]({way})", code(operation.function.unraw())))
    });
    let types = cx.usage.types(id).iter().map(|id| {
        let name = cx.model.ty(*id).name.unraw();
        format!("[{}]({})", text(name), cx.pages.type_link(*id, Folder::Schemas))
    });
    let all: Vec<String> = operations.chain(types).collect();
    let more = all.len().saturating_sub(MAX_USES);
    let mut shown: Vec<String> = all.into_iter().take(MAX_USES).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown
}
