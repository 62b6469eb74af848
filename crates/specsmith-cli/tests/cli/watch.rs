//! `generate --watch`, `--timings`, and what is said while a person waits.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use crate::folder::{DOCUMENT, Folder};

/// A command that watches; it ends with this.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Watching {
    fn start(folder: &Folder, arguments: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_specsmith"))
            .args(arguments.split_whitespace())
            .current_dir(folder.path("."))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command");
        let (sender, lines) = mpsc::channel();
        let told = BufReader::new(child.stderr.take().expect("a pipe"));
        thread::spawn(move || {
            told.lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        Self { child, lines }
    }

    /// The lines up to the one that begins so.
    fn until(&self, begin: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60)).expect("a line");
            lines.push(line.clone());
            if line.starts_with(begin) {
                return lines;
            }
        }
    }

    /// Whether nothing is said for a while.
    fn is_silent(&self) -> bool {
        self.lines.recv_timeout(Duration::from_millis(400)).is_err()
    }
}

#[test]
fn generates_again_when_a_file_that_was_read_has_changed() {
    let folder = Folder::new();
    let text = DOCUMENT.replace("'#/components/schemas/Greeting'", "'parts/greeting.yaml'");
    folder.put("openapi.yaml", &text);
    folder.put(
        "parts/greeting.yaml",
        "type: object\nproperties: { text: { type: string } }\n",
    );
    folder.put("specsmith.toml", "document = \"openapi.yaml\"\nclient.dir = \"sdk\"\n");
    let watching = Watching::start(&folder, "generate --watch");
    let first = watching.until("watching");
    assert!(first[0].starts_with("watching 3 files, after "), "{first:?}");
    let readme = || folder.get("sdk/README.md");
    assert!(readme().starts_with("# Greetings"));
    // In place, and as editors do that put another file in its place.
    folder.put("openapi.yaml", &text.replace("title: Greetings", "title: Salutations"));
    watching.until("watching");
    assert!(readme().starts_with("# Salutations"));
    folder.put("new.yaml", &text.replace("title: Greetings", "title: Welcomes"));
    fs::rename(folder.path("new.yaml"), folder.path("openapi.yaml")).expect("renamed");
    watching.until("watching");
    assert!(readme().starts_with("# Welcomes"));
    // What is wrong is told, and mended by the next change.
    folder.put("openapi.yaml", "openapi: [");
    let lines = watching.until("watching");
    assert!(lines[0].starts_with("error[syntax-error]"), "{lines:?}");
    folder.put("openapi.yaml", &text);
    watching.until("watching");
    folder.put(
        "parts/greeting.yaml",
        "type: object\nproperties: { words: { type: string } }\n",
    );
    watching.until("watching");
    assert!(folder.get("sdk/src/types/greetings.rs").contains("words"));
    // Neither another file nor the same text is a change.
    folder.put("other.yaml", "x");
    folder.put("openapi.yaml", &text);
    assert!(watching.is_silent());
    folder.put(
        "specsmith.toml",
        "document = \"openapi.yaml\"\nclient.dir = \"other\"\n",
    );
    watching.until("watching");
    assert!(folder.path("other/README.md").exists());
}

#[test]
fn standard_input_cannot_be_watched() {
    let folder = Folder::new();
    let run = folder.run("generate - --client sdk --watch");
    assert!(run.code == 2 && run.err.contains("cannot be watched"), "{run:?}");
    let run = folder.run("generate openapi.yaml --client sdk --watch --dry-run");
    assert_eq!(run.code, 2, "{run:?}");
}
