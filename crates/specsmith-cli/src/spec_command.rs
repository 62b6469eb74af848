//! Documents that a program prints, as code-first servers do.

use std::process::Stdio;

use specsmith::{Committed, Config, DocumentCommand};

use crate::shell;

/// The configuration with the document that its program prints, where it has one.
///
/// # Errors
/// What a person is told where the program cannot be run or fails.
pub(crate) fn printed(config: Config) -> Result<Config, String> {
    let Some(command) = config.document_command().cloned() else {
        return Ok(config);
    };
    let text = run(&command).map_err(|reason| format!("`{}` {reason}, so there is no document", command.line))?;
    Ok(config.printed_document(command.line, text))
}

/// What a program prints; its messages go where ours go.
fn run(command: &DocumentCommand) -> Result<Vec<u8>, String> {
    let mut process = shell::process(&command.line, &command.folder);
    process.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = process.output().map_err(|error| format!("cannot be run: {error}"))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("failed with {}", output.status)),
    }
}

/// What is to be said of a committed document that is not what a program prints: its place, and words behind it.
pub(crate) fn words(committed: &Committed) -> Option<(String, String)> {
    let difference = committed.difference.as_ref()?;
    let line = difference.line.map_or(String::new(), |line| format!(":{line}"));
    let place = format!("{}{line}", committed.path.display());
    let (command, pointer, what) = (&committed.command, &difference.pointer, &difference.what);
    Some((place, format!("is not what `{command}` prints: `{pointer}` {what}")))
}
