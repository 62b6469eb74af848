//! The pages of `docs/reference` that are made from code are what the code says.
//!
//! `SPECSMITH_UPDATE=1 cargo test -p specsmith-tests reference` writes them.

use std::{env, fmt::Write, fs};

use specsmith_diagnostics::{Code, Severity};

use crate::root;

fn diagnostics() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         Everything that specsmith has to say about a document has one of these codes. An error means that nothing is\n\
         generated; with a warning only one place is affected; a note is worth knowing. `specsmith explain CODE` prints\n\
         the same text.\n\n\
         `--deny`, `--warn` and `--allow` give a code another severity, except where it says *always*: nothing can be made\n\
         of such a document.\n",
    );
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error if code.is_fixed() => "Error, always",
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        };
        let lines: Vec<&str> = code.explanation().lines().map(str::trim).collect();
        write!(
            page,
            "\n## {}\n\n{severity}. {}\n",
            code.name(),
            lines.join("\n").trim_end()
        )
        .expect("memory");
    }
    page
}

#[test]
fn diagnostics_are_documented() {
    let path = root().join("docs/reference/diagnostics.md");
    let page = diagnostics();
    if env::var_os("SPECSMITH_UPDATE").is_some() {
        fs::write(&path, &page).expect("a file");
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        found == page,
        "{} is out of date; SPECSMITH_UPDATE=1 writes it",
        path.display()
    );
}
