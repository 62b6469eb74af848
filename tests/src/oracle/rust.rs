//! What must hold for every Rust file: it parses, and nothing of a document is code, a doctest or an attribute.

use specsmith::output::lexer::{TokenKind, tokens};

use super::markdown::{self, Code};

/// Attributes of whole files; all others could only come from a document.
const ATTRIBUTES: &[&str] = &["allow", "cfg", "doc", "recursion_limit"];

/// Looks at a Rust file.
pub(super) fn inspect(place: &str, text: &str) {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{place} does not parse: {error}"));
    for attribute in &file.attrs {
        let known = ATTRIBUTES.iter().any(|known| attribute.path().is_ident(known));
        assert!(known, "{place}: an attribute {:?}", attribute.path().get_ident());
    }
    assert!(file.shebang.is_none(), "{place}: a shebang");
    // The one example of a crate is our own words; everything else must be text.
    let code = if place.ends_with("src/lib.rs") {
        Code::Example
    } else {
        Code::Text
    };
    let mut docs = String::new();
    let mut end = 0;
    for token in tokens(text) {
        let doc = &text[token.range.clone()];
        let adjoins = text[end..token.range.start].trim().is_empty() && token.kind == TokenKind::DocComment;
        if !adjoins && !docs.is_empty() {
            markdown::inspect_docs(place, &docs, code);
            docs.clear();
        }
        end = token.range.end;
        if token.kind == TokenKind::DocComment {
            assert!(doc.starts_with("//"), "{place}: a block doc comment: {doc}");
            docs.push_str(&doc[3..]);
            docs.push('\n');
        }
    }
    markdown::inspect_docs(place, &docs, code);
}
