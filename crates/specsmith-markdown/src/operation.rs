//! The page of a group: its operations with parameters, bodies, responses and samples.

use std::collections::BTreeSet;

use specsmith_ir::{self as ir, Parameter, Presence, Status};
use specsmith_rust::model::{Group, Operation};

use crate::constraint;
use crate::context::Context;
use crate::escape::{Headings, cell, code, inline, label, link, prose, slug, text};
use crate::example::Direction;
use crate::field::{docs, ended, example, is_secret};
use crate::message::{self, Shown, described};
use crate::pages::Folder;
use crate::types::describe;
use crate::{sample, security, view};

/// The page of a group.
pub(crate) fn group(cx: &Context<'_>, group: &Group) -> view::Group {
    let functions = group.operations.iter().map(|operation| operation.function.unraw());
    let anchors: BTreeSet<String> = functions.map(slug).collect();
    let mut title = text(title(cx, group));
    if anchors.contains(&slug(&title)) {
        title.push_str(" operations");
    }
    let operations = group.operations.iter();
    let operations = operations.filter_map(|operation| Some((operation, cx.api.operation(operation.source)?)));
    let contents = operations.clone().map(|(operation, source)| content(operation, source));
    view::Group {
        title,
        description: tag(cx, group).map_or_else(String::new, |tag| description(&tag.docs, Headings::From(2, &anchors))),
        contents: contents.collect(),
        operations: operations
            .map(|(operation, source)| view(cx, group, operation, source))
            .collect(),
    }
}

/// What a group is called.
pub(crate) fn title<'a>(cx: &Context<'a>, group: &'a Group) -> &'a str {
    let title = tag(cx, group)
        .and_then(|tag| tag.docs.title.as_deref())
        .or(group.tag.as_deref());
    title.filter(|title| !title.trim().is_empty()).unwrap_or("Operations")
}

fn tag<'a>(cx: &Context<'a>, group: &Group) -> Option<&'a ir::Tag> {
    cx.api.tags.iter().find(|tag| Some(&tag.name) == group.tag.as_ref())
}

fn content(operation: &Operation, source: &ir::Operation) -> view::Content {
    let function = operation.function.unraw();
    let says = match source.docs.title.as_deref().map(str::trim) {
        Some(title) if !title.is_empty() => label(title),
        _ => code(function),
    };
    let deprecated = if source.docs.deprecated { " (deprecated)" } else { "" };
    view::Content {
        link: cell(&format!("[{says}](#{}){deprecated}", slug(function))),
        line: cell(&line(source)),
    }
}

/// `GET /books` as code.
fn line(source: &ir::Operation) -> String {
    code(&format!("{} {}", source.method, source.path.text))
}

fn view(cx: &Context<'_>, group: &Group, operation: &Operation, source: &ir::Operation) -> view::Operation {
    let mut view = exchange(cx, source, Direction::Request);
    view.heading = code(operation.function.unraw());
    view.facts.extend(facts(cx, group, source));
    view.samples = vec![sample::curl(cx, source)];
    view.rust = sample::rust(cx, group, operation, source).into_iter().collect();
    view
}

/// What goes back and forth, with the request going this way.
pub(crate) fn exchange(cx: &Context<'_>, source: &ir::Operation, direction: Direction) -> view::Operation {
    let back = match direction {
        Direction::Request => Direction::Response,
        Direction::Response => Direction::Request,
    };
    view::Operation {
        heading: String::new(),
        line: line(source),
        deprecated: source.docs.deprecated,
        summary: source.docs.title.as_deref().map(text).unwrap_or_default(),
        description: description(&source.docs, Headings::Bold),
        facts: Vec::new(),
        parameters: source.parameters.iter().map(|of| parameter(cx, of)).collect(),
        body: source.request_body.as_ref().map(|of| body(cx, of, direction)),
        samples: Vec::new(),
        responses: source.responses.iter().map(|of| response(cx, of)).collect(),
        headers: source.responses.iter().flat_map(|of| headers(cx, of)).collect(),
        details: details(cx, source, back),
        rust: Vec::new(),
    }
}

/// Description and link to more.
pub(crate) fn description(docs: &ir::Docs, headings: Headings<'_>) -> String {
    let mut out = docs
        .description
        .as_deref()
        .map(|text| prose(text, headings))
        .unwrap_or_default();
    if let Some(external) = &docs.external_docs {
        let says = external.description.as_deref().unwrap_or(&external.url);
        out.push_str(&format!("\n\nSee {}.", link(says.trim_end_matches('.'), &external.url)));
    }
    out.trim().to_owned()
}

/// Facts about an operation: authorization, servers of its own, other tags.
fn facts(cx: &Context<'_>, group: &Group, source: &ir::Operation) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(security::required(cx, &source.security));
    if !source.servers.is_empty() {
        let servers: Vec<String> = source.servers.iter().map(|server| code(&server.url)).collect();
        facts.push(format!("**Servers:** {}", servers.join(", ")));
    }
    let others = source.tags.iter().filter(|tag| Some(*tag) != group.tag.as_ref());
    let others: Vec<String> = others.map(|tag| text(tag)).collect();
    if !others.is_empty() {
        facts.push(format!("**Other tags:** {}", others.join(", ")));
    }
    facts
}

fn parameter(cx: &Context<'_>, parameter: &Parameter) -> view::Parameter {
    let mut parts = Vec::new();
    if parameter.docs.deprecated {
        parts.push("**Deprecated.**".to_owned());
    }
    parts.push(docs(cx, Some(&parameter.docs), parameter.ty));
    let is_secret = is_secret(cx, parameter.ty);
    if let Presence::Default(value) = &parameter.presence
        && !is_secret
    {
        parts.extend(constraint::default(value));
    }
    parts.extend(constraint::in_place(cx, parameter.ty));
    parts.extend(written(&parameter.encoding));
    if !is_secret {
        parts.extend(example(cx, &parameter.docs, parameter.ty));
    }
    parts.retain(|part| !part.is_empty());
    view::Parameter {
        name: cell(&code(&parameter.name)),
        place: parameter.place.to_string(),
        ty: cell(&describe(cx, parameter.ty, Folder::Root)),
        required: if parameter.presence == Presence::Required {
            "yes"
        } else {
            "no"
        },
        text: cell(&parts.join(" ")),
    }
}

/// How a value is written, where that is not what everybody expects.
fn written(encoding: &ir::ParameterEncoding) -> Option<String> {
    use ir::Style;
    Some(match encoding {
        ir::ParameterEncoding::Content(media_type) => format!("Sent as {}.", code(media_type.as_str())),
        ir::ParameterEncoding::Style { style, explode, .. } => match (style, explode) {
            (Style::DeepObject, _) => "Sent as `name[key]=value`.".to_owned(),
            (Style::SpaceDelimited, false) => "Values are separated by spaces.".to_owned(),
            (Style::PipeDelimited, false) => "Values are separated by `|`.".to_owned(),
            (Style::Form, false) => "Several values are separated by commas.".to_owned(),
            (Style::Label, _) => "Sent as `.value`.".to_owned(),
            (Style::Matrix, _) => "Sent as `;name=value`.".to_owned(),
            _ => return None,
        },
    })
}

fn body(cx: &Context<'_>, body: &ir::RequestBody, direction: Direction) -> view::Body {
    let messages = body.content.iter().map(|content| {
        let label = labeled(
            &code(content.media_type.as_str()),
            &message::ty(cx, content, Folder::Root),
        );
        let is_json = content.media_type.is_json();
        let shown = Shown {
            named: true,
            made: direction == Direction::Response && is_json,
            // The first one is the body of the sample.
            skip: usize::from(direction == Direction::Request && is_json && example_fits(cx, content)),
        };
        message::view(cx, content, label, direction, &shown)
    });
    view::Body {
        required: body.required,
        description: description(&body.docs, Headings::Bold),
        messages: messages.collect(),
    }
}

/// Whether the first example of the document is the one that samples show.
fn example_fits(cx: &Context<'_>, content: &ir::Content) -> bool {
    let first = content.examples.first().and_then(|example| example.value.as_ref());
    match (first, content.ty) {
        (Some(value), Some(ty)) => crate::example::fits(cx, ty, value),
        _ => false,
    }
}

fn labeled(what: &str, ty: &str) -> String {
    match ty {
        "" => what.to_owned(),
        ty => format!("{what}: {ty}"),
    }
}

fn response(cx: &Context<'_>, response: &ir::Response) -> view::Response {
    let bodies = response.content.iter().map(|content| {
        let media_type = code(content.media_type.as_str());
        match message::ty(cx, content, Folder::Root) {
            ty if ty.is_empty() => media_type,
            ty if content.media_type.essence() == "application/json" => ty,
            ty => format!("{ty} as {media_type}"),
        }
    });
    let mut bodies: Vec<String> = bodies.collect();
    bodies.dedup();
    let says = response.docs.description.as_deref().or(response.docs.title.as_deref());
    view::Response {
        status: status(response.status),
        body: cell(&bodies.join(" or ")),
        text: cell(&says.map(inline).unwrap_or_default()),
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Default => "default".to_owned(),
        status => format!("`{status}`"),
    }
}

fn headers(cx: &Context<'_>, response: &ir::Response) -> Vec<view::Header> {
    let headers = response.headers.iter().map(|header| {
        let mut parts = vec![described(&header.docs)];
        parts.extend(header.required.then(|| "Always there.".to_owned()));
        parts.extend(constraint::in_place(cx, header.ty));
        parts.retain(|part| !part.is_empty());
        view::Header {
            status: status(response.status),
            name: cell(&code(&header.name)),
            ty: cell(&describe(cx, header.ty, Folder::Root)),
            text: cell(&ended(&parts.join(" "))),
        }
    });
    headers.collect()
}

/// Bodies of responses that have something to show in place.
fn details(cx: &Context<'_>, source: &ir::Operation, direction: Direction) -> Vec<view::Message> {
    let is_success = |response: &&ir::Response| matches!(response.status, Status::Code(200..=299) | Status::Class(2));
    let first = source.responses.iter().find(is_success).map(|response| response.status);
    let mut details = Vec::new();
    for response in &source.responses {
        for (index, content) in response.content.iter().enumerate() {
            let mut what = status(response.status);
            if response.content.len() > 1 || !content.media_type.is_json() {
                what = format!("{what}, {}", code(content.media_type.as_str()));
            }
            let shown = Shown {
                named: false,
                made: index == 0 && Some(response.status) == first && content.media_type.is_json(),
                skip: 0,
            };
            let label = labeled(&what, &message::ty(cx, content, Folder::Root));
            let view = message::view(cx, content, label, direction, &shown);
            if !(view.fields.is_empty()
                && view.variants.is_empty()
                && view.examples.is_empty()
                && view.facts.is_empty())
            {
                details.push(view);
            }
        }
    }
    details
}
