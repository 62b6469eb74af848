//! Items straight from their tokens: most of what is generated is laid out in one way only, line by line.
//!
//! What is not known here is left to `syn` and `prettyplease`, which take many times as long: a statement, a member, and
//! only then the item. Both print the same, but for wide heads of functions and implementations, which are as rustfmt has
//! them.

use proc_macro2::{Delimiter, Literal, TokenTree};
use syn::Lit;

use super::spaced::{self, Content, begin};
use super::tree::{self, Tree, braced, inside, is_sign, is_word, items};
use super::{Part, PartKind, body, width};

/// Lines up to this width are never broken.
pub(super) const NARROW: usize = 89;

/// Lines up to this width are not broken in signatures, nor in types without parentheses.
pub(super) const WIDE: usize = 100;

/// What is inside of an item is indented by this.
const INDENT: usize = 4;

/// Prints the item that the tokens begin with, without a line break at its end; returns how many tokens it takes.
pub(super) fn item(tokens: &[Tree]) -> Option<(Part, usize)> {
    let (attributes, item) = split(tokens)?;
    let keyword = keyword(item)?;
    let length = match keyword.as_str() {
        "struct" | "enum" | "impl" | "trait" | "fn" => end(item, |tree| is_sign(tree, ';') || is_braced(tree))?,
        "type" | "const" | "static" | "mod" | "use" => end(item, |tree| is_sign(tree, ';'))?,
        _ => return None,
    };
    let mut out = String::new();
    self::attributes(&mut out, 0, attributes)?;
    let whole = item.get(..length)?;
    match keyword.as_str() {
        "struct" | "enum" if whole.last().is_some_and(is_braced) => definition(&mut out, whole)?,
        "struct" | "type" | "mod" | "use" => line(&mut out, 0, whole)?,
        "impl" | "trait" => members(&mut out, whole, &keyword)?,
        "fn" => body::function(&mut out, 0, whole)?,
        _ => body::value(&mut out, 0, whole)?,
    }
    let kind = match keyword.as_str() {
        "mod" if attributes.is_empty() => PartKind::Module,
        "use" if attributes.is_empty() => PartKind::Export,
        _ => PartKind::Item,
    };
    let part = Part { kind, text: out };
    Some((part, attributes.len() + length))
}

/// Splits the attributes that the tokens begin with from the rest.
fn split(tokens: &[Tree]) -> Option<(&[Tree], &[Tree])> {
    let pairs = tokens.chunks_exact(2).take_while(|pair| match pair {
        [sign, Tree::Group(Delimiter::Bracket, _)] => is_sign(sign, '#'),
        _ => false,
    });
    tokens.split_at_checked(2 * pairs.count())
}

/// The word that says what an item is.
fn keyword(item: &[Tree]) -> Option<String> {
    let word = item.iter().find_map(|tree| match tree {
        Tree::Group(Delimiter::Parenthesis, _) => None,
        tree => (!is_word(tree, "pub") && !is_word(tree, "async")).then_some(tree),
    });
    match word? {
        Tree::Token(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

/// How many tokens there are up to one of these.
fn end(tokens: &[Tree], is_last: impl Fn(&Tree) -> bool) -> Option<usize> {
    tokens.iter().position(is_last).map(|at| at + 1)
}

fn is_braced(tree: &Tree) -> bool {
    matches!(tree, Tree::Group(Delimiter::Brace, _))
}

/// Prints attributes, each with its line break.
fn attributes(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    for pair in tokens.chunks_exact(2) {
        match inside(pair.last()?, Delimiter::Bracket)? {
            [name, _, Tree::Token(TokenTree::Literal(text))] if is_word(name, "doc") => {
                let text = text_of(text)?;
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

/// The text that a literal stands for.
fn text_of(literal: &Literal) -> Option<String> {
    let mut source = literal.to_string();
    if let Some(raw) = source.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        source.truncate(source.len() - hashes - 1);
        source.drain(..hashes + 2);
        return Some(source);
    }
    match Lit::new(literal.clone()) {
        Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// Prints a struct with fields, or an enum.
fn definition(out: &mut String, tokens: &[Tree]) -> Option<()> {
    let (entries, head) = tokens.split_last()?;
    spaced::print(out, head, Content::Types)?;
    let entries = braced(entries)?;
    out.push_str(" {");
    if !entries.is_empty() {
        out.push('\n');
    }
    for entry in items(entries) {
        let (attributes, entry) = split(entry)?;
        self::attributes(out, INDENT, attributes)?;
        let start = out.len();
        begin(out, INDENT);
        spaced::print(out, entry, Content::Types)?;
        out.push(',');
        if is_narrow(out.get(start..)?).is_none() {
            out.truncate(start);
            variant(out, entry).or_else(|| field(out, entry))?;
        }
        out.push('\n');
    }
    out.push('}');
    Some(())
}

/// Prints a wide variant of an enum that holds one value, which may take the whole line.
fn variant(out: &mut String, entry: &[Tree]) -> Option<()> {
    let [
        Tree::Token(TokenTree::Ident(name)),
        Tree::Group(Delimiter::Parenthesis, held),
    ] = entry
    else {
        return None;
    };
    (items(held).len() == 1).then_some(())?;
    let mut ty = String::new();
    spaced::print(&mut ty, held, Content::Types)?;
    if INDENT + name.to_string().len() + ty.chars().count() + "(),".len() <= WIDE {
        out.push_str(&format!("    {name}({ty}),"));
        return Some(());
    }
    (2 * INDENT + ty.len() < NARROW).then_some(())?;
    out.push_str(&format!("    {name}(\n        {ty},\n    ),"));
    Some(())
}

/// Prints something of one line.
fn line(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let (_, tokens) = tokens.split_last()?;
    let start = out.len();
    begin(out, indent);
    spaced::print(out, tokens, Content::Types)?;
    out.push(';');
    is_narrow(out.get(start..)?)
}

/// Prints an implementation or a trait. A member that does not fit is laid out by itself.
fn members(out: &mut String, tokens: &[Tree], keyword: &str) -> Option<()> {
    let (members, head) = tokens.split_last()?;
    let start = out.len();
    spaced::print(out, head, Content::Types)?;
    out.push_str(" {");
    if out.len() - start > NARROW {
        let head = implementation(out.get(start..)?)?;
        out.truncate(start);
        out.push_str(&head);
    }
    let members = braced(members)?;
    if !members.is_empty() {
        out.push('\n');
    }
    let mut rest = members;
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
            out.push_str(&super::laid_out_member(keyword, tree::stream(rest.get(..length)?))?);
        }
        out.push('\n');
        rest = rest.get(length..)?;
    }
    out.push('}');
    Some(())
}

/// Prints a field that is wider than a line, with its type on a line of its own.
fn field(out: &mut String, entry: &[Tree]) -> Option<()> {
    let colon = entry.iter().position(|tree| is_sign(tree, ':'))?;
    let (name, ty) = (entry.get(..colon)?, entry.get(colon + 1..)?);
    let start = out.len();
    begin(out, INDENT);
    spaced::print(out, name, Content::Types)?;
    out.push_str(":\n");
    let second = out.len();
    begin(out, 2 * INDENT);
    spaced::print(out, ty, Content::Types)?;
    out.push(',');
    let ty = out.get(second..)?;
    let whole = second - start + ty.trim_start().len();
    let is_plain = name.len() > 1 && !ty.contains('(') && ty.is_ascii();
    (is_plain && whole > WIDE && ty.len() <= WIDE).then_some(())
}

/// How a wide implementation of a trait begins.
fn implementation(head: &str) -> Option<String> {
    let (of, target) = head.split_once(" for ")?;
    if !of.starts_with("impl ") || head.contains([',', '(', ':']) {
        return None;
    }
    if head.chars().count() <= WIDE {
        return Some(head.to_owned());
    }
    let target = target.strip_suffix(" {")?;
    Some(format!("{of}\n    for {target}\n{{"))
}

/// Prints a member of an implementation or a trait.
fn member_of(out: &mut String, kind: &str, attributes: &[Tree], member: &[Tree]) -> Option<()> {
    self::attributes(out, INDENT, attributes)?;
    match kind {
        "fn" => body::function(out, INDENT, member),
        "type" => line(out, INDENT, member),
        _ => body::value(out, INDENT, member),
    }
}

fn is_documented(attributes: &[Tree]) -> bool {
    let first = attributes.get(1).and_then(|first| inside(first, Delimiter::Bracket));
    first.is_some_and(|first| first.first().is_some_and(|name| is_word(name, "doc")))
}

/// Says so where something may break a line.
fn is_narrow(line: &str) -> Option<()> {
    let is_narrow = line.len() <= NARROW || (line.chars().count() <= WIDE && !line.contains('('));
    is_narrow.then_some(())
}
