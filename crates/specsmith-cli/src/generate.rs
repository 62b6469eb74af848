//! `specsmith generate`: writes what a document gives, and says what was written.

use std::{path::Path, process::ExitCode};

use specsmith::{Output, output::Written};

use crate::{
    arguments::GenerateArguments,
    each::each,
    reporter::{Reporter, Results},
    terminal::{self, GOOD, WARNING, count},
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
    let files = written.iter().sum::<usize>() + result.unchanged;
    let parts = [
        (result.created.len(), "created"),
        (result.updated.len() + result.overwritten.len(), "updated"),
        (result.removed.len(), "removed"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    let what = if parts.is_empty() {
        "unchanged".to_owned()
    } else {
        parts.join(", ")
    };
    format!(
        "{GOOD}{kind:<6}{GOOD:#} {} ({}: {what})",
        place.display(),
        count(files, "file")
    )
}
