//! Percent-encoding (RFC 3986, section 2.1), read.

use std::borrow::Cow;

/// What `+` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plus {
    /// A space, as in queries and forms.
    Space,
    /// A plus, as everywhere else.
    Literal,
}

/// Text that is not percent-encoded UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotText;

/// Decodes text.
pub(crate) fn decode(raw: &str, plus: Plus) -> Result<Cow<'_, str>, NotText> {
    let plain = |byte: u8| byte != b'%' && (byte != b'+' || plus == Plus::Literal);
    if raw.bytes().all(plain) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match first {
            b'+' if plus == Plus::Space => b' ',
            b'%' => {
                let (byte, tail) = hex_pair(tail).ok_or(NotText)?;
                rest = tail;
                byte
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes)
        .map(Cow::Owned)
        .map_err(|_| NotText)
}

/// The decoded bytes of a text, each with the place where it starts; `%` that starts no pair stays as it is.
pub(crate) fn units(raw: &str) -> Vec<(u8, usize)> {
    let mut units = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let offset = raw.len() - rest.len();
        rest = tail;
        match hex_pair(tail) {
            Some((byte, tail)) if first == b'%' => {
                units.push((byte, offset));
                rest = tail;
            }
            _ => units.push((first, offset)),
        }
    }
    units
}

/// The pairs of a query or form in order, still encoded.
pub(crate) fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

fn hex_pair(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], rest) = bytes.split_first_chunk()?;
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let value = digit(high)? * 16 + digit(low)?;
    Some((u8::try_from(value).ok()?, rest))
}
