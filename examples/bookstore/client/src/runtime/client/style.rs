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
    /// Not of the specification's table: JSON, by `content`.
    Json,
    /// Not of the specification's table: plain text, by `content`.
    Text,
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

/// `color=%7B%22R%22%3A100%7D`, JSON at any place.
pub const JSON: Encoding = Encoding::new(Style::Json, Spread::Joined);
/// `color=blue`, plain text at any place.
pub const TEXT: Encoding = Encoding::new(Style::Text, Spread::Joined);

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

    /// The pairs of a parameter, with nothing encoded.
    pub(super) fn pairs(self, name: &str, value: &Value) -> Vec<(String, String)> {
        let text = self.write(name, value).unwrap_or_default();
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .map(|(name, value)| (percent_decode(name), percent_decode(value)))
            .collect()
    }

    /// What is written in which style: JSON and plain text become one text in the style that is usual at the place.
    pub(super) fn resolve(self, usual: Encoding, value: Value) -> (Encoding, Value) {
        match (self.style, value) {
            (Style::Json, value) => (usual, Value::String(value.to_string())),
            (Style::Text, value @ (Value::Array(_) | Value::Object(_))) => {
                (usual, Value::String(value.to_string()))
            }
            (Style::Text, value) => (usual, value),
            (_, value) => (self, value),
        }
    }

    /// The character inside a value that would be read as the end of an item or of a name, since this style has no
    /// way to escape it.
    pub(super) fn unescapable(self, value: &Value) -> Option<char> {
        let (in_texts, in_keys): (&[char], &[char]) = match (self.style, self.escape) {
            (Style::SpaceDelimited, _) if self.spread == Spread::Joined => (&[' '], &[' ']),
            (Style::PipeDelimited, _) if self.spread == Spread::Joined => (&['|'], &['|']),
            (Style::DeepObject, _) => (&[], &['[', ']']),
            (Style::Simple, Escape::Nothing) => (&[','], &[',', '=']),
            (Style::Cookie, _) if self.spread == Spread::Joined => (&[','], &[',']),
            _ => return None,
        };
        match value {
            Value::Array(items) => items.iter().find_map(|item| self.found(item, in_texts)),
            Value::Object(members) => members.iter().find_map(|(key, member)| {
                let in_key = key.chars().find(|c| in_keys.contains(c));
                in_key.or_else(|| self.found(member, in_texts))
            }),
            _ => None,
        }
    }

    /// One of these characters in the text of an item or member.
    fn found(self, value: &Value, characters: &[char]) -> Option<char> {
        match value {
            Value::Array(_) | Value::Object(_) if self.style == Style::DeepObject => {
                self.unescapable(value)
            }
            value => {
                let text = scalar_text(value, Escape::Nothing);
                text.chars().find(|c| characters.contains(c))
            }
        }
    }

    /// The text of an item of a list or member of an object, in which nothing looks like what stands between them.
    fn item(self, value: &Value) -> String {
        let text = scalar_text(value, self.escape);
        let (characters, is_escaped) = match self.style {
            _ if self.escape == Escape::Nothing => return text,
            Style::Label if self.spread == Spread::Exploded => ([('.', "%2E"), ('=', "%3D")], true),
            Style::Matrix => ([(',', "%2C"), (';', "%3B")], self.escape == Escape::Illegal),
            _ => ([(',', "%2C"), (',', "%2C")], self.escape == Escape::Illegal),
        };
        match is_escaped {
            true => characters.iter().fold(text, |text, (character, escaped)| {
                text.replace(*character, escaped)
            }),
            false => text,
        }
    }

    /// The text of a name, in which nothing looks like its end.
    fn name(self, name: &str) -> String {
        match self.escape {
            Escape::Nothing => name.to_owned(),
            Escape::Reserved | Escape::Illegal => {
                let text = percent_encode(name, Escape::Reserved);
                match (self.style, self.spread) {
                    (Style::Label, Spread::Exploded) => text.replace('.', "%2E"),
                    _ => text,
                }
            }
        }
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
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::DeepObject
            | Style::Json
            | Style::Text => "&",
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
    // Most values are one text without anything around it.
    if encoding.style == Style::Simple
        && !matches!(value, Value::Null | Value::Array(_) | Value::Object(_))
    {
        return Some(scalar_text(value, encoding.escape));
    }
    let name = encoding.name(name);
    let pieces = match value {
        value if encoding.style == Style::DeepObject => {
            let mut pairs = Vec::new();
            deep_pairs(&name, value, encoding.escape, &mut pairs);
            pairs
        }
        Value::Null => return None,
        Value::Array(items) => list_pieces(&name, items, encoding),
        Value::Object(members) => object_pieces(members, &name, encoding),
        scalar => vec![pair(&name, &scalar_text(scalar, encoding.escape), encoding)],
    };
    let text = pieces.join(encoding.separator());
    let written = match encoding.prefix() {
        "" => text,
        prefix => format!("{prefix}{text}"),
    };
    (!pieces.is_empty()).then_some(written)
}

fn list_pieces(name: &str, items: &[Value], encoding: Encoding) -> Vec<String> {
    let texts = items
        .iter()
        .filter(|item| !item.is_null())
        .map(|item| encoding.item(item));
    match encoding.spread {
        Spread::Exploded => texts.map(|text| pair(name, &text, encoding)).collect(),
        Spread::Joined => joined(name, texts.collect(), encoding),
    }
}

fn object_pieces(members: &Map<String, Value>, name: &str, encoding: Encoding) -> Vec<String> {
    let members = members
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| (encoding.name(key), encoding.item(value)));
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

/// The members of an object as the pairs of a form; some of them can have styles of their own.
///
/// Lists repeat the name; lists that hold objects, and objects, add the way to each value in brackets. The error is
/// the name of a member that cannot be written, and the character in it that is in the way.
pub(super) fn form(
    members: &Map<String, Value>,
    encodings: &[(&str, Encoding)],
) -> Result<String, (String, char)> {
    let mut pairs = Vec::new();
    for (name, value) in members {
        let chosen = encodings.iter().find(|(member, _)| member == name);
        let encoding = chosen.map_or_else(|| usual_in_form(value), |(_, encoding)| *encoding);
        let (encoding, value) = encoding.resolve(FORM, value.clone());
        if let Some(character) = encoding.unescapable(&value) {
            return Err((name.clone(), character));
        }
        pairs.extend(encoding.write(name, &value));
    }
    Ok(pairs.join("&"))
}

fn usual_in_form(value: &Value) -> Encoding {
    let is_flat = match value {
        Value::Array(items) => !items.iter().any(|item| item.is_array() || item.is_object()),
        other => !other.is_object(),
    };
    if is_flat { FORM } else { DEEP_OBJECT }
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
                let key = percent_encode(key, Escape::Reserved);
                deep_pairs(&format!("{name}%5B{key}%5D"), member, escape, out);
            }
        }
        scalar => out.push(format!("{name}={}", scalar_text(scalar, escape))),
    }
}

/// The text of a value without structure; of others, JSON.
pub(super) fn scalar_text(value: &Value, escape: Escape) -> String {
    match value {
        Value::String(text) => percent_encode(text, escape),
        other => percent_encode(&other.to_string(), escape),
    }
}

/// Percent-encodes the UTF-8 bytes of `text` (RFC 3986, section 2.1).
pub(super) fn percent_encode(text: &str, escape: Escape) -> String {
    if text.bytes().all(is_unreserved) {
        return text.to_owned();
    }
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

/// The text that was percent-encoded.
pub(super) fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'%', [high, low, after @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                let pair = digit(high).zip(digit(low));
                let escaped = pair.and_then(|(high, low)| u8::try_from(high << 4 | low).ok());
                bytes.push(escaped.unwrap_or(b'%'));
                if escaped.is_some() {
                    rest = after;
                }
            }
            (byte, _) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
