//! What is said about Overlay Documents that are not as they should be.

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::{outcome, overlay};
use crate::{Options, Source, load};

/// The findings of an overlay on a document `a: {}`.
fn findings(text: &str) -> Vec<String> {
    outcome("a: {}\n", &[text]).findings()
}

#[test]
fn what_is_no_overlay_is_refused() {
    for (text, expected) in [
        (
            "openapi: 3.1.0\n",
            "1:1 `openapi` this is not an Overlay Document (this is the document itself, or another one, and not an overlay)",
        ),
        (
            "actions: []\n",
            "1:1 `actions` this is not an Overlay Document (add `overlay: 1.1.0`, or the version it was written for)",
        ),
        (
            "overlay: 2.0.0\n",
            "1:10 `2.0.0` version `2.0.0` of the Overlay Specification is not read (the versions that are read are 1.0, 1.1 and 1.2)",
        ),
        (
            "overlay: [1]\n",
            "1:10 `[1]` version `an array` of the Overlay Specification is not read (the versions that are read are 1.0, 1.1 and 1.2)",
        ),
        (
            "[]\n",
            "1:1 `[]` this is not an Overlay Document (add `overlay: 1.1.0`, or the version it was written for)",
        ),
    ] {
        let outcome = outcome("a: 1\n", &[text]);
        assert!(outcome.document.is_none());
        assert_eq!(
            outcome.findings(),
            [format!("Error unsupported-version overlay.yaml:{expected}")]
        );
    }
    assert_eq!(
        findings("overlay: 1.0.0\ninfo: {\n"),
        ["Error syntax-error overlay.yaml:2:7 `{` this `{` is not closed"]
    );
}

#[test]
fn keywords_are_checked() {
    let text = "\
overlay: 1.0
info:
  titel: Changes
  version: 1
  description: Since 1.1
extend: api.yaml
x-own: 1
actions:
  - target: $.a
    updates: {b: 1}
  - update: {b: 2}
  - target: $.a
    remove: yes
  - nothing
  - target: $.a
    update: {c: 1}
    x-own: 1
  - target: $.a
    copy: $.a
    update: {d: 1}
  - target: $.a
    remove: true
    update: {}
";
    let outcome = outcome("a: {}\n", &[text]);
    assert_eq!(outcome.findings().join("\n"), "\
Warning coerced-value overlay.yaml:1:10 `1.0` `overlay` must be a string, and is a number here (it is taken as `\"1.0\"`; put quotes around it)
Warning unknown-keyword overlay.yaml:3:3 `titel` `titel` is not a keyword of the info object of an overlay (did you mean `title`?)
Warning coerced-value overlay.yaml:4:12 `1` `version` must be a string, and is a number here (it is taken as `\"1\"`; put quotes around it)
Warning newer-keyword overlay.yaml:5:3 `description` `description` came with Overlay 1.1 (the overlay says that it is Overlay 1.0)
Warning missing-field overlay.yaml:2:1 `info` the info object of an overlay has no `title`
Warning unknown-keyword overlay.yaml:6:1 `extend` `extend` is not a keyword of an overlay (did you mean `extends`?)
Warning unknown-keyword overlay.yaml:10:5 `updates` `updates` is not a keyword of an action (did you mean `update`?)
Error missing-field overlay.yaml:11:5 `update: {b: 2}` an action has no `target`
Error wrong-type overlay.yaml:13:13 `yes` `remove` must be `true` or `false`, not a string
Error wrong-type overlay.yaml:14:5 `nothing` an action must be an object, not a string
Warning newer-keyword overlay.yaml:19:5 `copy` `copy` came with Overlay 1.1 (the overlay says that it is Overlay 1.0)
Warning missing-field overlay.yaml:9:5 `target: $.a` an action without `update`, `copy` or `remove: true` changes nothing
Warning conflicting-keywords overlay.yaml:19:11 `$.a` an action has either `update` or `copy`, not both
Warning conflicting-keywords overlay.yaml:23:13 `{}` an action has either `remove` or `update`, not both");
    assert_eq!(outcome.yaml(), "{}\n");
}

#[test]
fn whole_overlays_have_actions() {
    assert_eq!(
        findings("overlay: 1.0.0\ninfo: {title: A, version: '1'}\n"),
        ["Error missing-field overlay.yaml:1:1 `overlay: 1.0.0` an overlay has no `actions`"]
    );
    assert_eq!(
        findings(&overlay("1.0.0", "").replace("actions:\n", "actions: []\n")),
        ["Warning missing-field overlay.yaml:3:1 `actions` the overlay has no actions, so it changes nothing"]
    );
}

#[test]
fn scalars_are_targets_since_1_1() {
    let actions = "  - target: $.a\n    update: 2\n";
    let outcome = outcome("a: 1\n", &[&overlay("1.0.0", actions)]);
    assert_eq!(
        outcome.findings(),
        [
            "Warning newer-keyword overlay.yaml:4:13 `$.a` targets that are neither objects nor arrays came with Overlay 1.1 \
          (the overlay says that it is Overlay 1.0)"
        ]
    );
    assert_eq!(outcome.yaml(), "a: 2\n");
}

#[test]
fn reusable_actions_have_to_be_there() {
    let text = "overlay: 1.2.0\ninfo: {title: A, version: '1'}\nactions:\n  - $ref: '#/components/actions/x'\n    target: $.a\n";
    assert_eq!(
        findings(text),
        [
            "Error broken-ref overlay.yaml:4:11 `'#/components/actions/x'` there is no reusable action at \
          `#/components/actions/x` (a reusable action is referred to as `#/components/actions/NAME`)"
        ]
    );
}

/// Whether an overlay that extends `extends` is told to be for another document.
fn is_for_another(extends: &str, document: Source, path: Option<&str>) -> bool {
    let text = format!(
        "overlay: 1.0.0\ninfo: {{title: A, version: '1'}}\nextends: {extends}\nactions:\n  - {{target: $.a, update: {{}}}}\n"
    );
    let mut overlay = Source::from_text("changes/overlay.yaml", text);
    overlay.path = path.map(Into::into);
    let options = Options {
        overlays: vec![overlay],
        ..Options::default()
    };
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    load(document, &options, &mut sources, &mut diagnostics).unwrap();
    let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
    assert!(codes.is_empty() || codes == ["overlay-extends"], "{codes:?}");
    !codes.is_empty()
}

#[test]
fn overlays_say_what_they_are_for() {
    let text = || Source::from_text("v1/api.yaml", "$self: https://example.com/a\na: {}\n");
    let file = || Source {
        path: Some("v1/api.yaml".into()),
        ..text()
    };
    for (extends, expected) in [
        ("https://example.com/a", false),
        ("https://other.test/b/api.yaml?raw=1", false),
        ("https://other.test/b/other.yaml", true),
        ("../v1/api.yaml", false),
        ("other.yaml", true),
    ] {
        assert_eq!(is_for_another(extends, text(), None), expected, "{extends}");
        assert_eq!(
            is_for_another(extends, file(), Some("changes/overlay.yaml")),
            expected,
            "{extends}"
        );
    }
    assert!(is_for_another("../v2/api.yaml", file(), Some("changes/overlay.yaml")));
    assert!(!is_for_another("../v2/api.yaml", text(), Some("changes/overlay.yaml")));
}
