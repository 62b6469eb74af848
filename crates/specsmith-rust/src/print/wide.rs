//! Expressions that do not fit into what is left of a line: calls with an argument on each line, and chains with a call
//! on each.

use proc_macro2::{Delimiter, TokenTree};

use super::plain::NARROW;
use super::spaced::{self, Content, begin};
use super::tree::{Tree, inside, is_sign, is_word, items};

/// Names up to this length have the first call of a chain on their line.
const SHORT_NAME: usize = 4;

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Where its line starts in the output.
    pub start: usize,
    /// How far its first line is indented.
    pub indent: usize,
}

/// Prints an expression behind what is there, with what ends it, each line as wide as it may be.
///
/// `None` where that depends on what is not known here.
pub(super) fn print(out: &mut String, place: Place, tokens: &[Tree], end: &str) -> Option<()> {
    let before = out.len();
    spaced::print(out, tokens, Content::Expressions)?;
    out.push_str(end);
    if fits(out, place.start) || is_one(tokens) {
        return Some(());
    }
    out.truncate(before);
    match tokens.iter().position(|tree| is_sign(tree, '.')) {
        Some(dot) => chain(out, place, tokens.split_at_checked(dot)?, end),
        None => call(out, place, tokens, end),
    }
}

/// Prints a chain of calls, each but the first value on a line of its own.
fn chain(out: &mut String, place: Place, (first, calls): (&[Tree], &[Tree]), end: &str) -> Option<()> {
    if let [Tree::Token(TokenTree::Ident(name))] = first
        && name.to_string().len() <= SHORT_NAME
    {
        return None;
    }
    let indent = place.indent + 4;
    let before = out.len();
    spaced::print(out, first, Content::Expressions)?;
    if !fits(out, place.start) {
        out.truncate(before);
        let start = place.start;
        call(out, Place { start, indent }, first, "")?;
    }
    let mut calls = calls;
    while let [_, rest @ ..] = calls {
        let length = rest.iter().position(|tree| is_sign(tree, '.')).unwrap_or(rest.len());
        let (link, after) = rest.split_at_checked(length)?;
        out.push('\n');
        let start = out.len();
        begin(out, indent);
        out.push('.');
        let end = if after.is_empty() { end } else { "" };
        match link {
            [name] if is_word(name, "await") => {
                out.push_str("await");
                out.push_str(end);
            }
            [_, Tree::Group(Delimiter::Parenthesis, _)] => {
                let before = out.len();
                spaced::print(out, link, Content::Expressions)?;
                out.push_str(end);
                if !fits(out, start) {
                    out.truncate(before);
                    call(out, Place { start, indent }, link, end)?;
                }
            }
            _ => return None,
        }
        calls = after;
    }
    Some(())
}

/// Prints a call with each argument on a line of its own.
fn call(out: &mut String, place: Place, tokens: &[Tree], end: &str) -> Option<()> {
    let (arguments, function) = tokens.split_last()?;
    let arguments = items(inside(arguments, Delimiter::Parenthesis)?);
    match arguments.as_slice() {
        [] => return None,
        // What is in brackets of its own stays behind the parenthesis.
        [only]
            if only
                .iter()
                .any(|tree| matches!(tree, Tree::Group(Delimiter::Bracket, _))) =>
        {
            return None;
        }
        _ => {}
    }
    spaced::print(out, function, Content::Expressions)?;
    out.push('(');
    fits(out, place.start).then_some(())?;
    let indent = place.indent + 4;
    let last = arguments.len() - 1;
    for (index, argument) in arguments.into_iter().enumerate() {
        out.push('\n');
        let start = out.len();
        begin(out, indent);
        // There is room for the comma behind the last one.
        let (counted, comma) = if index == last { ("", ",") } else { (",", "") };
        print(out, Place { start, indent }, argument, counted)?;
        out.push_str(comma);
    }
    out.push('\n');
    begin(out, place.indent);
    out.push(')');
    out.push_str(end);
    Some(())
}

/// Whether there is nothing in an expression at which a line could end: a literal, a path, a reference to one.
fn is_one(tokens: &[Tree]) -> bool {
    let is_joined = |tree: &Tree| match tree {
        Tree::Token(TokenTree::Punct(sign)) => matches!(sign.as_char(), ':' | '&'),
        Tree::Token(_) => true,
        Tree::Group(..) => false,
    };
    tokens.iter().all(is_joined)
}

/// Whether the line from here on is narrow enough.
fn fits(out: &str, start: usize) -> bool {
    out.len() - start <= NARROW
}
