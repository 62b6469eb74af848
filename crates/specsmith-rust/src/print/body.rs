//! Functions and values: signatures, statements and arms. What is too wide is broken where that is known here and in
//! [`wide`](super::wide); any other statement or arm is laid out by itself.

use proc_macro2::Delimiter;

use super::plain::{NARROW, WIDE};
use super::spaced::{self, Content, begin};
use super::tree::{Tree, braced, end_of_item, inside, is_sign, is_word, items};
use super::wide::{self, Place};
use super::width;

/// How signatures begin that get as wide.
const JOINED: [&str; 5] = ["fn ", "pub fn ", "async fn ", "pub async fn ", "pub(crate) fn "];

/// How wide the fields of `Self { .. }` on one line may get.
const SHORT_FIELDS: usize = 18;

/// How wide the fields of `Ok(Self { .. })` on one line may get.
const SHORT_OK: usize = 22;

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
        Some([]) => " {}",
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
    (out.len() - start <= WIDE).then_some(())?;
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
    is_narrow(out, start).or_else(|| future(out, indent, start))
}

/// Breaks the line of a wide future behind a signature without a body, unless it may take the whole line.
fn future(out: &mut String, indent: usize, start: usize) -> Option<()> {
    let line = out.get(start..)?.trim_start();
    let output = line.strip_prefix(") -> impl Future<")?.strip_suffix("> + Send;")?;
    if indent + line.chars().count() <= WIDE {
        return Some(());
    }
    (indent + 4 + output.len() < NARROW).then_some(())?;
    let output = output.to_owned();
    out.truncate(start);
    begin(out, indent);
    out.push_str(") -> impl Future<\n");
    begin(out, indent + 4);
    out.push_str(&output);
    out.push_str(",\n");
    begin(out, indent);
    out.push_str("> + Send;");
    Some(())
}

/// Prints the statements of a block, each with its line break; one that does not fit is laid out by itself.
fn statements(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let mut rest = tokens;
    while !rest.is_empty() {
        let start = out.len();
        begin(out, indent);
        match rest.iter().position(|tree| is_sign(tree, ';')) {
            Some(end) => {
                let statement = rest.get(..=end)?;
                if self::statement(out, indent, statement).is_none() {
                    out.truncate(start);
                    out.push_str(&super::laid_out_statement(indent, statement)?);
                }
                rest = rest.get(end + 1..)?;
            }
            None => {
                if result(out, indent, rest).is_none() {
                    out.truncate(start);
                    out.push_str(&super::laid_out_statement(indent, rest)?);
                }
                rest = &[];
            }
        }
        out.push('\n');
    }
    Some(())
}

/// Prints a statement behind its indentation.
fn statement(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let start = out.len() - indent;
    let (_, tokens) = tokens.split_last()?;
    let value = match tokens {
        [word, ..] if is_word(word, "let") => {
            let equals = tokens.iter().position(|tree| is_sign(tree, '='))?;
            spaced::print(out, tokens.get(..=equals)?, Content::Expressions)?;
            out.push(' ');
            tokens.get(equals + 1..)?
        }
        tokens => tokens,
    };
    expression(out, Place { start, indent }, value, ";")
}

/// Prints an expression; a wide one as `prettyplease` and rustfmt agree to.
fn expression(out: &mut String, place: Place, tokens: &[Tree], end: &str) -> Option<()> {
    let before = out.len();
    wide::print(out, place, tokens, end)?;
    if out.get(before..)?.contains('\n') {
        let text = width::widen(out.get(place.start..)?);
        out.truncate(place.start);
        out.push_str(text.trim_end());
    }
    Some(())
}

/// Prints the value of a block behind its indentation.
fn result(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let start = out.len() - indent;
    match tokens {
        [name, fields] if is_word(name, "Self") && braced(fields).is_some() => self_of(out, indent, braced(fields)?),
        [ok, Tree::Group(Delimiter::Parenthesis, held)] if is_word(ok, "Ok") => match held.as_slice() {
            [name, fields] if is_word(name, "Self") && braced(fields).is_some() => {
                out.push_str("Ok(");
                ok_of(out, indent, braced(fields)?)
            }
            _ => expression(out, Place { start, indent }, tokens, ""),
        },
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
        value => expression(out, Place { start, indent }, value, ""),
    }
}

/// Prints `Self { .. })`.
fn ok_of(out: &mut String, indent: usize, fields: &[Tree]) -> Option<()> {
    let fields = printed(fields)?;
    let whole = fields.join(", ");
    if fields.is_empty() || whole.contains('"') {
        return None;
    }
    match whole.len() {
        ..=SHORT_OK => {
            out.push_str(&format!("Self {{ {whole} }})"));
            return Some(());
        }
        LONG_FIELDS.. => {}
        _ => return None,
    }
    out.push_str("Self {\n");
    lines(out, indent, fields)?;
    out.push(')');
    Some(())
}

/// Prints each field by itself.
fn printed(fields: &[Tree]) -> Option<Vec<String>> {
    let fields = items(fields).into_iter().map(|field| {
        let mut text = String::new();
        spaced::print(&mut text, field, Content::Expressions)?;
        Some(text)
    });
    fields.collect()
}

/// Prints `Self { .. }`.
fn self_of(out: &mut String, indent: usize, fields: &[Tree]) -> Option<()> {
    let fields = printed(fields)?;
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
        // A line can end in brackets only.
        if entry.contains(['(', '[', '{', '<', '.', '|']) {
            is_narrow(out, start)?;
        }
        out.push('\n');
    }
    begin(out, indent);
    out.push('}');
    Some(())
}

/// Prints the arms of a match, each with its line break; one that does not fit is laid out by itself.
fn arms(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let mut rest = tokens;
    while !rest.is_empty() {
        let start = out.len();
        begin(out, indent);
        let arrow = rest
            .windows(2)
            .position(|two| matches!(two, [a, b] if is_sign(a, '=') && is_sign(b, '>')))?;
        let value = rest.get(arrow + 2..)?;
        let end = end_of_item(value);
        if arm(out, indent, rest.get(..arrow)?, value.get(..end)?).is_none() {
            out.truncate(start);
            out.push_str(&super::laid_out_arm(indent, rest.get(..arrow + 2 + end)?)?);
        }
        out.push('\n');
        rest = value.get(end + 1..).unwrap_or_default();
    }
    Some(())
}

/// Prints an arm of a match behind its indentation.
fn arm(out: &mut String, indent: usize, pattern: &[Tree], value: &[Tree]) -> Option<()> {
    let start = out.len() - indent;
    let guard = pattern.iter().position(|tree| is_word(tree, "if"));
    let (pattern, guard) = pattern.split_at_checked(guard.unwrap_or(pattern.len()))?;
    spaced::print(out, pattern, Content::Expressions)?;
    if let [_, guard @ ..] = guard {
        out.push_str(" if ");
        spaced::print(out, guard, Content::Expressions)?;
    }
    out.push_str(" => ");
    let before = out.len();
    spaced::print(out, value, Content::Expressions)?;
    // An arm that does nothing has braces.
    (out.get(before..)? != "()").then_some(())?;
    if out.len() - start <= NARROW {
        out.push(',');
        return Some(());
    }
    // A wide call stands in braces.
    matches!(value.last()?, Tree::Group(Delimiter::Parenthesis, _)).then_some(())?;
    out.truncate(before);
    is_narrow(out, start)?;
    out.push_str("{\n");
    let inner = Place {
        start: out.len(),
        indent: indent + 4,
    };
    begin(out, inner.indent);
    expression(out, inner, value, "")?;
    out.push('\n');
    begin(out, indent);
    out.push('}');
    Some(())
}

/// Prints a constant or static: on one line, as a struct with a field on each line, or as a chain with a call on each
/// line.
pub(super) fn value(out: &mut String, indent: usize, tokens: &[Tree]) -> Option<()> {
    let (_, tokens) = tokens.split_last()?;
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
        let fields = printed(fields)?;
        (fields.join(", ").len() > LONG_FIELDS).then_some(())?;
        lines(out, indent, fields)?;
        out.push(';');
        return Some(());
    }
    expression(out, Place { start, indent }, value, ";")
}

/// Says so where the line from here on, with a sign behind it, is too wide to stay as it is.
fn is_narrow(out: &str, start: usize) -> Option<()> {
    (out.len() - start < NARROW).then_some(())
}
