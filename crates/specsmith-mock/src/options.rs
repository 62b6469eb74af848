//! What users decide about a mock.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How a mock answers.
#[derive(Clone, Default)]
pub struct Options {
    /// Decides the values that are made; the same request to the same document gets the same answer.
    pub seed: u64,
    /// What bodies are made of where the request does not say.
    pub values: Values,
    /// Whether credentials must be there.
    pub auth: Auth,
    /// What every answer waits for.
    pub delay: Duration,
    /// Whether pages of other origins may call.
    pub cors: Cors,
    /// The path that everything is below.
    pub base_path: BasePath,
    /// How many bytes the bodies of requests may have where their operation has no limit of its own; `None` for what
    /// generated servers have.
    pub body_limit: Option<u64>,
    /// Is told of every request once it is answered.
    pub on_answer: Option<OnAnswer>,
}

/// What is told of requests.
pub type OnAnswer = Arc<dyn Fn(&Answered) + Send + Sync>;

/// What bodies are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Values {
    /// Of the examples of the document, where it has some that fit.
    #[default]
    Examples,
    /// Of the schemas alone.
    Dynamic,
}

/// Whether credentials must be there. What they are worth is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Auth {
    /// As the document says.
    #[default]
    Required,
    /// Nobody asks.
    Ignored,
}

/// Whether pages of other origins may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cors {
    /// Browsers do not let them.
    #[default]
    Denied,
    /// All may.
    Allowed,
}

/// The path that everything is below, as with generated servers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum BasePath {
    /// The one of the configuration, else that of the first server of the document.
    #[default]
    OfServer,
    /// This one; empty for none.
    Given(String),
}

/// A request that was answered, without anything that could be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The operation, where there is one.
    pub operation: Option<&'static str>,
    /// The status of the answer.
    pub status: u16,
    /// How long it took.
    pub duration: Duration,
    /// Why an example of the document was passed over.
    pub note: Option<String>,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("seed", &self.seed)
            .field("values", &self.values)
            .field("auth", &self.auth)
            .field("delay", &self.delay)
            .field("cors", &self.cors)
            .field("base_path", &self.base_path)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}
