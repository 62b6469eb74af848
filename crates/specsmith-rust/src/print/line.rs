//! Tokens on one line, spaced as a person would write the entries of our macros.

use std::fmt::{Display, Write};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Prints tokens on one line, behind what is there.
pub(super) fn print(text: &mut String, tokens: TokenStream) {
    let before = Before::Tight;
    Line { text, before }.tokens(tokens);
}

struct Line<'t> {
    text: &'t mut String,
    before: Before,
}

/// What the last token asks of the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing before, or something that the next token touches.
    Tight,
    /// The first part of a sign such as `=>`.
    Joint,
    /// A name or literal.
    Word,
    /// Something after which there is a space.
    Loose,
}

impl Line<'_> {
    fn tokens(&mut self, tokens: TokenStream) {
        for tree in tokens {
            self.tree(tree);
        }
    }

    fn tree(&mut self, tree: TokenTree) {
        match tree {
            TokenTree::Group(group) => {
                let (delimiter, stream) = (group.delimiter(), group.stream());
                // The tokens of a stream that nothing else has are moved.
                drop(group);
                self.group(delimiter, stream);
            }
            TokenTree::Ident(ident) => self.word(&ident),
            TokenTree::Literal(literal) => self.word(&literal),
            TokenTree::Punct(punct) => self.sign(punct.as_char(), punct.spacing()),
        }
    }

    fn word(&mut self, word: &impl Display) {
        if matches!(self.before, Before::Word | Before::Loose) {
            self.text.push(' ');
        }
        // A string takes whatever is written.
        write!(self.text, "{word}").ok();
        self.before = Before::Word;
    }

    fn group(&mut self, delimiter: Delimiter, stream: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace if stream.is_empty() => ("{", "}"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        let brace_after_word = delimiter == Delimiter::Brace && self.before == Before::Word;
        let list_after_list = delimiter == Delimiter::Parenthesis && self.text.ends_with(')');
        if self.before == Before::Loose || brace_after_word || list_after_list {
            self.text.push(' ');
        }
        self.text.push_str(open);
        self.before = Before::Tight;
        self.tokens(stream);
        self.text.push_str(close);
        self.before = Before::Word;
    }

    fn sign(&mut self, sign: char, spacing: Spacing) {
        let spaced = matches!(sign, '=' | '|' | '+' | '*' | '/' | '-');
        let space = match self.before {
            Before::Tight | Before::Joint => false,
            Before::Word => spaced || (sign == '.' && spacing == Spacing::Joint && !self.text.ends_with('.')),
            Before::Loose => true,
        };
        if space {
            self.text.push(' ');
        }
        let joined = self.before == Before::Joint;
        let is_first = self.before == Before::Tight;
        self.text.push(sign);
        self.before = match (sign, spacing) {
            (_, Spacing::Joint) => Before::Joint,
            (':', _) if joined => Before::Tight,
            ('.' | '&' | '!' | '#' | '\'' | '<' | '@' | '?', _) => Before::Tight,
            ('-', _) if (space || is_first) && !joined => Before::Tight,
            ('>', _) if !joined => Before::Word,
            _ => Before::Loose,
        };
    }
}
