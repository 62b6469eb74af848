//! Records are checked against the rules of the document.

use serde::Serialize;

use super::super::super::codec::{Check, Checker, Count, RuleList, Violations};
use super::super::check::told;
use super::super::problem::{Place, Violation};
use super::Records;

impl<T> Records<T> {
    /// Checks each record.
    pub fn check(self, rules: RuleList) -> Self
    where
        T: Check,
    {
        self.with(move |record| Checker::run_with(record, rules))
    }

    /// Checks how many items or members each record has.
    pub fn check_counted(self, rules: RuleList) -> Self
    where
        T: Count,
    {
        self.with(move |record| Checker::run_counted(record.count(), rules))
    }

    /// Checks each record as it is in JSON.
    pub fn check_whole(self, rules: RuleList) -> Self
    where
        T: Serialize,
    {
        self.with(move |record| Checker::run_whole(record, rules))
    }

    fn with(
        mut self,
        check: impl Fn(&T) -> Result<(), Violations> + Send + Sync + 'static,
    ) -> Self {
        let violations = move |record: &T, pointer: &str| -> Vec<Violation> {
            let found = check(record).err().into_iter().flatten();
            let told = found.map(|violation| {
                let place = Place::Body(format!("{pointer}{}", violation.pointer));
                told(place, &violation)
            });
            told.collect()
        };
        self.checks.push(Box::new(violations));
        self
    }
}
