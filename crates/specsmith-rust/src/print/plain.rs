//! Items straight from their tokens: most of what is generated is laid out in one way only, line by line.
//!
//! What does not fit, a wide line or a token that is not known here, is left to `syn` and `prettyplease`, which take
//! many times as long. Both print the same.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

use super::spaced::{self, Content, braced, inside, is_sign, is_word, items};
use super::{body, width};

/// Lines up to this width are never broken.
pub(super) const NARROW: usize = 89;

/// Lines up to this width are not broken in types without parentheses.
const WIDE: usize = 100;

/// What is inside of an item is indented by this.
const INDENT: usize = 4;

/// Prints the item that the tokens begin with, without a line break at its end; returns how many tokens it takes.
pub(super) fn item(tokens: &[TokenTree]) -> Option<(String, usize)> {
    let (attributes, item) = split(tokens)?;
    let keyword = keyword(item)?;
    let length = match keyword.as_str() {
        "struct" | "enum" | "impl" | "trait" | "fn" => end(item, |tree| is_sign(tree, ';') || is_braced(tree))?,
        "type" | "const" | "static" => end(item, |tree| is_sign(tree, ';'))?,
        _ => return None,
    };
    let mut out = String::new();
    self::attributes(&mut out, 0, attributes)?;
    let whole = item.get(..length)?;
    match keyword.as_str() {
        "struct" | "enum" if whole.last().is_some_and(is_braced) => definition(&mut out, whole)?,
        "struct" | "type" => line(&mut out, 0, whole)?,
        "impl" | "trait" => members(&mut out, whole, &keyword)?,
        "fn" => body::function(&mut out, 0, whole)?,
        _ => value(&mut out, 0, whole)?,
    }
    Some((out, attributes.len() + length))
}

/// Splits the attributes that the tokens begin with from the rest.
fn split(tokens: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree])> {
    let pairs = tokens.chunks_exact(2).take_while(|pair| match pair {
        [sign, TokenTree::Group(group)] => is_sign(sign, '#') && group.delimiter() == Delimiter::Bracket,
        _ => false,
    });
    tokens.split_at_checked(2 * pairs.count())
}

/// The word that says what an item is.
fn keyword(item: &[TokenTree]) -> Option<String> {
    let word = item.iter().find_map(|tree| match tree {
        TokenTree::Ident(word) if word == "pub" || word == "async" => None,
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => None,
        tree => Some(tree),
    });
    match word? {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    }
}

/// How many tokens there are up to one of these.
fn end(tokens: &[TokenTree], is_last: impl Fn(&TokenTree) -> bool) -> Option<usize> {
    tokens.iter().position(is_last).map(|at| at + 1)
}

fn is_braced(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Prints attributes, each with its line break.
fn attributes(out: &mut String, indent: usize, tokens: &[TokenTree]) -> Option<()> {
    for pair in tokens.chunks_exact(2) {
        let content = inside(pair.last()?, Delimiter::Bracket)?;
        match content.as_slice() {
            [name, _, TokenTree::Literal(text)] if is_word(name, "doc") => {
                let Lit::Str(text) = Lit::new(text.clone()) else {
                    return None;
                };
                let text = text.value();
                if text.starts_with('/') || text.contains('\n') {
                    return None;
                }
                width::comment(out, &format!("///{}", text.trim_end_matches(' ')), indent);
            }
            content => {
                let start = out.len();
                begin(out, indent);
                out.push_str("#[");
                spaced::print(out, content, Content::Types)?;
                out.push(']');
                (out.len() - start <= NARROW).then_some(())?;
            }
        }
        out.push('\n');
    }
    Some(())
}

/// Prints a struct with fields, or an enum.
fn definition(out: &mut String, tokens: &[TokenTree]) -> Option<()> {
    let (entries, head) = tokens.split_last()?;
    spaced::print(out, head, Content::Types)?;
    let entries = braced(entries)?;
    out.push_str(" {");
    if !entries.is_empty() {
        out.push('\n');
    }
    for entry in items(&entries) {
        let (attributes, entry) = split(entry)?;
        self::attributes(out, INDENT, attributes)?;
        let start = out.len();
        begin(out, INDENT);
        spaced::print(out, entry, Content::Types)?;
        out.push(',');
        is_narrow(out.get(start..)?)?;
        out.push('\n');
    }
    out.push('}');
    Some(())
}

/// Prints something of one line.
fn line(out: &mut String, indent: usize, tokens: &[TokenTree]) -> Option<()> {
    let (_, tokens) = tokens.split_last()?;
    let start = out.len();
    begin(out, indent);
    spaced::print(out, tokens, Content::Types)?;
    out.push(';');
    is_narrow(out.get(start..)?)
}

/// Prints a constant or static.
fn value(out: &mut String, indent: usize, tokens: &[TokenTree]) -> Option<()> {
    let (_, tokens) = tokens.split_last()?;
    body::value(out, indent, tokens)?;
    out.push(';');
    Some(())
}

/// Prints an implementation or a trait. A member that does not fit is laid out by itself.
fn members(out: &mut String, tokens: &[TokenTree], keyword: &str) -> Option<()> {
    let (members, head) = tokens.split_last()?;
    let start = out.len();
    spaced::print(out, head, Content::Types)?;
    out.push_str(" {");
    (out.len() - start <= NARROW).then_some(())?;
    let members = braced(members)?;
    if !members.is_empty() {
        out.push('\n');
    }
    let mut rest = members.as_slice();
    let mut before_is_long = None;
    while !rest.is_empty() {
        let (attributes, member) = split(rest)?;
        let kind = self::keyword(member)?;
        let length = match kind.as_str() {
            "fn" => end(member, |tree| is_sign(tree, ';') || is_braced(tree))?,
            "type" | "const" => end(member, |tree| is_sign(tree, ';'))?,
            _ => return None,
        };
        let length = attributes.len() + length;
        let is_long = kind == "fn" || (keyword == "trait" && is_documented(attributes));
        if before_is_long.is_some_and(|before| before || is_long) {
            out.push('\n');
        }
        before_is_long = Some(is_long);
        let start = out.len();
        if member_of(out, &kind, attributes, rest.get(attributes.len()..length)?).is_none() {
            out.truncate(start);
            let member: TokenStream = rest.get(..length)?.iter().cloned().collect();
            out.push_str(&super::laid_out_member(keyword, member)?);
        }
        out.push('\n');
        rest = rest.get(length..)?;
    }
    out.push('}');
    Some(())
}

/// Prints a member of an implementation or a trait.
fn member_of(out: &mut String, kind: &str, attributes: &[TokenTree], member: &[TokenTree]) -> Option<()> {
    self::attributes(out, INDENT, attributes)?;
    match kind {
        "fn" => body::function(out, INDENT, member),
        "type" => line(out, INDENT, member),
        _ => value(out, INDENT, member),
    }
}

fn is_documented(attributes: &[TokenTree]) -> bool {
    let first = attributes.get(1).and_then(|first| inside(first, Delimiter::Bracket));
    first.is_some_and(|first| first.first().is_some_and(|name| is_word(name, "doc")))
}

/// Says so where something may break a line.
fn is_narrow(line: &str) -> Option<()> {
    let is_narrow = line.len() <= NARROW || (line.chars().count() <= WIDE && !line.contains('('));
    is_narrow.then_some(())
}

fn begin(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}
