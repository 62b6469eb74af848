//! Where `prettyplease` breaks lines and rustfmt would not, or the reverse: its lines end at 89 columns and not at 100.

use super::spaced::begin;
use super::{BLANK, LINE_END};

/// How wide a line may get.
const WIDTH: usize = 100;

/// How wide the arguments of a call on one line may get.
const CALL_WIDTH: usize = 60;

/// How wide the fields of a struct expression on one line may get.
const STRUCT_WIDTH: usize = 18;

/// Breaks lines by the rules of rustfmt: types, signatures, calls, struct expressions. Doc comments, which
/// `prettyplease` has on one line, get their lines, and what stands for a blank line becomes one.
pub(super) fn widen(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        rest = widen_line(&mut out, line, after);
        out.push('\n');
    }
    out
}

/// Writes a line, or what it makes with those after it; returns the rest of these.
fn widen_line<'l, 't>(out: &mut String, line: &str, after: &'l [&'t str]) -> &'l [&'t str] {
    let code = line.trim_start();
    let indent = line.len() - code.len();
    if code.starts_with("///") {
        comment(out, code, indent);
        return after;
    }
    if code == BLANK {
        return after;
    }
    let whole = joined(line, after)
        .or_else(|| implementation(line, after))
        .or_else(|| conversion(line, after));
    if let Some((joined, used)) = whole {
        out.push_str(&joined);
        return after.get(used..).unwrap_or_default();
    }
    match fields_apart(line).or_else(|| wide_field(line)) {
        Some(apart) => out.push_str(&apart),
        None => out.push_str(line),
    }
    after
}

/// Writes a doc comment, each of its lines on one of its own.
pub(super) fn comment(out: &mut String, comment: &str, indent: usize) {
    for (index, line) in comment.split(LINE_END).enumerate() {
        if index > 0 {
            out.push('\n');
        }
        begin(out, indent);
        if index > 0 {
            out.push_str("///");
        }
        out.push_str(line);
    }
}

/// A line that opens a bracket, with all up to where it closes, if that may stand on one line; and how many lines
/// that takes.
fn joined(line: &str, after: &[&str]) -> Option<(String, usize)> {
    let open = line.chars().last().filter(|c| matches!(c, '<' | '('))?;
    if line.trim_start().starts_with("//") {
        return None;
    }
    let indent = line.len() - line.trim_start().len();
    let close = if open == '<' { '>' } else { ')' };
    let end = after
        .iter()
        .position(|line| line.len() - line.trim_start().len() <= indent)?;
    let last = after.get(end)?.trim_start();
    if !last.starts_with(close) || last.ends_with(['<', '(', '.']) {
        return None;
    }
    let inner = inner(after.get(..end)?)?;
    let is_signature = ["fn ", "pub fn ", "async fn ", "pub async fn ", "pub(crate) fn "]
        .iter()
        .any(|start| line.trim_start().starts_with(start));
    let is_variant = indent == 4 && last == ")," && line.trim_start().starts_with(char::is_uppercase);
    let fits = open == '<' || is_signature || is_variant || inner.chars().count() <= CALL_WIDTH;
    let mut joined = format!("{line}{inner}{last}");
    if open == '<' && joined.chars().count() > WIDTH && line.trim_start().starts_with("pub ") {
        joined = type_below(&joined, indent)?;
    }
    (fits && joined.lines().all(|line| line.chars().count() <= WIDTH)).then_some((joined, end + 1))
}

/// `impl Trait for Type {` on one line, or with `for Type` and the brace on lines of their own.
fn implementation(line: &str, after: &[&str]) -> Option<(String, usize)> {
    let (start, target, used) = match (line.strip_suffix('<'), after) {
        (None, [target, ..]) if line.starts_with("impl") => (line.to_owned(), target.strip_prefix("for ")?, 1),
        (Some(start), [argument, target, ..]) => {
            let argument = argument.trim().strip_suffix(',')?;
            (format!("{start}<{argument}>"), target.strip_prefix("> for ")?, 2)
        }
        _ => return None,
    };
    if !start.starts_with("impl") {
        return None;
    }
    let joined = format!("{start} for {target}");
    if joined.chars().count() <= WIDTH {
        return Some((joined, used));
    }
    let target = target.strip_suffix(" {")?;
    Some((format!("{start}\n    for {target}\n{{"), used))
}

/// `field: value` and `.into(),` on one line.
fn conversion(line: &str, after: &[&str]) -> Option<(String, usize)> {
    let call = after.first()?.trim_start();
    if call != ".into()," {
        return None;
    }
    let joined = format!("{line}{call}");
    (joined.chars().count() <= WIDTH).then_some((joined, 1))
}

/// A field that is too wide for one line.
fn wide_field(line: &str) -> Option<String> {
    let too_wide = line.chars().count() > WIDTH && line.trim_start().starts_with("pub ");
    let indent = line.len() - line.trim_start().len();
    too_wide.then(|| type_below(line, indent)).flatten()
}

/// A field or alias whose type stands on a line of its own.
fn type_below(line: &str, indent: usize) -> Option<String> {
    let field = line
        .split_once(": ")
        .filter(|(_, ty)| ty.ends_with(','))
        .map(|(field, ty)| (field, ":", ty));
    let alias = line
        .split_once(" = ")
        .filter(|(_, ty)| ty.ends_with(';'))
        .map(|(name, ty)| (name, " =", ty));
    let (name, sign, ty) = field.or(alias)?;
    Some(format!("{name}{sign}\n{:indent$}    {ty}", ""))
}

/// A struct expression with each field on a line of its own, if it is too wide for one.
fn fields_apart(line: &str) -> Option<String> {
    let indent = line.len() - line.trim_start().len();
    let fields = line.trim_start().strip_prefix("Self { ")?.strip_suffix(" }")?;
    let plain = fields.split(", ").all(|field| {
        let nested = field.matches(['(', '[', '{']).count();
        nested == field.matches([')', ']', '}']).count() && !field.contains('"')
    });
    if fields.len() <= STRUCT_WIDTH || !plain {
        return None;
    }
    let fields: String = fields
        .split(", ")
        .map(|field| format!("{:indent$}    {field},\n", ""))
        .collect();
    Some(format!("{:indent$}Self {{\n{fields}{:indent$}}}", "", ""))
}

/// What is between the brackets, on one line; `None` where something in it needs lines of its own.
fn inner(lines: &[&str]) -> Option<String> {
    let mut out = String::new();
    let mut before_opens = true;
    for line in lines {
        let line = line.trim_start();
        if line.starts_with(['/', '#', '|']) || line.ends_with(['{', ';', '.']) || line.contains("//") {
            return None;
        }
        if line.starts_with(['>', ')']) {
            out.truncate(out.trim_end_matches(',').len());
        } else if line.starts_with(['.', '?', '}']) {
            return None;
        } else if !before_opens {
            out.push(' ');
        }
        out.push_str(line);
        before_opens = line.ends_with(['<', '(']);
    }
    out.truncate(out.trim_end_matches(',').len());
    Some(out)
}
