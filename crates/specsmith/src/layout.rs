//! From the layout of a package to that of a module: what a build script writes.

use std::collections::BTreeSet;

use specsmith_output::{
    FileTree,
    lexer::{Token, TokenKind, tokens},
};

/// The sources of a package as a module of another crate; `root` is the path of the module there, such as `api::client`.
/// `foreign` are the first segments of paths behind `crate::` that are of that crate already.
///
/// The file of the module is `mod.rs`. The manifest and the prose of the package stay behind.
pub(crate) fn module(package: &FileTree, root: &str, foreign: &BTreeSet<&str>) -> FileTree {
    let mut module = FileTree::new();
    for (path, text) in package.iter() {
        let Some(path) = path.strip_prefix("src/") else {
            continue;
        };
        if !path.ends_with(".rs") {
            module.insert(path, text);
            continue;
        }
        let text = rooted(text, root, foreign);
        if path == "lib.rs" {
            module.insert("mod.rs", without_crate_lines(&text));
        } else {
            module.insert(path, text);
        }
    }
    module
}

/// The text with `crate::` paths made paths into the module: `crate::types` becomes `crate::root::types`.
fn rooted(text: &str, root: &str, foreign: &BTreeSet<&str>) -> String {
    let tokens: Vec<Token> = tokens(text).collect();
    let is = |token: &Token, expected: &str| text.get(token.range.clone()) == Some(expected);
    let mut rooted = String::with_capacity(text.len() + text.len() / 50);
    let mut copied = 0;
    let is_foreign = |token: &Token| text.get(token.range.clone()).is_some_and(|word| foreign.contains(word));
    for window in tokens.windows(4) {
        let [word, first, second, next] = window else { continue };
        let is_path = word.kind == TokenKind::Word && is(word, "crate") && is(first, ":") && is(second, ":");
        if is_path && !is_foreign(next) {
            rooted.push_str(text.get(copied..word.range.end).unwrap_or_default());
            rooted.push_str("::");
            rooted.push_str(root);
            copied = word.range.end;
        }
    }
    rooted.push_str(text.get(copied..).unwrap_or_default());
    rooted
}

/// The text without what only a crate can say: its docs, whose example names the package, and its recursion limit.
fn without_crate_lines(text: &str) -> String {
    let is_crate_line = |line: &str| line.starts_with("//!") || line.starts_with("#![recursion_limit");
    let kept: Vec<&str> = text.lines().filter(|line| !is_crate_line(line)).collect();
    format!("{}\n", kept.join("\n").trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_move_into_a_module() {
        let mut package = FileTree::new();
        package.insert("Cargo.toml", "[package]\n");
        package.insert("README.md", "crate::a\n");
        package.insert(
            "src/lib.rs",
            "//! Docs, `bookstore::Client`.\n\n#![recursion_limit = \"2048\"]\n\nmod a;\npub use crate::a::B;\n",
        );
        package.insert(
            "src/a/mod.rs",
            "//! Docs.\npub(crate) struct B(pub(in crate::a) $crate::C, crate :: D, crate::ids::E);\n// crate::x\nconst S: &str = \"crate::y\";\n",
        );
        let module = module(&package, "books", &BTreeSet::from(["ids"]));
        let files: Vec<(&str, &str)> = module.iter().collect();
        assert_eq!(
            files,
            [
                (
                    "a/mod.rs",
                    "//! Docs.\npub(crate) struct B(pub(in crate::books::a) $crate::books::C, crate::books :: D, crate::ids::E);\n// crate::x\nconst S: &str = \"crate::y\";\n"
                ),
                ("mod.rs", "mod a;\npub use crate::books::a::B;\n"),
            ]
        );
    }
}
