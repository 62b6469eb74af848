//! The arguments of `specsmith diff`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use specsmith::{Bump, Class, Config, Diff};

use super::{
    Filter, InputError,
    input::{self, DocumentOrFile, Reading},
    reporting::Reporting,
};
use crate::revision::Revision;

pub(super) const EXAMPLES: &str = "\
A change breaks clients where what they send may be refused, or what they get may be what they do
not know; it breaks servers where what they do is not all that the new document promises. What it
does to the generated client is told apart, with the version that it needs:
docs/reference/diff.md.

Examples:
  specsmith diff main:openapi.yaml
  specsmith diff v1/openapi.yaml v2/openapi.yaml
  specsmith diff HEAD~1:./openapi.yaml openapi.yaml --fail-on clients --fail-on major
  specsmith diff main:openapi.yaml openapi.yaml --format github --fail-on breaking
  specsmith diff old.json new.json --format markdown > changes.md";

/// Two documents to compare.
#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The older document: a file, `-` for standard input, or a file of a git revision (`main:openapi.yaml`)
    #[arg(value_name = "OLD")]
    old: String,
    #[command(flatten)]
    new: DocumentOrFile,
    /// The form of the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = DiffFormat::Human)]
    pub(crate) format: DiffFormat,
    /// Fails where a change breaks these; may be given several times
    #[arg(long, value_name = "WHAT", value_enum)]
    fail_on: Vec<FailOn>,
    /// Lists changes of titles, descriptions and examples too, which are counted otherwise
    #[arg(long)]
    pub(crate) prose: bool,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// The form of a list of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people
    Human,
    /// A JSON object
    Json,
    /// Tables, for a pull request or release notes
    Markdown,
    /// Annotations of GitHub Actions
    Github,
}

/// What makes the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Clients or servers break, or the generated client needs a major version
    Breaking,
    /// Clients of the API break
    Clients,
    /// Servers of the API break
    Servers,
    /// The generated client needs a major version
    Major,
    /// The generated client needs a minor or a major version
    Minor,
    /// Anything is different
    Any,
}

/// Why there are no two configurations.
#[derive(Debug)]
pub(crate) enum DiffError {
    /// The newer document, or the configuration file, cannot be used.
    Input(InputError),
    /// The older document is of a revision that cannot be read; why.
    Revision(String),
}

impl DiffArguments {
    /// The configurations of the older and the newer document, and what keeps the files of a revision.
    pub(crate) fn configs(&self) -> Result<(Config, Config, Option<Revision>), DiffError> {
        let new = self
            .new
            .config(&self.reading, "a comparison")
            .map_err(DiffError::Input)?;
        let new = self.reporting.apply(self.filter.apply(new));
        let (old, revision) = self.older(&new)?;
        Ok((old, new, revision))
    }

    /// The same configuration with the older document.
    fn older(&self, new: &Config) -> Result<(Config, Option<Revision>), DiffError> {
        let path = Path::new(&self.old);
        if self.old == "-" || path.exists() {
            let old = input::open(new.clone(), path).map_err(|error| DiffError::Input(error.into()))?;
            return Ok((old, None));
        }
        match self.old.split_once(':') {
            Some((revision, file)) if !revision.is_empty() && !file.is_empty() => {
                let revision = Revision::read(revision, file).map_err(DiffError::Revision)?;
                let old = new.clone().document_named(&self.old, revision.path());
                Ok((old, Some(revision)))
            }
            // Reading says what is wrong with it.
            _ => Ok((new.clone().document(PathBuf::from(&self.old)), None)),
        }
    }

    /// Why what is different makes the command fail, where it does.
    pub(crate) fn failure(&self, diff: &Diff) -> Option<String> {
        let breaks =
            |side: fn(specsmith::Verdict) -> Class| diff.verdict().is_some_and(|of| side(of) == Class::Breaking);
        let (clients, servers) = (breaks(|of| of.clients), breaks(|of| of.servers));
        let bump = diff.bump();
        let fails = |on: &FailOn| match on {
            FailOn::Breaking => clients || servers || bump == Bump::Major,
            FailOn::Clients => clients,
            FailOn::Servers => servers,
            FailOn::Major => bump == Bump::Major,
            FailOn::Minor => bump >= Bump::Minor,
            FailOn::Any => bump > Bump::None,
        };
        let on = self.fail_on.iter().find(|on| fails(on))?.to_possible_value()?;
        Some(format!(
            "the differences are of a kind that `--fail-on {}` refuses",
            on.get_name()
        ))
    }
}
