//! What becomes of each keyword.

use specsmith_diagnostics::Code;

use super::{Grammar, Kind, REFERENCE, Version};

/// What becomes of a keyword of a document.
///
/// Where that depends on the place or the value, it is the least that is sure: a keyword that types say in most places
/// and that is reported in the others is [`Fate::Typed`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Types follow from it, or what is sent and how.
    Typed,
    /// Values are checked against it, or it is checked itself; no type follows from it.
    Validated,
    /// The documentation says it.
    Documented,
    /// It leads to other objects, or is about the document itself: its version, names in it, comments.
    Structural,
    /// Nothing is made of it, and a diagnostic of this code says so: at it, or at an object around it of which nothing is
    /// made either.
    Reported(Code),
}

/// A keyword of an object of the specification, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyword {
    /// The object, as the specification calls it: `Parameter Object`.
    pub object: &'static str,
    /// The name of the keyword.
    pub name: &'static str,
    /// The first version of OpenAPI that has it, where that is not 3.0.
    pub since: Option<&'static str>,
    /// The first version of OpenAPI that has it no more.
    pub until: Option<&'static str>,
    /// What becomes of it.
    pub fate: Fate,
}

impl Fate {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Fate::Typed => "typed",
            Fate::Validated => "validated",
            Fate::Documented => "documented",
            Fate::Structural => "structural",
            Fate::Reported(_) => "reported",
        }
    }
}

/// Every keyword of every object, in the order of the specification.
///
/// ```
/// use specsmith_spec::{Fate, keywords};
///
/// let mut keywords = keywords();
/// let name = keywords.find(|keyword| keyword.object == "Parameter Object" && keyword.name == "in");
/// assert_eq!(name.map(|keyword| keyword.fate), Some(Fate::Typed));
/// ```
pub fn keywords() -> impl Iterator<Item = Keyword> {
    let objects = Kind::ALL.iter().map(|kind| match kind.grammar() {
        Grammar::Keywords(keywords) => (kind.title(), keywords),
        Grammar::Names(_) => (kind.title(), [].as_slice()),
    });
    let objects = objects.chain([("Reference Object", REFERENCE)]);
    objects.flat_map(|(object, keywords)| {
        keywords.iter().map(move |keyword| Keyword {
            object,
            name: keyword.name,
            since: (keyword.since > Version::V3_0).then(|| keyword.since.name()),
            until: keyword.until.map(Version::name),
            fate: keyword.fate,
        })
    })
}
