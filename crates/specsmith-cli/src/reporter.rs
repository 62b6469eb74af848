//! Printing of what there is to say about documents, in the format that was asked for.
//!
//! What people read goes to standard error, and what programs read to standard output, unless the result of the command
//! goes there.

use std::{cell::RefCell, env, io::Write, path::PathBuf, process::ExitCode};

use specsmith::{
    Config, ConfigError, Error, Findings,
    diagnostics::{
        closest,
        render::{
            Base, Drift, github, json, sarif,
            terminal::{self as human, Color, Options},
        },
    },
};

use crate::{
    arguments::{InputError, MessageFormat, Reporting},
    terminal::{self, BOLD, ERROR, FAILED, HELP, USAGE, WARNING},
};

/// Where the result of a command goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Results {
    /// Lines for people, which give way to messages for programs.
    Lines,
    /// A document on standard output, to which messages give way.
    Document,
}

/// Prints findings in one format.
pub(crate) struct Reporter {
    format: MessageFormat,
    most_per_code: usize,
    results: Results,
    /// What is told when all is done, where the form is one text about everything.
    gathered: Option<RefCell<Gathered>>,
}

/// Findings and files of several APIs.
#[derive(Default)]
struct Gathered {
    findings: Vec<Findings>,
    drift: Vec<Drift>,
}

impl Reporter {
    /// What these arguments ask for.
    pub(crate) fn new(reporting: &Reporting, results: Results) -> Self {
        Self {
            format: reporting.message_format,
            most_per_code: reporting.max_per_code,
            results,
            gathered: None,
        }
    }

    /// The same for a command about several APIs, which ends with [`finish`](Self::finish).
    pub(crate) fn of_several(reporting: &Reporting) -> Self {
        let reporter = Self::new(reporting, Results::Lines);
        let gathers = reporter.format == MessageFormat::Sarif;
        Self {
            gathered: gathers.then(RefCell::default),
            ..reporter
        }
    }

    /// Prints what was gathered.
    pub(crate) fn finish(&self) {
        if let Some(gathered) = &self.gathered {
            let Gathered { findings, drift } = gathered.take();
            let findings: Vec<&Findings> = findings.iter().collect();
            self.machine(&sarif::render(&findings, &drift, env!("CARGO_PKG_VERSION"), &base()));
        }
    }

    /// Whether people read the messages.
    pub(crate) fn is_human(&self) -> bool {
        self.format == MessageFormat::Human
    }

    /// Prints what there is to say about some documents.
    pub(crate) fn findings(&self, findings: &[&Findings]) {
        if let Some(gathered) = &self.gathered {
            let findings = findings.iter().map(|findings| (*findings).clone());
            return gathered.borrow_mut().findings.extend(findings);
        }
        let text = match self.format {
            MessageFormat::Human => return self.human(findings),
            MessageFormat::Json => findings.iter().map(|findings| json::render(findings)).collect(),
            MessageFormat::Github => findings
                .iter()
                .map(|findings| github::render(findings, &base()))
                .collect(),
            MessageFormat::Sarif => sarif::render(findings, &[], env!("CARGO_PKG_VERSION"), &base()),
        };
        self.machine(&text);
    }

    /// Prints what there is to say about a document, to people only how much it is.
    pub(crate) fn in_short(&self, findings: &Findings) {
        if !self.is_human() {
            self.findings(&[findings]);
        } else if !findings.diagnostics.is_empty() {
            let summary = findings.summary();
            let text = format_args!("{summary}; `specsmith lint` shows all");
            terminal::message(WARNING, "specsmith", text);
        }
    }

    /// Prints a file that is not as it should be, for programs.
    pub(crate) fn drift(&self, drift: Drift) {
        match self.format {
            MessageFormat::Json => self.machine(&json::file(&drift)),
            MessageFormat::Github => {
                let text = github::file_error(&drift.file, "specsmith check", &drift.message, &base());
                self.machine(&text);
            }
            MessageFormat::Sarif => {
                if let Some(gathered) = &self.gathered {
                    gathered.borrow_mut().drift.push(drift);
                }
            }
            MessageFormat::Human => {}
        }
    }

    /// Prints the command that makes files right again, for programs.
    pub(crate) fn repair(&self, command: &str) {
        if self.format == MessageFormat::Json {
            self.machine(&json::repair(command));
        }
    }

    /// Prints a line of the result for people.
    pub(crate) fn result(&self, line: impl std::fmt::Display) {
        if self.is_human() {
            terminal::result(line);
        } else {
            writeln!(anstream::stderr().lock(), "{line}").ok();
        }
    }

    /// Begins with an API of several: people see its name.
    pub(crate) fn begin(&self, api: Option<&str>) {
        if let Some(api) = api {
            self.result(format_args!("{BOLD}{api}{BOLD:#}"));
        }
    }

    /// Prints why nothing was done; returns the exit code.
    pub(crate) fn failure(&self, error: &Error) -> u8 {
        if let Some(found) = error.findings() {
            self.findings(&[found]);
        }
        if !matches!(error, Error::Document(_) | Error::ConfigFile(_)) {
            terminal::message(ERROR, "error", error);
        }
        if let Some(hint) = hint(error) {
            terminal::message(HELP, "help", hint);
        }
        match error {
            Error::Config(_) | Error::ConfigFile(_) => USAGE,
            _ => FAILED,
        }
    }

    /// Prints why there is no configuration; returns the exit code.
    pub(crate) fn no_config(&self, error: &InputError) -> ExitCode {
        match error {
            InputError::StandardInput(error) => terminal::no_input(error),
            InputError::File(error) => ExitCode::from(self.failure(error)),
            InputError::NoApi(name, names) => {
                let meant = closest(name, names.iter().map(String::as_str));
                let hint = match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None if names.is_empty() => "its only API has no name".to_owned(),
                    None => format!("it has {}", quoted(names)),
                };
                let text = format!("the configuration file has no API `{name}`; {hint}");
                terminal::message(ERROR, "error", text);
                ExitCode::from(USAGE)
            }
            InputError::SeveralApis(asked, names) => {
                let text = format!(
                    "{asked} is about one API, and the configuration file has {}; `--api` chooses one",
                    quoted(names)
                );
                terminal::message(ERROR, "error", text);
                ExitCode::from(USAGE)
            }
            InputError::Command(error) => {
                terminal::message(ERROR, "error", error);
                ExitCode::from(FAILED)
            }
            InputError::NoDocument => {
                let text = "no document is named, and there is no `specsmith.toml` here or in a folder above";
                terminal::message(ERROR, "error", text);
                ExitCode::from(USAGE)
            }
        }
    }

    fn human(&self, findings: &[&Findings]) {
        let options = Options {
            color: Color::Always,
            most_per_code: self.most_per_code,
            hint: "`--max-per-code 0` shows all",
        };
        for findings in findings {
            write!(anstream::stderr().lock(), "{}", human::render(findings, &options)).ok();
        }
    }

    fn machine(&self, text: &str) {
        // Whoever closed the pipe has read enough.
        match self.results {
            Results::Lines => write!(std::io::stdout().lock(), "{text}").ok(),
            Results::Document => write!(std::io::stderr().lock(), "{text}").ok(),
        };
    }
}

/// What can be done about it, where arguments or the configuration file lack something.
fn hint(error: &Error) -> Option<String> {
    let Error::Config(error) = error else { return None };
    let file = Config::find_file();
    let place = file.as_ref().map(|file| format!("`{}`", file.display()));
    match (error, place) {
        (ConfigError::NoDocument, Some(place)) => {
            Some(format!("say it in {place}, such as `document = \"openapi.yaml\"`"))
        }
        (ConfigError::NoTarget, Some(_)) if file.is_some_and(|file| file.with_file_name("build.rs").exists()) => Some(
            "what a build script generates is made when the crate is built; `--client client` makes a package, too"
                .to_owned(),
        ),
        (ConfigError::NoTarget, Some(place)) => Some(format!(
            "say it by arguments, such as `--client client`, or in {place}, which is read where no document is named"
        )),
        (ConfigError::NoTarget, None) => Some(
            "say it by arguments, such as `--client client`, or begin a `specsmith.toml` with `specsmith init`"
                .to_owned(),
        ),
        _ => None,
    }
}

/// `a`, `b`, each as it would stand in a file.
fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Paths start at the root of the repository, where that is known.
pub(crate) fn base() -> Base {
    let current = env::current_dir().unwrap_or_default();
    let root = env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let root = root.filter(|root| current.starts_with(root));
    Base::new(root.unwrap_or_else(|| current.clone()), current)
}
