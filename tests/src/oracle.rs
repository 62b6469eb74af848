//! What must hold for every generated file, whatever the document says.

mod manifest;
mod markdown;
mod rust;

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
    sync::{LazyLock, Mutex},
};

use specsmith::output::{
    FileTree,
    lexer::{TokenKind, tokens},
};

/// Looks at every file of a tree.
pub(crate) fn inspect(name: &str, tree: &FileTree) {
    for (path, text) in tree.iter().filter(|(path, text)| is_new("", path, text)) {
        let place = format!("{name}: {path}");
        assert!(
            text.ends_with('\n') && !text.ends_with("\n\n"),
            "{place} does not end in one line break"
        );
        let odd = text.chars().find(|c| is_dangerous(*c));
        assert_eq!(odd, None, "{place} has a control or bidirectional character");
        match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("rs") => rust::inspect(&place, text),
            Some("md") => markdown::inspect_page(&place, text),
            Some("toml") => manifest::inspect(&place, text),
            _ => {}
        }
    }
}

/// Looks at every file of the tree of a document that tries to be more than a document.
pub(crate) fn inspect_hostile(name: &str, tree: &FileTree) {
    inspect(name, tree);
    for (path, text) in tree.iter().filter(|(path, text)| is_new("hostile", path, text)) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_./-".contains(c);
        let known = ["Cargo.toml", "README.md", "SUMMARY.md"].contains(&path) || path.chars().all(plain);
        assert!(known && !path.contains(".."), "{name}: the path {path:?}");
        assert!(
            !text.contains("root:x:0"),
            "{name}: {path} has the text of a file of this machine"
        );
        // It embeds the document.
        if path.ends_with(".rs") && path != "src/contract.rs" {
            let mut words = tokens(text).filter(|token| token.kind == TokenKind::Word);
            let word = words.find(|token| is_injected(&text[token.range.clone()]));
            assert!(word.is_none(), "{name}: {path} has code from the document at {word:?}");
        }
    }
}

/// Whether a file was not looked at for this yet. Files of the runtime are the same in most packages, and most of their text.
fn is_new(what: &str, path: &str, text: &str) -> bool {
    static SEEN: LazyLock<Mutex<HashSet<u64>>> = LazyLock::new(Mutex::default);
    let mut hasher = DefaultHasher::new();
    (what, path, text).hash(&mut hasher);
    SEEN.lock().expect("no test fails in here").insert(hasher.finish())
}

fn is_dangerous(c: char) -> bool {
    let bidirectional = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    bidirectional || (c.is_control() && c != '\n')
}

/// Words that only the documents have, where they would be code; a name that is made from one has more to it.
fn is_injected(word: &str) -> bool {
    ["pwned", "include_str", "include_bytes", "NaN", "inf"].contains(&word)
}
