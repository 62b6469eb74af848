//! Differences of what people read: titles, descriptions, examples.

use super::{Aspect, Comparison, Subject};
use crate::{Docs, Example};

impl Comparison<'_> {
    /// Compares what the documents say about something, and whether it is deprecated.
    pub(super) fn docs(&mut self, old: &Docs, new: &Docs) {
        self.deprecation(old.deprecated, new.deprecated);
        self.prose(&old.title, &new.title, Aspect::Title);
        self.prose(&old.description, &new.description, Aspect::Description);
        self.examples(&old.examples, &new.examples);
    }

    /// Compares a text.
    pub(super) fn prose(&mut self, old: &Option<String>, new: &Option<String>, aspect: Aspect) {
        let trimmed = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
        self.aspect(aspect, trimmed(old), trimmed(new));
    }

    /// Compares examples by their values and summaries.
    pub(super) fn examples(&mut self, old: &[Example], new: &[Example]) {
        let says = |examples: &[Example]| {
            let texts = examples.iter().map(|example| {
                let value = example.value.as_ref().map(ToString::to_string);
                value.or_else(|| example.summary.clone()).unwrap_or_default()
            });
            texts.collect::<Vec<_>>().join(", ")
        };
        self.aspect(Aspect::Examples, says(old), says(new));
    }

    /// Compares what is said about the API as a whole and about its tags.
    pub(super) fn info(&mut self) {
        let (old, new) = (self.old, self.new);
        let title = |text: &str| Some(text.to_owned());
        self.prose(&title(&old.info.title), &title(&new.info.title), Aspect::Title);
        self.prose(&old.info.description, &new.info.description, Aspect::Description);
        for tag in &new.tags {
            if let Some(before) = old.tags.iter().find(|of| of.name == tag.name) {
                self.about(Subject::Tag(tag.name.clone()));
                self.docs(&before.docs, &tag.docs);
            }
        }
    }
}
