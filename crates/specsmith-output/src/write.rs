//! Writing a tree into a folder.

use std::{collections::BTreeMap, path::Path};

use crate::{
    FileTree, MANIFEST, OutputError,
    compare::{Comparison, Stale, State, compare},
    folder::{self, Staging},
    manifest::Manifest,
};

/// What [`write`] did; paths are relative to the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files of an earlier run that were replaced.
    pub updated: Vec<String>,
    /// Files of an earlier run that somebody had changed, and that were replaced all the same.
    pub overwritten: Vec<String>,
    /// Files of an earlier run that are no longer generated, and were removed.
    pub removed: Vec<String>,
    /// Files that are no longer generated and were left, since somebody had changed them.
    pub kept: Vec<String>,
    /// How many files were right already and were not touched.
    pub unchanged: usize,
}

impl Written {
    /// Whether the folder was right already.
    pub fn is_unchanged(&self) -> bool {
        self.created.is_empty() && self.updated.is_empty() && self.overwritten.is_empty() && self.removed.is_empty()
    }
}

/// Writes a tree into a folder, which is made if it is not there.
///
/// Only what differs is written. A file that an earlier run wrote and that is no longer in the tree is removed, unless
/// it was changed since. All files are made under other names first and then moved to their places, so a full disk
/// leaves the folder as it was; runs at the same time wait for each other.
///
/// # Errors
/// When a path is unsafe, a link or a foreign file is in the way, or the system refuses. Foreign files are never
/// touched.
pub fn write(dir: &Path, tree: &FileTree) -> Result<Written, OutputError> {
    let _lock = folder::lock(dir)?;
    let comparison = compare(dir, tree)?;
    refuse_foreign(dir, &comparison)?;
    let mut written = Written::default();
    // Removes what a run that was cut short left behind, too.
    let mut staging = Staging::begin(dir)?;
    let after = manifest_after(&comparison);
    if comparison.is_settled(&after) {
        written.unchanged = comparison.files.len();
        written.kept = comparison.stale.into_iter().map(|stale| stale.path).collect();
        return Ok(written);
    }
    // Known before the files are there, so that a run that is cut short leaves no file that is not known.
    staging.add(MANIFEST, &manifest_during(&comparison).to_text())?;
    for file in &comparison.files {
        let list = match &file.state {
            State::Same => {
                written.unchanged += 1;
                continue;
            }
            State::Missing => &mut written.created,
            State::Outdated { .. } => &mut written.updated,
            State::Edited { .. } | State::Foreign { .. } => &mut written.overwritten,
        };
        list.push(file.path.to_owned());
        staging.add(file.path, file.text)?;
    }
    // Made before anything is moved, too: nothing is left that a full disk could refuse.
    let files = staging.len();
    staging.add(MANIFEST, &after.to_text())?;
    staging.place(files)?;
    for stale in &comparison.stale {
        if stale.edited {
            written.kept.push(stale.path.clone());
        } else {
            folder::remove(dir, &stale.path)?;
            written.removed.push(stale.path.clone());
        }
    }
    staging.finish()?;
    Ok(written)
}

fn refuse_foreign(dir: &Path, comparison: &Comparison<'_>) -> Result<(), OutputError> {
    let foreign = comparison
        .files
        .iter()
        .filter(|file| matches!(file.state, State::Foreign { .. }));
    let paths: Vec<String> = foreign.map(|file| file.path.to_owned()).collect();
    if paths.is_empty() {
        return Ok(());
    }
    Err(OutputError::Foreign {
        dir: dir.to_owned(),
        paths,
    })
}

/// What is ours when all is done: the files of the tree, and stale files that are kept.
pub(crate) fn manifest_after(comparison: &Comparison<'_>) -> Manifest {
    let kept = comparison.stale.iter().filter(|stale| stale.edited);
    let mut files = recorded(comparison, kept);
    let ours = comparison.files.iter();
    files.extend(ours.map(|file| (file.path.to_owned(), vec![file.digest.clone()])));
    Manifest {
        origin: comparison.origin.cloned(),
        unfinished: false,
        files,
    }
}

/// What is ours while files are being moved: the files of the tree with their old and new texts, and everything that was
/// ours before.
fn manifest_during(comparison: &Comparison<'_>) -> Manifest {
    let mut files = recorded(comparison, comparison.stale.iter());
    let before = comparison.manifest.as_ref();
    for file in &comparison.files {
        let mut digests: Vec<String> = before
            .and_then(|manifest| manifest.files.get(file.path).cloned())
            .unwrap_or_default();
        if !digests.contains(&file.digest) {
            digests.push(file.digest.clone());
        }
        files.insert(file.path.to_owned(), digests);
    }
    Manifest {
        // What is there still is of the old one.
        origin: before.map_or(comparison.origin.cloned(), |manifest| manifest.origin.clone()),
        unfinished: true,
        files,
    }
}

/// What is known of these files.
fn recorded<'a>(comparison: &Comparison<'_>, files: impl Iterator<Item = &'a Stale>) -> BTreeMap<String, Vec<String>> {
    let known = |path: &str| comparison.manifest.as_ref()?.files.get(path).cloned();
    files
        .filter_map(|stale| Some((stale.path.clone(), known(&stale.path)?)))
        .collect()
}
