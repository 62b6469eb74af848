//! How the value of a parameter is written: the styles of OpenAPI, section "Style Values".
//!
//! A value arrives as a tree, whatever its Rust type was, so that this code exists once and not once for each type.

use serde_json::{Map, Value};

/// How the value of a parameter is written: a style, and whether it is exploded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    style: Style,
    spread: Spread,
    escape: Escape,
}

/// The styles of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
}

/// Whether the items of a list and the members of an object are written one by one (`explode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spread {
    Exploded,
    Joined,
}

/// Which characters are percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    /// All but the unreserved ones of RFC 3986, section 2.3.
    Reserved,
    /// As before, but reserved characters stay where they cannot end the value (`allowReserved`).
    Illegal,
    /// None.
    Nothing,
}

/// `;color=blue,black`, in a path.
pub const MATRIX: Encoding = Encoding::new(Style::Matrix, Spread::Joined);
/// `;color=blue;color=black`, in a path.
pub const MATRIX_EXPLODED: Encoding = Encoding::new(Style::Matrix, Spread::Exploded);
/// `.blue,black`, in a path.
pub const LABEL: Encoding = Encoding::new(Style::Label, Spread::Joined);
/// `.blue.black`, in a path.
pub const LABEL_EXPLODED: Encoding = Encoding::new(Style::Label, Spread::Exploded);
/// `blue,black` and `R,100,G,200`, in a path or header.
pub const SIMPLE: Encoding = Encoding::new(Style::Simple, Spread::Joined);
/// `blue,black` and `R=100,G=200`, in a path or header.
pub const SIMPLE_EXPLODED: Encoding = Encoding::new(Style::Simple, Spread::Exploded);
/// `color=blue&color=black`, in a query or cookie.
pub const FORM: Encoding = Encoding::new(Style::Form, Spread::Exploded);
/// `color=blue,black`, in a query or cookie.
pub const FORM_JOINED: Encoding = Encoding::new(Style::Form, Spread::Joined);
/// `color=blue%20black`, in a query.
pub const SPACE_DELIMITED: Encoding = Encoding::new(Style::SpaceDelimited, Spread::Joined);
/// `color=blue%7Cblack`, in a query.
pub const PIPE_DELIMITED: Encoding = Encoding::new(Style::PipeDelimited, Spread::Joined);
/// `color%5BR%5D=100&color%5BG%5D=200`, in a query.
pub const DEEP_OBJECT: Encoding = Encoding::new(Style::DeepObject, Spread::Exploded);
/// `color=blue; color=black`, in cookies, not percent-encoded.
pub const COOKIE: Encoding = Encoding::new(Style::Cookie, Spread::Exploded);
/// `color=blue,black`, in cookies, not percent-encoded.
pub const COOKIE_JOINED: Encoding = Encoding::new(Style::Cookie, Spread::Joined);

impl Encoding {
    const fn new(style: Style, spread: Spread) -> Self {
        let escape = match style {
            Style::Cookie => Escape::Nothing,
            _ => Escape::Reserved,
        };
        Self {
            style,
            spread,
            escape,
        }
    }

    /// Keeps reserved characters as they are, but for those that would end the value (`allowReserved`).
    pub const fn allow_reserved(mut self) -> Self {
        self.escape = Escape::Illegal;
        self
    }

    /// The text of a parameter; `None` where there is nothing to write: null, an empty list, an empty object.
    ///
    /// Items that are null are left out, as RFC 6570, section 2.3 leaves out undefined ones. Lists and objects inside a
    /// list or object, for which only `deepObject` has a form, are written as JSON.
    pub fn write(self, name: &str, value: &Value) -> Option<String> {
        write(name, value, self)
    }

    /// Writes text as it is, for headers.
    pub(super) const fn verbatim(mut self) -> Self {
        self.escape = Escape::Nothing;
        self
    }

    /// Whether text is written as it is.
    pub(super) fn is_verbatim(self) -> bool {
        self.escape == Escape::Nothing
    }

    /// What stands between the pairs of this parameter where it has several.
    const fn separator(self) -> &'static str {
        match self.style {
            Style::Matrix => ";",
            Style::Label => ".",
            Style::Simple => ",",
            Style::Cookie => "; ",
            Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject => "&",
        }
    }

    /// What stands between the items of a joined list.
    const fn delimiter(self) -> &'static str {
        match self.style {
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            _ => ",",
        }
    }

    /// What stands before everything.
    const fn prefix(self) -> &'static str {
        match self.style {
            Style::Matrix => ";",
            Style::Label => ".",
            _ => "",
        }
    }

    /// Whether the name of the parameter is written.
    const fn is_named(self) -> bool {
        !matches!(self.style, Style::Label | Style::Simple)
    }
}

/// The text of a parameter; see [`Encoding::write`].
fn write(name: &str, value: &Value, encoding: Encoding) -> Option<String> {
    if encoding.style == Style::DeepObject {
        let mut pairs = Vec::new();
        deep_pairs(
            &percent_encode(name, encoding.escape),
            value,
            encoding.escape,
            &mut pairs,
        );
        return (!pairs.is_empty()).then(|| pairs.join("&"));
    }
    let name = percent_encode(name, encoding.escape);
    let pieces = match value {
        Value::Null => return None,
        Value::Array(items) => list_pieces(&name, items, encoding),
        Value::Object(members) => object_pieces(&name, members, encoding),
        scalar => vec![pair(&name, &scalar_text(scalar, encoding.escape), encoding)],
    };
    (!pieces.is_empty())
        .then(|| format!("{}{}", encoding.prefix(), pieces.join(encoding.separator())))
}

fn list_pieces(name: &str, items: &[Value], encoding: Encoding) -> Vec<String> {
    let texts = items
        .iter()
        .filter(|item| !item.is_null())
        .map(|item| scalar_text(item, encoding.escape));
    match encoding.spread {
        Spread::Exploded => texts.map(|text| pair(name, &text, encoding)).collect(),
        Spread::Joined => joined(name, texts.collect(), encoding),
    }
}

fn object_pieces(name: &str, members: &Map<String, Value>, encoding: Encoding) -> Vec<String> {
    let members = members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| {
            (
                percent_encode(key, encoding.escape),
                scalar_text(value, encoding.escape),
            )
        });
    match encoding.spread {
        Spread::Exploded => members.map(|(key, text)| format!("{key}={text}")).collect(),
        Spread::Joined => joined(
            name,
            members.flat_map(|(key, text)| [key, text]).collect(),
            encoding,
        ),
    }
}

fn joined(name: &str, texts: Vec<String>, encoding: Encoding) -> Vec<String> {
    if texts.is_empty() {
        return Vec::new();
    }
    vec![pair(name, &texts.join(encoding.delimiter()), encoding)]
}

/// `name=text`, or what the style makes of it.
fn pair(name: &str, text: &str, encoding: Encoding) -> String {
    if !encoding.is_named() {
        text.to_owned()
    } else if text.is_empty() && encoding.style == Style::Matrix {
        name.to_owned()
    } else {
        format!("{name}={text}")
    }
}

/// `name[key][0]=text` for each scalar inside, with the brackets percent-encoded.
fn deep_pairs(name: &str, value: &Value, escape: Escape, out: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep_pairs(&format!("{name}%5B{index}%5D"), item, escape, out);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let key = percent_encode(key, escape);
                deep_pairs(&format!("{name}%5B{key}%5D"), member, escape, out);
            }
        }
        scalar => out.push(format!("{name}={}", scalar_text(scalar, escape))),
    }
}

/// The text of a value without structure; of others, JSON.
fn scalar_text(value: &Value, escape: Escape) -> String {
    match value {
        Value::String(text) => percent_encode(text, escape),
        other => percent_encode(&other.to_string(), escape),
    }
}

/// Percent-encodes the UTF-8 bytes of `text` (RFC 3986, section 2.1).
pub(super) fn percent_encode(text: &str, escape: Escape) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        match escape {
            Escape::Nothing => return text.to_owned(),
            _ if is_unreserved(*byte) => out.push(char::from(*byte)),
            Escape::Illegal if is_harmless(*byte) || is_percent_triple(rest) => {
                out.push(char::from(*byte))
            }
            Escape::Illegal | Escape::Reserved => {
                out.push('%');
                out.push(hex_digit(byte >> 4));
                out.push(hex_digit(byte & 15));
            }
        }
        rest = tail;
    }
    out
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Reserved characters that mean nothing inside a query value; `&`, `+` and `#` would end or change it.
fn is_harmless(byte: u8) -> bool {
    b":/?@!$'()*,;=".contains(&byte)
}

fn is_percent_triple(text: &[u8]) -> bool {
    matches!(text, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn hex_digit(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16)
        .unwrap_or_default()
        .to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(encoding: Encoding, empty: &str, string: &str, array: &str, object: &str) {
        let text = |value: Value| write("color", &value, encoding).unwrap_or_default();
        assert_eq!(text(json!("")), empty, "{encoding:?}, empty");
        assert_eq!(text(json!("blue")), string, "{encoding:?}, string");
        assert_eq!(
            text(json!(["blue", "black", "brown"])),
            array,
            "{encoding:?}, array"
        );
        // In the order of the names, in which a map of JSON keeps its members.
        assert_eq!(
            text(json!({ "B": 150, "G": 200, "R": 100 })),
            object,
            "{encoding:?}, object"
        );
    }

    #[test]
    fn table_of_the_specification() {
        check(
            MATRIX,
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=B,150,G,200,R,100",
        );
        check(
            MATRIX_EXPLODED,
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";B=150;G=200;R=100",
        );
        check(
            LABEL,
            ".",
            ".blue",
            ".blue,black,brown",
            ".B,150,G,200,R,100",
        );
        check(
            LABEL_EXPLODED,
            ".",
            ".blue",
            ".blue.black.brown",
            ".B=150.G=200.R=100",
        );
        check(SIMPLE, "", "blue", "blue,black,brown", "B,150,G,200,R,100");
        check(
            SIMPLE_EXPLODED,
            "",
            "blue",
            "blue,black,brown",
            "B=150,G=200,R=100",
        );
        check(
            FORM_JOINED,
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=B,150,G,200,R,100",
        );
        check(
            FORM,
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "B=150&G=200&R=100",
        );
        check(
            SPACE_DELIMITED,
            "color=",
            "color=blue",
            "color=blue%20black%20brown",
            "color=B%20150%20G%20200%20R%20100",
        );
        check(
            PIPE_DELIMITED,
            "color=",
            "color=blue",
            "color=blue%7Cblack%7Cbrown",
            "color=B%7C150%7CG%7C200%7CR%7C100",
        );
        check(
            DEEP_OBJECT,
            "color=",
            "color=blue",
            "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
            "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
        );
        check(
            COOKIE,
            "color=",
            "color=blue",
            "color=blue; color=black; color=brown",
            "B=150; G=200; R=100",
        );
        check(
            COOKIE_JOINED,
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=B,150,G,200,R,100",
        );
    }

    #[test]
    fn what_is_undefined_is_not_written() {
        for value in [
            json!(null),
            json!([]),
            json!({}),
            json!([null]),
            json!({ "a": null }),
        ] {
            for encoding in [FORM, FORM_JOINED, DEEP_OBJECT] {
                assert_eq!(write("color", &value, encoding), None, "{value}");
            }
        }
        let value = json!(["a", null, "b"]);
        assert_eq!(
            write("color", &value, FORM_JOINED).as_deref(),
            Some("color=a,b")
        );
    }

    #[test]
    fn delimiters_inside_values_are_encoded() {
        let value = json!(["a,b", "c&d=e", "é /?#"]);
        let text = write("q", &value, FORM_JOINED);
        assert_eq!(
            text.as_deref(),
            Some("q=a%2Cb,c%26d%3De,%C3%A9%20%2F%3F%23")
        );
        assert_eq!(
            write("a b", &json!(1.5), FORM).as_deref(),
            Some("a%20b=1.5")
        );
    }

    #[test]
    fn reserved_characters_stay_only_where_harmless() {
        let encoding = FORM.allow_reserved();
        let text = write("q", &json!("a/b:c?d=e&f#g+h%20i%zz[j]"), encoding);
        assert_eq!(
            text.as_deref(),
            Some("q=a/b:c?d=e%26f%23g%2Bh%20i%25zz%5Bj%5D")
        );
    }

    #[test]
    fn objects_nest_in_deep_objects() {
        let value = json!({ "items": [{ "price": "p 1" }, { "price": "p2" }], "on": true });
        let text = write("sub", &value, DEEP_OBJECT);
        assert_eq!(
            text.as_deref(),
            Some(
                "sub%5Bitems%5D%5B0%5D%5Bprice%5D=p%201&sub%5Bitems%5D%5B1%5D%5Bprice%5D=p2&sub%5Bon%5D=true"
            )
        );
    }
}
