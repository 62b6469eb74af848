//! The manifest: which files of a folder are ours, and what we wrote into them.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{OutputError, canonical::canonical, folder, path::check_path};

/// The name of the manifest in each folder that specsmith writes.
pub const MANIFEST: &str = ".specsmith.json";

/// Goes up when the form of the file or the canonical form of texts changes, since digests then mean something else.
const FORMAT: u64 = 1;

/// The files that are ours, each with the digest of its canonical text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads the manifest of a folder; a folder without one has none of our files.
    pub(crate) fn read(dir: &Path) -> Result<Option<Self>, OutputError> {
        let path = dir.join(MANIFEST);
        let broken = |reason: String| OutputError::Manifest {
            path: path.clone(),
            reason,
        };
        let text = match folder::inspect(dir, MANIFEST)? {
            folder::Entry::Missing => return Ok(None),
            folder::Entry::Text(text) => text,
            folder::Entry::Binary => return Err(broken("it is not text".to_owned())),
        };
        let manifest = parse(&text).map_err(&broken)?;
        for path in manifest.files.keys() {
            check_path(path).map_err(|error| broken(error.to_string()))?;
        }
        Ok(Some(manifest))
    }

    /// The text of the file.
    pub(crate) fn to_text(&self) -> String {
        let quote = |text: &str| Value::from(text).to_string();
        let lines: Vec<String> = self
            .files
            .iter()
            .map(|(path, digest)| format!("    {}: {}", quote(path), quote(digest)))
            .collect();
        format!(
            "{{\n  \"generator\": \"specsmith\",\n  \"format\": {FORMAT},\n  \"files\": {{\n{}\n  }}\n}}\n",
            lines.join(",\n")
        )
    }
}

fn parse(text: &str) -> Result<Manifest, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match value.get("format").and_then(Value::as_u64) {
        Some(FORMAT) => {}
        Some(other) => {
            return Err(format!(
                "its format is {other}, and this version of specsmith knows {FORMAT}"
            ));
        }
        None => return Err("it does not say its format".to_owned()),
    }
    let files = value
        .get("files")
        .and_then(Value::as_object)
        .ok_or("it does not list files")?;
    let files = files
        .iter()
        .map(|(path, digest)| Some((path.clone(), digest.as_str()?.to_owned())))
        .collect::<Option<_>>()
        .ok_or("a digest is not text")?;
    Ok(Manifest { files })
}

/// The digest of a file as the manifest keeps it: SHA-256 of its canonical text, in hexadecimal.
pub(crate) fn digest(path: &str, text: &str) -> String {
    let hash = Sha256::digest(canonical(path, text).as_bytes());
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_reads_back() {
        let files = [("src/\"odd\".rs", "ab"), ("Cargo.toml", "cd")];
        let manifest = Manifest {
            files: files.map(|(path, digest)| (path.to_owned(), digest.to_owned())).into(),
        };
        assert_eq!(parse(&manifest.to_text()), Ok(manifest));
        assert_eq!(parse(&Manifest::default().to_text()), Ok(Manifest::default()));
    }

    #[test]
    fn what_is_not_a_manifest_is_told() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"format":2,"files":{}}"#,
            r#"{"format":1}"#,
            r#"{"format":1,"files":{"a":1}}"#,
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn line_breaks_do_not_change_the_digest_and_text_does() {
        assert_eq!(digest("a.md", "x\r\ny\r\n"), digest("a.md", "x\ny\n"));
        assert_ne!(digest("a.md", "x\ny\n"), digest("a.md", "x y\n"));
    }
}
