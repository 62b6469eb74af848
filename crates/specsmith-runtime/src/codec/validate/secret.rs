//! Rules about text that is not shown.

use super::super::secret::SecretString;
use super::view::{Check, View};

impl Check for SecretString {
    fn view(&self) -> View<'_> {
        View::Secret(self.expose())
    }
}
