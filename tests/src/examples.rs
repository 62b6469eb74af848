//! The examples are what the generator makes today.

use specsmith::{Config, Target};
use specsmith_diagnostics::Code;

use crate::root;

/// The configuration of the bookstore.
pub(crate) fn bookstore() -> Config {
    let dir = root().join("examples/bookstore");
    let text = std::fs::read(dir.join("openapi.yaml")).expect("a document");
    Config::from_text("examples/bookstore/openapi.yaml", text)
        .client(Target::new(dir.join("client")).package("bookstore"))
        .server(Target::new(dir.join("server")).package("bookstore-server"))
        .docs(dir.join("docs"))
}

#[test]
fn the_bookstore_is_up_to_date() {
    let outcome = specsmith::check(&bookstore()).unwrap_or_else(|error| panic!("{error}"));
    for output in outcome.outputs {
        for drift in &output.result.drift {
            eprintln!(
                "{}: {} {:?}\n{}",
                output.kind.name(),
                drift.path,
                drift.kind,
                drift.diff.as_deref().unwrap_or_default()
            );
        }
        assert!(output.result.is_up_to_date(), "{} drifted", output.dir.display());
    }
}

/// Notes tell what nothing is made of yet, such as types for headers of responses, and are no fault of the document.
#[test]
fn the_bookstore_has_no_faults() {
    let findings = specsmith::lint(&bookstore().strict()).unwrap_or_else(|error| panic!("{error}"));
    let mut codes = findings.diagnostics.iter().map(|diagnostic| diagnostic.code);
    assert!(codes.all(|code| code == Code::NotGenerated), "{findings}");
}
