//! How much of a document is understood.

use specsmith_diagnostics::Findings;
use specsmith_spec::Coverage;

use crate::{Config, Error, read::read};

/// How much of a document is understood, and what there is to say about it.
#[derive(Debug, Clone)]
pub struct Covered {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// What it uses, what becomes of it, and what is lost.
    pub coverage: Coverage,
}

/// Tells what a document uses, what becomes of it, and what is lost; targets do not matter.
///
/// # Errors
/// When the document cannot be used.
pub fn coverage(config: &Config) -> Result<Covered, Error> {
    let (mut findings, document) = read(config)?;
    let Findings {
        diagnostics, sources, ..
    } = &mut findings;
    let coverage =
        document.and_then(|document| specsmith_spec::coverage(&document, &config.limits, sources, diagnostics));
    match coverage {
        Some(coverage) if !diagnostics.has_errors() => Ok(Covered { findings, coverage }),
        _ => Err(Error::Document(findings)),
    }
}
