//! A shell in an empty folder, with the command on its path: what a user has.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use crate::{command, compile, root};

/// How long a command that goes on may take until it says something; cargo may have to build it.
const LONGEST_START: Duration = Duration::from_secs(300);

/// The ports that guides name; each shell has others, so that guides are walked at the same time.
const PORTS: [&str; 2] = ["127.0.0.1:4010", "127.0.0.1:8080"];

/// What a command said.
pub(crate) struct Said {
    pub(crate) succeeds: bool,
    /// Standard output and standard error, as they came.
    pub(crate) text: String,
}

/// A shell.
pub(crate) struct Shell {
    /// The folder that it began in.
    home: PathBuf,
    /// The folder that it is in.
    folder: PathBuf,
    /// What guides say, and what is true here.
    addresses: Vec<(&'static str, String)>,
    running: Vec<Child>,
}

impl Shell {
    /// Begins in an empty folder, which is below no other crate, and at the same place in each run of the tests, so that
    /// what cargo makes of it does not pile up.
    pub(crate) fn new(name: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        root().hash(&mut hasher);
        let folder = env::temp_dir().join(format!("specsmith-{:016x}", hasher.finish()));
        let home = folder.join(name);
        fs::remove_dir_all(&home).ok();
        fs::create_dir_all(home.join("out")).expect("a folder");
        let home = home.join("out").canonicalize().expect("a folder");
        let listeners = PORTS.map(|port| (port, TcpListener::bind("127.0.0.1:0").expect("a port")));
        let addresses = listeners.map(|(port, listener)| (port, listener.local_addr().expect("bound").to_string()));
        Self {
            folder: home.clone(),
            home,
            addresses: addresses.to_vec(),
            running: Vec::new(),
        }
    }

    /// Writes a file of the folder.
    pub(crate) fn put(&self, file: &str, text: &str) {
        println!("({file}: {} lines)", text.lines().count());
        compile::put(&self.folder.join(file), &self.here(text));
    }

    /// The text of a file of the folder.
    pub(crate) fn get(&self, file: &str) -> String {
        let path = self.folder.join(file);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Puts lines in the place of others, which are there once.
    pub(crate) fn change(&self, file: &str, before: &str, after: &str) {
        let (text, before) = (self.get(file), self.here(before));
        assert_eq!(
            text.matches(&before).count(),
            1,
            "{file} has not once:\n{before}\n{text}"
        );
        println!("({file})");
        before.lines().for_each(|line| println!("-{line}"));
        after.lines().for_each(|line| println!("+{line}"));
        compile::put(&self.folder.join(file), &text.replace(&before, &self.here(after)));
    }

    /// Runs a line and waits until it ends, or, where it ends in ` &`, until it says something.
    pub(crate) fn run(&mut self, line: &str) -> Said {
        println!("$ {line}");
        let mut said = self.said(line);
        if !said.text.is_empty() && !said.text.ends_with('\n') {
            said.text.push('\n');
        }
        print!("{}", said.text);
        said
    }

    fn said(&mut self, line: &str) -> Said {
        if line == "kill %1" {
            let child = &mut self.running[0];
            let succeeds = child.kill().and_then(|()| child.wait()).is_ok();
            let text = String::new();
            return Said { succeeds, text };
        }
        if line.starts_with("cargo ") || line.contains("&& cargo ") {
            self.lock();
        }
        let text = self.home.with_file_name(format!("said-{}", self.running.len()));
        let place = self.home.with_file_name("place");
        let mut command = self.command(&place, &text);
        if let Some(line) = line.strip_suffix(" &") {
            let line = match line.strip_prefix("specsmith mock") {
                Some(rest) => format!("specsmith mock{rest} --address {}", self.addresses[0].1),
                None => line.to_owned(),
            };
            let child = command.arg(format!("exec {line}")).spawn().expect("a shell");
            return self.wait(child, &text);
        }
        let line = format!("{}\ncode=$?; pwd > \"$PLACE\"; exit $code", self.here(line));
        let status = command.arg(line).status().expect("a shell");
        let folder = fs::read_to_string(&place).expect("the place where the shell is");
        self.folder = PathBuf::from(folder.trim_end());
        Said {
            succeeds: status.success(),
            text: self.there(&fs::read_to_string(&text).expect("text")),
        }
    }

    /// A shell that says what it says in a file, without an argument yet.
    fn command(&self, place: &Path, text: &Path) -> Command {
        let file = fs::File::create(text).expect("a file");
        let binary = command::binary().parent().expect("a folder").to_owned();
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([binary].into_iter().chain(env::split_paths(&path))).expect("paths");
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .current_dir(&self.folder)
            .env("PATH", path)
            .env("PLACE", place)
            .env("ADDRESS", &self.addresses[1].1)
            .env("CARGO_TARGET_DIR", compile::target())
            .env("CARGO_TERM_QUIET", "true")
            .env("CARGO_TERM_COLOR", "never")
            // As the other programs are built, so that dependencies are shared.
            .env("RUSTFLAGS", "-D warnings")
            .env("GIT_CONFIG_GLOBAL", "none")
            .env("GIT_AUTHOR_NAME", "A")
            .env("GIT_AUTHOR_EMAIL", "a@example.com")
            .env("GIT_COMMITTER_NAME", "A")
            .env("GIT_COMMITTER_EMAIL", "a@example.com")
            .stdout(file.try_clone().expect("a file"))
            .stderr(file);
        command
    }

    /// Waits until a command that goes on says something.
    fn wait(&mut self, mut child: Child, text: &Path) -> Said {
        let start = Instant::now();
        let said = loop {
            let said = fs::read_to_string(text).expect("text");
            let ended = child.try_wait().expect("a process").is_some();
            if said.contains('\n') || ended || start.elapsed() > LONGEST_START {
                break said;
            }
            thread::sleep(Duration::from_millis(20));
        };
        let succeeds = child.try_wait().expect("a process").is_none() && said.contains('\n');
        self.running.push(child);
        Said {
            succeeds,
            text: self.there(&said),
        }
    }

    /// Gives cargo the versions of this workspace, so that nothing needs to be fetched; and clients no TLS, which takes
    /// minutes to build and is not used by calls to this machine.
    fn lock(&self) {
        let manifest = self.folder.join("Cargo.toml");
        let Ok(text) = fs::read_to_string(&manifest) else {
            return;
        };
        let plain = text.replace("-client\" }", "-client\", features = [] }");
        let plain = plain.replace("-client\", features", "-client\", default-features = false, features");
        compile::put(&manifest, &plain);
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            fs::copy(root().join("Cargo.lock"), lock).expect("a file");
        }
    }

    /// A text with the addresses of this shell.
    fn here(&self, text: &str) -> String {
        let addresses = self.addresses.iter();
        addresses.fold(text.to_owned(), |text, (told, is)| text.replace(told, is))
    }

    /// A text with the addresses of guides.
    fn there(&self, text: &str) -> String {
        let addresses = self.addresses.iter();
        addresses.fold(text.to_owned(), |text, (told, is)| text.replace(is.as_str(), told))
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        for child in &mut self.running {
            child.kill().ok();
            child.wait().ok();
        }
    }
}
