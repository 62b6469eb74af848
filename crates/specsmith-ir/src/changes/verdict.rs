//! Whom a change breaks: those who call the API, and those who serve it.
//!
//! A client breaks where what it sends may be refused or no longer mean the same, or where it may get what it was not
//! told of. A server breaks where what it does for the old document is not all that the new one promises. So a type
//! that is only sent to the API and one that only comes from it have opposite rules.

use super::{Aspect, Change, Difference, Part, Sent, Subject, Values};
use crate::Status;

/// How much a change matters to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Only what people read is another.
    Docs,
    /// All that worked still works.
    Compatible,
    /// Something that worked may not work any more.
    Breaking,
}

impl Class {
    /// Its name: `docs`, `compatible`, `breaking`.
    pub fn name(self) -> &'static str {
        match self {
            Class::Docs => "docs",
            Class::Compatible => "compatible",
            Class::Breaking => "breaking",
        }
    }
}

/// How much a change matters to each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// To programs that send requests and read responses as the old document has it.
    pub clients: Class,
    /// To programs that serve the API as the old document has it.
    pub servers: Class,
}

impl Verdict {
    fn both(class: Class) -> Self {
        Self {
            clients: class,
            servers: class,
        }
    }

    /// What breaks whom.
    fn breaks(clients: bool, servers: bool) -> Self {
        let class = |breaks| if breaks { Class::Breaking } else { Class::Compatible };
        Self {
            clients: class(clients),
            servers: class(servers),
        }
    }

    /// The worse of the two.
    pub fn worst(self) -> Class {
        self.clients.max(self.servers)
    }
}

/// Judges a change.
pub fn verdict(change: &Change) -> Verdict {
    match (&change.difference, change.parts.last()) {
        (Difference::Changed { aspect, old, new }, _) => aspect_verdict(change, *aspect, old, new),
        (Difference::Added { .. }, None | Some(Part::Callback(_) | Part::Requests)) => match change.subject {
            Subject::Operation { .. } | Subject::Webhook(_) => Verdict::breaks(false, true),
            _ => Verdict::both(Class::Compatible),
        },
        (Difference::Removed { .. }, None | Some(Part::Callback(_) | Part::Requests)) => match change.subject {
            Subject::Operation { .. } | Subject::Webhook(_) => Verdict::breaks(true, false),
            _ => Verdict::both(Class::Compatible),
        },
        (difference, Some(part)) => part_verdict(change, part, difference),
    }
}

/// Judges something inside a subject that is new or gone.
fn part_verdict(change: &Change, part: &Part, difference: &Difference) -> Verdict {
    let is_added = matches!(difference, Difference::Added { .. });
    let (Sent { requests, responses }, required) = match difference {
        Difference::Added { required } | Difference::Removed { required } => (change.sent, *required),
        Difference::Changed { .. } => (change.sent, false),
    };
    match part {
        Part::Parameter(..) | Part::Body | Part::Header(_) | Part::Field(_) if is_added => {
            Verdict::breaks(requests && required, requests || responses && required)
        }
        Part::Parameter(..) | Part::Body | Part::Header(_) | Part::Field(_) => {
            Verdict::breaks(requests || responses && required, false)
        }
        // A client asks for the media types that it reads.
        Part::MediaType(_) if is_added => Verdict::breaks(false, requests),
        Part::MediaType(_) => Verdict::breaks(true, responses),
        // Callers are ready for any failure; what a success is, they know from the document.
        Part::Response(status) if responses => match is_success(*status) {
            true => Verdict::breaks(true, !is_added),
            false => Verdict::breaks(false, !is_added),
        },
        Part::Link(_) => Verdict::both(Class::Compatible),
        _ => of_values(change.values, change.sent),
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Class(2))
}

/// Judges what became of the values that are sent.
fn of_values(values: Values, Sent { requests, responses }: Sent) -> Verdict {
    let fewer = matches!(values, Values::Fewer | Values::Others);
    let more = matches!(values, Values::More | Values::Others);
    Verdict::breaks(
        requests && fewer || responses && more,
        requests && more || responses && fewer,
    )
}

/// Judges something that is another.
fn aspect_verdict(change: &Change, aspect: Aspect, old: &str, new: &str) -> Verdict {
    let Sent { requests, responses } = change.sent;
    match aspect {
        Aspect::Version | Aspect::Title | Aspect::Description | Aspect::Examples => Verdict::both(Class::Docs),
        Aspect::Tags => Verdict::both(Class::Docs),
        Aspect::Name | Aspect::Deprecation => Verdict::both(Class::Compatible),
        Aspect::Servers | Aspect::Path => match change.values {
            Values::Same | Values::More => Verdict::both(Class::Compatible),
            Values::Fewer | Values::Others => Verdict::both(Class::Breaking),
        },
        // Who is let in matters to a server in any case.
        Aspect::Security => Verdict::breaks(matches!(change.values, Values::Fewer | Values::Others), true),
        Aspect::Default => {
            let is_sent = requests || responses;
            Verdict::breaks(is_sent && !old.is_empty(), is_sent && (!old.is_empty() || requests))
        }
        Aspect::Access => {
            let sends = |access: &str| access != "read only";
            let gets = |access: &str| access != "write only";
            let lost = requests && sends(old) && !sends(new) || responses && gets(old) && !gets(new);
            let won = requests && !sends(old) && sends(new) || responses && !gets(old) && gets(new);
            Verdict::breaks(lost, won)
        }
        // Members without a name do not matter to those who read.
        Aspect::Members => {
            let Verdict { servers, .. } = of_values(change.values, change.sent);
            let only_requests = Sent {
                requests,
                responses: false,
            };
            Verdict {
                clients: of_values(change.values, only_requests).clients,
                servers,
            }
        }
        Aspect::Type if matches!(change.subject, Subject::SecurityScheme(_)) => Verdict::both(Class::Breaking),
        Aspect::Type
        | Aspect::Presence
        | Aspect::Limits
        | Aspect::Conditions
        | Aspect::Openness
        | Aspect::Encoding
        | Aspect::Xml
        | Aspect::Discriminator => of_values(change.values, change.sent),
    }
}

/// The name of the kind of a change, which stays: `parameter-added-required`, `field-type-narrowed`.
pub fn kind(change: &Change) -> String {
    let thing = match change.parts.last() {
        Some(part) => part_name(part),
        None => match change.subject {
            Subject::Api => "api",
            Subject::Tag(_) => "tag",
            Subject::SecurityScheme(_) => "security-scheme",
            Subject::Operation { .. } => "operation",
            Subject::Webhook(_) => "webhook",
            Subject::Schema(_) => "schema",
        },
    };
    match &change.difference {
        Difference::Added { required: true } => format!("{thing}-added-required"),
        Difference::Added { required: false } => format!("{thing}-added"),
        Difference::Removed { .. } => format!("{thing}-removed"),
        Difference::Changed { aspect, old, new } => {
            let how = match (aspect, change.values) {
                (Aspect::Presence, _) => return format!("{thing}-{new}"),
                (Aspect::Deprecation, _) if new.is_empty() => "removed",
                (Aspect::Deprecation | Aspect::Default, _) if old.is_empty() => "added",
                (Aspect::Default, _) if new.is_empty() => "removed",
                (_, Values::Fewer) => "narrowed",
                (_, Values::More) => "widened",
                _ => "changed",
            };
            format!("{thing}-{}-{how}", aspect_name(*aspect))
        }
    }
}

fn part_name(part: &Part) -> &'static str {
    match part {
        Part::Callback(_) => "callback",
        Part::Link(_) => "link",
        Part::Parameter(..) => "parameter",
        Part::Body => "body",
        Part::Response(_) => "response",
        Part::Header(_) => "header",
        Part::MediaType(_) => "media-type",
        Part::Field(_) => "field",
        Part::Pattern(_) | Part::Members => "members",
        Part::Items | Part::Item(_) => "items",
        Part::Variant(_) => "variant",
        Part::Value(_) => "value",
        Part::Requests => "schema",
    }
}

fn aspect_name(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Version => "version",
        Aspect::Servers => "servers",
        Aspect::Path => "path",
        Aspect::Name => "operation-id",
        Aspect::Tags => "tags",
        Aspect::Security => "authorization",
        Aspect::Type => "type",
        Aspect::Presence => "presence",
        Aspect::Default => "default",
        Aspect::Access => "direction",
        Aspect::Limits => "limits",
        Aspect::Conditions => "conditions",
        Aspect::Openness => "openness",
        Aspect::Members => "other-members",
        Aspect::Encoding => "encoding",
        Aspect::Xml => "xml",
        Aspect::Discriminator => "discriminator",
        Aspect::Deprecation => "deprecation",
        Aspect::Title => "title",
        Aspect::Description => "description",
        Aspect::Examples => "examples",
    }
}
