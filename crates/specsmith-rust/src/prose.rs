//! Doc text that is safe in a Rust doc comment.

mod html;
mod markdown;
mod plain;
mod sentences;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specsmith_ir::Value;

use crate::json;
use crate::print::LINE_END;

/// The text of a doc comment: our own words and, made harmless, words of the document.
///
/// Words of the document go through [`foreign`](Prose::foreign): no live doctest, HTML, intra-doc link or control
/// character comes out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Prose(String);

impl Prose {
    /// No text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a paragraph of our own words, CommonMark for rustdoc.
    ///
    /// Short words of the document go into it through [`code`](Self::code) or [`one_line`](Self::one_line).
    pub fn own(&mut self, text: &str) -> &mut Self {
        let text = text.trim();
        if !text.is_empty() {
            if !self.is_empty() {
                self.0.truncate(self.as_str().len());
                self.0.push_str("\n\n");
            }
            self.0.push_str(text);
        }
        self
    }

    /// Adds words of the document, CommonMark that is made harmless.
    ///
    /// Headings, lists, tables, emphasis, code and links to `http`, `https` and `mailto` addresses survive; code is
    /// never a doctest, HTML and other links become plain text.
    pub fn foreign(&mut self, text: &str) -> &mut Self {
        self.own(&markdown::harmless(text))
    }

    /// Another text behind a label of our own: on its line, unless the text begins with a table, code or the like.
    pub fn labeled(label: &str, text: &Prose) -> Self {
        let mut labeled = Self::new();
        if text.is_empty() {
            labeled.own(label);
        } else if markdown::begins_with_words(text.as_str()) {
            labeled.own(&format!("{label}: {}", text.as_str()));
        } else {
            labeled.own(&format!("{label}:")).append(text);
        }
        labeled
    }

    /// Adds the paragraphs of another text.
    pub fn append(&mut self, other: &Prose) -> &mut Self {
        self.own(other.as_str())
    }

    /// Adds a value as a block of JSON.
    pub fn json(&mut self, label: &str, value: &Value) -> &mut Self {
        self.own(&format!("{label}\n```json\n{}\n```", json::pretty(value)))
    }

    /// The sentences of words of the document; code is between backticks, all other markup is gone.
    pub(crate) fn sentences(text: &str) -> Vec<String> {
        sentences::sentences(text)
    }

    /// Words of the document as one line of harmless CommonMark without any markup of their own, for titles.
    pub fn one_line(text: &str) -> String {
        plain::escaped(
            &plain::single_line(text),
            plain::Place {
                line_start: true,
                ..Default::default()
            },
        )
    }

    /// Words of the document as a code span.
    pub fn code(text: &str) -> String {
        plain::code_span(&plain::single_line(text))
    }

    /// The text, CommonMark for rustdoc, without trailing white space.
    pub fn as_str(&self) -> &str {
        self.0.trim_end()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// The text as the doc attribute of an item, which is printed with `///` before each line; nothing where there is no
    /// text.
    pub fn attributes(&self) -> TokenStream {
        if self.is_empty() {
            return TokenStream::new();
        }
        let mut text = String::with_capacity(self.0.len() + self.0.len() / 16);
        for (index, line) in self.as_str().lines().enumerate() {
            if index > 0 {
                text.push(LINE_END);
            }
            let line = line.trim_end_matches(' ');
            if !line.is_empty() {
                text.push(' ');
                text.push_str(line);
            }
        }
        // A raw string, in which nothing is escaped, unless the text has what those cannot have.
        let hashes = "#".repeat(hashes(&text));
        match format!("r{hashes}\"{text}\"{hashes}").parse::<Literal>() {
            Ok(text) => quote!(#[doc = #text]),
            Err(_) => quote!(#[doc = #text]),
        }
    }
}

/// How many `#` a raw string of this text needs.
fn hashes(text: &str) -> usize {
    let behind_quotes = text.split('"').skip(1);
    let runs = behind_quotes.map(|behind| 1 + behind.len() - behind.trim_start_matches('#').len());
    runs.max().unwrap_or(0)
}

#[cfg(test)]
#[path = "prose/tests.rs"]
mod tests;
