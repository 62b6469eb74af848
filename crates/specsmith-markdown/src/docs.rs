//! What the document says about something, as Markdown.

use specsmith_ir::{Docs, TypeId};

use crate::context::Context;
use crate::escape::{Headings, inline, link, prose};

/// Description and link to more.
pub(crate) fn description(docs: &Docs, headings: Headings<'_>) -> String {
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

/// What is said at a place, else about the type there, on one line, beyond the name of the place.
pub(crate) fn docs(cx: &Context<'_>, name: &str, place: Option<&Docs>, ty: TypeId) -> String {
    let inner = &cx.ty(cx.core(ty)).docs;
    let all = place.into_iter().chain([&cx.ty(ty).docs, inner]);
    let found = all
        .clone()
        .find_map(|docs| docs.description.as_deref().or(docs.title_beside(name)));
    let mut text = found.map(inline).unwrap_or_default();
    if let Some(external) = place.and_then(|docs| docs.external_docs.as_ref()) {
        let label = external.description.as_deref().unwrap_or(&external.url);
        text.push_str(&format!(" See {}.", link(label, &external.url)));
    }
    ended(text.trim())
}

/// The description of something on one line, with an end.
pub(crate) fn described(docs: &Docs) -> String {
    let found = docs.description.as_deref().or(docs.title.as_deref());
    ended(found.map(inline).unwrap_or_default().trim())
}

/// That something is deprecated, and why where the document says so elsewhere than in the description; nothing where
/// that begins with it.
pub(crate) fn deprecation(docs: &Docs) -> Option<String> {
    let description = docs.description.as_deref().unwrap_or_default();
    let start = description
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .get(.."deprecat".len());
    let says_so = start.is_some_and(|start| start.eq_ignore_ascii_case("deprecat"));
    match docs.deprecation.as_deref() {
        _ if !docs.deprecated => None,
        Some(reason) => Some(ended(format!("**Deprecated.** {}", inline(reason)).trim())),
        None => (!says_so).then(|| "**Deprecated.**".to_owned()),
    }
}

/// A notice that something is deprecated, and why where the document says so elsewhere than in the description; empty
/// where it is not deprecated.
pub(crate) fn notice(docs: &Docs, noun: &str) -> String {
    match docs.deprecation.as_deref() {
        _ if !docs.deprecated => String::new(),
        Some(reason) => ended(format!("**Deprecated.** {}", inline(reason)).trim()),
        None => format!("**Deprecated.** This {noun} should no longer be used."),
    }
}

/// The text with an end, so that something can follow.
pub(crate) fn ended(text: &str) -> String {
    match text.chars().last() {
        Some(last) if last.is_alphanumeric() || matches!(last, ')' | '`' | '"' | '\'') => format!("{text}."),
        _ => text.to_owned(),
    }
}
