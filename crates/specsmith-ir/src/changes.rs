//! What is different between two APIs, as data: [`changes`] says what was added, removed and changed, and where.
//!
//! Whether a change breaks somebody depends on who asks, so what finds changes does not judge. Each [`Change`] says enough
//! for that; [`verdict`] judges it for clients and for servers.

mod exchanges;
mod operations;
mod prose;
mod relation;
mod security;
pub mod tell;
mod types;
pub mod verdict;
mod words;

use std::collections::BTreeSet;
use std::fmt;

use specsmith_diagnostics::Location;

use crate::views::usage::{self, Usage};
use crate::{Api, Direction, ParameterIn, Status, TypeId};

/// A difference, and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// The way from there to the place, outermost first; empty for the subject itself.
    pub parts: Vec<Part>,
    /// What is different.
    pub difference: Difference,
    /// Which values are allowed there now, among those that were.
    pub values: Values,
    /// In which directions values are sent there, in either API.
    pub sent: Sent,
    /// The nearest place in the old document; `None` where it says nothing of it.
    pub old: Option<Location>,
    /// The nearest place in the new document; `None` where it says nothing of it.
    pub new: Option<Location>,
}

/// How the values that are allowed at a place relate to those that were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Values {
    /// They are the same.
    #[default]
    Same,
    /// Only some of them are.
    Fewer,
    /// All of them are, and others.
    More,
    /// Neither holds, or nobody knows.
    Others,
}

impl Values {
    /// What two relations make together, where both parts of a value must be allowed.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Values::Same, one) | (one, Values::Same) => one,
            (one, other) if one == other => one,
            _ => Values::Others,
        }
    }
}

/// In which directions values are sent at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sent {
    /// To the API.
    pub requests: bool,
    /// From the API.
    pub responses: bool,
}

impl Sent {
    /// What is sent in one direction.
    fn only(direction: Direction) -> Self {
        Self {
            requests: direction == Direction::Request,
            responses: direction == Direction::Response,
        }
    }
}

/// What changes are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The API as a whole.
    Api,
    /// A tag, by its name as written.
    Tag(String),
    /// A security scheme, by its name as written.
    SecurityScheme(String),
    /// An operation, by its place in [`Api::operations`]: that of the new API, or of the old one where it was removed.
    Operation {
        /// The place.
        index: usize,
        /// `GET /books`
        line: String,
    },
    /// A webhook, by its name and method.
    Webhook(String),
    /// A named schema, by its name as written.
    Schema(String),
}

/// A step to something inside a subject.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A request that the API sends because of an operation: its name, method and address.
    Callback(String),
    /// A link of a response.
    Link(String),
    /// A parameter.
    Parameter(ParameterIn, String),
    /// The body of the request.
    Body,
    /// A response.
    Response(Status),
    /// A header of a response.
    Header(String),
    /// A body of this media type.
    MediaType(String),
    /// A field of an object.
    Field(String),
    /// The fields of an object whose names match this pattern.
    Pattern(String),
    /// The members of an object that have no name of their own.
    Members,
    /// The items of a list.
    Items,
    /// An item of a list whose first items have types of their own, from 0.
    Item(usize),
    /// A variant of a union, in words.
    Variant(String),
    /// A value of an enum, as JSON.
    Value(String),
    /// Its requests, where requests have another type than responses.
    Requests,
}

/// What is different at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It is new; whether it must be there.
    Added {
        /// Whether it must be there.
        required: bool,
    },
    /// It is gone; whether it had to be there.
    Removed {
        /// Whether it had to be there.
        required: bool,
    },
    /// Something about it is another.
    Changed {
        /// What.
        aspect: Aspect,
        /// What it was, in words; empty for nothing.
        old: String,
        /// What it is.
        new: String,
    },
}

/// What can be another about a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The version of the API.
    Version,
    /// Where it is served.
    Servers,
    /// The method and path of an operation.
    Path,
    /// The operationId.
    Name,
    /// The tags of an operation.
    Tags,
    /// What is needed to be allowed to call it.
    Security,
    /// The type of its values.
    Type,
    /// Whether it must be there.
    Presence,
    /// The value that its absence means.
    Default,
    /// In which direction it is sent.
    Access,
    /// The limits of its values.
    Limits,
    /// What its values must satisfy beyond type and limits.
    Conditions,
    /// Whether other values are allowed.
    Openness,
    /// Whether members are allowed that have no name in the document.
    Members,
    /// How values are written: styles of parameters, parts of forms.
    Encoding,
    /// How values stand in XML.
    Xml,
    /// The property that tells the variants of a union.
    Discriminator,
    /// Whether it should no longer be used.
    Deprecation,
    /// Its title or summary.
    Title,
    /// Its description.
    Description,
    /// Its examples.
    Examples,
}

impl Aspect {
    /// Whether it is for people to read, and nothing else.
    pub fn is_prose(self) -> bool {
        matches!(self, Aspect::Title | Aspect::Description | Aspect::Examples)
    }
}

impl Change {
    /// Whether it changes nothing but what people read.
    pub fn is_prose(&self) -> bool {
        matches!(self.difference, Difference::Changed { aspect, .. } if aspect.is_prose())
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Aspect::Version => "version",
            Aspect::Servers => "servers",
            Aspect::Path => "path",
            Aspect::Name => "operationId",
            Aspect::Tags => "tags",
            Aspect::Security => "authorization",
            Aspect::Type => "type",
            Aspect::Presence => "presence",
            Aspect::Default => "default",
            Aspect::Access => "direction",
            Aspect::Limits => "limits",
            Aspect::Conditions => "conditions",
            Aspect::Openness => "other values",
            Aspect::Members => "other members",
            Aspect::Encoding => "encoding",
            Aspect::Xml => "XML",
            Aspect::Discriminator => "discriminator",
            Aspect::Deprecation => "deprecation",
            Aspect::Title => "title",
            Aspect::Description => "description",
            Aspect::Examples => "examples",
        })
    }
}

/// What is different in the new API from the old one: the API as a whole, tags, security schemes, operations with their
/// callbacks, webhooks, schemas, each in the order of the new document with what was removed behind.
///
/// Operations are the same that have the same method and path, whatever their parameters are called, or else the same
/// operationId. Schemas are the same that have the same name. Types of one direction must be there already
/// ([`split_views`](crate::split_views)).
pub fn changes(old: &Api, new: &Api) -> Vec<Change> {
    let mut comparison = Comparison {
        old,
        new,
        usage: [usage::of(old), usage::of(new)],
        subject: Subject::Api,
        parts: Vec::new(),
        sent: Sent::default(),
        places: [None, None],
        seen: BTreeSet::new(),
        changes: Vec::new(),
    };
    comparison.whole();
    security::schemes(&mut comparison);
    operations::compare(&mut comparison);
    types::compare(&mut comparison);
    comparison.changes
}

/// Where a comparison is, and what it found so far.
struct Comparison<'a> {
    old: &'a Api,
    new: &'a Api,
    /// In which directions types are used, in the old and the new API.
    usage: [Usage; 2],
    subject: Subject,
    parts: Vec<Part>,
    sent: Sent,
    /// Where it is in the old and the new document.
    places: [Option<Location>; 2],
    /// The types of this subject that were compared, so that those that hold themselves end.
    seen: BTreeSet<(TypeId, TypeId)>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// Begins with another subject, of which nothing is sent.
    fn about(&mut self, subject: Subject) {
        self.subject = subject;
        self.parts.clear();
        self.seen.clear();
        self.sent = Sent::default();
        self.places = [None, None];
    }

    /// Does something at a part of where it is.
    fn at(&mut self, part: Part, look: impl FnOnce(&mut Self)) {
        let (places, sent) = (self.places, self.sent);
        self.parts.push(part);
        look(self);
        self.parts.pop();
        (self.places, self.sent) = (places, sent);
    }

    /// Says where what is compared stands; what one document does not have stands where what is around it does.
    fn stands(&mut self, old: Option<Location>, new: Option<Location>) {
        for (place, known) in self.places.iter_mut().zip([old, new]) {
            *place = known.or(*place);
        }
    }

    fn report(&mut self, difference: Difference, values: Values) {
        let [old, new] = self.places;
        let change = Change {
            subject: self.subject.clone(),
            parts: self.parts.clone(),
            difference,
            values,
            sent: self.sent,
            old,
            new,
        };
        // A type that may be null says what the type inside it says.
        let is_same = |last: &Change| (&last.parts, &last.difference) == (&change.parts, &change.difference);
        if !self
            .changes
            .last()
            .is_some_and(|last| last.subject == change.subject && is_same(last))
        {
            self.changes.push(change);
        }
    }

    /// Reports something new, without which values were allowed.
    fn added(&mut self, required: bool) {
        let values = if required { Values::Fewer } else { Values::Same };
        self.report(Difference::Added { required }, values);
    }

    /// Reports that something is gone.
    fn removed(&mut self, required: bool) {
        let values = if required { Values::More } else { Values::Same };
        self.report(Difference::Removed { required }, values);
    }

    /// Reports another choice among values: a value of an enum, a variant, a media type.
    fn choice_added(&mut self) {
        self.report(Difference::Added { required: false }, Values::More);
    }

    /// Reports that a choice among values is gone.
    fn choice_removed(&mut self) {
        self.report(Difference::Removed { required: false }, Values::Fewer);
    }

    /// Compares what can be said of something in words and decides nothing about values.
    fn aspect(&mut self, aspect: Aspect, old: String, new: String) {
        self.aspect_of(aspect, old, new, Values::Same);
    }

    /// Compares what can be said of something in words.
    fn aspect_of(&mut self, aspect: Aspect, old: String, new: String, values: Values) {
        if old != new {
            self.report(Difference::Changed { aspect, old, new }, values);
        }
    }

    fn deprecation(&mut self, old: bool, new: bool) {
        let says = |deprecated: bool| if deprecated { "deprecated" } else { "" };
        self.aspect(Aspect::Deprecation, says(old).to_owned(), says(new).to_owned());
    }

    fn whole(&mut self) {
        let (old, new) = (self.old, self.new);
        self.aspect(Aspect::Version, old.info.version.clone(), new.info.version.clone());
        let servers = |api: &Api| -> Vec<String> { api.servers.iter().map(|server| server.url.clone()).collect() };
        let (before, after) = (servers(old), servers(new));
        let values = relation::of_lists(&after, &before);
        self.aspect_of(Aspect::Servers, before.join(", "), after.join(", "), values);
        self.info();
    }
}
