//! Enums of types.

use std::collections::BTreeMap;

use specsmith_ir::{self as ir, Origin, Shape, TypeId};

use super::context::Context;
use super::enums::{UNKNOWN, unknown};
use super::identity::Identity;
use super::memory::Member;
use super::place::{telling_words, variant_step};
use super::scalar::scalar;
use super::{docs, exclusive, pointer, renames, written};
use crate::Ident;
use crate::model::{RustType, TypeBody, Union, UnionVariant};
use crate::naming::{Case, Scope, words};

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
    let mut kept: Vec<(RustType, &ir::Variant)> = Vec::new();
    for variant in &union.variants {
        let ty = written::reference(cx, variant.ty);
        let is_same = |(other, first): &(RustType, &ir::Variant)| {
            *other == ty && (variant.conditions == first.conditions || first.conditions.is_empty())
        };
        if !kept.iter().any(is_same) {
            kept.push((ty, variant));
        }
    }
    let mut scope = Scope::new(Case::Pascal, &[]);
    let renamed: Vec<Option<Ident>> = kept
        .iter()
        .map(|(_, variant)| renamed(cx, &mut scope, id, union, variant))
        .collect();
    // One that looked like another of the same type stands alone now.
    let is_choice = kept.iter().filter(|(_, variant)| variant.alike).count() > 1;
    let place = cx.identities.of_type(id);
    let mut places: BTreeMap<Identity, usize> = BTreeMap::new();
    let members = kept.iter().zip(renamed).map(|((ty, variant), renamed)| {
        let place = variant_place(cx, &place, id, ty, variant);
        let number = places.entry(place.clone()).or_default();
        *number += 1;
        Member {
            renamed,
            ..Member::new(place.numbered(*number), candidates(cx, ty, variant, owner))
        }
    });
    let members: Vec<Member> = members.chain([unknown(&place)]).collect();
    let mut names = cx.memory.members(&mut scope, members);
    let unknown = names.pop().unwrap_or_else(|| scope.ident(&words(UNKNOWN)));
    let variants = kept
        .into_iter()
        .zip(names)
        .map(|((ty, variant), name)| UnionVariant {
            docs: docs::variant(cx, &name, variant.ty),
            name,
            source: variant.ty,
            conditions: variant.conditions.clone(),
            alike: variant.alike && is_choice,
            ty,
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

/// The name that the user gives to a variant that is a named schema: by `oneOf` or `anyOf` and the name of the schema
/// below the union. Others are called after their types.
fn renamed(
    cx: &mut Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    union: &ir::Union,
    variant: &ir::Variant,
) -> Option<Ident> {
    if cx.renames.is_empty() {
        return None;
    }
    let Origin::Component(schema) = &cx.ty(variant.ty)?.origin else {
        return None;
    };
    let place = pointer::joined(&pointer::of_type(cx, id), &[pointer::keyword(union.mode), schema]);
    let name = cx.renames.get(&place, Case::Pascal)?;
    renames::give(cx, scope, &place, name)
}

/// The place of a variant: below its union by the name of its schema, by what it is called after, or by its type.
fn variant_place(cx: &Context<'_>, owner: &Identity, union: TypeId, ty: &RustType, variant: &ir::Variant) -> Identity {
    match cx.ty(variant.ty).map(|ty| &ty.origin) {
        Some(Origin::Component(schema)) => owner.inside(&["variants", schema]),
        _ => {
            let step = variant_step(cx, union, variant.name.as_deref(), variant.ty);
            let kind = match ty {
                RustType::Named(_) => Vec::new(),
                ty => type_words(cx, ty),
            };
            owner.inside(&["variants", &step, &kind.join(" ")])
        }
    }
}

/// What a variant can be named: what the document suggests, the name of its type, what its values are.
fn candidates(cx: &Context<'_>, ty: &RustType, variant: &ir::Variant, owner: &[String]) -> Vec<Vec<String>> {
    let suggested = variant.name.as_deref().map(words);
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
