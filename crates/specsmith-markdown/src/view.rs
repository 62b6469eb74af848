//! What templates see: text that is Markdown already, and nothing of a model.

use serde::Serialize;

/// `index.md`.
#[derive(Debug, Serialize)]
pub(crate) struct Index {
    pub(crate) title: String,
    pub(crate) facts: Vec<String>,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) servers: Vec<Server>,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) client: String,
    pub(crate) tags: Vec<Tag>,
    pub(crate) sent: Vec<Entry>,
    pub(crate) schemas: Vec<Entry>,
}

/// A server.
#[derive(Debug, Serialize)]
pub(crate) struct Server {
    pub(crate) url: String,
    /// The type of the client that stands for it.
    pub(crate) rust: Option<String>,
    pub(crate) text: String,
    pub(crate) variables: Vec<Variable>,
}

/// A variable of a server.
#[derive(Debug, Serialize)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) default: String,
    pub(crate) text: String,
}

/// A security scheme.
#[derive(Debug, Serialize)]
pub(crate) struct Scheme {
    pub(crate) heading: String,
    pub(crate) what: String,
    pub(crate) description: String,
    pub(crate) flows: Vec<Flow>,
    pub(crate) sample: String,
}

/// A flow of OAuth 2.0.
#[derive(Debug, Serialize)]
pub(crate) struct Flow {
    pub(crate) name: String,
    pub(crate) addresses: Vec<String>,
    pub(crate) scopes: Vec<Named>,
}

/// A name and what it means.
#[derive(Debug, Serialize)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A tag in the table of tags.
#[derive(Debug, Serialize)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) count: usize,
    pub(crate) text: String,
}

/// A page in a list of pages.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) path: String,
    pub(crate) count: usize,
}

/// `SUMMARY.md`.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    pub(crate) title: String,
    pub(crate) groups: Vec<Entry>,
    pub(crate) sent: Vec<Entry>,
    pub(crate) schemas: Vec<Entry>,
}

/// The page of a group.
#[derive(Debug, Serialize)]
pub(crate) struct Group {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) contents: Vec<Content>,
    pub(crate) operations: Vec<Operation>,
}

/// An operation in the table at the top of its page.
#[derive(Debug, Serialize)]
pub(crate) struct Content {
    pub(crate) link: String,
    pub(crate) line: String,
}

/// An operation.
#[derive(Debug, Serialize)]
pub(crate) struct Operation {
    pub(crate) heading: String,
    pub(crate) line: String,
    pub(crate) deprecated: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) facts: Vec<String>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) samples: Vec<String>,
    pub(crate) responses: Vec<Response>,
    pub(crate) headers: Vec<Header>,
    pub(crate) links: Vec<Link>,
    pub(crate) details: Vec<Message>,
    pub(crate) rust: Vec<Call>,
}

/// A call with the client.
#[derive(Debug, Serialize)]
pub(crate) struct Call {
    /// What it sends, where there are several ways.
    pub(crate) what: String,
    pub(crate) code: String,
}

/// A call that a response leads to.
#[derive(Debug, Serialize)]
pub(crate) struct Link {
    pub(crate) status: String,
    pub(crate) name: String,
    pub(crate) target: String,
    pub(crate) values: String,
    pub(crate) text: String,
}

/// A parameter.
#[derive(Debug, Serialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) ty: String,
    pub(crate) required: &'static str,
    pub(crate) text: String,
}

/// The body of a request.
#[derive(Debug, Serialize)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) description: String,
    pub(crate) messages: Vec<Message>,
}

/// A body of one media type.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Message {
    pub(crate) label: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) variants: Vec<Variant>,
    pub(crate) facts: Vec<String>,
    pub(crate) examples: Vec<Example>,
}

impl Message {
    /// Whether it shows fields or variants.
    pub(crate) fn has_parts(&self) -> bool {
        !self.fields.is_empty() || !self.variants.is_empty()
    }

    /// Whether it shows the same as another one, under another label.
    pub(crate) fn has_same(&self, other: &Message) -> bool {
        let code = |message: &Message| message.examples.iter().map(|of| of.code.clone()).collect::<Vec<_>>();
        self.fields == other.fields
            && self.variants == other.variants
            && self.facts == other.facts
            && (other.examples.is_empty() || code(self) == code(other))
    }
}

/// An example.
#[derive(Debug, Serialize)]
pub(crate) struct Example {
    pub(crate) label: String,
    pub(crate) code: String,
}

/// A response in the table of responses.
#[derive(Debug, Serialize)]
pub(crate) struct Response {
    pub(crate) status: String,
    pub(crate) body: String,
    pub(crate) text: String,
}

/// A header of a response.
#[derive(Debug, Serialize)]
pub(crate) struct Header {
    pub(crate) status: String,
    pub(crate) name: String,
    pub(crate) ty: String,
    pub(crate) text: String,
}

/// A field of an object.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: String,
    pub(crate) required: &'static str,
    pub(crate) text: String,
}

/// A variant of a union.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Variant {
    pub(crate) ty: String,
    pub(crate) when: String,
    pub(crate) rust: String,
}

/// A page of schemas.
#[derive(Debug, Serialize)]
pub(crate) struct Schemas {
    pub(crate) title: String,
    pub(crate) schemas: Vec<Schema>,
}

/// A schema.
#[derive(Debug, Serialize)]
pub(crate) struct Schema {
    pub(crate) heading: String,
    pub(crate) title: String,
    pub(crate) deprecated: String,
    pub(crate) description: String,
    pub(crate) facts: Vec<String>,
    pub(crate) fields: Vec<Field>,
    pub(crate) variants: Vec<Variant>,
    pub(crate) values: Vec<Named>,
    pub(crate) example: String,
    pub(crate) used: Vec<String>,
}

/// The page of webhooks or of callbacks.
#[derive(Debug, Serialize)]
pub(crate) struct Sent {
    pub(crate) title: &'static str,
    pub(crate) requests: Vec<Operation>,
}
