//! Types, signatures and expressions on one line, spaced as rustfmt does; what is not known here is not printed.

use proc_macro2::{Delimiter, Group, Spacing, TokenTree};

/// A line that is being put together.
struct Line<'o> {
    out: &'o mut String,
    before: Before,
    /// What may stand in it.
    content: Content,
}

/// What a line is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Types, attributes, signatures: `<` opens a list of types.
    Types,
    /// Expressions: `<` may be a comparison, which is not known here.
    Expressions,
}

/// What the last token asks of the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing before, or something that the next token touches.
    Tight,
    /// A name or literal, or what closes.
    Word,
    /// The name of a variable, function or field.
    Name,
    /// A keyword, or something after which there is a space.
    Loose,
    /// A comma.
    Comma,
}

/// Words that are followed by a space whatever comes.
const KEYWORDS: [&str; 8] = ["as", "dyn", "for", "impl", "in", "let", "match", "mut"];

/// Words that begin what is laid out in ways that are not known here.
const UNKNOWN: [&str; 12] = [
    "break", "continue", "else", "if", "loop", "move", "ref", "return", "unsafe", "where", "while", "yield",
];

/// Prints tokens behind what is there; `None` for those that are not known.
pub(super) fn print(out: &mut String, tokens: &[TokenTree], content: Content) -> Option<()> {
    let before = match out.chars().next_back() {
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | ')') => Before::Word,
        _ => Before::Tight,
    };
    Line { out, before, content }.tokens(tokens)
}

/// Whether a token is this sign.
pub(super) fn is_sign(tree: &TokenTree, sign: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Whether a token is this word.
pub(super) fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(ident) if ident == word)
}

/// What is in braces.
pub(super) fn braced(tree: &TokenTree) -> Option<Vec<TokenTree>> {
    inside(tree, Delimiter::Brace)
}

/// What is between these delimiters.
pub(super) fn inside(tree: &TokenTree, delimiter: Delimiter) -> Option<Vec<TokenTree>> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream().into_iter().collect()),
        _ => None,
    }
}

/// Splits a list at its commas; one at its end counts for nothing.
pub(super) fn items(tokens: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut items = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let end = end_of_item(rest);
        items.push(rest.get(..end).unwrap_or_default());
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    items
}

/// Where the comma behind the first item of a list is.
pub(super) fn end_of_item(tokens: &[TokenTree]) -> usize {
    let mut depth = 0_usize;
    let mut before = ' ';
    for (index, tree) in tokens.iter().enumerate() {
        let TokenTree::Punct(sign) = tree else {
            before = ' ';
            continue;
        };
        match sign.as_char() {
            '<' => depth += 1,
            // An arrow closes nothing.
            '>' if !matches!(before, '-' | '=') => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return index,
            _ => {}
        }
        before = sign.as_char();
    }
    tokens.len()
}

impl Line<'_> {
    fn tokens(&mut self, tokens: &[TokenTree]) -> Option<()> {
        let mut rest = tokens;
        while let [token, after @ ..] = rest {
            rest = match token {
                TokenTree::Ident(ident) => {
                    self.name(&ident.to_string())?;
                    after
                }
                TokenTree::Literal(literal) => {
                    self.literal(&literal.to_string())?;
                    after
                }
                TokenTree::Group(group) => {
                    self.group(group)?;
                    after
                }
                TokenTree::Punct(sign) => self.sign(sign.as_char(), sign.spacing(), after)?,
            };
        }
        Some(())
    }

    fn name(&mut self, name: &str) -> Option<()> {
        if UNKNOWN.contains(&name) {
            return None;
        }
        let is_lower = name.starts_with(|c: char| c.is_lowercase() || c == '_');
        self.word(
            name,
            match is_lower {
                true if KEYWORDS.contains(&name) => Before::Loose,
                true => Before::Name,
                false => Before::Word,
            },
        );
        Some(())
    }

    fn literal(&mut self, text: &str) -> Option<()> {
        // In `self.0.method()` there is the number `0.`.
        let is_place = text.ends_with('.');
        if text.contains('\n') || (is_place && self.before != Before::Tight) {
            return None;
        }
        self.word(text, if is_place { Before::Tight } else { Before::Word });
        Some(())
    }

    fn word(&mut self, text: &str, before: Before) {
        if self.before != Before::Tight {
            self.out.push(' ');
        }
        self.out.push_str(text);
        self.before = before;
    }

    fn space(&mut self) {
        if matches!(self.before, Before::Loose | Before::Comma) {
            self.out.push(' ');
        }
    }

    fn put(&mut self, text: &str, before: Before) {
        self.out.push_str(text);
        self.before = before;
    }

    /// Prints a sign of one or two characters; returns what is behind it.
    fn sign<'t>(&mut self, sign: char, spacing: Spacing, after: &'t [TokenTree]) -> Option<&'t [TokenTree]> {
        let behind_value = matches!(self.before, Before::Word | Before::Name);
        if spacing == Spacing::Joint && sign != '\'' && matches!(after, [TokenTree::Punct(_), ..]) {
            let [next, after @ ..] = after else { return None };
            match sign {
                ':' if is_sign(next, ':') => {
                    self.space();
                    self.put("::", Before::Tight);
                }
                '-' if is_sign(next, '>') && behind_value => self.put(" ->", Before::Loose),
                '>' if is_sign(next, '>') && behind_value => self.put(">>", Before::Word),
                _ => return None,
            }
            return Some(after);
        }
        match sign {
            ',' if behind_value => self.put(",", Before::Comma),
            ':' if behind_value => self.put(":", Before::Loose),
            '.' if behind_value => self.put(".", Before::Tight),
            '?' if behind_value => self.put("?", Before::Word),
            '!' if behind_value => self.put("!", Before::Tight),
            '=' if behind_value => self.put(" =", Before::Loose),
            '+' if behind_value => self.put(" +", Before::Loose),
            '>' if behind_value => self.put(">", Before::Word),
            '<' if self.opens_types() => self.put("<", Before::Tight),
            '&' | '*' | '\'' if !behind_value => {
                self.space();
                let mut text = [0; 4];
                self.put(sign.encode_utf8(&mut text), Before::Tight);
            }
            _ => return None,
        }
        Some(after)
    }

    /// Whether `<` opens a list of types here.
    fn opens_types(&self) -> bool {
        match self.before {
            Before::Word | Before::Tight => true,
            Before::Name => self.content == Content::Types,
            Before::Loose | Before::Comma => false,
        }
    }

    fn group(&mut self, group: &Group) -> Option<()> {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            // What is behind a value is an index, or a macro.
            Delimiter::Bracket if !matches!(self.before, Before::Word | Before::Name) => ("[", "]"),
            _ => return None,
        };
        let is_call = matches!(self.before, Before::Word | Before::Name);
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        self.space();
        self.put(open, Before::Tight);
        self.tokens(&tokens)?;
        // A comma at the end stays in a tuple of one.
        if self.before == Before::Comma && (is_call || close == "]" || items(&tokens).len() > 1) {
            return None;
        }
        self.put(close, Before::Word);
        Some(())
    }
}
