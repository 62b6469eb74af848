//! What the document deprecates, and why.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir as ir;

use crate::Prose;

/// Longer reasons stay in the docs alone.
const MAX_NOTE: usize = 160;

/// That the document deprecates something, and why where it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Deprecation {
    note: Option<String>,
}

impl Deprecation {
    /// What the document says about a thing that it deprecates; `None` where it does not.
    pub(crate) fn of(docs: &ir::Docs) -> Option<Self> {
        docs.deprecated.then(|| {
            let told = docs.deprecation.as_deref().and_then(first);
            let note = told.or_else(|| reason(docs.description.as_deref()?));
            let note = note.filter(|note| note.chars().count() <= MAX_NOTE);
            Self {
                note: note.map(|note| harmless(&note)),
            }
        })
    }

    /// Why, as harmless CommonMark of one line without a full stop.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// `#[deprecated]` with the reason as its note.
    pub fn attribute(&self) -> TokenStream {
        match &self.note {
            Some(note) => quote!(#[deprecated(note = #note)]),
            None => quote!(#[deprecated]),
        }
    }

    /// Says in docs that it is deprecated, and why, as far as they do not say so already.
    pub fn tell(&self, docs: &mut Prose) {
        let text = docs.as_str();
        match &self.note {
            _ if text.to_lowercase().contains("deprecated") => {}
            Some(note) if !text.contains(note) => drop(docs.own(&format!("Deprecated: {note}."))),
            _ => drop(docs.own("Deprecated.")),
        }
    }
}

fn first(text: &str) -> Option<String> {
    Prose::sentences(text).first().and_then(|sentence| said(sentence))
}

/// Why something is deprecated: the first sentence that speaks of it or names what to take instead.
fn reason(description: &str) -> Option<String> {
    let mut is_announced = false;
    for sentence in &Prose::sentences(description) {
        if let Some(rest) = behind_label(sentence) {
            if tells_reason(rest) {
                return said(rest);
            }
            is_announced = true;
        } else if is_announced && tells_reason(sentence) || speaks_of_it(sentence) {
            return said(sentence);
        }
    }
    None
}

fn speaks_of_it(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    lower.contains("deprecat") || lower.contains("instead")
}

/// Whether words that are announced as a reason are one, and not what the thing was for.
fn tells_reason(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| {
        [
            "use", "take", "see", "since", "moved", "longer", "instead", "favor", "favour",
        ]
        .contains(&word)
            || ["prefer", "replac", "remov", "migrat", "supersed"]
                .iter()
                .any(|start| word.starts_with(start))
    })
}

/// What stands behind `Deprecated:`, `[DEPRECATED]`, `Deprecation notice:` and the like; nothing may stand there.
fn behind_label(sentence: &str) -> Option<&str> {
    let text = sentence.trim_start_matches(['[', '(', '*', '_']);
    let label = ["deprecation notice", "deprecated"].into_iter().find(|label| {
        text.get(..label.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(label))
    })?;
    let rest = text.get(label.len()..)?;
    (rest.is_empty()
        || rest
            .trim_start()
            .starts_with([':', ';', ',', '.', '!', ']', ')', '-', '–', '—']))
    .then_some(rest)
}

/// A sentence without what is around its words; `None` where it has none.
fn said(sentence: &str) -> Option<String> {
    let around = |c: char| c.is_whitespace() || matches!(c, ':' | ';' | ',' | '.' | '!' | '-' | '–' | '—');
    let text = sentence.trim_start_matches(|c: char| around(c) || matches!(c, ']' | ')'));
    let text = text.trim_end_matches(around);
    (!text.is_empty()).then(|| text.to_owned())
}

/// The text with its code as it is and all else escaped.
fn harmless(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            out.push_str(&Prose::code(part));
        } else {
            let (start, end) = (part.len() - part.trim_start().len(), part.trim_end().len());
            out.push_str(part.get(..start).unwrap_or_default());
            out.push_str(&Prose::one_line(part));
            out.push_str(part.get(end.max(start)..).unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
#[path = "deprecation/tests.rs"]
mod tests;
