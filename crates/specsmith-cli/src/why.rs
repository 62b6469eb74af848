//! `specsmith why`: tells what keeps a type alive, and where a name comes from.

use std::process::ExitCode;

use specsmith::{Answer, Why};

use crate::{
    arguments::WhyArguments,
    reporter::{Reporter, Results},
    terminal::{self, BOLD, ERROR, FAILED, OK, result},
};

/// How many operations are named that use a type.
const MAX_USERS: usize = 10;

/// Runs the subcommand.
pub(crate) fn run(arguments: &WhyArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Document);
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => return reporter.no_config(&error),
    };
    let why = match specsmith::why(&config, &arguments.name) {
        Ok(why) => why,
        Err(error) => return ExitCode::from(reporter.failure(&error)),
    };
    reporter.in_short(&why.findings);
    if why.answers.is_empty() {
        let hint = match &why.meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`specsmith list` shows all names".to_owned(),
        };
        let name = arguments.name.escape_debug();
        let text = format!("no schema, type or operation is called `{name}`; {hint}");
        terminal::message(ERROR, "error", text);
        return ExitCode::from(FAILED);
    }
    for (index, answer) in why.answers.iter().enumerate() {
        if index > 0 {
            result("");
        }
        print(&why, answer);
    }
    ExitCode::from(OK)
}

fn print(why: &Why, answer: &Answer) {
    result(format_args!("{BOLD}{}{BOLD:#}", answer.what));
    let sources = &why.findings.sources;
    if let (Some(at), Some(file)) = (sources.line_column(answer.location), sources.file(answer.location.file)) {
        result(format_args!("  at {}:{}:{}", file.name(), at.line, at.column));
    }
    result(format_args!("  named by {}", answer.named_by));
    if answer.is_operation {
        return;
    }
    if answer.users.is_empty() {
        result("  no operation uses it; named schemas are generated all the same");
        return;
    }
    result("  used by");
    for (depth, link) in answer.chain.iter().enumerate() {
        result(format_args!("    {:indent$}{link}", "", indent = depth * 2));
    }
    let count = terminal::count(answer.users.len(), "operation");
    let named: Vec<String> = answer
        .users
        .iter()
        .take(MAX_USERS)
        .map(|user| format!("`{}`", user.escape_debug()))
        .collect();
    let more = if answer.users.len() > MAX_USERS { ", ..." } else { "" };
    result(format_args!("  {count} in all: {}{more}", named.join(", ")));
}
