//! Documents of the crate `openapiv3` to [`Source`].

use openapiv3::OpenAPI;
use specsmith_diagnostics::{Code, Diagnostic};

use super::Source;

impl Source {
    /// Takes a document that was made in memory, as frameworks do that make one from code.
    ///
    /// It is written as JSON and read like any other document, so findings show that text; its name is the title, or
    /// `<openapi>` where that is empty. The types of `openapiv3` are those of OpenAPI 3.0, and what they cannot hold is
    /// lost before it comes here: where a framework has the text of its document, [`from_text`](Self::from_text) of that
    /// is better.
    ///
    /// # Errors
    /// When the document cannot be written as JSON.
    pub fn from_openapiv3(document: &OpenAPI) -> Result<Self, Diagnostic> {
        let title = document.info.title.trim();
        let name = if title.is_empty() { "<openapi>" } else { title };
        match serde_json::to_string_pretty(document) {
            Ok(text) => Ok(Self::from_text(name, text)),
            Err(error) => {
                let message = format!("cannot write `{name}` as JSON: {error}");
                Err(Diagnostic::new(Code::UnreadableFile, message))
            }
        }
    }
}
