//! Pagination: how a page of a list leads to the next one, as it is declared and as it is found to be true.
//!
//! A [`PageDeclaration`] is what a person wrote, in an extension of the document or in a configuration; [`verify`]
//! compares it with an operation and gives the [`Pagination`] that code is generated from. [`infer`] guesses.

mod infer;
mod verify;

use std::fmt;

use specsmith_diagnostics::{Location, closest};

pub use infer::{Inferred, infer};
pub use verify::verify;

/// How the pages of an operation follow each other.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Pagination {
    /// The way to the list in the body of a success, as a JSON Pointer; empty where the body is the list.
    pub items: String,
    /// What leads to the next page.
    pub next: NextPage,
    /// The way to a boolean that says whether there is a next page.
    pub has_more: Option<String>,
    /// The way to the number of all items, or of all pages where they are numbered.
    pub total: Option<String>,
    /// What says how many items a page has: one with fewer is the last.
    pub limit: Option<PageLimit>,
    /// The place in the source.
    pub location: Location,
}

/// What leads to the next page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NextPage {
    /// A value of this page, by the way to it, that a parameter takes.
    Cursor(PageParameter, String),
    /// The number of items before the page, in a parameter.
    Offset(PageParameter),
    /// The number of the page, in a parameter, and that of the first one.
    Number(PageParameter, i64),
    /// An address in the page, by the way to it.
    Url(String),
    /// An address in the header `Link` with the relation `next` (RFC 8288).
    Link,
}

/// The parameter that chooses a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageParameter {
    /// A query parameter of this name.
    Query(String),
    /// A member of a JSON body, by the way to it.
    Body(String),
}

/// The parameter for the number of items of a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct PageLimit {
    /// The parameter.
    pub parameter: PageParameter,
    /// The most items that a page can have, whatever is asked for.
    pub most: Option<i64>,
}

/// A style of pagination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageStyle {
    /// A parameter takes a value of the page before.
    Cursor,
    /// A parameter takes the number of items to leave out.
    Offset,
    /// A parameter takes the number of the page.
    Page,
    /// A page has the address of the next one.
    NextUrl,
    /// The header `Link` has the address of the next page.
    LinkHeader,
}

/// Text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The place in the source.
    pub location: Location,
}

/// What a person says about the pages of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDeclaration {
    /// The style.
    pub style: PageStyle,
    /// The query parameter that chooses the page by its name, or the member of the body by a JSON Pointer.
    pub parameter: Option<Written>,
    /// The list in the body of the response, as a JSON Pointer; without it the body, or the one list in it.
    pub items: Option<Written>,
    /// The cursor or the address of the next page in the body of the response, as a JSON Pointer in which the item `-1`
    /// of a list is its last one.
    pub next: Option<Written>,
    /// A boolean in the body of the response that says whether there is a next page.
    pub has_more: Option<Written>,
    /// The number of all items in the body of the response.
    pub total: Option<Written>,
    /// The number of all pages in the body of the response.
    pub total_pages: Option<Written>,
    /// The query parameter, or the member of the body, that takes the number of items of a page.
    pub limit: Option<Written>,
    /// The number of the first page.
    pub first_page: Option<i64>,
    /// The place in the source.
    pub location: Location,
}

impl PageStyle {
    /// All styles.
    pub const ALL: [PageStyle; 5] = [
        PageStyle::Cursor,
        PageStyle::Offset,
        PageStyle::Page,
        PageStyle::NextUrl,
        PageStyle::LinkHeader,
    ];

    /// Its name in a declaration: `next-url`.
    pub fn name(self) -> &'static str {
        match self {
            PageStyle::Cursor => "cursor",
            PageStyle::Offset => "offset",
            PageStyle::Page => "page",
            PageStyle::NextUrl => "next-url",
            PageStyle::LinkHeader => "link-header",
        }
    }

    /// The style of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }

    /// What a declaration of this style can say beside it, the needed ones first, and how many are needed.
    pub fn keys(self) -> (&'static [&'static str], usize) {
        match self {
            PageStyle::Cursor => (&["parameter", "next", "items", "has-more"], 2),
            PageStyle::Offset => (&["parameter", "items", "has-more", "total", "limit"], 1),
            PageStyle::Page => (
                &["parameter", "items", "has-more", "total-pages", "first-page", "limit"],
                1,
            ),
            PageStyle::NextUrl => (&["next", "items", "has-more"], 1),
            PageStyle::LinkHeader => (&["items", "parameter"], 0),
        }
    }
}

impl fmt::Display for PageStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PageDeclaration {
    /// A declaration that says nothing but its style.
    pub fn new(style: PageStyle, location: Location) -> Self {
        Self {
            style,
            parameter: None,
            items: None,
            next: None,
            has_more: None,
            total: None,
            total_pages: None,
            limit: None,
            first_page: None,
            location,
        }
    }

    /// Takes what a key says, with its place.
    ///
    /// # Errors
    /// What is wrong with it, and what to do instead.
    pub fn set(&mut self, key: &str, value: Written) -> Result<(), (String, String)> {
        let (keys, _) = self.style.keys();
        if !keys.contains(&key) {
            let message = format!("pages of the style `{}` have no `{key}`", self.style);
            return Err((message, one_of(key, keys)));
        }
        let slot = match key {
            "parameter" => &mut self.parameter,
            "items" => &mut self.items,
            "next" => &mut self.next,
            "has-more" => &mut self.has_more,
            "total" => &mut self.total,
            "total-pages" => &mut self.total_pages,
            "limit" => &mut self.limit,
            _ => {
                let number = value.text.parse();
                self.first_page = Some(number.map_err(|_| {
                    let message = format!("`{key}` is a number, not `{}`", value.text);
                    (message, "it is `0` or `1`".to_owned())
                })?);
                return Ok(());
            }
        };
        if !matches!(key, "parameter" | "limit") && !is_pointer(&value.text) {
            let message = format!("`{}` is not a JSON Pointer", value.text);
            return Err((
                message,
                format!(
                    "write `/{}`",
                    value.text.trim_start_matches(['$', '.']).replace('.', "/")
                ),
            ));
        }
        *slot = Some(value);
        Ok(())
    }

    /// The first key that this style needs and that is not there.
    pub fn lacks(&self) -> Option<&'static str> {
        let (keys, needed) = self.style.keys();
        let is_there = |key: &&str| match *key {
            "parameter" => self.parameter.is_some(),
            "next" => self.next.is_some(),
            _ => true,
        };
        keys.iter().take(needed).find(|key| !is_there(key)).copied()
    }

    /// Finds fault with the name of a style.
    ///
    /// # Errors
    /// What is wrong with it, and which styles there are.
    pub fn style(name: &str) -> Result<PageStyle, (String, String)> {
        let names = PageStyle::ALL.map(PageStyle::name);
        PageStyle::from_name(name).ok_or_else(|| (format!("`{name}` is no style of pages"), one_of(name, &names)))
    }
}

impl PageParameter {
    /// As a declaration writes it: a name, or a JSON Pointer into the body.
    pub fn as_str(&self) -> &str {
        match self {
            PageParameter::Query(name) => name,
            PageParameter::Body(pointer) => pointer,
        }
    }
}

/// Whether a text is a JSON Pointer (RFC 6901).
fn is_pointer(text: &str) -> bool {
    text.is_empty() || text.starts_with('/')
}

/// What is meant, or what there is.
fn one_of(text: &str, words: &[&str]) -> String {
    match closest(text, words.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", listed(words)),
    }
}

/// Names in one line, not too many of them.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 12;
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST {
        shown.push("...".to_owned());
    }
    shown.join(", ")
}
