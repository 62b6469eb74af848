//! JSON as it is shown: indented, and with everything escaped that is invisible or means something to renderers.

use specsmith_ir::Value;

/// Arrays and objects of plain values that fit into this are on one line.
const MAX_LINE: usize = 72;
/// What is so many levels inside is on one line, since each level indents all that is in it.
const MAX_LEVEL: usize = 24;

/// What is still to be written.
enum Rest<'v> {
    Text(&'static str),
    Name(&'v str),
    /// A value so many levels inside the whole.
    Value(&'v Value, usize),
    /// A line break, and the indent of a level.
    Line(usize),
}

/// The value over several lines.
pub fn pretty(value: &Value) -> String {
    let mut out = String::new();
    let mut open = vec![Rest::Value(value, 0)];
    while let Some(rest) = open.pop() {
        match rest {
            Rest::Text(text) => out.push_str(text),
            Rest::Name(name) => out.push_str(&string(name)),
            Rest::Line(level) => {
                out.push('\n');
                out.extend(std::iter::repeat_n("  ", level));
            }
            Rest::Value(value, MAX_LEVEL) => out.push_str(&compact(value)),
            Rest::Value(Value::Array(items), level) if !items.is_empty() => match one_line(items, level) {
                Some(line) => out.push_str(&line),
                None => {
                    out.push('[');
                    open.extend([Rest::Text("]"), Rest::Line(level)]);
                    for (index, item) in items.iter().enumerate().rev() {
                        open.extend([Rest::Value(item, level + 1), Rest::Line(level + 1)]);
                        open.push(Rest::Text(if index > 0 { "," } else { "" }));
                    }
                }
            },
            Rest::Value(Value::Object(members), level) if !members.is_empty() => {
                out.push('{');
                open.extend([Rest::Text("}"), Rest::Line(level)]);
                for (index, (name, value)) in members.iter().enumerate().rev() {
                    open.extend([Rest::Value(value, level + 1), Rest::Text(": "), Rest::Name(name)]);
                    open.extend([Rest::Line(level + 1), Rest::Text(if index > 0 { "," } else { "" })]);
                }
            }
            Rest::Value(value, _) => out.push_str(&compact(value)),
        }
    }
    out
}

/// The items of an array on one line, if they are short and plain.
fn one_line(items: &[Value], level: usize) -> Option<String> {
    let is_scalar = |value: &Value| !matches!(value, Value::Array(_) | Value::Object(_));
    if items.len() > MAX_LINE || !items.iter().all(is_scalar) {
        return None;
    }
    let items: Vec<String> = items.iter().map(compact).collect();
    let line = format!("[{}]", items.join(", "));
    (line.len() + 2 * level <= MAX_LINE).then_some(line)
}

/// The value on one line.
pub fn compact(value: &Value) -> String {
    let mut out = String::new();
    let mut open = vec![Rest::Value(value, 0)];
    while let Some(rest) = open.pop() {
        match rest {
            Rest::Text(text) => out.push_str(text),
            Rest::Name(name) => out.push_str(&string(name)),
            Rest::Line(_) => {}
            Rest::Value(Value::Array(items), _) => {
                out.push('[');
                open.push(Rest::Text("]"));
                for (index, item) in items.iter().enumerate().rev() {
                    open.push(Rest::Value(item, 0));
                    open.push(Rest::Text(if index > 0 { ", " } else { "" }));
                }
            }
            Rest::Value(Value::Object(members), _) => {
                out.push('{');
                open.push(Rest::Text("}"));
                for (index, (name, value)) in members.iter().enumerate().rev() {
                    open.extend([Rest::Value(value, 0), Rest::Text(": "), Rest::Name(name)]);
                    open.push(Rest::Text(if index > 0 { ", " } else { "" }));
                }
            }
            Rest::Value(value, _) => scalar(&mut out, value),
        }
    }
    out
}

fn scalar(out: &mut String, value: &Value) {
    match value {
        Value::String(text) => out.push_str(&string(text)),
        value => out.push_str(&value.to_string()),
    }
}

fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut before = None;
    for c in text.chars() {
        let is_live = before == Some('{') && matches!(c, '{' | '%' | '#');
        before = Some(c).filter(|_| !is_live);
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_live || is_invisible(c) => out.push_str(&escaped(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn escaped(c: char) -> String {
    let mut units = [0; 2];
    c.encode_utf16(&mut units)
        .iter()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect()
}

/// Characters that show nothing, or change the direction of what is around them.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_lists_stay_on_a_line() {
        let text = |text: &str| Value::String(text.to_owned());
        let list = Value::Array(vec![text("a"), text("b")]);
        let value = Value::Object(vec![
            ("x".to_owned(), list.clone()),
            ("y".to_owned(), Value::Object(Vec::new())),
        ]);
        assert_eq!(pretty(&value), "{\n  \"x\": [\"a\", \"b\"],\n  \"y\": {}\n}");
        assert_eq!(
            pretty(&Value::Array(vec![value])),
            "[\n  {\n    \"x\": [\"a\", \"b\"],\n    \"y\": {}\n  }\n]"
        );
    }

    #[test]
    fn what_is_deep_stays_on_a_line() {
        let deep = (0..100).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
        let text = pretty(&deep);
        assert_eq!(text.lines().count(), 2 * MAX_LEVEL + 1);
        assert_eq!(text.matches('[').count(), 100);
    }

    #[test]
    fn nothing_is_invisible_or_live() {
        let text = compact(&Value::String("{{#include x}}\u{202e}\u{1f600}\u{e0001}".to_owned()));
        assert_eq!(text, "\"{\\u007b#include x}}\\u202e\u{1f600}\\udb40\\udc01\"");
    }
}
