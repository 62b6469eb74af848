//! The arguments of `specsmith ir`.

use clap::{Args, ValueEnum};
use specsmith::{Config, IrFormat};

use super::{
    Filter, InputError,
    input::{DocumentOrFile, Reading},
    reporting::Reporting,
};

pub(super) const EXAMPLES: &str = "\
References are resolved, schemas merged, versions of OpenAPI gone; types have a form for each
direction. The form of the JSON has a version: docs/reference/ir.md.

Examples:
  specsmith ir openapi.yaml | jq '.api.operations[].path.text'
  specsmith ir openapi.yaml --format text";

/// A document whose meaning is printed.
#[derive(Debug, Args)]
pub(crate) struct IrArguments {
    #[command(flatten)]
    document: DocumentOrFile,
    /// The form
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Form::Json)]
    format: Form,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// The form of what a document means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A JSON object, for programs
    Json,
    /// A fact on each line, for people; it may change with each version
    Text,
}

impl IrArguments {
    /// The configuration that the arguments mean.
    pub(crate) fn config(&self) -> Result<Config, InputError> {
        let config = self.filter.apply(self.document.config(&self.reading, "a model")?);
        Ok(self.reporting.apply(config))
    }

    /// The form that is asked for.
    pub(crate) fn format(&self) -> IrFormat {
        match self.format {
            Form::Json => IrFormat::Json,
            Form::Text => IrFormat::Text,
        }
    }
}
