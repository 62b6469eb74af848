//! Comparing a tree with a folder, without changing it.

use std::{path::Path, time::Duration};

use similar::{Algorithm, TextDiff};

use crate::{
    FileTree, MANIFEST, OutputError, Reason,
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
    /// Why it is so, what people did first; empty where nothing is remembered of such files.
    pub reasons: Vec<Reason>,
    /// From what is there to what should be there, as a unified diff; `None` where there is nothing to compare.
    pub diff: Option<String>,
}

impl Drift {
    /// Whether generating keeps the file as it is, and a person has to decide.
    pub fn stays(&self) -> bool {
        match self.kind {
            DriftKind::Foreign => true,
            DriftKind::Stale => self.reasons.contains(&Reason::Edited),
            DriftKind::Missing | DriftKind::Outdated | DriftKind::Edited => false,
        }
    }

    /// What is wrong with the file and why, in words that stand behind its name: `is out of date: the document has changed`.
    pub fn words(&self) -> String {
        let what = match self.kind {
            DriftKind::Missing => "is missing",
            DriftKind::Outdated => "is out of date",
            DriftKind::Edited if self.reasons.len() > 1 => "was changed by hand, and is out of date",
            DriftKind::Edited => "was changed by hand",
            DriftKind::Stale if self.stays() => "is no longer generated, and was changed by hand",
            DriftKind::Stale => "is no longer generated",
            DriftKind::Foreign => "is in the way: specsmith did not write it",
        };
        // A person is named already.
        let reasons = self.reasons.iter().filter(|reason| **reason != Reason::Edited);
        let reasons: Vec<String> = reasons.map(Reason::words).collect();
        match reasons.is_empty() {
            true => what.to_owned(),
            false => format!("{what}: {}", reasons.join("; ")),
        }
    }
}

impl DriftKind {
    /// The kind as a word for programs: `missing`, `outdated`, `edited`, `stale`, `foreign`.
    pub fn name(self) -> &'static str {
        match self {
            DriftKind::Missing => "missing",
            DriftKind::Outdated => "outdated",
            DriftKind::Edited => "edited",
            DriftKind::Stale => "stale",
            DriftKind::Foreign => "foreign",
        }
    }
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftKind {
    /// It is not there.
    Missing,
    /// It is as an earlier run wrote it, and would be different now.
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
            reasons: comparison.reasons(file),
            diff: found.map(|found| diff(file.path, found, file.text)),
        });
    }
    report.drift.extend(comparison.stale.iter().map(|stale| Drift {
        path: stale.path.clone(),
        kind: DriftKind::Stale,
        reasons: comparison.reasons_of_stale(stale),
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
        // What the files were made from may change without them, and is then not worth a run.
        Some(found) if found.files == expected.files && !found.unfinished => return None,
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
        reasons: match &comparison.manifest {
            Some(found) if found.unfinished => vec![Reason::Unfinished],
            _ => Vec::new(),
        },
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
