//! What renderers of whole sites take for markup: templates, includes, components, directives.
//!
//! Works on the canonical CommonMark that [`Prose`](specsmith_rust::Prose) writes: fences of backticks, headings with
//! `#`, code spans on one line, everything else escaped.

use super::{Headings, slug};

/// Canonical CommonMark with several blocks.
pub(super) fn blocks(text: &str, headings: Headings<'_>) -> String {
    let mut lines = Vec::new();
    let mut open: Option<usize> = None;
    let mut starts_block = true;
    let mut above = match headings {
        Headings::From(first, _) => first.saturating_sub(1),
        Headings::Bold => 0,
    };
    for source in text.lines() {
        let (prefix, rest) = container(source);
        let marks = rest.len() - rest.trim_start_matches('`').len();
        match open {
            Some(length) if marks >= length && rest.trim_matches('`').is_empty() => {
                open = None;
                lines.push(source.to_owned());
            }
            Some(_) => lines.push(code(source)),
            None if marks >= 3 => {
                open = Some(marks);
                lines.push(source.to_owned());
            }
            None => lines.push(format!(
                "{prefix}{}",
                text_line(rest, headings, &mut above, starts_block)
            )),
        }
        starts_block = rest.is_empty();
    }
    lines.join("\n")
}

/// Splits what quotes and lists put before a line from the line itself.
fn container(line: &str) -> (&str, &str) {
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches(' ');
        let digits = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = if digits.len() < trimmed.len() {
            digits.strip_prefix(". ")
        } else {
            None
        };
        let inner = trimmed.strip_prefix("> ").or_else(|| trimmed.strip_prefix("- "));
        match inner.or(numbered) {
            Some(inner) => rest = inner,
            None => {
                rest = trimmed;
                break;
            }
        }
    }
    line.split_at(line.len() - rest.len())
}

fn text_line(line: &str, headings: Headings<'_>, above: &mut usize, starts_block: bool) -> String {
    let level = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&level)
        && let Some(text) = line.get(level..).and_then(|rest| rest.strip_prefix(' '))
    {
        return heading(level, &self::line(text), headings, above);
    }
    if let Some(delimiters) = delimiters(line) {
        return delimiters;
    }
    let hardened = self::line(line);
    // MDX runs paragraphs that begin like this.
    let is_module = ["import ", "export "].iter().any(|word| hardened.starts_with(word));
    match hardened.chars().next() {
        Some(first) if starts_block && is_module => {
            format!("&#{};{}", u32::from(first), hardened.get(1..).unwrap_or_default())
        }
        _ if hardened.starts_with(":::") => format!("\\{hardened}"),
        _ => unmarked(hardened),
    }
}

/// The line, which may begin like a heading and is none for want of a space; some renderers take it for one all the same.
pub(super) fn unmarked(line: String) -> String {
    match line.starts_with('#') && !line.trim_start_matches('#').is_empty() {
        true => format!("\\{line}"),
        false => line,
    }
}

/// The row between the head of a table and its body, with spaces as all rows have them; `None` of any other line.
fn delimiters(line: &str) -> Option<String> {
    let cells = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim);
    let cells: Vec<&str> = cells.collect();
    let is_delimiter = |cell: &&str| cell.contains('-') && cell.chars().all(|c| matches!(c, '-' | ':'));
    cells
        .iter()
        .all(is_delimiter)
        .then(|| format!("| {} |", cells.join(" | ")))
}

/// A heading, at most one level below the one above it; in `Prose` the first level is the second.
fn heading(level: usize, text: &str, headings: Headings<'_>, above: &mut usize) -> String {
    let text = text.trim();
    match headings {
        Headings::From(first, taken) if !taken.contains(&slug(text)) => {
            let level = (level.saturating_sub(2) + first).min(*above + 1).min(6);
            *above = level;
            format!("{} {text}", "#".repeat(level))
        }
        _ if text.is_empty() => String::new(),
        _ => format!("**{}**", text.replace("**", "")),
    }
}

/// A line of canonical CommonMark.
pub(super) fn line(text: &str) -> String {
    written(text, autolink)
}

/// A line without links, for the label of one.
pub(super) fn label(text: &str) -> String {
    written(text, address)
}

fn written(text: &str, bracket: fn(&str, &mut String) -> usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    let mut labels: usize = 0;
    while !rest.is_empty() {
        let is_plain = |byte: &u8| !matches!(byte, b'[' | b']' | b'\\' | b'`' | b'<' | b'{');
        let plain = rest.bytes().take_while(is_plain).count();
        let (before, after) = rest.split_at_checked(plain).unwrap_or_default();
        out.push_str(before);
        rest = after;
        let Some(c) = rest.chars().next() else { break };
        let length = match c {
            '[' => {
                labels += 1;
                out.push(c);
                1
            }
            ']' => {
                out.push_str(if labels > 0 { "]" } else { "\\]" });
                labels = labels.saturating_sub(1);
                1
            }
            '\\' => escaped(rest, &mut out),
            '`' => span(rest, &mut out),
            '<' => bracket(rest, &mut out),
            _ => brace(rest, &mut out),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// A backslash and what it escapes.
fn escaped(rest: &str, out: &mut String) -> usize {
    let next = rest.get(1..).and_then(|rest| rest.chars().next());
    match next {
        Some('{') => 1 + brace(rest.get(1..).unwrap_or_default(), out),
        Some('<') => {
            out.push_str("&lt;");
            2
        }
        Some(c) => {
            out.push('\\');
            out.push(c);
            1 + c.len_utf8()
        }
        None => {
            out.push('\\');
            1
        }
    }
}

/// An opening brace: escaped for MDX, and as an entity where it would begin a template.
fn brace(rest: &str, out: &mut String) -> usize {
    let next = rest.get(1..).and_then(|rest| rest.chars().next());
    out.push_str(match next {
        Some('{' | '%' | '#' | '\\') => "&#123;",
        _ => "\\{",
    });
    1
}

/// A code span, or backticks that begin none.
fn span(rest: &str, out: &mut String) -> usize {
    let length = rest.len() - rest.trim_start_matches('`').len();
    let marks = rest.get(..length).unwrap_or_default();
    let inner = rest.get(length..).unwrap_or_default();
    let mut from = 0;
    while let Some(at) = inner.get(from..).and_then(|tail| tail.find('`')) {
        let tail = inner.get(from + at..).unwrap_or_default();
        let run = tail.len() - tail.trim_start_matches('`').len();
        if run == length {
            let end = from + at;
            out.push_str(marks);
            out.push_str(&code(inner.get(..end).unwrap_or_default()));
            out.push_str(marks);
            return length + end + length;
        }
        from += at + run;
    }
    out.push_str(marks);
    length
}

/// An address in angle brackets as text, or a bracket that begins none.
fn address(rest: &str, out: &mut String) -> usize {
    let mut link = String::new();
    let length = autolink(rest, &mut link);
    match link.strip_prefix('<').and_then(|link| link.strip_suffix('>')) {
        Some(address) => {
            for c in address.chars() {
                if c.is_ascii_punctuation() && !matches!(c, '.' | '/' | ':' | '-') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        None => out.push_str(&link),
    }
    length
}

/// An address in angle brackets, or a bracket that begins none.
fn autolink(rest: &str, out: &mut String) -> usize {
    let is_address = ["<http://", "<https://", "<mailto:"]
        .iter()
        .any(|start| rest.starts_with(start));
    match rest.find('>').filter(|_| is_address) {
        Some(end) => {
            let address = rest.get(..=end).unwrap_or_default();
            out.push_str(&address.replace('{', "%7B").replace('}', "%7D"));
            end + 1
        }
        None => {
            out.push_str("&lt;");
            1
        }
    }
}

/// Text in code, where nothing can be escaped: what begins a template or an include is taken apart.
pub(super) fn code(text: &str) -> String {
    if !text.contains('{') && !text.contains("--8<--") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        if before == Some('{') && matches!(c, '{' | '%') {
            out.push(' ');
        }
        out.push(c);
        before = Some(c);
    }
    if out.contains("--8<--") {
        out = out.replace("--8<--", "-- 8<--");
    }
    out
}
