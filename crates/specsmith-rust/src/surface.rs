//! What programs see of a generated client: its public items with their signatures, and what became of them.
//!
//! It follows from the [`Model`] as the client's crate does: structs and enums are `#[non_exhaustive]`, what must be sent is
//! an argument, what may be sent is a method. So an item that is new is a minor version, and one that is gone or has
//! another signature is a major one (Cargo's rules for SemVer compatibility).

mod bodies;
mod calls;
mod events;
mod types;

use std::collections::BTreeMap;

use crate::Model;
use crate::model::RustType;

/// The version that a change of a generated crate asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// None: nothing is another.
    None,
    /// Items are as they were; docs or what is sent may be others.
    Patch,
    /// Programs still compile.
    Minor,
    /// Programs may no longer compile.
    Major,
}

impl Bump {
    /// Its name: `none`, `patch`, `minor`, `major`.
    pub fn name(self) -> &'static str {
        match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A struct, enum or other type.
    Type,
    /// A trait that a type implements.
    Trait,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A function or method.
    Function,
    /// What a call gives, or fails with.
    Result,
    /// A constant.
    Constant,
    /// A feature of the package.
    Feature,
}

impl ItemKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Type => "type",
            ItemKind::Trait => "trait",
            ItemKind::Field => "field",
            ItemKind::Variant => "variant",
            ItemKind::Function => "function",
            ItemKind::Result => "result",
            ItemKind::Constant => "constant",
            ItemKind::Feature => "feature",
        }
    }
}

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// The item that it is a part of, and is there or gone with.
    pub parent: Option<String>,
    /// What it looks like: types of arguments and results, the type of a field.
    pub signature: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
}

/// The public items of a client, by their paths: `types::Book::title`, `api::Books::list`.
pub type Surface = BTreeMap<String, Item>;

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// Its path.
    pub path: String,
    /// What it is.
    pub kind: ItemKind,
    /// What it looked like; `None` where it is new.
    pub old: Option<String>,
    /// What it looks like; `None` where it is gone.
    pub new: Option<String>,
    /// The version that this asks for.
    pub bump: Bump,
}

impl ItemChange {
    /// Whether nothing is another but that it is deprecated now, or no longer.
    pub fn is_deprecation(&self) -> bool {
        self.old.is_some() && self.old == self.new
    }
}

/// The public items of the client of a model.
pub fn surface(model: &Model) -> Surface {
    let mut items = Items {
        model,
        items: Surface::new(),
    };
    types::collect(&mut items);
    calls::collect(&mut items);
    events::collect(&mut items);
    items.items
}

/// A type as it is written, by its short name: `Option<String>`.
pub fn type_text(model: &Model, ty: &RustType) -> String {
    types::text(model, ty)
}

/// What became of the items of a client, by path; what went or came with something around it is not told on its own.
pub fn changes(old: &Model, new: &Model) -> Vec<ItemChange> {
    let (old, new) = (surface(old), surface(new));
    let paths = old.keys().chain(new.keys().filter(|path| !old.contains_key(*path)));
    let mut changes: Vec<ItemChange> = paths.filter_map(|path| change(path, &old, &new)).collect();
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    changes
}

fn change(path: &str, old: &Surface, new: &Surface) -> Option<ItemChange> {
    let (before, after) = (old.get(path), new.get(path));
    let kind = after.or(before)?.kind;
    let bump = match (before, after) {
        (Some(before), Some(after)) if before.signature != after.signature || before.kind != after.kind => Bump::Major,
        (Some(before), Some(after)) if before.deprecated == after.deprecated => return None,
        (Some(_), Some(after)) if after.deprecated => Bump::Minor,
        (Some(_), Some(_)) => Bump::Patch,
        (Some(gone), None) if is_whole(gone, old, new) => Bump::Major,
        (None, Some(added)) if is_whole(added, new, old) => Bump::Minor,
        _ => return None,
    };
    let signature = |item: &Item| item.signature.clone();
    Some(ItemChange {
        path: path.to_owned(),
        kind,
        old: before.map(signature),
        new: after.map(signature),
        bump,
    })
}

/// Whether an item that the other surface does not have is no part of one that it does not have either, or that is
/// another thing there.
fn is_whole(item: &Item, of: &Surface, other: &Surface) -> bool {
    let Some(parent) = &item.parent else { return true };
    match (of.get(parent), other.get(parent)) {
        (Some(of), Some(other)) => of.signature == other.signature || of.kind != ItemKind::Type,
        _ => false,
    }
}

/// The items so far.
struct Items<'a> {
    model: &'a Model,
    items: Surface,
}

impl Items<'_> {
    /// Adds an item; of two with the same path the first stays.
    fn add(&mut self, kind: ItemKind, parent: Option<&str>, path: String, signature: String, deprecated: bool) {
        self.items.entry(path).or_insert_with(|| Item {
            kind,
            parent: parent.map(str::to_owned),
            signature,
            deprecated,
        });
    }
}

#[cfg(test)]
mod tests;
