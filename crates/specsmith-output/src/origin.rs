//! What a tree was made from, and what of that is different from what the files of a folder were made from.

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::canonical::unix;

/// What a tree was made from, which the manifest of its folder remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The version of specsmith.
    pub version: String,
    /// A [`fingerprint`] of the document and of everything that was read with it.
    pub document: String,
    /// A [`fingerprint`] of what users decide; those of different versions say nothing about each other.
    pub configuration: String,
}

/// Why a file is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// Somebody changed it.
    Edited,
    /// Somebody removed it.
    Removed,
    /// Nothing was generated in the folder yet.
    NeverGenerated,
    /// An earlier run did not come to its end.
    Unfinished,
    /// The document has changed.
    Document,
    /// The configuration has changed.
    Configuration,
    /// Another version of specsmith wrote it.
    Version {
        /// The version that wrote it.
        from: String,
        /// The version that runs.
        to: String,
    },
    /// None of what the manifest remembers is different, or it remembers nothing.
    Unknown,
}

impl Reason {
    /// The reason as a word for programs: `document`, `version`.
    pub fn name(&self) -> &'static str {
        match self {
            Reason::Edited => "edited",
            Reason::Removed => "removed",
            Reason::NeverGenerated => "never-generated",
            Reason::Unfinished => "unfinished",
            Reason::Document => "document",
            Reason::Configuration => "configuration",
            Reason::Version { .. } => "version",
            Reason::Unknown => "unknown",
        }
    }

    /// The reason in words for people, which stand behind a colon.
    pub fn words(&self) -> String {
        match self {
            Reason::Edited => "somebody changed it",
            Reason::Removed => "somebody removed it",
            Reason::NeverGenerated => "nothing was generated there yet",
            Reason::Unfinished => "an earlier run did not come to its end",
            Reason::Document => "the document has changed",
            Reason::Configuration => "the configuration has changed",
            Reason::Version { from, to } => return format!("specsmith {from} wrote it, and this is {to}"),
            Reason::Unknown => "why is not known; another build of specsmith may have written it",
        }
        .to_owned()
    }
}

/// What differs between what a folder was made from and what a tree is made from; nothing where the tree does not say.
pub(crate) fn changes(found: Option<&Origin>, wanted: Option<&Origin>) -> Vec<Reason> {
    let Some(wanted) = wanted else { return Vec::new() };
    let mut reasons = Vec::new();
    if let Some(found) = found {
        if found.document != wanted.document {
            reasons.push(Reason::Document);
        }
        if found.version != wanted.version {
            reasons.push(Reason::Version {
                from: found.version.clone(),
                to: wanted.version.clone(),
            });
        } else if found.configuration != wanted.configuration {
            reasons.push(Reason::Configuration);
        }
    }
    if reasons.is_empty() {
        reasons.push(Reason::Unknown);
    }
    reasons
}

/// XXH3 (128 bits) of texts in their order, in hexadecimal; the kind of their line breaks does not count.
pub fn fingerprint<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hash = Xxh3::new();
    for text in texts {
        let text = unix(text);
        // Where one ends and the next begins counts.
        hash.update(&text.len().to_le_bytes());
        hash.update(text.as_bytes());
    }
    hexadecimal(hash.digest128())
}

/// XXH3 (128 bits) of a text in hexadecimal.
///
/// It tells texts apart that came to differ; it need not withstand those who look for two that agree, since whoever can
/// write the text of a file can write the manifest beside it.
pub(crate) fn hashed(text: &[u8]) -> String {
    hexadecimal(xxh3_128(text))
}

fn hexadecimal(hash: u128) -> String {
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_tell_texts_apart_and_not_line_breaks() {
        assert_eq!(fingerprint(["a\r\nb", "c"]), fingerprint(["a\nb", "c"]));
        assert_ne!(fingerprint(["ab", "c"]), fingerprint(["a", "bc"]));
        assert_eq!(fingerprint([]).len(), 32);
    }

    #[test]
    fn what_changed_is_told() {
        let origin = |version: &str, document: &str, configuration: &str| Origin {
            version: version.to_owned(),
            document: document.to_owned(),
            configuration: configuration.to_owned(),
        };
        let now = origin("2", "d", "c");
        let changed = |found: &Origin| {
            let reasons = changes(Some(found), Some(&now));
            reasons.iter().map(Reason::name).collect::<Vec<_>>()
        };
        assert_eq!(changed(&now), ["unknown"]);
        assert_eq!(changed(&origin("2", "x", "c")), ["document"]);
        assert_eq!(changed(&origin("2", "x", "x")), ["document", "configuration"]);
        assert_eq!(changed(&origin("1", "d", "x")), ["version"]);
        assert_eq!(changes(None, Some(&now)), [Reason::Unknown]);
        assert_eq!(changes(None, None), []);
    }
}
