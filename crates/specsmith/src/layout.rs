//! From the layout of a package to that of a module: what a build script writes.

use specsmith_output::{
    FileTree,
    lexer::{Token, TokenKind, tokens},
};

/// The sources of a package as a module of another crate; `root` is the path of the module there, such as `api::client`.
///
/// The file of the module is `mod.rs`. The manifest and the prose of the package stay behind.
pub(crate) fn module(package: &FileTree, root: &str) -> FileTree {
    let mut module = FileTree::new();
    for (path, text) in package.iter() {
        let Some(path) = path.strip_prefix("src/").filter(|path| path.ends_with(".rs")) else {
            continue;
        };
        let text = rooted(text, root);
        if path == "lib.rs" {
            module.insert("mod.rs", without_crate_lines(&text));
        } else {
            module.insert(path, text);
        }
    }
    module
}

/// The text with `crate::` paths made paths into the module: `crate::types` becomes `crate::root::types`.
fn rooted(text: &str, root: &str) -> String {
    let tokens = tokens(text);
    let is = |token: &Token, expected: &str| text.get(token.range.clone()) == Some(expected);
    let mut rooted = String::with_capacity(text.len() + text.len() / 50);
    let mut copied = 0;
    for window in tokens.windows(3) {
        let [word, first, second] = window else { continue };
        if word.kind == TokenKind::Word && is(word, "crate") && is(first, ":") && is(second, ":") {
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
            "//! Docs.\npub(crate) struct B(pub(in crate::a) $crate::C, crate :: D);\n// crate::x\nconst S: &str = \"crate::y\";\n",
        );
        let module = module(&package, "books");
        let files: Vec<(&str, &str)> = module.iter().collect();
        assert_eq!(
            files,
            [
                (
                    "a/mod.rs",
                    "//! Docs.\npub(crate) struct B(pub(in crate::books::a) $crate::books::C, crate::books :: D);\n// crate::x\nconst S: &str = \"crate::y\";\n"
                ),
                ("mod.rs", "mod a;\npub use crate::books::a::B;\n"),
            ]
        );
    }
}
