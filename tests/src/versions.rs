//! One API, written in each version of OpenAPI, gives the same model and the same code.

use std::path::Path;

use specsmith::{Kind, output::FileTree};
use specsmith_diagnostics::{Code, Diagnostics, SourceMap};

use crate::{case::Case, cases::config, upgrade::meaning};

/// What a document becomes.
struct Made {
    path: String,
    model: String,
    trees: Vec<(Kind, FileTree)>,
    /// What is said about it, without places, in alphabetical order.
    told: Vec<String>,
}

fn made(path: &str) -> Made {
    // The names of packages and files are the same for all.
    let case = Case::file("same", path);
    let (source, options) = case.source();
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = specsmith_spec::load(source, &options, &mut sources, &mut diagnostics).expect("a document");
    // A server that has the document has it as it is written.
    let config = config(&case, Path::new("out")).without_contract();
    let outcome = specsmith::render(&config).unwrap_or_else(|error| panic!("{path}: {error}"));
    // Only Swagger 2.0 leaves media types to be guessed.
    let findings = outcome.findings.diagnostics.iter();
    let findings = findings.filter(|finding| finding.code != Code::AssumedMediaType);
    let mut told: Vec<String> = findings
        .map(|finding| format!("{}: {}", finding.code, finding.message))
        .collect();
    told.sort();
    Made {
        path: path.to_owned(),
        model: meaning(&document),
        trees: outcome
            .outputs
            .into_iter()
            .map(|output| (output.kind, output.result))
            .collect(),
        told,
    }
}

/// Demands that documents say the same, and that what is made of them for these targets is the same.
fn assert_same(kinds: &[Kind], paths: &[&str]) {
    let all: Vec<Made> = paths.iter().map(|path| made(path)).collect();
    let (first, others) = all.split_first().expect("a document");
    for other in others {
        assert_eq!(first.model, other.model, "{} and {}", first.path, other.path);
        assert_eq!(first.told, other.told, "{} and {}", first.path, other.path);
        for ((kind, one), (_, other)) in first.trees.iter().zip(&other.trees) {
            if !kinds.contains(kind) {
                continue;
            }
            for ((path, one), (_, other)) in one.iter().zip(other.iter()) {
                assert_eq!(one, other, "{path}");
            }
            assert_eq!(one.len(), other.len());
        }
    }
}

#[test]
fn what_swagger_2_0_can_say_is_the_same_in_all_versions() {
    assert_same(
        &[Kind::Client, Kind::Server, Kind::Docs],
        &[
            "tests/cases/ok/swagger_2_0.yaml",
            "tests/cases/versions/shelter_3_0.yaml",
            "tests/cases/versions/shelter_3_1.yaml",
            "tests/cases/versions/shelter_3_2.yaml",
        ],
    );
}

/// The reference quotes `format: byte` and `contentEncoding: base64` as they are.
const CODE: &[Kind] = &[Kind::Client, Kind::Server];

#[test]
fn what_only_openapi_3_can_say_is_the_same_in_its_versions() {
    assert_same(
        CODE,
        &[
            "tests/cases/ok/same_3_0.yaml",
            "tests/cases/ok/same_3_1.yaml",
            "tests/cases/versions/same_3_2.yaml",
        ],
    );
    assert_same(
        CODE,
        &[
            "tests/cases/versions/clinic_3_0.yaml",
            "tests/cases/versions/clinic_3_1.yaml",
            "tests/cases/versions/clinic_3_2.yaml",
        ],
    );
}
