//! What a document says beside values: to people, and about XML.

use crate::{Value, Xml};

/// The prose of a thing; CommonMark as the author wrote it, untrusted. What it is in XML goes the same ways.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Docs {
    /// A short name or summary, one line.
    pub title: Option<String>,
    /// The description, CommonMark.
    pub description: Option<String>,
    /// Where more is to be read.
    pub external_docs: Option<ExternalDocs>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Why it should no longer be used, where the document says that apart from the description.
    pub deprecation: Option<String>,
    /// Example values.
    pub examples: Vec<Example>,
    /// How values stand in XML, where the document says it.
    pub xml: Option<Box<Xml>>,
}

impl Docs {
    /// The title, where it says more than the name of the thing: `Pet Store` is no more than `pet_store`.
    pub fn title_beside(&self, name: &str) -> Option<&str> {
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let title = self.title.as_deref().map(str::trim).filter(|title| !title.is_empty())?;
        let said = letters(title);
        (said.is_empty() || said != letters(name)).then_some(title)
    }
}

/// A link to more documentation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ExternalDocs {
    /// The address, as written.
    pub url: String,
    /// What is there.
    pub description: Option<String>,
}

/// An example value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Example {
    /// The key among named examples.
    pub name: Option<String>,
    /// A short description.
    pub summary: Option<String>,
    /// The value itself; `None` where the document only links to one.
    pub value: Option<Value>,
}

#[cfg(test)]
mod tests {
    use super::Docs;

    #[test]
    fn a_title_that_repeats_the_name_says_nothing() {
        let beside = |title: &str, name: &str| {
            let title = Some(title.to_owned());
            let docs = Docs {
                title,
                ..Docs::default()
            };
            docs.title_beside(name).map(str::to_owned)
        };
        assert_eq!(beside("Pet Store", "pet_store"), None);
        assert_eq!(beside("PetStore", "PetStore"), None);
        assert_eq!(beside(" ", "pet"), None);
        assert_eq!(beside("A pet ", "pet"), Some("A pet".to_owned()));
        assert_eq!(beside("!", "-"), Some("!".to_owned()));
    }
}
