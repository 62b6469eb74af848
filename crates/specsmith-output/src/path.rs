//! Which paths may be written: plain, relative, and the same file on every system.

use std::collections::BTreeMap;

use crate::{FileTree, MANIFEST, OutputError, folder::STAGING};

const LONGEST_PART: usize = 200;

/// Checks every path of a tree by itself and against the others, as [`write`](fn@crate::write) does.
///
/// # Errors
/// When a path is not plain and relative, or is the same file as another one on some system.
pub fn validate(tree: &FileTree) -> Result<(), OutputError> {
    let mut parts: BTreeMap<String, (&str, Role)> = BTreeMap::new();
    for (path, _) in tree.iter() {
        check_path(path)?;
        let lower = path.to_lowercase();
        let clash = |other: &str| OutputError::Clash {
            first: other.to_owned(),
            second: path.to_owned(),
        };
        for (end, _) in lower.match_indices('/') {
            let folder = lower.get(..end).unwrap_or_default();
            match parts.get(folder) {
                Some((other, Role::File)) => return Err(clash(other)),
                // Two spellings of one folder are one folder here and two folders there.
                Some((other, Role::Folder)) if other.get(..end) != path.get(..end) => return Err(clash(other)),
                Some(_) => {}
                None => {
                    parts.insert(folder.to_owned(), (path, Role::Folder));
                }
            }
        }
        if let Some((other, _)) = parts.insert(lower, (path, Role::File)) {
            return Err(clash(other));
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    File,
    Folder,
}

/// Checks that a path is plain and relative, and means the same on every system.
pub(crate) fn check_path(path: &str) -> Result<(), OutputError> {
    match reason_against(path) {
        None => Ok(()),
        Some(reason) => Err(OutputError::UnsafePath {
            path: path.to_owned(),
            reason,
        }),
    }
}

fn reason_against(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.starts_with('/') {
        return Some("it is absolute");
    }
    if path.eq_ignore_ascii_case(MANIFEST) {
        return Some("it is the name of the manifest");
    }
    path.split('/').find_map(reason_against_part)
}

fn reason_against_part(part: &str) -> Option<&'static str> {
    if part.is_empty() || part == "." || part == ".." {
        return Some("it has an empty part, `.` or `..`");
    }
    if part.chars().any(|c| c.is_control() || r#"\<>:"|?*"#.contains(c)) {
        return Some("it has a character that not every system allows in a name");
    }
    if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        return Some("a part of it begins with a space or ends with a space or a dot");
    }
    if part.len() > LONGEST_PART {
        return Some("a part of it is too long");
    }
    if part.eq_ignore_ascii_case(STAGING) {
        return Some("it is the name of the folder for unfinished files");
    }
    is_device(part).then_some("a part of it is the name of a device on Windows")
}

/// Names that Windows reserves in every folder, with any extension.
fn is_device(part: &str) -> bool {
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            matches!(
                rest,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(paths: &[&str]) -> FileTree {
        let mut tree = FileTree::new();
        for path in paths {
            tree.insert(*path, "");
        }
        tree
    }

    #[test]
    fn plain_paths_pass() {
        let plain = tree(&[
            "Cargo.toml",
            "src/lib.rs",
            "src/types/mod.rs",
            "src/types.rs",
            "con-air.md",
            ".gitignore",
        ]);
        assert!(validate(&plain).is_ok());
    }

    #[test]
    fn paths_that_leave_the_folder_or_not_every_system_has_are_refused() {
        let bad = [
            "",
            "/etc/passwd",
            "../x",
            "a/../../x",
            "./a",
            "a//b",
            "a/",
            "C:\\x",
            "a\\b",
            "C:x",
            "nul",
            "a/AUX.rs",
            "com1.txt",
            "LPT9",
            "a.",
            "a ",
            " a",
            "a\nb",
            "a\0b",
            "x?",
            ".specsmith.json",
            ".SPECSMITH.json",
            ".specsmith-staging/x",
        ];
        for path in bad {
            assert!(
                matches!(validate(&tree(&[path])), Err(OutputError::UnsafePath { .. })),
                "{path:?}"
            );
        }
        assert!(validate(&tree(&["x".repeat(201).as_str()])).is_err());
    }

    #[test]
    fn paths_that_differ_in_case_only_are_refused() {
        for pair in [
            ["src/Book.rs", "src/book.rs"],
            ["Src/a.rs", "src/b.rs"],
            ["a", "a/b"],
            ["A/b", "a"],
        ] {
            assert!(
                matches!(validate(&tree(&pair)), Err(OutputError::Clash { .. })),
                "{pair:?}"
            );
        }
    }
}
