//! `specsmith diff`: tells what is different between two documents, and whom it breaks.

mod human;
mod json;
mod markdown;

use std::{io::Write, process::ExitCode};

use specsmith::{ApiChange, Class, Diff, diagnostics::render::github};

use crate::{
    arguments::{DiffArguments, DiffError, DiffFormat},
    reporter::{self, Reporter, Results},
    terminal::{self, ERROR, FAILED, OK, USAGE},
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &DiffArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Document);
    // The files of a revision are there as long as they are read.
    let (old, new, _revision) = match arguments.configs() {
        Ok(configs) => configs,
        Err(DiffError::Input(error)) => return reporter.no_config(&error),
        Err(DiffError::Revision(why)) => {
            terminal::message(ERROR, "error", why);
            return ExitCode::from(USAGE);
        }
    };
    let diff = match specsmith::diff(&old, &new) {
        Ok(diff) => diff,
        Err(error) => return ExitCode::from(reporter.failure(&error)),
    };
    reporter.in_short(&diff.new.findings);
    // Whoever closed the pipe has read enough.
    match arguments.format {
        DiffFormat::Human => write!(anstream::stdout().lock(), "{}", human::render(&diff, arguments.prose)).ok(),
        DiffFormat::Json => writeln!(std::io::stdout().lock(), "{}", json::render(&diff)).ok(),
        DiffFormat::Markdown => write!(std::io::stdout().lock(), "{}", markdown::render(&diff, arguments.prose)).ok(),
        DiffFormat::Github => write!(std::io::stdout().lock(), "{}", annotations(&diff, arguments.prose)).ok(),
    };
    let Some(failure) = arguments.failure(&diff) else {
        return ExitCode::from(OK);
    };
    terminal::message(ERROR, "error", failure);
    ExitCode::from(FAILED)
}

/// The changes as annotations: errors where they break clients or servers.
fn annotations(diff: &Diff, prose: bool) -> String {
    let base = reporter::base();
    let shown = diff.changes.iter().filter(|change| is_shown(change, prose));
    let annotations = shown.map(|change| {
        // GitHub shows places of what is there.
        let is_new = change.location.is_some_and(|(_, is_new)| is_new);
        let place = diff.place(change).filter(|_| is_new);
        let title = breaks(change).unwrap_or_else(|| change.verdict.worst().name().to_owned());
        let text = line(change);
        match change.verdict.worst() {
            Class::Breaking => github::error(place, &diff.new.findings.document, &title, &text, &base),
            Class::Compatible | Class::Docs => github::notice(place, &diff.new.findings.document, &title, &text, &base),
        }
    });
    let mut out: String = annotations.collect();
    out.push_str(&summary(diff));
    out.push('\n');
    out
}

/// Whether a change is listed; those of prose are only where that is asked for.
fn is_shown(change: &ApiChange, prose: bool) -> bool {
    prose || change.verdict.worst() != Class::Docs
}

/// How many changes are not listed.
fn left_out(diff: &Diff, prose: bool) -> usize {
    diff.changes.iter().filter(|change| !is_shown(change, prose)).count()
}

/// What a change is about and what is different.
fn line(change: &ApiChange) -> String {
    match change.place.as_str() {
        "" => format!("{}: {}", change.subject, change.what),
        place => format!("{}, {place}: {}", change.subject, change.what),
    }
}

/// Whom a change breaks, in words.
fn breaks(change: &ApiChange) -> Option<String> {
    let verdict = change.verdict;
    match (verdict.clients == Class::Breaking, verdict.servers == Class::Breaking) {
        (true, true) => Some("breaks clients and servers".to_owned()),
        (true, false) => Some("breaks clients".to_owned()),
        (false, true) => Some("breaks servers".to_owned()),
        (false, false) => None,
    }
}

/// One line about everything.
fn summary(diff: &Diff) -> String {
    if diff.changes.is_empty() && diff.rust.is_empty() {
        return "nothing is different".to_owned();
    }
    let breaking = |side: fn(&ApiChange) -> Class| diff.changes.iter().filter(|of| side(of) == Class::Breaking).count();
    let (clients, servers) = (breaking(|of| of.verdict.clients), breaking(|of| of.verdict.servers));
    let (changes, bump) = (terminal::count(diff.changes.len(), "change"), diff.bump().name());
    format!("{changes}: {clients} break clients, {servers} break servers; the generated client needs a {bump} version")
}
