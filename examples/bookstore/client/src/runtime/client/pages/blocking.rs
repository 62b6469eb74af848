//! Lists that come in pages without `async`.

use super::super::{Blocking, Request};
use super::{Items, Pages, Paginated};

impl<O: Paginated> Request<O> {
    /// The items of this page and of all behind it: an iterator, whose pages are requested as they are needed.
    pub fn stream_blocking(self) -> Blocking<Items<O>> {
        Blocking::new(self.stream())
    }

    /// This page and all behind it: an iterator over responses, which are requested as they are needed.
    pub fn pages_blocking(self) -> Blocking<Pages<O>> {
        Blocking::new(self.pages())
    }
}
