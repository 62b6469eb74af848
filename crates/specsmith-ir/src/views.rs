//! Views: types as they are in requests and in responses, where fields are sent in one direction only.
//!
//! A schema says of a member that it is only read (the API makes it) or only written (a secret). So the values of one
//! schema differ by direction, and so do those of every schema that holds it. [`split_views`] gives each direction a
//! type of its own.

mod demands;
mod split;
pub(crate) mod usage;

use std::collections::BTreeMap;

use crate::{Access, Api, Shape, TypeId, Types, refer};

/// A direction in which values are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the API; for a webhook, from whom the API calls.
    Request,
    /// From the API.
    Response,
}

impl Direction {
    /// Whether a field is sent in this direction.
    pub fn carries(self, access: Access) -> bool {
        match self {
            Direction::Request => access != Access::ReadOnly,
            Direction::Response => access != Access::WriteOnly,
        }
    }
}

/// What makes a type one of a single direction.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct View {
    /// The direction in which its values are sent.
    pub direction: Direction,
    /// The same type as responses have it; on types of requests, where responses have it too.
    pub response: Option<TypeId>,
    /// The members that are only sent in the other direction. Where they are there all the same, they are ignored.
    pub left_out: Vec<String>,
    /// The shape that the document gives the type in both directions; what stands inside it is named by this.
    pub declared: Shape,
}

/// Makes types of one direction of those whose values differ by direction.
///
/// A type differs that has a field of one direction, or that holds such a type. What operations use it for decides:
/// in one direction, it becomes the type of that direction; in both, it becomes that of responses, and requests get a
/// type of their own behind all others. A type that no operation uses stays as it is, and its fields of one direction
/// may be absent. Of the conditions of unions, those that look at what is left out are dropped.
///
/// What a webhook sends comes from the API, so its body is that of a response.
pub fn split_views(api: &mut Api) {
    keep_discriminators(&mut api.types);
    let differing = differing(&api.types);
    if differing.contains(&true) {
        let usage = usage::of(api);
        split::split(api, &differing, &usage);
    }
}

/// Lets the properties that tell the variants of a union be sent in both directions: nobody could read a union without
/// them.
fn keep_discriminators(types: &mut Types) {
    let mut found: Vec<(TypeId, String)> = Vec::new();
    for (_, ty) in types.iter() {
        if let Shape::Union(union) = &ty.shape
            && let Some(discriminator) = &union.discriminator
        {
            let variants = union.variants.iter().map(|variant| behind(types, variant.ty));
            found.extend(variants.map(|variant| (variant, discriminator.property.clone())));
        }
    }
    for (id, property) in found {
        if let Shape::Object(object) = &mut types[id].shape {
            let told = object.fields.iter_mut().filter(|field| field.name == property);
            told.for_each(|field| field.access = Access::ReadWrite);
        }
    }
}

/// Whether each type has a field of one direction, or holds a type that has.
fn differing(types: &Types) -> Vec<bool> {
    let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut open = Vec::new();
    for (id, ty) in types.iter() {
        for inside in refer::of_shape(&ty.shape) {
            holders.entry(inside).or_default().push(id);
        }
        if let Shape::Object(object) = &ty.shape
            && object.fields.iter().any(|field| field.access != Access::ReadWrite)
        {
            open.push(id);
        }
    }
    let mut differing = vec![false; types.len()];
    while let Some(id) = open.pop() {
        if let Some(seen) = differing.get_mut(id.0 as usize).filter(|seen| !**seen) {
            *seen = true;
            open.extend(holders.get(&id).into_iter().flatten());
        }
    }
    differing
}

/// The type behind aliases and nullables.
fn behind(types: &Types, id: TypeId) -> TypeId {
    let target = types.resolve(id);
    match types[target].shape {
        Shape::Nullable(inner) => types.resolve(inner),
        _ => target,
    }
}

#[cfg(test)]
mod tests;
