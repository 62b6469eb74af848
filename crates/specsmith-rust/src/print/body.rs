//! Functions and values: signatures and statements of which each fits into a line, and the few that are always laid out
//! in the same way.

use proc_macro2::Delimiter;

use super::plain::NARROW;
use super::spaced::{self, Content, begin};
use super::tree::{Tree, braced, end_of_item, inside, is_sign, is_word, items};

/// How wide a line of a signature may get.
const WIDE: usize = 100;

/// How signatures begin that get as wide.
const JOINED: [&str; 5] = ["fn ", "pub fn ", "async fn ", "pub async fn ", "pub(crate) fn "];

/// How wide the fields of `Self { .. }` on one line may get.
const SHORT_FIELDS: usize = 18;

/// `Self { .. }` with wider fields is never on one line, whatever they are.
const LONG_FIELDS: usize = 30;

/// Prints a function that is indented; it is one with a body, or a signature with a semicolon.
pub(super) fn function(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let (last, signature) = tokens.split_last()?;
    let body = match last {
        last if is_sign(last, ';') => None,
        last => Some(braced(last)?),
    };
    let end = match &body {
        None => ";",
        Some(body) if body.is_empty() => " {}",
        Some(_) => " {",
    };
    self::signature(out, indent, signature, end)?;
    if let Some(body) = body.filter(|body| !body.is_empty()) {
        out.push('\n');
        statements(out, indent + 4, body)?;
        begin(out, indent);
        out.push('}');
    }
    Some(())
}

/// Prints a signature: on one line, or each argument on one of its own.
fn signature(out: &mut String, indent: usize, tokens: &[Tree], end: &str) -> Option<()> {
    let at = tokens
        .iter()
        .skip_while(|tree| !is_word(tree, "fn"))
        .position(|tree| matches!(tree, Tree::Group(..)))?;
    let at = at + tokens.iter().position(|tree| is_word(tree, "fn"))?;
    let arguments = inside(tokens.get(at)?, Delimiter::Parenthesis)?;
    let arguments = items(arguments);
    let start = out.len();
    begin(out, indent);
    spaced::print(out, tokens.get(..at)?, Content::Types)?;
    out.push('(');
    let head = out.len();
    for (index, argument) in arguments.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        spaced::print(out, argument, Content::Types)?;
    }
    out.push(')');
    let tail = out.len();
    spaced::print(out, tokens.get(at + 1..)?, Content::Types)?;
    out.push_str(end);
    let line = out.get(start..)?;
    if line.len() <= NARROW
        || (line.chars().count() <= WIDE && JOINED.iter().any(|begin| line.trim_start().starts_with(begin)))
    {
        return Some(());
    }
    // Without arguments it is the type behind them that is broken.
    (!arguments.is_empty()).then_some(())?;
    let tail = out.get(tail - 1..)?.to_owned();
    out.truncate(head);
    for argument in arguments {
        out.push('\n');
        let start = out.len();
        begin(out, indent + 4);
        spaced::print(out, argument, Content::Types)?;
        out.push(',');
        is_narrow(out, start)?;
    }
    out.push('\n');
    let start = out.len();
    begin(out, indent);
    out.push_str(&tail);
    is_narrow(out, start)
}

/// Prints the statements of a block, each with its line break.
fn statements(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let mut rest = tokens;
    while !rest.is_empty() {
        let start = out.len();
        begin(out, indent);
        match rest.iter().position(|tree| is_sign(tree, ';')) {
            Some(end) => {
                spaced::print(out, rest.get(..end)?, Content::Expressions)?;
                out.push(';');
                is_narrow(out, start)?;
                rest = rest.get(end + 1..)?;
            }
            None => {
                result(out, indent, rest)?;
                rest = &[];
            }
        }
        out.push('\n');
    }
    Some(())
}

/// Prints the value of a block behind its indentation.
fn result(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let start = out.len() - indent;
    match tokens {
        [name, fields] if is_word(name, "Self") && braced(fields).is_some() => self_of(out, indent, braced(fields)?),
        [word, of @ .., arms] if is_word(word, "match") => {
            out.push_str("match ");
            spaced::print(out, of, Content::Expressions)?;
            out.push_str(" {\n");
            is_narrow(out, start)?;
            self::arms(out, indent + 4, braced(arms)?)?;
            begin(out, indent);
            out.push('}');
            Some(())
        }
        value => {
            spaced::print(out, value, Content::Expressions)?;
            is_narrow(out, start)
        }
    }
}

/// Prints `Self { .. }`.
fn self_of(out: &mut String, indent: usize, fields: &[Tree]) -> Option<()> {
    let fields = items(fields).into_iter().map(|field| {
        let mut text = String::new();
        spaced::print(&mut text, field, Content::Expressions)?;
        Some(text)
    });
    let fields: Vec<String> = fields.collect::<Option<_>>()?;
    let whole = fields.join(", ");
    if fields.is_empty() || whole.contains('"') {
        return None;
    }
    if whole.len() <= SHORT_FIELDS {
        out.push_str(&format!("Self {{ {whole} }}"));
        return Some(());
    }
    // In between it depends on what the fields are.
    if whole.len() <= LONG_FIELDS && whole.contains(['(', '[']) {
        return None;
    }
    out.push_str("Self {\n");
    lines(out, indent, fields)
}

/// Prints entries on lines of their own, and the brace behind them.
fn lines(out: &mut String, indent: usize, entries: Vec<String>) -> Option<()> {
    for entry in entries {
        let start = out.len();
        begin(out, indent + 4);
        out.push_str(&entry);
        out.push(',');
        is_narrow(out, start)?;
        out.push('\n');
    }
    begin(out, indent);
    out.push('}');
    Some(())
}

/// Prints the arms of a match, each with its line break.
fn arms(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let mut rest = tokens;
    while !rest.is_empty() {
        let start = out.len();
        begin(out, indent);
        let arrow = rest
            .windows(2)
            .position(|two| matches!(two, [a, b] if is_sign(a, '=') && is_sign(b, '>')))?;
        spaced::print(out, rest.get(..arrow)?, Content::Expressions)?;
        out.push_str(" => ");
        let value = rest.get(arrow + 2..)?;
        let end = end_of_item(value);
        let before = out.len();
        spaced::print(out, value.get(..end)?, Content::Expressions)?;
        out.push(',');
        // An arm that does nothing has braces.
        (out.get(before..)? != "(),").then_some(())?;
        is_narrow(out, start)?;
        out.push('\n');
        rest = value.get(end + 1..).unwrap_or_default();
    }
    Some(())
}

/// Prints a constant or static, without its semicolon: on one line, as a struct with a field on each line, or as a chain
/// with a call on each line.
pub(super) fn value(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let equals = tokens.iter().position(|tree| is_sign(tree, '='))?;
    let (head, value) = (tokens.get(..equals)?, tokens.get(equals + 1..)?);
    let start = out.len();
    begin(out, indent);
    spaced::print(out, head, Content::Types)?;
    out.push_str(" = ");
    if let Some((fields, path)) = value.split_last()
        && let Some(fields) = braced(fields)
    {
        spaced::print(out, path, Content::Expressions)?;
        out.push_str(" {\n");
        is_narrow(out, start)?;
        let fields = items(fields).into_iter().map(|field| {
            let mut text = String::new();
            spaced::print(&mut text, field, Content::Expressions)?;
            Some(text)
        });
        let fields: Vec<String> = fields.collect::<Option<_>>()?;
        (fields.join(", ").len() > LONG_FIELDS).then_some(())?;
        return lines(out, indent, fields);
    }
    let before = out.len();
    spaced::print(out, value, Content::Expressions)?;
    if is_narrow(out, start).is_some() {
        return Some(());
    }
    out.truncate(before);
    chain(out, indent, start, value)
}

/// Prints a chain of calls, each but the first value on a line of its own.
fn chain(out: &mut String, indent: usize, start: usize, tokens: &[Tree]) -> Option<()> {
    let dots = tokens.iter().enumerate().filter(|(_, tree)| is_sign(tree, '.'));
    let dots: Vec<usize> = dots.map(|(index, _)| index).collect();
    let first = *dots.first().filter(|_| dots.len() > 1)?;
    spaced::print(out, tokens.get(..first)?, Content::Expressions)?;
    is_narrow(out, start)?;
    let ends = dots.iter().skip(1).copied().chain([tokens.len()]);
    for (dot, end) in dots.iter().zip(ends) {
        out.push('\n');
        let start = out.len();
        begin(out, indent + 4);
        let call = tokens.get(dot + 1..end).filter(|call| call.len() == 2)?;
        out.push('.');
        spaced::print(out, call, Content::Expressions)?;
        is_narrow(out, start)?;
    }
    Some(())
}

/// Says so where the line from here on, with a sign behind it, is too wide to stay as it is.
fn is_narrow(out: &str, start: usize) -> Option<()> {
    (out.len() - start < NARROW).then_some(())
}
