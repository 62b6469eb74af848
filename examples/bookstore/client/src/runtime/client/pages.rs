//! Lists that come in pages: [`Pages`] and [`Items`], which send one request after the other.

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;
mod link;
mod lookup;
mod walk;

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Error, Operation, ReadResult, Request};
use walk::Walk;

/// An operation whose list comes in pages.
pub trait Paginated: Operation {
    /// What the list consists of.
    type Item: Send + 'static;

    /// What leads from a page to the next one.
    const PAGINATION: Pagination;

    /// The items of a page.
    fn items(page: Self::Success) -> Vec<Self::Item>;
}

/// What leads from a page to the next one.
///
/// Places in a response are JSON Pointers, in which the item `-1` of a list is its last one. A parameter is one of the
/// query, or a place in the body of the request if it begins with `/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pagination {
    step: Step,
    has_more: Option<&'static str>,
    total: Option<&'static str>,
    limit: Option<(&'static str, Option<i64>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A parameter, and the place of its next value.
    Cursor(&'static str, &'static str),
    /// A parameter, and the place of the list.
    Offset(&'static str, &'static str),
    /// A parameter, the place of the list, and the number of the first page.
    Number(&'static str, &'static str, i64),
    /// The place of the address.
    Url(&'static str),
    Link,
}

impl Pagination {
    const fn new(step: Step) -> Self {
        Self {
            step,
            has_more: None,
            total: None,
            limit: None,
        }
    }

    /// A parameter takes a value of the page before.
    pub const fn cursor(parameter: &'static str, next: &'static str) -> Self {
        Self::new(Step::Cursor(parameter, next))
    }

    /// A parameter takes the number of the items before the page.
    pub const fn offset(parameter: &'static str, items: &'static str) -> Self {
        Self::new(Step::Offset(parameter, items))
    }

    /// A parameter takes the number of the page.
    pub const fn page(parameter: &'static str, items: &'static str, first: i64) -> Self {
        Self::new(Step::Number(parameter, items, first))
    }

    /// The page has the address of the next one.
    pub const fn next_url(next: &'static str) -> Self {
        Self::new(Step::Url(next))
    }

    /// The header `Link` has the address of the next page (RFC 8288).
    pub const fn link_header() -> Self {
        Self::new(Step::Link)
    }

    /// Sets the place of a boolean that says whether there is a next page.
    #[must_use]
    pub const fn has_more(mut self, place: &'static str) -> Self {
        self.has_more = Some(place);
        self
    }

    /// Sets the place of the number of all items, or of all pages where these have numbers.
    #[must_use]
    pub const fn total(mut self, place: &'static str) -> Self {
        self.total = Some(place);
        self
    }

    /// Sets the parameter for the number of items of a page, and the most that a page can have: where fewer come than were
    /// asked for, the list ends.
    #[must_use]
    pub const fn limit(mut self, parameter: &'static str, most: Option<i64>) -> Self {
        self.limit = Some((parameter, most));
        self
    }
}

/// A list that comes in pages.
impl<O: Paginated> Request<O> {
    /// The items of this page and of all behind it: a [`Stream`], whose pages are requested as they are needed.
    pub fn stream(self) -> Items<O> {
        Items {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }

    /// This page and all behind it: a [`Stream`] of responses, which are requested as they are needed.
    pub fn pages(self) -> Pages<O> {
        Pages {
            walk: Walk::new(
                self.client,
                O::INFO,
                O::PAGINATION,
                self.parts,
                self.overrides,
            ),
            operation: PhantomData,
        }
    }

    /// Begins with the page of this cursor, which is from [`Pages::cursor`] of a list with the same parameters.
    pub fn with_cursor(self, cursor: &str) -> Self {
        let mut pages = self.pages();
        pages.walk.start_at(cursor);
        pages.request()
    }
}

/// The pages of a list, as a [`Stream`]. It ends behind the last page, or behind an error.
#[must_use = "pages are requested as they are needed"]
pub struct Pages<O> {
    walk: Walk,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paginated> Pages<O> {
    /// The next page; `None` behind the last one.
    pub async fn next(&mut self) -> Option<ReadResult<O>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Where the next page begins, as text to store: [`Request::with_cursor`] goes on there. `None` before the first page
    /// and behind the last one.
    pub fn cursor(&self) -> Option<&str> {
        self.walk.cursor()
    }

    /// The request for the next page; after an error that for the page that failed. `None` behind the last one.
    pub fn next_request(&self) -> Option<Request<O>> {
        self.walk.has_next().then(|| self.request())
    }

    fn request(&self) -> Request<O> {
        let (client, parts, overrides) = self.walk.request();
        Request::of(client, parts, overrides)
    }
}

impl<O: Paginated> Stream for Pages<O> {
    type Item = ReadResult<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(response) = ready!(self.walk.poll(context)) else {
            return Poll::Ready(None);
        };
        let page = match response {
            Ok(response) => O::read(response),
            Err(error) => Err(error.widen()),
        };
        match &page {
            Ok(page) => self.walk.advance(page.raw()),
            Err(_) => self.walk.stop(),
        }
        Poll::Ready(Some(page))
    }
}

/// The items of a list that comes in pages, as a [`Stream`]. It ends behind the last item, or behind an error.
#[must_use = "pages are requested as they are needed"]
pub struct Items<O: Paginated> {
    pages: Pages<O>,
    items: vec::IntoIter<O::Item>,
}

impl<O: Paginated> Items<O> {
    /// The next item; `None` behind the last one.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error<O::Error>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The items, at most so many.
    ///
    /// # Errors
    /// When a page cannot be had; see [`Error`].
    pub async fn collect(mut self, limit: usize) -> Result<Vec<O::Item>, Error<O::Error>> {
        let mut items = Vec::new();
        while items.len() < limit
            && let Some(item) = self.next().await
        {
            items.push(item?);
        }
        Ok(items)
    }
}

impl<O: Paginated> Stream for Items<O> {
    type Item = Result<O::Item, Error<O::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = O::items(page.into_value()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paginated> Unpin for Items<O> {}

/// Without cursors: they can be secret.
impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::INFO.id)
            .field("has_next", &self.walk.has_next())
            .finish_non_exhaustive()
    }
}

impl<O: Paginated> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("at_hand", &self.items.len())
            .finish()
    }
}
