//! Text to [`Document`]: JSON and YAML, within limits.

pub(crate) mod files;
mod json;
mod limits;
#[cfg(feature = "openapiv3")]
mod openapiv3;
mod source;
#[cfg(test)]
mod tests;
mod tree;
mod yaml;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, FileId, Location, SourceMap};

use self::tree::{Fatal, Tree};
use crate::Document;

pub(crate) use self::yaml::core::{Scalar, resolve};
pub use self::{
    limits::{LimitError, Limits},
    source::Source,
};

/// The notations of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

/// Reads a document; its text goes into `sources`.
///
/// Which format it is shows from the text, not from the name. Returns `None` after reporting why, when the text is
/// neither JSON nor YAML or exceeds the limits. What is wrong with single values, such as a key that is there twice, is
/// reported and the rest is read.
pub fn read(
    source: Source,
    limits: &Limits,
    sources: &mut SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let Source { name, text, .. } = source;
    if text.len() > limits.bytes.min(u32::MAX as usize) {
        diagnostics.report(source::too_long(&name, limits));
        return None;
    }
    let named_json = name.to_ascii_lowercase().ends_with(".json");
    let file = sources.add(name, text);
    let text = sources.file(file)?.text();
    let mut attempt = Attempt { text, file, limits };
    match attempt.any(named_json) {
        Ok((document, findings)) => {
            findings.iter().cloned().for_each(|finding| diagnostics.report(finding));
            Some(document)
        }
        Err(fatal) => {
            diagnostics.report(*fatal);
            None
        }
    }
}

/// A text that may have to be read twice before it is clear what it is.
struct Attempt<'t, 'l> {
    text: &'t str,
    file: FileId,
    limits: &'l Limits,
}

impl Attempt<'_, '_> {
    /// Reads the text in the format that it is in.
    fn any(&mut self, named_json: bool) -> Result<(Document, Diagnostics), Fatal> {
        let start = self.text.trim_start();
        if looks_like_markup(start) {
            return Err(self.markup(start));
        }
        if !start.starts_with(['{', '[']) {
            let yaml = self.read(Format::Yaml);
            return if named_json {
                yaml.or_else(|_| self.read(Format::Json))
            } else {
                yaml
            };
        }
        let json = match self.read(Format::Json) {
            Err(fatal) if !named_json && fatal.code == Code::SyntaxError => fatal,
            result => return result,
        };
        // What starts like JSON and goes wrong may be YAML in its flow form. If it is not that either, the error of the
        // format that understood more of the text says more.
        let place = |fatal: &Fatal| fatal.location.map(|location| location.start);
        self.read(Format::Yaml)
            .map_err(|yaml| if place(&yaml) > place(&json) { yaml } else { json })
    }

    fn read(&self, format: Format) -> Result<(Document, Diagnostics), Fatal> {
        let mut findings = Diagnostics::new();
        let tree = Tree::new(self.file, *self.limits, &mut findings);
        let document = match format {
            Format::Json => json::read(self.text, tree),
            Format::Yaml => yaml::read(self.text, tree),
        }?;
        Ok((document, findings))
    }

    fn markup(&self, start: &str) -> Fatal {
        let offset = u32::try_from(self.text.len() - start.len()).unwrap_or_default();
        let location = Location::new(self.file, offset, offset + 1);
        let diagnostic = Diagnostic::new(
            Code::SyntaxError,
            "this looks like HTML or XML, not like an OpenAPI document",
        )
        .at(location)
        .help("was a web page saved in place of the document?");
        Box::new(diagnostic)
    }
}

/// Whether a text starts as HTML or XML does; YAML can start with `<` too (`<<: *base`).
fn looks_like_markup(start: &str) -> bool {
    let second = start.strip_prefix('<').and_then(|rest| rest.chars().next());
    second.is_some_and(|second| second.is_ascii_alphabetic() || matches!(second, '!' | '?'))
}
