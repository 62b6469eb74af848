//! What templates see of an operation and of a schema, which pages have several of.

use serde::Serialize;

/// A name and what it means.
#[derive(Debug, Serialize)]
pub(crate) struct Named {
    /// The name, as code.
    pub(crate) name: String,
    /// What it means.
    pub(crate) text: String,
}

/// An operation in the table at the top of its page.
#[derive(Debug, Serialize)]
pub(crate) struct Content {
    /// A link with the summary.
    pub(crate) link: String,
    /// Method and path, as code.
    pub(crate) line: String,
}

/// An operation.
#[derive(Debug, Serialize)]
pub(crate) struct Operation {
    /// Its name; links lead to it.
    pub(crate) heading: String,
    /// Method and path, as code.
    pub(crate) line: String,
    /// That it should no longer be used, and why; empty where it may be.
    pub(crate) deprecated: String,
    /// The summary, where the description does not begin with it.
    pub(crate) summary: String,
    /// The description: several blocks.
    pub(crate) description: String,
    /// What is needed to call it, its servers, pages, callbacks: a line each.
    pub(crate) facts: Vec<String>,
    /// The parameters.
    pub(crate) parameters: Vec<Parameter>,
    /// The body of the request.
    pub(crate) body: Option<Body>,
    /// Calls with curl, as blocks of code.
    pub(crate) samples: Vec<String>,
    /// The responses.
    pub(crate) responses: Vec<Response>,
    /// The headers of responses.
    pub(crate) headers: Vec<Header>,
    /// Calls that responses lead to.
    pub(crate) links: Vec<Link>,
    /// The bodies of responses that have fields or examples to show.
    pub(crate) details: Vec<Message>,
    /// Calls with the client.
    pub(crate) rust: Vec<Call>,
    /// The beginning of its handler, as a block of code; empty where there is no server.
    pub(crate) handler: String,
}

/// A call with the client.
#[derive(Debug, Serialize)]
pub(crate) struct Call {
    /// What it sends, where there are several ways.
    pub(crate) what: String,
    /// The call, as a block of code.
    pub(crate) code: String,
}

/// A call that a response leads to.
#[derive(Debug, Serialize)]
pub(crate) struct Link {
    /// The statuses that lead to it.
    pub(crate) status: String,
    /// Its name, as code.
    pub(crate) name: String,
    /// The operation, as a link.
    pub(crate) target: String,
    /// What is sent.
    pub(crate) values: String,
    /// What the document says.
    pub(crate) text: String,
}

/// A parameter.
#[derive(Debug, Serialize)]
pub(crate) struct Parameter {
    /// The name, as code.
    pub(crate) name: String,
    /// Where it is sent: path, query, header or cookie.
    pub(crate) place: String,
    /// The type, with links.
    pub(crate) ty: String,
    /// `yes` or `no`.
    pub(crate) required: &'static str,
    /// Description, default, limits, example.
    pub(crate) text: String,
}

/// The body of a request.
#[derive(Debug, Serialize)]
pub(crate) struct Body {
    /// Whether it must be sent.
    pub(crate) required: bool,
    /// What the document says.
    pub(crate) description: String,
    /// The body by media type.
    pub(crate) messages: Vec<Message>,
}

/// A body of one media type.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Message {
    /// Status or media type, and the type.
    pub(crate) label: String,
    /// The fields of an object.
    pub(crate) fields: Vec<Field>,
    /// The variants of a union.
    pub(crate) variants: Vec<Variant>,
    /// What else is to be said: a sentence each.
    pub(crate) facts: Vec<String>,
    /// Examples.
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
    /// What it is an example of.
    pub(crate) label: String,
    /// The value, as a block of code.
    pub(crate) code: String,
}

/// A response in the table of responses.
#[derive(Debug, Serialize)]
pub(crate) struct Response {
    /// The status, as code.
    pub(crate) status: String,
    /// The types of the body.
    pub(crate) body: String,
    /// What the document says.
    pub(crate) text: String,
}

/// A header of a response.
#[derive(Debug, Serialize)]
pub(crate) struct Header {
    /// The statuses that it comes with.
    pub(crate) status: String,
    /// The name, as code.
    pub(crate) name: String,
    /// The type.
    pub(crate) ty: String,
    /// Description, limits, example.
    pub(crate) text: String,
}

/// A field of an object.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Field {
    /// The name, as code; with those of the objects that it stands in.
    pub(crate) name: String,
    /// The type, with links.
    pub(crate) ty: String,
    /// `yes` or `no`.
    pub(crate) required: &'static str,
    /// Description, direction, default, limits, example.
    pub(crate) text: String,
}

/// A variant of a union.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Variant {
    /// The type, as a link.
    pub(crate) ty: String,
    /// What tells it from the others.
    pub(crate) when: String,
    /// What it is called in Rust, as code; empty where it has no name of its own.
    pub(crate) rust: String,
}

/// A schema.
#[derive(Debug, Serialize)]
pub(crate) struct Schema {
    /// Its name in Rust; links lead to it.
    pub(crate) heading: String,
    /// The title of the document, where it says more than the name.
    pub(crate) title: String,
    /// That it should no longer be used, and why; empty where it may be.
    pub(crate) deprecated: String,
    /// The description: several blocks.
    pub(crate) description: String,
    /// Name in the document, type, limits: a sentence each.
    pub(crate) facts: Vec<String>,
    /// The fields of an object.
    pub(crate) fields: Vec<Field>,
    /// The variants of a union.
    pub(crate) variants: Vec<Variant>,
    /// The values of an enum.
    pub(crate) values: Vec<Named>,
    /// The example of the document, as a block of code; empty where there is none.
    pub(crate) example: String,
    /// Where it is used, as links.
    pub(crate) used: Vec<String>,
}
