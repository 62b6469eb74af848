//! Texts that match patterns.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::random::Random;

/// How often something is repeated beyond the least.
const MORE: u32 = 3;
/// The longest text.
const MAX_TEXT: usize = 2_000;
/// The deepest pattern.
const MAX_DEPTH: u32 = 100;

/// A text that matches a pattern, where that is also one of the crate `regex` once what looks around is left out.
pub(crate) fn matching(random: &mut Random, pattern: &str) -> Option<String> {
    // A parser that has failed cannot be used again.
    let parse = |pattern: &str| {
        let mut parser = regex_syntax::ParserBuilder::new().nest_limit(MAX_DEPTH).build();
        parser.parse(pattern).ok()
    };
    let hir = parse(pattern).or_else(|| parse(&without_looks(pattern)))?;
    let mut text = String::new();
    append(random, &hir, &mut text)?;
    Some(text)
}

/// A pattern without what looks around in it.
fn without_looks(pattern: &str) -> String {
    let mut kept = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|look| rest.starts_with(look)) {
            rest = rest.get(group_end(rest)..).unwrap_or_default();
            continue;
        }
        let length = c.len_utf8() + if c == '\\' { escaped(rest) } else { 0 };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        kept.push_str(piece);
        rest = after;
    }
    kept
}

/// How many bytes the character behind a backslash has.
fn escaped(text: &str) -> usize {
    text.chars().nth(1).map_or(0, char::len_utf8)
}

/// Where a group ends that a text begins with.
fn group_end(text: &str) -> usize {
    let (mut depth, mut in_class, mut is_escaped) = (0_usize, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => depth += 1,
            ')' if !in_class && depth == 1 => return at + 1,
            ')' if !in_class => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

fn append(random: &mut Random, hir: &Hir, text: &mut String) -> Option<()> {
    if text.len() > MAX_TEXT {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(random, class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition
                .max
                .unwrap_or(u32::MAX)
                .min(repetition.min.saturating_add(MORE));
            let count = random.between(repetition.min.into(), most.into())?;
            for _ in 0..count {
                let before = text.len();
                append(random, &repetition.sub, text)?;
                if text.len() == before {
                    break;
                }
            }
        }
        HirKind::Capture(capture) => append(random, &capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| append(random, part, text))?,
        HirKind::Alternation(parts) => {
            let chosen = random.one(parts)?;
            append(random, chosen, text)?;
        }
    }
    Some(())
}

/// A character of a class, one of ASCII where there is one.
fn character(random: &mut Random, class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let is_in = |c: &char| {
        let mut ranges = class.ranges().iter();
        ranges.any(|range| (range.start()..=range.end()).contains(c))
    };
    let ascii: Vec<char> = (' '..='~').filter(is_in).collect();
    match random.one(&ascii) {
        Some(c) => Some(*c),
        None => class.ranges().first().map(|range| range.start()),
    }
}
