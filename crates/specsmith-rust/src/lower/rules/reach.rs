//! How rules are checked: on the typed value where its type can, by its length, or on its JSON.

use std::collections::BTreeSet;

use crate::model::{Model, Reach, Rule, RuleSet, RustType, TypeBody, TypeItemId};

/// The rules of a place by how they are checked, without definitions that demand nothing.
pub(super) fn split(
    model: &Model,
    constrained: &BTreeSet<TypeItemId>,
    ty: &RustType,
    rules: Vec<Rule>,
) -> Vec<RuleSet> {
    let splitter = Splitter { model, constrained };
    let (mut typed, mut whole) = splitter.split(ty, rules);
    let mut reach = Reach::Typed;
    if !splitter.is_checkable(ty) {
        if typed.iter().all(is_count) {
            reach = Reach::Counted;
        } else {
            // In JSON there are no definitions.
            typed.retain(|rule| !matches!(rule, Rule::Nested(_)));
            whole.splice(0..0, std::mem::take(&mut typed));
        }
    }
    let sets = [(reach, typed), (Reach::Whole, whole)].into_iter();
    sets.filter(|(_, rules)| !rules.is_empty())
        .map(|(reach, rules)| RuleSet { reach, rules })
        .collect()
}

struct Splitter<'m> {
    model: &'m Model,
    constrained: &'m BTreeSet<TypeItemId>,
}

impl Splitter<'_> {
    /// What the typed value is checked for, and what its JSON is.
    fn split(&self, ty: &RustType, rules: Vec<Rule>) -> (Vec<Rule>, Vec<Rule>) {
        let ty = self.bare(ty);
        if *ty == RustType::Value {
            return (rules, Vec::new());
        }
        let (mut typed, mut whole) = (Vec::new(), Vec::new());
        for rule in rules {
            match rule {
                Rule::Nested(item) => typed.extend(self.constrained.contains(&item).then_some(rule)),
                Rule::Items(first, rest) if matches!(ty, RustType::List(_) | RustType::Tuple(_)) => {
                    let (a, b) = self.items(ty, first, rest);
                    typed.extend(a);
                    whole.extend(b);
                }
                Rule::Members {
                    fields,
                    patterns,
                    rest: Some(rest),
                } if fields.is_empty() && patterns.is_empty() && is_map(ty) => {
                    let values = match ty {
                        RustType::Map(values) | RustType::KeyedMap(_, values) => values,
                        ty => ty,
                    };
                    let (a, b) = self.split(values, rest);
                    typed.extend(super::limits::each_member(a));
                    whole.extend(super::limits::each_member(b));
                }
                rule if is_typed(&rule, ty) => typed.push(rule),
                rule => whole.push(rule),
            }
        }
        (typed, whole)
    }

    fn items(&self, ty: &RustType, first: Vec<Vec<Rule>>, rest: Option<Vec<Rule>>) -> (Option<Rule>, Option<Rule>) {
        let item = |index: usize| match ty {
            RustType::List(inner) => &**inner,
            RustType::Tuple(types) => types.get(index).unwrap_or(&RustType::Unit),
            _ => &RustType::Unit,
        };
        let count = first.len();
        let (typed, whole): (Vec<_>, Vec<_>) = first
            .into_iter()
            .enumerate()
            .map(|(index, rules)| self.split(item(index), rules))
            .unzip();
        let (rest_typed, rest_whole) = match rest {
            Some(rest) => self.split(item(count), rest),
            None => (Vec::new(), Vec::new()),
        };
        (items_rule(typed, rest_typed), items_rule(whole, rest_whole))
    }

    /// The type behind what makes it optional, and behind its other names.
    fn bare<'t>(&'t self, mut ty: &'t RustType) -> &'t RustType {
        for _ in 0..=self.model.types.len() {
            ty = match ty {
                RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => inner,
                RustType::Named(item) => match &self.model.ty(*item).body {
                    TypeBody::Alias(target) => target,
                    _ => return ty,
                },
                _ => return ty,
            };
        }
        ty
    }

    /// Whether the runtime can walk through values of the type.
    fn is_checkable(&self, ty: &RustType) -> bool {
        match self.bare(ty) {
            RustType::Unit
            | RustType::Bool
            | RustType::I8
            | RustType::I16
            | RustType::U8
            | RustType::U16
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F64
            | RustType::String
            | RustType::Value
            | RustType::Number
            | RustType::Uri
            | RustType::Secret
            | RustType::Base64 => true,
            RustType::Named(item) => self.constrained.contains(item) && self.is_structured(*item),
            RustType::List(inner) | RustType::Map(inner) | RustType::KeyedMap(_, inner) => self.is_checkable(inner),
            RustType::Tuple(items) => items.iter().all(|item| self.is_checkable(item)),
            _ => false,
        }
    }

    fn is_structured(&self, item: TypeItemId) -> bool {
        matches!(
            self.model.ty(item).body,
            TypeBody::Struct(_) | TypeBody::Tuple(_) | TypeBody::Union(_) | TypeBody::Newtype(_)
        )
    }
}

fn items_rule(first: Vec<Vec<Rule>>, rest: Vec<Rule>) -> Option<Rule> {
    if rest.is_empty() && first.iter().all(Vec::is_empty) {
        return None;
    }
    Some(Rule::Items(first, Some(rest).filter(|rest| !rest.is_empty())))
}

/// Whether the rule is one about the number of items or members.
fn is_count(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::MinItems(_) | Rule::MaxItems(_) | Rule::MinProperties(_) | Rule::MaxProperties(_)
    )
}

fn is_map(ty: &RustType) -> bool {
    matches!(ty, RustType::Map(_) | RustType::KeyedMap(..))
}

/// Whether the rule can be checked on a typed value.
fn is_typed(rule: &Rule, ty: &RustType) -> bool {
    match rule {
        Rule::Minimum(_)
        | Rule::Maximum(_)
        | Rule::ExclusiveMinimum(_)
        | Rule::ExclusiveMaximum(_)
        | Rule::MultipleOf(_)
        | Rule::MinLength(_)
        | Rule::MaxLength(_)
        | Rule::Pattern(_) => !matches!(ty, RustType::Named(_)),
        Rule::MinItems(_) | Rule::MaxItems(_) => matches!(ty, RustType::List(_) | RustType::Tuple(_)),
        Rule::MinProperties(_) | Rule::MaxProperties(_) | Rule::Names(_) => is_map(ty),
        _ => false,
    }
}
