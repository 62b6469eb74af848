//! Values that are made for every schema of published documents are read, valid and written back equal, and values with
//! one thing wrong about them are refused, by reading or by `validate`.
//!
//! Of `oneOf`, more than one branch may hold where one may be a special case of the other (see `docs/design.md`): what is
//! wrong for no other reason is counted and no fault.
//!
//! The environment says which documents as it does for [`fidelity`](crate::fidelity).

use std::{collections::BTreeMap, path::Path, thread};

use serde_json::Value;
use specsmith::Openness;
use specsmith_ir::Api;
use specsmith_values::Values;

use crate::{
    fidelity::documents,
    mutations::{self, Wrong},
    probe::{
        self, Outcome, Package,
        compare::{self, Difference},
        places,
        validity::Validators,
    },
    stem,
};

/// How many values are made for a schema.
const VALUES: usize = 4;
/// How many times one of them is broken in one way.
const MUTATIONS: usize = 1;

struct Subject {
    name: String,
    document: Value,
    schemas: Vec<String>,
    api: Api,
    package: Package,
}

impl Subject {
    fn new(path: &Path, workspace: &Path) -> Option<Self> {
        let document = probe::upgraded(path)?;
        let schemas = places::roots(&document);
        let name = stem(path);
        if schemas.is_empty() {
            println!("{name} has no schemas");
            return None;
        }
        let package = format!("{}-made", name.replace('.', "-"));
        let (package, api) = Package::write(workspace, &package, &document, &schemas, Openness::Closed);
        Some(Self {
            name,
            document,
            schemas,
            api,
            package,
        })
    }
}

/// What is expected of a value.
enum Expected {
    Same,
    Refused(Wrong, String),
}

/// What became of mutations of one kind.
#[derive(Default, Clone, Copy)]
struct Mutations {
    unreadable: usize,
    refused: usize,
    /// Those that nothing refuses.
    valid: usize,
}

impl Mutations {
    fn add(&mut self, other: Mutations) {
        self.unreadable += other.unreadable;
        self.refused += other.refused;
        self.valid += other.valid;
    }

    fn row(self, name: &str) {
        let all = self.unreadable + self.refused + self.valid;
        println!(
            "{name:<44} {all:>9} {:>10} {:>8} {:>8}",
            self.unreadable, self.refused, self.valid
        );
    }
}

#[derive(Default)]
struct Tally {
    /// Schemas for which a value was made.
    schemas: usize,
    values: usize,
    /// Values that a validator refuses.
    dropped: usize,
    /// Values that are read, valid and written back equal.
    equal: usize,
    mutations: BTreeMap<Wrong, Mutations>,
    faults: Vec<String>,
}

/// The values for the schemas of a document: the schema, the value, and what is expected.
fn made(subject: &Subject, tally: &mut Tally) -> Vec<(usize, Value, Expected)> {
    let validators = Validators::new(&subject.document, &subject.schemas);
    let any_of = Validators::without_exactly_one(&subject.document, &subject.schemas);
    let mut values = Values::new(&subject.api, 1);
    let mut all = Vec::new();
    for index in 0..subject.schemas.len() {
        let id = probe::probed_type(&subject.api, index);
        let before = all.len();
        for _ in 0..VALUES {
            let Some(value) = values.make(id) else { continue };
            if validators.error(index, &value).is_some() {
                tally.dropped += 1;
                continue;
            }
            tally.values += 1;
            for (wrong, place, broken) in mutations::mutations(&mut values, id, &value, MUTATIONS) {
                if validators.error(index, &broken).is_none() {
                    continue;
                }
                let wrong = match any_of.error(index, &broken) {
                    Some(_) => wrong,
                    None => Wrong::ExactlyOne,
                };
                all.push((index, broken, Expected::Refused(wrong, place)));
            }
            all.push((index, value, Expected::Same));
        }
        tally.schemas += usize::from(all.len() > before);
    }
    all
}

fn tally(subject: &Subject, target: &Path) -> Tally {
    let mut tally = Tally::default();
    let all = made(subject, &mut tally);
    let values: Vec<(usize, &Value)> = all.iter().map(|(schema, value, _)| (*schema, value)).collect();
    for ((schema, value, expected), outcome) in all.iter().zip(subject.package.run(target, &values)) {
        let place = &subject.schemas[*schema];
        match expected {
            Expected::Same => match same(value, outcome) {
                Ok(()) => tally.equal += 1,
                Err(error) => tally.faults.push(format!("{place}: {error}")),
            },
            Expected::Refused(wrong, at) => {
                let count = tally.mutations.entry(*wrong).or_default();
                match outcome {
                    Outcome::Unreadable(_) => count.unreadable += 1,
                    Outcome::Refused(_) => count.refused += 1,
                    Outcome::Valid(_) => {
                        count.valid += 1;
                        if *wrong == Wrong::ExactlyOne {
                            continue;
                        }
                        let fault = format!("{place}: not refused ({wrong:?} at {at}): {}", shortened(value));
                        tally.faults.push(fault);
                    }
                }
            }
        }
    }
    tally
}

/// Why a valid value is not written back equal.
fn same(value: &Value, outcome: Outcome) -> Result<(), String> {
    match outcome {
        Outcome::Valid(written) => {
            // A time may come back with its fraction in more digits.
            let mut differences = compare::differences(value, &written).into_iter();
            match differences.find(|difference| !matches!(difference, Difference::Spelled(_))) {
                Some(difference) => Err(format!("{difference:?}")),
                None => Ok(()),
            }
        }
        Outcome::Refused(error) => Err(format!("refused: {error}: {}", shortened(value))),
        Outcome::Unreadable(error) => Err(format!("not read: {error}: {}", shortened(value))),
    }
}

/// Runs something on a stack for schemas that lead far into each other.
fn deep<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(1 << 30);
        let thread = builder.spawn_scoped(scope, run).expect("a thread");
        thread.join().expect("no panic")
    })
}

fn shortened(value: &Value) -> String {
    let mut text = value.to_string();
    text.truncate(text.floor_char_boundary(600));
    text
}

#[test]
fn made_values_are_read_and_written_back() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("made");
    let subjects: Vec<Subject> = documents()
        .iter()
        .filter_map(|path| Subject::new(path, &workspace))
        .collect();
    if subjects.is_empty() {
        return;
    }
    let packages: Vec<&Package> = subjects.iter().map(|subject| &subject.package).collect();
    let target = probe::build(&workspace, &packages);
    println!(
        "{:<44} {:>8} {:>8} {:>8} {:>8} {:>9} {:>8} {:>6}",
        "document", "schemas", "values", "dropped", "equal", "mutations", "refused", "faults"
    );
    let mut faults = 0;
    let mut kinds: BTreeMap<Wrong, Mutations> = BTreeMap::new();
    for subject in &subjects {
        let tally = deep(|| tally(subject, &target));
        let mut mutations = Mutations::default();
        for (wrong, count) in &tally.mutations {
            mutations.add(*count);
            kinds.entry(*wrong).or_default().add(*count);
        }
        let refused = mutations.unreadable + mutations.refused;
        println!(
            "{:<44} {:>8} {:>8} {:>8} {:>8} {:>9} {:>8} {:>6}",
            subject.name,
            tally.schemas,
            tally.values,
            tally.dropped,
            tally.equal,
            refused + mutations.valid,
            refused,
            tally.faults.len()
        );
        for fault in &tally.faults {
            println!("    {fault}");
        }
        faults += tally.faults.len();
    }
    println!(
        "{:<44} {:>9} {:>10} {:>8} {:>8}",
        "what is wrong", "mutations", "unreadable", "refused", "valid"
    );
    for (wrong, count) in kinds {
        count.row(&format!("{wrong:?}"));
    }
    assert_eq!(
        faults, 0,
        "values are not read, not valid, not written back equal, or not refused though they are wrong"
    );
}
