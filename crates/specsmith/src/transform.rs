//! Documents to documents: what `specsmith bundle` and `specsmith upgrade` print.

use specsmith_diagnostics::{Diagnostics, Findings};
use specsmith_spec::Document;

use crate::{Config, Error, read::read};

/// The notation in which a document is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, indented.
    Json,
    /// YAML in block style.
    Yaml,
}

/// A document that was made from another one.
#[derive(Debug, Clone)]
pub struct Printed {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// The new document.
    pub text: String,
}

/// Makes one document of all files that a document refers to, with its overlays applied; targets do not matter.
///
/// Without a format it is written as the document itself is.
///
/// # Errors
/// When the document cannot be read.
pub fn bundle(config: &Config, format: Option<Format>) -> Result<Printed, Error> {
    transform(config, format, |document, _| Some(document))
}

/// Writes a document in OpenAPI 3.2, after it was [bundled](bundle); targets do not matter.
///
/// What cannot be carried over exactly is among the findings. Without a format it is written as the document itself is.
///
/// # Errors
/// When the document cannot be read, or is of no version that is.
pub fn upgrade(config: &Config, format: Option<Format>) -> Result<Printed, Error> {
    transform(config, format, |document, diagnostics| {
        specsmith_spec::upgrade(&document, diagnostics)
    })
}

fn transform(
    config: &Config,
    format: Option<Format>,
    step: impl FnOnce(Document, &mut Diagnostics) -> Option<Document>,
) -> Result<Printed, Error> {
    let (mut findings, document) = read(config)?;
    let diagnostics = &mut findings.diagnostics;
    let document = document.and_then(|document| {
        // What could not be taken in stays as it is, so nothing else would tell.
        let unresolved = document.unresolved_references().cloned();
        unresolved.for_each(|diagnostic| diagnostics.report(diagnostic));
        step(document, diagnostics)
    });
    match document {
        Some(document) if !findings.diagnostics.has_errors() => {
            let text = match format.unwrap_or_else(|| format_of(&findings)) {
                Format::Json => specsmith_spec::to_json(&document),
                Format::Yaml => specsmith_spec::to_yaml(&document),
            };
            Ok(Printed { findings, text })
        }
        _ => Err(Error::Document(findings)),
    }
}

/// The notation of the document that was read.
fn format_of(findings: &Findings) -> Format {
    let text = findings.sources.iter().next().map_or("", |file| file.text());
    if text.trim_start().starts_with(['{', '[']) {
        Format::Json
    } else {
        Format::Yaml
    }
}
