//! Tests of rules in fewer words.

use super::*;

fn types(kind: Kind) -> Rule {
    Rule::Types(KindSet::of(kind))
}

fn null() -> Vec<Rule> {
    vec![Rule::Values(vec![Value::Null])]
}

#[test]
fn alternatives_of_which_one_always_holds_are_left_out() {
    let any = Rule::Any(vec![vec![Rule::MaxLength(3)], Vec::new()]);
    assert_eq!(rules(vec![any.clone(), Rule::MinLength(1)]), [Rule::MinLength(1)]);
    assert_eq!(rules(vec![Rule::Items(Vec::new(), Some(vec![any]))]), []);
}

#[test]
fn null_joins_the_type_beside_it() {
    let expected = KindSet::of(Kind::Null).union(KindSet::of(Kind::String));
    let text = vec![types(Kind::String), Rule::MaxLength(3)];
    let nullable = vec![Rule::Any(vec![null(), text])];
    assert_eq!(rules(nullable), [Rule::Types(expected), Rule::MaxLength(3)]);
    // One that lists its values would refuse null.
    let listed = vec![Rule::Values(vec![Value::Boolean(true)])];
    let nullable = rules(vec![Rule::Any(vec![null(), listed.clone()])]);
    assert_eq!(nullable, [Rule::Any(vec![vec![types(Kind::Null)], listed])]);
}

#[test]
fn names_stay_that_others_are_not_about() {
    let members = Rule::Members {
        fields: vec![("a".to_owned(), Vec::new())],
        patterns: Vec::new(),
        rest: Some(vec![Rule::Never]),
    };
    let kept = vec![members.clone()];
    assert_eq!(rules(kept.clone()), kept);
    let Rule::Members { fields, patterns, .. } = members else {
        return;
    };
    let said = vec![Rule::Members {
        fields,
        patterns,
        rest: None,
    }];
    assert_eq!(rules(said.clone()), []);
    // Here it tells that the member was looked at.
    let asked = [said, vec![Rule::UnevaluatedMembers(vec![Rule::Never])]].concat();
    assert_eq!(rules(asked.clone()), asked);
}
