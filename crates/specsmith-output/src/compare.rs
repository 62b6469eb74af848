//! A tree, a manifest and a folder, file by file: what both writing and checking act on.

use std::path::Path;

use crate::{
    FileTree, OutputError,
    folder::{self, Entry},
    manifest::{Manifest, digest},
    path,
};

/// How a folder stands to a tree.
pub(crate) struct Comparison<'t> {
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
            Ok(Entry::Text(text)) => digest(path, &text) != *recorded,
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
    Ok(Comparison { manifest, files, stale })
}

fn state(path: &str, wanted: &str, entry: Entry, recorded: Option<&String>) -> State {
    match (entry, recorded) {
        (Entry::Missing, _) => State::Missing,
        (Entry::Binary, Some(_)) => State::Edited { found: None },
        (Entry::Binary, None) => State::Foreign { found: None },
        (Entry::Text(found), recorded) => {
            let digest = digest(path, &found);
            match recorded {
                _ if digest == wanted => State::Same,
                Some(recorded) if *recorded == digest => State::Outdated { found },
                Some(_) => State::Edited { found: Some(found) },
                None => State::Foreign { found: Some(found) },
            }
        }
    }
}
