//! `specsmith lint`: tells what is wrong with a document.

use std::process::ExitCode;

use specsmith_diagnostics::Severity;

use crate::{
    arguments::LintArguments,
    terminal::{self, FAILED, OK},
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &LintArguments) -> ExitCode {
    let config = match arguments.document.config() {
        Ok(config) => config,
        Err(error) => return terminal::no_input(&error),
    };
    let findings = match specsmith::lint(&config) {
        Ok(findings) => findings,
        Err(error) => return terminal::failure(&error),
    };
    terminal::findings(&findings);
    let denied = arguments.deny_warnings && findings.diagnostics.count(Severity::Warning) > 0;
    ExitCode::from(if denied { FAILED } else { OK })
}
