//! Which traits a type has, as it is open or closed.

use super::Openness;
use crate::model::{Derive, EnumBase, FieldKind, TypeBody, TypeItem};

/// What is derived for a type, in the order of output, but for what the user adds.
pub(crate) fn traits(item: &TypeItem, openness: Openness) -> Vec<Derive> {
    let mut traits = item.derives.clone();
    match &item.body {
        TypeBody::Struct(body) => {
            let is_lenient = openness == Openness::Open && traits.contains(&Derive::Default);
            traits.retain(|derive| *derive != Derive::Default);
            if is_lenient || body.fields.iter().all(|field| field.kind != FieldKind::Required) {
                traits.push(Derive::Default);
            }
        }
        TypeBody::Enum(body) => {
            traits.retain(|derive| *derive != Derive::Default);
            let is_open = openness == Openness::Open || body.open;
            if is_open && body.base != EnumBase::Integer {
                traits.retain(|derive| *derive != Derive::Copy);
            } else if !traits.contains(&Derive::Copy) {
                let at = traits.iter().position(|derive| *derive == Derive::Clone);
                traits.insert(at.map_or(0, |at| at + 1), Derive::Copy);
            }
        }
        TypeBody::Union(_) => {
            let keeps_copy = openness == Openness::Closed;
            traits.retain(|derive| *derive != Derive::Default && (*derive != Derive::Copy || keeps_copy));
        }
        TypeBody::Tuple(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => {}
    }
    traits
}
