//! What holds for many operations: how errors are told, how lists go on, what is limited. Only what the document says.

use std::collections::BTreeMap;

use specsmith_ir::Status;
use specsmith_ir::pagination::{NextPage, PageParameter};

use crate::context::Context;
use crate::escape::code;
use crate::pages::Folder;
use crate::statuses::{self, counted};

/// How many kinds of errors and of pages are named.
const MAX_KINDS: usize = 3;

/// What holds for many operations, a sentence or two each.
pub(crate) fn of(cx: &Context<'_>) -> Vec<String> {
    [errors(cx), pages(cx), limits(cx)].into_iter().flatten().collect()
}

fn errors(cx: &Context<'_>) -> Option<String> {
    let errors = statuses::errors(cx);
    let kinds: Vec<String> = errors
        .iter()
        .take(MAX_KINDS)
        .map(|error| format!("{} ({})", error.body, counted(error.operations, "operation")))
        .collect();
    let more = match errors.len().saturating_sub(MAX_KINDS) {
        0 => String::new(),
        more => format!(" and {}", counted(more, "other body")),
    };
    let page = cx.pages.link(cx.pages.statuses(), Folder::Root);
    (!kinds.is_empty()).then(|| {
        format!(
            "**Errors** are told as {}{more}: see [status codes]({page}).",
            kinds.join(", ")
        )
    })
}

fn pages(cx: &Context<'_>) -> Option<String> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for operation in &cx.api.operations {
        if let Some(pagination) = &operation.pagination {
            *kinds.entry(next(&pagination.next)).or_default() += 1;
        }
    }
    let mut kinds: Vec<(String, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let kinds: Vec<String> = kinds
        .into_iter()
        .take(MAX_KINDS)
        .map(|(next, count)| format!("{next} ({})", counted(count, "operation")))
        .collect();
    (!kinds.is_empty()).then(|| format!("**Lists** come in pages: {}.", kinds.join("; ")))
}

/// What leads to the next page.
pub(crate) fn next(next: &NextPage) -> String {
    let parameter = |parameter: &PageParameter| match parameter {
        PageParameter::Query(name) => code(name),
        PageParameter::Body(pointer) => format!("{} of the body", code(pointer)),
    };
    let at = |pointer: &str| match pointer {
        "" => "the page".to_owned(),
        pointer => format!("{} of the page", code(pointer)),
    };
    match next {
        NextPage::Cursor(of, pointer) => format!("{} takes {} before", parameter(of), at(pointer)),
        NextPage::Offset(of) => format!("{} takes how many items to leave out", parameter(of)),
        NextPage::Number(of, first) => format!("{} takes the number of the page, from {first} on", parameter(of)),
        NextPage::Url(pointer) => format!("{} is the address of the next one", at(pointer)),
        NextPage::Link => "the header `Link` has the address of the next one".to_owned(),
    }
}

/// How often one may call, by status 429 (RFC 6585, section 4) and the headers that say more.
fn limits(cx: &Context<'_>) -> Option<String> {
    let mut limited = 0;
    let mut headers: Vec<String> = Vec::new();
    for operation in &cx.api.operations {
        limited += usize::from(operation.responses.iter().any(|of| of.status == Status::Code(429)));
        for header in operation.responses.iter().flat_map(|response| &response.headers) {
            let name = code(&header.name);
            if is_limit(&header.name) && !headers.contains(&name) {
                headers.push(name);
            }
        }
    }
    let told = match limited {
        0 => None,
        limited => Some(format!(
            "`429` tells of too many requests ({})",
            counted(limited, "operation")
        )),
    };
    let headers = (!headers.is_empty()).then(|| format!("more is said by {}", headers.join(", ")));
    let all: Vec<String> = told.into_iter().chain(headers).collect();
    (!all.is_empty()).then(|| format!("**Limits:** {}.", all.join("; ")))
}

/// Whether a header tells how often one may call.
fn is_limit(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let letters = letters.to_ascii_lowercase();
    letters.contains("ratelimit") || letters == "retryafter"
}
