//! `specsmith init`: begins a configuration for what is there, and says what comes next.

mod place;
mod texts;

use std::{
    env, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use specsmith::{
    Config,
    output::{self, FileTree, OutputError},
};

use self::place::{Found, Place};
use crate::{
    arguments::{Ci, InitArguments},
    terminal::{self, BOLD, ERROR, FAILED, GOOD, OK, USAGE, WARNING},
};

/// What the configuration file is called.
const CONFIG: &str = "specsmith.toml";

/// Runs the subcommand.
pub(crate) fn run(arguments: &InitArguments) -> ExitCode {
    let begun = env::current_dir().map_err(Failure::Folder).and_then(|folder| {
        let place = Place::look(&folder)?;
        Init {
            arguments,
            place,
            document: None,
            next: Vec::new(),
        }
        .run()
    });
    match begun {
        Ok(()) => ExitCode::from(OK),
        Err(failure) => {
            let (text, code) = match failure {
                Failure::Folder(error) => (format!("this folder cannot be read: {error}"), FAILED),
                Failure::Output(error) => (error.to_string(), FAILED),
                Failure::Manifest(path, error) => (format!("`{}` cannot be read: {error}", path.display()), FAILED),
                Failure::NoCrate => (
                    "`--build-script` is for a crate, and there is no `Cargo.toml` of one here or in a folder above"
                        .to_owned(),
                    USAGE,
                ),
                Failure::NoDocument(path) => (
                    format!("`{}` is no OpenAPI document that can be read", path.display()),
                    USAGE,
                ),
            };
            terminal::message(ERROR, "error", text);
            ExitCode::from(code)
        }
    }
}

/// Why nothing was begun.
enum Failure {
    /// The folder of the command cannot be read.
    Folder(io::Error),
    /// A file cannot be written.
    Output(OutputError),
    /// The manifest of the crate cannot be read.
    Manifest(PathBuf, String),
    /// A build script needs a crate.
    NoCrate,
    /// What was named is no document.
    NoDocument(PathBuf),
}

/// A project that begins.
struct Init<'a> {
    arguments: &'a InitArguments,
    place: Place,
    /// The document, from the folder of the command.
    document: Option<String>,
    /// What is left to do, as paragraphs.
    next: Vec<String>,
}

impl Init<'_> {
    fn run(mut self) -> Result<(), Failure> {
        if self.arguments.build_script && self.place.package.is_none() {
            return Err(Failure::NoCrate);
        }
        self.document = self.document()?;
        let client = (!self.arguments.build_script).then(|| self.place.client());
        self.config(client.as_deref())?;
        match &client {
            Some(client) => self.next_of_client(client),
            None => self.build_script()?,
        }
        if let Some(ci) = self.arguments.ci {
            self.ci(ci)?;
        }
        if self.arguments.pre_commit {
            self.pre_commit()?;
        }
        terminal::result(format_args!("\n{BOLD}Next{BOLD:#}"));
        for paragraph in &self.next {
            terminal::result(paragraph);
        }
        Ok(())
    }

    /// The document: the one that is named, or the one that is found.
    fn document(&mut self) -> Result<Option<String>, Failure> {
        if let Some(path) = &self.arguments.document {
            let found = place::version(path).ok_or_else(|| Failure::NoDocument(path.clone()))?;
            let path = slashed(path);
            said("found", &format!("{path} ({found})"));
            return Ok(Some(path));
        }
        let documents = &self.place.documents;
        let Some(Found { path, version }) = documents.first() else {
            let text = "no OpenAPI document is here; `document` in specsmith.toml says where it is";
            terminal::message(WARNING, "warning", text);
            self.next.push(format!("  Say in {CONFIG} where the document is."));
            return Ok(None);
        };
        said("found", &format!("{path} ({version})"));
        for Found { path, version } in documents.iter().skip(1) {
            said("also", &format!("{path} ({version})"));
        }
        Ok(Some(path.clone()))
    }

    fn config(&mut self, client: Option<&str>) -> Result<(), Failure> {
        if let Some(path) = Config::find_file().filter(|path| path.as_path() != Path::new(CONFIG)) {
            let text = format!("`{}` is there for all folders below it, too", slashed(&path));
            terminal::message(WARNING, "warning", text);
        }
        let text = texts::config(self.document.as_deref(), client);
        let is_new = self.begin(&self.place.folder, CONFIG, &text)?;
        if let (false, Some(document)) = (is_new, &self.document)
            && !self.place.names_document(CONFIG)
        {
            let line = format!("document = {}", texts::quoted(document));
            self.next.push(format!("  Say in {CONFIG}:\n{}", indented(&line)));
        }
        Ok(())
    }

    fn next_of_client(&mut self, client: &str) {
        self.next.push(format!("  specsmith generate\n      writes {client}"));
        if let Some(members) = self.place.members_lack(client) {
            self.next.push(format!(
                "  Add {} to `members` of the workspace in {}.",
                texts::quoted(&members.member),
                members.manifest
            ));
        }
        let name = client.rsplit('/').next().unwrap_or(client);
        self.next.push(format!(
            "  Depend on it where you call the API, with its path from there:\n      {name} = {{ path = {} }}",
            texts::quoted(client)
        ));
    }

    fn build_script(&mut self) -> Result<(), Failure> {
        let Some(package) = &self.place.package else {
            return Err(Failure::NoCrate);
        };
        let below = self.place.folder.strip_prefix(&package.folder).unwrap_or(Path::new(""));
        let config = slashed(&below.join(CONFIG));
        let text = texts::build_script(&config);
        let script = package.build_script.clone();
        let mut next = String::new();
        if !self.begin(&package.folder, &script, &text)? {
            let lines = indented(&texts::build_script_lines(&config));
            next.push_str(&format!("  Add to `main` in {script}:\n{lines}\n"));
        }
        if !package.depends_on_specsmith {
            let lines = indented(&texts::build_dependency());
            next.push_str(&format!("  Add to Cargo.toml:\n{lines}\n"));
        }
        let include = indented("include!(concat!(env!(\"OUT_DIR\"), \"/client/include.rs\"));");
        next.push_str(&format!(
            "  Add to src/main.rs or src/lib.rs:\n{include}\n  cargo build\n      says which dependencies the module needs"
        ));
        self.next.push(next);
        Ok(())
    }

    fn ci(&mut self, ci: Ci) -> Result<(), Failure> {
        let command = self.check(match ci {
            Ci::Github => " --message-format github",
            Ci::Gitlab => "",
        });
        let (path, text) = match ci {
            Ci::Github => (".github/workflows/specsmith.yml", texts::github(&command)),
            Ci::Gitlab => (".gitlab-ci.yml", texts::gitlab(&command)),
        };
        self.or_print(path, &text)
    }

    fn pre_commit(&mut self) -> Result<(), Failure> {
        let command = self.check("");
        self.or_print(".pre-commit-config.yaml", &texts::pre_commit(&command))?;
        self.next.push("  pre-commit install".to_owned());
        Ok(())
    }

    /// The command that checks, from the root of the repository.
    fn check(&self, more: &str) -> String {
        let below = self.place.below_root();
        if self.arguments.build_script {
            // No generated files are there to be compared.
            let document = self.document.as_deref().unwrap_or("openapi.yaml");
            return format!("specsmith lint{more} {}", slashed(&below.join(document)));
        }
        match below.as_os_str().is_empty() {
            true => format!("specsmith check{more}"),
            false => format!("specsmith check{more} --config {}", slashed(&below.join(CONFIG))),
        }
    }

    /// Writes a file of the repository, or says what one that is there lacks.
    fn or_print(&mut self, path: &str, text: &str) -> Result<(), Failure> {
        if !self.begin(&self.place.root, path, text)? {
            self.next
                .push(format!("  Add to {path}:\n{}", indented(text.trim_end())));
        }
        Ok(())
    }

    /// Writes a file that is not there; returns whether it was not.
    fn begin(&self, folder: &Path, path: &str, text: &str) -> Result<bool, Failure> {
        let mut tree = FileTree::new();
        tree.insert(path, text);
        let begun = output::begin(folder, &tree).map_err(Failure::Output)?;
        let is_new = !begun.created.is_empty();
        said(if is_new { "created" } else { "kept" }, path);
        Ok(is_new)
    }
}

/// A line about a file.
fn said(what: &str, file: &str) {
    terminal::result(format_args!("{GOOD}{what:<7}{GOOD:#} {file}"));
}

/// The lines of a text, as they stand below a line that is about them.
fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!("      {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A path with `/` between its parts.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
