//! What shells complete of the command line: `specsmith completions` tells a shell to ask, and the command answers with
//! subcommands, options, and names of the document.

use std::{env, ffi::OsStr, io, path::Path, process::ExitCode};

use clap::CommandFactory;
use clap_complete::{
    CompleteEnv, Shell,
    engine::{ArgValueCompleter, CompletionCandidate},
    env::Shells,
};
use specsmith::{Config, Listing, Project, diagnostics::Code};

use crate::{arguments::Arguments, terminal};

/// The variable with which shells ask.
const VARIABLE: &str = "COMPLETE";

/// Runs the subcommand.
pub(crate) fn run(shell: Shell) -> ExitCode {
    let name = "specsmith";
    let mut text = Vec::new();
    if let Some(shell) = Shells::builtins().completer(&shell.to_string()) {
        // What is kept in memory can always be written.
        shell.write_registration(VARIABLE, name, name, name, &mut text).ok();
    }
    // Whoever closed the pipe has read enough.
    io::Write::write_all(&mut io::stdout().lock(), &text).ok();
    ExitCode::from(terminal::OK)
}

/// Answers where a shell asks, and ends the process then.
pub(crate) fn answer() {
    CompleteEnv::with_factory(Arguments::command).var(VARIABLE).complete();
}

/// Completes what selects operations: tags, paths and operationIds.
pub(crate) fn selectors() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let listing = listing();
        let operations = listing.iter().flat_map(|listing| &listing.operations);
        let names = operations.flat_map(|operation| {
            let tags = operation.tags.iter().map(|tag| format!("tag:{tag}"));
            tags.chain(operation.id.clone()).chain([operation.path.clone()])
        });
        candidates(current, names)
    })
}

/// Completes names of schemas and operations.
pub(crate) fn names() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let listing = listing();
        let listing = listing.iter();
        let names = listing.flat_map(|listing| {
            let schemas = listing.schemas.iter().map(|schema| schema.name.clone());
            schemas.chain(listing.operations.iter().filter_map(|operation| operation.id.clone()))
        });
        candidates(current, names)
    })
}

/// Completes codes of diagnostics, the last one of a list.
pub(crate) fn codes() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| candidates(current, Code::ALL.iter().map(|code| code.name().to_owned())))
}

/// Completes the names of the APIs of the configuration file.
pub(crate) fn apis() -> ArgValueCompleter {
    ArgValueCompleter::new(|current: &OsStr| {
        let project = Config::find_file().and_then(|file| Project::from_file(file).ok());
        let names: Vec<String> = project.iter().flat_map(Project::names).map(str::to_owned).collect();
        candidates(current, names.into_iter())
    })
}

/// The names that go on with what is typed, each once.
fn candidates(current: &OsStr, names: impl Iterator<Item = String>) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy();
    let mut names: Vec<String> = names.filter(|name| name.starts_with(&*typed)).collect();
    names.sort();
    names.dedup();
    names.into_iter().map(CompletionCandidate::new).collect()
}

/// What the document has that the line names, or else the configuration file; of one that cannot be used, nothing.
fn listing() -> Option<Listing> {
    let is_document = |word: &String| {
        let path = Path::new(word);
        let extension = path.extension().and_then(OsStr::to_str);
        extension.is_some_and(|extension| ["json", "yaml", "yml"].contains(&extension)) && path.is_file()
    };
    let config = match env::args().skip(1).find(is_document) {
        Some(document) => Config::new(document),
        None => {
            let project = Project::from_file(Config::find_file()?).ok()?;
            let (_, config) = project.into_configs().into_iter().next()?;
            config
        }
    };
    specsmith::list(&config).ok()
}
