//! Generating modules in a build script.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::{self, Write},
    path::PathBuf,
    process,
};

use crate::{
    Config, ConfigError, Error, Findings, Kind, Openness, dependencies,
    module::Module,
    names_lock,
    pipeline::{self, Manifests, Naming},
};
use specsmith_diagnostics::{Diagnostic, Severity};

/// The most warnings that are shown as such; cargo repeats them at every build.
const SHOWN_WARNINGS: usize = 10;

/// Generates a client as the module `client` in `OUT_DIR`: all that most build scripts need.
///
/// ```no_run
/// // build.rs
/// fn main() {
///     specsmith::build("openapi.yaml");
/// }
/// ```
///
/// The crate takes it in at its root:
///
/// ```text
/// include!(concat!(env!("OUT_DIR"), "/client/include.rs"));
///
/// use client::Client;
/// ```
///
/// For everything else there is [`Build`]. When the document cannot be used, the build fails and says where.
#[expect(clippy::needless_doctest_main, reason = "a build script has a `main` of its own")]
pub fn build(document: impl Into<PathBuf>) {
    Build::new(document).client("client").run();
}

/// Generates modules in `OUT_DIR`, from a build script.
///
/// ```no_run
/// // build.rs
/// fn main() {
///     specsmith::Build::new("openapi.yaml")
///         .client("bookstore")
///         .server("bookstore_server")
///         .run();
/// }
/// ```
///
/// Each module is a folder of its name with a file `include.rs` that declares it. The crate includes that file where the
/// module is to be, at its root unless the name says otherwise: a module `api::bookstore` is included inside `mod api`.
///
/// ```text
/// include!(concat!(env!("OUT_DIR"), "/bookstore/include.rs"));
/// ```
///
/// `OUT_DIR` does not stay, so names are remembered only where [`Config::names_lock`] says in which file; commit that file.
///
/// The crate needs the dependencies that the generated code uses; the build fails with the lines to add where one is
/// missing.
#[expect(clippy::needless_doctest_main, reason = "a build script has a `main` of its own")]
#[derive(Debug, Clone)]
pub struct Build {
    config: Config,
    modules: Vec<(Kind, String)>,
}

impl Build {
    /// Takes the document from a file, relative to the folder of the package.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self::from_config(Config::new(document))
    }

    /// Takes the document, and limits on reading it, from a configuration; its targets do not matter.
    pub fn from_config(config: Config) -> Self {
        Self {
            config,
            modules: Vec::new(),
        }
    }

    /// Generates a client as a module of this name.
    #[must_use]
    pub fn client(mut self, module: impl Into<String>) -> Self {
        self.modules.push((Kind::Client, module.into()));
        self
    }

    /// Generates an axum server as a module of this name.
    #[must_use]
    pub fn server(mut self, module: impl Into<String>) -> Self {
        self.modules.push((Kind::Server, module.into()));
        self
    }

    /// Generates types and nothing else as a module of this name.
    #[must_use]
    pub fn types(mut self, module: impl Into<String>) -> Self {
        self.modules.push((Kind::Types, module.into()));
        self
    }

    /// Remembers names in this file, relative to the folder of the package; see [`Config::names_lock`].
    #[must_use]
    pub fn names_lock(mut self, path: impl Into<PathBuf>) -> Self {
        self.config = self.config.names_lock(path);
        self
    }

    /// Makes diagnostics errors, so that the build fails; see [`Config::deny`].
    #[must_use]
    pub fn deny(mut self, codes: impl AsRef<str>) -> Self {
        self.config = self.config.deny(codes);
        self
    }

    /// Makes diagnostics warnings; see [`Config::warn`].
    #[must_use]
    pub fn warn(mut self, codes: impl AsRef<str>) -> Self {
        self.config = self.config.warn(codes);
        self
    }

    /// Leaves diagnostics out; see [`Config::allow`].
    #[must_use]
    pub fn allow(mut self, codes: impl AsRef<str>) -> Self {
        self.config = self.config.allow(codes);
        self
    }

    /// Makes every warning an error; see [`Config::strict`].
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.config = self.config.strict();
        self
    }

    /// Generates, tells cargo when to do so again, and shows warnings; ends the build script where that fails.
    pub fn run(self) {
        let result = self.generate();
        let lines = self.instructions(&result);
        // A build script that cannot talk to cargo has nobody to tell.
        io::stdout().write_all(lines.as_bytes()).ok();
        if let Err(error) = result {
            io::stderr().write_all(format!("{error}\n").as_bytes()).ok();
            process::exit(1);
        }
    }

    /// Generates and leaves it to the caller to talk to cargo.
    ///
    /// # Errors
    /// When a name is not that of a module, the document cannot be used, `OUT_DIR` cannot be written, or the package
    /// lacks a dependency that the generated code needs.
    pub fn generate(&self) -> Result<Findings, Error> {
        let out = env::var_os("OUT_DIR")
            .map(PathBuf::from)
            .ok_or(ConfigError::NotInBuildScript)?;
        if self.modules.is_empty() {
            return Err(ConfigError::NoTarget.into());
        }
        // Where it cannot be read, the compiler will tell what is missing.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(|dir| PathBuf::from(dir).join("Cargo.toml"));
        let manifest = manifest
            .and_then(|path| fs::read_to_string(path).ok())
            .unwrap_or_default();
        let modules: Vec<(Kind, Module)> = self
            .modules
            .iter()
            .map(|(kind, path)| {
                pipeline::is_made(*kind)?;
                Ok((*kind, Module::new(path.as_str())?))
            })
            .collect::<Result<_, ConfigError>>()?;
        let lowered = pipeline::lower(&self.config, Manifests::Own)?;
        let mut missing = BTreeMap::new();
        for (kind, module) in modules {
            // The package stays behind, so its name does too.
            let package = pipeline::tree(
                kind,
                &lowered,
                &Naming::one("generated"),
                Openness::Open,
                Manifests::Own,
            )
            .unwrap_or_default();
            missing.extend(dependencies::missing(&package, &manifest));
            let tree = module.included(&package, &self.config.types);
            if let Err(source) = specsmith_output::write(&out.join(module.name()), &tree) {
                let findings = lowered.findings;
                let source = Box::new(source);
                return Err(Error::Output { findings, source });
            }
        }
        if let Some(path) = &self.config.names_lock {
            let text = names_lock::text(&lowered.model.names);
            if let Err(source) = specsmith_output::write_file(path, &text) {
                let findings = lowered.findings;
                let source = Box::new(source);
                return Err(Error::Output { findings, source });
            }
        }
        if !missing.is_empty() {
            let lines = missing
                .iter()
                .map(|(name, value)| format!("{name} = {value}"))
                .collect();
            return Err(ConfigError::MissingDependencies(lines).into());
        }
        Ok(lowered.findings)
    }

    /// What cargo is told on standard output.
    fn instructions(&self, result: &Result<Findings, Error>) -> String {
        let findings = match result {
            Ok(findings) => Some(findings),
            Err(error) => error.findings(),
        };
        let mut lines: String = self
            .files(findings)
            .iter()
            .map(|file| format!("cargo::rerun-if-changed={file}\n"))
            .collect();
        let Some(findings) = findings else { return lines };
        let mut shown = 0;
        let mut hidden = 0;
        for diagnostic in &findings.diagnostics {
            let directive = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning if shown < SHOWN_WARNINGS => {
                    shown += 1;
                    "warning"
                }
                Severity::Warning => {
                    hidden += 1;
                    continue;
                }
                Severity::Note => continue,
            };
            lines.push_str(&format!("cargo::{directive}={}\n", one_line(findings, diagnostic)));
        }
        if hidden > 0 {
            lines.push_str(&format!(
                "cargo::warning=and {hidden} more; `specsmith lint` shows them all\n"
            ));
        }
        lines
    }

    /// What is read, and the file that remembers names.
    fn files(&self, findings: Option<&Findings>) -> BTreeSet<String> {
        let mut files = self.config.files(findings);
        files.extend(self.config.names_lock.iter().map(|path| path.display().to_string()));
        // A line break would let the document talk to cargo.
        files.retain(|file| !file.contains(char::is_control));
        files
    }
}

/// `file:line:column: message [code]`
fn one_line(findings: &Findings, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.location.and_then(|location| {
        let file = findings.sources.file(location.file)?;
        let place = findings.sources.line_column(location)?;
        Some(format!("{}:{}:{}: ", file.name(), place.line, place.column))
    });
    let text = format!(
        "{}{} [{}]",
        place.unwrap_or_default(),
        diagnostic.message,
        diagnostic.code
    );
    // A line break would let the document talk to cargo.
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn cargo_is_told_of_every_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents: {schemas: {A: {$ref: a.yaml}}}\n";
        fs::write(path("api.yaml"), text).unwrap();
        fs::write(path("a.yaml"), "items: {$ref: b.json}").unwrap();
        fs::write(path("b.json"), "{}").unwrap();
        let config = Config::new(path("api.yaml"));
        let findings = pipeline::lint(&config).unwrap();
        let lines = Build::from_config(config).instructions(&Ok(findings));
        let expected: String = ["a.yaml", "api.yaml", "b.json"]
            .map(|name| format!("cargo::rerun-if-changed={}\n", path(name).display()))
            .concat();
        assert_eq!(lines, expected);
    }
}
