//! Validation: whether values keep the rules of the document.
//!
//! The macro `rules!` says which rules the parts of a type have. Typed values are walked as they are; only rules about
//! a value as a whole look at its JSON.

mod checker;
mod decimal;
mod limits;
mod pattern;
mod place;
mod rule;
mod uri;
mod value;
mod view;
mod violation;

pub use self::checker::{At, Checker};
pub use self::pattern::Pattern;
pub use self::rule::{Matcher, Rule, RuleList, Values};
pub use self::view::{Check, Count, View};
pub use self::violation::{Violation, Violations};
