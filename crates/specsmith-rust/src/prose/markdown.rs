//! CommonMark of the document, parsed and written again so that nothing in it is live.
//!
//! The parser is the one that rustdoc uses. What it finds is written in one canonical form: text escaped, code fenced
//! and tagged, HTML as text, links only to addresses. So safety does not rest on patterns over the author's text.

use std::borrow::Cow;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream};

use super::html;
use super::plain::{self, Place};

/// Languages that may stay on a code fence; all others become `text`. None is one of rustdoc's.
pub(super) const LANGUAGES: [&str; 30] = [
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "kotlin",
    "php",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
];

/// The text as CommonMark without anything live.
pub(super) fn harmless(text: &str) -> String {
    if plain::is_plain(text) {
        return text.to_owned();
    }
    parsed(text)
}

/// The text, parsed as CommonMark and written again without anything live.
fn parsed(text: &str) -> String {
    let text = plain::normalized(text);
    let text = html::to_markdown(&text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut writer = Writer::default();
    for event in TextMergeStream::new(Parser::new_ext(&text, options)) {
        writer.event(event);
    }
    writer.out
}

/// What stands between what was written and what comes next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Line,
    Blank,
}

#[derive(Default)]
struct Writer {
    out: String,
    /// What each line of the open quotes and list items starts with.
    prefixes: Vec<String>,
    /// The next number of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    gap: Gap,
    place: Place,
    /// Inside a heading or cell, where a line cannot end.
    single_line: bool,
    /// The text of the code block that is open.
    code: Option<(String, String)>,
    /// The addresses of the links and images that are open; `None` where they are not links in the output.
    links: Vec<Link>,
    alignments: Vec<Alignment>,
}

/// A link or image that is open.
struct Link {
    target: String,
    live: bool,
    /// Where its text starts in the output.
    start: usize,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                None => self.text(&text),
            },
            Event::Code(text) => self.code_span(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak if self.single_line => self.raw(" "),
            Event::HardBreak => {
                self.raw("\\");
                self.new_line();
            }
            Event::Rule => {
                self.block(Gap::Blank);
                self.raw("---");
                self.gap = Gap::Blank;
            }
            Event::TaskListMarker(done) => self.raw(if done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(name) => self.text(&name),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.code_span(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.block(Gap::Blank),
            Tag::Heading { level, .. } => {
                self.block(Gap::Blank);
                // Headings of the API's docs stay below those that rustdoc makes for the item.
                self.raw(&"#".repeat((level as usize).max(2)));
                self.raw(" ");
                self.single_line = true;
            }
            Tag::BlockQuote(_) => {
                self.block(Gap::Blank);
                self.raw("> ");
                self.place.line_start = true;
                self.prefixes.push("> ".to_owned());
            }
            Tag::CodeBlock(kind) => {
                self.block(Gap::Blank);
                self.code = Some((language(&kind).to_owned(), String::new()));
            }
            Tag::List(first) => {
                self.block(if self.lists.is_empty() || first.is_some_and(|n| n != 1) {
                    Gap::Blank
                } else {
                    Gap::Line
                });
                self.lists.push(first);
            }
            Tag::Item => self.start_item(),
            Tag::Emphasis => self.inline("*"),
            Tag::Strong => self.inline("**"),
            Tag::Strikethrough => self.inline("~~"),
            Tag::Link {
                link_type, dest_url, ..
            } => self.start_link(&dest_url, link_type),
            Tag::Image {
                link_type, dest_url, ..
            } => self.start_link(&dest_url, link_type),
            Tag::Table(alignments) => {
                self.block(Gap::Blank);
                self.alignments = alignments;
                self.single_line = true;
                self.place.in_table = true;
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.raw("|");
            }
            Tag::TableCell => self.raw(" "),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.gap = Gap::Blank,
            TagEnd::Heading(_) => {
                self.single_line = false;
                self.gap = Gap::Blank;
            }
            TagEnd::BlockQuote(_) => {
                self.prefixes.pop();
                self.gap = Gap::Blank;
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.gap = if self.lists.is_empty() {
                    Gap::Blank
                } else {
                    self.gap.max(Gap::Line)
                };
            }
            TagEnd::Item => {
                self.prefixes.pop();
                self.gap = self.gap.max(Gap::Line);
            }
            TagEnd::Emphasis => self.inline("*"),
            TagEnd::Strong => self.inline("**"),
            TagEnd::Strikethrough => self.inline("~~"),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::Table => {
                self.single_line = false;
                self.place.in_table = false;
                self.gap = Gap::Blank;
            }
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.gap = Gap::Line,
            TagEnd::TableCell => self.raw(" |"),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        self.block(Gap::Line);
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            // Three of the same marker on one line would be a rule.
            _ if self.out.ends_with("- ") => "+ ".to_owned(),
            _ => "- ".to_owned(),
        };
        self.raw(&marker);
        self.place.line_start = true;
        self.prefixes.push(" ".repeat(marker.len()));
    }

    fn end_table_head(&mut self) {
        self.gap = Gap::Line;
        self.flush();
        self.raw("|");
        for alignment in std::mem::take(&mut self.alignments) {
            self.raw(match alignment {
                Alignment::None => "---|",
                Alignment::Left => ":---|",
                Alignment::Center => ":---:|",
                Alignment::Right => "---:|",
            });
        }
        self.gap = Gap::Line;
    }

    fn end_code(&mut self) {
        let Some((language, code)) = self.code.take() else {
            return;
        };
        let fence = "`".repeat((plain::longest_run(&code, '`') + 1).max(3));
        self.raw(&format!("{fence}{language}"));
        for line in plain::without_includes(&code).lines() {
            self.new_line();
            self.raw(line);
        }
        self.new_line();
        self.raw(&fence);
        self.gap = Gap::Blank;
    }

    fn start_link(&mut self, target: &str, link_type: LinkType) {
        let target = if link_type == LinkType::Email {
            format!("mailto:{target}")
        } else {
            target.to_owned()
        };
        let live = !self.place.in_link && is_address(&target);
        self.flush();
        let start = self.out.len();
        if live {
            self.place.in_link = true;
            self.raw("[");
        }
        self.links.push(Link {
            target: encoded(&target),
            live,
            start,
        });
    }

    fn end_link(&mut self) {
        let Some(Link { target, live, start }) = self.links.pop() else {
            return;
        };
        if !live {
            if !target.starts_with('#') && !target.is_empty() && !self.place.in_link {
                self.flush();
                let space = if self.place.line_start || self.out.ends_with(' ') {
                    ""
                } else {
                    " "
                };
                self.raw(space);
                self.raw("(");
                self.code_span(&target);
                self.raw(")");
            }
            return;
        }
        self.place.in_link = false;
        let text = self.out.get(start + 1..).unwrap_or_default().replace('\\', "");
        if text.is_empty() || text == target || target.strip_prefix("mailto:") == Some(&text) {
            self.out.truncate(start);
            self.raw(&format!("<{target}>"));
        } else {
            self.raw(&format!("]({target})"));
        }
    }

    fn text(&mut self, text: &str) {
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                self.soft_break();
            }
            self.words(line);
        }
    }

    /// Writes text of one line, each run of spaces one space, so that none is wide enough for an indented block.
    fn words(&mut self, line: &str) {
        let mut text = Cow::Borrowed(line);
        if line.contains("  ") {
            let mut before = None;
            let single = |c: &char| before.replace(*c) != Some(' ') || *c != ' ';
            text = line.chars().filter(single).collect();
        }
        let at_space = self.place.line_start || self.gap != Gap::None || self.out.ends_with(' ');
        let text = if at_space {
            text.trim_start_matches(' ')
        } else {
            text.as_ref()
        };
        if !text.is_empty() {
            self.flush();
            let escaped = plain::escaped(text, self.place);
            self.raw(&escaped);
        }
    }

    fn code_span(&mut self, text: &str) {
        let span = plain::code_span(&text.replace('\n', " "));
        let span = if self.place.in_table {
            span.replace('|', "\\|")
        } else {
            span
        };
        self.inline(&span);
    }

    fn soft_break(&mut self) {
        if self.single_line {
            self.raw(" ");
        } else {
            self.new_line();
        }
    }

    /// Starts a block: at least this gap to what is before it, unless it comes first in its container.
    fn block(&mut self, gap: Gap) {
        if self.gap != Gap::None {
            self.gap = self.gap.max(gap);
        }
        if !self.out.is_empty() && self.gap == Gap::None && !self.place.line_start {
            self.gap = gap;
        }
        self.flush();
        self.place.line_start = true;
    }

    /// Writes the gap that is due.
    fn flush(&mut self) {
        match std::mem::take(&mut self.gap) {
            Gap::None => {}
            Gap::Line => self.new_line(),
            Gap::Blank => {
                self.new_line();
                self.new_line();
            }
        }
    }

    fn new_line(&mut self) {
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
        for prefix in &self.prefixes {
            self.out.push_str(prefix);
        }
        self.place.line_start = true;
    }

    fn inline(&mut self, text: &str) {
        self.flush();
        self.raw(text);
    }

    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
        self.place.line_start = false;
    }
}

fn language(kind: &CodeBlockKind<'_>) -> &'static str {
    let CodeBlockKind::Fenced(info) = kind else {
        return "text";
    };
    let word = info
        .split([' ', ',', '{'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    LANGUAGES
        .into_iter()
        .find(|language| *language == word)
        .unwrap_or("text")
}

/// Whether harmless text begins with a line of words, and not with markup that counts only at the beginning of a line.
pub(super) fn begins_with_words(text: &str) -> bool {
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let starts = |text: &str, marks: &[&str]| marks.iter().any(|mark| text.starts_with(mark));
    let is_numbered = after_digits.len() < text.len() && starts(after_digits, &[". ", ") "]);
    !is_numbered && !starts(text, &["- ", "+ ", "* ", "```", "~~~", "|", "#", ">", "<", " "])
}

fn is_address(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default().to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto") && target.len() > scheme.len() + 1
}

/// The address with everything encoded that would end it in CommonMark.
fn encoded(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        match c {
            ' ' | '<' | '>' | '(' | ')' | '\\' | '"' | '`' | '{' | '}' | '|' | '[' | ']' | '*' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_whitespace() || c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{harmless, parsed};

    proptest! {
        #[test]
        fn plain_text_is_what_the_parser_makes_of_it(text in "[(\"'a-zA-Z][-a-z0-9 .,;:'\"()/+=%$!?]{0,30}") {
            prop_assert_eq!(harmless(&text), parsed(&text));
        }
    }
}
