//! Lines that users give for a shell.

use std::{path::Path, process::Command};

/// A line as a process of a shell in a folder; an empty one is that of this process.
pub(crate) fn process(line: &str, folder: &Path) -> Command {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut process = Command::new(shell);
    process.args([flag, line]);
    if !folder.as_os_str().is_empty() {
        process.current_dir(folder);
    }
    process
}
