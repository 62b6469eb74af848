//! Enumerations and constants.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::{Enum, EnumValue, Kind, KindSet, Number, Shape, Value};

use super::part::{Part, PartKey};
use super::scalar::written;
use crate::lower::context::{self, Context};
use crate::{Node, NodeKind};

/// The values that one schema allows.
#[derive(Debug, Clone)]
pub(super) struct Values {
    list: Vec<EnumValue>,
    form: Form,
}

/// What the branches of a union list, which is asked several times in a row.
pub(super) type Listed = Option<((PartKey, &'static str), Option<Rc<Values>>)>;

/// How a schema says which values it allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Const,
    Enum,
}

impl<'d> Context<'d, '_> {
    /// The shape of schemas that list values; `None` where none of them does.
    pub(super) fn values(&mut self, parts: &[Part<'d>], kinds: Option<KindSet>) -> Option<Shape> {
        let mut all: Option<Values> = None;
        for part in parts {
            let listed = [
                self.enum_of(part, kinds),
                self.const_of(part, kinds),
                self.listed_by_branches(part, "oneOf").map(Rc::unwrap_or_clone),
                self.listed_by_branches(part, "anyOf").map(Rc::unwrap_or_clone),
            ];
            for values in listed.into_iter().flatten() {
                all = Some(match all {
                    Some(before) => self.intersect(before, values, part),
                    None => values,
                });
            }
        }
        let Values { mut list, form } = all?;
        list.retain(|value| value.value != Value::Null);
        let booleans = list.iter().all(|value| matches!(value.value, Value::Boolean(_)));
        Some(match (list.as_slice(), form) {
            ([], _) => Shape::Null,
            ([only], Form::Const) => Shape::Const(only.value.clone()),
            ([_, _], _) if booleans && list.iter().all(|value| value.name.is_none()) => Shape::Boolean,
            _ => Shape::Enum(Enum {
                values: list,
                open: false,
            }),
        })
    }

    /// The values of a union, each branch of which lists some; constants with their titles and descriptions.
    pub(super) fn listed_by_branches(&mut self, part: &Part<'d>, keyword: &'static str) -> Option<Rc<Values>> {
        let branches = part.get(keyword)?;
        let asked = (part.key(), keyword);
        if let Some((known, values)) = &self.schema_state.listed
            && *known == asked
        {
            return values.clone();
        }
        let values = self.values_of_branches(part, branches).map(Rc::new);
        self.schema_state.listed = Some((asked, values.clone()));
        values
    }

    fn values_of_branches(&mut self, part: &Part<'d>, branches: Node<'d>) -> Option<Values> {
        part.get("discriminator").is_none().then_some(())?;
        let mut list: Vec<EnumValue> = Vec::new();
        let mut known = HashSet::new();
        for branch in branches.items() {
            if self.is_null(branch) {
                continue;
            }
            let parts = self.unfold(&[Part::whole(branch)]);
            if parts.iter().any(|part| has_union(part)) {
                return None;
            }
            let kinds = self.kinds(&parts);
            let shape = self.values(&parts, kinds)?;
            for value in branch_values(shape, branch) {
                if known.insert(value.value.clone()) {
                    list.push(value);
                }
            }
        }
        let scalars = list
            .iter()
            .all(|value| !matches!(value.value, Value::Array(_) | Value::Object(_)));
        (scalars && !list.is_empty()).then_some(Values { list, form: Form::Enum })
    }

    fn const_of(&mut self, part: &Part<'d>, kinds: Option<KindSet>) -> Option<Values> {
        let node = part.get("const")?;
        let value = self.typed_value(node, kinds, "const")?;
        Some(Values {
            list: vec![EnumValue {
                value,
                name: context::owned_text(part.node, "title"),
                description: context::owned_text(part.node, "description"),
            }],
            form: Form::Const,
        })
    }

    fn enum_of(&mut self, part: &Part<'d>, kinds: Option<KindSet>) -> Option<Values> {
        let node = part.get("enum").filter(|node| node.is_array())?;
        let mut list: Vec<EnumValue> = Vec::new();
        let mut known = HashSet::new();
        for (index, item) in node.items().enumerate() {
            let Some(value) = self.typed_value(item, kinds, "enum") else {
                continue;
            };
            if !known.insert(value.clone()) {
                let message = format!("`enum` lists `{value}` twice");
                self.report(Diagnostic::new(Code::DuplicateName, message).at(item.location()));
                continue;
            }
            list.push(EnumValue {
                name: extension(
                    part.node,
                    &["x-enum-varnames", "x-enumNames", "x-enum-names"],
                    index,
                    &value,
                )
                .or_else(|| described(part.node, "name", &value)),
                description: extension(part.node, &["x-enum-descriptions", "x-enumDescriptions"], index, &value)
                    .or_else(|| described(part.node, "description", &value)),
                value,
            });
        }
        if list.is_empty() {
            if node.items().next().is_none() {
                let diagnostic = Diagnostic::new(Code::InvalidValue, "`enum` lists no value").at(node.location());
                self.report(diagnostic.label("has no effect"));
            }
            return None;
        }
        Some(Values { list, form: Form::Enum })
    }

    fn intersect(&mut self, before: Values, after: Values, part: &Part<'d>) -> Values {
        let known: HashMap<&Value, &EnumValue> = before.list.iter().map(|value| (&value.value, value)).collect();
        let in_both = |value: &EnumValue| {
            let known = known.get(&value.value)?;
            Some(EnumValue {
                value: value.value.clone(),
                name: value.name.clone().or_else(|| known.name.clone()),
                description: value.description.clone().or_else(|| known.description.clone()),
            })
        };
        let both: Vec<EnumValue> = after.list.iter().filter_map(in_both).collect();
        let form = if before.form == Form::Const {
            Form::Const
        } else {
            after.form
        };
        if !both.is_empty() {
            return Values { list: both, form };
        }
        self.report(
            Diagnostic::new(
                Code::ConflictingAllOf,
                "no value is in all of the lists that are required here",
            )
            .at(part.node.location())
            .label("has none of the values that another schema of the `allOf` lists")
            .help("the values listed here are taken"),
        );
        after
    }

    /// A listed value as one of the types that the schema states; `None` after reporting it where it is none.
    ///
    /// YAML reads `no` or `1.10` without quotes as text or numbers by rules that authors forget, so a scalar is taken
    /// as the type that is stated where its text allows that.
    fn typed_value(&mut self, node: Node<'d>, kinds: Option<KindSet>, keyword: &str) -> Option<Value> {
        let value = node.to_value();
        let Some(kinds) = kinds.filter(|kinds| !kinds.is_empty()) else {
            return Some(value);
        };
        if value == Value::Null || kinds.contains(value.kind()) {
            return Some(value);
        }
        match coerce(node, kinds) {
            Some(meant) => {
                let message = format!("`{value}` in `{keyword}` is not of the type that the schema states");
                self.report(
                    Diagnostic::new(Code::CoercedValue, message)
                        .at(node.location())
                        .label(format!("taken as `{meant}`")),
                );
                Some(meant)
            }
            None => {
                let message = format!("a value in `{keyword}` is not of the type that the schema states");
                self.report(
                    Diagnostic::new(Code::InvalidValue, message)
                        .at(node.location())
                        .label("left out"),
                );
                None
            }
        }
    }
}

fn has_union(part: &Part<'_>) -> bool {
    ["oneOf", "anyOf"].iter().any(|keyword| part.get(keyword).is_some())
}

/// The values of a branch of a union; a single one is called and described as the branch is.
fn branch_values(shape: Shape, branch: Node<'_>) -> Vec<EnumValue> {
    let single = |value: EnumValue| EnumValue {
        name: value.name.or_else(|| context::owned_text(branch, "title")),
        description: value.description.or_else(|| context::owned_text(branch, "description")),
        ..value
    };
    let plain = |value| EnumValue {
        value,
        name: None,
        description: None,
    };
    match shape {
        Shape::Enum(listed) => match listed.values.as_slice() {
            [only] => vec![single(only.clone())],
            _ => listed.values,
        },
        Shape::Const(value) => vec![single(plain(value))],
        Shape::Boolean => vec![plain(Value::Boolean(true)), plain(Value::Boolean(false))],
        _ => vec![],
    }
}

/// A scalar as another type that its text is one of.
pub(super) fn coerce(node: Node<'_>, kinds: KindSet) -> Option<Value> {
    let text = written(node)?;
    if kinds.contains(Kind::String) && !matches!(node.kind(), NodeKind::Null) {
        return Some(Value::String(text.to_owned()));
    }
    if kinds.contains(Kind::Boolean) {
        match text {
            "true" => return Some(Value::Boolean(true)),
            "false" => return Some(Value::Boolean(false)),
            _ => {}
        }
    }
    Number::new(text)
        .map(Value::Number)
        .filter(|value| kinds.contains(value.kind()))
}

/// What an extension says about a value: a list in the order of the values, or a map by value.
fn extension(schema: Node<'_>, names: &[&str], index: usize, value: &Value) -> Option<String> {
    let node = names.iter().find_map(|name| schema.get(name))?;
    let key = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text = node.items().nth(index).or_else(|| node.get(&key))?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the list of values in `x-ms-enum`, or that of elements in `x-enum-elements`, says about a value.
fn described(schema: Node<'_>, what: &str, value: &Value) -> Option<String> {
    let listed = schema.get("x-ms-enum").and_then(|node| node.get("values"));
    let list = listed.or_else(|| schema.get("x-enum-elements"))?;
    let is_about = |entry: &Node<'_>| {
        let told = entry.get("value").or_else(|| entry.get("name"));
        told.is_some_and(|node| node.to_value() == *value)
    };
    context::owned_text(list.items().find(is_about)?, what)
}
