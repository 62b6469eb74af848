//! The list of changes as one JSON object; its shape is told in `docs/reference/message-formats.md`.

use serde_json::{Value, json};
use specsmith::{ApiChange, Diff, ItemChange, diagnostics::Location};

/// Goes up when members get another meaning or are gone.
const VERSION: u32 = 1;

/// Renders the object.
pub(super) fn render(diff: &Diff) -> String {
    let verdict = diff.verdict();
    let changes: Vec<Value> = diff.changes.iter().map(|change| self::change(diff, change)).collect();
    let items: Vec<Value> = diff.rust.iter().map(item).collect();
    let side = |side: &specsmith::DiffSide| json!({"document": side.findings.document, "version": side.version});
    let value = json!({
        "format": VERSION,
        "old": side(&diff.old),
        "new": side(&diff.new),
        "clients": verdict.map(|of| of.clients.name()),
        "servers": verdict.map(|of| of.servers.name()),
        "semver": diff.bump().name(),
        "changes": changes,
        "rust": items,
    });
    // Text and numbers always have a form in JSON.
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn change(diff: &Diff, change: &ApiChange) -> Value {
    json!({
        "kind": change.kind,
        "subject": change.subject,
        "place": change.place,
        "message": change.what,
        "old": change.old,
        "new": change.new,
        "clients": change.verdict.clients.name(),
        "servers": change.verdict.servers.name(),
        "location": change.location.and_then(|(location, is_new)| self::location(diff, location, is_new)),
    })
}

/// Where a change is, and in which of the documents.
fn location(diff: &Diff, location: Location, is_new: bool) -> Option<Value> {
    let side = if is_new { &diff.new } else { &diff.old };
    let file = side.findings.sources.file(location.file)?;
    let position = |offset: u32| {
        let at = file.line_column(offset);
        json!({"offset": file.offset_in_file(offset), "line": at.line, "column": at.column})
    };
    Some(json!({
        "document": if is_new { "new" } else { "old" },
        "file": file.name(),
        "start": position(location.start),
        "end": position(location.end),
    }))
}

fn item(change: &ItemChange) -> Value {
    json!({
        "path": change.path,
        "kind": change.kind.name(),
        "old": change.old,
        "new": change.new,
        "bump": change.bump.name(),
    })
}
