//! Changes to documents, as accidents and attackers make them; the same seed makes the same change.

use std::fmt::Write as _;

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{Number, Value};
use specsmith_spec::{Limits, Source};

/// Numbers that follow from a seed (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    /// The numbers of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below this one, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or_default() % end.max(1)
    }

    fn pick<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

/// A value in a value: which item or member of each container on the way.
type Path = Vec<usize>;

/// Words that mean something in documents.
const WORDS: &[&str] = &[
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "const",
    "default",
    "required",
    "additionalProperties",
    "nullable",
    "discriminator",
    "propertyName",
    "mapping",
    "example",
    "examples",
    "format",
    "pattern",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "parameters",
    "responses",
    "requestBody",
    "content",
    "schema",
    "headers",
    "security",
    "in",
    "name",
    "style",
    "explode",
    "operationId",
    "tags",
    "servers",
    "callbacks",
    "links",
    "string",
    "object",
    "array",
    "integer",
    "null",
    "query",
    "path",
    "header",
    "form",
    "deepObject",
    "default",
    "200",
    "4XX",
    "application/json",
    "multipart/form-data",
    "text/event-stream",
    "x-a",
    "$defs",
    "prefixItems",
    "readOnly",
    "itemSchema",
    "encoding",
    "patternProperties",
    "$id",
    "$anchor",
    "$dynamicRef",
    "unevaluatedProperties",
    "",
];

/// Scalars that are a little too much.
const SCALARS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e999",
    "18446744073709551616",
    "-9223372036854775809",
    "\"\"",
    "\"a\"",
    "[]",
    "{}",
    "\"2024-02-30\"",
    "\"{\"",
    "\"/{id}\"",
    "\"\\u0000\"",
    "\"\\u202e\"",
    "\"```\\n\"",
    "\"self\"",
    "\"#\"",
];

/// Changes a document in one to three places; what is not a value any more is text.
pub(crate) fn document(value: &Value, random: &mut Random) -> String {
    let mut value = value.clone();
    for _ in 0..=random.below(3) {
        change(&mut value, random);
    }
    let mut text = value.to_string();
    match random.below(20) {
        0 => text.truncate(boundary(&text, random)),
        1 => {
            for _ in 0..=random.below(4) {
                let place = boundary(&text, random);
                let sign = *random.pick(&[
                    '"', '{', '}', '[', ']', ',', ':', '\\', '\u{0}', '\u{2028}', '*', '&', '-',
                ]);
                text.insert(place, sign);
            }
        }
        2 => text = yaml(&text, random),
        _ => {}
    }
    text
}

/// The value of a text that is a document.
pub(crate) fn read(text: &str) -> Option<Value> {
    let source = Source::from_text("a", text);
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = specsmith_spec::read(source, &Limits::default(), &mut sources, &mut diagnostics)?;
    Some(document.root().to_value())
}

/// Changes one place.
fn change(root: &mut Value, random: &mut Random) {
    let paths = paths(root);
    let path = random.pick(&paths).clone();
    let other = random.pick(&paths).clone();
    match random.below(12) {
        0 | 1 => remove(root, &path),
        2 => repeat(root, &path, random),
        3 | 4 => set(root, &path, scalar(random)),
        5 => {
            let (one, two) = (get(root, &path).clone(), get(root, &other).clone());
            set(root, &path, two);
            set(root, &other, one);
        }
        6 => {
            let copy = get(root, &other).clone();
            set(root, &path, copy);
        }
        7 | 8 => {
            let reference = format!("#{}", pointer(root, &other));
            set(
                root,
                &path,
                Value::Object(vec![("$ref".to_owned(), Value::String(reference))]),
            );
        }
        9 => rename(root, &path, random),
        10 => {
            let inner = get(root, &path).clone();
            let name = (*random.pick(WORDS)).to_owned();
            let wrapped = match random.below(3) {
                0 => Value::Array(vec![inner]),
                1 => Value::Array(vec![inner.clone(), inner]),
                _ => Value::Object(vec![(name, inner)]),
            };
            set(root, &path, wrapped);
        }
        _ => add(root, &path, random),
    }
}

fn scalar(random: &mut Random) -> Value {
    if random.below(2) == 0 {
        return Value::String((*random.pick(WORDS)).to_owned());
    }
    let text = *random.pick(SCALARS);
    match Number::new(text) {
        Some(number) => Value::Number(number),
        None => read(text).unwrap_or(Value::Null),
    }
}

/// The paths of all values, in the order of the text.
fn paths(root: &Value) -> Vec<Path> {
    let mut paths = Vec::new();
    let mut open = vec![(root, Path::new())];
    while let Some((value, path)) = open.pop() {
        let inside = |position| path.iter().copied().chain([position]).collect();
        match value {
            Value::Array(items) => open.extend(items.iter().enumerate().map(|(at, item)| (item, inside(at)))),
            Value::Object(members) => {
                open.extend(members.iter().enumerate().map(|(at, (_, member))| (member, inside(at))));
            }
            _ => {}
        }
        paths.push(path);
    }
    paths
}

fn child(value: &mut Value, position: usize) -> Option<&mut Value> {
    match value {
        Value::Array(items) => items.get_mut(position),
        Value::Object(members) => members.get_mut(position).map(|(_, member)| member),
        _ => None,
    }
}

/// The value at a path, as far as there is one.
fn place<'v>(root: &'v mut Value, path: &[usize]) -> Option<&'v mut Value> {
    path.iter().try_fold(root, |value, position| child(value, *position))
}

fn get<'v>(root: &'v mut Value, path: &[usize]) -> &'v Value {
    place(root, path).map_or(&Value::Null, |value| value)
}

fn set(root: &mut Value, path: &[usize], value: Value) {
    if let Some(place) = place(root, path) {
        *place = value;
    }
}

/// What a value stands in, and its position there.
fn around<'v>(root: &'v mut Value, path: &[usize]) -> Option<(&'v mut Value, usize)> {
    let (position, around) = path.split_last()?;
    Some((place(root, around)?, *position))
}

fn remove(root: &mut Value, path: &[usize]) {
    match around(root, path) {
        Some((Value::Array(items), position)) if position < items.len() => {
            items.remove(position);
        }
        Some((Value::Object(members), position)) if position < members.len() => {
            members.remove(position);
        }
        _ => {}
    }
}

/// Puts an item or a member there a second time, perhaps often.
fn repeat(root: &mut Value, path: &[usize], random: &mut Random) {
    let count = [1, 1, 2, 40][random.below(4)];
    match around(root, path) {
        Some((Value::Array(items), position)) if position < items.len() => {
            let item = items[position].clone();
            items.extend(std::iter::repeat_n(item, count));
        }
        Some((Value::Object(members), position)) if position < members.len() => {
            let (name, member) = members[position].clone();
            for index in 0..count {
                let suffix = if count > 2 { index.to_string() } else { String::new() };
                members.push((format!("{name}{suffix}"), member.clone()));
            }
        }
        _ => {}
    }
}

fn rename(root: &mut Value, path: &[usize], random: &mut Random) {
    if let Some((Value::Object(members), position)) = around(root, path)
        && let Some((name, _)) = members.get_mut(position)
    {
        match random.below(3) {
            0 => name.push('s'),
            1 => name.truncate(boundary(name, random)),
            _ => *name = (*random.pick(WORDS)).to_owned(),
        }
    }
}

fn add(root: &mut Value, path: &[usize], random: &mut Random) {
    let value = scalar(random);
    match place(root, path) {
        Some(Value::Array(items)) => items.push(value),
        Some(Value::Object(members)) => members.push(((*random.pick(WORDS)).to_owned(), value)),
        Some(Value::String(text)) => text.insert_str(boundary(text, random), "\u{0}{`<a> \n/..%2e~1\u{202e}"),
        _ => {}
    }
}

/// The JSON pointer to a place.
fn pointer(root: &Value, path: &[usize]) -> String {
    let mut pointer = String::new();
    let mut value = root;
    for position in path {
        match value {
            Value::Array(items) => {
                let _ = write!(pointer, "/{position}");
                value = items.get(*position).unwrap_or(&Value::Null);
            }
            Value::Object(members) => {
                if let Some((name, member)) = members.get(*position) {
                    let _ = write!(pointer, "/{}", name.replace('~', "~0").replace('/', "~1"));
                    value = member;
                }
            }
            _ => break,
        }
    }
    pointer
}

/// A place between two characters.
fn boundary(text: &str, random: &mut Random) -> usize {
    text.floor_char_boundary(random.below(text.len() + 1))
}

/// Text that only YAML has, in front of JSON.
fn yaml(text: &str, random: &mut Random) -> String {
    let line = *random.pick(&[
        "---\n",
        "%YAML 1.2\n---\n",
        "# a\n",
        "&a ",
        "!!map ",
        "? ",
        "- ",
        "\u{feff}---\r\n",
    ]);
    format!("{line}{text}")
}
