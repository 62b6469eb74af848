//! `specsmith man`: the manual pages.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use clap::CommandFactory;
use clap_mangen::Man;

use crate::{
    arguments::Arguments,
    terminal::{self, ERROR},
};

/// Runs the subcommand.
pub(crate) fn run(output: Option<&Path>) -> ExitCode {
    let done = match output {
        None => print(),
        Some(folder) => write(folder),
    };
    match done {
        Ok(()) => ExitCode::from(terminal::OK),
        Err(error) => {
            terminal::message(ERROR, "error", format_args!("the pages cannot be written: {error}"));
            ExitCode::from(terminal::FAILED)
        }
    }
}

fn print() -> io::Result<()> {
    let mut command = Arguments::command();
    command.build();
    let mut text = Vec::new();
    Man::new(command).render(&mut text)?;
    // Whoever closed the pipe has read enough.
    io::stdout().lock().write_all(&text).ok();
    Ok(())
}

/// A page for the command and one for each subcommand, called as `man` looks for them.
fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Arguments::command(), folder)?;
    terminal::result(format_args!("man    {}", folder.display()));
    Ok(())
}
