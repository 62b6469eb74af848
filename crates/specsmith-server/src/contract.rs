//! The document that the server was made from, as files that the server embeds.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::PathPart;
use specsmith_output::FileTree;
use specsmith_rust::model::Operation;
use specsmith_rust::{Model, Prose, RustFile};

use crate::{Options, base_path};

/// The document that a server was made from, for its users to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// As JSON.
    pub json: String,
    /// As YAML.
    pub yaml: String,
}

/// What paths begin with that lead to the document.
const TAKEN: [&str; 3] = ["openapi.json", "openapi.yaml", "docs"];

impl Contract {
    /// Adds the files of the document to a server that serves it.
    pub fn add(self, tree: &mut FileTree) {
        let Self { json, yaml } = self;
        let json = match has_hidden(&json) {
            true => visible(&json),
            false => json,
        };
        // What a reader could not see is escaped in JSON, which is YAML, too.
        let yaml = match has_hidden(&yaml) {
            true => json.clone(),
            false => yaml,
        };
        tree.insert("src/openapi.json", json);
        tree.insert("src/openapi.yaml", yaml);
    }
}

/// The module of the function that serves the document.
pub(crate) fn render() -> RustFile {
    let mut file = RustFile::new();
    let mut docs = Prose::new();
    docs.own("The document that this server was made from.");
    file.doc(&docs);
    file.item(function());
    file
}

fn function() -> TokenStream {
    quote! {
        /// A router that serves the document as `/openapi.json` and `/openapi.yaml`.
        ///
        /// With the feature `docs-ui` there is a page at `/docs` on which people read it and try its operations.
        pub fn contract() -> axum::Router {
            let router = crate::runtime::server::contract(include_str!("openapi.json"), include_str!("openapi.yaml"));
            #[cfg(feature = "docs-ui")]
            let router = router.merge(crate::runtime::server::docs_ui());
            router
        }
    }
}

/// Whether the router of all operations serves the document, too.
pub(crate) fn is_served(model: &Model, options: &Options) -> bool {
    options.contract && is_apart(model) && base_path::is_plain(&base_path::of(model, options))
}

/// Whether no operation can have a path that leads to the document.
fn is_apart(model: &Model) -> bool {
    let takes = |operation: &Operation| {
        let first = operation.path.segments.first();
        first.is_some_and(|segment| match segment.parts.as_slice() {
            [PathPart::Literal(text)] => TAKEN.contains(&text.as_str()),
            parts => parts.iter().any(|part| matches!(part, PathPart::Parameter(_))),
        })
    };
    !model.operations().any(|(_, operation)| takes(operation))
}

/// JSON with characters escaped that a reader of the file could not see.
fn visible(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
        text.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
        // None of them needs a second unit.
        text.push_str(&format!("\\u{:04x}", u32::from(c)));
    }
    text.push_str(rest);
    text
}

/// Whether a text has characters that a reader could not see.
fn has_hidden(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n');
    // Without a way out in between, many bytes are looked at together.
    let are_plain = |bytes: &[u8]| bytes.iter().fold(true, |all, byte| all & is_plain(*byte));
    !text.as_bytes().chunks(1024).all(are_plain) && text.chars().any(is_hidden)
}

/// Characters that have no look of their own, or turn the direction of others.
fn is_hidden(c: char) -> bool {
    let is_bidirectional = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    is_bidirectional || (c.is_control() && c != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_show_everything() {
        let mut tree = FileTree::new();
        let contract = Contract {
            json: "{\"a\": \"\u{202e}b\u{7f}\"}\n".to_owned(),
            yaml: "a: \"\u{202e}b\"\n".to_owned(),
        };
        contract.add(&mut tree);
        let json = Some("{\"a\": \"\\u202eb\\u007f\"}\n");
        assert_eq!(tree.get("src/openapi.json"), json);
        assert_eq!(tree.get("src/openapi.yaml"), json);
    }
}
