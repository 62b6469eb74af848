//! The `specsmith` command as a process of its own: what it says, how long it takes, how much memory it needs.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use crate::root;

/// How much time of a processor a run may take; without optimisation everything takes about six times as long.
pub(crate) const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 240 } else { 10 });

/// How long a run may take in all, which depends on what else the machine does.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// How much memory a run may use, in KiB.
pub(crate) const MOST_MEMORY: u64 = 1 << 20;

/// What became of a run.
pub(crate) struct Run {
    /// The exit code; `None` where a signal or the clock ended the run.
    pub(crate) code: Option<i32>,
    /// What it printed on standard error.
    pub(crate) errors: String,
    /// The time of a processor that it took; how long it took in all, where the system does not tell.
    pub(crate) time: Duration,
    /// The most memory that it used, in KiB, where the system tells.
    pub(crate) memory: Option<u64>,
}

impl Run {
    /// The first of the worst findings in one line; empty if there is none.
    pub(crate) fn first_finding(&self) -> &str {
        let first = |word| self.errors.lines().find(|line| line.starts_with(word));
        let found = ["error[", "warning[", "note["].into_iter().find_map(first);
        found.unwrap_or_default()
    }

    /// Whether something is wrong with how it ended: a signal, a panic, too much time or memory.
    pub(crate) fn failure(&self) -> Option<String> {
        if self.time >= LONGEST {
            Some(format!("takes {:?}", self.time))
        } else if self.errors.contains("panicked at") {
            Some(format!("panics: {}", self.errors))
        } else if self.memory.is_some_and(|memory| memory > MOST_MEMORY) {
            Some(format!("needs {:?} KiB", self.memory))
        } else if !matches!(self.code, Some(0 | 1)) {
            Some(format!("ends with {:?}: {}", self.code, self.errors))
        } else {
            None
        }
    }
}

/// The command, built as this test was.
pub(crate) fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        // Without tests beside it, its dependencies have fewer features, and all are built once more.
        if let Some(built) = env::var_os("SPECSMITH_BINARY") {
            return fs::canonicalize(built).expect("SPECSMITH_BINARY is a program");
        }
        let test = env::current_exe().expect("the test");
        let profile = test.ancestors().nth(2).expect("a folder of the profile");
        let mut build = Command::new(env!("CARGO"));
        build
            .args(["build", "--quiet", "--package", "specsmith-cli"])
            .current_dir(root());
        if profile.ends_with("release") {
            build.arg("--release");
        }
        build.env("CARGO_TARGET_DIR", profile.parent().expect("a target folder"));
        assert!(build.status().expect("cargo").success(), "the command does not compile");
        profile.join(format!("specsmith{}", env::consts::EXE_SUFFIX))
    })
}

/// Runs the command with these arguments in this folder.
pub(crate) fn run<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Run {
    let errors = folder.join("stderr.txt");
    let mut command = limited();
    let start = Instant::now();
    let mut child = command
        .args(arguments)
        .current_dir(folder)
        // Open and silent: whoever reads it waits for ever.
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(fs::File::create(&errors).expect("a file"))
        .spawn()
        .expect("the command");
    let (mut memory, mut time) = (None, None);
    let code = loop {
        memory = peak(&child).max(memory);
        time = processor_time(&child).max(time);
        if let Some(status) = child.try_wait().expect("a process") {
            break status.code();
        }
        if time.unwrap_or_default() > LONGEST || start.elapsed() > LONGEST_WAIT {
            child.kill().ok();
            child.wait().expect("a process");
            break None;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let time = time.unwrap_or(start.elapsed());
    let mut text = Vec::new();
    let mut file = fs::File::open(&errors).expect("a file");
    file.read_to_end(&mut text).expect("a file");
    Run {
        code,
        errors: String::from_utf8_lossy(&text).into_owned(),
        time,
        memory,
    }
}

/// The command; where there is a shell that can limit it, with no more memory than a run may use.
fn limited() -> Command {
    if !cfg!(unix) {
        return Command::new(binary());
    }
    let mut shell = Command::new("sh");
    let line = format!("ulimit -v {MOST_MEMORY} && exec \"$0\" \"$@\"");
    shell.args(["-c", &line]).arg(binary());
    shell
}

/// The most memory that a process used so far, in KiB; only Linux tells.
fn peak(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The time of a processor that a process used so far; only Linux tells, in hundredths of a second.
fn processor_time(child: &Child) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    // Behind the name, which may contain spaces: the time of the process and of the system for it.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks()? + ticks()?)))
}
