//! What goes back and forth in an operation: parameters, bodies and responses.

use specsmith_ir::{self as ir, Parameter, Presence, Status};

use crate::constraint;
use crate::context::Context;
use crate::docs::{deprecation, described, description, docs, ended, notice};
use crate::escape::{self, Headings, cell, code, inline};
use crate::example::Direction;
use crate::field::{example, is_secret};
use crate::message::{self, Shown};
use crate::pages::Folder;
use crate::types::describe;
use crate::view;

/// What goes back and forth, with the request going this way.
pub(crate) fn exchange(cx: &Context<'_>, source: &ir::Operation, direction: Direction) -> view::Operation {
    let back = match direction {
        Direction::Request => Direction::Response,
        Direction::Response => Direction::Request,
    };
    view::Operation {
        heading: String::new(),
        line: line(source),
        deprecated: retired(source),
        summary: summary(&source.docs),
        description: description(&source.docs, Headings::Bold),
        facts: Vec::new(),
        parameters: source.parameters.iter().map(|of| parameter(cx, of)).collect(),
        body: source.request_body.as_ref().map(|of| body(cx, of, direction)),
        samples: Vec::new(),
        responses: source.responses.iter().map(|of| response(cx, of)).collect(),
        headers: headers(cx, &source.responses),
        links: links(cx, source),
        details: details(cx, source, back),
        rust: Vec::new(),
        handler: String::new(),
    }
}

/// A notice that an operation is deprecated, since when and until when; empty where it is not.
fn retired(source: &ir::Operation) -> String {
    let mut said = vec![notice(&source.docs, "operation")];
    if let Some(retirement) = &source.retirement {
        let since = retirement
            .since
            .map(|since| format!("Deprecated since {}.", since.date()));
        let sunset = retirement.sunset.map(|sunset| format!("Gone on {}.", sunset.date()));
        said.extend(since.into_iter().chain(sunset));
        let links = [&retirement.link, &retirement.sunset_link].into_iter().flatten();
        said.extend(links.map(|url| format!("See {}.", escape::link(url, url))));
    }
    said.join(" ").trim().to_owned()
}

/// The summary, where the description does not begin with it.
fn summary(docs: &ir::Docs) -> String {
    let words = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let says = docs.title.as_deref().unwrap_or_default();
    let description = docs.description.as_deref().unwrap_or_default();
    match words(description).starts_with(&words(says)) {
        true => String::new(),
        false => inline(says),
    }
}

/// Rows of the headers of some responses, each header once with all statuses that have it.
fn headers(cx: &Context<'_>, responses: &[ir::Response]) -> Vec<view::Header> {
    let mut rows: Vec<HeaderRow<'_>> = Vec::new();
    let headers = responses
        .iter()
        .flat_map(|of| of.headers.iter().map(move |header| (of.status, header)));
    for (status, source) in headers {
        if let Some(row) = rows.iter_mut().find(|row| row.source == source) {
            row.add(status);
            continue;
        }
        let header = header(cx, status, source);
        let is_same = |row: &&mut HeaderRow<'_>| {
            (&row.header.name, &row.header.ty, &row.header.text) == (&header.name, &header.ty, &header.text)
        };
        match rows.iter_mut().find(is_same) {
            Some(row) => row.add(status),
            None => rows.push(HeaderRow {
                source,
                statuses: 1,
                header,
            }),
        }
    }
    // A list of all of them says less, in a column of which most is lines.
    let count = responses.len();
    let rows = rows.into_iter().map(|mut row| {
        if row.statuses == count && count > 2 {
            row.header.status = "all".to_owned();
        }
        row.header
    });
    rows.collect()
}

/// A header of some responses.
struct HeaderRow<'a> {
    /// What it was made of first.
    source: &'a ir::Header,
    /// How many statuses have it.
    statuses: usize,
    header: view::Header,
}

impl HeaderRow<'_> {
    fn add(&mut self, of: Status) {
        self.statuses += 1;
        self.header.status.push_str(&format!(", {}", status(of)));
    }
}

/// `GET /books` as code.
pub(crate) fn line(source: &ir::Operation) -> String {
    code(&format!("{} {}", source.method, source.path.text))
}

fn parameter(cx: &Context<'_>, parameter: &Parameter) -> view::Parameter {
    let mut parts = Vec::new();
    parts.extend(deprecation(&parameter.docs));
    parts.push(docs(cx, &parameter.name, Some(&parameter.docs), parameter.ty));
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
    let mut messages: Vec<view::Message> = Vec::new();
    for content in &body.content {
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
        let mut message = message::view(cx, content, label, direction, &shown);
        if messages
            .iter()
            .any(|other| other.has_parts() && other.fields == message.fields && other.variants == message.variants)
        {
            message.facts.insert(0, "The same as above.".to_owned());
            message.fields.clear();
            message.variants.clear();
        }
        messages.push(message);
    }
    view::Body {
        required: body.required,
        description: description(&body.docs, Headings::Bold),
        messages,
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
    let says = response.docs.description.as_deref().or(response.docs.title.as_deref());
    view::Response {
        status: status(response.status),
        body: cell(&bodies(cx, &response.content)),
        text: cell(&says.map(inline).unwrap_or_default()),
    }
}

/// The types of bodies, each once with the media types that it is sent as; JSON goes without saying.
fn bodies(cx: &Context<'_>, content: &[ir::Content]) -> String {
    let mut bodies: Vec<(String, Vec<String>)> = Vec::new();
    for content in content {
        let ty = message::ty(cx, content, Folder::Root);
        let is_said = content.media_type.essence() == "application/json" && !ty.is_empty();
        let media_type = (!is_said).then(|| code(content.media_type.as_str()));
        match bodies.last_mut() {
            Some((known, media_types)) if *known == ty && media_types.is_empty() == is_said => {
                media_types.extend(media_type);
            }
            _ => bodies.push((ty, media_type.into_iter().collect())),
        }
    }
    let bodies = bodies.into_iter().map(|(ty, media_types)| {
        let media_types = media_types.join(" or ");
        match (ty.is_empty(), media_types.is_empty()) {
            (true, _) => media_types,
            (_, true) => ty,
            _ => format!("{ty} as {media_types}"),
        }
    });
    bodies.collect::<Vec<_>>().join(" or ")
}

/// A status as code.
pub(crate) fn status(status: Status) -> String {
    match status {
        Status::Default => "default".to_owned(),
        status => format!("`{status}`"),
    }
}

fn header(cx: &Context<'_>, of: Status, header: &ir::Header) -> view::Header {
    let mut parts = Vec::new();
    parts.extend(deprecation(&header.docs));
    parts.push(described(&header.docs));
    parts.extend(header.required.then(|| "Always there.".to_owned()));
    parts.extend(constraint::in_place(cx, header.ty));
    parts.extend(example(cx, &header.docs, header.ty));
    parts.retain(|part| !part.is_empty());
    view::Header {
        status: status(of),
        name: cell(&code(&header.name)),
        ty: cell(&describe(cx, header.ty, Folder::Root)),
        text: cell(&ended(&parts.join(" "))),
    }
}

/// Rows of the calls that responses lead to, each once with all statuses that have it.
fn links(cx: &Context<'_>, source: &ir::Operation) -> Vec<view::Link> {
    let mut rows: Vec<view::Link> = Vec::new();
    let responses = source.responses.iter();
    let links = responses.flat_map(|response| response.links.iter().map(move |link| (response.status, link)));
    for row in links.filter_map(|(of, link)| self::link(cx, of, link)) {
        let is_same = |known: &&mut view::Link| {
            (&known.name, &known.target, &known.values, &known.text) == (&row.name, &row.target, &row.values, &row.text)
        };
        match rows.iter_mut().find(is_same) {
            Some(known) => known.status.push_str(&format!(", {}", row.status)),
            None => rows.push(row),
        }
    }
    rows
}

fn link(cx: &Context<'_>, of: Status, link: &ir::Link) -> Option<view::Link> {
    let target = cx.api.operation(link.target)?;
    cx.pages.operation_heading(link.target)?;
    let way = cx.pages.operation_link(link.target, Folder::Root);
    let parameters = link.parameters.iter();
    let parameters = parameters.map(|of| format!("{}: {}", code(&of.name), code(&of.value.to_string())));
    let body = link
        .body
        .as_ref()
        .map(|body| format!("body: {}", code(&body.to_string())));
    let values: Vec<String> = parameters.chain(body).collect();
    Some(view::Link {
        status: status(of),
        name: cell(&code(&link.name)),
        target: cell(&format!("[{}]({way})", line(target))),
        values: cell(&values.join(", ")),
        text: cell(&link.docs.description.as_deref().map(inline).unwrap_or_default()),
    })
}

/// Bodies of responses that have something to show in place.
fn details(cx: &Context<'_>, source: &ir::Operation, direction: Direction) -> Vec<view::Message> {
    let is_success = |response: &&ir::Response| matches!(response.status, Status::Code(200..=299) | Status::Class(2));
    let first = source.responses.iter().find(is_success).map(|response| response.status);
    let mut details = Vec::new();
    for response in &source.responses {
        let start = details.len();
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
            let mut above = details.iter().skip(start);
            if above.any(|other: &view::Message| other.has_same(&view)) {
                continue;
            }
            if view.has_parts() || !view.examples.is_empty() || !view.facts.is_empty() {
                details.push(view);
            }
        }
    }
    details
}
