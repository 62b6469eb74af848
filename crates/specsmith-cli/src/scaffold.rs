//! `specsmith scaffold`: begins a program around a server, and says later what it lacks.

use std::process::ExitCode;

use specsmith::{GoneHandler, NewHandlers, ScaffoldReport, ScaffoldResult, Scaffolded, output::Begun};

use crate::{
    arguments::ScaffoldArguments,
    reporter::{Reporter, Results},
    terminal::{self, GOOD, WARNING, count},
};

/// Runs the subcommand.
pub(crate) fn run(arguments: &ScaffoldArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Lines);
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => return reporter.no_config(&error),
    };
    let scaffolded = match specsmith::scaffold_server(&config, arguments.output.as_deref()) {
        Ok(scaffolded) => scaffolded,
        Err(error) => return ExitCode::from(reporter.failure(&error)),
    };
    reporter.findings(&[&scaffolded.findings]);
    if let Some(server) = &scaffolded.missing_server {
        let text = format!(
            "nothing is generated in `{}` yet: `specsmith generate` does that",
            server.display()
        );
        terminal::message(WARNING, "warning", text);
    }
    match &scaffolded.result {
        ScaffoldResult::Begun(begun) => print_begun(&reporter, &scaffolded, begun),
        ScaffoldResult::Compared(report) => print_report(&reporter, &scaffolded, report),
        _ => {}
    }
    ExitCode::from(terminal::OK)
}

fn print_begun(reporter: &Reporter, scaffolded: &Scaffolded, Begun { created, kept }: &Begun) {
    let dir = scaffolded.dir.display();
    for path in kept {
        let text = format!(
            "`{}` was there already, so it stays",
            scaffolded.dir.join(path).display()
        );
        terminal::message(WARNING, "warning", text);
    }
    let files = count(created.len(), "file");
    reporter.result(format_args!("{GOOD}program{GOOD:#} {dir} ({files} created)"));
    reporter.result(format_args!(
        "It begins with `cargo run --manifest-path {dir}/Cargo.toml`."
    ));
}

fn print_report(reporter: &Reporter, scaffolded: &Scaffolded, report: &ScaffoldReport) {
    let place = |file: &str| scaffolded.dir.join(file).display().to_string();
    for (file, error) in &report.unread {
        let text = format!(
            "`{}` cannot be read as Rust, so nothing in it counts: {error}",
            place(file)
        );
        terminal::message(WARNING, "warning", text);
    }
    for GoneHandler {
        interface,
        file,
        member,
    } in &report.gone
    {
        let (file, what) = (
            place(file),
            match member {
                Some(member) => format!("{interface}::{member}"),
                None => interface.clone(),
            },
        );
        terminal::message(
            WARNING,
            "warning",
            format!("`{what}` in `{file}` is not in the document any more"),
        );
    }
    for NewHandlers {
        interface,
        file,
        members,
        stubs,
        is_whole,
    } in &report.new
    {
        let (file, members) = (place(file), members.join("`, `"));
        reporter.result(match is_whole {
            true => format!("{GOOD}new{GOOD:#} `{interface}`, for `{file}` and a line `mod` for it:\n"),
            false => format!("{GOOD}new{GOOD:#} `{members}` of `{interface}`, for `{file}`:\n"),
        });
        reporter.result(stubs);
    }
    if report.new.is_empty() {
        let dir = scaffolded.dir.display();
        reporter.result(format_args!(
            "{GOOD}program{GOOD:#} {dir} (all operations have a handler)"
        ));
    }
}
