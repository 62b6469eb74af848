//! What outputs are made from, as the manifests of their folders remember it: so `check` tells why something differs.

use std::fs;

use specsmith_diagnostics::Location;
use specsmith_output::{Origin, files_below, fingerprint};

use crate::{Config, Kind, pipeline::Lowered};

/// What all outputs of an API are made from.
pub(crate) struct Inputs {
    document: String,
    /// What users decide about all outputs.
    shared: String,
    /// What users decide about the reference, and the texts of their templates.
    docs: Vec<String>,
    /// The older document that the reference is compared with.
    since: Option<String>,
}

impl Inputs {
    /// What a configuration and its document say; the samples of the reference use the client of this package.
    pub(crate) fn new(config: &Config, lowered: &Lowered, client: &str) -> Self {
        let docs = &config.docs;
        let kinds: Vec<Kind> = config.targets.keys().copied().collect();
        let mut texts = vec![format!(
            "{:?} {:?} {:?} {client} {kinds:?}",
            docs.layout, docs.front_matter, docs.diagrams
        )];
        // What cannot be read is told when it is used.
        let templates = docs.templates.as_ref().map(|folder| files_below(folder, ".j2"));
        let templates = templates.and_then(Result::ok).unwrap_or_default();
        texts.extend(templates.into_iter().flat_map(|(name, text)| [name, text]));
        Self {
            document: lowered.read.clone(),
            shared: decisions(config),
            docs: texts,
            since: docs.since.as_ref().and_then(|path| fs::read_to_string(path).ok()),
        }
    }

    /// What the output of a kind is made from; its package is called so.
    pub(crate) fn of(&self, kind: Kind, package: &str) -> Origin {
        let is_docs = kind == Kind::Docs;
        let docs = self.docs.iter().filter(|_| is_docs).map(String::as_str);
        let document = match &self.since {
            Some(since) if is_docs => fingerprint([self.document.as_str(), since]),
            _ => self.document.clone(),
        };
        Origin {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            document,
            configuration: fingerprint([self.shared.as_str(), package].into_iter().chain(docs)),
        }
    }

    /// What a generator of one's own makes its output from; its user decides this.
    pub(crate) fn of_generator(&self, name: &str, decisions: &str) -> Origin {
        Origin {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            document: self.document.clone(),
            configuration: fingerprint([self.shared.as_str(), name, decisions]),
        }
    }
}

/// What users decide about everything, without the places in which they do, which may be other ones on another machine.
///
/// The form of the text is that of `Debug`, which is the same for all runs of one version; [`Origin`] promises no more.
fn decisions(config: &Config) -> String {
    let mut types = config.types.clone();
    types.places.clear();
    let (mut pages, mut serving) = (config.pagination.clone(), config.serving.clone());
    let pages_places = pages.iter_mut().flat_map(|rule| rule.places());
    pages_places
        .chain(serving.places())
        .for_each(|place| *place = Location::default());
    let targets = config.targets.values();
    let targets: Vec<_> = targets.map(|target| (target.openness, target.form)).collect();
    format!(
        "{types:?} {pages:?} {serving:?} {targets:?} {:?} {:?} {:?}",
        config.contract, config.base_path, config.filter
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::{Config, config_file::tests::read};

    use super::decisions;

    #[test]
    fn comments_and_folders_decide_nothing() {
        let of = |text: &str| decisions(&read(text).unwrap());
        let text = "[server]\ndir = 'a'\nbody-limit = 5\n[types]\ndates = 'jiff'\nlenient = ['A']\n";
        let pages = "[pagination.a]\noperations = 'list*'\nstyle = 'page'\nparameter = 'page'\n";
        let text = format!("{text}{pages}");
        assert_eq!(of(&text), of(&format!("# Mine.\n{}", text.replace("'a'", "'b'"))));
        assert_ne!(of(&text), of(&text.replace("jiff", "time")));
        assert_ne!(of(&text), of(&text.replace("= 5", "= 6")));
        assert_ne!(of(&text), of(&text.replace("'list*'", "'find*'")));
        let config = Config::new("a.yaml");
        assert_ne!(decisions(&config.clone().include("tag:A")), decisions(&config));
    }
}
