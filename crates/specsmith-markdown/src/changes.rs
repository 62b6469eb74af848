//! The page of changes: what is different from an older document.

use specsmith_ir::changes::{Change, Difference, Subject, tell};
use specsmith_ir::{Api, OperationId, Origin};

use crate::context::Context;
use crate::escape::code;
use crate::pages::Folder;
use crate::view;

/// How many changes of one subject are listed.
const MAX_CHANGES: usize = 60;

/// What is different from an older document.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The version of the API in the older document, as written.
    pub since: String,
    /// The differences, without those of prose.
    pub list: Vec<Change>,
}

impl Changes {
    /// Compares two APIs.
    pub fn new(old: &Api, new: &Api) -> Self {
        let mut list = specsmith_ir::changes::changes(old, new);
        list.retain(|change| !change.is_prose());
        Self {
            since: old.info.version.clone(),
            list,
        }
    }
}

/// The page of changes.
pub(crate) fn page(cx: &Context<'_>, changes: &Changes) -> view::Changes {
    let sections = ["The API", "Authentication", "Operations", "Webhooks", "Schemas"];
    let sections = sections.into_iter().map(|title| {
        let of_section = changes
            .list
            .iter()
            .filter(|change| section_of(&change.subject) == title);
        section(cx, title, of_section.collect())
    });
    let since = changes.since.trim();
    view::Changes {
        title: cx.pages.changes().map(|page| cx.pages.title(page)).unwrap_or_default(),
        since: if since.is_empty() { String::new() } else { code(since) },
        sections: sections.filter(|section| !section.is_empty()).collect(),
    }
}

/// The title of the section of a subject.
fn section_of(subject: &Subject) -> &'static str {
    match subject {
        Subject::Api | Subject::Tag(_) => "The API",
        Subject::SecurityScheme(_) => "Authentication",
        Subject::Operation { .. } => "Operations",
        Subject::Webhook(_) => "Webhooks",
        Subject::Schema(_) => "Schemas",
    }
}

fn section(cx: &Context<'_>, title: &'static str, changes: Vec<&Change>) -> view::ChangeSection {
    let mut section = view::ChangeSection {
        title,
        added: Vec::new(),
        removed: Vec::new(),
        changed: Vec::new(),
    };
    for change in changes {
        let is_whole = change.parts.is_empty();
        match &change.difference {
            Difference::Added { .. } if is_whole => section.added.push(subject(cx, change, true)),
            Difference::Removed { .. } if is_whole => section.removed.push(subject(cx, change, false)),
            difference => {
                let name = subject(cx, change, true);
                let row = view::ChangeRow {
                    place: tell::place(&change.parts, &code),
                    what: tell::difference(difference, &code),
                };
                match section.changed.last_mut().filter(|of| of.name == name) {
                    Some(of) if of.rows.len() < MAX_CHANGES => of.rows.push(row),
                    Some(of) => of.more += 1,
                    None => section.changed.push(view::ChangedThing {
                        name,
                        rows: vec![row],
                        more: 0,
                    }),
                }
            }
        }
    }
    section
}

/// What a change is about, with a link to what is there still.
fn subject(cx: &Context<'_>, change: &Change, is_there: bool) -> String {
    let (name, link) = match &change.subject {
        Subject::Api => return "The API".to_owned(),
        Subject::Tag(name) => return code(name),
        Subject::Operation { index, line } => {
            let id = u32::try_from(*index).ok().map(OperationId);
            let id = id.filter(|id| is_there && cx.pages.operation_heading(*id).is_some());
            (line, id.map(|id| cx.pages.operation_link(id, Folder::Root)))
        }
        Subject::Schema(name) => {
            let is_named = |item: &specsmith_rust::model::TypeItem| matches!(&cx.ty(item.source).origin, Origin::Component(of) if of == name);
            let id = cx.model.types().find(|(_, item)| is_named(item)).filter(|_| is_there);
            (name, id.map(|(id, _)| cx.pages.type_link(id, Folder::Root)))
        }
        Subject::SecurityScheme(name) => {
            let index = cx.model.schemes.iter().position(|scheme| scheme.wire == *name);
            (name, index.and_then(|index| cx.pages.scheme_link(index)))
        }
        Subject::Webhook(line) => (line, None),
    };
    match link {
        Some(link) => format!("[{}]({link})", code(name)),
        None => code(name),
    }
}
