//! [`Document`] to [`Document`]: Swagger 2.0 and OpenAPI 3.0 and 3.1 written as OpenAPI 3.2, for people and other tools.
//!
//! Every value that is understood keeps its meaning and its place in the text that it comes from. The walk is led by the
//! [grammar](crate::grammar): [`plan`](plan) turns one value at a time into what it becomes, [`object`](object) and
//! [`schema`](schema) say what that is, and [`moved`](moved) mends references to schemas that stand elsewhere afterwards.

mod draft;
mod keyword;
mod moved;
mod nullable;
mod object;
mod plan;
mod schema;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Location, Severity};

use self::plan::{Meaning, Plan};
use crate::{
    Document, DocumentBuilder, Limits, Node, NodeId,
    convert::convert,
    grammar::{Kind, Value, Version},
    lower::version,
};

/// Writes a document in OpenAPI 3.2; one that is written in it already stays as it is.
///
/// The new document means the same: [`lower`](crate::lower()) makes the same of both. Extensions (`x-`) are kept as they
/// are. What cannot be carried over exactly is reported. Returns `None` after reporting why, when the document is of no
/// version that is read.
///
/// ```
/// use specsmith_diagnostics::{Diagnostics, SourceMap};
/// use specsmith_spec::{Limits, Source, read, upgrade};
///
/// let text = "
/// openapi: 3.0.4
/// info: { title: Books, version: '1' }
/// paths: {}
/// components: { schemas: { Title: { type: string, nullable: true } } }
/// ";
/// let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
/// let source = Source::from_text("openapi.yaml", text);
/// let document = read(source, &Limits::default(), &mut sources, &mut diagnostics).unwrap();
/// let document = upgrade(&document, &mut diagnostics).unwrap();
/// assert_eq!(document.root().get("openapi").unwrap().as_str(), Some("3.2.0"));
/// let title = document.root().get("components").unwrap().get("schemas").unwrap().get("Title").unwrap();
/// let types: Vec<_> = title.get("type").unwrap().items().map(|item| item.as_str().unwrap()).collect();
/// assert_eq!(types, ["string", "null"]);
/// ```
pub fn upgrade(document: &Document, diagnostics: &mut Diagnostics) -> Option<Document> {
    let version = version::check(document, diagnostics)?;
    if version >= Version::V3_2 {
        return Some(document.clone());
    }
    if version == Version::V2_0 {
        let converted = convert(document, &Limits::default(), diagnostics);
        return upgrade(&converted, diagnostics);
    }
    let mut first = Upgrade::new(document, version, BTreeMap::new());
    let upgraded = first.document();
    first.findings.drain(..).for_each(|finding| diagnostics.report(finding));
    let moved = first.moved(&upgraded);
    if moved.is_empty() {
        return Some(upgraded);
    }
    // What is built is not changed any more, so the few documents with such references are built twice.
    Some(Upgrade::new(document, version, moved).document())
}

/// The state of one walk.
struct Upgrade<'d> {
    document: &'d Document,
    version: Version,
    builder: DocumentBuilder,
    /// What each schema and other object of the old document became.
    built: BTreeMap<NodeId, NodeId>,
    /// The texts of references, with what they mean.
    references: Vec<(NodeId, Node<'d>)>,
    /// What the texts of references to moved schemas have to be.
    moved: BTreeMap<NodeId, String>,
    /// The documents that references name, if that was asked for.
    addresses: Option<BTreeSet<&'d str>>,
    findings: Vec<Diagnostic>,
}

impl<'d> Upgrade<'d> {
    fn new(document: &'d Document, version: Version, moved: BTreeMap<NodeId, String>) -> Self {
        Self {
            document,
            version,
            builder: DocumentBuilder::new(),
            built: BTreeMap::new(),
            references: Vec::new(),
            moved,
            addresses: None,
            findings: Vec::new(),
        }
    }

    /// The whole document anew.
    fn document(&mut self) -> Document {
        let root = self.document.root();
        let root = self.build(Plan::Later(root, Meaning::Value(Value::Object(Kind::OpenApi))));
        std::mem::take(&mut self.builder).finish(root)
    }

    /// Reports what has another meaning, or none, in OpenAPI 3.2.
    fn inexact(&mut self, message: impl Into<String>, location: Location, done: &'static str) {
        let diagnostic = Diagnostic::new(Code::InexactUpgrade, message).at(location);
        self.findings.push(diagnostic.label(done));
    }

    /// Notes what counts from now on.
    fn note(&mut self, message: impl Into<String>, location: Location, done: &'static str) {
        let mut diagnostic = Diagnostic::new(Code::InexactUpgrade, message).at(location);
        diagnostic.severity = Severity::Note;
        self.findings.push(diagnostic.label(done));
    }
}
