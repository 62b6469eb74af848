//! Requests are checked against the rules of the document before a handler sees them, and responses in debug builds.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::super::codec::{self, Check, Checker, Count, RuleList, Violations};
use super::parameter::Parameter;
use super::problem::{Place, Problem, Violation};
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
                    pointer: violation.pointer.clone(),
                },
                None => Place::Body(violation.pointer.clone()),
            };
            let violation = told(place, &violation);
            if !self.misread.hides(&violation) {
                self.reject(StatusCode::UNPROCESSABLE_ENTITY, violation);
            }
        }
    }
}

pub(super) fn told(place: Place, violation: &codec::Violation) -> Violation {
    Violation {
        place,
        code: violation.keyword,
        detail: format!("must be {}", violation.expected),
    }
}

/// Whether bodies of responses are checked.
static RESPONSES: AtomicBool = AtomicBool::new(cfg!(debug_assertions));

/// Turns on or off that bodies of responses are checked against the rules of the document; without it, they are in
/// debug builds.
///
/// One that breaks them is answered as a problem of status 500 that tells every violation, so that tests find it.
pub fn check_responses(on: bool) {
    RESPONSES.store(on, Ordering::Relaxed);
}

/// What is answered in place of a response whose body breaks the rules.
pub fn broken(body: &dyn Check, rules: RuleList) -> Option<Response> {
    if !RESPONSES.load(Ordering::Relaxed) {
        return None;
    }
    let violations = Checker::run_with(body, rules).err()?;
    let problem =
        Problem::internal().with_detail("the response does not keep the contract of the operation");
    let told = violations
        .into_iter()
        .map(|violation| told(Place::Body(violation.pointer.clone()), &violation));
    Some(told.fold(problem, Problem::with_violation).into_response())
}
