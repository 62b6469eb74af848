//! `specsmith check`: names each file that is not as it should be, says why, and shows a diff.

use std::{path::Path, process::ExitCode};

use anstyle::{AnsiColor, Style};
use specsmith::{
    Committed, Outcome,
    diagnostics::render,
    output::{Drift, DriftKind, Reason, Report},
};

use crate::{
    arguments::GenerateArguments,
    repair,
    reporter::Reporter,
    spec_command,
    terminal::{self, ERROR, GOOD, HELP, count},
    walk::{self, Step, walk},
};

/// The most lines of one diff that are shown.
const SHOWN_LINES: usize = 40;
/// The most lines of all diffs that are shown.
const ALL_SHOWN_LINES: usize = 400;

/// Runs the subcommand.
pub(crate) fn run(arguments: &GenerateArguments) -> ExitCode {
    let reporter = walk::reporter(arguments);
    let mut found = Found {
        reporter: &reporter,
        mended: 0,
        foreign: 0,
        kept: 0,
        documents: Vec::new(),
        shown: 0,
        hidden: 0,
    };
    let step = Step {
        verb: "Checking",
        function: specsmith::check,
    };
    let code = match walk(arguments, &reporter, step, |outcome| found.tell(outcome)) {
        Ok(code) => code,
        Err(code) => return code,
    };
    found.conclude();
    reporter.finish();
    ExitCode::from(code)
}

/// What was found of all APIs so far.
struct Found<'r> {
    reporter: &'r Reporter,
    /// How many files generating would make right.
    mended: usize,
    /// How many files are in the way.
    foreign: usize,
    /// How many files generating would keep, though they are no longer generated.
    kept: usize,
    /// The commands that write documents as programs print them.
    documents: Vec<String>,
    /// How many lines of diffs were shown.
    shown: usize,
    /// How many files had a diff that was not shown.
    hidden: usize,
}

impl Found<'_> {
    /// Prints what is to be said of an API; returns its exit code.
    fn tell(&mut self, outcome: &Outcome<Report>) -> u8 {
        let mut is_right = self.committed(outcome.committed.as_ref());
        for output in &outcome.outputs {
            is_right &= self.output(&output.name, &output.dir, &output.dir, &output.result);
        }
        if let Some(names) = &outcome.names {
            let folder = names.path.parent().unwrap_or(Path::new(""));
            is_right &= self.output("names", &names.path, folder, &names.result);
        }
        if is_right { terminal::OK } else { terminal::FAILED }
    }

    /// Prints where the document that is committed is not what a program prints; returns whether it is.
    fn committed(&mut self, committed: Option<&Committed>) -> bool {
        let Some((committed, (place, words))) = committed.and_then(|one| Some((one, spec_command::words(one)?))) else {
            return true;
        };
        let reporter = self.reporter;
        reporter.result(format_args!("{ERROR}document{ERROR:#} {place} {words}"));
        let path = committed.path.to_string_lossy();
        let command = format!("{} > {}", committed.command, repair::quoted(&path));
        self.documents.push(command);
        reporter.drift(render::Drift {
            target: "document".to_owned(),
            file: path.into_owned(),
            state: DriftKind::Outdated.name(),
            reasons: vec!["command"],
            message: words,
        });
        false
    }

    /// Prints what is wrong with an output at this place, whose files are in the folder; returns whether nothing is.
    fn output(&mut self, kind: &str, place: &Path, dir: &Path, result: &Report) -> bool {
        let reporter = self.reporter;
        let line = |style: Style, words: &str| {
            reporter.result(format_args!("{style}{kind:<6}{style:#} {words}"));
        };
        if result.is_up_to_date() {
            let files = count(result.up_to_date, "file");
            line(GOOD, &format!("{} ({files}: up to date)", place.display()));
            return true;
        }
        let version = of_version(result);
        if let Some(reason) = version {
            let (drifted, all) = (result.drift.len(), result.up_to_date + result.drift.len());
            let words = reason.words();
            let place = place.display();
            line(
                ERROR,
                &format!("{place} is out of date, {drifted} of {}: {words}", count(all, "file")),
            );
        }
        let is_new = is_new(result);
        if is_new {
            let words = Reason::NeverGenerated.words();
            line(ERROR, &format!("{} is missing: {words}", place.display()));
        }
        for drift in &result.drift {
            let place = dir.join(&drift.path);
            let place = place.to_string_lossy();
            let reasons: Vec<&str> = drift.reasons.iter().map(Reason::name).collect();
            reporter.drift(render::Drift {
                target: kind.to_owned(),
                file: place.to_string(),
                state: drift.kind.name(),
                reasons,
                message: drift.words(),
            });
            self.count(drift);
            if version.is_none() && !is_new {
                line(ERROR, &format!("{place} {}", drift.words()));
                self.diff(drift.diff.as_deref().unwrap_or_default());
            }
        }
        false
    }

    fn count(&mut self, drift: &Drift) {
        *match drift.kind {
            DriftKind::Foreign => &mut self.foreign,
            _ if drift.stays() => &mut self.kept,
            _ => &mut self.mended,
        } += 1;
    }

    fn diff(&mut self, diff: &str) {
        // The names of the two sides say nothing that the line above has not said.
        let lines: Vec<&str> = diff.lines().skip(2).collect();
        if !lines.is_empty() && self.shown >= ALL_SHOWN_LINES {
            self.hidden += 1;
            return;
        }
        for line in lines.iter().take(SHOWN_LINES) {
            let style = match line.chars().next() {
                Some('+') => AnsiColor::Green.on_default(),
                Some('-') => AnsiColor::Red.on_default(),
                Some('@') => AnsiColor::Cyan.on_default(),
                _ => Style::new(),
            };
            self.reporter.result(format_args!("    {style}{line}{style:#}"));
        }
        self.shown += lines.len().min(SHOWN_LINES);
        if let Some(more @ 1..) = lines.len().checked_sub(SHOWN_LINES) {
            self.reporter
                .result(format_args!("    ... {} more", count(more, "line")));
        }
    }

    /// Prints what can be done about it all.
    fn conclude(&self) {
        for command in &self.documents {
            terminal::message(HELP, "help", format_args!("`{command}` writes the document anew"));
        }
        let all = self.mended + self.foreign + self.kept;
        if all == 0 {
            return;
        }
        if self.hidden > 0 {
            let of = count(self.hidden, "more file");
            terminal::message(HELP, "note", format_args!("the diffs of {of} are not shown"));
        }
        terminal::message(ERROR, "error", format_args!("{} not as generated", are(all)));
        if self.foreign > 0 {
            let text = format!(
                "{} in the way: move what is there away, or choose another folder",
                are(self.foreign)
            );
            terminal::message(HELP, "help", text);
        }
        if self.kept > 0 {
            let text = format!("{} never removed: delete what you do not need", are(self.kept));
            terminal::message(HELP, "help", text);
        }
        if self.mended > 0 {
            let command = repair::command();
            let what = if self.mended == all { "that" } else { "the rest" };
            terminal::message(HELP, "help", format_args!("`{command}` mends {what}"));
            self.reporter.repair(&command);
        }
    }
}

/// The reason of all drift, where that is the version of specsmith and nothing else.
fn of_version(result: &Report) -> Option<&Reason> {
    let (first, rest) = result.drift.split_first()?;
    match first.reasons.as_slice() {
        [reason @ Reason::Version { .. }] if rest.iter().all(|drift| drift.reasons == first.reasons) => Some(reason),
        _ => None,
    }
}

/// Whether nothing is there because nothing was generated yet.
fn is_new(result: &Report) -> bool {
    let is_new = |drift: &Drift| drift.reasons == [Reason::NeverGenerated];
    result.up_to_date == 0 && result.drift.len() > 1 && result.drift.iter().all(is_new)
}

fn are(number: usize) -> String {
    let verb = if number == 1 { "is" } else { "are" };
    format!("{} {verb}", count(number, "file"))
}
