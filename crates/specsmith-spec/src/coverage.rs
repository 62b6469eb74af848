//! What a document uses, what becomes of it, and what is lost.

mod json;
#[cfg(test)]
mod tests;
mod text;

use specsmith_diagnostics::{Code, Diagnostics, LineColumn, Location, SourceMap};

use crate::{
    Document, Fate, Limits,
    grammar::Kind,
    lower::{Observed, Use, lower_observed},
};

/// What a document uses, what becomes of it, and what is lost.
///
/// It is plain data. Its [`Display`](std::fmt::Display) is a table for people, [`to_json`](Self::to_json) one for
/// programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// How many operations the API has, without webhooks.
    pub operations: usize,
    /// How many webhooks it has.
    pub webhooks: usize,
    /// Its schemas.
    pub schemas: SchemaCoverage,
    /// What was reported about the document and is not just another way to say something, in the order in which it was
    /// found.
    pub losses: Vec<Loss>,
    /// The schemas that have no type although they say more than that any value is possible.
    pub untyped: Vec<Place>,
    /// The keywords that it uses, in the order of the specification.
    pub keywords: Vec<KeywordCoverage>,
}

/// How many schemas have a type.
///
/// A *place* is a schema that the API reaches: each named one, and those that operations and webhooks lead to, also
/// through references and from schema to schema. It is *typed* unless its type is any value although the schema says
/// more than that, or it refers to something that is not there. `{}` and `true` say that any value is possible, and so
/// does a schema with nothing but a description: that is their type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaCoverage {
    /// How many places there are.
    pub places: usize,
    /// How many of them are typed.
    pub typed: usize,
}

/// A finding about a place of which something is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What kind of finding it is.
    pub code: Code,
    /// What is to be said.
    pub message: String,
    /// Where it is, if it is anywhere.
    pub place: Option<Place>,
}

/// A place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The JSON pointer to it, as a URI fragment without `#`.
    pub pointer: String,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// How often a keyword is used, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordCoverage {
    /// The object, as the specification calls it: `Parameter Object`.
    pub object: &'static str,
    /// The name of the keyword, or of an extension.
    pub keyword: String,
    /// What becomes of it; `None` for extensions and for what the specification does not know.
    pub fate: Option<Fate>,
    /// How often it is there.
    pub used: usize,
    /// How many of them stand inside something of which nothing is made, such as the server of a link.
    pub lost: usize,
}

/// Lowers a document within these limits, and tells what it uses, what becomes of it and what is lost.
///
/// `diagnostics` holds what was found before, and gets what [`lower_within`](crate::lower_within) finds. Returns `None`
/// where that does. Swagger 2.0 is looked at as the OpenAPI 3 that it is converted to.
pub fn coverage(
    document: &Document,
    limits: &Limits,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<Coverage> {
    let (api, observed) = lower_observed(document, limits, diagnostics)?;
    let Observed { places, uses, pointers } = observed;
    let at = |location: Location, pointer: &str| place(sources, location, pointer);
    let losses = diagnostics.found().filter(|finding| is_loss(finding.code));
    Some(Coverage {
        operations: api.operations.len(),
        webhooks: api.webhooks.len(),
        schemas: SchemaCoverage {
            places: places.all,
            typed: places.all.saturating_sub(places.degraded.len()),
        },
        losses: losses
            .map(|finding| Loss {
                code: finding.code,
                message: finding.message.clone(),
                place: finding.location.and_then(|location| {
                    let pointer = pointers.get(&location).map_or("", String::as_str);
                    at(location, pointer)
                }),
            })
            .collect(),
        untyped: places
            .degraded
            .iter()
            .filter_map(|(location, pointer)| at(*location, pointer))
            .collect(),
        keywords: uses.into_iter().map(KeywordCoverage::from).collect(),
    })
}

impl SchemaCoverage {
    /// How many of a thousand places are typed, rounded down, so that only all of them are a thousand.
    pub fn per_mille(self) -> usize {
        match self.places {
            0 => 1000,
            places => self.typed.saturating_mul(1000) / places,
        }
    }
}

impl From<Use> for KeywordCoverage {
    fn from(item: Use) -> Self {
        Self {
            object: item.kind.map_or("Reference Object", Kind::title),
            keyword: item.name,
            fate: item.fate,
            used: item.count,
            lost: item.lost,
        }
    }
}

fn place(sources: &SourceMap, location: Location, pointer: &str) -> Option<Place> {
    let file = sources.file(location.file)?;
    let LineColumn { line, column } = file.line_column(location.start);
    Some(Place {
        pointer: pointer.to_owned(),
        file: file.name().to_owned(),
        line,
        column,
    })
}

/// Whether something is lost where there is a finding of this code; elsewhere, what is meant is clear and all of it is
/// there.
fn is_loss(code: Code) -> bool {
    !matches!(
        code,
        Code::CoercedValue
            | Code::NewerKeyword
            | Code::OlderKeyword
            | Code::NonFiniteNumber
            | Code::NameCollision
            | Code::AmbiguousPath
            | Code::AmbiguousUnion
            | Code::AssumedMediaType
    )
}
