//! The constraints of strings and numbers.

use std::cmp::Ordering;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Number, Numeric, Text};

use super::part::Part;
use super::pattern;
use crate::lower::context::{self, Context};
use crate::{Node, NodeKind};

impl<'d> Context<'d, '_> {
    /// The format of a part, else the one before; reports two that differ.
    fn format(&mut self, part: &Part<'d>, before: Option<String>) -> Option<String> {
        let Some(node) = part.get("format") else {
            return before;
        };
        let format = node.as_str()?;
        if let Some(before) = before.filter(|before| before != format) {
            let message = format!("the formats `{before}` and `{format}` are both required here");
            self.report(
                Diagnostic::new(Code::ConflictingAllOf, message)
                    .at(node.location())
                    .label("this one is taken"),
            );
        }
        Some(format.to_owned())
    }

    /// The pattern of a part, as it is meant.
    fn pattern(&mut self, part: &Part<'d>) -> Option<String> {
        let node = part.get("pattern")?;
        let written = node.as_str()?;
        let Some(meant) = pattern::without_slashes(written) else {
            return Some(written.to_owned());
        };
        self.report(
            Diagnostic::new(Code::CoercedValue, "a pattern stands without slashes around it")
                .at(node.location())
                .label(format!("taken as `{meant}`"))
                .help("with them, no text matches it"),
        );
        Some(meant)
    }

    /// The constraints of strings, the stricter where several schemas state one.
    pub(super) fn text(&mut self, parts: &[Part<'d>]) -> Text {
        let mut text = Text::default();
        for part in parts {
            let string = |name| part.get(name).and_then(Node::as_str).map(str::to_owned);
            text.format = self.format(part, text.format);
            text.content_media_type = string("contentMediaType").or(text.content_media_type);
            text.content_encoding = string("contentEncoding").or(text.content_encoding);
            text.min_length = larger(text.min_length, count(part, "minLength"));
            text.max_length = smaller(text.max_length, count(part, "maxLength"));
            if let Some(pattern) = self.pattern(part)
                && !text.patterns.contains(&pattern)
            {
                text.patterns.push(pattern);
            }
        }
        text
    }

    /// The constraints of numbers, the stricter where several schemas state one.
    pub(super) fn numeric(&mut self, parts: &[Part<'d>]) -> Numeric {
        let mut numeric = Numeric::default();
        // A flag without a bound beside it is about the bound of another schema.
        let mut flagged = (false, false);
        for part in parts {
            let number = |name| part.get(name).and_then(Node::as_number).cloned();
            numeric.format = self.format(part, numeric.format);
            // In 3.0 and before, `exclusiveMinimum: true` makes `minimum` exclusive.
            let exclusive = |name| context::flag(part.node, name) == Some(true);
            flagged.0 |= exclusive("exclusiveMinimum") && part.get("minimum").is_none();
            flagged.1 |= exclusive("exclusiveMaximum") && part.get("maximum").is_none();
            let (minimum, exclusive_minimum) = if exclusive("exclusiveMinimum") {
                (None, number("minimum"))
            } else {
                (number("minimum"), number("exclusiveMinimum"))
            };
            let (maximum, exclusive_maximum) = if exclusive("exclusiveMaximum") {
                (None, number("maximum"))
            } else {
                (number("maximum"), number("exclusiveMaximum"))
            };
            numeric.minimum = stricter(numeric.minimum, minimum, Ordering::Greater);
            numeric.exclusive_minimum = stricter(numeric.exclusive_minimum, exclusive_minimum, Ordering::Greater);
            numeric.maximum = stricter(numeric.maximum, maximum, Ordering::Less);
            numeric.exclusive_maximum = stricter(numeric.exclusive_maximum, exclusive_maximum, Ordering::Less);
            if let Some(step) = number("multipleOf")
                && !numeric.multiple_of.contains(&step)
            {
                numeric.multiple_of.push(step);
            }
        }
        if flagged.0 {
            let bound = numeric.minimum.take();
            numeric.exclusive_minimum = stricter(numeric.exclusive_minimum, bound, Ordering::Greater);
        }
        if flagged.1 {
            let bound = numeric.maximum.take();
            numeric.exclusive_maximum = stricter(numeric.exclusive_maximum, bound, Ordering::Less);
        }
        numeric
    }
}

/// The value of a keyword that counts something; also written `10.0`.
pub(super) fn count(part: &Part<'_>, keyword: &str) -> Option<u64> {
    part.get(keyword)?.as_number()?.as_u64()
}

/// The larger of two limits.
pub(super) fn larger(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.max(b)
}

/// The smaller of two limits.
pub(super) fn smaller(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn stricter(a: Option<Number>, b: Option<Number>, wanted: Ordering) -> Option<Number> {
    match (a, b) {
        (Some(a), Some(b)) if compare(&b, &a) == wanted => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    }
}

/// Compares numbers by value, as exactly as `i128` and `f64` allow.
pub(super) fn compare(a: &Number, b: &Number) -> Ordering {
    if let (Some(a), Some(b)) = (a.as_i128(), b.as_i128()) {
        return a.cmp(&b);
    }
    let float = |number: &Number| number.as_str().parse::<f64>().unwrap_or(f64::NAN);
    float(a).total_cmp(&float(b))
}

/// The text that a scalar was written as.
pub(super) fn written<'d>(node: Node<'d>) -> Option<&'d str> {
    match node.kind() {
        NodeKind::String(text) => Some(text),
        _ => node.as_written().or_else(|| context::as_text(node)),
    }
}
