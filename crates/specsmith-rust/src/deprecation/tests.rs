//! Reasons in the words that published documents use.

#![allow(clippy::unwrap_used, reason = "tests")]

use specsmith_ir::Docs;

use super::Deprecation;

#[track_caller]
fn check(description: &str, expected: Option<&str>) {
    let docs = Docs {
        deprecated: true,
        description: Some(description.to_owned()),
        ..Docs::default()
    };
    assert_eq!(Deprecation::of(&docs).unwrap().note(), expected);
}

#[test]
fn what_a_label_announces_is_the_reason() {
    check("Deprecated: use `shelf` instead.", Some("use `shelf` instead"));
    check(
        "**Deprecated.** Use `shelf` instead. It has more.",
        Some("Use `shelf` instead"),
    );
    check(
        "*Deprecated: new callers prefer the `shelf` field.* A shelf.",
        Some("new callers prefer the `shelf` field"),
    );
    check("[DEPRECATED] Moved to [shelves](#/shelves).", Some("Moved to shelves"));
    check(
        "**Deprecation Notice:** This route will be removed.",
        Some("This route will be removed"),
    );
    check(
        "**Deprecated.** The shelf to look on. Please use `/shelves` instead.",
        Some("Please use `/shelves` instead"),
    );
    check("Deprecated", None);
    check("(Deprecated) The number of the shelf.", None);
}

#[test]
fn the_sentence_that_speaks_of_it_is_the_reason() {
    check(
        "The colour. This is deprecated, as colours are in `paints` now.",
        Some("This is deprecated, as colours are in `paints` now"),
    );
    check(
        "Deprecated since 2.1, e.g. for `a.b. c`.",
        Some("Deprecated since 2.1, e.g. for `a.b. c`"),
    );
    check(
        "<p>The colour.</p><p>Take <code>paints</code> instead!</p>",
        Some("Take `paints` instead"),
    );
    check("The colour of the book.", None);
    check(&format!("Deprecated: {}", "long ".repeat(60)), None);
}

#[test]
fn reasons_have_no_markup_that_is_live() {
    check(
        "Deprecated: see <https://a.test> and *this* [`x`](y) \u{202e}now.",
        Some("see <https://a.test> and this `x` now"),
    );
    check("Deprecated: take `a\nb` or [c].", Some("take `a b` or \\[c]"));
}

#[test]
fn an_extension_says_it_best() {
    let docs = Docs {
        deprecated: true,
        deprecation: Some("Use `shelf` instead.".to_owned()),
        description: Some("Deprecated: see elsewhere.".to_owned()),
        ..Docs::default()
    };
    assert_eq!(Deprecation::of(&docs).unwrap().note(), Some("Use `shelf` instead"));
    assert_eq!(Deprecation::of(&Docs::default()), None);
}
