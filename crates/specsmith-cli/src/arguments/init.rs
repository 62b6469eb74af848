//! The arguments of `specsmith init`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

pub(super) const EXAMPLES: &str = "\
Looks for the document by what files say, below the folder of the command, and for the crate or
workspace around it. Files that are there are never changed: what they lack is printed.

Examples:
  specsmith init
  specsmith init api/openapi.yaml --ci github
  specsmith init --build-script
  specsmith init --ci gitlab --pre-commit";

/// What a project begins with.
#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    /// The OpenAPI document [default: the one that is found]
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: Option<PathBuf>,
    /// Makes a module of the crate when it is built, instead of a package
    #[arg(long)]
    pub(crate) build_script: bool,
    /// Writes what checks the generated files in continuous integration
    #[arg(long, value_name = "WHERE", value_enum)]
    pub(crate) ci: Option<Ci>,
    /// Writes what checks the generated files before each commit, for pre-commit
    #[arg(long)]
    pub(crate) pre_commit: bool,
}

/// Where continuous integration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Ci {
    /// GitHub Actions
    Github,
    /// GitLab CI/CD
    Gitlab,
}
