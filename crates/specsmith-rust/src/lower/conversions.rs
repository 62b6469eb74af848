//! Which types of requests can be made from those of responses: all that must be sent was read.

use std::collections::BTreeMap;

use crate::model::{FieldKind, RustType, Struct, TypeBody, TypeItem, TypeItemId, Union, View};

/// How many lists, options and aliases are followed inside each other.
const MAX_DEPTH: usize = 64;

/// Decides which types of requests can be made from those of responses. Types must not be boxed yet.
///
/// A type can where it has all that it needs, and all types can that it needs for that; so those that cannot are found,
/// and then those that need them, and those again.
pub(super) fn decide(items: &mut [TypeItem]) {
    let mut users: BTreeMap<TypeItemId, Vec<TypeItemId>> = BTreeMap::new();
    let mut made: BTreeMap<TypeItemId, TypeItemId> = BTreeMap::new();
    let mut impossible = Vec::new();
    for (id, item) in (0..).map(TypeItemId).zip(items.iter()) {
        let View::Request(Some(response)) = item.view else {
            continue;
        };
        made.insert(id, response);
        let mut fit = Fit {
            items,
            needed: Vec::new(),
        };
        if !fit.body(response, &item.body) {
            impossible.push(id);
        }
        for needed in fit.needed {
            users.entry(needed).or_default().push(id);
        }
    }
    while let Some(id) = impossible.pop() {
        if made.remove(&id).is_some() {
            impossible.extend(users.get(&id).into_iter().flatten());
        }
    }
    for (id, response) in made {
        if let Some(item) = items.get_mut(id.0 as usize)
            && !matches!(item.body, TypeBody::Alias(_))
        {
            item.made_from = Some(response);
        }
    }
}

/// A look at whether one type can be made from another.
struct Fit<'i> {
    items: &'i [TypeItem],
    /// The types of requests that must be made for it.
    needed: Vec<TypeItemId>,
}

impl Fit<'_> {
    fn body(&mut self, from: TypeItemId, to: &TypeBody) -> bool {
        let Some(from) = self.items.get(from.0 as usize) else {
            return false;
        };
        match (&from.body, to) {
            (TypeBody::Struct(from), TypeBody::Struct(to)) => self.fields(from, to),
            (TypeBody::Union(from), TypeBody::Union(to)) => self.variants(from, to),
            (TypeBody::Tuple(from), TypeBody::Tuple(to)) => {
                let mut items = from.items.iter().zip(&to.items);
                items.all(|(from, to)| self.ty(&from.ty, &to.ty, MAX_DEPTH))
            }
            (TypeBody::Alias(from), TypeBody::Alias(to)) => self.ty(from, to, MAX_DEPTH),
            _ => false,
        }
    }

    fn fields(&mut self, from: &Struct, to: &Struct) -> bool {
        let found: BTreeMap<&str, &RustType> = from
            .fields
            .iter()
            .map(|field| (field.wire.as_str(), &field.ty))
            .collect();
        let fields = to.fields.iter().all(|field| match found.get(field.wire.as_str()) {
            Some(ty) => self.ty(ty, &field.ty, MAX_DEPTH),
            None => field.kind != FieldKind::Required,
        });
        let mut patterns = from.patterns.iter().zip(&to.patterns);
        fields
            && patterns.all(|(from, to)| self.ty(&from.field.values, &to.field.values, MAX_DEPTH))
            && match (&from.rest, &to.rest) {
                (Some(from), Some(to)) => self.ty(&from.values, &to.values, MAX_DEPTH),
                (from, to) => from.is_none() && to.is_none(),
            }
    }

    fn variants(&mut self, from: &Union, to: &Union) -> bool {
        let found: BTreeMap<_, &RustType> = to.variants.iter().map(|variant| (&variant.name, &variant.ty)).collect();
        from.unknown == to.unknown
            && from.variants.iter().all(|variant| match found.get(&variant.name) {
                Some(ty) => self.ty(&variant.ty, ty, MAX_DEPTH),
                None => false,
            })
    }

    fn ty(&mut self, from: &RustType, to: &RustType, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else {
            return false;
        };
        match (from, to) {
            _ if from == to => true,
            (RustType::Named(from), RustType::Named(to)) => self.named(*from, *to, depth),
            (RustType::List(from), RustType::List(to))
            | (RustType::Map(from), RustType::Map(to))
            | (RustType::Option(from), RustType::Option(to))
            | (RustType::Nullable(from), RustType::Nullable(to)) => self.ty(from, to, depth),
            (RustType::KeyedMap(from_key, from), RustType::KeyedMap(to_key, to)) => {
                from_key == to_key && self.ty(from, to, depth)
            }
            _ => false,
        }
    }

    fn named(&mut self, from: TypeItemId, to: TypeItemId, depth: usize) -> bool {
        let body = |id: TypeItemId| self.items.get(id.0 as usize).map(|item| (&item.body, item.view));
        match (body(from), body(to)) {
            (Some((TypeBody::Alias(from), _)), Some((TypeBody::Alias(to), _))) => self.ty(from, to, depth),
            (Some(_), Some((_, View::Request(Some(response))))) if response == from => {
                self.needed.push(to);
                true
            }
            _ => false,
        }
    }
}
