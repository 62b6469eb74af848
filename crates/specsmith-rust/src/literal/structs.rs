//! Objects as struct expressions.

use proc_macro2::TokenStream;
use quote::quote;
use specsmith_ir::Value;

use super::Expressions;
use crate::Ident;
use crate::model::{FieldKind, RustType, Struct};

impl Expressions<'_> {
    /// `Book::new(..)` where only required members are given, and a block that sets the fields of all others.
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
        let mut assignments = Vec::new();
        for field in &body.fields {
            let member = value.get(&field.wire);
            match (field.kind, member) {
                (FieldKind::Required, None) => return None,
                (FieldKind::Required, Some(member)) if field.tag.as_ref() == Some(member) => {}
                (FieldKind::Required, Some(member)) if field.is_argument() => {
                    arguments.push(self.argument(&field.ty, member)?)
                }
                (_, None) => {}
                (_, Some(member)) => {
                    let (name, member) = (&field.name, self.of(&field.ty, member)?);
                    assignments.push(quote!(value.#name = #member;));
                }
            }
        }
        if let Some(rest) = &body.rest {
            let known = |name: &str| {
                body.fields.iter().any(|field| field.wire == name)
                    || body.constants.iter().any(|(constant, _)| constant == name)
            };
            let others: Vec<_> = members.iter().filter(|(name, _)| !known(name)).cloned().collect();
            if !others.is_empty() {
                let (name, others) = (&rest.name, self.map(&rest.values, &others)?);
                assignments.push(quote!(value.#name = #others;));
            }
        }
        let new = if body.arguments().next().is_some() {
            quote!(#name::new(#(#arguments),*))
        } else {
            quote!(#name::default())
        };
        Some(if assignments.is_empty() {
            new
        } else {
            quote!({
                let mut value = #new;
                #(#assignments)*
                value
            })
        })
    }

    /// The argument of a constructor, which takes texts as `impl Into` and boxes by itself.
    fn argument(self, ty: &RustType, value: &Value) -> Option<TokenStream> {
        match (ty, value) {
            (RustType::String | RustType::Uri, Value::String(text)) => Some(quote!(#text)),
            (RustType::Boxed(inner), value) => self.of(inner, value),
            (ty, value) => self.of(ty, value),
        }
    }
}
