//! From a configuration to the document that it names, with what there is to say about it.

use specsmith_diagnostics::{Codes, Diagnostic, Diagnostics, Findings, Level, LevelError, Levels};
use specsmith_spec::{Document, Options, Source};

use crate::{Config, ConfigError, config::Input};

/// Reads the document with everything that belongs to it; it is `None` where that cannot be done.
pub(crate) fn read(config: &Config) -> Result<(Findings, Option<Document>), ConfigError> {
    if matches!(config.document, Input::Unnamed) {
        return Err(ConfigError::NoDocument);
    }
    let levels = levels(config).map_err(ConfigError::Level)?;
    let mut findings = Findings::new(config.document_name(), Diagnostics::with_levels(levels));
    let Findings {
        diagnostics, sources, ..
    } = &mut findings;
    let document = open(config)
        .map_err(|diagnostic| diagnostics.report(diagnostic))
        .ok()
        .and_then(|(source, options)| specsmith_spec::load(source, &options, sources, diagnostics));
    Ok((findings, document))
}

fn levels(config: &Config) -> Result<Levels, LevelError> {
    let mut levels = Levels::default();
    for (names, level) in &config.levels {
        levels.set_named(names, *level)?;
    }
    if config.strict {
        levels.set(Codes::Warnings, Level::Deny)?;
    }
    Ok(levels)
}

/// The document of a configuration, and what belongs to it.
fn open(config: &Config) -> Result<(Source, Options), Diagnostic> {
    let source = match &config.document {
        Input::Bytes(name, bytes) => Source::from_bytes(name.as_str(), bytes.clone()),
        Input::File(path) => Source::from_file_within(path, &config.limits),
        Input::Named(name, path) => Source::from_file_within(path, &config.limits).map(|source| Source {
            name: name.clone(),
            ..source
        }),
        Input::Unnamed => Source::from_bytes("", Vec::new()),
    }?;
    let overlays = config
        .overlays
        .iter()
        .map(|path| Source::from_file_within(path, &config.limits));
    let options = Options {
        limits: config.limits,
        folders: config.folders.clone(),
        overlays: overlays.collect::<Result<_, _>>()?,
    };
    Ok((source, options))
}
