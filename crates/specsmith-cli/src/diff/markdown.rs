//! The list of changes as Markdown, for pull requests and release notes.

use std::fmt::Write;

use specsmith::{Diff, ItemChange};

use super::{human, is_shown, left_out, summary};
use crate::terminal::count;

/// A table of changes, one of the items of the generated client, and a line about all.
pub(super) fn render(diff: &Diff, prose: bool) -> String {
    let mut out = format!("{}.\n", capitalized(&summary(diff)));
    let mut shown = diff
        .changes
        .iter()
        .filter(|change| is_shown(change, prose))
        .collect::<Vec<_>>();
    shown.sort_by_key(|change| std::cmp::Reverse(change.verdict.worst()));
    if !shown.is_empty() {
        out.push_str("\n| where | change | clients | servers |\n|---|---|---|---|\n");
    }
    for change in shown {
        let place = match change.place.as_str() {
            "" => change.subject.clone(),
            place => format!("{}, {place}", change.subject),
        };
        let (clients, servers) = (change.verdict.clients.name(), change.verdict.servers.name());
        writeln!(
            out,
            "| {} | {} | {clients} | {servers} |",
            cell(&place),
            cell(&change.what)
        )
        .ok();
    }
    let left_out = left_out(diff, prose);
    if left_out > 0 {
        writeln!(
            out,
            "\n{} of what people read.",
            capitalized(&count(left_out, "change"))
        )
        .ok();
    }
    if !diff.rust.is_empty() {
        out.push_str("\n| generated client | version |\n|---|---|\n");
    }
    let mut items: Vec<&ItemChange> = diff.rust.iter().collect();
    items.sort_by_key(|change| std::cmp::Reverse(change.bump));
    for change in items {
        let item = human::item(change).replacen(&change.path, &format!("`{}`", change.path), 1);
        writeln!(out, "| {} | {} |", cell(&item), change.bump.name()).ok();
    }
    out
}

/// Text of a cell: code spans of tables need their bars escaped, too; what is outside of them is ours.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
