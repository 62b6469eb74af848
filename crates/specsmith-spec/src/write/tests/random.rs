//! Values of all kinds, made from a seed.

use specsmith_ir::{Number, Value};

use super::{check, corpus::keep, document};
use crate::{to_json, to_yaml};

/// A generator of numbers (xorshift), so that a failure can be had again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn text(&mut self) -> String {
        const PARTS: &[&str] = &[
            "a", "b", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ":", ": ", "#", " #", "-", "- ", "---", "...", "?",
            "'", "\"", "\\", "|", ">", "[", "]", "{", "}", ",", "&", "*", "!", "%", "@", "`", "<<", "=", "~", "0", "1",
            ".", "e", "x", "_", "+", "null", "true", "no", "\u{85}", "\u{a0}", "\u{2028}", "\u{FEFF}", "\u{0}",
            "\u{7f}", "é", "😀", "\u{FFFD}",
        ];
        (0..self.below(7)).map(|_| self.of(PARTS)).collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 5 } else { 9 }) {
            0 => Value::Null,
            1 => Value::Boolean(self.below(2) == 0),
            2 => {
                let (sign, exponent) = (self.of(&["", "-"]), self.of(&["", "e9", "E-400", "e+7"]));
                let digits = self.of(&["0", "1.10", "12345678901234567890123", "0.0", "7"]);
                Value::Number(Number::new(&format!("{sign}{digits}{exponent}")).unwrap())
            }
            3 | 4 => Value::String(self.text()),
            5 | 6 => Value::Array((0..self.below(4)).map(|_| self.value(depth - 1)).collect()),
            _ => {
                let mut members: Vec<(String, Value)> = Vec::new();
                for _ in 0..self.below(4) {
                    let name = self.text();
                    if members.iter().all(|(other, _)| *other != name) {
                        members.push((name, self.value(depth - 1)));
                    }
                }
                Value::Object(members)
            }
        }
    }
}

#[test]
fn any_value_is_the_same_after_writing_and_reading() {
    let mut random = Random(0x5EED);
    let values: Vec<Value> = (0..20_000).map(|_| random.value(5)).collect();
    for value in &values {
        check(&document(value));
    }
    let all = document(&Value::Array(values));
    keep("random", "json", &to_json(&all));
    keep("random", "yaml", &to_yaml(&all));
}
