//! Text that was sent, read as a value: the type decides what the text must be.

use serde_json::Value;
use specsmith_ir::{Api, Enum, Object, Rest, Shape, Tuple, TypeId, Union, Value as Literal};
use specsmith_runtime::server::{Fault, FaultKind, Sent};
use specsmith_values::{Checker, plain};

use crate::json;

/// How many types are followed into each other.
const MAX_LEVEL: usize = 100;

/// Reads text as values.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    api: &'a Api,
    checker: Checker<'a>,
    level: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(api: &'a Api, checker: Checker<'a>) -> Self {
        Self { api, checker, level: 0 }
    }

    /// Reads a value of a type.
    pub(crate) fn read(&mut self, id: TypeId, sent: &Sent) -> Result<Value, Fault> {
        if self.level >= MAX_LEVEL {
            return Err(FaultKind::Value.into());
        }
        self.level += 1;
        let value = self.shape(&self.api.types[id].shape, sent);
        self.level -= 1;
        value
    }

    fn shape(&mut self, shape: &Shape, sent: &Sent) -> Result<Value, Fault> {
        match shape {
            Shape::Any | Shape::Never => guess(sent),
            Shape::Null => null(sent),
            Shape::Boolean => boolean(&sent.scalar()?),
            Shape::Integer(_) => integer(&sent.scalar()?),
            Shape::Number(_) => number(&sent.scalar()?),
            Shape::String(_) => sent.scalar().map(Value::from),
            Shape::Enum(values) => enum_value(values, &sent.scalar()?),
            Shape::Const(literal) => one_of([literal], &sent.scalar()?),
            Shape::Array(array) => {
                let items = array.items;
                self.list(sent, &mut |_| Some(items))
            }
            Shape::Tuple(tuple) => self.tuple(tuple, sent),
            Shape::Object(object) => self.object(object, sent),
            Shape::Union(union) => self.union(union, sent),
            Shape::Nullable(inner) => {
                let value = self.read(*inner, sent);
                let is_value = value.as_ref().is_ok_and(|value| self.checker.fits(*inner, value));
                match null(sent) {
                    Ok(null) if !is_value => Ok(null),
                    _ => value,
                }
            }
            Shape::Alias(target) => self.read(*target, sent),
        }
    }

    fn tuple(&mut self, tuple: &Tuple, sent: &Sent) -> Result<Value, Fault> {
        self.list(sent, &mut |index| tuple.items.get(index).copied().or(tuple.rest))
    }

    fn list(&mut self, sent: &Sent, item: &mut dyn FnMut(usize) -> Option<TypeId>) -> Result<Value, Fault> {
        if let Some(value) = nested(sent, '[') {
            return value;
        }
        let mut items = Vec::new();
        for (index, sent) in sent.list()?.iter().enumerate() {
            let value = match item(index) {
                Some(ty) => self.read(ty, sent),
                None => guess(sent),
            };
            items.push(value.map_err(|fault| fault.within(index.to_string()))?);
        }
        Ok(Value::Array(items))
    }

    fn object(&mut self, object: &Object, sent: &Sent) -> Result<Value, Fault> {
        if let Some(value) = nested(sent, '{') {
            return value;
        }
        let mut members = serde_json::Map::new();
        for (name, sent) in sent.members()? {
            let field = |name: &str| object.fields.iter().find(|field| field.name == name);
            // Brackets that a name ends with are its own where the document writes them.
            let listed = format!("{name}[]");
            let name = match field(&name).is_none() && field(&listed).is_some() {
                true => listed,
                false => name,
            };
            let field = field(&name);
            let ty = match (field, object.rest) {
                (Some(field), _) => Some(field.ty),
                (None, Rest::Typed(ty)) => Some(ty),
                (None, Rest::Unstated | Rest::Denied) => None,
            };
            let value = match ty {
                Some(ty) => self.read(ty, &sent),
                None => guess(&sent),
            };
            let value = value.map_err(|fault| fault.within(name.as_str()))?;
            if members.insert(name.clone(), value).is_some() {
                return Err(Fault::new(FaultKind::Duplicate).within(name));
            }
        }
        Ok(Value::Object(members))
    }

    /// The first variant that reads the text as a value that it has.
    fn union(&mut self, union: &Union, sent: &Sent) -> Result<Value, Fault> {
        for variant in &union.variants {
            if let Ok(value) = self.read(variant.ty, sent)
                && self.checker.fits(variant.ty, &value)
            {
                return Ok(value);
            }
        }
        guess(sent)
    }
}

/// The JSON that nested lists and objects are written as, where no style has a form for them.
fn nested(sent: &Sent, open: char) -> Option<Result<Value, Fault>> {
    let text = sent.plain_text()?;
    text.starts_with(open)
        .then(|| json::read(text.as_bytes()).ok())
        .flatten()
        .map(Ok)
}

fn null(sent: &Sent) -> Result<Value, Fault> {
    match sent.scalar()?.as_str() {
        "" | "null" => Ok(Value::Null),
        _ => Err(FaultKind::Type("empty".into()).into()),
    }
}

fn boolean(text: &str) -> Result<Value, Fault> {
    match text {
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        _ => Err(FaultKind::Type("`true` or `false`".into()).into()),
    }
}

fn integer(text: &str) -> Result<Value, Fault> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    json_number(text)
        .filter(|_| is_whole)
        .ok_or_else(|| FaultKind::Type("an integer".into()).into())
}

fn number(text: &str) -> Result<Value, Fault> {
    let is_finite = text.parse().is_ok_and(f64::is_finite);
    json_number(text)
        .filter(|_| is_finite)
        .ok_or_else(|| FaultKind::Type("a number".into()).into())
}

/// The number that a text is by the grammar of JSON.
fn json_number(text: &str) -> Option<Value> {
    let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) && text.trim_end() == text;
    let value = serde_json::from_str(text).ok().filter(|_| is_number)?;
    matches!(value, Value::Number(_)).then_some(value)
}

fn enum_value(values: &Enum, text: &str) -> Result<Value, Fault> {
    let listed = one_of(values.values.iter().map(|value| &value.value), text);
    match listed {
        Err(_) if values.open => Ok(scalar(text)),
        listed => listed,
    }
}

/// The literal that a text stands for.
fn one_of<'l>(literals: impl IntoIterator<Item = &'l Literal>, text: &str) -> Result<Value, Fault> {
    let mut literals = literals.into_iter();
    let is_meant = |literal: &&Literal| match literal {
        Literal::String(literal) => literal == text,
        other => other.to_string() == text,
    };
    literals
        .find(is_meant)
        .map(plain)
        .ok_or_else(|| FaultKind::Value.into())
}

/// What text is where the type does not say.
fn guess(sent: &Sent) -> Result<Value, Fault> {
    if !sent.is_several() {
        return sent.scalar().map(|text| scalar(&text));
    }
    if let Ok(items) = sent.list() {
        return items
            .iter()
            .map(guess_inner)
            .collect::<Result<Vec<_>, _>>()
            .map(Value::Array);
    }
    let members = sent.members()?.into_iter();
    let members = members.map(|(name, sent)| Ok((name, guess_inner(&sent)?)));
    Ok(crate::read::object(members.collect::<Result<Vec<_>, Fault>>()?))
}

/// The same inside a list or an object; what is deeper stays text.
fn guess_inner(sent: &Sent) -> Result<Value, Fault> {
    match sent.is_several() {
        true => Ok(Value::Array(
            sent.list()
                .unwrap_or_default()
                .iter()
                .filter_map(|item| item.scalar().ok())
                .map(Value::from)
                .collect(),
        )),
        false => sent.scalar().map(|text| scalar(&text)),
    }
}

fn scalar(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        text => json_number(text).unwrap_or_else(|| Value::from(text)),
    }
}
