//! Values that are made for every schema of published documents are read and written back equal, and values with one
//! thing wrong about them are refused.
//!
//! The environment says which documents as it does for [`fidelity`](crate::fidelity).

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;
use specsmith::Openness;
use specsmith_ir::Api;

use crate::{
    fidelity::documents,
    probe::{
        self, Package,
        compare::{self, Difference},
        places,
        validity::Validators,
    },
    stem,
    values::{Values, mutation::Wrong},
};

/// How many values are made for a schema.
const VALUES: usize = 4;
/// How many times one of them is broken.
const MUTATIONS: usize = 3;

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

#[derive(Default)]
struct Tally {
    /// Schemas for which a value was made.
    schemas: usize,
    values: usize,
    /// Values that a validator refuses.
    dropped: usize,
    mutations: usize,
    /// Broken values that are read, since reading does not look for what is wrong, by what is wrong.
    read: BTreeMap<Wrong, usize>,
    faults: Vec<String>,
}

/// The values for the schemas of a document: the schema, the value, and what is expected.
fn made(subject: &Subject, tally: &mut Tally) -> Vec<(usize, Value, Expected)> {
    let validators = Validators::new(&subject.document, &subject.schemas);
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
            for (wrong, place, broken) in values.mutations(id, &value, MUTATIONS) {
                if validators.error(index, &broken).is_some() {
                    tally.mutations += 1;
                    all.push((index, broken, Expected::Refused(wrong, place)));
                }
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
        match (expected, outcome) {
            (Expected::Same, Ok(written)) => {
                // A time may come back with its fraction in more digits.
                let mut differences = compare::differences(value, &written).into_iter();
                if let Some(difference) = differences.find(|difference| !matches!(difference, Difference::Spelled(_))) {
                    tally.faults.push(format!("{place}: {difference:?}"));
                }
            }
            (Expected::Same, Err(error)) => tally.faults.push(format!("{place}: not read: {error}: {value}")),
            (Expected::Refused(..), Err(_)) => {}
            (Expected::Refused(wrong, at), Ok(_)) => {
                *tally.read.entry(*wrong).or_default() += 1;
                if matches!(wrong, Wrong::Missing | Wrong::Type | Wrong::Value | Wrong::Unknown) {
                    tally
                        .faults
                        .push(format!("{place}: {wrong:?} at {at} is read: {value}"));
                }
            }
        }
    }
    tally
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
        "{:<44} {:>8} {:>8} {:>8} {:>9} {:>8} {:>6}",
        "document", "schemas", "values", "dropped", "mutations", "read", "faults"
    );
    let mut faults = 0;
    for subject in &subjects {
        let tally = tally(subject, &target);
        println!(
            "{:<44} {:>8} {:>8} {:>8} {:>9} {:>8} {:>6}",
            subject.name,
            tally.schemas,
            tally.values,
            tally.dropped,
            tally.mutations,
            tally.read.values().sum::<usize>(),
            tally.faults.len()
        );
        for fault in &tally.faults {
            println!("    {fault}");
        }
        faults += tally.faults.len();
    }
    assert_eq!(
        faults, 0,
        "values are not read, not written back equal, or read though they are wrong"
    );
}
