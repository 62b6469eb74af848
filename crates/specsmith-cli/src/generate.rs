//! `specsmith generate`: writes what a document gives, and says what was written.

use std::{path::Path, process::ExitCode};

use specsmith::{
    Output,
    output::{DriftKind, Report, Written},
};

use crate::{
    arguments::GenerateArguments,
    each::each,
    reporter::{Reporter, Results},
    terminal::{self, ERROR, GOOD, WARNING, count},
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &GenerateArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Lines);
    let configs = match arguments.configs() {
        Ok(configs) => configs,
        Err(error) => return reporter.no_config(&error),
    };
    let outcomes = each(&configs, |(_, config)| specsmith::generate(config));
    let told = configs.iter().zip(outcomes).map(|((name, _), outcome)| {
        reporter.begin(name.as_deref());
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => return reporter.failure(&error),
        };
        reporter.findings(&[&outcome.findings]);
        for output in &outcome.outputs {
            warn(output);
            reporter.result(summary(output));
        }
        if let Some(names) = &outcome.names {
            reporter.result(line("names", &names.path, &names.result));
        }
        terminal::OK
    });
    ExitCode::from(told.max().unwrap_or(terminal::OK))
}

/// Runs the subcommand with `--dry-run`: says what would be written. It fails where writing would.
pub(crate) fn dry_run(arguments: &GenerateArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Lines);
    let configs = match arguments.configs() {
        Ok(configs) => configs,
        Err(error) => return reporter.no_config(&error),
    };
    let outcomes = each(&configs, |(_, config)| specsmith::check(config));
    let told = configs.iter().zip(outcomes).map(|((name, _), outcome)| {
        reporter.begin(name.as_deref());
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => return reporter.failure(&error),
        };
        reporter.findings(&[&outcome.findings]);
        let outputs = outcome.outputs.iter();
        let outputs = outputs.map(|output| (output.kind.name(), output.dir.as_path(), &output.result));
        let names = outcome
            .names
            .iter()
            .map(|names| ("names", names.path.as_path(), &names.result));
        let codes = outputs.chain(names).map(|(kind, place, result)| {
            reporter.result(would_be(kind, place, result));
            let foreign = result.drift.iter().filter(|drift| drift.kind == DriftKind::Foreign);
            let foreign: Vec<_> = foreign.map(|drift| place.join(&drift.path)).collect();
            for path in &foreign {
                let text = format!("`{}` is in the way: specsmith did not write it", path.display());
                terminal::message(ERROR, "error", text);
            }
            if foreign.is_empty() {
                terminal::OK
            } else {
                terminal::FAILED
            }
        });
        codes.max().unwrap_or(terminal::OK)
    });
    ExitCode::from(told.max().unwrap_or(terminal::OK))
}

/// What would be written, and where.
fn would_be(kind: &str, place: &Path, result: &Report) -> String {
    let count_of = |kinds: &[DriftKind]| {
        let drift = result.drift.iter();
        drift.filter(|drift| kinds.contains(&drift.kind)).count()
    };
    let parts = [
        (count_of(&[DriftKind::Missing]), "would be created"),
        (count_of(&[DriftKind::Outdated, DriftKind::Edited]), "would be updated"),
        (count_of(&[DriftKind::Stale]), "would be removed"),
        (count_of(&[DriftKind::Foreign]), "in the way"),
    ];
    place_with(kind, place, result.up_to_date + result.drift.len(), &parts)
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

fn summary(Output { kind, dir, result }: &Output<Written>) -> String {
    line(kind.name(), dir, result)
}

/// What was written, where it is, and what became of it.
fn line(kind: &str, place: &Path, result: &Written) -> String {
    let written = [&result.created, &result.updated, &result.overwritten].map(Vec::len);
    let parts = [
        (result.created.len(), "created"),
        (result.updated.len() + result.overwritten.len(), "updated"),
        (result.removed.len(), "removed"),
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
