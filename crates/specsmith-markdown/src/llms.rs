//! `llms.txt`: the reference in one list of links, for programs that read it page by page (llmstxt.org).

use specsmith_rust::model::TypeItem;

use crate::context::Context;
use crate::escape::{code, inline, label, text};
use crate::exchange::line;
use crate::pages::Folder;
use crate::{index, tags, view};

/// How many schemas of a page are named.
const MAX_SCHEMAS: usize = 40;

/// What `llms.txt` says.
pub(crate) fn view(cx: &Context<'_>) -> view::Llms {
    let info = &cx.api.info;
    let summary = info
        .summary
        .as_deref()
        .or(info.description.as_deref())
        .unwrap_or_default();
    let first = summary.trim().split("\n\n").next().unwrap_or_default();
    view::Llms {
        title: index::title(info),
        version: match info.version.trim() {
            "" => String::new(),
            version => code(version),
        },
        summary: inline(first),
        groups: cx.model.groups.iter().map(|group| of_group(cx, group)).collect(),
        schemas: schemas(cx),
        more: index::more(cx),
    }
}

fn of_group(cx: &Context<'_>, group: &specsmith_rust::model::Group) -> view::LlmsGroup {
    let operations = group.operations.iter().filter_map(|operation| {
        let source = cx.api.operation(operation.source)?;
        let says = source.docs.title.as_deref().unwrap_or_default();
        Some(view::LlmsLink {
            name: label(operation.function.unraw()),
            path: cx.pages.operation_link(operation.source, Folder::Root),
            text: match text(says) {
                says if says.is_empty() => line(source),
                says => format!("{}: {says}", line(source)),
            },
        })
    });
    view::LlmsGroup {
        title: text(&tags::title(cx.api, group)),
        links: operations.collect(),
    }
}

fn schemas(cx: &Context<'_>) -> Vec<view::LlmsLink> {
    let modules = cx.model.type_modules.iter().enumerate().flat_map(|(index, module)| {
        let items: Vec<&TypeItem> = cx.model.types.iter().filter(|item| item.module == index).collect();
        let most = cx.pages.schemas_per_page();
        let pages = cx.pages.module(index).iter().enumerate();
        let pages = pages.map(move |(number, page)| {
            let of_page: Vec<&&TypeItem> = items.iter().skip(number * most).take(most).collect();
            let named = of_page.iter().take(MAX_SCHEMAS).map(|item| text(item.name.unraw()));
            let mut named: Vec<String> = named.collect();
            let more = of_page.len().saturating_sub(MAX_SCHEMAS);
            named.extend((more > 0).then(|| format!("{more} more")));
            view::LlmsLink {
                name: label(module.unraw()),
                path: cx.pages.link(page, Folder::Root),
                text: named.join(", "),
            }
        });
        pages.collect::<Vec<_>>()
    });
    modules.filter(|page| !page.text.is_empty()).collect()
}
