//! A document that can be changed: its values with their places, and the same values in the form that is queried.

use indexmap::IndexMap;
use serde_json::Value as Json;
use serde_json_path::{NormalizedPath, PathElement};
use specsmith_diagnostics::Location;

use crate::{Document, DocumentBuilder, Key, Node, NodeId, NodeKind};

/// The values of a document, and of what was merged into it.
pub(super) struct Tree<'d> {
    /// All values, also those that were removed.
    slots: Vec<Slot<'d>>,
    root: SlotId,
    /// The same values as JSONPath sees them; every change is made on both.
    pub json: Json,
}

/// Identifies a value of a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SlotId(u32);

/// A value and its place.
pub(super) struct Slot<'d> {
    pub location: Location,
    pub content: Content<'d>,
}

/// What a value is.
#[derive(Clone)]
pub(super) enum Content<'d> {
    /// Neither an array nor an object.
    Scalar(Node<'d>),
    Array(Vec<SlotId>),
    Object(Box<IndexMap<&'d str, Member>>),
}

/// A member of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    /// The place of its name.
    pub key: Location,
    pub value: SlotId,
}

/// A step from a value to one inside of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step<'d> {
    /// To the member of an object.
    Name(&'d str),
    /// To the item of an array.
    Index(usize),
}

/// A value of the document and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'d> {
    pub path: Vec<Step<'d>>,
    pub slot: SlotId,
}

/// A value that does not stand in the document yet.
pub(super) struct Fresh {
    pub slot: SlotId,
    pub json: Json,
    /// How many levels of arrays and objects it has.
    pub levels: usize,
}

impl<'d> Tree<'d> {
    /// The values of a document.
    pub(super) fn new(document: &'d Document) -> Self {
        let mut tree = Self {
            slots: Vec::with_capacity(document.len()),
            root: SlotId(0),
            json: Json::Null,
        };
        let Fresh { slot, json, .. } = tree.import(document.root());
        tree.root = slot;
        tree.json = json;
        tree
    }

    /// How many values were ever in it.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    /// Adds the values of another document; the depth of that document bounds the recursion.
    pub(super) fn import(&mut self, node: Node<'d>) -> Fresh {
        let mut levels = 0;
        let (content, json) = match node.kind() {
            NodeKind::Array => {
                let (mut slots, mut items) = (Vec::new(), Vec::new());
                for item in node.items() {
                    let item = self.import(item);
                    levels = levels.max(item.levels);
                    slots.push(item.slot);
                    items.push(item.json);
                }
                (Content::Array(slots), Json::Array(items))
            }
            NodeKind::Object => {
                let (mut slots, mut members) = (IndexMap::new(), serde_json::Map::new());
                for (key, member) in node.members() {
                    let Fresh {
                        slot,
                        json,
                        levels: inside,
                    } = self.import(member);
                    levels = levels.max(inside);
                    let key_location = key.location;
                    slots.insert(
                        key.name.as_str(),
                        Member {
                            key: key_location,
                            value: slot,
                        },
                    );
                    members.insert(key.name.clone(), json);
                }
                (Content::Object(Box::new(slots)), Json::Object(members))
            }
            _ => (Content::Scalar(node), scalar(node)),
        };
        Fresh {
            levels: levels + usize::from(!matches!(content, Content::Scalar(_))),
            slot: self.add(node.location(), content),
            json,
        }
    }

    /// Adds a copy of a value that is in the tree; its places are those of the original.
    pub(super) fn duplicate(&mut self, id: SlotId) -> Fresh {
        let Slot { location, content } = self.slot(id);
        let (location, mut content) = (*location, content.clone());
        let mut levels = 0;
        let json = match &mut content {
            Content::Scalar(node) => scalar(*node),
            Content::Array(slots) => {
                let copies = slots.iter_mut().map(|slot| {
                    let copy = self.duplicate(*slot);
                    levels = levels.max(copy.levels);
                    *slot = copy.slot;
                    copy.json
                });
                Json::Array(copies.collect())
            }
            Content::Object(members) => {
                let copies = members.iter_mut().map(|(name, member)| {
                    let copy = self.duplicate(member.value);
                    levels = levels.max(copy.levels);
                    member.value = copy.slot;
                    ((*name).to_owned(), copy.json)
                });
                Json::Object(copies.collect())
            }
        };
        Fresh {
            levels: levels + usize::from(!matches!(content, Content::Scalar(_))),
            slot: self.add(location, content),
            json,
        }
    }

    /// Where a query found something.
    pub(super) fn place(&self, path: &NormalizedPath<'_>) -> Option<Place<'d>> {
        let mut slot = self.root;
        let mut steps = Vec::with_capacity(path.len());
        for element in path.iter() {
            let step;
            (step, slot) = match (element, &self.slot(slot).content) {
                (PathElement::Name(name), Content::Object(members)) => {
                    let (_, name, member) = members.get_full(*name)?;
                    (Step::Name(name), member.value)
                }
                (PathElement::Index(index), Content::Array(items)) => (Step::Index(*index), *items.get(*index)?),
                _ => return None,
            };
            steps.push(step);
        }
        Some(Place { path: steps, slot })
    }

    /// The value that stands at the end of a way, if it is still there.
    pub(super) fn at(&self, path: &[Step<'d>]) -> Option<SlotId> {
        path.iter()
            .try_fold(self.root, |slot, step| match (step, &self.slot(slot).content) {
                (Step::Name(name), Content::Object(members)) => Some(members.get(name)?.value),
                (Step::Index(index), Content::Array(items)) => items.get(*index).copied(),
                _ => None,
            })
    }

    /// The place where a value begins to be seen: that of its name, or its own.
    pub(super) fn head(&self, place: &Place<'d>) -> Location {
        let key =
            place
                .path
                .split_last()
                .and_then(|(step, parent)| match (step, &self.slot(self.at(parent)?).content) {
                    (Step::Name(name), Content::Object(members)) => Some(members.get(name)?.key),
                    _ => None,
                });
        key.unwrap_or(self.slot(place.slot).location)
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by the same tree, which keeps all slots"
    )]
    pub(super) fn slot(&self, id: SlotId) -> &Slot<'d> {
        &self.slots[id.0 as usize]
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "ids are only made by the same tree, which keeps all slots"
    )]
    pub(super) fn slot_mut(&mut self, id: SlotId) -> &mut Slot<'d> {
        &mut self.slots[id.0 as usize]
    }

    /// The document that it is now.
    pub(super) fn finish(self) -> Document {
        let mut builder = DocumentBuilder::new();
        let root = self.build(self.root, &mut builder);
        builder.finish(root)
    }

    fn build(&self, id: SlotId, builder: &mut DocumentBuilder) -> NodeId {
        let Slot { location, content } = self.slot(id);
        match content {
            Content::Scalar(node) => builder.scalar(*node),
            Content::Array(items) => {
                let items = items.iter().map(|item| self.build(*item, builder)).collect();
                builder.array(*location, items)
            }
            Content::Object(members) => {
                let member = |(name, member): (&&str, &Member)| {
                    let key = Key {
                        name: (*name).to_owned(),
                        location: member.key,
                    };
                    (key, self.build(member.value, builder))
                };
                let members = members.iter().map(member).collect();
                builder.object(*location, members)
            }
        }
    }

    fn add(&mut self, location: Location, content: Content<'d>) -> SlotId {
        let id = SlotId(u32::try_from(self.slots.len()).unwrap_or(u32::MAX));
        self.slots.push(Slot { location, content });
        id
    }
}

impl Slot<'_> {
    /// The type as a phrase: `a string`, `an object`.
    pub(super) fn kind_name(&self) -> &'static str {
        match &self.content {
            Content::Scalar(node) => node.kind_name(),
            Content::Array(_) => "an array",
            Content::Object(_) => "an object",
        }
    }
}

/// A scalar as JSONPath compares it: numbers are rounded to what a computer calculates with.
fn scalar(node: Node<'_>) -> Json {
    match node.kind() {
        NodeKind::Boolean(value) => Json::Bool(value),
        NodeKind::String(text) => Json::String(text.to_owned()),
        NodeKind::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), ..) => value.into(),
            (_, Some(value), _) => value.into(),
            (.., value) => value.map_or(Json::Null, Json::from),
        },
        _ => Json::Null,
    }
}
