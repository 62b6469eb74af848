//! What is different between two documents, and whom it breaks.

use specsmith_diagnostics::{Findings, Location};
pub use specsmith_ir::changes::verdict::{Class, Verdict};
use specsmith_ir::changes::{Change, Difference, changes, tell, verdict};
pub use specsmith_rust::surface::{Bump, ItemChange, ItemKind};
use specsmith_rust::{KnownNames, Prose, surface};

use crate::pipeline::{Lowered, Manifests, lower_knowing};
use crate::{Config, Error};

/// What is different between two documents.
#[derive(Debug, Clone)]
pub struct Diff {
    /// The older document.
    pub old: DiffSide,
    /// The newer document.
    pub new: DiffSide,
    /// What is different in what the documents mean: the API as a whole, security schemes, operations, webhooks, schemas.
    pub changes: Vec<ApiChange>,
    /// What is different in the public items of a generated client, by path.
    pub rust: Vec<ItemChange>,
}

/// A document that is compared.
#[derive(Debug, Clone)]
pub struct DiffSide {
    /// The version of the API, as written.
    pub version: String,
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
}

/// A difference, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiChange {
    /// The name of its kind, which stays: `parameter-added-required`.
    pub kind: String,
    /// What it is about: `` `GET /books` ``, ``schema `Book` ``.
    pub subject: String,
    /// The way from there to the place; empty for the subject itself.
    pub place: String,
    /// What is different: `added, required`.
    pub what: String,
    /// What it was, for what has a value; `None` for what was added or removed.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// Whom it breaks.
    pub verdict: Verdict,
    /// The nearest place, and whether it is one of the new document.
    pub location: Option<(Location, bool)>,
}

impl Diff {
    /// The version that a generated client needs.
    pub fn bump(&self) -> Bump {
        let items = self.rust.iter().map(|change| change.bump).max();
        let unseen = if self.changes.is_empty() {
            Bump::None
        } else {
            Bump::Patch
        };
        items.map_or(unseen, |bump| bump.max(unseen))
    }

    /// What matters most to clients and servers; `None` where nothing is different.
    pub fn verdict(&self) -> Option<Verdict> {
        let verdicts = self.changes.iter().map(|change| change.verdict);
        verdicts.reduce(|a, b| Verdict {
            clients: a.clients.max(b.clients),
            servers: a.servers.max(b.servers),
        })
    }

    /// The file, line and column of a change, as its document is called.
    pub fn place(&self, change: &ApiChange) -> Option<(String, u32, u32)> {
        let (location, is_new) = change.location?;
        let side = if is_new { &self.new } else { &self.old };
        let sources = &side.findings.sources;
        let at = sources.line_column(location)?;
        Some((sources.file(location.file)?.name().to_owned(), at.line, at.column))
    }
}

/// Compares what two documents mean, and what is generated of them; targets do not matter.
///
/// The names of the new client are those that it gets where the old one was generated before.
///
/// # Errors
/// When one of the documents cannot be used.
pub fn diff(old: &Config, new: &Config) -> Result<Diff, Error> {
    let old = lower_knowing(old, Manifests::Generated, KnownNames::default())?;
    let new = lower_knowing(new, Manifests::Generated, old.model.names.clone())?;
    let list = changes(&old.api, &new.api).iter().map(judged).collect();
    let side = |lowered: Lowered| DiffSide {
        version: lowered.api.info.version,
        findings: lowered.findings,
    };
    Ok(Diff {
        changes: list,
        rust: surface::changes(&old.model, &new.model),
        old: side(old),
        new: side(new),
    })
}

fn judged(change: &Change) -> ApiChange {
    let code = |text: &str| Prose::code(text);
    let values = match &change.difference {
        Difference::Changed { old, new, .. } => (Some(old.clone()), Some(new.clone())),
        Difference::Added { .. } | Difference::Removed { .. } => (None, None),
    };
    let new = change.new.map(|location| (location, true));
    ApiChange {
        kind: verdict::kind(change),
        subject: tell::subject(change, &code),
        place: tell::place(&change.parts, &code),
        what: tell::difference(&change.difference, &code),
        old: values.0,
        new: values.1,
        verdict: verdict::verdict(change),
        location: match change.difference {
            Difference::Removed { .. } => change.old.map(|location| (location, false)).or(new),
            _ => new.or(change.old.map(|location| (location, false))),
        },
    }
}
