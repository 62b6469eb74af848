//! `specsmith explain`: what a code means and what to do about it.

use std::process::ExitCode;

use specsmith_diagnostics::{Code, closest};

use crate::{
    arguments::ExplainArguments,
    terminal::{self, ERROR, GOOD, OK, USAGE},
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &ExplainArguments) -> ExitCode {
    let Some(name) = &arguments.code else {
        for code in Code::ALL {
            terminal::result(format_args!("{GOOD}{:<28}{GOOD:#} {}", code.name(), severity(*code)));
        }
        return ExitCode::from(OK);
    };
    let Some(code) = Code::from_name(name) else {
        let hint = match closest(name, Code::ALL.iter().map(|code| code.name())) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None => "; `specsmith explain` lists all".to_owned(),
        };
        terminal::message(ERROR, "error", format_args!("there is no code `{name}`{hint}"));
        return ExitCode::from(USAGE);
    };
    terminal::result(format_args!("{GOOD}{}{GOOD:#} ({})\n", code.name(), severity(code)));
    for line in code.explanation().lines() {
        terminal::result(line.strip_prefix(' ').unwrap_or(line));
    }
    ExitCode::from(OK)
}

/// What it is unless the configuration says otherwise.
fn severity(code: Code) -> String {
    let name = code.severity().name();
    if code.is_fixed() {
        format!("always an {name}")
    } else {
        name.to_owned()
    }
}
