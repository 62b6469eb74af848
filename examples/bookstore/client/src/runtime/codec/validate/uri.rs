//! Rules about addresses.

use super::super::uri::Uri;
use super::view::{Check, View};

impl Check for Uri {
    fn view(&self) -> View<'_> {
        View::Text(self.as_str().into())
    }
}
