//! `specsmith coverage`: tells how much of a document is understood.

use std::{io::Write, process::ExitCode};

use crate::{
    arguments::{CoverageArguments, CoverageFormat},
    reporter::{Reporter, Results},
    terminal::OK,
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &CoverageArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Document);
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => return reporter.no_config(&error),
    };
    let covered = match specsmith::coverage(&config) {
        Ok(covered) => covered,
        Err(error) => return ExitCode::from(reporter.failure(&error)),
    };
    // The table says what is lost; people need not read it twice.
    reporter.in_short(&covered.findings);
    let text = match arguments.format {
        CoverageFormat::Human => covered.coverage.to_string(),
        CoverageFormat::Json => covered.coverage.to_json(),
    };
    // Whoever closed the pipe has read enough.
    writeln!(std::io::stdout().lock(), "{}", text.trim_end()).ok();
    ExitCode::from(OK)
}
