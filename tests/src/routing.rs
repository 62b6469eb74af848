//! Requests reach the operation that the paths of the document say: the router of generated servers against a slow matcher
//! that knows nothing of it.
//!
//! The router is that of the runtime, filled with what generated servers say of their operations; the slow matcher tries
//! every path of the model. Our own cases are always looked at, and where `SPECSMITH_CORPUS` says where they are, documents
//! of others.

use std::{collections::BTreeSet, fs, path::Path};

use specsmith::{Config, Kind};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::{PathPart, PathTemplate};
use specsmith_rust::{Model, TypeOptions};
use specsmith_spec::{Options, Source};

use self::{
    matcher::{Match, Matcher},
    pairs::Pairs,
    template::Template,
};
use crate::{cases, corpus};

// The router's own files, which need nothing else of the runtime.
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, reason = "the runtime uses all of it")]
#[path = "../../crates/specsmith-runtime/src/server/matcher.rs"]
mod matcher;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, reason = "the runtime uses all of it")]
#[path = "../../crates/specsmith-runtime/src/server/pairs.rs"]
mod pairs;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, reason = "the runtime uses all of it")]
#[path = "../../crates/specsmith-runtime/src/server/percent.rs"]
mod percent;
#[rustfmt::skip]
#[allow(dead_code, unreachable_pub, reason = "the runtime uses all of it")]
#[path = "../../crates/specsmith-runtime/src/server/template.rs"]
mod template;

/// An operation as a generated server has it.
#[derive(Debug)]
struct Served {
    id: String,
    method: String,
    path: String,
}

/// The operations of a generated server, in the order of its routes.
fn served(document: &Path) -> Vec<Served> {
    let name = document.display().to_string();
    let config = Config::from_text(name, fs::read(document).expect("a document")).server("server");
    let outcome = specsmith::render(&config).expect("an outcome");
    let server = outcome.outputs.iter().find(|output| output.kind == Kind::Server);
    let tree = &server.expect("a server").result;
    let mut all = Vec::new();
    for (_, text) in tree.iter().filter(|(path, _)| path.starts_with("src/api/")) {
        for info in text.split(": OperationInfo = OperationInfo {").skip(1) {
            let field = |name: &str| {
                let (_, rest) = info.split_once(&format!("    {name}: ")).expect("a field");
                let literal = rest.split(",\n").next().expect("a value").trim();
                syn::parse_str::<syn::LitStr>(literal).expect("a text").value()
            };
            all.push(Served {
                id: field("id"),
                method: field("method"),
                path: field("path"),
            });
        }
    }
    all
}

fn model(document: &Path) -> Model {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_file(document).expect("a document");
    let document = specsmith_spec::load(source, &Options::default(), &mut sources, &mut diagnostics);
    let document = document.expect("a document");
    let api = specsmith_spec::lower(&document, &mut diagnostics).expect("an API");
    specsmith_rust::lower(&api, &TypeOptions::default(), &mut diagnostics)
}

/// What a request leads to: the id of an operation with its values, the methods of the path, or nothing.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Operation(String, Vec<(String, String)>),
    Methods(BTreeSet<String>),
    Nothing,
}

/// A request without the decoding that the router does.
#[derive(Debug)]
struct Target {
    method: String,
    path: String,
    query: Vec<(String, String)>,
}

fn route(matcher: &Matcher, served: &[Served], target: &Target) -> Found {
    // Values stand in a query as they are sent.
    let sent = |value: &String| value.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let mut query = Pairs::default();
    let pairs = target.query.iter();
    pairs.for_each(|(name, value)| query.push(name, &sent(value)));
    match matcher.find(&target.method, &target.path, &query) {
        Match::Operation(index, values) => {
            let values = values.into_iter().map(|(name, value)| (name.to_string(), value));
            Found::Operation(served[index].id.clone(), values.collect())
        }
        Match::MethodNotAllowed(methods) => Found::Methods(methods),
        Match::NotFound => Found::Nothing,
    }
}

/// Paths in the order in which they are tried; of those that no request tells apart, the first of the document.
struct Reference<'m> {
    paths: Vec<(&'m PathTemplate, &'m str, &'m str)>,
}

impl<'m> Reference<'m> {
    fn new(model: &'m Model) -> Self {
        let mut operations: Vec<_> = model.operations().map(|(_, operation)| operation).collect();
        operations.sort_by_key(|operation| operation.source);
        let mut paths: Vec<_> = operations
            .iter()
            .map(|operation| (&operation.path, operation.http_method.as_str(), operation.id.as_str()))
            .collect();
        // Segment by segment: text before text with parameters before a parameter; what says more of the query first.
        paths.sort_by_cached_key(|(path, ..)| {
            let ranks: Vec<_> = path.segments.iter().map(|segment| rank(&segment.parts)).collect();
            (ranks, usize::MAX - path.query.len())
        });
        Self { paths }
    }

    fn find(&self, target: &Target) -> Found {
        let segments: Vec<_> = target.path.split('/').skip(1).map(characters).collect();
        let mut methods = BTreeSet::new();
        // The first path that fits decides, with those that only their methods and queries tell apart.
        let mut decided = None;
        for (path, method, id) in &self.paths {
            let wants = |pair: &(String, String)| target.query.contains(pair);
            if path.segments.len() != segments.len() || !path.query.iter().all(wants) {
                continue;
            }
            let parts = path.segments.iter().zip(&segments);
            let values: Option<Vec<_>> = parts.map(|(segment, found)| values(&segment.parts, found)).collect();
            if values.is_some() && *decided.get_or_insert_with(|| shape(path)) != shape(path) {
                continue;
            }
            match values {
                Some(values) if *method == target.method => {
                    return Found::Operation((*id).to_owned(), values.concat());
                }
                Some(_) => drop(methods.insert((*method).to_owned())),
                None => {}
            }
        }
        match methods.is_empty() {
            true => Found::Nothing,
            false => Found::Methods(methods),
        }
    }
}

/// A path without the names of its parameters.
fn shape<'a>(path: &'a PathTemplate) -> Vec<Vec<Option<&'a str>>> {
    let part = |part: &'a PathPart| match part {
        PathPart::Literal(text) => Some(text.as_str()),
        PathPart::Parameter(_) => None,
    };
    let segments = path.segments.iter();
    segments
        .map(|segment| segment.parts.iter().map(part).collect())
        .collect()
}

type Rank = (u8, usize, usize, Vec<Option<String>>);

fn rank(parts: &[PathPart]) -> Rank {
    let texts: Vec<_> = parts
        .iter()
        .map(|part| match part {
            PathPart::Literal(text) => Some(text.clone()),
            PathPart::Parameter(_) => None,
        })
        .collect();
    let class = match texts.as_slice() {
        [] | [Some(_)] => 0,
        [None] => 2,
        _ => 1,
    };
    let length: usize = texts.iter().flatten().map(String::len).sum();
    // One of the literals decides no order: at most one of them fits.
    let texts = if class == 1 { texts } else { Vec::new() };
    (
        class,
        if class == 1 { usize::MAX - length } else { 0 },
        texts.len(),
        texts,
    )
}

/// The characters of a segment, decoded, each with how it stands there; an escape that is none stands for itself.
fn characters(segment: &str) -> Vec<(Vec<u8>, &str)> {
    let mut found: Vec<(Vec<u8>, &str)> = Vec::new();
    let mut rest = segment;
    while let Some(first) = rest.chars().next() {
        let escape = rest.get(1..3).filter(|_| first == '%');
        let byte = escape.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let length = if byte.is_some() { 3 } else { first.len_utf8() };
        let bytes = byte.map_or_else(|| rest.as_bytes()[..length].to_vec(), |byte| vec![byte]);
        // A byte that continues a character belongs to it.
        let continues = bytes.len() == 1 && bytes[0] & 0xC0 == 0x80;
        match found.last_mut().filter(|_| continues) {
            Some((before, text)) => {
                before.extend(bytes);
                let start = segment.len() - rest.len() - text.len();
                *text = &segment[start..segment.len() - rest.len() + length];
            }
            None => found.push((bytes, &rest[..length])),
        }
        rest = &rest[length..];
    }
    found
}

/// The values of the parameters of a segment, by trying every end of each, the nearest first.
fn values(parts: &[PathPart], segment: &[(Vec<u8>, &str)]) -> Option<Vec<(String, String)>> {
    match parts {
        [] => segment.is_empty().then(Vec::new),
        [PathPart::Literal(text), rest @ ..] => {
            let mut length = 0;
            let mut bytes = Vec::new();
            while bytes.len() < text.len() {
                bytes.extend_from_slice(&segment.get(length)?.0);
                length += 1;
            }
            (bytes == text.as_bytes()).then(|| values(rest, &segment[length..]))?
        }
        [PathPart::Parameter(name), rest @ ..] => (1..=segment.len()).find_map(|end| {
            let mut found = values(rest, &segment[end..])?;
            let value: String = segment[..end].iter().map(|(_, text)| *text).collect();
            found.insert(0, (name.clone(), value));
            Some(found)
        }),
    }
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'t>(&mut self, from: &'t [String]) -> &'t str {
        &from[self.below(from.len())]
    }
}

/// What stands in requests for parameters and, now and then, for anything else.
const WORDS: [&str; 12] = [
    "zq9", "7", "a.b", "a-b", "x,y", "a:b", "a%2Fb", "%C3%A9", "%ff", "me", "%", "v1.json",
];

/// Requests for a path: one that fits, and some that something happened to.
fn targets(random: &mut Random, path: &PathTemplate, method: &str, words: &[String]) -> Vec<Target> {
    let mut targets = vec![target(path, method, |_| "zq9".to_owned())];
    for turn in 0..6 {
        let mut target = target(path, method, |_| random.pick(words).to_owned());
        let mut segments: Vec<_> = target.path.split('/').map(str::to_owned).collect();
        let place = 1 + random.below(segments.len() - 1);
        match turn {
            0 => {
                target.method = random
                    .pick(&["GET", "PUT", "DELETE", "PATCH"].map(str::to_owned))
                    .to_owned()
            }
            1 => segments.push(String::new()),
            2 => drop(segments.pop()),
            3 => segments[place] = random.pick(words).to_owned(),
            4 => target.query.clear(),
            _ => {}
        }
        target.path = segments.join("/");
        if target.path.is_empty() {
            target.path.push('/');
        }
        targets.push(target);
    }
    targets
}

fn target(path: &PathTemplate, method: &str, mut value: impl FnMut(&str) -> String) -> Target {
    let mut text = String::new();
    for segment in &path.segments {
        text.push('/');
        for part in &segment.parts {
            match part {
                PathPart::Literal(literal) => text.push_str(&escaped(literal)),
                PathPart::Parameter(name) => text.push_str(&value(name)),
            }
        }
    }
    Target {
        method: method.to_owned(),
        path: text,
        query: path.query.clone(),
    }
}

/// Text of a path, with escapes for what cannot stand in one.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'/' | b'?' | b'#' | b'%' | b' ' | b'"' | b'<' | b'>' | b'{' | b'}' | 0x7F.. => {
                out.push_str(&format!("%{byte:02X}"));
            }
            byte => out.push(char::from(byte)),
        }
    }
    out
}

/// Compares for all paths of a document; returns how many requests there were and how many reached an operation.
fn compare(name: &str, document: &Path) -> (usize, usize) {
    let (model, served) = (model(document), served(document));
    let mut matcher = Matcher::default();
    for (index, operation) in served.iter().enumerate() {
        matcher.insert(&operation.method, &Template::parse(&operation.path), index);
    }
    let reference = Reference::new(&model);
    let literals = reference.paths.iter().flat_map(|(path, ..)| &path.segments);
    let literals = literals
        .flat_map(|segment| &segment.parts)
        .filter_map(|part| match part {
            PathPart::Literal(text) => Some(escaped(text)),
            PathPart::Parameter(_) => None,
        });
    let mut words: Vec<_> = WORDS.iter().map(|word| (*word).to_owned()).chain(literals).collect();
    words.sort();
    words.dedup();
    let mut random = Random(7);
    let (mut requests, mut reached) = (0, BTreeSet::new());
    for (path, method, _) in &reference.paths {
        for target in targets(&mut random, path, method, &words) {
            let (found, expected) = (route(&matcher, &served, &target), reference.find(&target));
            assert_eq!(found, expected, "{name}: {target:?}");
            requests += 1;
            if let Found::Operation(id, _) = found {
                reached.insert(id);
            }
        }
    }
    let unreached: Vec<_> = served
        .iter()
        .filter(|operation| !reached.contains(&operation.id))
        .collect();
    assert!(unreached.is_empty(), "{name}: no request reaches {unreached:?}");
    (requests, served.len())
}

#[test]
fn every_path_of_our_cases_is_routed() {
    let (mut requests, mut operations) = (0, 0);
    for case in cases::documents() {
        let document = crate::root().join(&case.path);
        // A folder has more than a document: overlays, configuration.
        if fs::metadata(&document).is_ok() && case.path.matches('/').count() == 3 {
            let (sent, served) = compare(&case.name, &document);
            requests += sent;
            operations += served;
        }
    }
    assert!(operations > 200, "only {operations} operations were looked at");
    println!("{operations} operations, {requests} requests");
}

#[test]
fn every_path_of_others_is_routed() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let (mut requests, mut operations) = (0, 0);
    for document in corpus::moderate(&folder) {
        let (sent, served) = compare(&crate::stem(&document), &document);
        println!(
            "{:<40} {served:>5} operations {sent:>6} requests",
            crate::stem(&document)
        );
        requests += sent;
        operations += served;
    }
    println!("{operations} operations, {requests} requests");
}
