//! Tests of specsmith as a whole, in one binary.
//!
//! - [`case`]: where the documents of our own come from;
//! - [`cases`]: documents of our own and what becomes of them, as snapshots;
//! - [`compile`]: what becomes of them compiles, without a warning;
//! - [`errors`]: a document for each diagnostic code, and how it is shown;
//! - [`examples`]: the examples are up to date;
//! - [`depth`]: documents that are as deep as a document can be;
//! - [`versions`]: one API in each version of OpenAPI;
//! - [`operations`]: every operation of the documents of others is in the model;
//! - [`upgrade`]: documents in OpenAPI 3.2 mean what they meant before, and are valid by its [`metaschema`];
//! - [`costs`]: what generated types cost, next to types with derives;
//! - [`values`]: values of types;
//! - [`corpus`], [`multi`], [`attacks`]: documents of others, where an environment variable says where they are;
//! - [`fidelity`], [`made`]: their examples, and values that are made for their schemas, are read by generated types and
//!   written back; [`probe`] is the program that does it;
//! - [`prism`]: a server that is not ours finds nothing wrong with what [`calls`] of generated clients send;
//! - [`random`]: what becomes of documents that are drawn by chance compiles;
//! - [`routing`]: requests reach the operation that the paths of a document say;
//! - [`guides`]: what guides show is run, as a user would;
//! - [`scaffold`]: programs around generated servers compile, and answer as the README says;
//! - [`trips`]: generated clients call generated servers;
//! - [`invalid`]: documents of others that are not valid, and where what is wrong is found;
//! - [`keywords`]: what is claimed of each keyword is so;
//! - [`json_schema`]: what the JSON Schema Test Suite says of values, generated types say too;
//! - [`positions`]: places do not depend on notation and line breaks;
//! - [`crosscheck`]: what another reader understands of a document is in the model;
//! - [`mutation`]: documents that something happened to;
//! - [`stability`]: what is added to a document renames nothing;
//! - [`walk`]: the first hour of a new user;
//! - [`command`]: the command as a process of its own;
//! - [`diff`]: what changes of a document mean to whom;
//! - [`reference`]: pages of the documentation that are made from code;
//! - [`architecture`], [`tidy`]: the rules of the workspace.

mod additions;
mod architecture;
mod attacks;
mod browsers;
mod calls;
mod case;
mod cases;
mod changes;
mod command;
mod compile;
mod corpus;
mod costs;
mod crosscheck;
mod depth;
mod diff;
mod docs;
mod errors;
mod examples;
mod features;
mod fidelity;
mod filters;
mod guides;
mod invalid;
mod json_schema;
mod keywords;
mod made;
mod metaschema;
mod multi;
mod mutation;
mod mutations;
mod operations;
mod options;
mod oracle;
mod positions;
mod prism;
mod probe;
mod random;

mod reference;
mod routing;
mod scaffold;
mod schemathesis;
mod split;
mod stability;
mod tidy;
mod together;
mod trips;
mod upgrade;
mod versions;
mod walk;

use std::path::{Path, PathBuf};

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a parent")
        .to_owned()
}

/// The files of a folder with one of these extensions, sorted.
fn files(dir: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extensions.iter().any(|known| extension == *known))
        })
        .collect();
    files.sort();
    files
}

/// The name of a file without its folder and extension.
fn stem(path: &Path) -> String {
    path.file_stem().expect("a file").to_string_lossy().into_owned()
}
