//! What is different between two APIs, as data: [`changes`] says what was added, removed and changed, and where.
//!
//! Whether a change breaks callers depends on who asks (a client, a server, a reader of the reference), so nothing here
//! judges; each [`Change`] says enough for that. Prose does not count.

mod operations;
mod types;

use std::collections::BTreeSet;
use std::fmt;

use crate::{Api, ParameterIn, SecuritySchemeKind, Status, TypeId};

/// A difference, and where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// The way from there to the place, outermost first; empty for the subject itself.
    pub parts: Vec<Part>,
    /// What is different.
    pub difference: Difference,
}

/// What changes are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The API as a whole.
    Api,
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
    /// It is gone.
    Removed,
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
    /// Whether other values and members are allowed.
    Openness,
    /// Whether it should no longer be used.
    Deprecation,
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Aspect::Version => "version",
            Aspect::Servers => "servers",
            Aspect::Path => "path",
            Aspect::Name => "operationId",
            Aspect::Security => "authorization",
            Aspect::Type => "type",
            Aspect::Presence => "presence",
            Aspect::Default => "default",
            Aspect::Access => "direction",
            Aspect::Limits => "limits",
            Aspect::Openness => "other values",
            Aspect::Deprecation => "deprecation",
        })
    }
}

/// What is different in the new API from the old one: the API as a whole, security schemes, operations, webhooks, schemas,
/// each in the order of the new document with what was removed behind.
///
/// Operations are the same that have the same method and path, whatever their parameters are called, or else the same
/// operationId. Schemas are the same that have the same name.
pub fn changes(old: &Api, new: &Api) -> Vec<Change> {
    let mut comparison = Comparison {
        old,
        new,
        subject: Subject::Api,
        parts: Vec::new(),
        seen: BTreeSet::new(),
        changes: Vec::new(),
    };
    comparison.whole();
    comparison.schemes();
    operations::compare(&mut comparison);
    types::compare(&mut comparison);
    comparison.changes
}

/// Where a comparison is, and what it found so far.
struct Comparison<'a> {
    old: &'a Api,
    new: &'a Api,
    subject: Subject,
    parts: Vec<Part>,
    /// The types of this subject that were compared, so that those that hold themselves end.
    seen: BTreeSet<(TypeId, TypeId)>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// Begins with another subject.
    fn about(&mut self, subject: Subject) {
        self.subject = subject;
        self.parts.clear();
        self.seen.clear();
    }

    /// Does something at a part of where it is.
    fn at(&mut self, part: Part, look: impl FnOnce(&mut Self)) {
        self.parts.push(part);
        look(self);
        self.parts.pop();
    }

    fn report(&mut self, difference: Difference) {
        self.changes.push(Change {
            subject: self.subject.clone(),
            parts: self.parts.clone(),
            difference,
        });
    }

    fn added(&mut self, required: bool) {
        self.report(Difference::Added { required });
    }

    fn removed(&mut self) {
        self.report(Difference::Removed);
    }

    /// Compares what can be said of something in words.
    fn aspect(&mut self, aspect: Aspect, old: String, new: String) {
        if old != new {
            self.report(Difference::Changed { aspect, old, new });
        }
    }

    fn deprecation(&mut self, old: bool, new: bool) {
        let says = |deprecated: bool| if deprecated { "deprecated" } else { "" };
        self.aspect(Aspect::Deprecation, says(old).to_owned(), says(new).to_owned());
    }

    fn whole(&mut self) {
        let (old, new) = (self.old, self.new);
        self.aspect(Aspect::Version, old.info.version.clone(), new.info.version.clone());
        let servers = |api: &Api| {
            let servers: Vec<&str> = api.servers.iter().map(|server| server.url.as_str()).collect();
            servers.join(", ")
        };
        self.aspect(Aspect::Servers, servers(old), servers(new));
    }

    fn schemes(&mut self) {
        let (old, new) = (self.old, self.new);
        for scheme in &new.security_schemes {
            self.about(Subject::SecurityScheme(scheme.name.clone()));
            match old.security_schemes.iter().find(|of| of.name == scheme.name) {
                Some(before) => {
                    self.aspect(Aspect::Type, scheme_kind(&before.kind), scheme_kind(&scheme.kind));
                    self.deprecation(before.docs.deprecated, scheme.docs.deprecated);
                }
                None => self.added(false),
            }
        }
        for scheme in &old.security_schemes {
            if !new.security_schemes.iter().any(|of| of.name == scheme.name) {
                self.about(Subject::SecurityScheme(scheme.name.clone()));
                self.removed();
            }
        }
    }
}

fn scheme_kind(kind: &SecuritySchemeKind) -> String {
    match kind {
        SecuritySchemeKind::ApiKey { place, name } => format!("key in the {place} {name}"),
        SecuritySchemeKind::Basic => "basic".to_owned(),
        SecuritySchemeKind::Bearer { .. } => "bearer".to_owned(),
        SecuritySchemeKind::Http { scheme } => scheme.clone(),
        SecuritySchemeKind::OAuth2 { flows } => {
            let flows: Vec<String> = flows.iter().map(|flow| format!("{:?}", flow.kind)).collect();
            format!("OAuth 2.0 {}", flows.join(", "))
        }
        SecuritySchemeKind::OpenIdConnect { url } => format!("OpenID Connect {url}"),
        SecuritySchemeKind::MutualTls => "certificate".to_owned(),
        SecuritySchemeKind::Unknown => "unknown".to_owned(),
    }
}
