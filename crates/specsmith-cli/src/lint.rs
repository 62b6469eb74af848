//! `specsmith lint`: tells what is wrong with documents.

use std::process::ExitCode;

use specsmith::{Error, Findings};

use crate::{
    arguments::LintArguments,
    reporter::{Reporter, Results},
    terminal::{self, FAILED, GOOD, OK},
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &LintArguments) -> ExitCode {
    if arguments.infer_pagination {
        return infer_pagination(arguments);
    }
    let reporter = Reporter::new(&arguments.reporting, Results::Lines);
    let configs = match arguments.configs() {
        Ok(configs) => configs,
        Err(error) => return reporter.no_config(&error),
    };
    let mut all: Vec<Findings> = Vec::new();
    for (_, config) in configs {
        match specsmith::lint(&config) {
            Ok(findings) => all.push(findings),
            Err(Error::Document(findings)) => all.push(findings),
            Err(error) => return ExitCode::from(reporter.failure(&error)),
        }
    }
    reporter.findings(&all.iter().collect::<Vec<_>>());
    let silent = all.iter().filter(|findings| findings.to_string().is_empty());
    if reporter.is_human() {
        silent.for_each(|findings| terminal::message(GOOD, "specsmith", findings.summary()));
    }
    let failed = all.iter().any(|findings| findings.diagnostics.has_errors());
    ExitCode::from(if failed { FAILED } else { OK })
}

/// Prints what `specsmith.toml` could say about the pages of the documents.
fn infer_pagination(arguments: &LintArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Document);
    let configs = match arguments.configs() {
        Ok(configs) => configs,
        Err(error) => return reporter.no_config(&error),
    };
    for (name, config) in configs {
        let proposal = match specsmith::infer_pagination(&config) {
            Ok(proposal) => proposal,
            Err(error) => return ExitCode::from(reporter.failure(&error)),
        };
        match &*proposal {
            "" => terminal::message(GOOD, "specsmith", format_args!("no lists in pages in {name}")),
            toml => terminal::result(toml),
        }
    }
    ExitCode::from(OK)
}
