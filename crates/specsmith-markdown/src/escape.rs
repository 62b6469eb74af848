//! Text of the document in Markdown, by the context it stands in.
//!
//! What CommonMark takes for markup is made harmless by [`Prose`]; this module adds what renderers of whole sites take
//! for markup besides (mdBook, Jekyll, MDX, MkDocs), and what tables and headings of a page need. Nothing of the
//! document gets onto a page any other way.

mod flat;
mod site;

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser};
use specsmith_rust::Prose;

pub(crate) use flat::inline;

/// What becomes of the headings of a description.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Headings<'a> {
    /// Headings from this level on, unless they would take an anchor that is ours.
    From(usize, &'a BTreeSet<String>),
    /// Bold text.
    Bold,
}

/// A description, CommonMark with several blocks.
pub(crate) fn prose(text: &str, headings: Headings<'_>) -> String {
    let mut prose = Prose::new();
    prose.foreign(text);
    site::blocks(prose.as_str(), headings)
}

/// A few words as one line without markup of their own.
pub(crate) fn text(text: &str) -> String {
    let line = site::unmarked(site::line(&Prose::one_line(text)));
    match line.strip_suffix('#') {
        // A heading would end with it and not show it.
        Some(rest) if rest.trim_end_matches('#').ends_with(' ') => format!("{rest}\\#"),
        _ => line,
    }
}

/// A few words as the label of a link.
pub(crate) fn label(text: &str) -> String {
    site::label(&Prose::one_line(text))
}

/// A few words as a code span.
pub(crate) fn code(text: &str) -> String {
    site::line(&Prose::code(text))
}

/// Inline Markdown as the cell of a table: no pipe ends it.
pub(crate) fn cell(markdown: &str) -> String {
    if !markdown.bytes().any(|byte| matches!(byte, b'|' | b'\n')) {
        return markdown.to_owned();
    }
    let mut out = String::with_capacity(markdown.len());
    let mut backslashes = 0;
    for c in markdown.chars() {
        if c == '|' && backslashes % 2 == 0 {
            out.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// A block of code; the fence is longer than any in it.
pub(crate) fn fence(language: &str, code: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for c in code.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat((longest + 1).max(3));
    format!(
        "{fence}{language}\n{}\n{fence}",
        site::code(code.trim_end_matches('\n'))
    )
}

/// A link to an address of the document; an address that is no web or mail address is shown and not linked.
pub(crate) fn link(says: &str, address: &str) -> String {
    match target(address) {
        Some(target) => format!("[{}]({target})", label(says)),
        None if says == address => code(address),
        None => format!("{} ({})", text(says), code(address)),
    }
}

/// The address as the target of a link.
fn target(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once(':')?;
    let is_known = ["http", "https", "mailto"].contains(&scheme.to_ascii_lowercase().as_str());
    if !is_known || rest.trim_matches('/').is_empty() {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'&' | b'\'' | b'+' | b','
            | b';' | b'=' | b'%' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(out)
}

/// The text of inline Markdown, without its markup.
pub(crate) fn plain(markdown: &str) -> String {
    let events = Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH);
    let texts = events.filter_map(|event| match event {
        Event::Text(text) | Event::Code(text) => Some(text.into_string()),
        _ => None,
    });
    texts.collect()
}

/// The anchor of a heading, as GitHub and mdBook make it.
pub(crate) fn slug(heading: &str) -> String {
    let chars = heading.trim().chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    chars.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "escape/tests.rs"]
mod tests;
