//! The texts that were read, and the way from a byte offset to a line and a column.

use std::sync::OnceLock;

use crate::{FileId, LineColumn, Location};

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
    /// Made when first asked for, since most documents have nothing to report.
    line_starts: OnceLock<Vec<u32>>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file; `name` is what diagnostics print.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(name.into(), text.into()));
        id
    }

    /// The file of this id, if it is one of this map.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(usize::try_from(id.0).ok()?)
    }

    /// Line and column where a location starts.
    pub fn line_column(&self, location: Location) -> Option<LineColumn> {
        Some(self.file(location.file)?.line_column(location.start))
    }
}

impl SourceFile {
    fn new(name: String, text: String) -> Self {
        Self {
            name,
            text,
            line_starts: OnceLock::new(),
        }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            let behind = breaks.filter_map(|(offset, _)| u32::try_from(offset + 1).ok());
            std::iter::once(0).chain(behind).collect()
        })
    }

    /// The name that diagnostics print.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset; an offset behind the end is taken as the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let starts = self.line_starts();
        let index = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = starts.get(index).copied().unwrap_or(0);
        let before = usize::try_from(start).ok().zip(usize::try_from(offset).ok());
        let column = before
            .and_then(|(start, offset)| self.text.get(start..offset.min(self.text.len())))
            .map_or(0, |text| text.chars().count());
        LineColumn {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }

    /// The text of a line counted from 1, without its line break.
    pub fn line(&self, line: u32) -> Option<&str> {
        let index = usize::try_from(line.checked_sub(1)?).ok()?;
        let starts = self.line_starts();
        let start = usize::try_from(*starts.get(index)?).ok()?;
        let end = starts
            .get(index + 1)
            .and_then(|end| usize::try_from(*end).ok())
            .unwrap_or(self.text.len());
        Some(self.text.get(start..end)?.trim_end_matches(['\n', '\r']))
    }
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
}
