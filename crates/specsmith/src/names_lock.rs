//! The file that remembers names: where it is, from its text to names and back.

use std::path::{Path, PathBuf};

use specsmith_diagnostics::render::is_hidden;
use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, Findings, Location, SourceMap};
use specsmith_ir::Value;
use specsmith_rust::{KnownNames, Mark};
use specsmith_spec::{Node, Source};

use crate::{Config, Kind};

/// What the file is called in the folders of packages.
pub(crate) const NAMES: &str = ".specsmith-names.json";

/// Goes up when the form of the file changes, or what places are told by.
const FORMAT: u64 = 1;

/// What can be done about a file that cannot be understood.
const HELP: &str = "take the file from the last commit, or delete it to give all names anew";

/// What is remembered of names. What is wrong with a file is reported.
///
/// Where several packages remember a name, the first of client, server and types has its way.
pub(crate) fn read(config: &Config, findings: &mut Findings) -> KnownNames {
    let mut known = KnownNames::default();
    for path in files(config) {
        let read = Source::from_file_within(&path, &config.limits)
            .map_err(|diagnostic| diagnostic.help(HELP))
            .and_then(|source| located(source, config, &mut findings.sources));
        match read {
            Ok(names) => known.extend(names),
            Err(diagnostic) => findings.diagnostics.report(diagnostic),
        }
    }
    known
}

/// The files that are there: the one that the user names, else those in the folders of packages.
fn files(config: &Config) -> Vec<PathBuf> {
    if let Some(path) = config.names_lock.iter().find(|path| is_there(path)) {
        return vec![path.clone()];
    }
    let folders = config.targets.iter().filter(|(kind, _)| **kind != Kind::Docs);
    let files = folders.map(|(_, target)| target.dir.join(NAMES));
    files.filter(|path| is_there(path)).collect()
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Reads names; the file is a part of the sources only where something is wrong with it.
fn located(source: Source, config: &Config, sources: &mut SourceMap) -> Result<KnownNames, Diagnostic> {
    parse(source.clone(), config, &mut SourceMap::new()).or_else(|_| parse(source, config, sources))
}

fn parse(source: Source, config: &Config, sources: &mut SourceMap) -> Result<KnownNames, Diagnostic> {
    let mut diagnostics = Diagnostics::new();
    let document = specsmith_spec::read(source, &config.limits, sources, &mut diagnostics);
    // The file is ours, so whatever is odd about it is wrong.
    if let Some(found) = diagnostics.found().next() {
        return Err(broken(&found.message, found.location.unwrap_or_default()));
    }
    match document {
        Some(document) => names(document.root()),
        None => Err(broken("it cannot be read", Location::default())),
    }
}

fn broken(reason: &str, place: Location) -> Diagnostic {
    Diagnostic::new(Code::InvalidNamesLock, reason.to_owned())
        .at(place)
        .help(HELP)
}

fn names(root: Node<'_>) -> Result<KnownNames, Diagnostic> {
    let format = root.get("format").and_then(|format| format.as_number()?.as_i64());
    if root.get("generator").and_then(Node::as_str) != Some("specsmith") {
        return Err(broken("this is not a file of names of specsmith", root.location()));
    }
    if format != i64::try_from(FORMAT).ok() {
        let message = format!("this file of names is of a version that specsmith does not know; it knows {FORMAT}");
        return Err(broken(&message, root.location()));
    }
    let mut known = KnownNames::default();
    for (section, places) in root.get("places").into_iter().flat_map(Node::members) {
        for (name, inside) in places.members() {
            let marks = inside
                .as_str()
                .map(|text| text.as_bytes().chunks(Mark::LENGTH).map(mark).collect());
            let Some(Some(marks)) = marks else {
                return Err(broken("these are no marks of places", inside.location()));
            };
            known.places.insert(format!("{}/{}", section.name, name.name), marks);
        }
    }
    for (place, name) in root.get("names").into_iter().flat_map(Node::members) {
        match name.as_str().filter(|name| KnownNames::is_name(name)) {
            Some(text) => known.names.insert(place.name.to_string(), text.to_owned()),
            None => return Err(broken("this is not a name in Rust", name.location())),
        };
    }
    Ok(known)
}

fn mark(chunk: &[u8]) -> Option<Mark> {
    Mark::read(str::from_utf8(chunk).ok()?)
}

/// The text of the file: one line for each named thing and for each name.
pub(crate) fn text(known: &KnownNames) -> String {
    let mut sections: Vec<(&str, Vec<String>)> = Vec::new();
    for (place, marks) in &known.places {
        let (section, name) = place.split_once('/').unwrap_or((place, ""));
        let marks: String = marks.iter().map(|mark| mark.text()).collect();
        let line = format!("      {}: {}", quoted(name), quoted(&marks));
        match sections.last_mut() {
            Some((last, lines)) if *last == section => lines.push(line),
            _ => sections.push((section, vec![line])),
        }
    }
    let sections: Vec<String> = sections
        .iter()
        .map(|(section, lines)| format!("    {}: {{\n{}\n    }}", quoted(section), lines.join(",\n")))
        .collect();
    let names = known.names.iter();
    let names: Vec<String> = names
        .map(|(place, name)| format!("    {}: {}", quoted(place), quoted(name)))
        .collect();
    format!(
        "{{\n  \"generator\": \"specsmith\",\n  \"format\": {FORMAT},\n  \"places\": {},\n  \"names\": {}\n}}\n",
        object(&sections),
        object(&names)
    )
}

fn object(lines: &[String]) -> String {
    match lines {
        [] => "{}".to_owned(),
        lines => format!("{{\n{}\n  }}", lines.join(",\n")),
    }
}

/// A string of JSON that shows each character: names come from the document.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for character in Value::String(text.to_owned()).to_string().chars() {
        match is_hidden(character) {
            true => out.extend(
                character
                    .encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}")),
            ),
            false => out.push(character),
        }
    }
    out
}

#[cfg(test)]
#[path = "names_lock/tests.rs"]
mod tests;
