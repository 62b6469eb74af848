//! Diagnostics as text for a terminal, each with the line of the document that it is about.
//!
//! ```text
//! error[broken-ref]: `#/components/schemas/Pett` does not exist
//!   --> openapi.yaml:42:15
//!    |
//! 42 |         $ref: '#/components/schemas/Pett'
//!    |               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ no schema of this name
//!    = help: did you mean `Pet`?
//! ```

mod group;
mod snippet;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use anstyle::{AnsiColor, Style};

use self::{
    group::Group,
    snippet::{Gutter, Marker},
};
use super::visible;
use crate::{Code, Diagnostic, Findings, Location, Severity, SourceMap};

/// How many related places of one diagnostic are shown.
const SHOWN_RELATED: usize = 5;
/// How many other places are shown of what is said about many, unless all is shown.
const SHOWN_PLACES: usize = 10;
/// How many columns of a message, a label or a help are shown.
const MESSAGE_COLUMNS: usize = 400;
/// How many columns a list takes before it goes on in the next line.
const REMARK_COLUMNS: usize = 100;

/// Whether escape sequences for colors are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Always, whatever the output is.
    Always,
    /// Never.
    Never,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy)]
pub struct Options<'h> {
    /// Whether escape sequences for colors are written.
    pub color: Color,
    /// How many diagnostics of one code are shown; 0 is all.
    pub most_per_code: usize,
    /// How the user can see the rest.
    pub hint: &'h str,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            color: Color::Never,
            most_per_code: 20,
            hint: "",
        }
    }
}

/// Renders diagnostics in the order of the document, errors last, and a line that counts them; nothing where there are
/// none.
///
/// What is said about many places with the same words is shown once, with a list of the other places. The text ends with
/// a line break unless it is empty. Control and bidirectional characters of the document are shown as escapes.
pub fn render(findings: &Findings, options: &Options<'_>) -> String {
    let mut printer = Printer {
        sources: &findings.sources,
        color: options.color,
        out: String::new(),
    };
    let most = match options.most_per_code {
        0 => usize::MAX,
        most => most,
    };
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    let mut hidden: BTreeMap<Code, usize> = BTreeMap::new();
    for group in group::groups(&findings.diagnostics) {
        let count = shown.entry(group.first.code).or_default();
        *count += 1;
        if *count <= most {
            printer.group(&group, most);
            printer.out.push('\n');
        } else {
            *hidden.entry(group.first.code).or_default() += 1 + group.others.len();
        }
    }
    for (code, count) in &hidden {
        printer.line(format_args!("... and {count} more of {code}"));
    }
    if !hidden.is_empty() {
        if !options.hint.is_empty() {
            printer.line(format_args!("{}", options.hint));
        }
        printer.out.push('\n');
    }
    if !shown.is_empty() || findings.diagnostics.allowed() > 0 {
        let name = printer.paint(Style::new().bold(), "specsmith:");
        printer.line(format_args!("{name} {}", findings.summary()));
    }
    printer.out
}

/// A text on one line as it can be shown, cut where it is very long.
pub(crate) fn visible_line(text: &str) -> String {
    visible::line(text, MESSAGE_COLUMNS)
}

/// The text so far and what is needed to go on with it.
struct Printer<'s> {
    sources: &'s SourceMap,
    color: Color,
    out: String,
}

impl Printer<'_> {
    /// Prints a diagnostic, and so many of the other places about which it is.
    fn group(&mut self, group: &Group<'_>, most: usize) {
        let gutter = self.diagnostic(group.first);
        if group.others.is_empty() {
            return;
        }
        let most = if most == usize::MAX {
            most
        } else {
            most.min(SHOWN_PLACES)
        };
        let file = group.first.location.map(|location| location.file);
        let places = group.others.iter().take(most).filter_map(|location| {
            let place = self.sources.line_column(*location)?;
            let name = match self.sources.file(location.file) {
                Some(other) if file != Some(location.file) => format!("{}:", visible_line(other.name())),
                _ => String::new(),
            };
            Some(format!("{name}{}:{}", place.line, place.column))
        });
        let mut places: Vec<String> = places.collect();
        let hidden = group.others.len().saturating_sub(most);
        if let Some((_, before)) = places.split_last_mut() {
            before.iter_mut().for_each(|place| place.push(','));
        }
        if hidden > 0 {
            places.push(format!("and {hidden} more"));
        }
        places.insert(0, "also at".to_owned());
        self.wrapped(gutter, "note", &places);
    }

    /// Prints a diagnostic, and returns the gutter in front of it.
    fn diagnostic(&mut self, diagnostic: &Diagnostic) -> Gutter {
        let style = severity_style(diagnostic.severity);
        let related = diagnostic.related.iter().take(SHOWN_RELATED);
        let places = diagnostic
            .location
            .into_iter()
            .chain(related.clone().map(|related| related.location));
        let gutter = Gutter::for_places(self.sources, places);

        let name = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code);
        let message = format!(": {}", visible::line(&diagnostic.message, MESSAGE_COLUMNS));
        let (name, message) = (self.paint(style, &name), self.paint(Style::new().bold(), &message));
        self.line(format_args!("{name}{message}"));
        if let Some(location) = diagnostic.location {
            let label = diagnostic.label.as_deref().unwrap_or_default();
            self.place(
                gutter,
                "-->",
                location,
                Marker {
                    symbol: '^',
                    style,
                    label,
                },
            );
        }
        for related in related {
            let style = gutter_style();
            let label = &related.message;
            self.place(
                gutter,
                ":::",
                related.location,
                Marker {
                    symbol: '-',
                    style,
                    label,
                },
            );
        }
        let hidden = diagnostic.related.len().saturating_sub(SHOWN_RELATED);
        if hidden > 0 {
            let places = if hidden == 1 { "place" } else { "places" };
            self.remark(gutter, "note", &format!("and {hidden} more {places}"));
        }
        if let Some(help) = &diagnostic.help {
            self.remark(gutter, "help", help);
        }
        gutter
    }

    /// Prints a remark of some parts, in lines that are not too long.
    fn wrapped(&mut self, gutter: Gutter, word: &str, parts: &[String]) {
        let mut lines: Vec<String> = Vec::new();
        for part in parts {
            match lines.last_mut() {
                Some(line) if line.len() + part.len() < REMARK_COLUMNS => {
                    line.push(' ');
                    line.push_str(part);
                }
                _ => lines.push(part.clone()),
            }
        }
        self.remark(gutter, word, &lines.join("\n"));
    }

    /// Prints a place: its file, line and column, and the marked line.
    fn place(&mut self, gutter: Gutter, arrow: &str, location: Location, marker: Marker<'_>) {
        let Some(file) = self.sources.file(location.file) else {
            return;
        };
        let start = file.line_column(location.start);
        let name = visible::line(file.name(), MESSAGE_COLUMNS);
        let arrow = self.paint(gutter_style(), &format!("{:width$}{arrow}", "", width = gutter.width));
        self.line(format_args!("{arrow} {name}:{}:{}", start.line, start.column));
        let Some(line) = file.line(start.line) else { return };
        let excerpt = snippet::excerpt(file, line, location);
        self.gutter(gutter, "", "");
        self.gutter(gutter, &start.line.to_string(), &excerpt.text);
        let carets = marker.symbol.to_string().repeat(excerpt.marked.max(1));
        let label = visible::line(marker.label, MESSAGE_COLUMNS);
        let marked = if label.is_empty() {
            carets
        } else {
            format!("{carets} {label}")
        };
        let marked = self.paint(marker.style, &marked);
        self.gutter(gutter, "", &format!("{:indent$}{marked}", "", indent = excerpt.before));
    }

    /// Prints a line behind the gutter.
    fn gutter(&mut self, gutter: Gutter, number: &str, text: &str) {
        let edge = self.paint(gutter_style(), &format!("{number:>width$} |", width = gutter.width));
        let space = if text.is_empty() { "" } else { " " };
        self.line(format_args!("{edge}{space}{text}"));
    }

    /// Prints a remark below the places; its further lines stand below its first.
    fn remark(&mut self, gutter: Gutter, word: &str, text: &str) {
        let edge = self.paint(gutter_style(), &format!("{:width$} =", "", width = gutter.width));
        let name = self.paint(Style::new().bold(), &format!("{word}:"));
        for (index, line) in text.lines().enumerate() {
            let line = visible::line(line, MESSAGE_COLUMNS);
            if index == 0 {
                self.line(format_args!("{edge} {name} {line}"));
            } else {
                let indent = gutter.width + word.len() + " = : ".len();
                self.line(format_args!("{:indent$}{line}", ""));
            }
        }
    }

    fn paint(&self, style: Style, text: &str) -> String {
        match self.color {
            Color::Always => format!("{style}{text}{style:#}"),
            Color::Never => text.to_owned(),
        }
    }

    fn line(&mut self, text: fmt::Arguments<'_>) {
        self.out.push_str(&text.to_string());
        self.out.push('\n');
    }
}

fn severity_style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::BrightYellow,
        Severity::Note => AnsiColor::BrightGreen,
    };
    color.on_default().bold()
}

fn gutter_style() -> Style {
    AnsiColor::BrightBlue.on_default().bold()
}
