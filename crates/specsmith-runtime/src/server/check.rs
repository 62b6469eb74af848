//! Requests are checked against the rules of the document before a handler sees them.

use axum::http::StatusCode;
use serde::Serialize;

use super::super::codec::{Check, Checker, Count, RuleList, Violations};
use super::parameter::Parameter;
use super::problem::{Place, Violation};
use super::request::{Rejected, Request};

impl Request {
    /// Checks a parameter; one that could not be read is noted already.
    pub fn check(&mut self, parameter: Parameter, value: &dyn Check, rules: RuleList) {
        self.note(Some(parameter), Checker::run_with(value, rules));
    }

    /// Checks how many items or members a parameter has.
    pub fn check_counted(&mut self, parameter: Parameter, value: &dyn Count, rules: RuleList) {
        self.note(Some(parameter), Checker::run_counted(value.count(), rules));
    }

    /// Checks a parameter as it is in JSON.
    pub fn check_whole<T: Serialize>(
        &mut self,
        parameter: Parameter,
        value: &Result<T, Rejected>,
        rules: RuleList,
    ) {
        if let Ok(value) = value {
            self.note(Some(parameter), Checker::run_whole(value, rules));
        }
    }

    /// Checks the body.
    pub fn check_body(&mut self, value: &dyn Check, rules: RuleList) {
        self.note(None, Checker::run_with(value, rules));
    }

    /// Checks how many items or members the body has.
    pub fn check_body_counted(&mut self, value: &dyn Count, rules: RuleList) {
        self.note(None, Checker::run_counted(value.count(), rules));
    }

    /// Checks the body as it is in JSON.
    pub fn check_body_whole<T: Serialize>(&mut self, value: &Result<T, Rejected>, rules: RuleList) {
        if let Ok(value) = value {
            self.note(None, Checker::run_whole(value, rules));
        }
    }

    fn note(&mut self, parameter: Option<Parameter>, result: Result<(), Violations>) {
        let Err(violations) = result else { return };
        for violation in violations {
            let place = match parameter {
                Some(parameter) => Place::Parameter {
                    place: parameter.place.as_str(),
                    name: parameter.name.to_owned(),
                    pointer: violation.pointer,
                },
                None => Place::Body(violation.pointer),
            };
            let violation = Violation {
                place,
                code: violation.keyword,
                detail: format!("must be {}", violation.expected),
            };
            self.reject(StatusCode::UNPROCESSABLE_ENTITY, violation);
        }
    }
}
