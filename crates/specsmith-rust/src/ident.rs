//! Identifiers that are safe to print.

use std::fmt;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

/// A Rust identifier, raw (`r#type`) where it is a keyword.
///
/// The only way from text of a document to a token that is not a literal; made by the naming functions of this crate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// Takes a name that is an identifier of edition 2024 (with `r#` where that is needed); `None` if it is not one.
    pub(crate) fn new(name: &str) -> Option<Self> {
        syn::parse_str::<syn::Ident>(name).ok().map(|_| Self(name.to_owned()))
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
