//! Arguments about the document: where it is, what belongs to it, and what reading it may cost.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use specsmith::{Config, DocumentCommand, Error, Limits, Project};

use crate::completions;

/// The document, or the file that names it.
#[derive(Debug, Args)]
pub(crate) struct DocumentOrFile {
    /// The OpenAPI document, JSON or YAML; `-` reads standard input [default: what the configuration file says]
    #[arg(value_name = "DOCUMENT")]
    path: Option<PathBuf>,
    /// The configuration file [default without DOCUMENT: the nearest `specsmith.toml`, here or in a folder above]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Only this API of a configuration file that has several; may be given several times
    #[arg(long, value_name = "NAME", conflicts_with = "path", add = completions::apis())]
    api: Vec<String>,
}

/// Why there is no configuration.
#[derive(Debug)]
pub(crate) enum InputError {
    /// Standard input cannot be read.
    StandardInput(io::Error),
    /// The configuration file cannot be used.
    File(Error),
    /// Nothing names a document.
    NoDocument,
    /// The program that prints the document did not.
    Command(String),
    /// The configuration file has no API of this name, but these.
    NoApi(String, Vec<String>),
    /// What is asked for is about one API, and the configuration file has several: what is asked for, and their names.
    SeveralApis(String, Vec<String>),
}

impl From<io::Error> for InputError {
    fn from(error: io::Error) -> Self {
        Self::StandardInput(error)
    }
}

impl DocumentOrFile {
    /// The configurations of the file, with what stands on the command line above them; `only` says what is asked for that
    /// is about one API.
    pub(crate) fn configs(
        &self,
        reading: &Reading,
        only: Option<&str>,
    ) -> Result<Vec<(Option<String>, Config)>, InputError> {
        self.configs_of(reading, only, None)
    }

    /// The same where a program may print the document, so that nothing need name one.
    pub(crate) fn configs_of(
        &self,
        reading: &Reading,
        only: Option<&str>,
        command: Option<&DocumentCommand>,
    ) -> Result<Vec<(Option<String>, Config)>, InputError> {
        let configs = match (self.file(), &self.path) {
            (Some(file), _) => self.chosen(Project::from_file(file).map_err(InputError::File)?)?,
            (None, Some(path)) => vec![(None, Config::new(path))],
            (None, None) if command.is_some() => vec![(None, Config::from_text("", ""))],
            (None, None) => return Err(InputError::NoDocument),
        };
        let only = only.or(self.path.as_ref().map(|_| "a document"));
        if let (Some(only), 2..) = (only, configs.len()) {
            let names = configs.into_iter().filter_map(|(name, _)| name);
            return Err(InputError::SeveralApis(only.to_owned(), names.collect()));
        }
        let open = |(name, config)| {
            let config = match &self.path {
                Some(path) => open(config, path)?,
                None => config,
            };
            let config = match command {
                Some(command) => config.with_document_command(command.clone()),
                None => config,
            };
            Ok((name, reading.apply(config)))
        };
        configs.into_iter().map(open).collect()
    }

    /// The configuration file that is meant.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        match (&self.config, &self.path) {
            (Some(file), _) => Some(file.clone()),
            (None, None) => Config::find_file(),
            (None, Some(_)) => None,
        }
    }

    /// Whether the document comes from standard input.
    #[cfg(feature = "watch")]
    pub(crate) fn is_standard_input(&self) -> bool {
        self.path.as_deref() == Some(Path::new("-"))
    }

    /// The configuration of the one API that there is.
    pub(crate) fn config(&self, reading: &Reading, only: &str) -> Result<Config, InputError> {
        let mut configs = self.configs(reading, Some(only))?;
        let (_, config) = configs.pop().ok_or(InputError::NoDocument)?;
        Ok(config)
    }

    fn chosen(&self, project: Project) -> Result<Vec<(Option<String>, Config)>, InputError> {
        let names: Vec<String> = project.names().map(str::to_owned).collect();
        if let Some(name) = self.api.iter().find(|name| !names.contains(name)) {
            return Err(InputError::NoApi(name.clone(), names));
        }
        let mut configs = project.into_configs();
        if !self.api.is_empty() {
            configs.retain(|(name, _)| name.as_ref().is_some_and(|name| self.api.contains(name)));
        }
        Ok(configs)
    }
}

/// What belongs to a document, and what reading it may cost.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct Reading {
    /// An OpenAPI Overlay that is applied to the document first; may be given several times
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// A folder with files that the document may refer to, beside its own
    #[arg(long, value_name = "DIR")]
    allow_dir: Vec<PathBuf>,
    /// Raises or lowers a limit, such as `depth=800`; what is beyond one is told its name and a value that would do
    #[arg(long, value_name = "NAME=VALUE", value_parser = limit)]
    limit: Vec<(String, usize)>,
}

impl Reading {
    /// A configuration without targets; fails where standard input does.
    pub(crate) fn config(&self, path: &Path) -> io::Result<Config> {
        Ok(self.apply(open(Config::new(path), path)?))
    }

    pub(super) fn apply(&self, mut config: Config) -> Config {
        for overlay in &self.overlay {
            config = config.overlay(overlay);
        }
        for folder in &self.allow_dir {
            config = config.folder(folder);
        }
        for (name, value) in &self.limit {
            // Every pair was tried when it was read.
            config = config.clone().limit(name, *value).unwrap_or(config);
        }
        config
    }
}

/// The configuration with this document; `-` is standard input.
pub(super) fn open(config: Config, path: &Path) -> io::Result<Config> {
    if path != Path::new("-") {
        return Ok(config.document(path));
    }
    let mut text = Vec::new();
    io::stdin().lock().read_to_end(&mut text)?;
    Ok(config.document_text("<stdin>", text))
}

/// Reads `depth=800`.
fn limit(argument: &str) -> Result<(String, usize), String> {
    let (name, value) = argument.split_once('=').ok_or("a limit is set as `depth=800`")?;
    let digits = value.replace('_', "");
    let value = digits.parse().map_err(|_| format!("`{value}` is not a whole number"))?;
    Limits::default().set(name, value).map_err(|error| error.to_string())?;
    Ok((name.to_owned(), value))
}
