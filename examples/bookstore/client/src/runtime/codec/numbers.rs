//! Whole numbers that are written with a point or an exponent.

use serde_json::Number;

use super::json::string_end;

/// The most digits that are written out; `u64` holds no more.
const MAX_DIGITS: usize = 20;

/// A JSON text with `1.0` and `1e3` written as `1` and `1000`; `None` where it has no such number.
///
/// A number that gets shorter is followed by spaces, so that places in the text stay what they are.
pub(super) fn with_whole_numbers(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut changed = false;
    while let Some((first, after)) = rest.split_first() {
        let length = match first {
            b'"' => 1 + string_end(after),
            b'-' | b'0'..=b'9' => rest.iter().take_while(|byte| is_of_number(**byte)).count(),
            _ => 1,
        };
        let (token, after) = rest.split_at(length);
        match std::str::from_utf8(token).ok().and_then(digits) {
            Some(digits) => {
                changed = true;
                out.extend_from_slice(format!("{digits:length$}").as_bytes());
            }
            None => out.extend_from_slice(token),
        }
        rest = after;
    }
    changed.then_some(out)
}

fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
}

/// The digits of a number that is whole but not written so.
fn digits(number: &str) -> Option<String> {
    let is_number = number.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    number.parse::<Number>().ok().filter(|_| is_number)?;
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().ok()?;
    let mut digits = format!("{whole}{fraction}");
    let point =
        usize::try_from(i32::try_from(whole.len()).ok()?.checked_add(exponent)?).unwrap_or(0);
    if point > MAX_DIGITS {
        return None;
    }
    let behind = digits.split_off(point.min(digits.len()));
    if behind.bytes().any(|digit| digit != b'0') {
        return None;
    }
    while digits.len() < point {
        digits.push('0');
    }
    let written = match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}"),
    };
    (written != number).then_some(written)
}
