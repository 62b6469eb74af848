//! The arguments of `specsmith list`.

use clap::{Args, ValueEnum};
use specsmith::Config;

use super::{
    CoverageFormat, Filter, InputError,
    input::{DocumentOrFile, Reading},
    reporting::Reporting,
};

pub(super) const EXAMPLES: &str = "\
The types of arguments, setters, bodies and responses are in the JSON:
docs/reference/message-formats.md.

Examples:
  specsmith list
  specsmith list openapi.yaml --only operations --include tag:Books
  specsmith list openapi.yaml --format json | jq -r '.operations[].client.call'";

/// A document whose operations and schemas are listed.
#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    #[command(flatten)]
    document: DocumentOrFile,
    /// Lists only these
    #[arg(long, value_name = "WHAT", value_enum)]
    only: Option<Listed>,
    /// The form of the list
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CoverageFormat::Human)]
    pub(crate) format: CoverageFormat,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Listed {
    /// Operations
    Operations,
    /// Named schemas
    Schemas,
}

impl ListArguments {
    /// The configuration that the arguments mean.
    pub(crate) fn config(&self) -> Result<Config, InputError> {
        let config = self.filter.apply(self.document.config(&self.reading, "a list")?);
        Ok(self.reporting.apply(config))
    }

    /// Whether operations are listed.
    pub(crate) fn has_operations(&self) -> bool {
        self.only != Some(Listed::Schemas)
    }

    /// Whether schemas are listed.
    pub(crate) fn has_schemas(&self) -> bool {
        self.only != Some(Listed::Operations)
    }
}
