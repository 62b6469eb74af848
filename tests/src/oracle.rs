//! What must hold for every generated file, whatever the document says.

use specsmith::output::{
    FileTree,
    lexer::{TokenKind, tokens},
};

/// Looks at every file of a tree.
pub(crate) fn inspect(name: &str, tree: &FileTree) {
    for (path, text) in tree.iter() {
        let place = format!("{name}: {path}");
        assert!(
            text.ends_with('\n') && !text.ends_with("\n\n"),
            "{place} does not end in one line break"
        );
        let odd = text.chars().find(|c| is_dangerous(*c));
        assert_eq!(odd, None, "{place} has a control or bidirectional character");
        if path.ends_with(".rs") {
            inspect_rust(&place, text);
        }
        if path.ends_with(".md") {
            inspect_markdown(&place, text);
        }
        if path.ends_with(".toml") {
            assert!(
                !text.contains("[package.metadata") && !text.contains("build ="),
                "{place}"
            );
        }
    }
}

fn is_dangerous(c: char) -> bool {
    let bidirectional = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    bidirectional || (c.is_control() && c != '\n')
}

fn inspect_rust(place: &str, text: &str) {
    if let Err(error) = syn::parse_file(text) {
        panic!("{place} does not parse: {error}");
    }
    let mut fence: Option<String> = None;
    let is_lib = place.ends_with("src/lib.rs");
    for token in tokens(text) {
        let text = &text[token.range.clone()];
        if token.kind != TokenKind::DocComment {
            fence = None;
            continue;
        }
        assert!(text.starts_with("//"), "{place}: a block doc comment: {text}");
        let line = &text[3..];
        let marks: String = line
            .trim_start()
            .chars()
            .take_while(|c| *c == '`' || *c == '~')
            .collect();
        match &fence {
            Some(open) => {
                if line.trim().starts_with(open.as_str()) && line.trim().trim_start_matches(['`', '~']).is_empty() {
                    fence = None;
                }
            }
            None if marks.len() >= 3 => {
                // The one example of a crate is our own words; everything else must be text.
                let tag = line.trim_start().trim_start_matches(['`', '~']).trim();
                let inert = matches!(tag.split([',', ' ']).next(), Some(tag) if !tag.is_empty() && tag != "rust" && tag != "should_panic");
                assert!(inert || is_lib, "{place}: a doctest: {text}");
                fence = Some(marks);
            }
            None => {
                let indented = line.starts_with("     ") || line.starts_with(" \t");
                let continues = line.trim_start().starts_with(['-', '*', '+']) || line.trim().is_empty();
                assert!(
                    !indented || continues || is_lazy(line),
                    "{place}: an indented doctest: {text}"
                );
            }
        }
    }
}

/// A line that belongs to the item of a list is indented too, and no code.
fn is_lazy(line: &str) -> bool {
    line.len() - line.trim_start().len() < 9
}

fn inspect_markdown(place: &str, text: &str) {
    let mut code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            code = !code;
        }
        let lower = line.to_lowercase();
        for bad in ["{{#", "{{ #"] {
            assert!(!lower.contains(bad), "{place}: {line}");
        }
        if code {
            continue;
        }
        for bad in [
            "<script",
            "<style",
            "<iframe",
            "<img",
            "<!--",
            "](javascript:",
            "](data:",
            "](vbscript:",
            "](file:",
        ] {
            let mut found = lower.match_indices(bad);
            let live = found.any(|(index, _)| !is_in_code_span(&lower, index) && !is_escaped(&lower, index));
            assert!(!live, "{place}: {line}");
        }
    }
}

/// Whether an odd number of backticks stands before the place.
fn is_in_code_span(line: &str, index: usize) -> bool {
    line.get(..index)
        .is_some_and(|before| before.matches('`').count() % 2 == 1)
}

/// Whether an odd number of backslashes stands before the place.
fn is_escaped(line: &str, index: usize) -> bool {
    let before = line.get(..index).unwrap_or_default();
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    backslashes % 2 == 1
}
