//! The order in which people read diagnostics, and those that say the same about many places.

use std::collections::BTreeMap;

use crate::{Code, Diagnostic, Diagnostics, Location, Related, Severity};

/// A diagnostic, and the other places about which the very same is said.
#[derive(Debug)]
pub(super) struct Group<'d> {
    /// The first one in the document.
    pub first: &'d Diagnostic,
    /// The places of the others.
    pub others: Vec<Location>,
}

/// What two diagnostics have in common that differ in their places only.
type Words<'d> = (Code, &'d str, Option<&'d str>, Option<&'d str>, &'d [Related]);

/// The diagnostics in the order of the document, errors last: the end of a long text is what a terminal shows.
pub(super) fn groups(diagnostics: &Diagnostics) -> Vec<Group<'_>> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| (diagnostic.severity == Severity::Error, diagnostic.location));
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<Words<'_>, usize> = BTreeMap::new();
    for diagnostic in sorted {
        let words = words(diagnostic);
        let group = words.and_then(|words| groups.get_mut(*known.get(&words)?));
        match (group, diagnostic.location) {
            (Some(group), Some(location)) if group.first.severity == diagnostic.severity => group.others.push(location),
            _ => {
                known.extend(words.map(|words| (words, groups.len())));
                groups.push(Group {
                    first: diagnostic,
                    others: Vec::new(),
                });
            }
        }
    }
    groups
}

/// What a diagnostic says, with the other places that belong to it; `None` where it is about no place.
fn words(diagnostic: &Diagnostic) -> Option<Words<'_>> {
    let Diagnostic {
        code,
        message,
        label,
        help,
        related,
        ..
    } = diagnostic;
    diagnostic.location?;
    Some((*code, message, label.as_deref(), help.as_deref(), related))
}
