//! The arguments of `specsmith mock`.

use std::{net::SocketAddr, time::Duration};

use clap::Args;
use specsmith::Config;
use specsmith_mock::{Auth, BasePath, Cors, Options, Values};

use super::{
    Filter, InputError,
    input::{DocumentOrFile, Reading},
    reporting::Reporting,
};

pub(super) const EXAMPLES: &str = "\
Requests are checked as generated servers check them. Answers are examples of the document that
fit its schemas, or values made for the schemas; the same request gets the same answer.
A request chooses with the header `Prefer`: `code=404`, `example=NAME`, `dynamic=true`.
Everything is below the path of the document's first server, as with generated servers; what
`[server]` of `specsmith.toml` says of paths, limits and deprecations holds here, too.

Examples:
  specsmith mock
  specsmith mock openapi.yaml
  specsmith mock openapi.yaml --address 127.0.0.1:8080 --base-path /v2
  specsmith mock openapi.yaml --include tag:Books --exclude 'DELETE /**'
  specsmith mock openapi.yaml --dynamic --seed 7 --no-auth --cors
  curl -H 'Prefer: code=404' http://127.0.0.1:4010/books/1";

/// A document to serve.
#[derive(Debug, Args)]
pub(crate) struct MockArguments {
    #[command(flatten)]
    document: DocumentOrFile,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:4010")]
    pub(crate) address: SocketAddr,
    /// Decides the values that are made
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// Makes values for the schemas, whatever examples there are
    #[arg(long)]
    dynamic: bool,
    /// Asks for no credentials
    #[arg(long)]
    no_auth: bool,
    /// What every answer waits for, in milliseconds
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    delay: u64,
    /// Lets pages of all origins call
    #[arg(long)]
    cors: bool,
    /// The path that everything is below, `""` for none [default: that of the document's first server]
    #[arg(long, value_name = "PATH")]
    base_path: Option<String>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

impl MockArguments {
    /// The configuration that the arguments mean.
    pub(crate) fn config(&self) -> Result<Config, InputError> {
        let config = self.filter.apply(self.document.config(&self.reading, "a mock")?);
        Ok(self.reporting.apply(config))
    }

    /// How the mock answers.
    pub(crate) fn options(&self) -> Options {
        Options {
            seed: self.seed,
            values: if self.dynamic {
                Values::Dynamic
            } else {
                Values::Examples
            },
            auth: if self.no_auth { Auth::Ignored } else { Auth::Required },
            delay: Duration::from_millis(self.delay),
            cors: if self.cors { Cors::Allowed } else { Cors::Denied },
            base_path: match &self.base_path {
                None => BasePath::OfServer,
                Some(path) => BasePath::Given(path.clone()),
            },
            body_limit: None,
            on_answer: None,
        }
    }
}
