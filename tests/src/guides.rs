//! The guides are true: what they show is written, run and compiled in the order in which it stands there.
//!
//! A guide is walked in an empty folder. Each of its blocks does something:
//!
//! - `console`: the lines behind `$ ` are run by a shell; what stands below one is what it prints, where something stands
//!   there. A line `...` is any number of lines. A command succeeds unless a line of what it prints begins with `error`. One
//!   that ends in ` &` goes on until the guide ends, and what it prints at first is compared.
//! - `diff`: `--- FILE`, then the lines of one place of that file, and what becomes of them.
//! - anything else is a file, whose name is the comment on its first line.
//!
//! `SPECSMITH_UPDATE=1` writes what commands print into the guides.

mod block;
mod shell;

use std::{collections::BTreeSet, env, fs, process::Command};

use self::block::{Block, Part};
pub(crate) use self::shell::Shell;
use crate::{files, root, stem};

/// Walks a guide, and compares it with what happens.
fn walk(guide: &str) {
    let path = root().join("docs/guides").join(guide).with_extension("md");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if text.contains("$ curl ") && Command::new("curl").arg("--version").output().is_err() {
        println!("there is no curl, so the guide is not walked");
        return;
    }
    let mut shell = Shell::new(guide);
    let (mut said, mut wrong) = (String::new(), Vec::new());
    for part in block::parts(&text) {
        match part {
            Part::Text(text) => said.push_str(text),
            Part::Block(block) => said.push_str(&follow(&mut shell, &block, &mut wrong)),
        }
    }
    if is_update() {
        fs::write(path, said).expect("a guide");
    } else {
        assert!(wrong.is_empty(), "docs/guides/{guide}.md:\n{}", wrong.join("\n"));
    }
}

/// Whether guides get what commands print.
fn is_update() -> bool {
    env::var_os("SPECSMITH_UPDATE").is_some()
}

/// Does what a block says; returns the block as it should be.
fn follow(shell: &mut Shell, block: &Block, wrong: &mut Vec<String>) -> String {
    match block.language {
        "console" => {
            let mut said = "```console\n".to_owned();
            for (command, shown) in block.commands() {
                let fails = shown.lines().any(|line| line.starts_with("error"));
                let run = shell.run(command);
                assert!(
                    run.succeeds != fails || (is_update() && !shown.is_empty()),
                    "line {}: {command}\n{}",
                    block.line,
                    run.text
                );
                let is_right = shown.is_empty() || block::is_alike(shown, &run.text, command.ends_with(" &"));
                if !is_right {
                    wrong.push(format!(
                        "line {}: {command}\nshown:\n{shown}\nsaid:\n{}",
                        block.line, run.text
                    ));
                }
                let text = if is_right { shown } else { &run.text };
                said.push_str(&format!("$ {command}\n{text}"));
            }
            said + "```\n"
        }
        "diff" => {
            let (file, before, after) = block.change();
            shell.change(file, &before, &after);
            block.whole()
        }
        _ => {
            shell.put(block.file(), block.text);
            block.whole()
        }
    }
}

/// Guides that are not walked: their code is compiled elsewhere, or they are about services that are not here.
const OTHERS: [&str; 7] = [
    "blocking",
    "build-script",
    "ci",
    "generators",
    "migration",
    "testing",
    "versions",
];

/// A test for each guide that is walked.
macro_rules! guides {
    ($($test:ident $guide:literal)*) => {
        $(#[test]
        fn $test() {
            walk($guide);
        })*

        #[test]
        fn all_guides_are_walked() {
            let found: BTreeSet<String> = files(&root().join("docs/guides"), &["md"]).iter().map(|path| stem(path)).collect();
            let known = [$($guide),*].into_iter().chain(OTHERS).map(str::to_owned).collect();
            assert_eq!(found, known);
        }
    };
}

guides! {
    first_client "first-client"
    first_server "first-server"
    authentication "authentication"
    pagination "pagination"
    overlays "overlays"
    module "module"
}
