//! Literal values of a document: defaults, examples, enum members.

use std::fmt;

/// A JSON value that keeps the text of its numbers and the order of its members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as written.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Value>),
    /// An object, in the order of the document.
    Object(Vec<(String, Value)>),
}

/// The JSON type of a value; an integer is a number whose value is whole (`1.0` is one).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A whole number.
    Integer,
    /// Any other number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A number as JSON text, of any size and precision.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(String);

impl Value {
    /// The JSON type.
    pub fn kind(&self) -> Kind {
        match self {
            Value::Null => Kind::Null,
            Value::Boolean(_) => Kind::Boolean,
            Value::Number(number) if number.is_integer() => Kind::Integer,
            Value::Number(_) => Kind::Number,
            Value::String(_) => Kind::String,
            Value::Array(_) => Kind::Array,
            Value::Object(_) => Kind::Object,
        }
    }

    /// How many arrays and objects stand inside each other; none in a scalar.
    pub fn depth(&self) -> usize {
        let mut deepest = 0;
        let mut open = vec![(self, 0)];
        while let Some((value, depth)) = open.pop() {
            deepest = deepest.max(depth);
            match value {
                Value::Array(items) => {
                    deepest = deepest.max(depth + 1);
                    open.extend(items.iter().map(|item| (item, depth + 1)));
                }
                Value::Object(members) => {
                    deepest = deepest.max(depth + 1);
                    open.extend(members.iter().map(|(_, member)| (member, depth + 1)));
                }
                _ => {}
            }
        }
        deepest
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The member of an object with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl Number {
    /// Takes JSON number text, such as `-12`, `1.50` or `1e9`; `None` if it is not.
    pub fn new(text: &str) -> Option<Self> {
        is_json_number(text).then(|| Self(text.to_owned()))
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the value is whole, however it is written: `3`, `3.0` and `3e2` are.
    pub fn is_integer(&self) -> bool {
        self.as_i128().is_some()
            || self
                .0
                .parse::<f64>()
                .is_ok_and(|value| value.is_finite() && value.fract() == 0.0)
    }

    /// The value as an integer, if it is whole and fits.
    pub fn as_i128(&self) -> Option<i128> {
        self.0.parse().ok().or_else(|| {
            let value: f64 = self.0.parse().ok()?;
            // Beyond 2^53 the float no longer says which integer was meant.
            (value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0).then_some(value as i128)
        })
    }

    /// The value as `i64`, if it is whole and fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128()?.try_into().ok()
    }

    /// The value as `u64`, if it is whole and fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128()?.try_into().ok()
    }

    /// The nearest `f64`; `None` where that is infinite.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.is_finite())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self(value.to_string())
    }
}

/// Writes compact JSON.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// What is still to be written.
        enum Rest<'v> {
            Text(&'static str),
            Name(&'v str),
            Value(&'v Value),
        }
        let mut open = vec![Rest::Value(self)];
        while let Some(rest) = open.pop() {
            match rest {
                Rest::Text(text) => f.write_str(text)?,
                Rest::Name(name) => write_json_string(f, name)?,
                Rest::Value(Value::Null) => f.write_str("null")?,
                Rest::Value(Value::Boolean(value)) => write!(f, "{value}")?,
                Rest::Value(Value::Number(number)) => write!(f, "{number}")?,
                Rest::Value(Value::String(text)) => write_json_string(f, text)?,
                Rest::Value(Value::Array(items)) => {
                    f.write_str("[")?;
                    open.push(Rest::Text("]"));
                    for (index, item) in items.iter().enumerate().rev() {
                        open.push(Rest::Value(item));
                        open.push(Rest::Text(if index > 0 { "," } else { "" }));
                    }
                }
                Rest::Value(Value::Object(members)) => {
                    f.write_str("{")?;
                    open.push(Rest::Text("}"));
                    for (index, (name, value)) in members.iter().enumerate().rev() {
                        open.extend([Rest::Value(value), Rest::Text(":"), Rest::Name(name)]);
                        open.push(Rest::Text(if index > 0 { "," } else { "" }));
                    }
                }
            }
        }
        Ok(())
    }
}

fn write_json_string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c.is_control() => write!(f, "\\u{:04x}", u32::from(c))?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

/// Whether `text` is a number by the grammar of RFC 8259, section 6.
fn is_json_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_json_grammar() {
        for text in [
            "0",
            "-0",
            "12",
            "1.5",
            "1e9",
            "1E+9",
            "-1.25e-3",
            "18446744073709551616",
        ] {
            assert!(Number::new(text).is_some(), "{text}");
        }
        for text in ["", "-", "01", "1.", ".5", "1e", "+1", "0x10", "NaN", "1 "] {
            assert!(Number::new(text).is_none(), "{text}");
        }
    }

    #[test]
    fn values_are_written_as_json() {
        let text = |text: &str| Value::String(text.to_owned());
        let list = Value::Array(vec![Value::Null, Value::Array(Vec::new()), text("a\"")]);
        let members = vec![("x".to_owned(), list), ("y".to_owned(), Value::Object(Vec::new()))];
        assert_eq!(Value::Object(members).to_string(), r#"{"x":[null,[],"a\""],"y":{}}"#);
    }

    #[test]
    fn whole_numbers_are_integers_however_written() {
        let integer = |text: &str| Number::new(text).is_some_and(|number| number.is_integer());
        assert!(integer("3") && integer("3.0") && integer("3e2") && integer("18446744073709551616"));
        assert!(!integer("3.5") && !integer("1e-1"));
    }
}
