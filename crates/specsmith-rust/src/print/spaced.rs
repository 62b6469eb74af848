//! Types, signatures and expressions on one line, spaced as rustfmt does; what is not known here is not printed.

use std::fmt::{Display, Write};

use proc_macro2::{Delimiter, Spacing, TokenTree};

use super::tree::{Tree, is_sign, items};

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

/// Whether a word is followed by a space whatever comes.
fn is_keyword(word: &str) -> bool {
    matches!(word, "as" | "dyn" | "for" | "impl" | "in" | "let" | "match" | "mut")
}

/// Whether a word begins what is laid out in ways that are not known here.
fn is_unknown(word: &str) -> bool {
    matches!(
        word,
        "break"
            | "continue"
            | "else"
            | "if"
            | "loop"
            | "move"
            | "ref"
            | "return"
            | "unsafe"
            | "where"
            | "while"
            | "yield"
    )
}

/// Begins a line that is indented.
pub(super) fn begin(out: &mut String, indent: usize) {
    const SPACES: &str = "                                ";
    match SPACES.get(..indent) {
        Some(spaces) => out.push_str(spaces),
        None => out.extend(std::iter::repeat_n(' ', indent)),
    }
}

/// Prints tokens behind what is there; `None` for those that are not known.
pub(super) fn print(out: &mut String, tokens: &[Tree], content: Content) -> Option<()> {
    let before = match out.chars().next_back() {
        Some(c) if c.is_alphanumeric() || matches!(c, '_' | ')') => Before::Word,
        _ => Before::Tight,
    };
    Line { out, before, content }.tokens(tokens)
}

impl Line<'_> {
    fn tokens(&mut self, tokens: &[Tree]) -> Option<()> {
        let mut rest = tokens;
        while let [tree, after @ ..] = rest {
            rest = match tree {
                Tree::Group(delimiter, trees) => {
                    self.group(*delimiter, trees)?;
                    after
                }
                Tree::Token(token) => self.token(token, after)?,
            };
        }
        Some(())
    }

    /// Prints a token; returns what is behind it.
    fn token<'t>(&mut self, token: &TokenTree, after: &'t [Tree]) -> Option<&'t [Tree]> {
        match token {
            TokenTree::Ident(name) => {
                let name = self.word(name)?;
                if is_unknown(name) {
                    return None;
                }
                let is_lower = name.starts_with(|c: char| c.is_lowercase() || c == '_');
                self.before = match is_lower {
                    true if is_keyword(name) => Before::Loose,
                    true => Before::Name,
                    false => Before::Word,
                };
            }
            TokenTree::Literal(literal) => {
                let is_tight = self.before == Before::Tight;
                let text = self.word(literal)?;
                // In `self.0.method()` there is the number `0.`.
                let is_place = text.ends_with('.');
                if text.contains('\n') || (is_place && !is_tight) {
                    return None;
                }
                self.before = if is_place { Before::Tight } else { Before::Word };
            }
            TokenTree::Punct(sign) => return self.sign(sign.as_char(), sign.spacing(), after),
            TokenTree::Group(_) => return None,
        }
        Some(after)
    }

    /// Prints a word behind what is there; returns its text.
    fn word(&mut self, word: &impl Display) -> Option<&str> {
        if self.before != Before::Tight {
            self.out.push(' ');
        }
        let start = self.out.len();
        write!(self.out, "{word}").ok()?;
        self.out.get(start..)
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
    fn sign<'t>(&mut self, sign: char, spacing: Spacing, after: &'t [Tree]) -> Option<&'t [Tree]> {
        let behind_value = matches!(self.before, Before::Word | Before::Name);
        if spacing == Spacing::Joint && sign != '\'' && matches!(after, [Tree::Token(TokenTree::Punct(_)), ..]) {
            let [next, after @ ..] = after else { return None };
            match sign {
                ':' if is_sign(next, ':') => {
                    self.space();
                    self.put("::", Before::Tight);
                }
                '-' if is_sign(next, '>') && behind_value => self.put(" ->", Before::Loose),
                '>' if is_sign(next, '>') && behind_value => self.put(">>", Before::Word),
                '.' if behind_value && matches!(after, [last, ..] if is_sign(last, '=')) => {
                    self.put("..=", Before::Tight);
                    return after.get(1..);
                }
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

    fn group(&mut self, delimiter: Delimiter, tokens: &[Tree]) -> Option<()> {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            // What is behind a value is an index, or a macro.
            Delimiter::Bracket if !matches!(self.before, Before::Word | Before::Name) => ("[", "]"),
            _ => return None,
        };
        let is_call = matches!(self.before, Before::Word | Before::Name);
        self.space();
        self.put(open, Before::Tight);
        self.tokens(tokens)?;
        // A comma at the end stays in a tuple of one.
        if self.before == Before::Comma && (is_call || close == "]" || items(tokens).len() > 1) {
            return None;
        }
        self.put(close, Before::Word);
        Some(())
    }
}
