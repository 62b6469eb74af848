//! Names stay: whatever is added to a document, every place that had a name has the same name afterwards.
//!
//! Our own documents grow at every place. What wants no name that is there renames nothing. With what is remembered of
//! names, nothing renames anything: neither what wants the names that are there, nor that this is removed again.
//!
//! `SPECSMITH_CORPUS` adds documents of others, those that are not large; `SPECSMITH_STABILITY=all` takes all of them, and
//! `SPECSMITH_ONLY` chooses some by parts of their names. Large ones grow by a sample: of each kind of addition at one
//! position, and at most [`MOST`] at a time.

#[path = "stability/insert.rs"]
pub(crate) mod insert;
#[path = "stability/names.rs"]
mod names;
#[path = "stability/rivals.rs"]
pub(crate) mod rivals;

use serde_json::json;
use std::{env, fs, time::Instant};

use specsmith_ir::Value;
use specsmith_rust::KnownNames;

use crate::{case::Case, corpus, mutation, root, stem};
use insert::{At, KINDS, Kind, POSITIONS, RIVALS, grow};
use names::{Names, names};
use rivals::{Rival, Taken};

/// Documents of others that are larger take too long without optimisation.
const LARGEST: u64 = 100_000;

/// How many things are added at a time to a large document.
const MOST: usize = 5_000;

/// How many renames of a document are shown.
const SHOWN: usize = 12;

/// The places whose names are others, with both names, and those that have none any more.
///
/// A branch, a response or a media type can change what something else is: values of an enumeration beside an object
/// become a type of their own, a default response is no success where there is another one.
fn renamed(before: &Names, after: &Names, kind: Kind) -> Vec<String> {
    let changes_others = matches!(
        kind,
        Kind::Branch | Kind::Response | Kind::MediaType | Kind::Rival(Rival::Branches | Rival::MediaTypes)
    );
    let mut renamed = Vec::new();
    for (place, names) in before {
        match after.get(place) {
            Some(now) if names.is_subset(now) => {}
            Some(now) => renamed.push(format!("{place}: {names:?} -> {now:?}")),
            None if changes_others => {}
            None => renamed.push(format!("{place}: {names:?} is gone")),
        }
    }
    renamed
}

/// The places that have other names when the document has what was added no more.
fn renamed_by_removal(grown: &Names, after: &Names) -> Vec<String> {
    let mut renamed = Vec::new();
    for (place, names) in after {
        if let Some(before) = grown.get(place)
            && !names.is_subset(before)
        {
            renamed.push(format!("{place}: {before:?} -> {names:?} when the rest is removed"));
        }
    }
    renamed
}

/// How much is added to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Everything, at each position.
    All,
    /// Some of everything.
    Sample,
}

impl Extent {
    /// At most so many things are added at a time.
    fn most(self) -> usize {
        match self {
            Extent::All => usize::MAX,
            Extent::Sample => MOST,
        }
    }

    /// The kinds with the positions at which they are added, and a number for each.
    fn steps<'k>(self, kinds: &'k [Kind], positions: &'k [At]) -> impl Iterator<Item = (usize, Kind, At)> + 'k {
        let steps = kinds.iter().enumerate().flat_map(move |(index, kind)| {
            let chosen = move |at: usize| self == Extent::All || at == index % positions.len();
            let positions = positions.iter().enumerate().filter(move |(at, _)| chosen(*at));
            positions.map(|(_, at)| (*kind, *at))
        });
        steps.enumerate().map(|(number, (kind, at))| (number, kind, at))
    }
}

/// A document that is looked at, and what was found.
struct Look<'l> {
    name: &'l str,
    document: &'l Value,
    report: &'l mut Vec<String>,
    extent: Extent,
    /// How many places would have other names if nothing were remembered.
    forgotten: usize,
}

impl Look<'_> {
    fn tell(&mut self, what: &str, renamed: &[String]) {
        if !renamed.is_empty() {
            let shown: Vec<&str> = renamed.iter().map(String::as_str).take(SHOWN).collect();
            let line = format!(
                "{}, {what}: {} places\n  {}",
                self.name,
                renamed.len(),
                shown.join("\n  ")
            );
            self.report.push(line);
        }
    }

    /// Adds everything, one kind at one position at a time; returns to how many places.
    fn additions(&mut self) -> usize {
        let nothing = KnownNames::default();
        let Some(before) = names(self.document, &nothing, &str::to_owned) else {
            return 0;
        };
        let mut places = 0;
        for (number, kind, at) in self.extent.steps(KINDS, &POSITIONS) {
            let grown = grow(self.document, kind, at, &Taken::default(), self.extent.most(), number);
            places += grown.places;
            let after = names(&grown.document, &nothing, &|pointer| grown.before(pointer));
            let after = after.map(|after| after.names).unwrap_or_default();
            self.tell(&format!("{kind:?} {at:?}"), &renamed(&before.names, &after, kind));
        }
        places
    }

    /// Adds everything, also what wants the names that are there, where names are remembered, and removes it again;
    /// returns to how many places.
    fn rivals(&mut self) -> usize {
        let nothing = KnownNames::default();
        let Some(before) = names(self.document, &nothing, &str::to_owned) else {
            return 0;
        };
        if let Some(again) = names(self.document, &before.known, &str::to_owned) {
            assert_eq!(again.names, before.names, "{}", self.name);
            assert_eq!(again.known, before.known, "{}", self.name);
        }
        let mut places = 0;
        let kinds = [KINDS, RIVALS].concat();
        for (number, kind, at) in self.extent.steps(&kinds, &[At::First, At::Last]) {
            let grown = grow(self.document, kind, at, &before.taken, self.extent.most(), number);
            places += grown.places;
            let in_old_places = |pointer: &str| grown.before(pointer);
            let Some(after) = names(&grown.document, &before.known, &in_old_places) else {
                self.tell(&format!("{kind:?} {at:?}"), &["cannot be read".to_owned()]);
                continue;
            };
            let what = format!("{kind:?} {at:?}, remembered");
            self.tell(&what, &renamed(&before.names, &after.names, kind));
            if let Some(new) = names(&grown.document, &nothing, &in_old_places)
                && let Some(without) = names(self.document, &new.known, &str::to_owned)
            {
                self.tell(&what, &renamed_by_removal(&new.names, &without.names));
                self.forgotten += renamed(&before.names, &new.names, kind).len();
            }
        }
        places
    }
}

/// Looks at all of our documents; returns at how many places, and how many would be renamed if nothing were remembered.
fn our_documents(look: fn(&mut Look<'_>) -> usize) -> (usize, usize) {
    let mut report = Vec::new();
    let (mut places, mut forgotten) = (0, 0);
    for case in Case::all("tests/cases/ok") {
        let text = fs::read_to_string(root().join(&case.path)).expect("a document");
        let document = mutation::read(&text).expect("a value");
        let mut of_case = Look {
            name: &case.name,
            document: &document,
            report: &mut report,
            extent: Extent::All,
            forgotten: 0,
        };
        places += look(&mut of_case);
        forgotten += of_case.forgotten;
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
    (places, forgotten)
}

#[test]
fn additions_to_our_documents_rename_nothing() {
    let (places, _) = our_documents(|look| look.additions());
    assert!(places > 1000, "only {places} places");
}

#[test]
fn with_a_memory_rivals_in_our_documents_rename_nothing() {
    let (places, forgotten) = our_documents(|look| look.rivals());
    assert!(places > 1000, "only {places} places");
    assert!(forgotten > 1000, "only {forgotten} names depend on memory");
}

#[test]
fn the_body_that_a_method_sends_stays_when_a_better_format_comes() {
    let form = json!({"schema": {"type": "object", "properties": {"amount": {"type": "integer"}}}});
    let json = json!({"schema": {"type": "object", "properties": {"amount": {"type": "integer"}, "fee": {"type": "integer"}}}});
    let document = |content: serde_json::Value| {
        let operation = json!({
            "operationId": "createCharge",
            "requestBody": {"required": true, "content": content},
            "responses": {"204": {"description": "Done."}},
        });
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "Charges", "version": "1"},
            "paths": {"/charges": {"post": operation}},
        });
        mutation::read(&document.to_string()).expect("a document")
    };
    let bodies = |content: serde_json::Value, known: &KnownNames| {
        let model = names::model(&document(content), known).expect("a model");
        let names: Vec<String> = model
            .operations()
            .flat_map(|(_, operation)| operation.bodies())
            .map(|body| format!("{} {}", body.method.unraw(), body.media_type.essence()))
            .collect();
        let types = Vec::from_iter(model.types.iter().map(|item| item.name.unraw().to_owned()));
        (names, types, model.names)
    };
    let nothing = KnownNames::default();
    let (before, types, known) = bodies(json!({"application/x-www-form-urlencoded": form}), &nothing);
    assert_eq!(before, ["create application/x-www-form-urlencoded"]);
    assert_eq!(types, ["CreateChargeBody"]);
    let both = json!({"application/json": json, "application/x-www-form-urlencoded": form});
    let (after, types, _) = bodies(both.clone(), &known);
    assert_eq!(
        after,
        [
            "create application/x-www-form-urlencoded",
            "create_json application/json"
        ]
    );
    assert_eq!(types, ["CreateChargeBodyJson", "CreateChargeBody"]);
    let (anew, _, known) = bodies(both.clone(), &nothing);
    assert_eq!(
        anew,
        [
            "create application/json",
            "create_form application/x-www-form-urlencoded"
        ]
    );
    assert_eq!(bodies(both, &known).0, anew);
}

#[test]
fn additions_to_published_documents_rename_nothing() {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let all = env::var("SPECSMITH_STABILITY").is_ok_and(|value| value == "all");
    let mut report = Vec::new();
    for path in corpus::chosen(&folder) {
        let size = fs::metadata(&path).expect("a file").len();
        if !all && size > LARGEST {
            continue;
        }
        let start = Instant::now();
        let Some(document) = mutation::read(&fs::read_to_string(&path).expect("text")) else {
            continue;
        };
        let before = report.len();
        let name = stem(&path);
        let mut look = Look {
            name: &name,
            document: &document,
            report: &mut report,
            extent: if size > LARGEST { Extent::Sample } else { Extent::All },
            forgotten: 0,
        };
        let places = look.additions() + look.rivals();
        println!(
            "{:<44} {places:>6} places {:>4} renames {:>6} ms",
            stem(&path),
            report.len() - before,
            start.elapsed().as_millis()
        );
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}
