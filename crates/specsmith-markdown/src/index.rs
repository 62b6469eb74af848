//! `index.md` and `SUMMARY.md`: the API as a whole.

use specsmith_ir::{Info, Server};

use crate::context::Context;
use crate::escape::{Headings, cell, code, fence, inline, label, link, prose, text};
use crate::pages::Folder;
use crate::tags::{self, numbered};
use crate::{conventions, sample, security, view};

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
        conventions: conventions::of(cx),
        tags: tags::rows(cx),
        sent: linked(cx, sent(cx)),
        schemas: linked(cx, schemas(cx)),
        statuses: cx.pages.link(cx.pages.statuses(), Folder::Root),
        changes: cx.pages.changes().map(|page| cx.pages.link(page, Folder::Root)),
    }
}

/// Pages as links lead to them from the first page.
fn linked(cx: &Context<'_>, mut pages: Vec<view::Entry>) -> Vec<view::Entry> {
    for page in &mut pages {
        page.path = cx.pages.link(&page.path, Folder::Root);
    }
    pages
}

/// `SUMMARY.md`.
pub(crate) fn summary(cx: &Context<'_>) -> view::Summary {
    view::Summary {
        title: match label(&cx.api.info.title) {
            title if title.is_empty() => "API reference".to_owned(),
            title => title,
        },
        groups: tags::entries(cx),
        sent: sent(cx),
        schemas: schemas(cx),
        more: more(cx),
    }
}

/// What the API is called, as the document writes it.
pub(crate) fn plain_title(info: &Info) -> String {
    match info.title.trim() {
        "" => "API reference".to_owned(),
        title => title.to_owned(),
    }
}

/// What the API is called, as Markdown.
pub(crate) fn title(info: &Info) -> String {
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

/// Pages about the API as a whole beside the first.
pub(crate) fn more(cx: &Context<'_>) -> Vec<view::Entry> {
    let pages = [Some(cx.pages.statuses()), cx.pages.changes()];
    let entries = pages.into_iter().flatten().map(|page| view::Entry {
        name: cx.pages.title(page),
        path: page.to_owned(),
        count: 0,
        indent: String::new(),
    });
    entries.collect()
}

/// The pages of requests that the API sends.
fn sent(cx: &Context<'_>) -> Vec<view::Entry> {
    let entry = |name: &str, path: Option<&str>, count| {
        path.map(|path| view::Entry {
            name: name.to_owned(),
            path: path.to_owned(),
            count,
            indent: String::new(),
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
        let most = cx.pages.schemas_per_page();
        pages.iter().enumerate().map(move |(number, path)| view::Entry {
            name: numbered(&label(module.unraw()), number, pages.len()),
            path: path.clone(),
            count: count.saturating_sub(number * most).min(most),
            indent: String::new(),
        })
    });
    modules.filter(|page| page.count > 0).collect()
}
