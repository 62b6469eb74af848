//! What a value breaks.

use std::fmt;

/// Everything that is wrong with a value; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violations {
    pub(super) list: Vec<Violation>,
    pub(super) more: usize,
}

/// A rule that a value breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where it is: a JSON Pointer (RFC 6901), empty for the whole value.
    pub pointer: String,
    /// The keyword of JSON Schema that says the rule, such as `maxLength`.
    pub keyword: &'static str,
    /// What was expected: `text of at most 5 characters`.
    pub expected: String,
    /// What was found, shortened.
    pub found: String,
}

impl Violations {
    /// What is wrong, in the order in which it was found.
    pub fn list(&self) -> &[Violation] {
        &self.list
    }

    /// How many more violations there are than the list has room for.
    pub fn more(&self) -> usize {
        self.more
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", self.pointer)?;
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

/// Writes one line for each violation.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            write!(f, "{gap}{violation}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Violation {}

impl std::error::Error for Violations {}
