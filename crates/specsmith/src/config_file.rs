//! The configuration file: where it is found, and from its text to a [`Config`].
//!
//! What it may say is one table, [`options`]; `apply` says what each option does, and `reader` finds fault with values.

mod apply;
mod docs;
mod findings;
mod generators;
mod options;
mod pagination;
mod reader;
mod serving;
#[cfg(test)]
pub(crate) mod tests;
mod webhooks;

use std::path::{Path, PathBuf};

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, FileId, Findings, SourceMap};
use specsmith_rust::TypeOptions;
use specsmith_spec::Source;
use toml_edit::Document;

pub use self::options::{ConfigOption, Takes, config_options};
use self::reader::Reader;
use crate::pagination::PageRule;
use crate::plan::{self, same_folder};
use crate::serving::Serving;
use crate::{Config, ConfigError, Error};

/// What the file is called.
const NAME: &str = "specsmith.toml";

/// The file that a configuration was read from.
#[derive(Debug, Clone)]
pub(crate) struct ConfigFile {
    /// As the user named it.
    pub(crate) name: String,
    text: String,
}

impl Config {
    /// Reads a configuration file of one API, such as `specsmith.toml`; [`Project`] reads one of several.
    ///
    /// Paths in it are relative to its folder. [`config_options`] lists what it may say.
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), specsmith::Error> {
    ///     let config = specsmith::Config::from_file("specsmith.toml")?;
    ///     specsmith::Build::from_config(config).client("client").run();
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, says what specsmith does not know, or has several APIs; the findings
    /// say where.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let project = Project::from_file(path)?;
        let names: Vec<String> = project.names().map(|name| format!("`{name}`")).collect();
        match <[_; 1]>::try_from(project.apis) {
            Ok([(_, config)]) => Ok(config),
            Err(_) => Err(Error::Config(ConfigError::SeveralApis(names.join(", ")))),
        }
    }

    /// The configuration file of the working folder: `specsmith.toml` in it, or in the nearest folder above that has one.
    pub fn find_file() -> Option<PathBuf> {
        let folders = std::env::current_dir().ok()?.ancestors().count();
        let mut folder = PathBuf::new();
        for _ in 0..folders {
            let path = folder.join(NAME);
            if path.is_file() {
                return Some(path);
            }
            folder.push("..");
        }
        None
    }

    /// What is said about the document, whose places are in the sources from now on.
    pub(crate) fn located(&self, sources: &mut SourceMap) -> Located {
        let mut located = Located {
            types: self.types.clone(),
            pages: self.pagination.clone(),
            serving: self.serving.clone(),
        };
        let Located { types, pages, serving } = &mut located;
        if let Some(file) = &self.file
            && !(types.places.is_empty() && pages.is_empty() && serving.is_empty())
        {
            let id = sources.add(file.name.as_str(), file.text.as_str());
            types.places.values_mut().for_each(|place| place.file = id);
            pages.iter_mut().for_each(|rule| rule.move_to(id));
            serving.move_to(id);
        }
        located
    }
}

/// What a configuration file says: of one API, or of several.
///
/// ```no_run
/// for (name, config) in specsmith::Project::from_file("specsmith.toml")?.into_configs() {
///     let outcome = specsmith::generate(&config)?;
///     eprint!("{}: {}", name.as_deref().unwrap_or("the API"), outcome.findings);
/// }
/// # Ok::<(), specsmith::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Project {
    apis: Vec<(Option<String>, Config)>,
}

impl Project {
    /// Reads a configuration file, such as `specsmith.toml`.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, or says what specsmith does not know, where the findings say where; or when
    /// two APIs go into the same folder.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        let project = read(path.as_ref()).map_err(Error::ConfigFile)?;
        let targets = project.apis.iter().flat_map(|(_, config)| &config.targets);
        let mut folders: Vec<PathBuf> = Vec::new();
        for dir in targets.flat_map(|(kind, target)| plan::folders(*kind, target)) {
            // Two of one API are told when it is generated.
            if project.apis.len() > 1 && folders.iter().any(|folder| same_folder(folder, &dir)) {
                return Err(Error::Config(ConfigError::SameFolder(dir)));
            }
            folders.push(dir);
        }
        Ok(project)
    }

    /// The names of the APIs, in the order of the file; none where it does not name its only one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.apis.iter().filter_map(|(name, _)| name.as_deref())
    }

    /// The configuration of the API of this name.
    pub fn get(&self, name: &str) -> Option<&Config> {
        let mut apis = self.apis.iter();
        apis.find(|(other, _)| other.as_deref() == Some(name))
            .map(|(_, config)| config)
    }

    /// The configurations of all APIs with their names, in the order of the file; one without a name where the file is
    /// about one API.
    pub fn into_configs(self) -> Vec<(Option<String>, Config)> {
        self.apis
    }
}

/// What a configuration says about the document.
pub(crate) struct Located {
    /// The options of types.
    pub(crate) types: TypeOptions,
    /// The rules of pages.
    pub(crate) pages: Vec<PageRule>,
    /// How operations are served.
    pub(crate) serving: Serving,
}

fn read(path: &Path) -> Result<Project, Findings> {
    let name = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let mut findings = Findings::new(name, Diagnostics::new());
    match Source::from_file(path) {
        Err(diagnostic) => {
            findings.diagnostics.report(diagnostic);
            Err(findings)
        }
        Ok(source) => parse(source, path.parent().unwrap_or(Path::new("")), findings),
    }
}

fn parse(source: Source, folder: &Path, mut findings: Findings) -> Result<Project, Findings> {
    let file = findings.sources.add(source.name.as_str(), source.text);
    let text = text_of(&findings.sources, file);
    let mut reader = Reader::new(file, &mut findings.diagnostics);
    let apis = match Document::parse(text.as_str()) {
        Ok(document) => apply::document(&document, folder, &mut reader),
        Err(error) => {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            let diagnostic = Diagnostic::new(Code::InvalidConfig, "this is not TOML");
            let place = reader.place(error.span());
            findings.diagnostics.report(diagnostic.at(place).label(message));
            return Err(findings);
        }
    };
    if findings.diagnostics.has_errors() {
        return Err(findings);
    }
    let file = ConfigFile {
        name: source.name,
        text,
    };
    let apis = apis.into_iter();
    let apis = apis.map(|(name, config)| (name, config.with_file(file.clone())));
    Ok(Project { apis: apis.collect() })
}

/// The text to which places belong, without a byte order mark.
fn text_of(sources: &SourceMap, file: FileId) -> String {
    sources.file(file).map_or("", |file| file.text()).to_owned()
}
