//! The segments of a JSONPath query as text: as much of its syntax as it takes to say which of them finds nothing.

use std::ops::Range;

/// Where the segments of a query stand in its text, and how deep its brackets are nested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Outline {
    /// The bytes of each segment, with its dots or brackets: `.paths`, `['/pets']`, `..get`, `[?@.x]`.
    pub segments: Vec<Range<usize>>,
    /// The most brackets that are open at once.
    pub depth: usize,
}

/// Finds the segments of a query that begins with `$`.
pub(super) fn outline(query: &str) -> Outline {
    let mut outline = Outline::default();
    let mut starts = Vec::new();
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    let mut before = b'$';
    for (offset, byte) in query.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'[' | b'(') => {
                if depth == 0 && before != b'.' {
                    starts.push(offset);
                }
                depth += 1;
                outline.depth = outline.depth.max(depth);
            }
            (None, b']' | b')') => depth = depth.saturating_sub(1),
            (None, b'.') if depth == 0 && before != b'.' => starts.push(offset),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    let ends = starts.iter().skip(1).copied().chain([query.len()]);
    outline.segments = starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect();
    outline
}

/// What a single segment selects, as far as it can be told from its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// The member of this name: `.paths`, `['/pets']`.
    Name(String),
    /// The item at this position.
    Index,
    /// What fits a filter.
    Filter,
    /// Values at any depth.
    Descendant,
    /// Anything else.
    Other,
}

/// Tells what a segment selects.
pub(super) fn segment(text: &str) -> Segment {
    let text = text.trim();
    if text.starts_with("..") {
        return Segment::Descendant;
    }
    if let Some(name) = text.strip_prefix('.') {
        return match name {
            "*" => Segment::Other,
            name => Segment::Name(name.to_owned()),
        };
    }
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let inner = inner.unwrap_or_default().trim();
    if inner.starts_with('?') {
        return Segment::Filter;
    }
    let digits = inner.strip_prefix('-').unwrap_or(inner);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Segment::Index;
    }
    ['\'', '"']
        .iter()
        .find_map(|quote| {
            inner
                .strip_prefix(*quote)?
                .strip_suffix(*quote)
                .map(|name| (name, *quote))
        })
        .filter(|(name, quote)| !name.contains(['\\', *quote]))
        .map_or(Segment::Other, |(name, _)| Segment::Name(name.to_owned()))
}
