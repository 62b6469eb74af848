//! The manifest: which files of a folder are ours, what we wrote into them, and what that was made from.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use crate::{Origin, OutputError, canonical::canonical, folder, origin::hashed, path::check_path};

/// The name of the manifest in each folder that specsmith writes.
pub const MANIFEST: &str = ".specsmith.json";

/// Goes up when the form of the file or the canonical form of texts changes, since digests then mean something else.
const FORMAT: u64 = 1;

/// The files that are ours, and what they were made from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// What the files were made from; earlier versions did not say it.
    pub origin: Option<Origin>,
    /// Whether files are being moved to their places, or a run was cut short while they were.
    pub unfinished: bool,
    /// Each file with the digest of its canonical text; with those of its old and its new text while it is being moved.
    pub files: BTreeMap<String, Vec<String>>,
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
        let mut head = vec![("generator", quote("specsmith")), ("format", FORMAT.to_string())];
        if let Some(origin) = &self.origin {
            head.push(("version", quote(&origin.version)));
            head.push(("document", quote(&origin.document)));
            head.push(("configuration", quote(&origin.configuration)));
        }
        if self.unfinished {
            head.push(("unfinished", true.to_string()));
        }
        let head: String = head
            .iter()
            .map(|(name, value)| format!("  \"{name}\": {value},\n"))
            .collect();
        let lines: Vec<String> = self
            .files
            .iter()
            .map(|(path, digests)| format!("    {}: {}", quote(path), quote(&digests.join(" "))))
            .collect();
        format!("{{\n{head}  \"files\": {{\n{}\n  }}\n}}\n", lines.join(",\n"))
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
    let digests = |digests: &Value| Some(digests.as_str()?.split(' ').map(str::to_owned).collect());
    let files = files
        .iter()
        .map(|(path, value)| Some((path.clone(), digests(value)?)))
        .collect::<Option<_>>()
        .ok_or("a digest is not text")?;
    let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
    let origin = || {
        Some(Origin {
            version: text("version")?,
            document: text("document")?,
            configuration: text("configuration")?,
        })
    };
    Ok(Manifest {
        origin: origin(),
        unfinished: value.get("unfinished").is_some_and(|unfinished| *unfinished == true),
        files,
    })
}

/// The digest of a file as the manifest keeps it: a hash of its canonical text, in hexadecimal.
pub(crate) fn digest(path: &str, text: &str) -> String {
    hashed(&canonical(path, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_reads_back() {
        let files = [("src/\"odd\".rs", "ab"), ("Cargo.toml", "cd")];
        let mut manifest = Manifest {
            files: files
                .map(|(path, digest)| (path.to_owned(), vec![digest.to_owned()]))
                .into(),
            ..Manifest::default()
        };
        assert_eq!(parse(&manifest.to_text()), Ok(manifest.clone()));
        manifest.origin = Some(Origin {
            version: "1.2.3".to_owned(),
            document: "ef".to_owned(),
            configuration: "01".to_owned(),
        });
        manifest.unfinished = true;
        manifest
            .files
            .insert("a.md".to_owned(), vec!["23".to_owned(), "45".to_owned()]);
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
