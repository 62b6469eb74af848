//! Every example of published documents that fits its own schema is read by the generated type, passes its `validate` and is written back equal.
//!
//! The documents are those that `SPECSMITH_CORPUS` says; since their types are built, `SPECSMITH_FULL` has to be set as
//! well. `SPECSMITH_ONLY` chooses documents by a part of their names.

mod named;

use std::{
    collections::HashMap,
    env,
    path::{Path, PathBuf},
};

use serde_json::Value;
use specsmith::Openness;

use self::named::{Known, known};
use crate::{
    corpus,
    probe::{
        self, Outcome, Package,
        compare::{self, Difference},
        places::{self, Example},
        validity::Validators,
    },
    stem,
};

/// A document with its examples and the package that reads them.
struct Subject {
    name: String,
    document: Value,
    /// The JSON Pointers of the schemas that have examples.
    schemas: Vec<String>,
    /// The examples, each with the number of its schema.
    examples: Vec<(usize, Example)>,
    package: Package,
}

impl Subject {
    fn new(path: &Path, workspace: &Path) -> Option<Self> {
        let document = probe::upgraded(path)?;
        let mut schemas = Vec::new();
        let mut numbers = HashMap::new();
        let mut examples = Vec::new();
        for example in places::examples(&document) {
            let number = *numbers.entry(example.schema.clone()).or_insert_with(|| {
                schemas.push(example.schema.clone());
                schemas.len() - 1
            });
            examples.push((number, example));
        }
        let name = stem(path);
        if examples.is_empty() {
            println!("{name} has no examples");
            return None;
        }
        let package = format!("{}-probe", name.replace('.', "-"));
        let (package, _) = Package::write(workspace, &package, &document, &schemas, Openness::Open);
        Some(Self {
            name,
            document,
            schemas,
            examples,
            package,
        })
    }
}

/// What became of the examples of a document.
#[derive(Debug, Default)]
struct Tally {
    examples: usize,
    invalid: usize,
    /// Those of them that are read and valid all the same.
    tolerated: usize,
    same: usize,
    /// Members that no schema names are gone.
    unnamed: usize,
    /// Members of the other direction are gone.
    one_way: usize,
    /// The same in other words.
    spelled: usize,
    /// What is our fault, and where.
    faults: Vec<String>,
}

fn tally(subject: &Subject, target: &Path) -> Tally {
    let validators = Validators::new(&subject.document, &subject.schemas);
    let judged: Vec<(usize, Example, Option<String>)> = subject
        .examples
        .iter()
        .map(|(schema, example)| checked(&validators, *schema, example))
        .collect();
    let values: Vec<(usize, &Value)> = judged
        .iter()
        .map(|(schema, example, _)| (*schema, &example.value))
        .collect();
    let outcomes = subject.package.run(target, &values);
    let mut tally = Tally {
        examples: values.len(),
        ..Tally::default()
    };
    for ((_, example, error), outcome) in judged.iter().zip(outcomes) {
        match (error, outcome) {
            (Some(error), outcome) => {
                tally.invalid += 1;
                tally.tolerated += usize::from(matches!(outcome, Outcome::Valid(_)));
                if env::var_os("SPECSMITH_SHOW_INVALID").is_some() {
                    println!("    {} {}: {error}", subject.name, example.place);
                }
            }
            (None, Outcome::Unreadable(error)) => tally.faults.push(format!("{}: not read: {error}", example.place)),
            (None, Outcome::Refused(error)) => tally.faults.push(format!("{}: refused: {error}", example.place)),
            (None, Outcome::Valid(written)) => judge(&mut tally, subject, example, &written),
        }
    }
    tally
}

/// An example with what is wrong about it, as JSON where it is the text of that.
fn checked(validators: &Validators, schema: usize, example: &Example) -> (usize, Example, Option<String>) {
    let mut example = example.clone();
    let mut error = validators.error(schema, &example.value);
    if error.is_some()
        && let Some(value) = example.value.as_str().and_then(|text| serde_json::from_str(text).ok())
    {
        error = validators.error(schema, &value);
        example.value = value;
    }
    (schema, example, error)
}

/// Counts an example by the gravest difference to what was written back.
fn judge(tally: &mut Tally, subject: &Subject, example: &Example, written: &Value) {
    let differences = compare::differences(&example.value, written);
    let mut grave = None;
    let (mut unnamed, mut one_way, mut spelled) = (false, false, false);
    for difference in &differences {
        match difference {
            Difference::Lost(place, name) => match known(&subject.document, &example.schema, place, name) {
                Known::No => unnamed = true,
                Known::OneWay => one_way = true,
                Known::Named | Known::Typed => grave = grave.or(Some(difference)),
            },
            Difference::Spelled(_) => spelled = true,
            Difference::Added(_) | Difference::Changed(_) => grave = grave.or(Some(difference)),
        }
    }
    match grave {
        Some(difference) => tally.faults.push(format!("{}: {difference:?}", example.place)),
        None if one_way => tally.one_way += 1,
        None if unnamed => tally.unnamed += 1,
        None if spelled => tally.spelled += 1,
        None => tally.same += 1,
    }
}

/// The documents that are chosen, unless the environment says that nothing is.
pub(crate) fn documents() -> Vec<PathBuf> {
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS").filter(|_| corpus::is_full()) else {
        return Vec::new();
    };
    corpus::chosen(&folder)
}

#[test]
fn examples_are_read_and_written_back() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fidelity");
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
        "{:<44} {:>8} {:>7} {:>9} {:>8} {:>8} {:>8} {:>8} {:>6}",
        "document", "examples", "invalid", "tolerated", "same", "unnamed", "one-way", "spelled", "faults"
    );
    let mut faults = 0;
    for subject in &subjects {
        let tally = tally(subject, &target);
        println!(
            "{:<44} {:>8} {:>7} {:>9} {:>8} {:>8} {:>8} {:>8} {:>6}",
            subject.name,
            tally.examples,
            tally.invalid,
            tally.tolerated,
            tally.same,
            tally.unnamed,
            tally.one_way,
            tally.spelled,
            tally.faults.len()
        );
        for fault in &tally.faults {
            println!("    {fault}");
        }
        faults += tally.faults.len();
    }
    assert_eq!(
        faults, 0,
        "examples that are valid are not read or not written back equal"
    );
}
