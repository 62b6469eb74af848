//! Scalars as YAML: plain where no reader can take them for something else, quoted or as literal blocks otherwise.

use super::super::{
    line,
    quote::{Lines, is_all_printable, is_printable, quote},
};
use crate::{
    Node, NodeKind,
    read::{Scalar, resolve},
};

/// The longest key that may stand before its colon without a `?`, in bytes; parsers stop at 1024 characters.
const LONGEST_KEY: usize = 1000;

/// Words that are booleans or null, in YAML 1.1 at least, in any mix of cases.
const WORDS: &[&str] = &["null", "true", "false", "yes", "no", "y", "n", "on", "off"];

/// Appends a key with its colon.
pub(super) fn key(out: &mut String, name: &str, column: usize) {
    let start = out.len();
    string(out, name, Lines::One);
    if out.len() - start > LONGEST_KEY {
        out.insert_str(start, "? ");
        line(out, column);
    }
    out.push(':');
}

/// Appends null, a boolean or a number, spelled as it was if it still means the same.
pub(super) fn plain(out: &mut String, node: Node<'_>) {
    let written = node.as_written().unwrap_or_default();
    let same = match (node.kind(), resolve(written)) {
        (NodeKind::Null, Scalar::Null) => !written.is_empty(),
        (NodeKind::Boolean(value), Scalar::Boolean(again)) => value == again,
        (NodeKind::Number(number), Scalar::Number(again)) => *number == again,
        _ => false,
    };
    match node.kind() {
        _ if same => out.push_str(written),
        NodeKind::Boolean(value) => out.push_str(if value { "true" } else { "false" }),
        NodeKind::Number(number) => out.push_str(number.as_str()),
        _ => out.push_str("null"),
    }
}

/// Appends a string without making a block of it.
pub(super) fn string(out: &mut String, text: &str, lines: Lines) {
    if is_plain(text) {
        out.push_str(text);
    } else if is_all_printable(text) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        quote(out, text, lines);
    }
}

/// Appends a text of several lines as a literal block with its lines at this column, if it can be one.
pub(super) fn literal(out: &mut String, text: &str, column: usize) -> bool {
    if !text.contains('\n') {
        return false;
    }
    let body = text.trim_end_matches('\n');
    let is_blank = |line: Option<&str>| line.is_none_or(|line| line.trim_matches([' ', '\t']).is_empty());
    let first = body.trim_start_matches('\n').split('\n').next();
    let readable = text.chars().all(|c| matches!(c, '\n' | '\t') || is_printable(c));
    if !readable || is_blank(first) || is_blank(body.rsplit('\n').next()) {
        return false;
    }
    out.push('|');
    if first.is_some_and(|line| line.starts_with([' ', '\t'])) {
        out.push_str(&super::STEP.to_string());
    }
    let breaks = text.len() - body.len();
    match breaks {
        0 => out.push('-'),
        1 => {}
        _ => out.push('+'),
    }
    for text in body.split('\n') {
        if text.is_empty() {
            out.push('\n');
        } else {
            line(out, column);
            out.push_str(text);
        }
    }
    // The break behind the last line is made by what follows.
    out.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
    true
}

/// Whether a string reads as itself without quotes, by YAML 1.1 and 1.2, behind a dash and on both sides of a colon.
fn is_plain(text: &str) -> bool {
    let indicators = [
        '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', ' ',
    ];
    let rest = text.strip_prefix('-');
    let is_word = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    let behind = text.bytes().skip(1);
    (is_word || !text.starts_with(indicators))
        && !text.ends_with([':', ' '])
        && !text
            .bytes()
            .zip(behind)
            .any(|pair| matches!(pair, (b':', b' ') | (b' ', b'#')))
        && !text.starts_with("...")
        && !matches!(text, "~" | "<<" | "=")
        && is_all_printable(text)
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        && !is_like_number(text)
        && resolve(text) == Scalar::String
}

/// Whether some reader may take a text for a number, a date or a time; versions of three parts are none of them.
fn is_like_number(text: &str) -> bool {
    let rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !rest.starts_with(|c: char| c == '.' || c.is_ascii_digit()) {
        return false;
    }
    let all = |allowed: fn(char) -> bool| rest.chars().all(|c| c.is_ascii_digit() || allowed(c));
    let parts = rest.split('.');
    let is_version = parts.clone().count() > 2
        && parts
            .into_iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_not_finite = || [".inf", ".nan"].iter().any(|word| word.eq_ignore_ascii_case(rest));
    let is_decimal = || all(|c| matches!(c, '_' | '.' | ',' | ':' | '+' | '-' | 'e' | 'E')) && !is_version;
    let is_radix =
        || rest.starts_with('0') && all(|c| c.is_ascii_hexdigit() || matches!(c, '_' | 'x' | 'X' | 'o' | 'O'));
    let is_time = || all(|c| matches!(c, '-' | ':' | '.' | '+' | 'T' | 't' | 'Z' | 'z' | ' '));
    is_not_finite() || is_decimal() || is_radix() || (is_time() && !is_version)
}
