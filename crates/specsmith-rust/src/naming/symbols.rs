//! Names of symbols.

/// Operators of more than one character, before the characters they begin with.
const OPERATORS: &[(&str, &str)] = &[
    ("!=", "not_equal"),
    ("<>", "not_equal"),
    ("==", "equal"),
    ("<=", "less_or_equal"),
    (">=", "greater_or_equal"),
    ("&&", "and"),
    ("||", "or"),
];

/// The length in bytes of the symbol that `text` begins with, and its name in snake case.
pub(super) fn name(text: &str) -> (usize, String) {
    if let Some((operator, name)) = OPERATORS.iter().find(|(operator, _)| text.starts_with(operator)) {
        return (operator.len(), (*name).to_owned());
    }
    let Some(first) = text.chars().next() else {
        return (0, String::new());
    };
    let name = match character(first) {
        Some(name) => name.to_owned(),
        None => format!("u{:04x}", u32::from(first)),
    };
    (first.len_utf8(), name)
}

fn character(symbol: char) -> Option<&'static str> {
    Some(match symbol {
        ' ' => "space",
        '\t' => "tab",
        '\n' => "newline",
        '\r' => "return",
        '!' => "not",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "ampersand",
        '\'' => "apostrophe",
        '(' => "open",
        ')' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "open",
        '\\' => "backslash",
        ']' => "close",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open",
        '|' => "pipe",
        '}' => "close",
        '~' => "tilde",
        '€' => "euro",
        '£' => "pound",
        '°' => "degree",
        'µ' => "micro",
        '§' => "section",
        '…' => "dots",
        '→' => "to",
        _ => return None,
    })
}
