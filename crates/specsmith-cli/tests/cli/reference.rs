//! `docs/reference/command-line.md` is what the command says about itself.
//!
//! `SPECSMITH_UPDATE=1 cargo test -p specsmith-cli reference` writes it.

use std::{env, fmt::Write, fs, path::Path};

use crate::folder::Folder;

fn page() -> String {
    let folder = Folder::new();
    let help = |command: &str| {
        let run = folder.run(&format!("{command} --help"));
        assert_eq!(run.code, 0, "{run:?}");
        let lines: Vec<&str> = run.out.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().replace("specsmith.exe", "specsmith")
    };
    let overview = help("");
    let commands = overview
        .split("Commands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next());
    let names = commands
        .expect("commands")
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let mut page = format!("# Command line\n\nWhat `--help` says.\n\n```text\n{overview}\n```\n");
    for name in names.filter(|name| *name != "help") {
        write!(page, "\n## {name}\n\n```text\n{}\n```\n", help(name)).expect("memory");
    }
    page
}

#[test]
fn the_command_line_is_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/command-line.md");
    let page = page();
    if env::var_os("SPECSMITH_UPDATE").is_some() {
        fs::write(&path, &page).expect("a file");
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        found == page,
        "docs/reference/command-line.md is out of date; SPECSMITH_UPDATE=1 writes it"
    );
}
