//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.
//!
//! ```text
//! ::warning file=openapi.yaml,line=42,col=15,endLine=42,endColumn=42,title=broken-ref::`#/x` does not exist
//! ```

use std::collections::BTreeMap;

use super::{Base, text};
use crate::{Code, Diagnostic, Findings, Severity};

/// How many annotations of each severity GitHub shows for a step.
const SHOWN: usize = 10;

/// Renders the ten errors, warnings and notes that GitHub shows, and a line that counts all.
///
/// Each code has its turn before another one has its second, so that none hides the others.
pub fn render(findings: &Findings, base: &Base) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for diagnostic in choose(findings, severity) {
            out.push_str(&annotation(findings, diagnostic, base));
        }
    }
    if !out.is_empty() || findings.diagnostics.allowed() > 0 {
        out.push_str("specsmith: ");
        out.push_str(&findings.summary());
        out.push('\n');
    }
    out
}

/// The diagnostics of a severity that are shown, in their order.
fn choose(findings: &Findings, severity: Severity) -> Vec<&Diagnostic> {
    let mut turns: BTreeMap<Code, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, usize, &Diagnostic)> = Vec::new();
    let all = findings
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity);
    for (place, diagnostic) in all.enumerate() {
        let turn = turns.entry(diagnostic.code).or_default();
        *turn += 1;
        if *turn <= SHOWN {
            ranked.push((*turn, place, diagnostic));
        }
    }
    ranked.sort_by_key(|(turn, place, _)| (*turn, *place));
    ranked.truncate(SHOWN);
    ranked.sort_by_key(|(_, place, _)| *place);
    ranked.into_iter().map(|(.., diagnostic)| diagnostic).collect()
}

fn annotation(findings: &Findings, diagnostic: &Diagnostic, base: &Base) -> String {
    let place = diagnostic.location.and_then(|location| {
        let file = findings.sources.file(location.file)?;
        let (start, end) = (file.line_column(location.start), file.line_column(location.end));
        // GitHub marks columns only within one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        let name = property(&base.path(file.name()));
        Some(format!(
            "file={name},line={},endLine={}{columns},",
            start.line, end.line
        ))
    });
    // What has no place is about the document.
    let place = place.unwrap_or_else(|| format!("file={},", property(&base.path(&findings.document))));
    command(diagnostic.severity, &place, diagnostic.code.name(), &text(diagnostic))
}

/// An error about a whole file, such as one that is not as it is generated.
pub fn file_error(name: &str, title: &str, text: &str, base: &Base) -> String {
    let place = format!("file={},", property(&base.path(name)));
    command(Severity::Error, &place, title, text)
}

/// An error at a place, a file with a line and a column, else about a document as a whole.
pub fn error(place: Option<(String, u32, u32)>, document: &str, title: &str, text: &str, base: &Base) -> String {
    command(Severity::Error, &at(place, document, base), title, text)
}

/// A notice at a place, a file with a line and a column, else about a document as a whole.
pub fn notice(place: Option<(String, u32, u32)>, document: &str, title: &str, text: &str, base: &Base) -> String {
    command(Severity::Note, &at(place, document, base), title, text)
}

fn at(place: Option<(String, u32, u32)>, document: &str, base: &Base) -> String {
    match place {
        Some((file, line, column)) => format!("file={},line={line},col={column},", property(&base.path(&file))),
        None => format!("file={},", property(&base.path(document))),
    }
}

fn command(severity: Severity, place: &str, title: &str, text: &str) -> String {
    let command = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    format!("::{command} {place}title={}::{}\n", property(title), data(text))
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Diagnostics, Location};

    fn rendered(name: &str, text: &str, diagnostics: impl IntoIterator<Item = Diagnostic>) -> String {
        let mut findings = Findings::new(name, Diagnostics::new());
        findings.sources.add(name, text);
        diagnostics
            .into_iter()
            .for_each(|diagnostic| findings.diagnostics.report(diagnostic));
        render(&findings, &Base::default())
    }

    #[test]
    fn the_whole_form() {
        let at = |start, end| Location::new(Default::default(), start, end);
        let shown = rendered(
            "a,b:c%.yaml",
            "x: 1\ny: 2\n",
            [
                Diagnostic::new(Code::BrokenRef, "100 %\n::error::x\u{202e}")
                    .at(at(3, 4))
                    .label("here")
                    .help("one\ntwo"),
                Diagnostic::new(Code::NotGenerated, "several lines").at(at(3, 9)),
                Diagnostic::new(Code::UnreadableFile, "no place"),
            ],
        );
        let file = "file=a%2Cb%3Ac%25.yaml";
        let expected = format!(
            "::error {file},title=unreadable-file::no place\n\
             ::warning {file},line=1,endLine=1,col=4,endColumn=5,title=broken-ref::\
             100 %25\\u{{a}}::error::x\\u{{202e}}: here%0Ahelp: one%0Atwo\n\
             ::notice {file},line=1,endLine=2,title=not-generated::several lines\n\
             specsmith: 1 error, 1 warning, 1 note in a,b:c%.yaml\n"
        );
        assert_eq!(shown, expected);
        assert_eq!(rendered("a", "", []), "");
    }

    #[test]
    fn no_code_hides_the_others() {
        let many = (0..50).map(|number| Diagnostic::new(Code::BrokenRef, number.to_string()));
        let other = Diagnostic::new(Code::WrongType, "other");
        let shown = rendered("a", "", many.chain([other]));
        assert_eq!(shown.matches("::warning").count(), 10, "{shown}");
        assert_eq!(shown.matches("title=broken-ref").count(), 9, "{shown}");
        assert!(
            shown.ends_with("title=wrong-type::other\nspecsmith: 51 warnings in a\n"),
            "{shown}"
        );
    }
}
