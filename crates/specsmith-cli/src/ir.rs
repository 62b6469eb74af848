//! `specsmith ir`: prints what a document means.

use std::{io::Write, process::ExitCode};

use crate::{
    arguments::IrArguments,
    reporter::{Reporter, Results},
    terminal::OK,
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &IrArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Document);
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => return reporter.no_config(&error),
    };
    match specsmith::ir(&config, arguments.format()) {
        Ok(printed) => {
            reporter.in_short(&printed.findings);
            // Whoever closed the pipe has read enough.
            writeln!(std::io::stdout().lock(), "{}", printed.text.trim_end()).ok();
            ExitCode::from(OK)
        }
        Err(error) => ExitCode::from(reporter.failure(&error)),
    }
}
