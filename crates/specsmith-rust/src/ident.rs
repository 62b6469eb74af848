//! Identifiers that are safe to print.

use std::fmt;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::naming::reserved;

/// A Rust identifier, raw (`r#type`) where it is a keyword.
///
/// The only way from text of a document to a token that is not a literal; made by the naming functions of this crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The identifier for a name that the naming functions made: raw where it is a keyword, with `_` at its end where
    /// it is a keyword that cannot be raw.
    ///
    /// A character that cannot stand in an identifier becomes `_`.
    pub(crate) fn from_name(name: &str) -> Self {
        let mut safe = match is_plain(name) {
            true => name.to_owned(),
            false => fitting(name),
        };
        if safe.is_empty() || safe.chars().all(|c| c == '_') || reserved::PATH_KEYWORDS.contains(&safe.as_str()) {
            safe.push('_');
        }
        if safe == "_" {
            safe.push('_');
        }
        if reserved::KEYWORDS.binary_search(&safe.as_str()).is_ok() {
            safe.insert_str(0, "r#");
        }
        Self(safe)
    }

    /// The identifier as it stands in Rust source.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for file names and prose.
    pub fn unraw(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

/// Whether a name is an identifier of ASCII, or a keyword.
fn is_plain(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The name with `_` for each character that cannot stand in an identifier.
fn fitting(name: &str) -> String {
    let mut safe = String::with_capacity(name.len());
    for c in name.chars() {
        let fits = match safe.is_empty() {
            true => c == '_' || unicode_ident::is_xid_start(c),
            false => unicode_ident::is_xid_continue(c),
        };
        safe.push(if fits { c } else { '_' });
    }
    safe
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.0.strip_prefix("r#") {
            Some(name) => proc_macro2::Ident::new_raw(name, Span::call_site()),
            None => proc_macro2::Ident::new(&self.0, Span::call_site()),
        });
    }
}
