//! How values are merged, removed and copied.

use super::{applied, limited, outcome, outcome_with, overlay, told};
use crate::{Limits, Options, Source};

#[test]
fn scalars_are_replaced_and_keep_their_spelling() {
    let document = "a: 1\nb: text\nc: null\nd: true\n";
    let actions = "
  - target: $
    update: {a: 1.50, b: 0x1F, c: ~, d: 123456789012345678901234567890}
";
    assert_eq!(
        applied(document, actions),
        "a: 1.50\nb: 0x1F\nc: ~\nd: 123456789012345678901234567890\n"
    );
}

#[test]
fn each_target_gets_a_value_of_its_own() {
    let document = "a: {}\nb: {}\n";
    let actions = "
  - target: $.*
    update: {list: [1]}
  - target: $.a.list
    update: 2
";
    assert_eq!(
        applied(document, actions),
        "a:\n  list:\n    - 1\n    - 2\nb:\n  list:\n    - 1\n"
    );
}

#[test]
fn arrays_are_concatenated_and_other_values_appended() {
    let document = "a: [1]\n";
    for (update, expected) in [
        ("[2, 3]", "a:\n  - 1\n  - 2\n  - 3\n"),
        ("2", "a:\n  - 1\n  - 2\n"),
        ("null", "a:\n  - 1\n  - null\n"),
        ("{b: 2}", "a:\n  - 1\n  - b: 2\n"),
        ("[[2]]", "a:\n  - 1\n  - - 2\n"),
        ("[]", "a:\n  - 1\n"),
    ] {
        assert_eq!(
            applied(document, &format!("  - target: $.a\n    update: {update}\n")),
            expected
        );
    }
}

#[test]
fn items_are_removed_at_once() {
    let document = "a: [0, [0, 1, 2], 2, {b: 3}]\nc: 1\n";
    for (target, expected) in [
        ("$.a[0, 2]", "a:\n  - - 0\n    - 1\n    - 2\n  - b: 3\nc: 1\n"),
        ("$.a[0, 1][0, 1]", "a:\n  - 0\n  - - 2\n  - 2\n  - b: 3\nc: 1\n"),
        ("$.a[-1, -1, 3]", "a:\n  - 0\n  - - 0\n    - 1\n    - 2\n  - 2\nc: 1\n"),
        ("$..[0]", "a:\n  - - 1\n    - 2\n  - 2\n  - b: 3\nc: 1\n"),
        ("$.a..*", "a: []\nc: 1\n"),
        ("$..*", "{}\n"),
    ] {
        let actions = format!("  - target: {target}\n    remove: true\n");
        assert_eq!(applied(document, &actions), expected, "{target}");
    }
}

#[test]
fn actions_see_what_those_before_left() {
    let document = "a: {b: 1}\n";
    let actions = "
  - target: $.a
    remove: true
  - target: $
    update: {a: {c: 2}}
  - target: $.a.c
    update: 3
  - target: $[?@.c == 3]
    update: {d: [x1]}
  - target: $.a.d
    copy: $.a.d
  - target: $.a.d[1]
    update: x2
  - target: $
    copy: $.a
";
    assert_eq!(
        applied(document, actions),
        "a:\n  c: 3\n  d:\n    - x1\n    - x2\nc: 3\nd:\n  - x1\n  - x2\n"
    );
}

#[test]
fn overlays_are_applied_in_their_order() {
    let first = overlay("1.1.0", "  - target: $.a\n    update: 2\n");
    let second = overlay("1.1.0", "  - target: $[?@ == 2]\n    update: 3\n");
    assert_eq!(outcome("a: 1\n", &[&first, &second]).yaml(), "a: 3\n");
    let outcome = outcome("a: 1\n", &[&second, &first]);
    assert_eq!(outcome.yaml(), "a: 2\n");
    assert_eq!(outcome.diagnostics.iter().count(), 1);
}

#[test]
fn values_of_other_types_are_told_once_and_left_out() {
    let document = "a: {t: string, e: [1], o: {}}\nb: {t: string, e: [1], o: {}}\n";
    let actions = "
  - target: $.*
    update:
      t: [string, 'null']
      e: {x: 1}
      o: null
      z: 1
";
    let (findings, yaml) = told(document, actions);
    assert_eq!(
        findings,
        [
            "Error overlay-mismatch overlay.yaml:7:10 `[string, 'null']` an array cannot be merged into a string \
             (to replace it, remove it with an action before this one)",
            "Error overlay-mismatch overlay.yaml:8:10 `{x: 1}` an object cannot be merged into an array \
             (to replace it, remove it with an action before this one)",
            "Warning overlay-mismatch overlay.yaml:9:10 `null` null cannot be merged into an object",
        ]
    );
    let changed = "\n  t: string\n  e:\n    - 1\n  o: {}\n  z: 1\n";
    assert_eq!(yaml, format!("a:{changed}b:{changed}"));
}

#[test]
fn targets_of_other_types_are_told() {
    let document = "a: {}\nb: []\nc: 1\n";
    for (action, expected) in [
        (
            "target: $.a\n    update: x",
            "5:13 `x` a string cannot be merged into an object (to replace it, remove it with an action before this one)",
        ),
        (
            "target: $.c\n    update: {x: 1}",
            "5:13 `{x: 1}` an object cannot be merged into a number (to replace it, remove it with an action before this one)",
        ),
        (
            "target: $.*\n    update: {x: 1}",
            "4:13 `$.*` `$.*` selects values of several types, which one update cannot fit (objects, arrays and other \
             values need actions of their own)",
        ),
        (
            "target: $\n    remove: true",
            "4:13 `$` the document itself cannot be removed",
        ),
        (
            "target: $.a\n    copy: $.*",
            "5:11 `$.*` `$.*` selects 3 values, and one can be copied",
        ),
    ] {
        let (findings, yaml) = told(document, &format!("  - {action}\n"));
        assert_eq!(findings, [format!("Error overlay-mismatch overlay.yaml:{expected}")]);
        assert_eq!(yaml, "a: {}\nb: []\nc: 1\n");
    }
}

#[test]
fn limits_hold_for_what_overlays_make() {
    let deep = "  - target: $..a\n    copy: $\n".repeat(300);
    let outcome = outcome("a: {}\n", &[&overlay("1.1.0", &deep)]);
    assert!(outcome.document.is_none());
    assert_eq!(outcome.findings().len(), 1, "{:?}", outcome.findings());
    assert!(
        outcome.findings()[0].contains("limit-exceeded overlay.yaml:"),
        "{:?}",
        outcome.findings()
    );

    let wide = "  - target: $.a\n    copy: $.a\n".repeat(60);
    let options = Options {
        overlays: vec![Source::from_text("overlay.yaml", overlay("1.1.0", &wide))],
        limits: Limits {
            nodes: 10_000,
            ..Limits::default()
        },
        ..Options::default()
    };
    let outcome = outcome_with("a: [1]\n", &options);
    assert!(outcome.document.is_none());
    assert!(
        outcome.findings()[0].contains("more than 10000 values"),
        "{:?}",
        outcome.findings()
    );
}

#[test]
fn the_deepest_documents_are_no_danger() {
    let depth = Limits::MAX_DEPTH;
    let document = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let actions = "  - target: $..a\n    remove: true\n  - target: $\n    update: {b: 1}\n";
    let options = Options {
        overlays: vec![Source::from_text("overlay.yaml", overlay("1.1.0", actions))],
        limits: limited(depth),
        ..Options::default()
    };
    assert_eq!(outcome_with(&document, &options).yaml(), "b: 1\n");
}
