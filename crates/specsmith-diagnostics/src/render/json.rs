//! Findings as JSON lines: an object for each diagnostic, and one that counts at the end.
//!
//! The shape is stable: members may be added, and none is left out where it has no value.
//!
//! ```json
//! {"type":"diagnostic","code":"broken-ref","severity":"warning","message":"...","label":null,"help":"did you mean `Pet`?","location":{"file":"openapi.yaml","start":{"offset":812,"line":42,"column":15},"end":{"offset":839,"line":42,"column":42}},"related":[]}
//! {"type":"summary","document":"openapi.yaml","files":["openapi.yaml"],"errors":0,"warnings":1,"notes":0,"allowed":0}
//! ```

use serde::Serialize;

use super::Drift;
use crate::{Diagnostic, Findings, Location, Severity, SourceMap};

/// Renders all findings, in their order.
pub fn render(findings: &Findings) -> String {
    let mut out = String::new();
    for diagnostic in &findings.diagnostics {
        push_line(&mut out, &Finding::new(diagnostic, &findings.sources));
    }
    push_line(&mut out, &Summary::new(findings));
    out
}

/// A line for a generated file that is not as it should be.
pub fn file(drift: &Drift) -> String {
    let mut out = String::new();
    push_line(&mut out, &File { r#type: "file", drift });
    out
}

/// A line for a command that makes files right again.
pub fn repair(command: &str) -> String {
    let mut out = String::new();
    let line = Repair {
        r#type: "repair",
        command,
    };
    push_line(&mut out, &line);
    out
}

fn push_line(out: &mut String, line: &impl Serialize) {
    // Text and numbers always have a form in JSON.
    out.push_str(&serde_json::to_string(line).unwrap_or_default());
    out.push('\n');
}

#[derive(Serialize)]
struct Finding<'f> {
    r#type: &'static str,
    code: &'static str,
    severity: &'static str,
    message: &'f str,
    label: Option<&'f str>,
    help: Option<&'f str>,
    location: Option<Place<'f>>,
    related: Vec<Related<'f>>,
}

#[derive(Serialize)]
struct File<'f> {
    r#type: &'static str,
    #[serde(flatten)]
    drift: &'f Drift,
}

#[derive(Serialize)]
struct Repair<'f> {
    r#type: &'static str,
    command: &'f str,
}

#[derive(Serialize)]
struct Related<'f> {
    message: &'f str,
    location: Option<Place<'f>>,
}

/// A range of a file; the end is behind its last character.
#[derive(Serialize)]
struct Place<'f> {
    file: &'f str,
    start: Position,
    end: Position,
}

/// A position in a file: bytes from 0, a line from 1, and characters of the line from 1.
#[derive(Serialize)]
struct Position {
    offset: u32,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Summary<'f> {
    r#type: &'static str,
    document: &'f str,
    files: Vec<&'f str>,
    errors: usize,
    warnings: usize,
    notes: usize,
    allowed: usize,
}

impl<'f> Finding<'f> {
    fn new(diagnostic: &'f Diagnostic, sources: &'f SourceMap) -> Self {
        let related = diagnostic.related.iter().map(|related| Related {
            message: &related.message,
            location: Place::new(related.location, sources),
        });
        Self {
            r#type: "diagnostic",
            code: diagnostic.code.name(),
            severity: diagnostic.severity.name(),
            message: &diagnostic.message,
            label: diagnostic.label.as_deref(),
            help: diagnostic.help.as_deref(),
            location: diagnostic.location.and_then(|location| Place::new(location, sources)),
            related: related.collect(),
        }
    }
}

impl<'f> Place<'f> {
    fn new(location: Location, sources: &'f SourceMap) -> Option<Self> {
        let file = sources.file(location.file)?;
        let position = |offset| {
            let place = file.line_column(offset);
            Position {
                offset: file.offset_in_file(offset),
                line: place.line,
                column: place.column,
            }
        };
        Some(Self {
            file: file.name(),
            start: position(location.start),
            end: position(location.end),
        })
    }
}

impl<'f> Summary<'f> {
    fn new(findings: &'f Findings) -> Self {
        let count = |severity| findings.diagnostics.count(severity);
        Self {
            r#type: "summary",
            document: &findings.document,
            files: findings.sources.iter().map(|file| file.name()).collect(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            allowed: findings.diagnostics.allowed(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Diagnostics, FileId};

    #[test]
    fn the_whole_form() {
        let mut findings = Findings::new("a.yaml", Diagnostics::new());
        let file = findings.sources.add("a.yaml", "\u{FEFF}x: ä\r\n  $ref: 'y'\n");
        let place = |start, end| Location::new(file, start, end);
        let diagnostic = Diagnostic::new(Code::BrokenRef, "`y`\ndoes not exist")
            .at(place(15, 18))
            .related(place(3, 5), "here")
            .help("say \"z\"");
        findings.diagnostics.report(diagnostic);
        findings
            .diagnostics
            .report(Diagnostic::new(Code::UnreadableFile, "cannot read `b`").label("why"));
        let expected = concat!(
            r#"{"type":"diagnostic","code":"broken-ref","severity":"warning","message":"`y`\ndoes not exist","#,
            r#""label":null,"help":"say \"z\"","location":{"file":"a.yaml","#,
            r#""start":{"offset":18,"line":2,"column":9},"end":{"offset":21,"line":2,"column":12}},"#,
            r#""related":[{"message":"here","location":{"file":"a.yaml","start":{"offset":6,"line":1,"column":4},"#,
            r#""end":{"offset":8,"line":1,"column":5}}}]}"#,
            "\n",
            r#"{"type":"diagnostic","code":"unreadable-file","severity":"error","message":"cannot read `b`","#,
            r#""label":"why","help":null,"location":null,"related":[]}"#,
            "\n",
            r#"{"type":"summary","document":"a.yaml","files":["a.yaml"],"errors":1,"warnings":1,"notes":0,"allowed":0}"#,
            "\n",
        );
        assert_eq!(render(&findings), expected);
    }

    #[test]
    fn files_say_why() {
        let drift = Drift {
            target: "client".to_owned(),
            file: "sdk/src/lib.rs".to_owned(),
            state: "outdated",
            reasons: vec!["document"],
            message: "is out of date: the document has changed".to_owned(),
        };
        let expected = concat!(
            r#"{"type":"file","target":"client","file":"sdk/src/lib.rs","state":"outdated","reasons":["document"],"#,
            r#""message":"is out of date: the document has changed"}"#,
            "\n",
        );
        assert_eq!(file(&drift), expected);
        let expected = "{\"type\":\"repair\",\"command\":\"specsmith generate\"}\n";
        assert_eq!(repair("specsmith generate"), expected);
    }

    #[test]
    fn a_place_in_no_file_is_none() {
        let mut findings = Findings::new("a", Diagnostics::new());
        let diagnostic = Diagnostic::new(Code::BrokenRef, "x").at(Location::new(FileId(7), 0, 1));
        findings.diagnostics.report(diagnostic);
        assert!(render(&findings).contains(r#""location":null"#));
    }
}
