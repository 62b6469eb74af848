//! Arguments about the document: where it is, what belongs to it, and what reading it may cost.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use specsmith::{Config, Error, Limits};

/// The document.
#[derive(Debug, Args)]
pub(crate) struct Document {
    /// The OpenAPI document, JSON or YAML; `-` reads standard input
    #[arg(value_name = "DOCUMENT")]
    path: PathBuf,
}

/// The document, or the file that names it.
#[derive(Debug, Args)]
pub(crate) struct DocumentOrFile {
    /// The OpenAPI document, JSON or YAML; `-` reads standard input [default: what the configuration file says]
    #[arg(value_name = "DOCUMENT")]
    path: Option<PathBuf>,
    /// The configuration file [default without DOCUMENT: the nearest `specsmith.toml`, here or in a folder above]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
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
}

impl From<io::Error> for InputError {
    fn from(error: io::Error) -> Self {
        Self::StandardInput(error)
    }
}

impl DocumentOrFile {
    /// The configuration of the file, with what stands on the command line above it.
    pub(crate) fn config(&self, reading: &Reading) -> Result<Config, InputError> {
        let file = match (&self.config, &self.path) {
            (Some(file), _) => Some(file.clone()),
            (None, None) => Config::find_file(),
            (None, Some(_)) => None,
        };
        let config = match (file, &self.path) {
            (Some(file), document) => {
                let config = Config::from_file(file).map_err(InputError::File)?;
                match document {
                    Some(path) => open(config, path)?,
                    None => config,
                }
            }
            (None, Some(path)) => open(Config::new(path), path)?,
            (None, None) => return Err(InputError::NoDocument),
        };
        Ok(reading.apply(config))
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

impl Document {
    /// A configuration without targets; fails where standard input does.
    pub(crate) fn config(&self, reading: &Reading) -> io::Result<Config> {
        reading.config(&self.path)
    }
}

impl Reading {
    /// A configuration without targets; fails where standard input does.
    pub(crate) fn config(&self, path: &Path) -> io::Result<Config> {
        Ok(self.apply(open(Config::new(path), path)?))
    }

    fn apply(&self, mut config: Config) -> Config {
        for overlay in &self.overlay {
            config = config.overlay(overlay);
        }
        for folder in &self.allow_dir {
            config = config.folder(folder);
        }
        let mut limits = Limits::default();
        for (name, value) in &self.limit {
            // Every pair was tried when it was read.
            limits.set(name, *value).ok();
        }
        config.limits(limits)
    }
}

/// The configuration with this document; `-` is standard input.
fn open(config: Config, path: &Path) -> io::Result<Config> {
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
