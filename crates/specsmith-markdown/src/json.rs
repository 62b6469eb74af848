//! JSON as it is shown: indented, and with everything escaped that is invisible or means something to renderers.

use specsmith_ir::Value;

/// Arrays and objects of plain values that fit into this are on one line.
const MAX_LINE: usize = 72;

/// The value over several lines.
pub(crate) fn pretty(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0);
    out
}

/// The value on one line.
pub(crate) fn compact(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(compact).collect();
            out.push_str(&format!("[{}]", items.join(", ")));
        }
        Value::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(name, value)| format!("{}: {}", string(name), compact(value)))
                .collect();
            out.push_str(&format!("{{{}}}", members.join(", ")));
        }
        value => scalar(&mut out, value),
    }
    out
}

fn write(out: &mut String, value: &Value, level: usize) {
    let is_scalar = |value: &Value| !matches!(value, Value::Array(_) | Value::Object(_));
    match value {
        Value::Array(items) if items.iter().all(is_scalar) && compact(value).len() + 2 * level <= MAX_LINE => {
            out.push_str(&compact(value));
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                line(out, index, level + 1);
                write(out, item, level + 1);
            }
            out.push('\n');
            out.push_str(&"  ".repeat(level));
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                line(out, index, level + 1);
                out.push_str(&string(name));
                out.push_str(": ");
                write(out, value, level + 1);
            }
            out.push('\n');
            out.push_str(&"  ".repeat(level));
            out.push('}');
        }
        value => out.push_str(&compact(value)),
    }
}

fn line(out: &mut String, index: usize, level: usize) {
    out.push_str(if index == 0 { "\n" } else { ",\n" });
    out.push_str(&"  ".repeat(level));
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
pub(crate) fn is_invisible(c: char) -> bool {
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
    fn nothing_is_invisible_or_live() {
        let text = compact(&Value::String("{{#include x}}\u{202e}\u{1f600}\u{e0001}".to_owned()));
        assert_eq!(text, "\"{\\u007b#include x}}\\u202e\u{1f600}\\udb40\\udc01\"");
    }
}
