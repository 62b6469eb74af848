//! One diagnostic, and the list that phases report into.

use crate::{Code, Levels, Location, Severity};

/// Something specsmith has to say about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// How much it matters; starts as the code's own severity.
    pub severity: Severity,
    /// A phrase in lower case, code in backticks, without a full stop.
    pub message: String,
    /// Where it is, if it is anywhere.
    pub location: Option<Location>,
    /// A few words printed under the marked text.
    pub label: Option<String>,
    /// Other places that belong to the finding.
    pub related: Vec<Related>,
    /// What the user can do about it.
    pub help: Option<String>,
}

/// A second place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// What is there.
    pub message: String,
}

impl Diagnostic {
    /// A diagnostic of `code` with the severity of the code and no place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            location: None,
            label: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// Sets the words printed under the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds another place that belongs to the finding.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push(Related {
            location,
            message: message.into(),
        });
        self
    }

    /// Says what the user can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether it stays an error whatever level its code has: the code always does, or the place made it one.
    pub fn is_fixed(&self) -> bool {
        self.severity == Severity::Error && (self.code.is_fixed() || self.code.severity() != Severity::Error)
    }
}

/// The diagnostics of a run, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// What the user does not want to see.
    allowed: Vec<Diagnostic>,
    // Boxed, since errors hold the whole list.
    levels: Box<Levels>,
}

impl Diagnostics {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty list in which diagnostics get the severity that these levels give them.
    pub fn with_levels(levels: Levels) -> Self {
        Self {
            levels: Box::new(levels),
            ..Self::default()
        }
    }

    /// Adds a diagnostic with the severity that its level gives it, unless the very same one was added last.
    pub fn report(&mut self, mut diagnostic: Diagnostic) {
        let list = match self.levels.severity(&diagnostic) {
            Some(severity) => {
                diagnostic.severity = severity;
                &mut self.list
            }
            None => &mut self.allowed,
        };
        if list.last() != Some(&diagnostic) {
            list.push(diagnostic);
        }
    }

    /// What was found so far, whether it is shown or allowed: what steps look at to know what was told already.
    pub fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter().chain(&self.allowed)
    }

    /// The diagnostics to show, so far.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|d| d.severity == severity).count()
    }

    /// How many there are that the levels allow, so that they are not shown.
    pub fn allowed(&self) -> usize {
        self.allowed.len()
    }

    /// Whether there is none to show.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
