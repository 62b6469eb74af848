//! Actions in any order: what is queried and what becomes the document stay the same.

use specsmith_diagnostics::{Diagnostics, SourceMap};

use super::overlay;
use crate::{
    Limits, Source,
    overlay::{action::Actions, grammar::Version, tree::Tree},
    read,
};

const DOCUMENT: &str = "{a: {b: [1, {c: 2}, [3]], d: text}, e: [{a: 1}, {a: {b: []}}], f: null, g: {}}";

const TARGETS: &[&str] = &[
    "$",
    "$.a",
    "$.a.b",
    "$.e",
    "$.g",
    "$.*",
    "$..a",
    "$..b",
    "$..*",
    "$..[0]",
    "$..[-1]",
    "$.e[*]",
    "$..[?@.a]",
    "$.a.b[0, 2]",
    "$..c",
    "$.f",
    "$..[1:]",
    "$.h.h",
];

const EFFECTS: &[&str] = &[
    "remove: true",
    "update: 1",
    "update: {}",
    "update: []",
    "update: {a: {b: [4]}}",
    "update: {h: {h: x}, a: 5}",
    "update: [[6], {a: 7}]",
    "update: null",
    "copy: $.a",
    "copy: $.a.b",
    "copy: $.g",
    "copy: $",
];

#[test]
fn both_forms_of_the_values_stay_the_same() {
    let mut state = 0x5EED_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap()
    };
    let mut changed = 0;
    for _ in 0..1_000 {
        let actions: String = (0..5)
            .map(|_| {
                let (target, effect) = (TARGETS[below(TARGETS.len())], EFFECTS[below(EFFECTS.len())]);
                format!("  - target: {target}\n    {effect}\n")
            })
            .collect();
        changed += usize::from(is_changed(&overlay("1.1.0", &actions)));
    }
    assert!(changed > 500, "{changed}");
}

/// Applies the actions of an overlay one by one, and compares both forms after each.
fn is_changed(text: &str) -> bool {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let limits = Limits {
        nodes: 3_000,
        ..Limits::default()
    };
    let document = read(
        Source::from_text("a", DOCUMENT),
        &limits,
        &mut sources,
        &mut diagnostics,
    )
    .unwrap();
    let overlay = read(Source::from_text("b", text), &limits, &mut sources, &mut diagnostics).unwrap();
    let tree = Tree::new(&document);
    let before = tree.json.clone();
    let mut actions = Actions {
        tree,
        version: Version::V1_1,
        limits: &limits,
        sources: &sources,
        diagnostics: &mut diagnostics,
    };
    for action in overlay.root().get("actions").unwrap().items() {
        if actions.apply(action, overlay.root()).is_none() {
            break;
        }
        let slot = actions.tree.at(&[]).unwrap();
        let json = actions.tree.duplicate(slot).json;
        assert_eq!(json, actions.tree.json, "{text}");
    }
    actions.tree.json != before
}
