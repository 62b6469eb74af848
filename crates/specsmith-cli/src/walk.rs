//! The same step for each API that the arguments name, told API by API: what `generate`, its dry run and `check` share.

use std::process::ExitCode;

use specsmith::{Config, Error, Outcome};

use crate::{arguments::GenerateArguments, each::each, reporter::Reporter, terminal};

/// Takes the step for each API, and tells what came out in the order of the APIs; `tell` returns the exit code of one.
pub(crate) fn walk<T: Send>(
    arguments: &GenerateArguments,
    reporter: &Reporter,
    step: fn(&Config) -> Result<Outcome<T>, Error>,
    mut tell: impl FnMut(&Outcome<T>) -> u8,
) -> Result<u8, ExitCode> {
    let configs = arguments.configs().map_err(|error| {
        let code = reporter.no_config(&error);
        reporter.finish();
        code
    })?;
    let outcomes = each(&configs, |(_, config)| step(config));
    let mut code = terminal::OK;
    for ((name, _), outcome) in configs.iter().zip(outcomes) {
        reporter.begin(name.as_deref());
        code = code.max(match outcome {
            Ok(outcome) => told(reporter, &outcome, &mut tell),
            Err(error) => reporter.failure(&error),
        });
    }
    Ok(code)
}

/// A reporter for a walk.
pub(crate) fn reporter(arguments: &GenerateArguments) -> Reporter {
    Reporter::of_several(&arguments.reporting)
}

fn told<T>(reporter: &Reporter, outcome: &Outcome<T>, tell: &mut impl FnMut(&Outcome<T>) -> u8) -> u8 {
    if reporter.is_human() {
        reporter.findings(&[&outcome.findings]);
        return tell(outcome);
    }
    // The line that counts is the last one that programs read.
    let code = tell(outcome);
    reporter.findings(&[&outcome.findings]);
    code
}
