//! The arguments of `specsmith mock`.

use std::{io, net::SocketAddr, time::Duration};

use clap::Args;
use specsmith::Config;
use specsmith_mock::{Auth, BasePath, Cors, Options, Values};

use super::{
    input::{Document, Reading},
    reporting::Reporting,
};

pub(super) const EXAMPLES: &str = "\
Requests are checked as generated servers check them. Answers are examples of the document that
fit its schemas, or values made for the schemas; the same request gets the same answer.
A request chooses with the header `Prefer`: `code=404`, `example=NAME`, `dynamic=true`.

Examples:
  specsmith mock openapi.yaml
  specsmith mock openapi.yaml --address 127.0.0.1:8080 --base-path
  specsmith mock openapi.yaml --dynamic --seed 7 --no-auth --cors
  curl -H 'Prefer: code=404' http://127.0.0.1:4010/books/1";

/// A document to serve.
#[derive(Debug, Args)]
pub(crate) struct MockArguments {
    #[command(flatten)]
    document: Document,
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
    /// The path that stands before all others [default: none; without a value: that of the document's first server]
    #[arg(long, value_name = "PATH", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    base_path: Option<String>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

impl MockArguments {
    /// The configuration that the arguments mean; fails where standard input does.
    pub(crate) fn config(&self) -> io::Result<Config> {
        Ok(self.reporting.apply(self.document.config(&self.reading)?))
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
            base_path: match self.base_path.as_deref() {
                None => BasePath::None,
                Some("") => BasePath::OfServer,
                Some(path) => BasePath::Given(path.to_owned()),
            },
            on_answer: None,
        }
    }
}
