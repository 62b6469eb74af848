//! Why nothing was generated.

use std::fmt;

use specsmith_output::OutputError;

use crate::{ConfigError, Findings};

/// Why nothing was generated, or not everything.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The configuration does not make sense.
    Config(ConfigError),
    /// The configuration file cannot be used; the findings say why and where.
    ConfigFile(Findings),
    /// The document cannot be used; the findings say why and where.
    Document(Findings),
    /// A folder could not be written or read.
    Output {
        /// What there is to say about the document.
        findings: Findings,
        /// What is wrong with the folder.
        source: Box<OutputError>,
    },
}

impl Error {
    /// What there is to say about the document, or about the configuration file, where it was read.
    pub fn findings(&self) -> Option<&Findings> {
        match self {
            Error::Config(_) => None,
            Error::ConfigFile(findings) | Error::Document(findings) | Error::Output { findings, .. } => Some(findings),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Config(error) => error.fmt(f),
            Error::ConfigFile(findings) | Error::Document(findings) => findings.fmt(f),
            Error::Output { source, .. } => source.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Config(error) => Some(error),
            Error::ConfigFile(_) | Error::Document(_) => None,
            Error::Output { source, .. } => Some(source.as_ref()),
        }
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Error::Config(error)
    }
}
