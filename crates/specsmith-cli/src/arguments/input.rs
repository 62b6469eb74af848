//! Arguments about the document: where it is, what belongs to it, and what reading it may cost.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use clap::Args;
use specsmith::{Config, Limits};

/// The document.
#[derive(Debug, Args)]
pub(crate) struct Document {
    /// The OpenAPI document, JSON or YAML; `-` reads standard input
    #[arg(value_name = "DOCUMENT")]
    path: PathBuf,
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
        let mut config = if path == Path::new("-") {
            let mut text = Vec::new();
            io::stdin().lock().read_to_end(&mut text)?;
            Config::from_text("<stdin>", text)
        } else {
            Config::new(path)
        };
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
        Ok(config.limits(limits))
    }
}

/// Reads `depth=800`.
fn limit(argument: &str) -> Result<(String, usize), String> {
    let (name, value) = argument.split_once('=').ok_or("a limit is set as `depth=800`")?;
    let digits = value.replace('_', "");
    let value = digits.parse().map_err(|_| format!("`{value}` is not a whole number"))?;
    Limits::default().set(name, value).map_err(|error| error.to_string())?;
    Ok((name.to_owned(), value))
}
