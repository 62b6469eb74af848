//! `specsmith completions`: what shells complete of the command line.

use std::{io, process::ExitCode};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::{arguments::Arguments, terminal};

/// Runs the subcommand.
pub(crate) fn run(shell: Shell) -> ExitCode {
    // Whoever closed the pipe has read enough; the library would panic.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "specsmith", &mut text);
    io::Write::write_all(&mut io::stdout().lock(), &text).ok();
    ExitCode::from(terminal::OK)
}
