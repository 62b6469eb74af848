//! Tokens on one line, spaced as a person would write the entries of our macros.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Prints tokens on one line.
pub(super) fn print(tokens: TokenStream) -> String {
    let mut line = Line::default();
    line.tokens(tokens);
    line.text
}

#[derive(Default)]
struct Line {
    text: String,
    before: Before,
}

/// What the last token asks of the next.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing before, or something that the next token touches.
    #[default]
    Tight,
    /// The first part of a sign such as `=>`.
    Joint,
    /// A name or literal.
    Word,
    /// Something after which there is a space.
    Loose,
}

impl Line {
    fn tokens(&mut self, tokens: TokenStream) {
        for tree in tokens {
            self.tree(tree);
        }
    }

    fn tree(&mut self, tree: TokenTree) {
        match tree {
            TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
            TokenTree::Ident(ident) => self.word(&ident.to_string()),
            TokenTree::Literal(literal) => self.word(&literal.to_string()),
            TokenTree::Punct(punct) => self.sign(punct.as_char(), punct.spacing()),
        }
    }

    fn word(&mut self, text: &str) {
        if matches!(self.before, Before::Word | Before::Loose) {
            self.text.push(' ');
        }
        self.text.push_str(text);
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
