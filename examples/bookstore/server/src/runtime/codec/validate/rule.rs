//! Rules as data.

use std::sync::OnceLock;

use serde_json::Value;

/// Rules, all of which must hold.
pub type RuleList = &'static [Rule];

/// Something that a value must keep to.
///
/// As in JSON Schema 2020-12, a rule about one JSON type holds for values of every other type.
#[derive(Debug)]
pub enum Rule {
    /// The rules of the value's own type hold.
    Nested,
    /// No value is right.
    Never,
    /// The JSON type is one of these; `integer` is one.
    Types(&'static [&'static str]),
    /// The value is one of these.
    Values(&'static Values),
    /// At least this number.
    Minimum(&'static str),
    /// At most this number.
    Maximum(&'static str),
    /// More than this number.
    ExclusiveMinimum(&'static str),
    /// Less than this number.
    ExclusiveMaximum(&'static str),
    /// A multiple of this number.
    MultipleOf(&'static str),
    /// At least so many characters.
    MinLength(usize),
    /// At most so many characters.
    MaxLength(usize),
    /// Text that matches somewhere.
    Pattern(&'static dyn Matcher),
    /// At least so many items.
    MinItems(usize),
    /// At most so many items.
    MaxItems(usize),
    /// No two items are equal.
    UniqueItems,
    /// What items keep to.
    Items {
        /// The first items, one by one.
        first: &'static [RuleList],
        /// The items behind them.
        rest: Option<RuleList>,
    },
    /// Some items keep to these rules.
    Contains {
        /// At least so many.
        min: usize,
        /// At most so many.
        max: Option<usize>,
        /// The rules.
        rules: RuleList,
    },
    /// At least so many members.
    MinProperties(usize),
    /// At most so many members.
    MaxProperties(usize),
    /// What the values of members keep to.
    Members {
        /// Members by name.
        fields: &'static [(&'static str, RuleList)],
        /// Members whose names match a pattern.
        patterns: &'static [(&'static dyn Matcher, RuleList)],
        /// All other members.
        rest: Option<RuleList>,
    },
    /// What the names of members keep to.
    Names(RuleList),
    /// Members that are there.
    Required(&'static [&'static str]),
    /// Members that are there where the first one is.
    DependentRequired(&'static str, &'static [&'static str]),
    /// What the object keeps to where a member is there.
    Dependent(&'static str, RuleList),
    /// All of these hold, each by itself.
    All(&'static [RuleList]),
    /// At least one of these holds.
    Any(&'static [RuleList]),
    /// Exactly one of these holds.
    One(&'static [RuleList]),
    /// These do not hold together.
    Not(RuleList),
    /// Where the condition holds, `then` does, else `otherwise`.
    If {
        /// What decides.
        condition: RuleList,
        /// What holds if it does.
        then: RuleList,
        /// What holds if it does not.
        otherwise: RuleList,
    },
    /// What the items keep to that no other rule beside this one looks at.
    UnevaluatedItems(RuleList),
    /// What the values of members keep to that no other rule beside this one looks at.
    UnevaluatedMembers(RuleList),
    /// Rules with a name.
    Refer(&'static RuleList),
}

/// A pattern, by whichever engine runs it.
pub trait Matcher: Sync + std::fmt::Debug {
    /// Whether the text matches somewhere; `None` where that takes too long to tell.
    fn is_match(&self, text: &str) -> Option<bool>;

    /// The pattern as the document writes it.
    fn written(&self) -> &'static str;
}

/// A list of JSON values.
#[derive(Debug)]
pub struct Values {
    text: &'static str,
    values: OnceLock<Vec<Value>>,
}

impl Values {
    /// The values of a JSON array.
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            values: OnceLock::new(),
        }
    }

    /// The values.
    pub(crate) fn list(&self) -> &[Value] {
        self.values
            .get_or_init(|| serde_json::from_str(self.text).unwrap_or_default())
    }

    /// The values as they are written, separated by commas.
    pub(crate) fn text(&self) -> &'static str {
        let inner = self.text.strip_prefix('[').unwrap_or(self.text);
        inner.strip_suffix(']').unwrap_or(inner)
    }
}
