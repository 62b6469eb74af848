//! What became of the places of a document, for the report on coverage.

use std::collections::{BTreeMap, BTreeSet};

use specsmith_diagnostics::{Code, Location};
use specsmith_ir::{KindSet, Shape};

use super::{
    context::Context,
    schema::{constrains, refers, stated},
};
use crate::{
    Document, Node,
    grammar::{Fate, Grammar, Kind, Member, REFERENCE, Step, walk},
};

/// How many bytes JSON pointers may have in all; each can be nearly as long as the document.
const POINTERS: usize = 16 << 20;

/// JSON pointers, as long as there are not too many.
struct Pointers {
    /// How many bytes they may still have.
    left: usize,
}

impl Pointers {
    fn of(&mut self, node: Node<'_>) -> String {
        if self.left == 0 {
            return String::new();
        }
        let pointer = node.pointer();
        self.left = self.left.saturating_sub(pointer.len());
        pointer
    }
}

/// What became of the places of a document.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    /// The schemas.
    pub places: Places,
    /// The keywords of each kind of object, in the order of the specification.
    pub uses: Vec<Use>,
    /// The JSON pointers to the places of findings.
    pub pointers: BTreeMap<Location, String>,
}

/// The schemas that the API leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// How many there are.
    pub all: usize,
    /// Those that say more than their type does, which is any value: the place and the JSON pointer to it.
    pub degraded: Vec<(Location, String)>,
}

/// How often a keyword is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    /// The object that has it; `None` for Reference Objects.
    pub kind: Option<Kind>,
    /// Its name; all extensions of one name are one.
    pub name: String,
    /// What becomes of it; `None` where the specification does not know it.
    pub fate: Option<Fate>,
    /// How often it is there.
    pub count: usize,
    /// How many of them stand inside an object of which nothing is made.
    pub lost: usize,
}

impl<'d> Context<'d, '_> {
    /// What became of the places of the document, when all of it is lowered.
    pub(super) fn observe(&mut self) -> Observed {
        let mut pointers = Pointers { left: POINTERS };
        Observed {
            places: self.places(&mut pointers),
            uses: uses(self.document),
            pointers: self.pointers(&mut pointers),
        }
    }

    /// The named schemas, and those that operations and webhooks lead to.
    fn places(&mut self, pointers: &mut Pointers) -> Places {
        let reached: Vec<_> = self.schema_state.reached().collect();
        let mut places = Places::default();
        for id in reached {
            let node = self.document.node(id);
            places.all += 1;
            if self.is_degraded(node) {
                places.degraded.push((node.location(), pointers.of(node)));
            }
        }
        places
    }

    /// Whether a schema says more than the type that was made of it.
    pub(super) fn is_degraded(&mut self, node: Node<'d>) -> bool {
        if refers(node) {
            return self.referent(node).is_none();
        }
        let Some(ty) = self.schemas.get(&node.id()).copied() else {
            return false;
        };
        let mut ty = self.types.resolve(ty);
        if let Shape::Nullable(inner) = self.types[ty].shape {
            ty = self.types.resolve(inner);
        }
        self.types[ty].shape == Shape::Any && says_more(node)
    }

    /// The pointers to what findings are about; of two equal places, to the first.
    fn pointers(&self, texts: &mut Pointers) -> BTreeMap<Location, String> {
        let wanted: BTreeSet<Location> = self.findings().filter_map(|finding| finding.location).collect();
        let mut pointers = BTreeMap::new();
        let mut open = vec![self.document.root()];
        while let Some(node) = open.pop() {
            let mut found = |location: Location, node: Node<'_>| {
                if wanted.contains(&location) {
                    pointers.entry(location).or_insert_with(|| texts.of(node));
                }
            };
            found(node.location(), node);
            for (key, value) in node.members() {
                found(key.location, value);
            }
            open.extend(node.items().rev());
            open.extend(node.members().rev().map(|(_, value)| value));
        }
        pointers
    }
}

/// Whether a schema that has no type allows less than any value; the depth of the document bounds the recursion.
fn says_more(node: Node<'_>) -> bool {
    node.members().any(|(key, value)| match key.name.as_str() {
        // All types together are any value.
        "type" => stated(value).is_none_or(|kinds| !KindSet::ALL.difference(kinds).is_empty()),
        "allOf" => value.items().any(says_more),
        // A branch that says nothing allows everything.
        "oneOf" | "anyOf" => value.items().all(says_more),
        "$ref" => false,
        name => constrains(name, value),
    })
}

fn uses(document: &Document) -> Vec<Use> {
    let mut counts: BTreeMap<(Option<Kind>, &str), Use> = BTreeMap::new();
    walk(document, |step| {
        let Step::Member {
            kind,
            key,
            member,
            lost,
            ..
        } = step
        else {
            return;
        };
        let (kind, name, fate) = match member {
            Member::Keyword(keyword) => (Some(kind), keyword.name, Some(keyword.fate)),
            Member::Reference => (None, key.name.as_str(), reference_fate(&key.name)),
            Member::Sibling => (None, key.name.as_str(), Some(Fate::Reported(Code::RefSiblings))),
            Member::Extension | Member::Unknown => (Some(kind), key.name.as_str(), None),
            Member::Name => return,
        };
        let item = counts.entry((kind, name)).or_insert_with(|| Use {
            kind,
            name: name.to_owned(),
            fate,
            count: 0,
            lost: 0,
        });
        item.count += 1;
        item.lost += usize::from(lost);
    });
    let mut uses: Vec<Use> = counts.into_values().collect();
    uses.sort_by_key(|item| (item.kind.is_none(), item.kind, position(item.kind, &item.name)));
    uses
}

/// The place of a keyword in the table of its object.
fn position(kind: Option<Kind>, name: &str) -> usize {
    let place = match kind.map(Kind::grammar) {
        Some(Grammar::Keywords(keywords)) => keywords.iter().position(|keyword| keyword.name == name),
        Some(Grammar::Names(_)) => None,
        None => REFERENCE.iter().position(|keyword| keyword.name == name),
    };
    place.unwrap_or(usize::MAX)
}

fn reference_fate(name: &str) -> Option<Fate> {
    let keyword = REFERENCE.iter().find(|keyword| keyword.name == name)?;
    Some(keyword.fate)
}
