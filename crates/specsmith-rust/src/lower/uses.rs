//! What generated types need beyond the core of the runtime.

use super::graph::types_of;
use super::modules::for_each_type;
use crate::model::{Model, RustType, TypeBody, Uses};

/// What the types and operations of a model need.
pub(super) fn of(model: &Model) -> Uses {
    let mut uses = Uses::default();
    for item in &model.types {
        match &item.body {
            TypeBody::Enum(_) => uses.enums = true,
            TypeBody::Union(_) => uses.unions = true,
            TypeBody::Struct(_) | TypeBody::Alias(_) => {}
        }
        types_of(&item.body, &mut |ty, _| add(&mut uses, ty));
    }
    for (_, operation) in model.operations() {
        for_each_type(operation, &mut |ty| add(&mut uses, ty));
    }
    uses
}

fn add(uses: &mut Uses, ty: &RustType) {
    match ty {
        RustType::DateTime | RustType::Date => uses.chrono = true,
        RustType::Uuid => uses.uuid = true,
        RustType::Uri => uses.uri = true,
        RustType::Base64 => uses.base64 = true,
        RustType::Number => uses.numbers = true,
        RustType::Nullable(inner) => {
            uses.nullable = true;
            add(uses, inner);
        }
        RustType::List(inner) | RustType::Map(inner) | RustType::Option(inner) | RustType::Boxed(inner) => {
            add(uses, inner);
        }
        RustType::Tuple(items) => items.iter().for_each(|item| add(uses, item)),
        _ => {}
    }
}
