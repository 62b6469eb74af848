//! Arrays whose first items have types of their own.

use specsmith_ir::Tuple;

use super::context::Context;
use super::scalar::is_same;
use super::written;
use crate::model::{RustType, TupleItem, TupleItemKind, TupleStruct};

/// The longest tuple that std implements its traits for.
const MAX_TUPLE: usize = 12;

/// What such an array becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A tuple of Rust.
    Tuple,
    /// A list, since all items have the same type.
    List,
    /// A struct that is an array in JSON.
    Struct,
}

/// What an array becomes. Items in front are there unless the document says that fewer are enough.
pub(super) fn form(cx: &Context<'_>, tuple: &Tuple) -> Form {
    let count = tuple.items.len();
    if count == 0 {
        return Form::List;
    }
    if required(tuple) == count && rest(tuple).is_none() {
        return match count {
            1..=MAX_TUPLE => Form::Tuple,
            _ => Form::Struct,
        };
    }
    let mut types = tuple.items.iter().chain(&tuple.rest);
    let is_uniform = types
        .next()
        .is_some_and(|first| types.all(|ty| is_same(cx, *first, *ty)));
    match is_uniform {
        true => Form::List,
        false => Form::Struct,
    }
}

/// The struct that is an array in JSON.
pub(super) fn lower(cx: &mut Context<'_>, tuple: &Tuple) -> TupleStruct {
    let required = required(tuple);
    let mut items = Vec::new();
    for (place, ty) in tuple.items.iter().enumerate() {
        let ty = written::reference(cx, *ty);
        items.push(match place < required {
            true => TupleItem {
                ty,
                kind: TupleItemKind::Required,
            },
            false => TupleItem {
                ty: RustType::Option(Box::new(ty)),
                kind: TupleItemKind::Optional,
            },
        });
    }
    if let Some(rest) = rest(tuple) {
        items.push(TupleItem {
            ty: RustType::List(Box::new(written::reference(cx, rest))),
            kind: TupleItemKind::Rest,
        });
    }
    TupleStruct { items }
}

/// How many of the first items must be there.
fn required(tuple: &Tuple) -> usize {
    let least = tuple
        .min_items
        .map(|least| usize::try_from(least).unwrap_or(usize::MAX));
    least.unwrap_or(usize::MAX).min(tuple.items.len())
}

/// The type of further items, where there can be some.
fn rest(tuple: &Tuple) -> Option<specsmith_ir::TypeId> {
    let most = tuple.max_items.and_then(|most| usize::try_from(most).ok());
    tuple.rest.filter(|_| most.is_none_or(|most| most > tuple.items.len()))
}
