//! Text without markup: control characters out, markup characters escaped.

use std::borrow::Cow;

/// The text without control and direction characters; any line end becomes `\n`, a tab four spaces.
pub(super) fn normalized(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push_str("    "),
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Characters that show nothing, or change the direction of what is around them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The text on one line, each run of white space one space.
pub(super) fn single_line(text: &str) -> String {
    let text = normalized(text);
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The text, which has one line, as a code span.
pub(super) fn code_span(text: &str) -> String {
    let text = without_includes(text);
    if text.is_empty() {
        return "` `".to_owned();
    }
    let fence = longest_run(&text, '`') + 1;
    let is_padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let mut out = String::with_capacity(text.len() + 2 * (fence + 1));
    out.extend(std::iter::repeat_n('`', fence));
    out.extend(is_padded.then_some(' '));
    out.push_str(&text);
    out.extend(is_padded.then_some(' '));
    out.extend(std::iter::repeat_n('`', fence));
    out
}

/// The longest run of a character.
pub(super) fn longest_run(text: &str, sought: char) -> usize {
    if !text.contains(sought) {
        return 0;
    }
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == sought { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Takes `{{#include ..}}` and the like apart, which mdBook runs even in code.
pub(super) fn without_includes(text: &str) -> Cow<'_, str> {
    if text.contains("{{#") {
        Cow::Owned(text.replace("{{#", "{ {#"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Where a piece of text stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Whether it starts a line, where a `#` or `-` would make a block.
    pub(super) line_start: bool,
    /// Whether it is in the text of a link, which has no links in it.
    pub(super) in_link: bool,
    /// Whether it is in the cell of a table.
    pub(super) in_table: bool,
}

/// Escapes what CommonMark, its extensions and rustdoc would take for markup, and nothing else, so that it stays
/// readable in the source. `text` has one line.
pub(super) fn escaped(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut rest = text;
    if place.line_start
        && let Some(at) = leading_marker(text)
    {
        let (head, tail) = text.split_at(at);
        let mut chars = tail.chars();
        out.push_str(head);
        out.push('\\');
        before = chars.next();
        out.extend(before);
        rest = chars.as_str();
    }
    while let Some(at) = rest.find(may_be_live) {
        let (plain, live) = rest.split_at(at);
        out.push_str(plain);
        before = plain.chars().next_back().or(before);
        rest = live;
        let Some(c) = rest.chars().next() else { break };
        if let Some(url) = address_at(rest, place) {
            out.push('<');
            out.push_str(url);
            out.push('>');
            before = Some('>');
            rest = rest.get(url.len()..).unwrap_or_default();
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        if needs_escape(c, before, rest, place) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    out.push_str(rest);
    out
}

/// Whether a character may be markup, or begin an address.
fn may_be_live(c: char) -> bool {
    matches!(
        c,
        'h' | '`' | '[' | ']' | '\\' | '*' | '_' | '|' | '~' | '<' | '{' | '&'
    )
}

/// Whether a text is one line that says the same as CommonMark and without it, and on which nothing is live.
pub(super) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts = bytes
        .first()
        .is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'(' | b'"' | b'\''));
    let is_tame = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(
                byte,
                b' ' | b'.'
                    | b','
                    | b';'
                    | b':'
                    | b'\''
                    | b'"'
                    | b'('
                    | b')'
                    | b'/'
                    | b'-'
                    | b'+'
                    | b'='
                    | b'%'
                    | b'$'
                    | b'!'
                    | b'?'
            )
    };
    starts && bytes.iter().all(is_tame) && !text.ends_with(' ') && !text.contains("  ") && !text.contains("://")
}

fn needs_escape(c: char, before: Option<char>, rest: &str, place: Place) -> bool {
    let after = rest.chars().next();
    let between = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
    match c {
        '`' | '[' => true,
        ']' => place.in_link,
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation()) || address_at(rest, place).is_some(),
        '*' => !between(char::is_whitespace),
        '_' => !between(char::is_alphanumeric),
        '|' => place.in_table || !between(char::is_alphanumeric),
        '~' => !after.is_some_and(char::is_whitespace),
        '<' => after.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')),
        '{' => before == Some('{') || after == Some('{'),
        '&' => starts_entity(rest),
        _ => false,
    }
}

/// Whether `nbsp; ...` or `#123; ...` follows an `&`.
fn starts_entity(rest: &str) -> bool {
    rest.find(';').is_some_and(|end| {
        rest.get(..end)
            .is_some_and(|name| name.trim_start_matches('#').chars().all(char::is_alphanumeric))
    })
}

/// Where the character is that makes the start of a line a heading, list, quote or rule.
fn leading_marker(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = text.get(digits..)?.chars().next()?;
    let after = text.get(digits + marker.len_utf8()..)?.chars().next();
    let starts = match marker {
        '.' | ')' => digits > 0 && after.is_none_or(char::is_whitespace),
        _ if digits > 0 => false,
        '>' => true,
        '#' | '-' | '=' => after.is_none_or(|c| c.is_whitespace() || c == marker),
        '+' => after.is_none_or(char::is_whitespace),
        _ => false,
    };
    starts.then_some(digits)
}

/// The address that a text starts with, without the punctuation of the sentence around it.
fn address_at(text: &str, place: Place) -> Option<&str> {
    let scheme = ["http://", "https://"]
        .into_iter()
        .find(|scheme| text.starts_with(scheme))?;
    if place.in_link {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | '\\' | '|' | '['))
        .unwrap_or(text.len());
    let end = text.find("{{").map_or(end, |template| end.min(template));
    let sentence = ['.', ',', ';', ':', '!', '?', '\'', '*', '_', '[', ']', '{', '}'];
    let mut url = text.get(..end)?.trim_end_matches(sentence);
    if !url.contains('(') {
        url = url.trim_end_matches(')').trim_end_matches(sentence);
    }
    (url.len() > scheme.len()).then_some(url)
}
