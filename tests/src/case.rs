//! The cases of `tests/cases`: a file, or a folder with a document and what belongs to it.
//!
//! A folder has `openapi.yaml` or `openapi.json`, any files that it refers to, and overlays, which are called
//! `overlay*.yaml` or `.json` and are applied in the order of their names. Its document is read from the disk, a single
//! file from memory.

use std::{
    fs,
    path::{Path, PathBuf},
};

use specsmith::{Config, Error};
use specsmith_spec::{Options, Source};

use crate::{files, root, stem};

/// A document, and what belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The name of the file without its extension, or that of the folder.
    pub name: String,
    /// The document, from the root of the workspace.
    pub path: String,
    /// The folder that it stands in with what belongs to it, from the root of the workspace.
    folder: Option<String>,
}

impl Case {
    /// A single document, from the root of the workspace.
    pub(crate) fn file(name: &str, path: &str) -> Self {
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            folder: None,
        }
    }

    /// The cases of a folder of the workspace, sorted by name.
    pub(crate) fn all(dir: &str) -> Vec<Self> {
        let absolute = root().join(dir);
        let mut cases: Vec<Self> = files(&absolute, &["yaml", "json"])
            .iter()
            .map(|path| Self::file(&stem(path), &format!("{dir}/{}", file_name(path))))
            .collect();
        for entry in fs::read_dir(&absolute).expect("a folder") {
            let name = file_name(&entry.expect("an entry").path());
            let folder = format!("{dir}/{name}");
            let entries = ["openapi.yaml", "openapi.json"].map(|file| format!("{folder}/{file}"));
            if let Some(path) = entries.into_iter().find(|path| root().join(path).is_file()) {
                cases.push(Self {
                    name,
                    path,
                    folder: Some(folder),
                });
            }
        }
        cases.sort_by(|a, b| a.name.cmp(&b.name));
        cases
    }

    /// The configuration that reads it, without targets; `name` is what findings call a single file.
    pub(crate) fn config(&self, name: &str) -> Result<Config, Error> {
        let Some(folder) = &self.folder else {
            return Ok(Config::from_text(
                name,
                fs::read(root().join(&self.path)).expect("a document"),
            ));
        };
        let file = from_here(&format!("{folder}/specsmith.toml"));
        let config = match file.exists() {
            true => Config::from_file(file)?.document(from_here(&self.path)),
            false => Config::new(from_here(&self.path)),
        };
        let overlays = self.overlays().into_iter();
        Ok(overlays.fold(config, |config, overlay| config.overlay(from_here(&overlay))))
    }

    /// The same for the crate that reads.
    pub(crate) fn source(&self) -> (Source, Options) {
        let read = |path: &str| Source::from_file(&from_here(path)).expect("a document");
        let Some(_) = &self.folder else {
            let text = fs::read_to_string(root().join(&self.path)).expect("text");
            return (Source::from_text(self.path.as_str(), text), Options::default());
        };
        let options = Options {
            overlays: self.overlays().iter().map(|path| read(path)).collect(),
            ..Options::default()
        };
        (read(&self.path), options)
    }

    /// The text of the document, and behind it that of every other file of the folder.
    pub(crate) fn text(&self) -> String {
        let read = |path: &str| fs::read_to_string(root().join(path)).expect("text");
        let mut text = read(&self.path);
        for path in self.others() {
            let name = path.strip_prefix(self.folder.as_deref().unwrap_or_default());
            let name = name.unwrap_or(&path).trim_start_matches('/');
            text = format!("{}\n\n# {name}\n{}", text.trim_end(), read(&path));
        }
        text
    }

    /// Whether it is made with options of its own.
    pub(crate) fn is_configured(&self) -> bool {
        let file = self
            .folder
            .as_ref()
            .map(|folder| from_here(&format!("{folder}/specsmith.toml")));
        file.is_some_and(|file| file.exists())
    }

    fn overlays(&self) -> Vec<String> {
        let others = self.others();
        let is_overlay = |path: &String| file_name(Path::new(path)).starts_with("overlay");
        others.into_iter().filter(is_overlay).collect()
    }

    /// The other files of the folder and the folders below it, sorted.
    fn others(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders: Vec<String> = self.folder.iter().cloned().collect();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(root().join(&folder)).expect("a folder") {
                let entry = entry.expect("an entry").path();
                let path = format!("{folder}/{}", file_name(&entry));
                if entry.is_dir() {
                    folders.push(path);
                } else if path != self.path {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// A path from the root of the workspace as seen from the package, where tests run: findings print it.
fn from_here(path: &str) -> PathBuf {
    PathBuf::from(path.strip_prefix("tests/").expect("a case"))
}
