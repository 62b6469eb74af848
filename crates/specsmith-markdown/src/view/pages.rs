//! What templates of whole pages see.

use serde::Serialize;

use super::parts::{Content, Named, Operation, Schema};

/// `index.md`.
#[derive(Debug, Serialize)]
pub(crate) struct Index {
    /// The title of the API.
    pub(crate) title: String,
    /// Version, contact, license, more to read: a sentence each.
    pub(crate) facts: Vec<String>,
    /// The summary of the document.
    pub(crate) summary: String,
    /// The description of the document: several blocks.
    pub(crate) description: String,
    /// Where the API is served.
    pub(crate) servers: Vec<Server>,
    /// How to authenticate.
    pub(crate) schemes: Vec<Scheme>,
    /// How a client is made, as a block of code.
    pub(crate) client: String,
    /// What holds for many operations: errors, pages, limits.
    pub(crate) conventions: Vec<String>,
    /// The tags, each in front of those under it.
    pub(crate) tags: Vec<Tag>,
    /// The pages of requests that the API sends.
    pub(crate) sent: Vec<Entry>,
    /// The pages of schemas.
    pub(crate) schemas: Vec<Entry>,
    /// The way to the page of status codes.
    pub(crate) statuses: String,
    /// The way to the page of changes, where there is an older document.
    pub(crate) changes: Option<String>,
}

/// A server.
#[derive(Debug, Serialize)]
pub(crate) struct Server {
    /// The address with its variables, as code.
    pub(crate) url: String,
    /// The type of the client that stands for it.
    pub(crate) rust: Option<String>,
    /// What it is.
    pub(crate) text: String,
    /// What can be chosen in the address.
    pub(crate) variables: Vec<Variable>,
}

/// A variable of a server.
#[derive(Debug, Serialize)]
pub(crate) struct Variable {
    /// The name, as code.
    pub(crate) name: String,
    /// The value where none is chosen, as code.
    pub(crate) default: String,
    /// What it is, and its values.
    pub(crate) text: String,
}

/// A security scheme.
#[derive(Debug, Serialize)]
pub(crate) struct Scheme {
    /// Its name; links lead to it.
    pub(crate) heading: String,
    /// What is sent, and where.
    pub(crate) what: String,
    /// What the document says.
    pub(crate) description: String,
    /// The flows of OAuth 2.0.
    pub(crate) flows: Vec<Flow>,
    /// How a client gets the credential, as a block of code.
    pub(crate) sample: String,
}

/// A flow of OAuth 2.0.
#[derive(Debug, Serialize)]
pub(crate) struct Flow {
    /// What it is called.
    pub(crate) name: String,
    /// Its addresses, as links.
    pub(crate) addresses: Vec<String>,
    /// The scopes.
    pub(crate) scopes: Vec<Named>,
    /// What is asked of whom, as a block of Mermaid; empty where there is no diagram.
    pub(crate) diagram: String,
}

/// A tag in the table of tags.
#[derive(Debug, Serialize)]
pub(crate) struct Tag {
    /// The name, as a link where it has a page; with a dash for each tag that it stands under.
    pub(crate) name: String,
    /// How many operations have it.
    pub(crate) count: usize,
    /// What the document says.
    pub(crate) text: String,
}

/// A page in a list of pages.
#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    /// What it is called.
    pub(crate) name: String,
    /// The way to it; empty for a tag without a page.
    pub(crate) path: String,
    /// How many operations or schemas are on it.
    pub(crate) count: usize,
    /// The white space in front of it: four spaces for each page that it stands under.
    pub(crate) indent: String,
}

/// `SUMMARY.md`.
#[derive(Debug, Serialize)]
pub(crate) struct Summary {
    /// The title of the API.
    pub(crate) title: String,
    /// The pages of operations.
    pub(crate) groups: Vec<Entry>,
    /// The pages of requests that the API sends.
    pub(crate) sent: Vec<Entry>,
    /// The pages of schemas.
    pub(crate) schemas: Vec<Entry>,
    /// The other pages.
    pub(crate) more: Vec<Entry>,
}

/// The page of a group.
#[derive(Debug, Serialize)]
pub(crate) struct Group {
    /// What it is called.
    pub(crate) title: String,
    /// What the document says; on the first page of a group only.
    pub(crate) description: String,
    /// All operations of the group; on further pages those of the page.
    pub(crate) contents: Vec<Content>,
    /// The operations of the page.
    pub(crate) operations: Vec<Operation>,
}

/// A page of schemas.
#[derive(Debug, Serialize)]
pub(crate) struct Schemas {
    /// What the page is called.
    pub(crate) title: String,
    /// How the types hold each other, as a block of Mermaid; empty where there is no diagram.
    pub(crate) diagram: String,
    /// The schemas of the page.
    pub(crate) schemas: Vec<Schema>,
}

/// The page of webhooks or of callbacks.
#[derive(Debug, Serialize)]
pub(crate) struct Sent {
    /// What the page is called.
    pub(crate) title: String,
    /// The requests.
    pub(crate) requests: Vec<Operation>,
}

/// The page of status codes.
#[derive(Debug, Serialize)]
pub(crate) struct Statuses {
    /// What the page is called.
    pub(crate) title: String,
    /// The statuses of all operations.
    pub(crate) statuses: Vec<Status>,
    /// The bodies of errors, the most usual first.
    pub(crate) errors: Vec<ErrorBody>,
    /// The kinds of problems.
    pub(crate) problems: Vec<Problem>,
}

/// A status, what it means, and the operations that answer with it.
#[derive(Debug, Serialize)]
pub(crate) struct Status {
    /// The status, as code.
    pub(crate) status: String,
    /// What it means everywhere.
    pub(crate) meaning: String,
    /// Operations that answer with it, as links.
    pub(crate) operations: String,
}

/// A body of errors, and how many operations have it.
#[derive(Debug, Serialize)]
pub(crate) struct ErrorBody {
    /// The type, as a link.
    pub(crate) body: String,
    /// The statuses that it comes with.
    pub(crate) statuses: String,
    /// How many operations have it, with a noun.
    pub(crate) operations: String,
}

/// A kind of problem that the document names.
#[derive(Debug, Serialize)]
pub(crate) struct Problem {
    /// What tells it from others, as code.
    pub(crate) kind: String,
    /// What it means.
    pub(crate) title: String,
    /// The statuses that it comes with.
    pub(crate) statuses: String,
}

/// `llms.txt`.
#[derive(Debug, Serialize)]
pub(crate) struct Llms {
    /// The title of the API.
    pub(crate) title: String,
    /// The version of the API, as code.
    pub(crate) version: String,
    /// The summary, or how the description begins, on one line.
    pub(crate) summary: String,
    /// The groups of operations.
    pub(crate) groups: Vec<LlmsGroup>,
    /// The pages of schemas.
    pub(crate) schemas: Vec<LlmsLink>,
    /// The other pages.
    pub(crate) more: Vec<Entry>,
}

/// The operations of a group in `llms.txt`.
#[derive(Debug, Serialize)]
pub(crate) struct LlmsGroup {
    /// What it is called.
    pub(crate) title: String,
    /// Its operations.
    pub(crate) links: Vec<LlmsLink>,
}

/// A link of `llms.txt`.
#[derive(Debug, Serialize)]
pub(crate) struct LlmsLink {
    /// What it is called.
    pub(crate) name: String,
    /// The way to it.
    pub(crate) path: String,
    /// What is there.
    pub(crate) text: String,
}

/// `book.toml`, the configuration of mdBook.
#[derive(Debug, Serialize)]
pub(crate) struct Book {
    /// The title as a string of TOML.
    pub(crate) title: String,
}

/// What stands in front of a page for the program that makes a site of it.
#[derive(Debug, Serialize)]
pub(crate) struct FrontMatter {
    /// The title as a string of YAML.
    pub(crate) title: String,
    /// The place of the page among the others, from 1 on.
    pub(crate) position: usize,
}

/// The page of changes.
#[derive(Debug, Serialize)]
pub(crate) struct Changes {
    /// What the page is called.
    pub(crate) title: String,
    /// The version of the older document.
    pub(crate) since: String,
    /// The changes of operations, schemas and so on.
    pub(crate) sections: Vec<ChangeSection>,
}

/// Changes of one kind of thing.
#[derive(Debug, Serialize)]
pub(crate) struct ChangeSection {
    /// What changed.
    pub(crate) title: &'static str,
    /// What is new, as links.
    pub(crate) added: Vec<String>,
    /// What is gone, as code.
    pub(crate) removed: Vec<String>,
    /// What is another.
    pub(crate) changed: Vec<ChangedThing>,
}

impl ChangeSection {
    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// A thing that changed.
#[derive(Debug, Serialize)]
pub(crate) struct ChangedThing {
    /// What it is, as a link.
    pub(crate) name: String,
    /// Its changes.
    pub(crate) rows: Vec<ChangeRow>,
    /// How many changes are not listed.
    pub(crate) more: usize,
}

/// A change, and where it is.
#[derive(Debug, Serialize)]
pub(crate) struct ChangeRow {
    /// The place in it; empty for the thing itself.
    pub(crate) place: String,
    /// What is different there.
    pub(crate) what: String,
}
