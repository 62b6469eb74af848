//! Bodies of several parts as objects: a member for each name.

use serde_json::{Map, Value};
use specsmith_ir::{Content, Shape, TypeId, Types};
use specsmith_runtime::server::{Fault, FaultKind, Sent, SentPart};

use crate::json;
use crate::mock::Service;

/// How many types are looked at for a member.
const MAX_TYPES: usize = 100;

/// The object that parts stand for.
pub(crate) fn value(service: &Service, ty: TypeId, content: &Content, parts: &[SentPart]) -> Result<Value, Fault> {
    let mut members = Map::new();
    for part in parts {
        let (member, is_list) = member_type(&service.api.types, ty, &part.name);
        let is_json = is_json(content, part);
        let value = part_value(service, member, is_json, part).map_err(|fault| fault.within(part.name.as_str()))?;
        match members.get_mut(&part.name) {
            None if is_list => drop(members.insert(part.name.clone(), Value::Array(vec![value]))),
            None => drop(members.insert(part.name.clone(), value)),
            Some(Value::Array(items)) if is_list => items.push(value),
            Some(_) => return Err(Fault::new(FaultKind::Duplicate).within(part.name.as_str())),
        }
    }
    Ok(Value::Object(members))
}

/// The type of the parts of a name, and whether there can be several.
fn member_type(types: &Types, ty: TypeId, name: &str) -> (Option<TypeId>, bool) {
    let mut open = vec![ty];
    // A variant can be a union itself, which leads back here.
    for _ in 0..MAX_TYPES {
        let Some(ty) = open.pop() else { break };
        match &types[behind(types, ty)].shape {
            Shape::Object(object) => {
                if let Some(field) = object.fields.iter().find(|field| field.name == name) {
                    return match &types[behind(types, field.ty)].shape {
                        Shape::Array(array) => (Some(array.items), true),
                        _ => (Some(field.ty), false),
                    };
                }
            }
            Shape::Union(union) => open.extend(union.variants.iter().rev().map(|variant| variant.ty)),
            _ => {}
        }
    }
    (None, false)
}

/// The type behind aliases and nullables.
fn behind(types: &Types, ty: TypeId) -> TypeId {
    let target = types.resolve(ty);
    match types[target].shape {
        Shape::Nullable(inner) => types.resolve(inner),
        _ => target,
    }
}

/// Whether a part says that it is JSON, or the document does.
fn is_json(content: &Content, part: &SentPart) -> bool {
    let is_json = |text: &str| specsmith_ir::MediaType::new(text).is_some_and(|media_type| media_type.is_json());
    let encoding = content.encoding.iter().find(|encoding| encoding.name == part.name);
    let documented = encoding.and_then(|encoding| encoding.content_types.first());
    match &part.content_type {
        Some(content_type) => is_json(content_type),
        None => documented.is_some_and(|documented| is_json(documented)),
    }
}

fn part_value(service: &Service, ty: Option<TypeId>, is_json: bool, part: &SentPart) -> Result<Value, Fault> {
    let Some(ty) = ty else {
        return Ok(Value::from(String::from_utf8_lossy(&part.bytes)));
    };
    let types = &service.api.types;
    let is_text = matches!(types[behind(types, ty)].shape, Shape::String(_));
    // Files are strings of any bytes.
    let text = String::from_utf8_lossy(&part.bytes);
    if is_text {
        return Ok(Value::from(text));
    }
    let is_composed = matches!(
        types[behind(types, ty)].shape,
        Shape::Object(_) | Shape::Array(_) | Shape::Tuple(_)
    );
    match is_json || is_composed {
        true => json::read(&part.bytes),
        false => service.reader().read(ty, &Sent::text(text)),
    }
}
