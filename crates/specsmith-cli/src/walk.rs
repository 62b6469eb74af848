//! The same step for each API that the arguments name, told API by API: what `generate`, its dry run and `check` share.

use std::{
    collections::BTreeSet,
    io::IsTerminal,
    process::ExitCode,
    time::{Duration, Instant},
};

use specsmith::{Config, Error, Outcome, Timing, each};

use crate::{
    arguments::GenerateArguments,
    reporter::Reporter,
    terminal::{self, GOOD},
};

/// Takes the step for each API, and tells what came out in the order of the APIs; `tell` returns the exit code of one.
pub(crate) fn walk<T: Send>(
    arguments: &GenerateArguments,
    reporter: &Reporter,
    step: Step<T>,
    tell: impl FnMut(&Outcome<T>) -> u8,
) -> Result<u8, ExitCode> {
    let configs = arguments.configs().map_err(|error| {
        let code = reporter.no_config(&error);
        reporter.finish();
        code
    })?;
    let walked = steps(arguments, reporter, &configs, step, tell);
    let codes = walked.into_iter().map(|walked| walked.code);
    Ok(codes.max().unwrap_or(terminal::OK))
}

/// What is done with each API.
pub(crate) struct Step<T> {
    /// What terminals show while it is done: `Generating`.
    pub(crate) verb: &'static str,
    /// It.
    pub(crate) function: fn(&Config) -> Result<Outcome<T>, Error>,
}

/// What came out of an API.
pub(crate) struct Walked {
    pub(crate) code: u8,
    /// The files that were read for it.
    #[cfg_attr(not(feature = "watch"), allow(dead_code, reason = "watching asks for it"))]
    pub(crate) files: BTreeSet<String>,
}

/// The step for each of these APIs.
pub(crate) fn steps<T: Send>(
    arguments: &GenerateArguments,
    reporter: &Reporter,
    configs: &[(Option<String>, Config)],
    step: Step<T>,
    mut tell: impl FnMut(&Outcome<T>) -> u8,
) -> Vec<Walked> {
    let shows_progress = reporter.is_human() && shows_progress();
    let outcomes = each(configs, |(name, config)| {
        if shows_progress {
            progress(step.verb, name.as_deref(), &config.document_name());
        }
        let begin = Instant::now();
        let outcome = (step.function)(config);
        (outcome, begin.elapsed())
    });
    let told = configs.iter().zip(outcomes).map(|((name, config), (outcome, time))| {
        reporter.begin(name.as_deref());
        match outcome {
            Ok(outcome) => {
                let code = told(reporter, &outcome, &mut tell);
                if arguments.timings {
                    timings(&outcome.timings, time);
                }
                let files = config.files(Some(&outcome.findings));
                Walked { code, files }
            }
            Err(error) => Walked {
                code: reporter.failure(&error),
                files: config.files(error.findings()),
            },
        }
    });
    told.collect()
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

/// Whether a person is waiting at a terminal.
fn shows_progress() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("CI").is_none()
}

/// Says what is being done, as cargo does.
fn progress(verb: &str, api: Option<&str>, document: &str) {
    let what = match api {
        Some(api) => format!("{api} ({document})"),
        None => document.to_owned(),
    };
    terminal::note(format_args!("{GOOD}{verb:>12}{GOOD:#} {what}"));
}

/// Prints how long each step took, and all of them, of which some run beside each other, in milliseconds.
fn timings(timings: &[Timing], total: Duration) {
    let line = |step: &str, kind: &str, time: Duration| {
        let milliseconds = time.as_secs_f64() * 1000.0;
        terminal::note(format_args!("{step:<7}{kind:<7}{milliseconds:>9.1} ms"));
    };
    for Timing { step, kind, time } in timings {
        line(&step.to_string(), kind.map_or("", |kind| kind.name()), *time);
    }
    line("total", "", total);
}
