//! The `specsmith` command: reads its arguments and hands over to a module for the subcommand.

mod arguments;
mod check;
mod completions;
mod config_schema;
mod coverage;
mod diff;
mod explain;
mod generate;
mod generators;
mod init;
mod ir;
mod lint;
mod list;
mod man;
#[cfg(feature = "mock")]
mod mock;
mod repair;
mod reporter;
mod revision;
mod scaffold;
mod shell;
mod spec_command;
mod terminal;
mod transform;
mod walk;
#[cfg(feature = "watch")]
mod watch;
mod why;

use std::process::ExitCode;

use clap::Parser;

use arguments::{AboutConfig, Arguments, Command};

/// Making text takes many small pieces of memory, and those of systems are slow at it.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    completions::answer();
    let Arguments { command } = Arguments::parse();
    match command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Generate {
            arguments,
            dry_run: true,
            ..
        } => generate::dry_run(&arguments),
        #[cfg(feature = "watch")]
        Command::Generate {
            arguments, watch: true, ..
        } => watch::run(&arguments),
        Command::Generate { arguments, .. } => generate::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Scaffold(arguments) => scaffold::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Bundle(arguments) => transform::run(&arguments, specsmith::bundle),
        Command::Upgrade(arguments) => transform::run(&arguments, specsmith::upgrade),
        #[cfg(feature = "mock")]
        Command::Mock(arguments) => mock::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
        Command::Ir(arguments) => ir::run(&arguments),
        Command::Config {
            about: AboutConfig::Schema,
        } => config_schema::run(),
        Command::Completions { shell } => completions::run(shell),
        Command::Man { output } => man::run(output.as_deref()),
        Command::Explain(arguments) => explain::run(&arguments),
    }
}
