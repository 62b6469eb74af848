//! References where the specification has none: their targets are taken in, and one note for all of a kind says so.

use specsmith_diagnostics::{Code, Diagnostic, Location};

use super::{Gather, Here};
use crate::grammar::Value;

impl Gather<'_> {
    /// Takes in what a reference points to that stands for something of which the specification has no references.
    pub(super) fn take_in_misplaced(&mut self, here: Here<'_>, value: Value, what: &str) {
        let Some((text, reference)) = here.reference() else {
            return;
        };
        if self.take_in(here, text, reference, value) {
            let what = match here.node.key() {
                Some(key) if what.starts_with("a ") && !matches!(value, Value::Object(_) | Value::Reference(_)) => {
                    format!("`{key}`")
                }
                _ => what.to_owned(),
            };
            self.misplaced.entry(what).or_insert((reference.location(), 0)).1 += 1;
        }
    }

    /// Says what was taken in, each kind of thing once.
    pub(super) fn report_misplaced(&mut self) {
        let mut found: Vec<(String, Location, usize)> = std::mem::take(&mut self.misplaced)
            .into_iter()
            .map(|(what, (place, count))| (what, place, count))
            .collect();
        found.sort_by_key(|(_, place, _)| *place);
        for (what, place, count) in found {
            let message = format!("the specification has no `$ref` for {what}");
            let label = match count {
                1 => "its target is taken in here".to_owned(),
                2 => "its target is taken in here, and at one more place".to_owned(),
                _ => format!("its target is taken in here, and at {} more places", count - 1),
            };
            self.parts
                .diagnostics
                .report(Diagnostic::new(Code::MisplacedRef, message).at(place).label(label));
        }
    }
}
