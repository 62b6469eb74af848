//! A tree, a manifest and a folder, file by file: what both writing and checking act on.

use std::path::Path;

use crate::{
    FileTree, Origin, OutputError, Reason,
    folder::{self, Entry},
    manifest::{Manifest, digest},
    origin, path,
};

/// How a folder stands to a tree.
pub(crate) struct Comparison<'t> {
    /// What the tree was made from.
    pub origin: Option<&'t Origin>,
    /// The manifest of the folder; `None` where there is none.
    pub manifest: Option<Manifest>,
    /// Each file of the tree.
    pub files: Vec<Compared<'t>>,
    /// Files of the manifest that are no longer in the tree and still in the folder.
    pub stale: Vec<Stale>,
}

/// A file of the tree and what is in its place.
pub(crate) struct Compared<'t> {
    pub path: &'t str,
    pub text: &'t str,
    pub digest: String,
    pub state: State,
}

/// What is in the place of a file.
pub(crate) enum State {
    /// Nothing.
    Missing,
    /// The same text, but for formatting and line breaks.
    Same,
    /// What was written at an earlier time.
    Outdated { found: String },
    /// A file of ours that somebody changed.
    Edited { found: Option<String> },
    /// A file that is not ours.
    Foreign { found: Option<String> },
}

/// A file that is no longer generated.
pub(crate) struct Stale {
    pub path: String,
    /// Whether somebody changed it.
    pub edited: bool,
}

/// Compares a tree with a folder; changes nothing.
pub(crate) fn compare<'t>(dir: &Path, tree: &'t FileTree) -> Result<Comparison<'t>, OutputError> {
    path::validate(tree)?;
    let manifest = Manifest::read(dir)?;
    let recorded = |path: &str| manifest.as_ref().and_then(|manifest| manifest.files.get(path));
    let mut files = Vec::new();
    for (path, text) in tree.iter() {
        let digest = digest(path, text);
        let state = state(path, &digest, folder::inspect(dir, path)?, recorded(path));
        files.push(Compared {
            path,
            text,
            digest,
            state,
        });
    }
    let mut stale = Vec::new();
    for (path, recorded) in manifest.iter().flat_map(|manifest| &manifest.files) {
        if tree.get(path).is_some() {
            continue;
        }
        let edited = match folder::inspect(dir, path) {
            Ok(Entry::Text(text)) => !recorded.contains(&digest(path, &text)),
            Ok(Entry::Binary) => true,
            // Whatever took the place of the file is not ours, so it needs nothing from us.
            Ok(Entry::Missing) | Err(OutputError::NotPlain { .. }) => continue,
            Err(error) => return Err(error),
        };
        stale.push(Stale {
            path: path.clone(),
            edited,
        });
    }
    Ok(Comparison {
        origin: tree.origin(),
        manifest,
        files,
        stale,
    })
}

impl Comparison<'_> {
    /// Whether all files are as they should be and the manifest knows it, so that there is nothing to write.
    pub(crate) fn is_settled(&self, after: &Manifest) -> bool {
        let same = self.files.iter().all(|file| matches!(file.state, State::Same));
        let known = |manifest: &Manifest| {
            let has_origin = manifest.origin.is_some() || self.origin.is_none();
            !manifest.unfinished && has_origin && manifest.files == after.files
        };
        same && self.manifest.as_ref().is_some_and(known)
    }

    /// Why a file of the tree is not as it should be.
    pub(crate) fn reasons(&self, file: &Compared<'_>) -> Vec<Reason> {
        let recorded = self
            .manifest
            .as_ref()
            .and_then(|manifest| manifest.files.get(file.path));
        // What is wanted is what was written, so nothing but a person is to blame.
        let as_written = recorded.is_some_and(|recorded| recorded.contains(&file.digest));
        let by_hand = match file.state {
            State::Same | State::Foreign { .. } => return Vec::new(),
            State::Missing if self.manifest.is_none() => return vec![Reason::NeverGenerated],
            State::Missing if recorded.is_some() && !self.is_unfinished() => Some(Reason::Removed),
            State::Edited { .. } => Some(Reason::Edited),
            State::Missing | State::Outdated { .. } => None,
        };
        match by_hand {
            Some(reason) if as_written => vec![reason],
            by_hand => by_hand.into_iter().chain(self.changes()).collect(),
        }
    }

    /// Why a file is there that is no longer generated.
    pub(crate) fn reasons_of_stale(&self, stale: &Stale) -> Vec<Reason> {
        let edited = stale.edited.then_some(Reason::Edited);
        edited.into_iter().chain(self.changes()).collect()
    }

    /// Why what was generated is different from what would be.
    fn changes(&self) -> Vec<Reason> {
        let found = self.manifest.as_ref().and_then(|manifest| manifest.origin.as_ref());
        match origin::changes(found, self.origin) {
            unknown if self.is_unfinished() && unknown == [Reason::Unknown] => vec![Reason::Unfinished],
            changes => changes,
        }
    }

    fn is_unfinished(&self) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| manifest.unfinished)
    }
}

fn state(path: &str, wanted: &str, entry: Entry, recorded: Option<&Vec<String>>) -> State {
    match (entry, recorded) {
        (Entry::Missing, _) => State::Missing,
        (Entry::Binary, Some(_)) => State::Edited { found: None },
        (Entry::Binary, None) => State::Foreign { found: None },
        (Entry::Text(found), recorded) => {
            let digest = digest(path, &found);
            match recorded {
                _ if digest == wanted => State::Same,
                Some(recorded) if recorded.contains(&digest) => State::Outdated { found },
                Some(_) => State::Edited { found: Some(found) },
                None => State::Foreign { found: Some(found) },
            }
        }
    }
}
