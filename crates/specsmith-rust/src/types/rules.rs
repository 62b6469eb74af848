//! The rules of types, as the lines of `rules!`.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use specsmith_ir::{AssertionsId, Kind, KindSet, Number, Value};
use syn::Index;

use super::{Built, usage};
use crate::RustFile;
use crate::model::{
    Engine, Model, Pattern, Reach, Rule, RuleLine, RulePart, RuleSet, TupleItemKind, TypeBody, TypeItem, TypeItemId,
};

/// Adds the rules of a type definition, if it has any.
pub(super) fn render(file: &mut RustFile, model: &Model, id: TypeItemId, item: &TypeItem) {
    let Some(rules) = model.rules.types.get(&id) else {
        return;
    };
    file.import(usage::CODEC, "rules");
    let name = &item.name;
    let head = match item.body {
        TypeBody::Union(_) => quote!(union #name),
        TypeBody::Tuple(_) => quote!(tuple #name),
        TypeBody::Newtype(_) => quote!(newtype #name),
        _ => quote!(struct #name),
    };
    let lines = rules.iter().filter_map(|line| self::line(item, line)).collect();
    file.macro_lines("rules", head, lines);
}

/// Adds the rules that others refer to by name.
pub(super) fn render_named(file: &mut RustFile, model: &Model, built: Built) {
    for (id, rules) in named(model, built) {
        file.import(usage::CODEC, "rules");
        let name = static_name(id);
        file.macro_lines("rules", quote!(static #name), rules.iter().map(rule).collect());
    }
}

/// The rules that others refer to by name: in servers, which check operations, those of operations as well.
pub(super) fn named(model: &Model, built: Built) -> impl Iterator<Item = (AssertionsId, &[Rule])> {
    let rules = &model.rules;
    let is_used = move |id: &AssertionsId| built == Built::Responses || rules.named_of_types.contains(id);
    let used = rules.named.iter().filter(move |(id, _)| is_used(id));
    used.map(|(id, rules)| (*id, rules.as_slice()))
}

/// Rules as a macro takes them: `minimum(1) maximum(100)`.
pub fn rule_tokens(rules: &[Rule]) -> TokenStream {
    list(rules)
}

/// Rules as an expression: `rules!(minimum(1) maximum(100))`.
pub fn rules(rules: &[Rule]) -> TokenStream {
    let rules = list(rules);
    quote!(rules!(#rules))
}

/// The static of rules with a name.
fn static_name(id: AssertionsId) -> proc_macro2::Ident {
    format_ident!("RULES_{}", id.0)
}

fn line(item: &TypeItem, line: &RuleLine) -> Option<TokenStream> {
    let part = match (&item.body, line.part) {
        (TypeBody::Struct(body), RulePart::Field(index)) => {
            let field = body.fields.get(index)?;
            let (name, wire) = (&field.name, &field.wire);
            quote!(#name: #wire)
        }
        (TypeBody::Struct(body), RulePart::Rest) => {
            let name = &body.rest.as_ref()?.name;
            quote!(..#name:)
        }
        (TypeBody::Struct(body), RulePart::Pattern(index)) => {
            let name = &body.patterns.get(index)?.field.name;
            quote!(..#name:)
        }
        (TypeBody::Union(body), RulePart::Variant(index)) => {
            let name = &body.variants.get(index)?.name;
            quote!(#name:)
        }
        (TypeBody::Tuple(body), RulePart::Item(index)) => {
            let place = Index::from(index);
            match body.items.get(index)?.kind {
                TupleItemKind::Rest => quote!(#place rest:),
                TupleItemKind::Required | TupleItemKind::Optional => quote!(#place:),
            }
        }
        (TypeBody::Newtype(_), RulePart::Item(_)) => quote!(0:),
        _ => quote!(..self:),
    };
    let set = set(&line.set);
    Some(quote!(#part #set))
}

fn set(set: &RuleSet) -> TokenStream {
    let rules = list(&set.rules);
    match set.reach {
        Reach::Typed => rules,
        Reach::Counted => quote!(counted #rules),
        Reach::Whole => quote!(whole #rules),
    }
}

fn list(rules: &[Rule]) -> TokenStream {
    rules.iter().map(rule).collect()
}

/// Lists in parentheses.
fn lists(all: &[Vec<Rule>]) -> TokenStream {
    let all = all.iter().map(|rules| list(rules));
    quote!(#((#all))*)
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Nested(_) => quote!(nested),
        Rule::Never => quote!(never),
        Rule::Types(kinds) => {
            let names = kind_names(*kinds);
            quote!(types(#(#names)*))
        }
        Rule::Values(values) => {
            let text = string(&Value::Array(values.clone()).to_string());
            quote!(values(#text))
        }
        Rule::Minimum(limit) => with_number(&quote!(minimum), limit),
        Rule::Maximum(limit) => with_number(&quote!(maximum), limit),
        Rule::ExclusiveMinimum(limit) => with_number(&quote!(exclusive_minimum), limit),
        Rule::ExclusiveMaximum(limit) => with_number(&quote!(exclusive_maximum), limit),
        Rule::MultipleOf(step) => with_number(&quote!(multiple_of), step),
        Rule::MinLength(count) => with_count(&quote!(min_length), *count),
        Rule::MaxLength(count) => with_count(&quote!(max_length), *count),
        Rule::Pattern(pattern) => self::pattern(pattern),
        Rule::MinItems(count) => with_count(&quote!(min_items), *count),
        Rule::MaxItems(count) => with_count(&quote!(max_items), *count),
        Rule::MinProperties(count) => with_count(&quote!(min_properties), *count),
        Rule::MaxProperties(count) => with_count(&quote!(max_properties), *count),
        Rule::UniqueItems => quote!(unique_items),
        Rule::Items(first, rest) => items(first, rest.as_deref()),
        Rule::Contains { min, max, rules } => {
            let (min, max) = (count(*min), max.map(count));
            let max = max.map(|max| quote!(#max,));
            let rules = list(rules);
            quote!(contains(#min, #max #rules))
        }
        Rule::Members { .. } | Rule::Names(_) | Rule::Required(_) => of_members(rule),
        Rule::DependentRequired(..) | Rule::Dependent(..) | Rule::UnevaluatedMembers(_) => of_members(rule),
        Rule::All(all) => {
            let all = lists(all);
            quote!(all(#all))
        }
        Rule::Any(all) => {
            let all = lists(all);
            quote!(any(#all))
        }
        Rule::One(all) => {
            let all = lists(all);
            quote!(one(#all))
        }
        Rule::Not(rules) => {
            let rules = list(rules);
            quote!(not(#rules))
        }
        Rule::If(condition, then, otherwise) => {
            let (condition, then, otherwise) = (list(condition), list(then), list(otherwise));
            quote!(when((#condition) (#then) (#otherwise)))
        }
        Rule::UnevaluatedItems(rules) => {
            let rules = list(rules);
            quote!(unevaluated_items(#rules))
        }
        Rule::Refer(id) => {
            let name = static_name(*id);
            quote!(refer(crate::types::#name))
        }
    }
}

/// Rules about the members of an object.
fn of_members(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Members {
            fields,
            patterns,
            rest: Some(rest),
        } if fields.is_empty() && patterns.is_empty() => {
            let rest = list(rest);
            quote!(each_member(#rest))
        }
        Rule::Members { fields, patterns, rest } => {
            let fields = fields.iter().map(|(name, rules)| {
                let rules = list(rules);
                quote!(#name: (#rules),)
            });
            let patterns = patterns.iter().map(|(pattern, rules)| {
                let (pattern, rules) = (self::pattern(pattern), list(rules));
                quote!(#pattern: (#rules),)
            });
            let rest = rest.as_ref().map(|rest| {
                let rest = list(rest);
                quote!(..: (#rest),)
            });
            quote!(members(#(#fields)* #(#patterns)* #rest))
        }
        Rule::Names(rules) => {
            let rules = list(rules);
            quote!(names(#rules))
        }
        Rule::Required(names) => quote!(required(#(#names)*)),
        Rule::DependentRequired(name, others) => quote!(dependent_required(#name: #(#others)*)),
        Rule::Dependent(name, rules) => {
            let rules = list(rules);
            quote!(dependent(#name: #rules))
        }
        Rule::UnevaluatedMembers(rules) => {
            let rules = list(rules);
            quote!(unevaluated_members(#rules))
        }
        _ => TokenStream::new(),
    }
}

fn items(first: &[Vec<Rule>], rest: Option<&[Rule]>) -> TokenStream {
    let rest = rest.map(list);
    match (first, rest) {
        ([], Some(rest)) => quote!(each(#rest)),
        (first, rest) => {
            let first = lists(first);
            let rest = rest.map(|rest| quote!([#rest]));
            quote!(items(#first #rest))
        }
    }
}

fn pattern(pattern: &Pattern) -> TokenStream {
    let engine = match pattern.engine {
        Engine::Linear => quote!(pattern),
        Engine::Backtracking => quote!(backtracking),
    };
    let (text, written) = (string(&pattern.text), string(&pattern.written));
    match pattern.text == pattern.written {
        true => quote!(#engine(#text)),
        false => quote!(#engine(#text, #written)),
    }
}

/// A text as a literal, a raw one where that is easier to read.
fn string(text: &str) -> TokenStream {
    let needs_escapes = text.contains(['\\', '"']);
    let is_plain = !text.contains("\"#") && !text.chars().any(|letter| letter.is_control() || !letter.is_ascii());
    let raw = (needs_escapes && is_plain).then(|| {
        let fence = if text.contains('"') { "#" } else { "" };
        format!("r{fence}\"{text}\"{fence}").parse::<Literal>()
    });
    match raw {
        Some(Ok(literal)) => quote!(#literal),
        _ => quote!(#text),
    }
}

fn with_count(keyword: &TokenStream, number: u64) -> TokenStream {
    let number = count(number);
    quote!(#keyword(#number))
}

fn count(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}

/// A rule about a number, which is written as in the document.
fn with_number(keyword: &TokenStream, number: &Number) -> TokenStream {
    let text = number.as_str();
    let digits = text.trim_start_matches('-');
    let literal = digits
        .parse::<Literal>()
        .ok()
        .filter(|_| digits.starts_with(|digit: char| digit.is_ascii_digit()));
    let sign = text.starts_with('-').then(|| quote!(-));
    literal.map_or_else(TokenStream::new, |literal| quote!(#keyword(#sign #literal)))
}

fn kind_names(kinds: KindSet) -> Vec<&'static str> {
    let number = kinds.contains(Kind::Number);
    let name = |kind| match kind {
        Kind::Null => Some("null"),
        Kind::Boolean => Some("boolean"),
        Kind::Integer => (!number).then_some("integer"),
        Kind::Number => Some("number"),
        Kind::String => Some("string"),
        Kind::Array => Some("array"),
        Kind::Object => Some("object"),
    };
    kinds.iter().filter_map(name).collect()
}
