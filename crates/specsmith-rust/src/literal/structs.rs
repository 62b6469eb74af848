//! Objects as struct expressions.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::Value;

use super::Expressions;
use crate::Ident;
use crate::model::{FieldKind, RustType, Struct, TupleItemKind, TupleStruct};

impl Expressions<'_> {
    /// `Book::new(..)` where only required members are given, and a struct expression on top of it for all others.
    pub(super) fn structure(self, name: &Ident, body: &Struct, value: &Value) -> Option<TokenStream> {
        let Value::Object(members) = value else { return None };
        if body
            .constants
            .iter()
            .any(|(name, constant)| value.get(name).is_some_and(|value| value != constant))
        {
            return None;
        }
        let mut arguments = Vec::new();
        let mut set = Vec::new();
        for field in &body.fields {
            let member = value.get(&field.wire);
            match (field.kind, member) {
                (FieldKind::Required, None) => return None,
                (FieldKind::Required, Some(member)) if field.fixed.as_ref() == Some(member) => {}
                (FieldKind::Required, Some(member)) if field.is_argument() => {
                    arguments.push(self.argument(&field.ty, member)?)
                }
                (_, None) => {}
                (_, Some(member)) => {
                    let (name, member) = (&field.name, self.of(&field.ty, member)?);
                    set.push(quote!(#name: #member));
                }
            }
        }
        if body.maps().next().is_some() {
            let known = |name: &str| {
                body.fields.iter().any(|field| field.wire == name)
                    || body.constants.iter().any(|(constant, _)| constant == name)
            };
            for map in body.maps() {
                let others = members.iter().filter(|(name, _)| !known(name));
                let others = others.filter(|(name, _)| body.map_of(name).is_some_and(|of| of.name == map.name));
                let others: Vec<_> = others.cloned().collect();
                if !others.is_empty() {
                    let (name, others) = (&map.name, self.map(&map.values, &others)?);
                    set.push(quote!(#name: #others));
                }
            }
        }
        let new = if body.arguments().next().is_some() {
            quote!(#name::new(#(#arguments),*))
        } else {
            quote!(#name::default())
        };
        let all = body.fields.len() + body.maps().count();
        Some(match set.len() {
            0 => new,
            given if given == all => quote!(#name { #(#set),* }),
            _ => quote!(#name { #(#set,)* ..#new }),
        })
    }

    /// A struct that is an array in JSON.
    pub(super) fn tuple(self, name: &Ident, body: &TupleStruct, value: &Value) -> Option<TokenStream> {
        let Value::Array(values) = value else { return None };
        let mut values = values.iter();
        let items = body.items.iter().map(|item| match (item.kind, values.next()) {
            (TupleItemKind::Required, value) => self.of(&item.ty, value?),
            (TupleItemKind::Optional, value) => Some(match value {
                Some(value) => self.of(&item.ty, value)?,
                None => quote!(None),
            }),
            (TupleItemKind::Rest, first) => {
                let rest = first.into_iter().chain(values.by_ref()).cloned().collect();
                self.of(&item.ty, &Value::Array(rest))
            }
        });
        let items = items.collect::<Option<Vec<_>>>()?;
        values.next().is_none().then(|| quote!(#name(#(#items),*)))
    }

    /// The argument of a constructor, which takes texts as `impl Into` and boxes by itself.
    fn argument(self, ty: &RustType, value: &Value) -> Option<TokenStream> {
        match (ty, value) {
            (ty, Value::String(text)) if self.model.takes_text(ty) => Some(quote!(#text)),
            (RustType::Boxed(inner), value) => self.of(inner, value),
            (ty, value) => self.of(ty, value),
        }
    }
}
