//! What a small document of Swagger 2.0 could multiply.

use std::fmt::Write as _;

use super::told;

/// How many operations and media types there are.
const MANY: usize = 800;

#[test]
fn a_list_for_all_operations_has_a_limit() {
    let types: Vec<String> = (0..MANY).map(|index| format!("application/x{index}")).collect();
    let mut text = format!("consumes: [{}]\npaths:\n", types.join(", "));
    for index in 0..MANY {
        let body = "{name: b, in: body, schema: {type: string}}";
        let _ = writeln!(
            text,
            "  /a{index}: {{post: {{parameters: [{body}], responses: {{default: {{description: D}}}}}}}}"
        );
    }
    let (_, findings) = told(&text);
    assert!(findings.iter().any(|finding| finding.contains("limit-exceeded")));
}

#[test]
fn names_that_become_the_same_are_numbered_in_linear_time() {
    let mut text = "paths: {}\ndefinitions:\n".to_owned();
    for index in 0..50 * MANY {
        let name = format!("{index:b}").replace('0', "!").replace('1', "?");
        let _ = writeln!(text, "  '{name}': {{type: string}}");
    }
    let (text, _) = told(&text);
    assert!(text.ends_with("    Unnamed_40000:\n      type: string\n"));
}
