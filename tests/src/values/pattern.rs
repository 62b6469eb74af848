//! Texts that match patterns.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::random::Random;

/// How often something is repeated beyond the least.
const MORE: u32 = 3;
/// The longest text.
const MAX_TEXT: usize = 2_000;

/// A text that matches a pattern, where that is also one of the crate `regex`.
pub(super) fn matching(random: &mut Random, pattern: &str) -> Option<String> {
    let hir = regex_syntax::Parser::new().parse(pattern).ok()?;
    let mut text = String::new();
    append(random, &hir, &mut text)?;
    Some(text)
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
                append(random, &repetition.sub, text)?;
            }
        }
        HirKind::Capture(capture) => append(random, &capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| append(random, part, text))?,
        HirKind::Alternation(parts) => {
            let chosen = parts.get(random.below(parts.len()))?;
            append(random, chosen, text)?;
        }
    }
    Some(())
}

/// A character of a class, one of ASCII where there is one.
fn character(random: &mut Random, class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let ascii: Vec<char> = (' '..='~')
        .filter(|c| {
            class
                .ranges()
                .iter()
                .any(|range| (range.start()..=range.end()).contains(c))
        })
        .collect();
    match ascii.get(random.below(ascii.len())) {
        Some(c) => Some(*c),
        None => class.ranges().first().map(|range| range.start()),
    }
}
