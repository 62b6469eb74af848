//! Enums of types.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, EnumValue, Origin, Shape, TypeId};

use super::context::Context;
use super::enums::{UNKNOWN, unknown};
use super::identity::Identity;
use super::memory::Member;
use super::place::{telling_words, variant_step};
use super::scalar::scalar;
use super::{docs, enums, exclusive, pointer, renames, structs, written};
use crate::model::{RustType, TypeBody, Union, UnionVariant};
use crate::naming::{Case, Scope, words};
use crate::{Deprecation, Ident};

/// The scalar that all variants are in Rust, if they are one: such a union needs no enum.
pub(super) fn common_scalar(cx: &Context<'_>, union: &ir::Union) -> Option<RustType> {
    let mut all = union
        .variants
        .iter()
        .map(|variant| match cx.shape(cx.core(variant.ty)) {
            _ if cx.is_component(cx.core(variant.ty)) || cx.is_nullable(variant.ty) => None,
            Shape::Never => None,
            shape => scalar(shape, cx.options),
        });
    let first = all.next()??;
    all.all(|ty| ty.as_ref() == Some(&first)).then_some(first)
}

/// The enum of a union, or what its variants are where they all are the same.
///
/// `owner` is the words of the union's own name, which names of variants do not repeat.
pub(super) fn lower(cx: &mut Context<'_>, id: TypeId, union: &ir::Union, owner: &[String]) -> TypeBody {
    if let Some(ty) = common_scalar(cx, union) {
        return TypeBody::Alias(ty);
    }
    let kept = kept(cx, union);
    let mut scope = Scope::new(Case::Pascal, &[]);
    let renamed: Vec<Option<Ident>> = kept
        .iter()
        .map(|kept| renamed(cx, &mut scope, id, union, kept))
        .collect();
    // One that looked like another of the same type stands alone now.
    let is_choice = kept.iter().filter(|kept| kept.variant.alike).count() > 1;
    let place = cx.identities.of_type(id);
    let mut places: BTreeMap<Identity, usize> = BTreeMap::new();
    let members = kept.iter().zip(renamed).map(|(kept, renamed)| {
        let place = variant_place(cx, &place, id, kept);
        let number = places.entry(place.clone()).or_default();
        *number += 1;
        Member {
            renamed,
            ..Member::new(place.numbered(*number), candidates(cx, kept, owner))
        }
    });
    let members: Vec<Member> = members.chain([unknown(&place)]).collect();
    let mut names = cx.memory.members(&mut scope, members);
    let unknown = names.pop().unwrap_or_else(|| scope.ident(&words(UNKNOWN)));
    let variants = kept
        .into_iter()
        .zip(names)
        .map(|(Kept { ty, only, variant }, name)| UnionVariant {
            docs: docs::variant(cx, &name, variant.ty, only.as_ref()),
            deprecated: deprecation(cx, variant.ty),
            name,
            source: variant.ty,
            conditions: variant.conditions.clone(),
            adds: added(cx, union, variant.ty),
            alike: variant.alike && is_choice,
            ty,
            constant: only.map(|only| only.value),
        })
        .collect();
    TypeBody::Union(Union {
        variants,
        unknown,
        exclusive: exclusive::is_exclusive(cx, union),
        discriminator: union
            .discriminator
            .as_ref()
            .map(|discriminator| discriminator.property.clone()),
    })
}

/// The discriminator, where the objects of a branch do not have it.
fn added(cx: &Context<'_>, union: &ir::Union, variant: TypeId) -> Option<String> {
    let property = &union.discriminator.as_ref()?.property;
    match cx.shape(cx.resolve(variant)) {
        Shape::Object(object) if object.fields.iter().all(|field| field.name != *property) => Some(property.clone()),
        _ => None,
    }
}

/// That a branch without a definition of its own is deprecated.
fn deprecation(cx: &Context<'_>, id: TypeId) -> Option<Deprecation> {
    let ty = cx.ty(id).filter(|_| cx.item(id).is_none());
    ty.and_then(|ty| Deprecation::of(&ty.docs))
}

/// A variant that an enum has.
struct Kept<'a> {
    ty: RustType,
    /// Its only value, where it holds nothing for that.
    only: Option<EnumValue>,
    variant: &'a ir::Variant,
}

/// The variants without those that are said by others.
fn kept<'a>(cx: &mut Context<'_>, union: &'a ir::Union) -> Vec<Kept<'a>> {
    let mut kept: Vec<Kept<'a>> = Vec::new();
    for variant in &union.variants {
        let only = only_value(cx, variant);
        let ty = match only {
            Some(_) => RustType::Unit,
            None => written::reference(cx, variant.ty),
        };
        let is_same = |first: &Kept<'_>| {
            let first_conditions = &first.variant.conditions;
            let is_told = variant.conditions == *first_conditions || first_conditions.is_empty();
            first.ty == ty && first.only == only && is_told
        };
        if !kept.iter().any(is_same) {
            kept.push(Kept { ty, only, variant });
        }
    }
    kept
}

/// The only value of a variant that needs no type of its own for it: an unnamed schema with one text, boolean or whole
/// number that is not negative, to which the user gives no name.
pub(super) fn only_value(cx: &Context<'_>, variant: &ir::Variant) -> Option<EnumValue> {
    let core = cx.core(variant.ty);
    let has_name = |id: TypeId| cx.is_component(id) || cx.renames.of_type(id).is_some();
    if has_name(variant.ty) || has_name(core) || cx.is_nullable(variant.ty) {
        return None;
    }
    let only = match cx.shape(core) {
        Shape::Const(value) => enums::only(value),
        Shape::Enum(ir::Enum { values, open: false }) => match values.as_slice() {
            [only] => only.clone(),
            _ => return None,
        },
        _ => return None,
    };
    // A sign would be a token of its own in the codec.
    let is_negative = only.value.to_string().starts_with('-');
    (structs::is_literal(&only.value) && !is_negative).then_some(only)
}

/// The name that the user gives to a variant: to one that is a named schema by `oneOf` or `anyOf` and the name of the
/// schema below the union, to one of a single value as to values of enums. Others are called after their types.
fn renamed(
    cx: &mut Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    union: &ir::Union,
    Kept { only, variant, .. }: &Kept<'_>,
) -> Option<Ident> {
    if cx.renames.is_empty() {
        return None;
    }
    if let Some(only) = only {
        return enums::renamed(cx, scope, cx.core(variant.ty), std::slice::from_ref(only)).remove(&0);
    }
    let Origin::Component(schema) = &cx.ty(variant.ty)?.origin else {
        return None;
    };
    let place = pointer::joined(&pointer::of_type(cx, id), &[pointer::keyword(union.mode), schema]);
    let name = cx.renames.get(&place, Case::Pascal)?;
    renames::give(cx, scope, &place, name)
}

/// The place of a variant: below its union by the name of its schema, by what it is called after, or by its type.
fn variant_place(cx: &Context<'_>, owner: &Identity, union: TypeId, kept: &Kept<'_>) -> Identity {
    let Kept { ty, only, variant } = kept;
    match cx.ty(variant.ty).map(|ty| &ty.origin) {
        Some(Origin::Component(schema)) => owner.inside(&["variants", schema]),
        _ => {
            let step = variant_step(cx, union, variant.name.as_deref(), variant.ty);
            let kind = match ty {
                RustType::Named(_) => Vec::new(),
                _ if only.is_some() => Vec::new(),
                ty => type_words(cx, ty),
            };
            owner.inside(&["variants", &step, &kind.join(" ")])
        }
    }
}

/// What a variant can be named: what the document suggests, its only value or the name of its type, what its values are.
fn candidates(cx: &Context<'_>, Kept { ty, only, variant }: &Kept<'_>, owner: &[String]) -> Vec<Vec<String>> {
    let suggested = variant.name.as_deref().map(words);
    if let Some(only) = only {
        let suggested = suggested.map(|words| without_prefix(words, owner));
        return suggested.into_iter().chain(enums::candidates(cx, only)).collect();
    }
    let of_type = type_words(cx, ty);
    let telling = telling_words(&variant.conditions);
    suggested
        .into_iter()
        .map(|words| without_prefix(words, owner))
        .chain([without_prefix(of_type.clone(), owner)])
        .chain(telling)
        .chain([of_type])
        .collect()
}

fn without_prefix(words: Vec<String>, prefix: &[String]) -> Vec<String> {
    match words.strip_prefix(prefix) {
        Some(rest) if !rest.is_empty() && !rest.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit())) => {
            rest.to_vec()
        }
        _ => words,
    }
}

/// Words for what values of a type are.
fn type_words(cx: &Context<'_>, ty: &RustType) -> Vec<String> {
    let name = match ty {
        RustType::Named(item) => {
            // Variants are called the same in requests as in responses.
            let definition = cx.definition(*item);
            let response = definition.and_then(|definition| cx.definition(definition.response?));
            return response
                .or(definition)
                .map(|definition| words(definition.name.unraw()))
                .unwrap_or_default();
        }
        RustType::List(item) => return list_words(cx, item),
        RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => return type_words(cx, inner),
        RustType::Unit => "null",
        RustType::Bool => "boolean",
        RustType::F64 | RustType::Number => "number",
        RustType::String => "string",
        RustType::Value => "any",
        RustType::DateTime => "date time",
        RustType::Date => "date",
        RustType::Uuid => "uuid",
        RustType::Uri => "uri",
        RustType::Secret => "secret",
        RustType::Base64 | RustType::Base64Url => "bytes",
        RustType::IpAddr => "ip",
        RustType::Ipv4Addr => "ipv4",
        RustType::Ipv6Addr => "ipv6",
        RustType::Extern(path) => last_segment(path),
        RustType::Map(_) | RustType::KeyedMap(..) => "map",
        RustType::Tuple(_) => "tuple",
        _ => "integer",
    };
    words(name)
}

/// The name of a type without its path and arguments.
fn last_segment(path: &str) -> &str {
    let plain = path.split('<').next().unwrap_or(path);
    plain.rsplit("::").next().unwrap_or(plain).trim()
}

fn list_words(cx: &Context<'_>, item: &RustType) -> Vec<String> {
    match item {
        RustType::List(_) | RustType::Value => words("list"),
        item => [type_words(cx, item), words("list")].concat(),
    }
}
