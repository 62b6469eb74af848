//! Descriptions on one line, for the cells of tables.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Headings, code, prose};

/// A description as one line of inline Markdown: blocks become sentences, items and rows are told apart by marks.
pub(crate) fn inline(text: &str) -> String {
    let text = prose(text, Headings::Bold);
    let is_plain = |line: &str| !line.starts_with(['-', '>', '|', '`', '*', '#', ' ']) && !line.ends_with('\\');
    if text.lines().count() <= 1 && is_plain(&text) && !text.starts_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let mut flat = Flat {
        text: &text,
        out: String::new(),
        separator: "",
        run: None,
        code: None,
    };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        flat.event(event, range);
    }
    flat.flush();
    flat.out
}

struct Flat<'a> {
    text: &'a str,
    out: String,
    /// What stands before the next piece.
    separator: &'static str,
    /// Inline Markdown that is open.
    run: Option<Range<usize>>,
    /// The text of the code block that is open.
    code: Option<String>,
}

impl Flat<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code.is_some() => {
                if let Some(code) = &mut self.code {
                    code.push_str(&text);
                }
            }
            Event::Rule => self.flush(),
            _ => self.extend(range),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {
                self.extend(range);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = Some(String::new());
            }
            Tag::Item => {
                self.flush();
                self.separator = "• ";
            }
            Tag::TableRow => {
                self.flush();
                self.separator = "; ";
            }
            _ => self.flush(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => {
                if let Some(text) = self.code.take()
                    && !text.trim().is_empty()
                {
                    self.push(&code(&text));
                }
            }
            TagEnd::TableCell => {
                self.flush();
                self.separator = ", ";
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {}
            _ => self.flush(),
        }
    }

    fn extend(&mut self, range: Range<usize>) {
        self.run = Some(match self.run.take() {
            Some(run) => run.start.min(range.start)..run.end.max(range.end),
            // A text that begins with an escaped character begins behind its backslash.
            None if range.start > 0 && self.text.as_bytes().get(range.start - 1) == Some(&b'\\') => {
                range.start - 1..range.end
            }
            None => range,
        });
    }

    fn flush(&mut self) {
        if let Some(run) = self.run.take() {
            let source = self.text.get(run).unwrap_or_default();
            let lines = source.lines().enumerate().map(|(index, line)| {
                let line = if index > 0 {
                    line.trim_start_matches([' ', '>'])
                } else {
                    line
                };
                line.strip_suffix('\\').unwrap_or(line).trim()
            });
            let piece = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
            self.push(&piece);
        }
    }

    fn push(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        let separator = std::mem::take(&mut self.separator);
        let is_inner = separator.starts_with([',', ';']);
        if !self.out.is_empty() && !is_inner {
            self.out.push(' ');
        }
        if !self.out.is_empty() || !is_inner {
            self.out.push_str(separator);
        }
        self.out.push_str(piece);
    }
}
