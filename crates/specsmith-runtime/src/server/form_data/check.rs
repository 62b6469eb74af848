//! The parts of a form are checked against the rules of the document.

use axum::http::StatusCode;
use serde::Serialize;

use super::super::super::codec::{Check, Checker, Count, RuleList, Violations};
use super::super::check::told;
use super::super::fault::{Fault, FaultKind};
use super::super::problem::Place;
use super::super::request::Rejected;
use super::FormData;

impl FormData<'_> {
    /// Checks a value; one that could not be read is noted already.
    pub fn check(&mut self, name: &str, value: &dyn Check, rules: RuleList) {
        self.note(name, Checker::run_with(value, rules));
    }

    /// Checks how many items or members a value has.
    pub fn check_counted(&mut self, name: &str, value: &dyn Count, rules: RuleList) {
        self.note(name, Checker::run_counted(value.count(), rules));
    }

    /// Checks a value as it is in JSON.
    pub fn check_whole<T: Serialize>(
        &mut self,
        name: &str,
        value: &Result<T, Rejected>,
        rules: RuleList,
    ) {
        if let Ok(value) = value {
            self.note(name, Checker::run_whole(value, rules));
        }
    }

    fn note(&mut self, name: &str, result: Result<(), Violations>) {
        let outer = Fault::new(FaultKind::Value).within(name).pointer();
        for violation in result.err().into_iter().flatten() {
            let place = Place::Body(format!("{outer}{}", violation.pointer));
            let violation = told(place, &violation);
            if !self.request.misread.hides(&violation) {
                self.request
                    .reject(StatusCode::UNPROCESSABLE_ENTITY, violation);
            }
        }
    }
}
