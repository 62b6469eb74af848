//! Comparing a tree with a folder, without changing it.

use std::{path::Path, time::Duration};

use similar::{Algorithm, TextDiff};

use crate::{
    FileTree, MANIFEST, OutputError,
    canonical::unix,
    compare::{Comparison, State, compare},
    write::manifest_after,
};

/// How a folder differs from a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The files that differ, by their paths.
    pub drift: Vec<Drift>,
    /// How many files are as they should be.
    pub up_to_date: usize,
}

/// A file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// The file, relative to the folder.
    pub path: String,
    /// What is wrong with it.
    pub kind: DriftKind,
    /// From what is there to what should be there, as a unified diff; `None` where there is nothing to compare.
    pub diff: Option<String>,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftKind {
    /// It is not there.
    Missing,
    /// It is as an earlier run wrote it; the document or specsmith has changed since.
    Outdated,
    /// It was changed by hand.
    Edited,
    /// It is no longer generated.
    Stale,
    /// It is not generated, and in the way of a file that is.
    Foreign,
}

impl Report {
    /// Whether the folder is as it should be.
    pub fn is_up_to_date(&self) -> bool {
        self.drift.is_empty()
    }
}

/// Compares a tree with a folder; changes nothing.
///
/// # Errors
/// When a path is unsafe, a link is in the way, or the system refuses to read.
pub fn check(dir: &Path, tree: &FileTree) -> Result<Report, OutputError> {
    let comparison = compare(dir, tree)?;
    let mut report = Report::default();
    for file in &comparison.files {
        let (kind, found) = match &file.state {
            State::Same => {
                report.up_to_date += 1;
                continue;
            }
            State::Missing => (DriftKind::Missing, None),
            State::Outdated { found } => (DriftKind::Outdated, Some(found)),
            State::Edited { found } => (DriftKind::Edited, found.as_ref()),
            State::Foreign { found } => (DriftKind::Foreign, found.as_ref()),
        };
        report.drift.push(Drift {
            path: file.path.to_owned(),
            kind,
            diff: found.map(|found| diff(file.path, found, file.text)),
        });
    }
    report.drift.extend(comparison.stale.iter().map(|stale| Drift {
        path: stale.path.clone(),
        kind: DriftKind::Stale,
        diff: None,
    }));
    if report.drift.is_empty() {
        report.drift.extend(manifest_drift(&comparison));
    }
    report.drift.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(report)
}

/// What is wrong with the manifest, where all files are right.
fn manifest_drift(comparison: &Comparison<'_>) -> Option<Drift> {
    let expected = manifest_after(comparison);
    let (kind, diff) = match &comparison.manifest {
        Some(found) if *found == expected => return None,
        None if expected.files.is_empty() => return None,
        None => (DriftKind::Missing, None),
        Some(found) => {
            let diff = diff(MANIFEST, &found.to_text(), &expected.to_text());
            (DriftKind::Outdated, Some(diff))
        }
    };
    Some(Drift {
        path: MANIFEST.to_owned(),
        kind,
        diff,
    })
}

/// From what is there to what should be there, as a unified diff.
pub(crate) fn diff(path: &str, found: &str, wanted: &str) -> String {
    let found = unix(found);
    TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .timeout(Duration::from_secs(5))
        .diff_lines(found.as_ref(), wanted)
        .unified_diff()
        .header(&format!("{path} (found)"), &format!("{path} (generated)"))
        .to_string()
}
