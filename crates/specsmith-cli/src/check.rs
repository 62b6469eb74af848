//! `specsmith check`: names each file that is not as it should be, with a diff.

use std::{path::Path, process::ExitCode};

use anstyle::{AnsiColor, Style};
use specsmith::{
    Outcome,
    output::{Drift, DriftKind, Report},
};

use crate::{
    arguments::GenerateArguments,
    each::each,
    reporter::{Reporter, Results},
    terminal::{self, ERROR, GOOD, count},
};

/// The most lines of one diff that are shown.
const SHOWN_LINES: usize = 40;

/// Runs the subcommand.
pub(crate) fn run(arguments: &GenerateArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Lines);
    let configs = match arguments.configs() {
        Ok(configs) => configs,
        Err(error) => return reporter.no_config(&error),
    };
    let outcomes = each(&configs, |(_, config)| specsmith::check(config));
    let (mut drifted, mut code) = (0, terminal::OK);
    for ((name, _), outcome) in configs.iter().zip(outcomes) {
        reporter.begin(name.as_deref());
        match outcome {
            Ok(outcome) => drifted += tell(&reporter, &outcome),
            Err(error) => code = code.max(reporter.failure(&error)),
        }
    }
    if drifted > 0 {
        let text = format!(
            "{} not as generated; `specsmith generate` with the same arguments mends that",
            are(drifted)
        );
        terminal::message(ERROR, "error", text);
        code = code.max(terminal::FAILED);
    }
    ExitCode::from(code)
}

/// Prints what is to be said of an API; returns how many of its files are not as they should be.
fn tell(reporter: &Reporter, outcome: &Outcome<Report>) -> usize {
    if reporter.is_human() {
        reporter.findings(&[&outcome.findings]);
    }
    let mut drifted = 0;
    for output in &outcome.outputs {
        print(reporter, output.kind.name(), &output.dir, &output.dir, &output.result);
        drifted += output.result.drift.len();
    }
    if let Some(names) = &outcome.names {
        let folder = names.path.parent().unwrap_or(Path::new(""));
        print(reporter, "names", &names.path, folder, &names.result);
        drifted += names.result.drift.len();
    }
    // The line that counts is the last one that programs read.
    if !reporter.is_human() {
        reporter.findings(&[&outcome.findings]);
    }
    drifted
}

fn are(number: usize) -> String {
    let verb = if number == 1 { "is" } else { "are" };
    format!("{} {verb}", count(number, "file"))
}

/// Prints what is wrong with an output at this place, whose files are in the folder.
fn print(reporter: &Reporter, kind: &str, place: &Path, dir: &Path, result: &Report) {
    if result.is_up_to_date() {
        let files = count(result.up_to_date, "file");
        reporter.result(format_args!(
            "{GOOD}{kind:<6}{GOOD:#} {} ({files}: up to date)",
            place.display()
        ));
    }
    for drift in &result.drift {
        let place = dir.join(&drift.path);
        reporter.drift(kind, &place.to_string_lossy(), state(drift), phrase(drift));
        reporter.result(format_args!(
            "{ERROR}{kind:<6}{ERROR:#} {} {}",
            place.display(),
            phrase(drift)
        ));
        print_diff(reporter, drift.diff.as_deref().unwrap_or_default());
    }
}

/// The state of a file as a word for programs.
fn state(drift: &Drift) -> &'static str {
    match drift.kind {
        DriftKind::Missing => "missing",
        DriftKind::Outdated => "outdated",
        DriftKind::Edited => "edited",
        DriftKind::Stale => "stale",
        DriftKind::Foreign => "foreign",
    }
}

fn phrase(drift: &Drift) -> &'static str {
    match drift.kind {
        DriftKind::Missing => "is missing",
        DriftKind::Outdated => "is out of date",
        DriftKind::Edited => "was changed by hand",
        DriftKind::Stale => "is no longer generated",
        DriftKind::Foreign => "is in the way: specsmith did not write it",
    }
}

fn print_diff(reporter: &Reporter, diff: &str) {
    // The names of the two sides say nothing that the line above has not said.
    let lines: Vec<&str> = diff.lines().skip(2).collect();
    for line in lines.iter().take(SHOWN_LINES) {
        let style = match line.chars().next() {
            Some('+') => AnsiColor::Green.on_default(),
            Some('-') => AnsiColor::Red.on_default(),
            Some('@') => AnsiColor::Cyan.on_default(),
            _ => Style::new(),
        };
        reporter.result(format_args!("    {style}{line}{style:#}"));
    }
    if lines.len() > SHOWN_LINES {
        reporter.result(format_args!(
            "    ... {} more",
            count(lines.len() - SHOWN_LINES, "line")
        ));
    }
}
