//! What there is to say about a document, with the texts it is about.

use std::fmt;

use crate::{
    Diagnostics, Severity, SourceMap,
    render::terminal::{self, Options},
};

/// What there is to say about a document, with the texts it is about.
///
/// Displays as a terminal shows it, without colours, and with a line that counts; empty where there is nothing to say.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// The document, as the user named it.
    pub document: String,
    /// Errors, warnings and notes, in the order in which they were found.
    pub diagnostics: Diagnostics,
    /// The document, and the other files that were read for it.
    pub sources: SourceMap,
}

impl Findings {
    /// No findings about a document yet, and the levels of those to come.
    pub fn new(document: impl Into<String>, diagnostics: Diagnostics) -> Self {
        Self {
            document: document.into(),
            diagnostics,
            sources: SourceMap::new(),
        }
    }

    /// How much there is to say: `2 errors, 1 warning, 3 allowed in openapi.yaml (5 files)`.
    pub fn summary(&self) -> String {
        let count = |severity| self.diagnostics.count(severity);
        let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let parts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| (count(severity), severity));
        let mut parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, severity)| plural(count, severity.name()))
            .collect();
        if parts.is_empty() {
            parts.push("no problems".to_owned());
        }
        let allowed = self.diagnostics.allowed();
        if allowed > 0 {
            parts.push(format!("{allowed} allowed"));
        }
        let files = match self.sources.iter().len() {
            0 | 1 => String::new(),
            files => format!(" ({files} files)"),
        };
        let document = terminal::visible_line(&self.document);
        format!("{} in {document}{files}", parts.join(", "))
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&terminal::render(self, &Options::default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Codes, Diagnostic, Level, Levels};

    #[test]
    fn summaries_count() {
        let mut levels = Levels::default();
        levels.set(Codes::Notes, Level::Allow).ok();
        let mut findings = Findings::new("api.yaml", Diagnostics::with_levels(levels));
        assert_eq!(findings.summary(), "no problems in api.yaml");
        let report =
            |findings: &mut Findings, code, message| findings.diagnostics.report(Diagnostic::new(code, message));
        report(&mut findings, Code::SyntaxError, "one");
        assert_eq!(findings.summary(), "1 error in api.yaml");
        report(&mut findings, Code::SyntaxError, "two");
        report(&mut findings, Code::NonFiniteNumber, "three");
        report(&mut findings, Code::NotGenerated, "four");
        for name in ["api.yaml", "b.yaml", "c.json"] {
            findings.sources.add(name, "");
        }
        assert_eq!(
            findings.summary(),
            "2 errors, 1 warning, 1 allowed in api.yaml (3 files)"
        );
    }
}
