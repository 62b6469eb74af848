//! What a document means, for programs that work with the API itself instead of generating.

use specsmith_diagnostics::Findings;
use specsmith_ir::Api;

use crate::{Config, Error, config_file::Located, filter, pagination, read::read};

/// A document that was understood.
#[derive(Debug, Clone)]
pub struct Understood {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// The API, with types of their own for each direction, without the operations that are left out.
    pub api: Api,
    /// The path that servers serve everything below: the one that is chosen, else that of the first server of the
    /// document; empty where there is none.
    pub base_path: String,
    /// How many bytes the bodies of requests may have where their operation has no limit of its own; `None` where it is
    /// not said.
    pub body_limit: Option<u64>,
}

/// Reads a document and tells what it means; targets do not matter.
///
/// # Errors
/// When the document cannot be used.
pub fn understand(config: &Config) -> Result<Understood, Error> {
    let (mut findings, document) = read(config)?;
    let Located { types, pages, serving } = config.located(&mut findings.sources);
    let diagnostics = &mut findings.diagnostics;
    let api = document
        .as_ref()
        .and_then(|document| specsmith_spec::lower_within(document, &config.limits, diagnostics))
        .map(|mut api| {
            pagination::apply(&pages, &mut api, diagnostics);
            serving.apply(&mut api, diagnostics);
            specsmith_ir::split_views(&mut api);
            filter::select(&mut api, &config.filter, &types, diagnostics);
            api
        });
    match api {
        Some(api) if !diagnostics.has_errors() => Ok(Understood {
            findings,
            base_path: specsmith_ir::base_path(&api.servers, config.base_path.as_deref()),
            body_limit: config.serving.body_limit,
            api,
        }),
        _ => Err(Error::Document(findings)),
    }
}
