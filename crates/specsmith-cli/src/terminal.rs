//! Printing for people: errors on standard error, results on standard output.

use std::{fmt, io::Write, process::ExitCode};

use anstyle::{AnsiColor, Style};

/// All is well.
pub(crate) const OK: u8 = 0;
/// The document cannot be used, or generated files are out of date.
pub(crate) const FAILED: u8 = 1;
/// Wrong usage.
pub(crate) const USAGE: u8 = 2;

/// For words that say what is wrong.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// For words that say what may be wrong.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// For words that say what is right.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// For words that say what can be done.
pub(crate) const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// For names of what follows.
pub(crate) const BOLD: Style = Style::new().bold();

/// Prints a line of the result.
pub(crate) fn result(line: impl fmt::Display) {
    // Whoever closed the pipe has read enough.
    writeln!(anstream::stdout().lock(), "{line}").ok();
}

/// Prints a line that is not the result.
pub(crate) fn message(style: Style, word: &str, text: impl fmt::Display) {
    writeln!(anstream::stderr().lock(), "{style}{word}{style:#}: {text}").ok();
}

/// Prints a line that is not the result and needs no word in front.
pub(crate) fn note(text: impl fmt::Display) {
    writeln!(anstream::stderr().lock(), "{text}").ok();
}

/// Prints that standard input failed; returns the exit code.
pub(crate) fn no_input(error: &std::io::Error) -> ExitCode {
    message(ERROR, "error", format_args!("standard input cannot be read: {error}"));
    ExitCode::from(FAILED)
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}
