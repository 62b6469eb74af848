//! Rules without those that every value keeps.

use specsmith_ir::{Kind, KindSet, Value};

use crate::model::Rule;

/// The same rules in fewer words.
///
/// What is always true still tells which items and members were looked at, so where a rule asks for that, all stay.
pub(super) fn rules(mut rules: Vec<Rule>) -> Vec<Rule> {
    if !asks(&rules) {
        simplify(&mut rules);
    }
    rules
}

/// Whether a rule asks what others have looked at.
fn asks(rules: &[Rule]) -> bool {
    rules.iter().any(|rule| {
        matches!(rule, Rule::UnevaluatedItems(_) | Rule::UnevaluatedMembers(_)) || inside(rule).any(|rules| asks(rules))
    })
}

fn simplify(rules: &mut Vec<Rule>) {
    let taken = std::mem::take(rules);
    for mut rule in taken {
        inside_mut(&mut rule).for_each(simplify);
        rules.extend(reduce(rule));
    }
    inline(rules);
}

/// The rule without what says nothing; `None` where that is all of it.
fn reduce(rule: Rule) -> Option<Rule> {
    match rule {
        Rule::Any(all) if all.iter().any(Vec::is_empty) => None,
        Rule::Any(mut all) => {
            merge_kinds(&mut all);
            Some(Rule::Any(all))
        }
        Rule::All(mut all) => {
            all.retain(|rules| !rules.is_empty());
            (!all.is_empty()).then_some(Rule::All(all))
        }
        Rule::If(_, then, otherwise) if then.is_empty() && otherwise.is_empty() => None,
        Rule::Items(first, rest) => {
            let rest = rest.filter(|rules| !rules.is_empty());
            let says = rest.is_some() || first.iter().any(|rules| !rules.is_empty());
            says.then_some(Rule::Items(first, rest))
        }
        Rule::Members {
            mut fields,
            mut patterns,
            rest,
        } => {
            let rest = rest.filter(|rules| !rules.is_empty());
            // Beside `rest`, a name without rules is one that `rest` is not about.
            if rest.is_none() {
                fields.retain(|(_, rules)| !rules.is_empty());
                patterns.retain(|(_, rules)| !rules.is_empty());
            }
            let says = rest.is_some() || !fields.is_empty() || !patterns.is_empty();
            says.then_some(Rule::Members { fields, patterns, rest })
        }
        Rule::Names(rules) | Rule::Dependent(_, rules) if rules.is_empty() => None,
        rule => Some(rule),
    }
}

/// Makes alternatives that are only about the JSON type one.
fn merge_kinds(all: &mut Vec<Vec<Rule>>) {
    let kinds_of = |rules: &[Rule]| match rules {
        [Rule::Types(kinds)] => Some(*kinds),
        [Rule::Values(values)] if matches!(values.as_slice(), [Value::Null]) => Some(KindSet::of(Kind::Null)),
        _ => None,
    };
    let merged = all.iter().filter_map(|rules| kinds_of(rules));
    let merged = merged.reduce(KindSet::union);
    let Some(kinds) = merged else { return };
    all.retain(|rules| kinds_of(rules).is_none());
    match all.as_mut_slice() {
        // Rules about other types hold for null.
        [only] if kinds == KindSet::of(Kind::Null) && is_of_one_type(only) => {
            if let Some(Rule::Types(others)) = only.first_mut() {
                *others = others.union(kinds);
            }
        }
        _ => all.insert(0, vec![Rule::Types(kinds)]),
    }
}

/// Whether the rules name the JSON type and are otherwise about values of some types only.
fn is_of_one_type(rules: &[Rule]) -> bool {
    let Some((Rule::Types(_), rest)) = rules.split_first() else {
        return false;
    };
    let is_of_any = |rule: &Rule| {
        matches!(
            rule,
            Rule::Nested(_)
                | Rule::Never
                | Rule::Types(_)
                | Rule::Values(_)
                | Rule::All(_)
                | Rule::Any(_)
                | Rule::One(_)
                | Rule::Not(_)
                | Rule::If(..)
                | Rule::Refer(_)
        )
    };
    !rest.iter().any(is_of_any)
}

/// Writes what must hold together, or alone, as the rules themselves.
fn inline(rules: &mut Vec<Rule>) {
    let taken = std::mem::take(rules);
    for rule in taken {
        match rule {
            Rule::All(all) => rules.extend(all.into_iter().flatten()),
            Rule::Any(mut all) if all.len() == 1 => rules.extend(all.pop().unwrap_or_default()),
            rule => rules.push(rule),
        }
    }
}

/// The lists of rules inside a rule, by `iter` or by `iter_mut`.
macro_rules! inside {
    ($rule:ident, $iter:ident) => {
        match $rule {
            Rule::Items(first, rest) => Box::new(first.$iter().chain(rest)),
            Rule::Contains { rules, .. }
            | Rule::Names(rules)
            | Rule::Dependent(_, rules)
            | Rule::Not(rules)
            | Rule::UnevaluatedItems(rules)
            | Rule::UnevaluatedMembers(rules) => Box::new(std::iter::once(rules)),
            Rule::Members { fields, patterns, rest } => {
                let fields = fields.$iter().map(|(_, rules)| rules);
                Box::new(fields.chain(patterns.$iter().map(|(_, rules)| rules)).chain(rest))
            }
            Rule::All(all) | Rule::Any(all) | Rule::One(all) => Box::new(all.$iter()),
            Rule::If(condition, then, otherwise) => Box::new([condition, then, otherwise].into_iter()),
            _ => Box::new(std::iter::empty()),
        }
    };
}

/// The lists of rules inside a rule.
pub(super) fn inside(rule: &Rule) -> Box<dyn Iterator<Item = &Vec<Rule>> + '_> {
    inside!(rule, iter)
}

/// The same, to be changed.
pub(super) fn inside_mut(rule: &mut Rule) -> Box<dyn Iterator<Item = &mut Vec<Rule>> + '_> {
    inside!(rule, iter_mut)
}

#[cfg(test)]
mod tests;
