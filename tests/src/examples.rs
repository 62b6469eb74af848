//! The examples are what the generator makes today.

use specsmith::{Config, Target};

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

#[test]
fn the_bookstore_has_no_findings() {
    let findings = specsmith::lint(&bookstore()).unwrap_or_else(|error| panic!("{error}"));
    assert!(findings.diagnostics.is_empty(), "{findings}");
}
