//! Where a JSON Pointer leads in the values of a type.

use crate::{Direction, Rest, Shape, TypeId, Types};

/// How many names and nullables of a type are looked through.
const MAX_CHAIN: usize = 64;

/// What a pointer leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The type; `None` where it can be anything.
    pub ty: Option<TypeId>,
    /// Whether only named members of objects lead there.
    pub is_plain: bool,
}

/// Where a pointer leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost<'a> {
    /// The step that is not there.
    pub step: String,
    /// The members that are there; empty where what it leads through has none.
    pub members: Vec<&'a str>,
}

/// The type behind names and nullables.
pub fn resolve(types: &Types, mut ty: TypeId) -> TypeId {
    for _ in 0..MAX_CHAIN {
        match types[ty].shape {
            Shape::Alias(target) | Shape::Nullable(target) => ty = target,
            _ => break,
        }
    }
    ty
}

/// The steps of a pointer, unescaped.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> {
    let steps = pointer.split('/').skip(1);
    steps.map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// Follows a pointer into the values of a type that are sent in a direction. In a list `-1` is the last item.
pub fn follow<'a>(types: &'a Types, ty: TypeId, pointer: &str, direction: Direction) -> Result<Found, Lost<'a>> {
    let mut found = Found {
        ty: Some(ty),
        is_plain: true,
    };
    for step in steps(pointer) {
        let Some(ty) = found.ty else { break };
        let (next, is_named) = member(types, ty, &step, direction)?;
        found.is_plain &= is_named;
        found.ty = next;
    }
    Ok(found)
}

/// One step: the type that it leads to, and whether it is a named member of an object.
fn member<'a>(
    types: &'a Types,
    ty: TypeId,
    step: &str,
    direction: Direction,
) -> Result<(Option<TypeId>, bool), Lost<'a>> {
    let lost = |members| Lost {
        step: step.to_owned(),
        members,
    };
    match &types[resolve(types, ty)].shape {
        Shape::Any => Ok((None, false)),
        Shape::Array(array) if step == "-1" || step.parse::<u32>().is_ok() => Ok((Some(array.items), false)),
        Shape::Object(object) => {
            let fields = object.fields.iter();
            let mut fields = fields.filter(|field| direction.carries(field.access));
            let found = fields.clone().find(|field| field.name == step);
            match (found, object.rest) {
                (Some(field), _) => Ok((Some(field.ty), true)),
                (None, Rest::Typed(ty)) => Ok((Some(ty), false)),
                (None, _) => Err(lost(fields.by_ref().map(|field| field.name.as_str()).collect())),
            }
        }
        Shape::Union(union) => {
            // One level: variants that are unions themselves are rare, and would make this a search.
            let variants = union.variants.iter().map(|variant| variant.ty);
            let mut lost = lost(Vec::new());
            for variant in variants.filter(|ty| !matches!(types[resolve(types, *ty)].shape, Shape::Union(_))) {
                match member(types, variant, step, direction) {
                    Ok((ty, _)) => return Ok((ty, false)),
                    Err(other) if lost.members.is_empty() => lost = other,
                    Err(_) => {}
                }
            }
            Err(lost)
        }
        _ => Err(lost(Vec::new())),
    }
}
