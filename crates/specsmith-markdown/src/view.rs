//! What templates see: text that is Markdown already, and nothing of a model.

mod pages;
mod parts;

pub(crate) use self::pages::*;
pub(crate) use self::parts::*;
