//! Names of files as the tools of a repository want them: relative to its root, with `/`, as a path or a URI.

use std::path::{Component, Path, PathBuf};

/// From where paths are named that other tools read.
///
/// Nothing is looked up on the disk.
#[derive(Debug, Clone, Default)]
pub struct Base {
    root: PathBuf,
    current: PathBuf,
}

impl Base {
    /// Paths are named from `root`; relative ones are relative to `current`. Both are absolute.
    pub fn new(root: impl Into<PathBuf>, current: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            current: current.into(),
        }
    }

    /// A path from the root; one that does not lead below it stays as it is.
    pub(super) fn path(&self, name: &str) -> String {
        let path = clean(&self.current.join(name));
        let below = path.strip_prefix(clean(&self.root)).ok();
        let below = below.filter(|below| !below.as_os_str().is_empty() && below.is_relative());
        let path = below.map_or_else(|| name.to_owned(), |below| below.to_string_lossy().into_owned());
        path.replace(std::path::MAIN_SEPARATOR, "/")
    }

    /// The same as a relative reference; a path elsewhere becomes a `file` URI.
    pub(super) fn uri(&self, name: &str) -> String {
        let path = self.path(name);
        let prefix = match Path::new(&path).is_absolute() {
            true if path.starts_with('/') => "file://",
            true => "file:///",
            false => "",
        };
        let encoded: String = path.bytes().map(encode).collect();
        format!("{prefix}{encoded}")
    }
}

/// A path without `.` and `..` where they can be left out.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if clean.file_name().is_some() => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

/// A byte as it stands in the path of a URI; a colon could end a scheme.
fn encode(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::Base;

    #[test]
    fn paths_start_at_the_root() {
        let base = Base::new("/r/repo", "/r/repo/api");
        for (name, path) in [
            ("openapi.yaml", "api/openapi.yaml"),
            ("./v1/../openapi.yaml", "api/openapi.yaml"),
            ("../specs/a.yaml", "specs/a.yaml"),
            ("/r/repo/b.yaml", "b.yaml"),
            ("/elsewhere/b.yaml", "/elsewhere/b.yaml"),
            ("../../b.yaml", "../../b.yaml"),
        ] {
            assert_eq!(base.path(name), path);
        }
    }

    #[test]
    fn uris_are_encoded() {
        let base = Base::new("/r", "/r");
        assert_eq!(base.uri("a b/ä:c%20#?.yaml"), "a%20b/%C3%A4%3Ac%2520%23%3F.yaml");
        assert_eq!(base.uri("<stdin>"), "%3Cstdin%3E");
        assert_eq!(base.uri("/elsewhere/a b"), "file:///elsewhere/a%20b");
    }
}
