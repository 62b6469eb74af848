//! The way from a value to the part of it that is looked at.

use std::fmt::Write as _;

/// The way to a part of a value. It is written as a JSON Pointer only where something is told about the part, so that a
/// step costs next to nothing.
#[derive(Debug, Default)]
pub(super) struct Place {
    steps: Vec<Step>,
    /// The names that are made while values are read, one behind the other.
    names: String,
}

#[derive(Debug)]
enum Step {
    /// To the member of this name.
    Member(&'static str),
    /// To the member whose name begins here among the names.
    Named(usize),
    /// To the item at this place.
    Item(usize),
}

impl Place {
    /// Goes to the member of this name, which the document has.
    pub(super) fn enter_member(&mut self, name: &'static str) {
        self.steps.push(Step::Member(name));
    }

    /// Goes to the member of this name, which the value has.
    pub(super) fn enter_named(&mut self, name: &str) {
        self.steps.push(Step::Named(self.names.len()));
        self.names.push_str(name);
    }

    /// Goes to the item at this place.
    pub(super) fn enter_item(&mut self, index: usize) {
        self.steps.push(Step::Item(index));
    }

    /// Goes back to where the last step began.
    pub(super) fn leave(&mut self) {
        if let Some(Step::Named(begin)) = self.steps.pop() {
            self.names.truncate(begin);
        }
    }

    /// The way as a JSON Pointer (RFC 6901); empty for the whole value.
    #[cold]
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        let mut end = self.names.len();
        let mut names = Vec::new();
        for step in self.steps.iter().rev() {
            if let Step::Named(begin) = step {
                names.push(self.names.get(*begin..end).unwrap_or_default());
                end = *begin;
            }
        }
        for step in &self.steps {
            let name = match step {
                Step::Member(name) => name,
                Step::Named(_) => names.pop().unwrap_or_default(),
                Step::Item(index) => {
                    let _ = write!(pointer, "/{index}");
                    continue;
                }
            };
            let name = name.replace('~', "~0").replace('/', "~1");
            let _ = write!(pointer, "/{name}");
        }
        pointer
    }
}
