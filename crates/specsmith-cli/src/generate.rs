//! `specsmith generate`: writes what a document gives, and says what was written.

use std::{path::Path, process::ExitCode};

use specsmith::{
    Outcome, Output,
    output::{Drift, DriftKind, Report, Written},
};

use crate::{
    arguments::GenerateArguments,
    reporter::Reporter,
    spec_command,
    terminal::{self, ERROR, GOOD, WARNING, count},
    walk::{self, Step, walk},
};

/// What is done with each API.
pub(crate) const STEP: Step<Written> = Step {
    verb: "Generating",
    function: specsmith::generate,
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &GenerateArguments) -> ExitCode {
    let reporter = walk::reporter(arguments);
    let code = walk(arguments, &reporter, STEP, |outcome| tell(&reporter, outcome));
    finish(&reporter, code)
}

/// Prints what was written of an API; returns its exit code.
pub(crate) fn tell(reporter: &Reporter, outcome: &Outcome<Written>) -> u8 {
    if let Some((place, words)) = outcome.committed.as_ref().and_then(spec_command::words) {
        terminal::message(WARNING, "warning", format_args!("{place} {words}"));
    }
    for output in &outcome.outputs {
        warn(output);
        reporter.result(line(&output.name, &output.dir, &output.result));
    }
    if let Some(names) = &outcome.names {
        reporter.result(line("names", &names.path, &names.result));
    }
    terminal::OK
}

/// Runs the subcommand with `--dry-run`: says what would be written. It fails where writing would.
pub(crate) fn dry_run(arguments: &GenerateArguments) -> ExitCode {
    let reporter = walk::reporter(arguments);
    let tell = |outcome: &Outcome<Report>| {
        let outputs = outcome.outputs.iter();
        let outputs = outputs.map(|output| (output.name.as_str(), output.dir.as_path(), &output.result));
        let names = outcome.names.iter();
        let names = names.map(|names| ("names", names.path.as_path(), &names.result));
        let codes = outputs.chain(names).map(|(kind, place, result)| {
            let codes = result.drift.iter().map(|drift| foretell(place, drift));
            let code = codes.max().unwrap_or(terminal::OK);
            reporter.result(would_be(kind, place, result));
            code
        });
        codes.max().unwrap_or(terminal::OK)
    };
    let step = Step {
        verb: "Comparing",
        function: specsmith::check,
    };
    let code = walk(arguments, &reporter, step, tell);
    finish(&reporter, code)
}

fn finish(reporter: &Reporter, code: Result<u8, ExitCode>) -> ExitCode {
    if code.is_ok() {
        reporter.finish();
    }
    code.map_or_else(|code| code, ExitCode::from)
}

/// Says what would become of a file that a person made or changed; returns the exit code that writing would have.
fn foretell(place: &Path, drift: &Drift) -> u8 {
    let place = place.join(&drift.path);
    let place = place.display();
    match drift.kind {
        DriftKind::Foreign => {
            let text = format!("`{place}` is in the way: specsmith did not write it");
            terminal::message(ERROR, "error", text);
            return terminal::FAILED;
        }
        DriftKind::Edited => {
            let text = format!("`{place}` was changed by hand, and would be replaced");
            terminal::message(WARNING, "warning", text);
        }
        DriftKind::Stale if drift.stays() => {
            let text = format!("`{place}` is no longer generated; it was changed by hand, so it would stay");
            terminal::message(WARNING, "warning", text);
        }
        DriftKind::Stale | DriftKind::Missing | DriftKind::Outdated => {}
    }
    terminal::OK
}

/// What would be written, and where.
fn would_be(kind: &str, place: &Path, result: &Report) -> String {
    let count_of = |counts: fn(&Drift) -> bool| result.drift.iter().filter(|drift| counts(drift)).count();
    let created = count_of(|drift| drift.kind == DriftKind::Missing);
    let updated = count_of(|drift| matches!(drift.kind, DriftKind::Outdated | DriftKind::Edited));
    let foreign = count_of(|drift| drift.kind == DriftKind::Foreign);
    let parts = [
        (created, "would be created"),
        (updated, "would be updated"),
        (
            count_of(|drift| drift.kind == DriftKind::Stale && !drift.stays()),
            "would be removed",
        ),
        (
            count_of(|drift| drift.kind == DriftKind::Stale && drift.stays()),
            "would be kept",
        ),
        (foreign, "in the way"),
    ];
    place_with(kind, place, result.up_to_date + created + updated + foreign, &parts)
}

fn warn(Output { dir, result, .. }: &Output<Written>) {
    for path in &result.overwritten {
        let place = dir.join(path);
        let text = format!("`{}` was changed by hand, and is now as generated", place.display());
        terminal::message(WARNING, "warning", text);
    }
    for path in &result.kept {
        let place = dir.join(path);
        let text = format!(
            "`{}` is no longer generated; it was changed by hand, so it stays",
            place.display()
        );
        terminal::message(WARNING, "warning", text);
    }
}

/// What was written, where it is, and what became of it.
fn line(kind: &str, place: &Path, result: &Written) -> String {
    let written = [&result.created, &result.updated, &result.overwritten].map(Vec::len);
    let parts = [
        (result.created.len(), "created"),
        (result.updated.len() + result.overwritten.len(), "updated"),
        (result.removed.len(), "removed"),
        (result.kept.len(), "kept"),
    ];
    place_with(kind, place, written.iter().sum::<usize>() + result.unchanged, &parts)
}

/// An output with how many of its files are what.
fn place_with(kind: &str, place: &Path, files: usize, parts: &[(usize, &str)]) -> String {
    let parts = parts.iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, what)| format!("{number} {what}")).collect();
    let what = match parts.is_empty() {
        true => "unchanged".to_owned(),
        false => parts.join(", "),
    };
    let files = count(files, "file");
    format!("{GOOD}{kind:<6}{GOOD:#} {} ({files}: {what})", place.display())
}
