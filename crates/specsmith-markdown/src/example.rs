//! Example values: those of the document where they fit, else values made from the schema.

mod fit;
mod make;
mod pattern;
mod shown;

use specsmith_ir::{Content, Example, Parameter, Presence, TypeId, Value};

use crate::context::Context;

pub(crate) use fit::fits;

/// Which way a body goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the API: without what is read only.
    Request,
    /// From the API: without what is write only.
    Response,
}

/// The examples of the document for a body, with their labels.
pub(crate) fn documented<'a>(
    cx: &Context<'_>,
    content: &'a Content,
    direction: Direction,
) -> Vec<(&'a Example, Value)> {
    let values = content.examples.iter().filter_map(|example| {
        let value = example.value.as_ref()?;
        Some((example, shown::of(cx, content.ty, value, direction)))
    });
    values.collect()
}

/// An example for a body.
pub(crate) fn body(cx: &Context<'_>, content: &Content, direction: Direction) -> Option<Value> {
    let ty = content.ty?;
    let values = content.examples.iter().filter_map(|example| example.value.as_ref());
    let mut fitting = values.filter(|value| fits(cx, ty, value));
    match fitting.next() {
        Some(value) => Some(shown::of(cx, Some(ty), value, direction)),
        None => of_type(cx, ty, direction),
    }
}

/// An example for a type.
pub(crate) fn of_type(cx: &Context<'_>, ty: TypeId, direction: Direction) -> Option<Value> {
    let value = make::value(cx, ty, direction)?;
    Some(shown::of(cx, Some(ty), &value, direction))
}

/// The example that the document gives for a parameter.
pub(crate) fn of_parameter(cx: &Context<'_>, parameter: &Parameter) -> Option<Value> {
    let of_type = &cx.ty(parameter.ty).docs.examples;
    let values = parameter.docs.examples.iter().chain(of_type);
    let mut values = values.filter_map(|example| example.value.as_ref());
    values
        .find(|value| **value != Value::Null && fits(cx, parameter.ty, value))
        .cloned()
}

/// A value for a parameter that must be sent.
pub(crate) fn for_parameter(cx: &Context<'_>, parameter: &Parameter) -> Option<Value> {
    if let Some(value) = of_parameter(cx, parameter) {
        return Some(value);
    }
    if let Presence::Default(value) = &parameter.presence
        && fits(cx, parameter.ty, value)
    {
        return Some(value.clone());
    }
    make::value(cx, parameter.ty, Direction::Request).filter(|value| *value != Value::Null)
}
