//! The document that is committed, next to what a program prints: the same values, or where they differ first.

use std::path::{Path, PathBuf};

use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::Number;
use specsmith_spec::{Document, Limits, Node, NodeKind, Source};

use crate::{Config, config::Input};

/// The document that is committed, next to what a program prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The file.
    pub path: PathBuf,
    /// The program that prints the document.
    pub command: String,
    /// The first difference, where there is one.
    pub difference: Option<Difference>,
}

/// Where two documents differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The line of the file from 1, where the file has the place.
    pub line: Option<u32>,
    /// The place as a JSON Pointer (RFC 6901), as a URI fragment: `#/info/title`.
    pub pointer: String,
    /// What is different, in words that stand behind the place: `has no member \`title\``.
    pub what: String,
}

/// Compares the document that is committed with the one that is printed; `None` where there is nothing to compare.
///
/// Values count, and neither their notation nor the order of members.
pub(crate) fn compare(config: &Config) -> Option<Committed> {
    let path = config.committed.as_ref()?;
    let Input::Bytes(name, bytes) = &config.document else {
        return None;
    };
    let whole = |line, what: &str| {
        Some(Difference {
            line,
            pointer: "#".to_owned(),
            what: what.to_owned(),
        })
    };
    let mut sources = SourceMap::new();
    let file = Source::from_file_within(path, &config.limits).ok();
    let found = file.and_then(|source| read(source, &config.limits, &mut sources));
    let printed = Source::from_bytes(name.as_str(), bytes.clone()).ok();
    let printed = printed.and_then(|source| read(source, &config.limits, &mut SourceMap::new()));
    let difference = match (found, printed) {
        (None, _) => whole(None, "cannot be read"),
        // What is wrong with the printed document is told when it is used.
        (_, None) => None,
        (Some(found), Some(printed)) => differs(found.root(), printed.root()).map(|(node, what)| Difference {
            line: sources.line_column(node.location()).map(|place| place.line),
            pointer: format!("#{}", node.pointer()),
            what,
        }),
    };
    Some(Committed {
        path: path.clone(),
        command: name.clone(),
        difference,
    })
}

fn read(source: Source, limits: &Limits, sources: &mut SourceMap) -> Option<Document> {
    specsmith_spec::read(source, limits, sources, &mut Diagnostics::new())
}

/// The first place in which what is found is not what is printed, and what is different there.
fn differs<'d>(found: Node<'d>, printed: Node<'_>) -> Option<(Node<'d>, String)> {
    // Documents can be as deep as the limits allow, so the way is on the heap.
    let mut pairs = vec![(found, printed)];
    while let Some((found, printed)) = pairs.pop() {
        let what = match (found.kind(), printed.kind()) {
            (NodeKind::Null, NodeKind::Null) => None,
            (NodeKind::Boolean(a), NodeKind::Boolean(b)) if a == b => None,
            (NodeKind::Number(a), NodeKind::Number(b)) if is_same(a, b) => None,
            (NodeKind::String(a), NodeKind::String(b)) if a == b => None,
            (NodeKind::Array, NodeKind::Array) => {
                let (a, b) = (found.items().count(), printed.items().count());
                let inner: Vec<_> = found.items().zip(printed.items()).collect();
                pairs.extend(inner.into_iter().rev());
                (a != b).then(|| format!("has {a} items, and {b} are printed"))
            }
            (NodeKind::Object, NodeKind::Object) => {
                let added = printed.members().find(|(key, _)| found.get(&key.name).is_none());
                let gone = found.members().find(|(key, _)| printed.get(&key.name).is_none());
                let both = found.members().rev();
                pairs.extend(both.filter_map(|(key, inner)| Some((inner, printed.get(&key.name)?))));
                match (added, gone) {
                    (Some((key, _)), _) => Some(format!("has no member `{}`, which is printed", shown(&key.name))),
                    (None, Some((key, _))) => {
                        Some(format!("has a member `{}`, which is not printed", shown(&key.name)))
                    }
                    (None, None) => None,
                }
            }
            _ => Some("has another value than the one that is printed".to_owned()),
        };
        if let Some(what) = what {
            return Some((found, what));
        }
    }
    None
}

fn shown(name: &str) -> String {
    name.escape_debug().take(100).collect()
}

/// Whether two numbers have the same value, however they are written.
fn is_same(a: &Number, b: &Number) -> bool {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b || (!(a.is_integer() && b.is_integer()) && a.as_f64() == b.as_f64()),
    }
}

/// The program that prints the document, and the folder in which it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentCommand {
    /// A line for a shell.
    pub line: String,
    /// The folder; empty for that of the process.
    pub folder: PathBuf,
}

impl DocumentCommand {
    /// A line for a shell that runs in this folder.
    pub fn new(line: impl Into<String>, folder: impl AsRef<Path>) -> Self {
        Self {
            line: line.into(),
            folder: folder.as_ref().to_owned(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn values_count_and_notations_do_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.yaml");
        fs::write(&path, "info:\n  title: A\n  version: '1'\nlist: [1, 2.0]\n").unwrap();
        let told = |text: &str| {
            let config = Config::new(&path).printed_document("printed", text);
            let difference = compare(&config).unwrap().difference?;
            Some(format!(
                "{:?} {} {}",
                difference.line, difference.pointer, difference.what
            ))
        };
        let same = r#"{"list":[1.0,2],"info":{"version":"1","title":"A"}}"#;
        assert_eq!(told(same), None);
        for (from, to, expected) in [
            (
                "\"A\"",
                "\"B\"",
                "Some(2) #/info/title has another value than the one that is printed",
            ),
            (
                "\"1\"",
                "1",
                "Some(3) #/info/version has another value than the one that is printed",
            ),
            ("[1.0,2]", "[1]", "Some(4) #/list has 2 items, and 1 are printed"),
            (
                "\"title\"",
                "\"name\"",
                "Some(2) #/info has no member `name`, which is printed",
            ),
            (
                ",\"title\":\"A\"",
                "",
                "Some(2) #/info has a member `title`, which is not printed",
            ),
        ] {
            assert_eq!(told(&same.replace(from, to)).as_deref(), Some(expected), "{from}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(told(same).as_deref(), Some("None # cannot be read"));
        assert_eq!(compare(&Config::new(&path)), None);
    }
}
