//! Files that are written once and belong to users from then on.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    FileTree, OutputError,
    folder::{self, Entry, Staging},
    path,
};

/// What [`begin`] did; paths are relative to the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files that were there already, and were left as they are.
    pub kept: Vec<String>,
}

/// Writes the files of a tree that are not there yet into a folder, which is made if it is not there.
///
/// Nothing that is there is changed, and nothing tells later that the new files came from here.
///
/// # Errors
/// When a path is unsafe, a link is in the way, or the system refuses.
pub fn begin(dir: &Path, tree: &FileTree) -> Result<Begun, OutputError> {
    path::validate(tree)?;
    let _lock = folder::lock(dir)?;
    let mut begun = Begun::default();
    let mut staging = Staging::begin(dir)?;
    for (path, text) in tree.iter() {
        match folder::inspect(dir, path)? {
            Entry::Missing => {
                staging.add(path, text)?;
                begun.created.push(path.to_owned());
            }
            Entry::Text(_) | Entry::Binary => begun.kept.push(path.to_owned()),
        }
    }
    staging.finish()?;
    Ok(begun)
}

/// The files below a folder whose names end like this, as paths with `/` and texts, sorted. What is no UTF-8 is read as
/// far as it is; links are not followed. A folder that is not there has no files.
///
/// # Errors
/// When the system refuses to read.
pub fn files_below(dir: &Path, end: &str) -> Result<Vec<(String, String)>, OutputError> {
    let mut files = Vec::new();
    let mut folders = vec![(PathBuf::from(dir), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(OutputError::io("look at", &folder)(error)),
        };
        for entry in entries {
            let entry = entry.map_err(OutputError::io("look at", &folder))?;
            let kind = entry.file_type().map_err(OutputError::io("look at", entry.path()))?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                folders.push((entry.path(), format!("{path}/")));
            } else if kind.is_file() && path.ends_with(end) {
                let text = fs::read(entry.path()).map_err(OutputError::io("read", entry.path()))?;
                files.push((path, String::from_utf8_lossy(&text).into_owned()));
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_stays() {
        let dir = tempfile::tempdir().unwrap();
        let tree = FileTree::from([
            ("a/b.rs".to_owned(), "ours".to_owned()),
            ("c.rs".to_owned(), "ours".to_owned()),
        ]);
        fs::write(dir.path().join("c.rs"), "mine").unwrap();
        let begun = begin(dir.path(), &tree).unwrap();
        assert_eq!(
            (begun.created, begun.kept),
            (vec!["a/b.rs".to_owned()], vec!["c.rs".to_owned()])
        );
        let again = begin(dir.path(), &tree).unwrap();
        assert_eq!(again.created, Vec::<String>::new());
        let texts = [("a/b.rs", "ours"), ("c.rs", "mine")].map(|(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(files_below(dir.path(), ".rs").unwrap(), texts);
        assert_eq!(files_below(&dir.path().join("none"), ".rs").unwrap(), []);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
