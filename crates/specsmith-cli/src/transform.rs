//! `specsmith bundle` and `specsmith upgrade`: print a document that is made from another one.

use std::{fs, io::Write, path::Path, process::ExitCode};

use specsmith::{Config, Error, Findings, Format, Printed, output};

use crate::{
    arguments::TransformArguments,
    reporter::{Reporter, Results},
    terminal::{self, ERROR, FAILED, GOOD, OK, USAGE},
};

/// What makes a document from another one.
type Step = fn(&Config, Option<Format>) -> Result<Printed, Error>;

/// Runs a subcommand.
pub(crate) fn run(arguments: &TransformArguments, step: Step) -> ExitCode {
    let results = match arguments.output {
        Some(_) => Results::Lines,
        None => Results::Document,
    };
    let reporter = Reporter::new(&arguments.reporting, results);
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => return reporter.no_config(&error),
    };
    let printed = match step(&config, arguments.format()) {
        Ok(printed) => printed,
        Err(error) => return ExitCode::from(reporter.failure(&error)),
    };
    reporter.findings(&[&printed.findings]);
    match &arguments.output {
        Some(path) => write(&reporter, path, &printed),
        None => {
            // Whoever closed the pipe has read enough.
            std::io::stdout().lock().write_all(printed.text.as_bytes()).ok();
            ExitCode::from(OK)
        }
    }
}

fn write(reporter: &Reporter, path: &Path, printed: &Printed) -> ExitCode {
    if is_read(path, &printed.findings) {
        let text = format!("`{}` is read for the document, so it is not written", path.display());
        terminal::message(ERROR, "error", text);
        return ExitCode::from(USAGE);
    }
    match output::write_file(path, &printed.text) {
        Ok(changed) => {
            let what = if changed { "written" } else { "unchanged" };
            reporter.result(format_args!("{GOOD}document{GOOD:#} {} ({what})", path.display()));
            ExitCode::from(OK)
        }
        Err(error) => {
            terminal::message(ERROR, "error", error);
            ExitCode::from(FAILED)
        }
    }
}

/// Whether the file is one of those that the document consists of.
fn is_read(path: &Path, findings: &Findings) -> bool {
    let Ok(place) = fs::canonicalize(path) else {
        return false;
    };
    let mut files = findings.sources.iter().map(|file| file.name());
    files.any(|name| fs::canonicalize(name).is_ok_and(|file| file == place))
}
