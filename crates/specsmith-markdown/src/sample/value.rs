//! Values of the document as Rust values of the client's types.

use std::collections::BTreeSet;

use specsmith_ir::{Kind, Number, Value};
use specsmith_rust::Dates;
use specsmith_rust::literal::calendar_date;
use specsmith_rust::model::{EnumBase, Field, FieldKind, RustType, Struct, TypeBody, TypeItem, Union, ValueEnum};

use super::expr::{Expr, literal};
use crate::context::Context;

/// How deep values are written.
const MAX_DEPTH: usize = 24;
/// How many statements a sample has before it reads JSON instead.
const MAX_STATEMENTS: usize = 40;

/// Statements that make values, and what they need to be imported.
#[derive(Clone)]
pub(super) struct Builder<'c, 'a> {
    pub(super) cx: &'c Context<'a>,
    pub(super) statements: Vec<String>,
    /// Types of the client.
    pub(super) types: BTreeSet<String>,
    /// Other imports, as paths.
    pub(super) imports: BTreeSet<String>,
    variables: BTreeSet<String>,
    depth: usize,
}

impl<'c, 'a> Builder<'c, 'a> {
    pub(super) fn new(cx: &'c Context<'a>) -> Self {
        Self {
            cx,
            statements: Vec::new(),
            types: BTreeSet::new(),
            imports: BTreeSet::new(),
            variables: ["body", "client", "response"].map(str::to_owned).into(),
            depth: 0,
        }
    }

    /// The value as an expression of a type; `None` where it is none of the type. `hint` names variables.
    pub(super) fn value(&mut self, ty: &RustType, value: &Value, hint: &str) -> Option<Expr> {
        if self.depth >= MAX_DEPTH || self.statements.len() > MAX_STATEMENTS {
            return None;
        }
        self.depth += 1;
        let expr = self.any(ty, value, hint);
        self.depth -= 1;
        expr
    }

    fn any(&mut self, ty: &RustType, value: &Value, hint: &str) -> Option<Expr> {
        match (ty, value) {
            (RustType::Unit, Value::Null) => Some(Expr::atom("()")),
            (RustType::Bool, Value::Boolean(value)) => Some(Expr::atom(value.to_string())),
            (ty, Value::Number(number)) if ty.is_integer() => whole_number(ty, number),
            (RustType::F64, Value::Number(number)) => number.as_f64().map(|n| Expr::atom(format!("{n:?}"))),
            (RustType::Number, Value::Number(number)) => number.as_i64().map(|n| Expr::atom(format!("{n}.into()"))),
            (RustType::String, Value::String(text)) => Some(Expr::atom(format!("{}.to_owned()", literal(text)))),
            (RustType::Uri | RustType::Secret, Value::String(text)) => {
                Some(Expr::atom(format!("{}.into()", literal(text))))
            }
            (RustType::Date, Value::String(text)) if self.cx.model.dates == Dates::Time => {
                let (year, month, day) = calendar_date(text)?;
                let month = format!("time::Month::{month}");
                let call = format!("time::Date::from_calendar_date({year}, {month}, {day})?");
                Some(Expr::atom(call))
            }
            (
                RustType::DateTime
                | RustType::Date
                | RustType::Uuid
                | RustType::Base64
                | RustType::Base64Url
                | RustType::IpAddr
                | RustType::Ipv4Addr
                | RustType::Ipv6Addr,
                Value::String(text),
            ) => Some(Expr::atom(format!("{}.parse()?", literal(text)))),
            (RustType::Value, value) => Some(Expr::Group("serde_json::json!(".to_owned(), vec![json(value)?], ")")),
            (RustType::List(item), Value::Array(items)) => {
                Some(Expr::Group("vec![".to_owned(), self.items(item, items, hint)?, "]"))
            }
            (RustType::Map(inner), Value::Object(members)) => self.map(inner, members, hint),
            (RustType::Tuple(types), Value::Array(items)) => self.tuple(types, items, hint),
            (RustType::Option(_), Value::Null) => Some(Expr::atom("None")),
            (RustType::Option(inner), value) => Some(Expr::call("Some", vec![self.value(inner, value, hint)?])),
            (RustType::Nullable(inner), value) => {
                self.types.insert("Nullable".to_owned());
                match value {
                    Value::Null => Some(Expr::atom("Nullable::Null")),
                    value => Some(Expr::call("Nullable::Value", vec![self.value(inner, value, hint)?])),
                }
            }
            (RustType::Boxed(inner), value) => self.boxed(inner, value, hint),
            (RustType::Named(id), value) => self.named(self.cx.model.ty(*id), value, hint),
            _ => None,
        }
    }

    fn boxed(&mut self, inner: &RustType, value: &Value, hint: &str) -> Option<Expr> {
        let before = self.types.clone();
        match self.value(inner, value, hint)? {
            Expr::Atom(text) if text.ends_with("::default()") => {
                self.types = before;
                Some(Expr::atom("Box::default()"))
            }
            expr => Some(Expr::call("Box::new", vec![expr])),
        }
    }

    /// Values of a list.
    pub(super) fn items(&mut self, ty: &RustType, items: &[Value], hint: &str) -> Option<Vec<Expr>> {
        let hint = format!("{hint}_item");
        items.iter().map(|item| self.value(ty, item, &hint)).collect()
    }

    fn map(&mut self, inner: &RustType, members: &[(String, Value)], hint: &str) -> Option<Expr> {
        self.imports.insert("std::collections::BTreeMap".to_owned());
        if members.is_empty() {
            return Some(Expr::atom("BTreeMap::new()"));
        }
        let hint = format!("{hint}_value");
        let pairs = members.iter().map(|(name, value)| {
            let name = Expr::atom(format!("{}.to_owned()", literal(name)));
            Some(Expr::Group(
                "(".to_owned(),
                vec![name, self.value(inner, value, &hint)?],
                ")",
            ))
        });
        let pairs = pairs.collect::<Option<Vec<_>>>()?;
        Some(Expr::Group("BTreeMap::from([".to_owned(), pairs, "])"))
    }

    fn tuple(&mut self, types: &[RustType], items: &[Value], hint: &str) -> Option<Expr> {
        if types.len() != items.len() {
            return None;
        }
        let values = types.iter().zip(items).map(|(ty, item)| self.value(ty, item, hint));
        let values = values.collect::<Option<Vec<_>>>()?;
        match values.as_slice() {
            [_] => Some(Expr::Group("(".to_owned(), values, ",)")),
            _ => Some(Expr::Group("(".to_owned(), values, ")")),
        }
    }

    /// A value of a definition; another name for one is as good as its own.
    fn named(&mut self, item: &'a TypeItem, value: &Value, hint: &str) -> Option<Expr> {
        let name = item.name.to_string();
        let mut item = item;
        for _ in 0..MAX_DEPTH {
            match &item.body {
                TypeBody::Alias(RustType::Named(id)) => item = self.cx.model.ty(*id),
                _ => break,
            }
        }
        match &item.body {
            TypeBody::Alias(target) => self.value(target, value, hint),
            TypeBody::Newtype(inner) => {
                let inner = self.value(inner, value, hint)?;
                // Another name for it is no function.
                let name = item.name.to_string();
                self.types.insert(name.clone());
                Some(Expr::call(name, vec![inner]))
            }
            TypeBody::Enum(body) => self.enum_(&name, body, value),
            TypeBody::Union(body) => self.union(&name, body, value, hint),
            TypeBody::Struct(body) => self.struct_(&name, body, value, hint),
            TypeBody::Tuple(_) => None,
        }
    }

    fn enum_(&mut self, name: &str, body: &ValueEnum, value: &Value) -> Option<Expr> {
        let known = body.variants.iter().find(|variant| variant.value == *value);
        let expr = match (known, body.base, value) {
            (Some(variant), ..) => Expr::atom(format!("{name}::{}", variant.name)),
            (None, EnumBase::String, Value::String(text)) => {
                let text = format!("{}.to_owned()", literal(text));
                Expr::call(format!("{name}::{}", body.unknown), vec![Expr::atom(text)])
            }
            (None, EnumBase::Integer, Value::Number(number)) => Expr::call(
                format!("{name}::{}", body.unknown),
                vec![Expr::atom(number.as_i64()?.to_string())],
            ),
            _ => return None,
        };
        self.types.insert(name.to_owned());
        Some(expr)
    }

    fn union(&mut self, name: &str, body: &Union, value: &Value, hint: &str) -> Option<Expr> {
        for variant in &body.variants {
            if !variant.conditions.iter().all(|condition| condition.holds(value)) {
                continue;
            }
            let path = format!("{name}::{}", variant.name);
            if variant.ty == RustType::Unit {
                if variant.is_for(value) {
                    self.types.insert(name.to_owned());
                    return Some(Expr::atom(path));
                }
                continue;
            }
            let before = self.clone();
            if let Some(expr) = self.value(&variant.ty, value, hint) {
                self.types.insert(name.to_owned());
                return Some(Expr::call(path, vec![expr]));
            }
            *self = before;
        }
        None
    }

    fn struct_(&mut self, name: &str, body: &'a Struct, value: &Value, hint: &str) -> Option<Expr> {
        let Value::Object(members) = value else {
            return None;
        };
        let is_other = |(wire, constant): &(String, Value)| value.get(wire).is_some_and(|value| value != constant);
        if body.constants.iter().any(is_other) {
            return None;
        }
        let (required, optional): (Vec<&Field>, Vec<&Field>) =
            body.fields.iter().partition(|field| field.is_argument());
        self.types.insert(name.to_owned());
        let new = if required.is_empty() {
            Expr::atom(format!("{name}::default()"))
        } else {
            let arguments = required
                .iter()
                .map(|field| self.argument(field, value.get(&field.wire)?));
            Expr::call(format!("{name}::new"), arguments.collect::<Option<Vec<_>>>()?)
        };
        let set = optional.into_iter();
        let set = set.filter_map(|field| Some((field, value.get(&field.wire)?)));
        let set = set.filter(|(field, value)| field.fixed.as_ref() != Some(*value));
        let set: Vec<(&Field, &Value)> = set.collect();
        let others = others(body, members).into_iter();
        let others = others.filter_map(|(name, value)| Some((body.map_of(name)?, name, value)));
        let others: Vec<_> = others.collect();
        if set.is_empty() && others.is_empty() {
            return Some(new);
        }
        let variable = self.variable(hint);
        let (mut calls, mut statements) = (Vec::new(), Vec::new());
        for (field, value) in set {
            if field.kind == FieldKind::Required {
                let expr = self.value(&field.ty, value, field.name.as_str())?;
                statements.push((format!("{variable}.{} = ", field.name), expr));
            } else {
                let expr = self.setting(field, value)?;
                calls.push(Expr::call(format!(".{}", field.setter), vec![expr]));
            }
        }
        for (map, name, value) in others {
            let key = Expr::atom(format!("{}.to_owned()", literal(name)));
            let expr = self.value(&map.values, value, "value")?;
            let call = Expr::call(format!("{variable}.{}.insert", map.name), vec![key, expr]);
            statements.push((String::new(), call));
        }
        let mutable = if statements.is_empty() { "" } else { "mut " };
        self.statements
            .push(new.print_chain(&format!("let {mutable}{variable} = "), &calls));
        for (to, expr) in statements {
            self.assign(&to, &expr);
        }
        Some(Expr::atom(variable))
    }

    /// The argument of the setter of an optional field.
    fn setting(&mut self, field: &Field, value: &Value) -> Option<Expr> {
        let hint = field.name.as_str();
        match (&field.ty, value) {
            (RustType::Option(inner), value) => match (inner.as_ref(), value) {
                (inner, Value::String(text)) if self.cx.model.takes_text(inner) => Some(Expr::atom(literal(text))),
                (RustType::Boxed(inner), value) => self.value(inner, value, hint),
                (inner, value) => self.value(inner, value, hint),
            },
            (RustType::Nullable(inner), value) if *value != Value::Null => match (inner.as_ref(), value) {
                (inner, Value::String(text)) if self.cx.model.takes_text(inner) => Some(Expr::atom(literal(text))),
                (RustType::Boxed(inner), value) => self.value(&RustType::Nullable(inner.clone()), value, hint),
                _ => self.value(&field.ty, value, hint),
            },
            (ty, value) => self.value(ty, value, hint),
        }
    }

    /// Adds the statement `to` with the expression behind it.
    pub(super) fn assign(&mut self, to: &str, expr: &Expr) {
        self.statements.push(format!("{to}{};", expr.print(0, to.len() + 1)));
    }

    /// The argument of a constructor for a field.
    fn argument(&mut self, field: &Field, value: &Value) -> Option<Expr> {
        let hint = field.name.as_str();
        match (&field.ty, value) {
            (ty, Value::String(text)) if self.cx.model.takes_text(ty) => Some(Expr::atom(literal(text))),
            (RustType::Boxed(inner), value) => self.value(inner, value, hint),
            (ty, value) => self.value(ty, value, hint),
        }
    }

    /// A variable that is free.
    pub(super) fn variable(&mut self, hint: &str) -> String {
        let mut name = hint.to_owned();
        let mut number = 1;
        while !self.variables.insert(name.clone()) {
            number += 1;
            name = format!("{hint}_{number}");
        }
        name
    }

    /// Lets the variable of this name be taken by what follows.
    pub(super) fn free(&mut self, name: &str) {
        self.variables.remove(name);
    }
}

/// The members that have no field of their own.
fn others<'v>(body: &Struct, members: &'v [(String, Value)]) -> Vec<&'v (String, Value)> {
    let is_known = |name: &str| {
        body.fields.iter().any(|field| field.wire == name) || body.constants.iter().any(|(known, _)| known == name)
    };
    members.iter().filter(|(name, _)| !is_known(name)).collect()
}

/// A value inside `json!`; `None` where it is too deep to be read.
pub(super) fn json(value: &Value) -> Option<Expr> {
    json_within(value, MAX_DEPTH)
}

fn json_within(value: &Value, depth: usize) -> Option<Expr> {
    let depth = depth.checked_sub(1)?;
    Some(match value {
        Value::Null => Expr::atom("null"),
        Value::Boolean(value) => Expr::atom(value.to_string()),
        Value::Number(number) => Expr::atom(json_number(number)?),
        Value::String(text) => Expr::atom(literal(text)),
        Value::Array(items) => {
            let items = items.iter().map(|item| json_within(item, depth));
            Expr::Group("[".to_owned(), items.collect::<Option<Vec<_>>>()?, "]")
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = json_within(value, depth)?;
                Some(Expr::prefixed(format!("{}: ", literal(name)), value))
            });
            Expr::Group("{".to_owned(), members.collect::<Option<Vec<_>>>()?, "}")
        }
    })
}

/// A whole number that fits into one of Rust's integers.
fn whole_number(ty: &RustType, number: &Number) -> Option<Expr> {
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
    fits.then(|| Expr::atom(value.to_string()))
}

fn json_number(number: &Number) -> Option<String> {
    let value = Value::Number(number.clone());
    match (value.kind(), number.as_i64()) {
        (Kind::Integer, Some(number)) => {
            i32::try_from(number).map_or_else(|_| Some(format!("{number}_i64")), |n| Some(n.to_string()))
        }
        (Kind::Integer, None) => None,
        _ => number.as_f64().map(|number| format!("{number:?}")),
    }
}
