//! Cases for prose.

use super::Prose;

fn foreign(text: &str) -> String {
    let mut prose = Prose::new();
    prose.foreign(text);
    prose.as_str().to_owned()
}

#[test]
fn code_is_never_a_doctest() {
    assert_eq!(foreign("```\nlet x = 1;\n```"), "```text\nlet x = 1;\n```");
}
