//! `index.md` and `SUMMARY.md`: the API as a whole.

use specsmith_ir::{Info, Server};

use crate::context::Context;
use crate::escape::{Headings, cell, code, fence, inline, label, link, prose, text};
use crate::pages::SCHEMAS_PER_PAGE;
use crate::{operation, sample, security, view};

/// `index.md`.
pub(crate) fn view(cx: &Context<'_>) -> view::Index {
    let info = &cx.api.info;
    let anchors = cx.pages.index_anchors();
    let description = info
        .description
        .as_deref()
        .map(|text| prose(text, Headings::From(2, &anchors)));
    let client = sample::client(cx, &[]);
    view::Index {
        title: title(info),
        facts: facts(info),
        summary: info.summary.as_deref().map(text).unwrap_or_default(),
        description: description.unwrap_or_default(),
        servers: cx.api.servers.iter().map(|of| server(cx, of)).collect(),
        schemes: security::schemes(cx),
        client: fence("rust", &client),
        tags: tags(cx),
        sent: sent(cx),
        schemas: schemas(cx),
    }
}

/// `SUMMARY.md`.
pub(crate) fn summary(cx: &Context<'_>) -> view::Summary {
    let groups = cx.model.groups.iter().enumerate().flat_map(|(index, group)| {
        let pages = cx.pages.group(index);
        pages.iter().enumerate().map(move |(number, path)| view::Entry {
            name: numbered(&label(&operation::title(cx, group)), number, pages.len()),
            path: path.clone(),
            count: group.operations.len(),
        })
    });
    view::Summary {
        title: match label(&cx.api.info.title) {
            title if title.is_empty() => "API reference".to_owned(),
            title => title,
        },
        groups: groups.collect(),
        sent: sent(cx),
        schemas: schemas(cx),
    }
}

fn title(info: &Info) -> String {
    match text(&info.title) {
        title if title.is_empty() => "API reference".to_owned(),
        title => title,
    }
}

fn facts(info: &Info) -> Vec<String> {
    let mut facts = Vec::new();
    if !info.version.trim().is_empty() {
        facts.push(format!("Version {}", code(&info.version)));
    }
    if let Some(contact) = &info.contact {
        let name = contact.name.as_deref();
        let mail = contact
            .email
            .as_deref()
            .map(|mail| link(mail, &format!("mailto:{mail}")));
        let page = contact.url.as_deref().map(|url| link(name.unwrap_or(url), url));
        let name = name.filter(|_| page.is_none()).map(text);
        let all: Vec<String> = [page, name, mail].into_iter().flatten().collect();
        facts.extend((!all.is_empty()).then(|| format!("Contact: {}", all.join(", "))));
    }
    if let Some(license) = &info.license {
        let spdx = license.identifier.as_deref().filter(|id| *id != license.name);
        let spdx = spdx.map(|id| format!(" ({})", code(id)));
        let spdx = spdx.unwrap_or_default();
        facts.push(match &license.url {
            Some(url) => format!("License: {}{spdx}", link(&license.name, url)),
            None => format!("License: {}{spdx}", text(&license.name)),
        });
    }
    if let Some(url) = &info.terms_of_service {
        facts.push(format!("Terms of service: {}", link(url, url)));
    }
    if let Some(external) = &info.external_docs {
        let says = external.description.as_deref().unwrap_or(&external.url);
        facts.push(format!("More: {}", link(says.trim_end_matches('.'), &external.url)));
    }
    facts
}

fn server(cx: &Context<'_>, server: &Server) -> view::Server {
    let variables = server.variables.iter().map(|variable| {
        let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
        let mut parts = Vec::new();
        parts.extend(
            variable
                .description
                .as_deref()
                .map(|text| crate::docs::ended(&inline(text))),
        );
        parts.extend((!values.is_empty()).then(|| format!("One of {}.", values.join(", "))));
        view::Variable {
            name: cell(&code(&variable.name)),
            default: if variable.default.is_empty() {
                String::new()
            } else {
                cell(&code(&variable.default))
            },
            text: cell(&parts.join(" ")),
        }
    });
    let name = server.name.as_deref().map(text).filter(|name| !name.is_empty());
    let says = server.description.as_deref().map(inline);
    let says: Vec<String> = name.into_iter().chain(says).collect();
    let mut types = cx.model.server_types.iter();
    let ty = types.find(|ty| ty.server.url == server.url);
    view::Server {
        url: code(&server.url),
        rust: ty.map(|ty| code(&format!("servers::{}", ty.name))),
        text: says.join(": "),
        variables: variables.collect(),
    }
}

/// The tags in the order of the document, then the groups of operations without a tag.
fn tags(cx: &Context<'_>) -> Vec<view::Tag> {
    let group_of = |name: &str| {
        let mut groups = cx.model.groups.iter().enumerate();
        groups.find(|(_, group)| group.tag.as_deref() == Some(name))
    };
    let mut tags = Vec::new();
    for tag in &cx.api.tags {
        let name = tag.docs.title.as_deref().unwrap_or(&tag.name);
        let is_tagged = |operation: &&specsmith_ir::Operation| operation.tags.contains(&tag.name);
        let under = tag.parent.as_deref().map(|parent| format!("Part of {}.", text(parent)));
        let says = tag.docs.description.as_deref().map(inline);
        tags.push(view::Tag {
            name: cell(&match group_of(&tag.name) {
                Some((index, _)) => format!("[{}]({})", label(name), cx.pages.of_operation(index, 0)),
                None => text(name),
            }),
            count: match group_of(&tag.name) {
                Some((_, group)) => group.operations.len(),
                None => cx.api.operations.iter().filter(is_tagged).count(),
            },
            text: cell(&[under, says].into_iter().flatten().collect::<Vec<_>>().join(" ")),
        });
    }
    let untagged = cx
        .model
        .groups
        .iter()
        .enumerate()
        .filter(|(_, group)| group.tag.is_none());
    tags.extend(untagged.map(|(index, group)| {
        let title = operation::title(cx, group);
        view::Tag {
            name: cell(&format!("[{}]({})", label(&title), cx.pages.of_operation(index, 0))),
            count: group.operations.len(),
            text: String::new(),
        }
    }));
    tags
}

/// The pages of requests that the API sends.
fn sent(cx: &Context<'_>) -> Vec<view::Entry> {
    let entry = |name: &str, path: Option<&str>, count| {
        path.map(|path| view::Entry {
            name: name.to_owned(),
            path: path.to_owned(),
            count,
        })
    };
    let webhooks = entry("Webhooks", cx.pages.webhooks(), cx.api.webhooks.len());
    let callbacks = entry("Callbacks", cx.pages.callbacks(), cx.api.callbacks.len());
    webhooks.into_iter().chain(callbacks).collect()
}

/// The pages of schemas.
fn schemas(cx: &Context<'_>) -> Vec<view::Entry> {
    let modules = cx.model.type_modules.iter().enumerate().flat_map(|(index, module)| {
        let count = cx.model.types.iter().filter(|item| item.module == index).count();
        let pages = cx.pages.module(index);
        pages.iter().enumerate().map(move |(number, path)| view::Entry {
            name: numbered(&label(module.unraw()), number, pages.len()),
            path: format!("schemas/{path}"),
            count: count.saturating_sub(number * SCHEMAS_PER_PAGE).min(SCHEMAS_PER_PAGE),
        })
    });
    modules.filter(|page| page.count > 0).collect()
}

/// The name of one of several pages.
fn numbered(name: &str, number: usize, pages: usize) -> String {
    match pages {
        1 => name.to_owned(),
        pages => format!("{name} ({} of {pages})", number + 1),
    }
}
