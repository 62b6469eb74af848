//! The part of a line that is shown, and where its marks go.

use anstyle::Style;

use crate::{Location, SourceFile, SourceMap, render::visible};

/// How many columns of a line are shown.
const COLUMNS: usize = 120;
/// How many columns before the marked text are shown of a line that is longer.
const COLUMNS_BEFORE: usize = 40;
/// Stands where a line is cut.
const CUT: &str = "...";

/// The space for line numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gutter {
    /// Its width in columns.
    pub width: usize,
}

/// How a place is marked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marker<'l> {
    /// What stands below the marked text.
    pub symbol: char,
    /// How it is painted.
    pub style: Style,
    /// The words behind it.
    pub label: &'l str,
}

/// The part of a line that is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// As it is shown.
    pub text: String,
    /// Columns before the marked text.
    pub before: usize,
    /// Columns of the marked text.
    pub marked: usize,
}

impl Gutter {
    /// Space for the line numbers of these places.
    pub(super) fn for_places(sources: &SourceMap, places: impl Iterator<Item = Location>) -> Self {
        let lines = places.filter_map(|location| sources.line_column(location));
        let longest = lines.map(|place| place.line.to_string().len()).max();
        Self {
            width: longest.unwrap_or(1),
        }
    }
}

/// The part of `line`, the line where a location starts, that shows what is marked.
pub(super) fn excerpt(file: &SourceFile, line: &str, location: Location) -> Excerpt {
    let number = file.line_column(location.start).line;
    let line_start = file.line_range(number).map_or(0, |range| range.start);
    let mut start = (location.start as usize).saturating_sub(line_start).min(line.len());
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    let length = location.end.saturating_sub(location.start) as usize;
    let mut end = start.saturating_add(length).min(line.len());
    while !line.is_char_boundary(end) {
        end += 1;
    }
    let (before, rest) = line.split_at(start);
    let (marked, behind) = rest.split_at(end - start);

    let mut excerpt = Excerpt::default();
    let from = first_shown(line, before);
    if from > 0 {
        excerpt.text.push_str(CUT);
        excerpt.before = CUT.len();
    }
    let shown_before = before.get(from..).unwrap_or_default();
    excerpt.before += shown_before
        .chars()
        .map(|c| visible::push(&mut excerpt.text, c))
        .sum::<usize>();
    let left = COLUMNS.saturating_sub(excerpt.before);
    let (used, cut) = push_some(&mut excerpt.text, marked, left);
    excerpt.marked = used;
    let cut = cut || push_some(&mut excerpt.text, behind, left.saturating_sub(used)).1;
    if cut {
        excerpt.text.push_str(CUT);
    }
    excerpt.text.truncate(excerpt.text.trim_end().len());
    excerpt
}

/// The offset from which a line is shown: its beginning, unless it is too long.
fn first_shown(line: &str, before: &str) -> usize {
    let fits = |text: &str, columns: usize| {
        let mut used = 0;
        text.chars().all(|c| {
            used += visible::columns(c);
            used <= columns
        })
    };
    if fits(line, COLUMNS) || fits(before, COLUMNS_BEFORE) {
        return 0;
    }
    let mut used = 0;
    let shown = before.char_indices().rev().take_while(|(_, c)| {
        used += visible::columns(*c);
        used <= COLUMNS_BEFORE
    });
    shown.last().map_or(before.len(), |(offset, _)| offset)
}

/// Appends as much of a text as fits; returns the columns it takes, and whether it was cut.
fn push_some(out: &mut String, text: &str, columns: usize) -> (usize, bool) {
    let mut used = 0;
    for character in text.chars() {
        if used + visible::columns(character) > columns {
            return (used, true);
        }
        used += visible::push(out, character);
    }
    (used, false)
}
