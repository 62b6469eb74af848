//! The list of changes for people.

use std::fmt::Write;

use specsmith::{ApiChange, Bump, Class, Diff, ItemChange};

use super::{breaks, is_shown, left_out, line, summary};
use crate::terminal::{BOLD, ERROR, GOOD, WARNING, count};

/// The list: what breaks somebody first.
pub(super) fn render(diff: &Diff, prose: bool) -> String {
    let mut out = String::new();
    let sections = ["breaks clients and servers", "breaks clients", "breaks servers"];
    for title in sections {
        let of_section = diff
            .changes
            .iter()
            .filter(|change| breaks(change).as_deref() == Some(title));
        section(&mut out, diff, format!("{ERROR}{title}{ERROR:#}"), of_section);
    }
    for (class, title) in [(Class::Compatible, "compatible"), (Class::Docs, "docs")] {
        let of_class = diff.changes.iter();
        let of_class = of_class.filter(|change| change.verdict.worst() == class && is_shown(change, prose));
        section(&mut out, diff, format!("{GOOD}{title}{GOOD:#}"), of_class);
    }
    let left_out = left_out(diff, prose);
    if left_out > 0 {
        writeln!(
            out,
            "{GOOD}docs{GOOD:#}\n  {} of what people read; `--prose` lists them\n",
            count(left_out, "change")
        )
        .ok();
    }
    rust(&mut out, diff);
    writeln!(out, "{BOLD}{}{BOLD:#}", summary(diff)).ok();
    out
}

fn section<'a>(out: &mut String, diff: &Diff, title: String, changes: impl Iterator<Item = &'a ApiChange>) {
    let mut changes = changes.peekable();
    if changes.peek().is_none() {
        return;
    }
    writeln!(out, "{title}").ok();
    for change in changes {
        writeln!(out, "  {}", line(change)).ok();
        if let Some((file, row, column)) = diff.place(change) {
            writeln!(out, "    --> {file}:{row}:{column}").ok();
        }
    }
    out.push('\n');
}

/// What becomes of the generated client.
fn rust(out: &mut String, diff: &Diff) {
    if diff.rust.is_empty() {
        return;
    }
    writeln!(out, "{BOLD}generated client{BOLD:#}").ok();
    for bump in [Bump::Major, Bump::Minor, Bump::Patch] {
        let style = match bump {
            Bump::Major => ERROR,
            Bump::Minor => WARNING,
            Bump::Patch | Bump::None => GOOD,
        };
        for change in diff.rust.iter().filter(|change| change.bump == bump) {
            writeln!(out, "  {style}{}{style:#}  {}", bump.name(), item(change)).ok();
        }
    }
    out.push('\n');
}

/// What became of an item, on one line.
pub(super) fn item(change: &ItemChange) -> String {
    let (path, kind) = (&change.path, change.kind.name());
    match (change.old.as_deref(), change.new.as_deref()) {
        (Some(_), Some(_)) if change.is_deprecation() => match change.bump {
            Bump::Minor => format!("{path}: deprecated"),
            _ => format!("{path}: no longer deprecated"),
        },
        (Some(""), Some(new)) => format!("{path}: `{new}`"),
        (Some(old), Some("")) => format!("{path}: no longer `{old}`"),
        (Some(old), Some(new)) => format!("{path}: `{new}`, before `{old}`"),
        (Some(_), None) => format!("{path}: {kind} removed"),
        (None, _) => format!("{path}: {kind} added"),
    }
}
