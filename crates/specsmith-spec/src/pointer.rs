//! JSON pointers (RFC 6901) in URI fragments, and percent-encoding (RFC 3986, section 2.1).

/// The steps of a pointer that starts with a slash; `None` if a `~` is not followed by `0` or `1`.
pub(crate) fn steps(pointer: &str) -> Option<Vec<String>> {
    pointer.split('/').skip(1).map(unescape).collect()
}

fn unescape(step: &str) -> Option<String> {
    let mut pieces = step.split('~');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (c, rest) = match piece.strip_prefix('0') {
            Some(rest) => ('~', rest),
            None => ('/', piece.strip_prefix('1')?),
        };
        text.push(c);
        text.push_str(rest);
    }
    Some(text)
}

/// A pointer as a URI fragment, with its `#` (RFC 6901, section 6).
pub(crate) fn fragment(pointer: &str) -> String {
    let mut text = "#".to_owned();
    // What a fragment can hold (RFC 3986, section 3.5).
    percent_encode(&mut text, pointer, |byte| b"-._~!$&'()*+,;=:@/?".contains(&byte));
    text
}

/// Appends a text with `%XX` for what is neither an ASCII letter nor a digit nor one of the other plain bytes.
pub(crate) fn percent_encode(out: &mut String, text: &str, plain: impl Fn(u8) -> bool) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The text with `%XX` replaced; `None` if two hexadecimal digits do not follow a `%`, or the result is not UTF-8.
pub(crate) fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first == b'%' {
            let (digits, tail) = rest.split_at_checked(2)?;
            let high = char::from(*digits.first()?).to_digit(16)?;
            let low = char::from(*digits.last()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_unescaped() {
        assert_eq!(steps("/a~1b/~0/").unwrap(), ["a/b", "~", ""]);
        assert_eq!(steps("/~01").unwrap(), ["~1"]);
        assert!(steps("/~2").is_none());
        assert!(steps("/a~").is_none());
    }

    #[test]
    fn pointers_become_fragments() {
        assert_eq!(fragment("/paths/~1pets~1{id}/get"), "#/paths/~1pets~1%7Bid%7D/get");
        assert_eq!(fragment("/a b%"), "#/a%20b%25");
    }

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(percent_decode("/a%20b%C3%A9").unwrap(), "/a b\u{e9}");
        assert!(percent_decode("%4").is_none());
        assert!(percent_decode("%zz").is_none());
        assert!(percent_decode("%ff").is_none());
    }
}
