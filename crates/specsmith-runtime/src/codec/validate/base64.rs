//! Rules about base64 text.

use super::super::base64::Base64;
use super::view::{Check, View};

impl Check for Base64 {
    fn view(&self) -> View<'_> {
        View::Text(self.to_string().into())
    }
}
