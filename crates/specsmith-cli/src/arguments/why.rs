//! The arguments of `specsmith why`.

use clap::Args;
use specsmith::Config;

use crate::completions;

use super::{
    Filter, InputError,
    input::{DocumentOrFile, Reading},
    reporting::Reporting,
};

pub(super) const EXAMPLES: &str = "\
Examples:
  specsmith why Book
  specsmith why listBooks openapi.yaml
  specsmith why 'GET /books/{isbn}' openapi.yaml
  specsmith why types::BookFacts --include tag:Books";

/// A name to explain.
#[derive(Debug, Args)]
pub(crate) struct WhyArguments {
    /// A schema, a type in Rust, an operationId, or a method and a path
    #[arg(value_name = "NAME", add = completions::names())]
    pub(crate) name: String,
    #[command(flatten)]
    document: DocumentOrFile,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

impl WhyArguments {
    /// The configuration that the arguments mean.
    pub(crate) fn config(&self) -> Result<Config, InputError> {
        let config = self.filter.apply(self.document.config(&self.reading, "a name")?);
        Ok(self.reporting.apply(config))
    }
}
