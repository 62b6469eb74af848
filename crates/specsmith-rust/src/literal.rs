//! Values of a document as Rust expressions.

mod dates;
mod structs;

use std::cell::RefCell;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use specsmith_ir::{Number, Value};

pub use dates::calendar_date;
use dates::is_date_time;

use crate::Dates;
use crate::model::{EnumBase, Model, RustType, TypeBody, TypeItemId, Union, UnionVariant, ValueEnum};

/// How deep values may be nested; what is deeper is no example for a person to read.
const DEPTH: usize = 16;

/// An expression, and the types that it names.
#[derive(Debug, Clone)]
pub struct Expression {
    /// The expression.
    pub tokens: TokenStream,
    /// What [`types::import`](crate::types::import) must make known for it; a type can be there more than once.
    pub names: Vec<RustType>,
}

/// A value as an expression of a type, as a caller of the generated crate would write it; `None` where the value is
/// not one of the type.
///
/// Dates and ids are parsed from text and unwrapped, since there is no other way to write them.
pub fn expression(model: &Model, ty: &RustType, value: &Value) -> Option<Expression> {
    let names = RefCell::default();
    let expressions = Expressions {
        model,
        names: &names,
        depth: 0,
    };
    let tokens = expressions.of(ty, value)?;
    Some(Expression {
        tokens,
        names: names.into_inner(),
    })
}

/// A string, whole number, other number or boolean as a Rust literal; `None` for all else, and for numbers that no
/// literal holds exactly.
pub(crate) fn scalar(value: &Value) -> Option<TokenStream> {
    match value {
        Value::Boolean(value) => Some(quote!(#value)),
        Value::String(text) => Some(quote!(#text)),
        Value::Number(number) if number.is_integer() => integer(number.as_i64()?.into()),
        Value::Number(number) => float(number),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// How deep values are at most that `serde_json` reads.
pub(crate) const MAX_JSON_DEPTH: usize = 127;

/// Any value as an expression that is turned into a `serde_json::Value` in the lines of `codec!`.
pub(crate) fn json(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(()),
        value => scalar(value).unwrap_or_else(|| {
            let text = value.to_string();
            quote!(json(#text))
        }),
    }
}

fn integer(value: i128) -> Option<TokenStream> {
    let literal = Literal::i128_unsuffixed(value.abs());
    let sign = (value < 0).then(|| quote!(-));
    Some(quote!(#sign #literal))
}

fn float(number: &Number) -> Option<TokenStream> {
    let value = number.as_f64()?;
    let literal = Literal::f64_unsuffixed(value.abs());
    let sign = value.is_sign_negative().then(|| quote!(-));
    Some(quote!(#sign #literal))
}

/// Makes expressions of one model.
#[derive(Clone, Copy)]
struct Expressions<'a> {
    model: &'a Model,
    names: &'a RefCell<Vec<RustType>>,
    depth: usize,
}

impl<'a> Expressions<'a> {
    /// Notes that the expression names a type.
    fn name(self, ty: RustType) {
        self.names.borrow_mut().push(ty);
    }

    fn of(self, ty: &RustType, value: &Value) -> Option<TokenStream> {
        let inner = Self {
            depth: self.depth + 1,
            ..self
        };
        if inner.depth > DEPTH {
            return None;
        }
        match (ty, value) {
            (RustType::Unit, Value::Null) => Some(quote!(())),
            (RustType::Bool, Value::Boolean(value)) => Some(quote!(#value)),
            (ty, Value::Number(number)) if ty.is_integer() => whole_number(ty, number),
            (RustType::F64, Value::Number(number)) => float(number),
            (RustType::String, Value::String(text)) => Some(quote!(#text.to_owned())),
            (RustType::Value, value) if value.depth() <= MAX_JSON_DEPTH => {
                self.name(RustType::Value);
                Some(any_value(value))
            }
            (RustType::Number, Value::Number(number)) => {
                let text = number.as_str();
                Some(quote!(#text.parse().unwrap()))
            }
            (RustType::DateTime, Value::String(text)) if is_date_time(text) => Some(quote!(#text.parse().unwrap())),
            (RustType::Date, Value::String(text)) => self.date(text),
            (RustType::Uuid, Value::String(text)) if is_uuid(text) => Some(quote!(#text.parse().unwrap())),
            (RustType::Uri, Value::String(text)) => {
                self.name(RustType::Uri);
                Some(quote!(Uri::from(#text)))
            }
            (RustType::Secret, Value::String(text)) => {
                self.name(RustType::Secret);
                Some(quote!(SecretString::from(#text)))
            }
            (RustType::Base64 | RustType::Base64Url, Value::String(text)) if is_base64(text) => {
                Some(quote!(#text.parse().unwrap()))
            }
            (RustType::IpAddr, Value::String(text)) => parsed::<IpAddr>(text),
            (RustType::Ipv4Addr, Value::String(text)) => parsed::<Ipv4Addr>(text),
            (RustType::Ipv6Addr, Value::String(text)) => parsed::<Ipv6Addr>(text),
            (RustType::Named(id), value) => inner.named(*id, value),
            (RustType::List(item), Value::Array(items)) => {
                let items: Vec<_> = items.iter().map(|value| inner.of(item, value)).collect::<Option<_>>()?;
                Some(if items.is_empty() {
                    quote!(Vec::new())
                } else {
                    quote!(vec![#(#items),*])
                })
            }
            (RustType::Map(ty), Value::Object(members)) => inner.map(ty, members),
            (RustType::Tuple(types), Value::Array(items)) if types.len() == items.len() => {
                let items = types.iter().zip(items).map(|(ty, value)| inner.of(ty, value));
                let items: Vec<_> = items.collect::<Option<_>>()?;
                let comma = (items.len() == 1).then(|| quote!(,));
                Some(quote!((#(#items),* #comma)))
            }
            (RustType::Option(_), Value::Null) => Some(quote!(None)),
            (RustType::Option(ty), value) => inner.of(ty, value).map(|value| quote!(Some(#value))),
            (RustType::Nullable(ty), value) => {
                self.name(RustType::Nullable(Box::new(RustType::Unit)));
                match value {
                    Value::Null => Some(quote!(Nullable::Null)),
                    value => inner.of(ty, value).map(|value| quote!(Nullable::Value(#value))),
                }
            }
            (RustType::Boxed(ty), value) => inner.boxed(ty, value),
            _ => None,
        }
    }

    fn boxed(self, ty: &RustType, value: &Value) -> Option<TokenStream> {
        let known = self.names.borrow().len();
        let value = self.of(ty, value)?;
        if value.to_string().ends_with(":: default ()") {
            self.names.borrow_mut().truncate(known);
            return Some(quote!(Box::default()));
        }
        Some(quote!(Box::new(#value)))
    }

    fn date(self, text: &str) -> Option<TokenStream> {
        let (year, month, day) = calendar_date(text)?;
        Some(match self.model.dates {
            Dates::Time => {
                let (year, month, day) = (integer(year.into())?, format_ident!("{month}"), integer(day.into())?);
                quote!(time::Date::from_calendar_date(#year, time::Month::#month, #day).unwrap())
            }
            _ => quote!(#text.parse().unwrap()),
        })
    }

    fn map(self, ty: &RustType, members: &[(String, Value)]) -> Option<TokenStream> {
        self.name(RustType::Map(Box::new(RustType::Unit)));
        if members.is_empty() {
            return Some(quote!(BTreeMap::new()));
        }
        let entries = members.iter().map(|(name, value)| {
            let value = self.of(ty, value)?;
            Some(quote!((#name.to_owned(), #value)))
        });
        let entries: Vec<_> = entries.collect::<Option<_>>()?;
        Some(quote!(BTreeMap::from([#(#entries),*])))
    }

    fn named(self, id: TypeItemId, value: &Value) -> Option<TokenStream> {
        let item = self.model.ty(id);
        let name = &item.name;
        if !matches!(item.body, TypeBody::Alias(_)) {
            self.name(RustType::Named(id));
        }
        match &item.body {
            TypeBody::Alias(ty) => self.of(ty, value),
            TypeBody::Newtype(ty) => self.of(ty, value).map(|value| quote!(#name(#value))),
            TypeBody::Struct(body) => self.structure(name, body, value),
            TypeBody::Enum(body) => {
                let variant = variant_of(body, value)?;
                Some(quote!(#name::#variant))
            }
            TypeBody::Tuple(body) => self.tuple(name, body, value),
            TypeBody::Union(body) => {
                let (variant, inner) = self.union_variant(body, value)?;
                let variant = &variant.name;
                Some(match inner {
                    Some(inner) => quote!(#name::#variant(#inner)),
                    None => quote!(#name::#variant),
                })
            }
        }
    }

    /// The first variant whose conditions hold and whose type the value is one of.
    fn union_variant(self, body: &'a Union, value: &Value) -> Option<(&'a UnionVariant, Option<TokenStream>)> {
        let fitting = body
            .variants
            .iter()
            .filter(|variant| variant.conditions.iter().all(|it| it.holds(value)));
        fitting
            .map(|variant| match (&variant.ty, value) {
                (RustType::Unit, value) => variant.is_for(value).then_some((variant, None)),
                (ty, value) => Some((variant, Some(self.attempt(ty, value)?))),
            })
            .find_map(|found| found)
    }

    /// As [`of`](Self::of), but a value that is not of the type leaves no names behind.
    fn attempt(self, ty: &RustType, value: &Value) -> Option<TokenStream> {
        let known = self.names.borrow().len();
        let found = self.of(ty, value);
        if found.is_none() {
            self.names.borrow_mut().truncate(known);
        }
        found
    }
}

fn whole_number(ty: &RustType, number: &Number) -> Option<TokenStream> {
    let value = number.as_i128()?;
    let fits = match ty {
        RustType::I8 => i8::try_from(value).is_ok(),
        RustType::I16 => i16::try_from(value).is_ok(),
        RustType::I32 => i32::try_from(value).is_ok(),
        RustType::I64 => i64::try_from(value).is_ok(),
        RustType::U8 => u8::try_from(value).is_ok(),
        RustType::U16 => u16::try_from(value).is_ok(),
        RustType::U32 => u32::try_from(value).is_ok(),
        _ => u64::try_from(value).is_ok(),
    };
    if fits { integer(value) } else { None }
}

/// A text that is parsed into a type of std, where it is one.
fn parsed<T: FromStr>(text: &str) -> Option<TokenStream> {
    text.parse::<T>().is_ok().then(|| quote!(#text.parse().unwrap()))
}

fn any_value(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(Value::Null),
        value => match scalar(value) {
            Some(literal) => quote!(Value::from(#literal)),
            None => {
                let text = value.to_string();
                quote!(#text.parse::<Value>().unwrap())
            }
        },
    }
}

/// The variant of an enum of values, or of what has its other name.
pub(crate) fn variant<'a>(model: &'a Model, id: TypeItemId, value: &Value) -> Option<&'a crate::Ident> {
    match &model.ty(id).body {
        TypeBody::Alias(RustType::Named(other)) => variant(model, *other, value),
        TypeBody::Enum(body) => variant_of(body, value),
        _ => None,
    }
}

fn variant_of<'a>(body: &'a ValueEnum, value: &Value) -> Option<&'a crate::Ident> {
    let same = |other: &Value| match (body.base, other, value) {
        (EnumBase::Integer, Value::Number(one), Value::Number(other)) => one.as_i128() == other.as_i128(),
        (_, one, other) => one == other,
    };
    body.variants
        .iter()
        .find(|variant| same(&variant.value))
        .map(|variant| &variant.name)
}

pub(crate) fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let hex = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(hex)
}

/// Whether a text is base64 in either alphabet, with the bits beyond its last byte zero.
fn is_base64(text: &str) -> bool {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.trim_end_matches('=');
    let padded = digits.len() == text.len() || (text.len() - digits.len() <= 2 && text.len().is_multiple_of(4));
    let sextet = |digit: char| {
        ALPHABET.find(if digit == '-' {
            '+'
        } else if digit == '_' {
            '/'
        } else {
            digit
        })
    };
    let unused = match digits.len() % 4 {
        0 => 1,
        2 => 16,
        3 => 4,
        _ => return false,
    };
    let last = digits.chars().last().and_then(sextet).unwrap_or(0);
    padded && digits.chars().all(|digit| sextet(digit).is_some()) && last.is_multiple_of(unused)
}

#[cfg(test)]
#[path = "literal/tests.rs"]
mod tests;
