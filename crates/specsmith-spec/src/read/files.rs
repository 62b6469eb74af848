//! Which files a document may refer to: regular ones below its folder or one that the user allowed, and nothing else.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use specsmith_diagnostics::closest;

/// How many files of a folder are looked at to suggest one.
const MOST_NAMES: usize = 10_000;

/// The folders whose files may be read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    folders: Vec<Folder>,
    entry: PathBuf,
    own: Option<PathBuf>,
}

#[derive(Debug, Clone)]
struct Folder {
    /// Without symbolic links and `..`.
    path: PathBuf,
    /// What diagnostics print for it; ends with a slash unless it is empty.
    shown: String,
}

/// Why a file cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Denied {
    /// The document comes from no folder, and none was allowed.
    NoFolder,
    /// It is in none of the folders.
    Outside,
    /// It is not there; maybe a file of the same folder is meant, for which [`Files::meant`] looks.
    Missing(Option<String>),
    /// It is a folder, a device or a pipe.
    NotRegular(&'static str),
    /// The system says no.
    Unreadable(io::ErrorKind),
}

impl Files {
    /// The folder of a document, if it is a file, and those that are allowed beside it.
    ///
    /// # Errors
    /// When an allowed folder is none; which one.
    pub(crate) fn new(name: &str, path: Option<&Path>, allowed: &[PathBuf]) -> Result<Self, PathBuf> {
        let mut folders = Vec::new();
        let own = path.and_then(|path| {
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            folder.unwrap_or(Path::new(".")).canonicalize().ok()
        });
        if let Some(own) = own {
            let shown = name.rfind('/').and_then(|slash| name.get(..=slash)).unwrap_or_default();
            folders.push(Folder {
                path: own,
                shown: shown.to_owned(),
            });
        }
        for folder in allowed {
            let canonical = folder.canonicalize().ok().filter(|folder| folder.is_dir());
            let shown = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
            folders.push(Folder {
                path: canonical.ok_or_else(|| folder.clone())?,
                shown: format!("{}/", shown.trim_end_matches('/')),
            });
        }
        let file_name = path.and_then(Path::file_name).unwrap_or("document".as_ref());
        let entry = folders.first().map(|folder| folder.path.join(file_name));
        Ok(Self {
            folders,
            entry: entry.unwrap_or_default(),
            own: path.and_then(|path| path.canonicalize().ok()),
        })
    }

    /// Where references of the document start: its path, or one in the first allowed folder.
    pub(crate) fn entry(&self) -> &Path {
        &self.entry
    }

    /// The one path of the document, if it is a file.
    pub(crate) fn own(&self) -> Option<PathBuf> {
        self.own.clone()
    }

    /// The one path of a file, if it may be read; nothing is opened.
    ///
    /// `path` has no `..` that could be left out. What is outside is refused before the system is asked whether it
    /// exists, and what symbolic links lead to is asked again.
    pub(crate) fn find(&self, path: &Path) -> Result<PathBuf, Denied> {
        if self.folders.is_empty() {
            return Err(Denied::NoFolder);
        }
        if !self.has(path) {
            return Err(Denied::Outside);
        }
        let found = match path.canonicalize() {
            Ok(found) => found,
            Err(error) => {
                return Err(match error.kind() {
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Denied::Missing(None),
                    kind => Denied::Unreadable(kind),
                });
            }
        };
        if !self.has(&found) {
            return Err(Denied::Outside);
        }
        // Asked before anything opens it, since opening a pipe waits for its other end.
        match fs::metadata(&found) {
            Ok(metadata) if metadata.is_file() => Ok(found),
            Ok(metadata) if metadata.is_dir() => Err(Denied::NotRegular("a folder")),
            Ok(_) => Err(Denied::NotRegular("not a regular file")),
            Err(error) => Err(Denied::Unreadable(error.kind())),
        }
    }

    /// What diagnostics print for a file.
    pub(crate) fn shown(&self, path: &Path) -> String {
        let place = self.folders.iter().find_map(|folder| {
            let inside = path.strip_prefix(&folder.path).ok()?;
            Some(folder.shown.clone() + &inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
        });
        place.unwrap_or_else(|| path.to_string_lossy().into_owned())
    }

    /// The folders and the name of a file below the folder that it is in.
    pub(crate) fn steps(&self, path: &Path) -> Vec<String> {
        let inside = self
            .folders
            .iter()
            .find_map(|folder| path.strip_prefix(&folder.path).ok());
        let steps = inside.unwrap_or(path).iter();
        steps.map(|step| step.to_string_lossy().into_owned()).collect()
    }

    /// The name of a file in the same folder that is like the one that is not there.
    pub(crate) fn meant(&self, path: &Path) -> Option<String> {
        let name = path.file_name()?.to_str()?;
        // A symbolic link on the way may lead out.
        let folder = path.parent()?.canonicalize().ok().filter(|folder| self.has(folder))?;
        let names = fs::read_dir(folder).ok()?.take(MOST_NAMES);
        let mut names: Vec<String> = names
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        closest(name, names.iter().map(String::as_str)).map(str::to_owned)
    }

    fn has(&self, path: &Path) -> bool {
        self.folders.iter().any(|folder| path.starts_with(&folder.path))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
