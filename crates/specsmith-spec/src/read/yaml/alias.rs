//! Anchors and aliases: an alias becomes a copy of the value it stands for, within a budget.

use granit_parser::Span;
use specsmith_diagnostics::Code;

use super::Reader;
use crate::{NodeId, read::tree::Fatal};

/// What a copied value counts for, besides its text.
const VALUE_COST: usize = 64;

/// The anchors so far and what may still be copied from them.
pub(super) struct Anchors {
    /// By the number of the anchor; `None` while its value is not complete.
    defined: Vec<Option<Anchor>>,
    /// How many bytes may still be repeated.
    budget: usize,
}

/// A value that aliases can stand for.
#[derive(Clone)]
struct Anchor {
    node: NodeId,
    /// The text of a scalar, for aliases that are keys.
    text: Option<Box<str>>,
}

/// Why a value is not copied.
enum Refused {
    Depth,
    Size,
}

impl Anchors {
    /// No anchors yet; their aliases may repeat so many bytes.
    pub(super) fn new(budget: usize) -> Self {
        Self {
            defined: Vec::new(),
            budget,
        }
    }

    /// Says what an anchor stands for; 0 is not an anchor.
    pub(super) fn define(&mut self, anchor: usize, node: NodeId, text: Option<&str>) {
        if anchor == 0 {
            return;
        }
        if self.defined.len() <= anchor {
            self.defined.resize(anchor + 1, None);
        }
        if let Some(slot) = self.defined.get_mut(anchor) {
            *slot = Some(Anchor {
                node,
                text: text.map(Box::from),
            });
        }
    }
}

impl Reader<'_, '_> {
    /// Adds what an alias stands for, as a value or as a key.
    pub(super) fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Fatal> {
        let location = self.location(span);
        self.end = location.end as usize;
        let Some(Some(anchor)) = self.anchors.defined.get(anchor) else {
            let message = "an alias stands inside the value it stands for";
            return Err(self.fatal(Code::UnsupportedYaml, message, location));
        };
        if self.tree.expects_key() {
            let Some(text) = &anchor.text else {
                return Err(self.complex_key(location));
            };
            let name = text.to_string();
            self.tree.key(name, location);
            return Ok(());
        }
        let levels = self.tree.depth_limit().saturating_sub(self.tree.depth());
        let budget = &mut self.anchors.budget;
        let copy = self.tree.builder.copy(anchor.node, &mut |depth, text| {
            let cost = VALUE_COST.saturating_add(text);
            match budget.checked_sub(cost) {
                _ if depth > levels => Err(Refused::Depth),
                None => Err(Refused::Size),
                Some(left) => {
                    *budget = left;
                    Ok(())
                }
            }
        });
        match copy {
            Ok(node) => self.tree.value(node),
            Err(Refused::Depth) => Err(self.tree.too_deep(location)),
            Err(Refused::Size) => {
                let limits = self.tree.limits();
                let message = format!("aliases repeat more than {} bytes", limits.repeated);
                Err(Box::new(limits.exceeded("repeated", message).at(location)))
            }
        }
    }
}
