//! The core schema of YAML 1.2: which plain scalars are null, booleans and numbers.
//!
//! Everything else is a string: `no`, `on`, `yes`, dates, `1_000`, `12:30`.

use specsmith_ir::Number;

/// What a plain scalar is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as JSON writes it.
    Number(Number),
    /// `.inf` or `.nan`, which JSON cannot say.
    NotFinite,
    /// Anything else.
    String,
}

/// Decides what a plain scalar is (YAML 1.2.2, section 10.3.2).
pub(crate) fn resolve(text: &str) -> Scalar {
    match text.as_bytes().first() {
        Some(b'0'..=b'9' | b'-' | b'+' | b'.') => match number(text) {
            Some(number) => Scalar::Number(number),
            None if is_not_finite(text) => Scalar::NotFinite,
            None => Scalar::String,
        },
        None | Some(b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') => match text {
            "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
            "true" | "True" | "TRUE" => Scalar::Boolean(true),
            "false" | "False" | "FALSE" => Scalar::Boolean(false),
            _ => Scalar::String,
        },
        Some(_) => Scalar::String,
    }
}

/// The number that a text is in YAML, as JSON writes it: `31` for `0x1F`, `0.5` for `.5`, `1` for `+1`.
///
/// A hexadecimal or octal number beyond 128 bits is not taken for one: such digits are a hash or an address.
fn number(text: &str) -> Option<Number> {
    if let Some(number) = Number::new(text) {
        return Some(number);
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            // `from_str_radix` takes a sign, YAML does not.
            let digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(digits)?;
            return Number::new(&u128::from_str_radix(digits, radix).ok()?.to_string());
        }
    }
    decimal(text)
}

/// A decimal number that YAML writes and JSON does not: `+1`, `007`, `.5`, `1.`.
fn decimal(text: &str) -> Option<Number> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let end = rest.find(['e', 'E']).unwrap_or(rest.len());
    let (mantissa, exponent) = rest.split_at(end);
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    if rest.starts_with(['-', '+']) || whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let fraction = match fraction {
        Some("") => ".0".to_owned(),
        Some(digits) => format!(".{digits}"),
        None => String::new(),
    };
    // What is no digit is still in the parts, and refused here.
    Number::new(&format!("{sign}{whole}{fraction}{exponent}"))
}

fn is_not_finite(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
}

#[cfg(test)]
mod tests {
    use super::{Scalar, resolve};

    fn shown(text: &str) -> String {
        match resolve(text) {
            Scalar::Null => "null".to_owned(),
            Scalar::Boolean(value) => value.to_string(),
            Scalar::Number(number) => number.to_string(),
            Scalar::NotFinite => "not finite".to_owned(),
            Scalar::String => "string".to_owned(),
        }
    }

    #[test]
    fn core_schema() {
        let table = [
            ("", "null"),
            ("~", "null"),
            ("null", "null"),
            ("Null", "null"),
            ("NULL", "null"),
            ("nULL", "string"),
            ("none", "string"),
            ("true", "true"),
            ("True", "true"),
            ("TRUE", "true"),
            ("tRUE", "string"),
            ("false", "false"),
            ("FALSE", "false"),
            ("no", "string"),
            ("No", "string"),
            ("y", "string"),
            ("on", "string"),
            ("off", "string"),
            ("yes", "string"),
            ("0", "0"),
            ("-0", "-0"),
            ("12", "12"),
            ("+12", "12"),
            ("-12", "-12"),
            ("007", "7"),
            ("-007", "-7"),
            ("010", "10"),
            ("000", "0"),
            ("0x1F", "31"),
            ("0xdeadbeef", "3735928559"),
            ("0x", "string"),
            ("-0x1F", "string"),
            ("0x+1", "string"),
            ("0xG", "string"),
            ("0x52908400098527886E0F7030069857D2E4169EE7", "string"),
            ("0o17", "15"),
            ("0o18", "string"),
            ("0b11", "string"),
            ("1.5", "1.5"),
            ("1.10", "1.10"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("+.5e3", "0.5e3"),
            ("1.", "1.0"),
            ("1.e3", "1.0e3"),
            ("01.5", "1.5"),
            ("1e3", "1e3"),
            ("1E+3", "1E+3"),
            ("+1e-3", "1e-3"),
            ("18446744073709551616", "18446744073709551616"),
            ("1_000", "string"),
            ("1,000", "string"),
            ("12:30", "string"),
            ("12:30:45", "string"),
            ("2020-01-01", "string"),
            ("1.2.3", "string"),
            ("3.0.0", "string"),
            ("1e", "string"),
            ("e3", "string"),
            (".", "string"),
            ("-", "string"),
            ("+", "string"),
            ("+-1", "string"),
            ("--1", "string"),
            (".e3", "string"),
            ("-.", "string"),
            ("1 ", "string"),
            ("٣", "string"),
            (".inf", "not finite"),
            ("-.Inf", "not finite"),
            ("+.INF", "not finite"),
            (".nan", "not finite"),
            (".NaN", "not finite"),
            ("-.nan", "string"),
            (".iNF", "string"),
            ("inf", "string"),
            ("NaN", "string"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "`{text}`");
        }
    }
}
