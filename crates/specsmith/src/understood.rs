//! What a document means, for programs that work with the API itself instead of generating.

use specsmith_diagnostics::Findings;
use specsmith_ir::Api;

use crate::{Config, Error, pagination, read::read};

/// A document that was understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// The API, with types of their own for each direction.
    pub api: Api,
}

/// Reads a document and tells what it means; targets do not matter.
///
/// # Errors
/// When the document cannot be used.
pub fn understand(config: &Config) -> Result<Understood, Error> {
    let (mut findings, document) = read(config)?;
    let (_, rules) = config.located(&mut findings.sources);
    let diagnostics = &mut findings.diagnostics;
    let api = document
        .as_ref()
        .and_then(|document| specsmith_spec::lower_within(document, &config.limits, diagnostics))
        .map(|mut api| {
            pagination::apply(&rules, &mut api, diagnostics);
            specsmith_ir::split_views(&mut api);
            api
        });
    match api {
        Some(api) if !diagnostics.has_errors() => Ok(Understood { findings, api }),
        _ => Err(Error::Document(findings)),
    }
}
