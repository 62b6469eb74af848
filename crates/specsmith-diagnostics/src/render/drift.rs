//! A generated file that is not as it should be, as programs are told of it.

use serde::Serialize;

/// A generated file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// What it belongs to: `client`, `server`, `types`, `docs`, `names`.
    pub target: String,
    /// Its path, from where the command runs.
    pub file: String,
    /// What is wrong with it, as a word: `outdated`.
    pub state: &'static str,
    /// Why, as words such as `document` and `version`.
    pub reasons: Vec<&'static str>,
    /// All of that for people, without the path.
    pub message: String,
}
