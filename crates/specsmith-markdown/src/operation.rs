//! The page of a group: its operations with parameters, bodies, responses and samples.

use std::collections::BTreeSet;

use specsmith_ir as ir;
use specsmith_rust::model::{Group, Operation, Outcome, Response, ResponseBody};

use crate::context::Context;
use crate::docs::description;
use crate::escape::{Headings, cell, code, fence, label, text};
use crate::example::Direction;
use crate::exchange::{exchange, line};
use crate::pages::Folder;
use crate::{sample, security, tags, view, webhook};

/// A page of a group; the first one is about the group and lists all of its operations.
pub(crate) fn page(cx: &Context<'_>, (index, group): (usize, &Group), number: usize) -> view::Group {
    let path = cx.pages.group(index).get(number).map_or("", String::as_str);
    let (from, count) = (number * cx.pages.per_page(), cx.pages.per_page());
    let shown = group.operations.iter().skip(from).take(count);
    let description = tags::tag(cx.api, group).filter(|_| number == 0);
    let description = description.map(|tag| description_of(tag, &cx.pages.anchors_of(path)));
    let listed = group.operations.iter().enumerate();
    let listed = listed.filter(|(place, _)| number == 0 || place / count == number);
    let contents = listed.filter_map(|(_, operation)| {
        let link = cx.pages.operation_link(operation.source, Folder::Root);
        // What is on this page is shown without its name.
        let link = link.strip_prefix(path).unwrap_or(&link);
        Some(content(operation, cx.api.operation(operation.source)?, link))
    });
    let operations = shown.filter_map(|operation| {
        let source = cx.api.operation(operation.source)?;
        Some(view(cx, group, operation, source))
    });
    view::Group {
        title: cx.pages.title(path),
        description: description.unwrap_or_default(),
        contents: contents.collect(),
        operations: operations.collect(),
    }
}

fn description_of(tag: &ir::Tag, anchors: &BTreeSet<String>) -> String {
    description(&tag.docs, Headings::From(2, anchors))
}

fn content(operation: &Operation, source: &ir::Operation, link: &str) -> view::Content {
    let says = match source.docs.title.as_deref().map(str::trim) {
        Some(title) if !title.is_empty() => label(&title.replace('`', "")),
        _ => code(operation.function.unraw()),
    };
    let deprecated = if source.docs.deprecated { " (deprecated)" } else { "" };
    view::Content {
        link: cell(&format!("[{says}]({link}){deprecated}")),
        line: cell(&line(source)),
    }
}

fn view(cx: &Context<'_>, group: &Group, operation: &Operation, source: &ir::Operation) -> view::Operation {
    let mut view = exchange(cx, source, Direction::Request);
    let heading = cx.pages.operation_heading(operation.source);
    view.heading = heading.map(|heading| heading.text.clone()).unwrap_or_default();
    view.facts.extend(facts(cx, group, source));
    view.facts.extend(webhook::of_operation(cx, operation.source));
    view.facts.extend(ways(operation));
    view.samples = vec![sample::curl(cx, source)];
    view.rust = calls(cx, group, operation, source);
    let handler = cx.options.handlers.get(&operation.source);
    view.handler = handler.map(|handler| fence("rust", handler)).unwrap_or_default();
    view
}

/// Calls with the client: one for each way to send the body.
fn calls(cx: &Context<'_>, group: &Group, operation: &Operation, source: &ir::Operation) -> Vec<view::Call> {
    let bodies = operation.other_bodies.iter().map(Some);
    let bodies = [operation.body.as_ref()].into_iter().chain(bodies);
    let calls = bodies.filter_map(|body| {
        let what = match body.filter(|_| !operation.other_bodies.is_empty()) {
            Some(body) => format!(", {}", code(body.media_type.essence())),
            None => String::new(),
        };
        let code = sample::rust(cx, group, operation, source, body)?;
        Some(view::Call { what, code })
    });
    calls.collect()
}

/// What the client has beside the call: pages, streams, downloads.
fn ways(operation: &Operation) -> Vec<String> {
    let streams = &operation.responses.streams;
    let mut ways = Vec::new();
    if operation.pagination.is_some() {
        ways.push("**Pages:** in Rust, `stream()` gives the items of all, `pages()` one after the other.".to_owned());
    }
    if streams.events.is_some() {
        ways.push("**Events:** in Rust, `events()` gives them as they come.".to_owned());
    }
    if streams.records.is_some() {
        ways.push("**Records:** in Rust, `records()` gives them as they come.".to_owned());
    }
    let is_bytes = |response: &Response| response.outcome == Outcome::Success && response.body == ResponseBody::Bytes;
    if operation.responses.list.iter().any(is_bytes) {
        ways.push("**Bytes:** in Rust, `download()` gives them as they come.".to_owned());
    }
    ways
}

/// Facts about an operation: authorization, servers of its own, other tags.
fn facts(cx: &Context<'_>, group: &Group, source: &ir::Operation) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(security::required(cx, &source.security));
    if !source.servers.is_empty() {
        let server = |server: &ir::Server| {
            let mut types = cx.model.server_types.iter();
            let ty = types.find(|ty| ty.server.url == server.url);
            let ty = ty.map(|ty| format!(" ({})", code(&format!("servers::{}", ty.name))));
            format!("{}{}", code(&server.url), ty.unwrap_or_default())
        };
        let servers: Vec<String> = source.servers.iter().map(server).collect();
        facts.push(format!("**Servers:** {}", servers.join(", ")));
    }
    let others = source.tags.iter().filter(|tag| Some(*tag) != group.tag.as_ref());
    let others: Vec<String> = others.map(|tag| text(tag)).collect();
    if !others.is_empty() {
        facts.push(format!("**Other tags:** {}", others.join(", ")));
    }
    facts
}
