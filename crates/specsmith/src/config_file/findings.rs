//! The tables about what is found in a document: levels of findings, and limits.

use specsmith_diagnostics::{Codes, Level};

use super::reader::{Entry, Reader};
use crate::Config;

/// Reads `[diagnostics]`.
pub(super) fn levels(config: &mut Config, entry: &Entry<'_>, reader: &mut Reader<'_>) {
    for entry in reader.table(entry) {
        let level = match entry.key {
            "deny" => Level::Deny,
            "warn" => Level::Warn,
            "allow" => Level::Allow,
            _ => {
                reader.unknown(&entry, "diagnostics", &["deny", "warn", "allow"]);
                continue;
            }
        };
        for (name, place) in reader.texts(&entry, "a code or a list of codes") {
            match name.parse::<Codes>().and_then(|codes| codes.check(level)) {
                Ok(()) => config.levels.push((name, level)),
                Err(error) => reader.report(error.to_string(), place, "cannot be said here", None),
            }
        }
    }
}

/// Reads `[limits]`.
pub(super) fn limits(config: &mut Config, entry: &Entry<'_>, reader: &mut Reader<'_>) {
    for entry in reader.table(entry) {
        let Some(value) = reader.number(&entry) else {
            continue;
        };
        if let Err(error) = config.limits.set(entry.key, value) {
            reader.report(error.to_string(), entry.place, "cannot be said here", None);
        }
    }
}
