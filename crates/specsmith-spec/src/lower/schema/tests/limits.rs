//! Tests of documents that are made to cost much.

use std::fmt::Write as _;

use specsmith_ir::{Shape, TypeId};

use super::lowered;

const LENGTH: usize = 10_000;

/// Schemas `A0`, `A1` and so on, each made from the name of the next, and a last one.
fn chain(link: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0..LENGTH {
        writeln!(text, "A{index}: {}", link(index + 1)).unwrap();
    }
    writeln!(text, "A{LENGTH}: {{type: string}}").unwrap();
    text
}

fn reference(index: usize) -> String {
    format!("{{$ref: '#/components/schemas/A{index}'}}")
}

#[test]
fn long_chains_cost_no_stack() {
    let chains: [&dyn Fn(usize) -> String; 5] = [
        &reference,
        &|next| format!("{{properties: {{next: {}}}}}", reference(next)),
        &|next| format!("{{items: {}}}", reference(next)),
        &|next| format!("{{oneOf: [{}, {{type: object}}]}}", reference(next)),
        &|next| format!("{{anyOf: [{}, {{type: 'null'}}]}}", reference(next)),
    ];
    for link in chains {
        let (api, findings) = lowered("3.1.0", &chain(link));
        assert_eq!(findings, Vec::<String>::new());
        assert!(api.types.len() > LENGTH);
    }
}

#[test]
fn a_long_chain_of_aliases_ends_at_its_last() {
    let (api, _) = lowered("3.1.0", &chain(reference));
    let last = api.types.resolve(TypeId(0));
    assert!(matches!(api.types[last].shape, Shape::String(_)));
}

#[test]
fn schemas_that_combine_without_end_are_left_incomplete() {
    let mut members = String::new();
    for index in 0..40 {
        write!(
            members,
            "{{oneOf: [{{required: [a{index}], properties: {{a{index}: {{}}}}}}, "
        )
        .unwrap();
        write!(members, "{{required: [b{index}], properties: {{b{index}: {{}}}}}}]}}, ").unwrap();
    }
    let (_, findings) = lowered("3.1.0", &format!("A: {{allOf: [{members}]}}"));
    let told = findings.iter().filter(|finding| finding.contains("limit-exceeded"));
    assert_eq!(told.count(), 1, "{findings:?}");
}
