//! The texts that were read, and the way from a byte offset to a line and a column.

use std::{iter, ops::Range, sync::OnceLock};

use crate::{FileId, LineColumn, Location};

const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// The files of one run; owns their texts.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

/// One file that was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: String,
    /// How many bytes of the file stand before the text: those of a byte order mark.
    skipped: u32,
    /// Made when first asked for, since most documents have nothing to report.
    index: OnceLock<Index>,
}

/// What makes the way from an offset to a line and a column short, even in a line of some megabytes.
#[derive(Debug, Clone)]
struct Index {
    /// The offset of the beginning of each line.
    lines: Vec<u32>,
    /// How many characters begin before each block of bytes.
    characters: Vec<u32>,
}

/// The size of a block in bytes.
const BLOCK: usize = 1024;

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; `name` is what diagnostics print.
    ///
    /// A byte order mark at the beginning is not part of its text: offsets and columns count from behind it.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(name.into(), text.into()));
        id
    }

    /// The file of this id, if it is one of this map.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(id.0).ok()?)
    }

    /// The files in the order in which they were read; the document itself is the first.
    pub fn iter(&self) -> std::slice::Iter<'_, SourceFile> {
        self.files.iter()
    }

    /// Line and column where a location starts.
    pub fn line_column(&self, location: Location) -> Option<LineColumn> {
        Some(self.file(location.file)?.line_column(location.start))
    }
}

impl<'s> IntoIterator for &'s SourceMap {
    type Item = &'s SourceFile;
    type IntoIter = std::slice::Iter<'s, SourceFile>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl SourceFile {
    fn new(name: String, mut text: String) -> Self {
        let marked = text.starts_with(BYTE_ORDER_MARK);
        if marked {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        Self {
            name,
            text,
            skipped: if marked { 3 } else { 0 },
            index: OnceLock::new(),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.text.as_bytes()))
    }

    /// The name that diagnostics print.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// An offset in the text as an offset in the file, where a byte order mark counts.
    pub fn offset_in_file(&self, offset: u32) -> u32 {
        offset.saturating_add(self.skipped)
    }

    /// Line and column of a byte offset; an offset behind the end is taken as the end.
    ///
    /// A line ends with a line feed, a carriage return, or both, as YAML has it.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let lines = &self.index().lines;
        let index = lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = lines.get(index).copied().unwrap_or(0);
        let column = self.characters_before(offset) - self.characters_before(start);
        LineColumn {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            column: column + 1,
        }
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, offset: u32) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len());
        let block = offset / BLOCK;
        let before = self.index().characters.get(block).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        before + count_characters(rest)
    }

    /// The text of a line counted from 1, without its line break.
    pub fn line(&self, line: u32) -> Option<&str> {
        Some(self.text.get(self.line_range(line)?)?.trim_end_matches(['\n', '\r']))
    }

    /// Where a line counted from 1 stands in the text, with its line break.
    pub(crate) fn line_range(&self, line: u32) -> Option<Range<usize>> {
        let index = usize::try_from(line.checked_sub(1)?).ok()?;
        let lines = &self.index().lines;
        let start = usize::try_from(*lines.get(index)?).ok()?;
        let end = lines.get(index + 1).and_then(|end| usize::try_from(*end).ok());
        Some(start..end.unwrap_or(self.text.len()))
    }
}

impl Index {
    fn new(text: &[u8]) -> Self {
        let mut lines = vec![0];
        for (offset, byte) in text.iter().enumerate() {
            if *byte > b'\r' {
                continue;
            }
            let ends = *byte == b'\n' || (*byte == b'\r' && text.get(offset + 1) != Some(&b'\n'));
            if ends {
                lines.extend(u32::try_from(offset + 1));
            }
        }
        let mut count = 0;
        let blocks = text.chunks(BLOCK).map(|block| {
            count += count_characters(block);
            count
        });
        Self {
            lines,
            characters: iter::once(0).chain(blocks).collect(),
        }
    }
}

/// How many characters begin in a part of a text in UTF-8.
fn count_characters(bytes: &[u8]) -> u32 {
    let begins = |byte: &u8| u8::from((byte & 0b1100_0000) != 0b1000_0000);
    // Sums of one byte each, of no more than such a sum can hold, are added many at a time.
    let counts = bytes.chunks(255).map(|bytes| bytes.iter().map(begins).sum::<u8>());
    counts.map(u32::from).sum()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "a: ä\r\n\tbé: x\n");
        let at = |start| {
            let found = sources.line_column(Location::new(id, start, start)).unwrap();
            (found.line, found.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 4));
        assert_eq!(at(7), (2, 1), "the first byte behind the line break");
        assert_eq!(at(8), (2, 2), "a tab is one character");
        assert_eq!(at(11), (2, 4), "`é` has two bytes and is one character");
        assert_eq!(at(15), (3, 1));
        assert_eq!(at(9999), (3, 1), "behind the end is the end");
    }

    #[test]
    fn lines_come_without_their_breaks() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "one\r\ntwo\n\nfour");
        let file = sources.file(id).unwrap();
        let lines: Vec<_> = (0..6).map(|line| file.line(line)).collect();
        assert_eq!(lines, [None, Some("one"), Some("two"), Some(""), Some("four"), None]);
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "one\rtwo\r\nthree\n\rfive");
        let file = sources.file(id).unwrap();
        let lines: Vec<_> = (1..7).map(|line| file.line(line)).collect();
        let expected = [Some("one"), Some("two"), Some("three"), Some(""), Some("five"), None];
        assert_eq!(lines, expected);
        let place = file.line_column(5);
        assert_eq!((place.line, place.column), (2, 2));
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "\u{FEFF}a: 1\n");
        let file = sources.file(id).unwrap();
        assert_eq!(file.text(), "a: 1\n");
        assert_eq!(file.line_column(3).column, 4);
        assert_eq!(file.offset_in_file(3), 6);
    }

    /// Counting from the beginning of a long line for each finding would take minutes.
    #[test]
    fn columns_of_a_long_line_are_quick_and_right() {
        let unit = "aä名👩";
        let text = unit.repeat(200_000);
        let mut sources = SourceMap::new();
        let id = sources.add("a.json", text.as_str());
        let file = sources.file(id).unwrap();
        for number in (0..200_000_u32).step_by(7) {
            let start = number * 10;
            assert_eq!(file.line_column(start).column, number * 4 + 1);
            assert_eq!(file.line_column(start + 3).column, number * 4 + 3);
        }
        let end = u32::try_from(text.len()).unwrap();
        assert_eq!(file.line_column(end).column, 800_001);
        assert_eq!(file.line_column(u32::MAX).column, 800_001, "behind the end is the end");
    }
}
