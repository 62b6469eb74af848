//! Names of packages, from folders and from the user, and what else can be wrong with a configuration.

use std::{fmt, path::PathBuf};

use specsmith_diagnostics::LevelError;

use crate::{Kind, Target};

/// A configuration that does not make sense.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// No document is named.
    NoDocument,
    /// There is nothing to generate.
    NoTarget,
    /// What this kind of output is made by was left out when specsmith was compiled: the feature of the same name.
    LeftOut(&'static str),
    /// There is no server to begin a program for.
    NoServer,
    /// The document has no operations, so a server has no handlers.
    NoOperations,
    /// A configuration file has several APIs, of these names, where one is needed.
    SeveralApis(String),
    /// Two targets go into the same folder.
    SameFolder(PathBuf),
    /// A package cannot have this name.
    PackageName {
        /// The name.
        name: String,
        /// Why.
        reason: &'static str,
    },
    /// A format cannot become the type that was chosen for it.
    FormatType {
        /// The format.
        format: String,
        /// The path of the type.
        path: String,
        /// Why.
        reason: &'static str,
    },
    /// A manifest cannot have this dependency.
    Dependency {
        /// The name of the package.
        package: String,
        /// Why.
        reason: &'static str,
    },
    /// A template of the reference cannot be used.
    Template {
        /// Its path.
        path: PathBuf,
        /// The line, where one is known.
        line: Option<usize>,
        /// Why.
        reason: String,
    },
    /// The level of a diagnostic code cannot be set.
    Level(LevelError),
    /// A module cannot have this name.
    ModuleName(String),
    /// A module is to be generated here, and this is not among the sources of a crate.
    NoCrate(PathBuf),
    /// There is a server, and it is a module of some crate; a program needs its package.
    ServerModule,
    /// The package of a build script lacks dependencies; the lines to add to its manifest.
    MissingDependencies(Vec<String>),
    /// A build script function was called outside a build script, so there is no `OUT_DIR`.
    NotInBuildScript,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDocument => f.write_str("no document is named"),
            Self::NoTarget => f.write_str("there is nothing to generate: no client, no server, no types, no docs"),
            Self::LeftOut(kind) => write!(
                f,
                "specsmith was compiled without the feature `{kind}`, so there is nothing that makes it"
            ),
            Self::NoServer => f.write_str("no server is named"),
            Self::NoOperations => f.write_str("the document has no operations, so there is nothing to handle"),
            Self::SeveralApis(names) => write!(
                f,
                "the configuration file has several APIs: {names}; one has to be chosen"
            ),
            Self::SameFolder(dir) => write!(f, "two outputs go into the folder `{}`", dir.display()),
            Self::PackageName { name, reason } => write!(f, "a package cannot be called {name:?}: {reason}"),
            Self::FormatType { format, path, reason } => {
                write!(f, "the format `{format}` cannot be `{path}`: {reason}")
            }
            Self::Dependency { package, reason } => write!(f, "the dependency `{package}` cannot be: {reason}"),
            Self::Template { path, line, reason } => match line {
                Some(line) => write!(
                    f,
                    "the template `{}` cannot be used, line {line}: {reason}",
                    path.display()
                ),
                None => write!(f, "the template `{}` cannot be used: {reason}", path.display()),
            },
            Self::Level(error) => error.fmt(f),
            Self::ModuleName(name) => write!(f, "{name:?} is not the name of a module"),
            Self::NoCrate(dir) => write!(
                f,
                "a module goes below the `src` of a crate, and `{}` is not there",
                dir.display()
            ),
            Self::ServerModule => {
                f.write_str("a program is begun for the package of a server, and this one is a module")
            }
            Self::MissingDependencies(lines) => write!(
                f,
                "the generated code needs more dependencies; add to `[dependencies]` of Cargo.toml:\n{}",
                lines.join("\n")
            ),
            Self::NotInBuildScript => f.write_str("`OUT_DIR` is not set, so this is not a build script"),
        }
    }
}

impl std::error::Error for ConfigError {}

/// Names that cargo refuses, or that would shadow what every crate uses.
const RESERVED: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "build",
    "deps",
    "examples",
    "incremental",
    "con",
    "prn",
    "aux",
    "nul",
];

/// Packages that generated ones depend on; a package cannot depend on one that is called like itself.
const DEPENDENCIES: &[&str] = &[
    "axum",
    "bytes",
    "chrono",
    "fancy-regex",
    "futures-core",
    "http",
    "http-body",
    "http-body-util",
    "httpdate",
    "hyper",
    "hyper-util",
    "jiff",
    "js-sys",
    "quick-xml",
    "regex",
    "reqwest",
    "serde",
    "serde_json",
    "time",
    "tokio",
    "tower",
    "tower-http",
    "tower-layer",
    "tower-service",
    "tracing",
    "tracing-subscriber",
    "url",
    "uuid",
    "wasmtimer",
];

/// The name of a target's package: the one that was given, else one made from the folder.
pub(crate) fn package_name(kind: Kind, target: &Target) -> Result<String, ConfigError> {
    match &target.package {
        Some(name) => accepted(name.clone()),
        None => Ok(from_folder(kind, target)),
    }
}

/// The name of the package with the types of another.
pub(crate) fn types_package_name(package: &str) -> Result<String, ConfigError> {
    accepted(format!("{package}-types"))
}

/// A name, if cargo and the generated packages accept it.
fn accepted(name: String) -> Result<String, ConfigError> {
    match reason_against(&name) {
        None => Ok(name),
        Some(reason) => Err(ConfigError::PackageName { name, reason }),
    }
}

fn reason_against(name: &str) -> Option<&'static str> {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    if !name.starts_with(letter) {
        return Some("it does not begin with a letter");
    }
    if !name.chars().all(|c| letter(c) || c.is_ascii_digit() || c == '-') {
        return Some("it has other characters than letters, digits, `-` and `_`");
    }
    if name.chars().all(|c| c == '_') || name.len() > 64 {
        return Some("it is only `_`, or longer than 64 characters");
    }
    if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
        return Some("the name is reserved");
    }
    DEPENDENCIES
        .contains(&name)
        .then_some("generated packages depend on one of this name")
}

/// Whether a crate or module cannot have this name.
pub(crate) fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

fn from_folder(kind: Kind, target: &Target) -> String {
    let last = target
        .dir
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let words: Vec<&str> = last
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let name = words.join("-");
    match reason_against(&name) {
        None => name,
        Some(_) if name.is_empty() || name.len() > 50 => kind.name().to_owned(),
        Some(_) if name.starts_with(|c: char| c.is_ascii_digit()) => format!("{}-{name}", kind.name()),
        Some(_) => format!("{name}-{}", kind.name()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_names() {
        for (dir, name) in [
            ("sdk", "sdk"),
            ("examples/bookstore/client", "client"),
            ("My Api.rs", "my-api-rs"),
            ("book_store", "book_store"),
            (".", "client"),
            ("..", "client"),
            ("", "client"),
            ("/", "client"),
            ("2nd", "client-2nd"),
            ("serde", "serde-client"),
            ("type", "type-client"),
            ("___", "___-client"),
            ("Ünï", "n"),
            ("--x--", "x"),
        ] {
            let target = Target::new(dir);
            let found = package_name(Kind::Client, &target).unwrap();
            assert_eq!(found, name, "{dir}");
            assert_eq!(package_name(Kind::Client, &target.package(name)), Ok(found), "{dir}");
        }
    }

    #[test]
    fn given_names_are_taken_as_they_are_or_refused() {
        let with = |name: &str| package_name(Kind::Client, &Target::new("x").package(name));
        assert_eq!(with("My_Api-2").as_deref(), Ok("My_Api-2"));
        for name in [
            "",
            "2nd",
            "a b",
            "a\"]\nb",
            "é",
            "test",
            "reqwest",
            "_",
            "-a",
            &"x".repeat(65),
        ] {
            assert!(matches!(with(name), Err(ConfigError::PackageName { .. })), "{name:?}");
        }
    }
}
