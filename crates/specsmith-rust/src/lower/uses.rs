//! What generated types need beyond the core of the runtime.

use std::collections::BTreeMap;

use super::graph::types_of;
use super::modules::for_each_type;
use crate::model::{Leniency, Model, RustType, SentRequest, TypeBody, Uses};
use crate::{Dates, TypeOptions};

/// What the types and operations of a model need.
pub(super) fn of(model: &Model) -> Uses {
    let mut uses = Uses::default();
    for item in &model.types {
        match &item.body {
            TypeBody::Enum(_) => uses.enums = true,
            TypeBody::Union(_) => uses.unions = true,
            TypeBody::Tuple(_) => uses.tuples = true,
            TypeBody::Struct(body) => {
                uses.lenient |= body.fields.iter().any(|field| field.leniency != Leniency::Strict);
            }
            TypeBody::Alias(_) | TypeBody::Newtype(_) => {}
        }
    }
    for_each_part(model, &mut |ty| match ty {
        RustType::DateTime => uses.date_times = true,
        RustType::Date => uses.dates = true,
        RustType::Uuid => uses.uuid = true,
        RustType::Uri => uses.uri = true,
        RustType::Secret => uses.secrets = true,
        RustType::Base64 => uses.base64 = true,
        RustType::Base64Url => uses.base64_url = true,
        RustType::Number => uses.numbers = true,
        RustType::Nullable(_) => uses.nullable = true,
        _ => {}
    });
    uses.jiff_date_times = uses.date_times && model.dates == Dates::Jiff;
    uses.time_date_times = uses.date_times && model.dates == Dates::Time;
    uses
}

/// What the types depend on that the user chose, in the order of the names of packages. What is named as a dependency
/// counts more than what comes with the type of a format.
pub(super) fn dependencies(model: &Model, options: &TypeOptions) -> Vec<(String, String)> {
    let mut found = BTreeMap::new();
    for_each_part(model, &mut |ty| {
        if let RustType::Extern(path) = ty {
            let chosen = options.formats.values().filter(|chosen| chosen.path == *path);
            found.extend(chosen.filter_map(|chosen| chosen.dependency.clone()));
        }
    });
    found.extend(options.dependencies.clone());
    found.into_iter().collect()
}

/// Calls `visit` for every type that is written anywhere, parts of others included.
fn for_each_part<'m>(model: &'m Model, visit: &mut dyn FnMut(&'m RustType)) {
    for item in &model.types {
        types_of(&item.body, &mut |ty, _| parts(ty, visit));
    }
    for (_, operation) in model.operations() {
        for_each_type(operation, &mut |ty| parts(ty, visit));
    }
    model.headers.iter().for_each(|header| parts(&header.ty, visit));
    let sent = model.sent().filter_map(SentRequest::ty);
    sent.for_each(|ty| parts(ty, visit));
}

fn parts<'m>(ty: &'m RustType, visit: &mut dyn FnMut(&'m RustType)) {
    visit(ty);
    match ty {
        RustType::List(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => parts(inner, visit),
        RustType::KeyedMap(key, inner) => {
            parts(key, visit);
            parts(inner, visit);
        }
        RustType::Tuple(items) => items.iter().for_each(|item| parts(item, visit)),
        _ => {}
    }
}
