//! Pagination that a configuration declares, and declarations that are proposed for a document.

use std::collections::BTreeMap;
use std::fmt::Write;

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, FileId, Location, closest};
use specsmith_ir::pagination::{Inferred, PageDeclaration, Written, infer, verify};
use specsmith_ir::{Api, Operation};

use crate::pipeline::{self, Manifests};
use crate::{Config, Error};

/// What a configuration says about the pages of some operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageRule {
    /// The operations: by operationId or by method and path, with `*` for any text.
    pub(crate) operations: Vec<Written>,
    /// What their pages are like.
    pub(crate) declaration: PageDeclaration,
}

impl PageRule {
    /// Says that it stands in another file of the sources.
    pub(crate) fn move_to(&mut self, file: FileId) {
        self.places().for_each(|place| place.file = file);
    }

    /// Where it stands, and where its parts do.
    pub(crate) fn places(&mut self) -> impl Iterator<Item = &mut Location> {
        let declaration = &mut self.declaration;
        let values = [
            &mut declaration.parameter,
            &mut declaration.items,
            &mut declaration.next,
            &mut declaration.has_more,
            &mut declaration.total,
            &mut declaration.total_pages,
            &mut declaration.limit,
        ];
        let values = values.into_iter().flatten().chain(&mut self.operations);
        let whole = std::iter::once(&mut declaration.location);
        whole.chain(values.map(|value| &mut value.location))
    }
}

/// Proposes a declaration of the pages of operations that have none, as TOML for a configuration file.
///
/// It is a guess by the names that APIs use. What it says was compared with the document, so that it verifies; whether
/// the server means it, a person has to say. Empty where nothing looks like a page.
///
/// # Errors
/// When the document cannot be used.
pub fn infer_pagination(config: &Config) -> Result<String, Error> {
    let api = pipeline::lower(config, Manifests::Generated)?.api;
    Ok(proposal(&api, &infer(&api)))
}

/// Applies the rules to the operations that they are for. Of several rules the first counts, and all before what the
/// document says itself.
pub(crate) fn apply(rules: &[PageRule], api: &mut Api, diagnostics: &mut Diagnostics) {
    let mut found = BTreeMap::new();
    for rule in rules {
        for selector in &rule.operations {
            if selector.text.contains('*') {
                by_pattern(api, rule, selector, &mut found, diagnostics);
            } else {
                by_name(api, rule, selector, &mut found, diagnostics);
            }
        }
    }
    for (index, pagination) in found {
        if let Some(operation) = api.operations.get_mut(index) {
            operation.pagination = Some(Box::new(pagination));
        }
    }
}

type Found = BTreeMap<usize, specsmith_ir::pagination::Pagination>;

/// One operation, which has to fit.
fn by_name(api: &Api, rule: &PageRule, selector: &Written, found: &mut Found, diagnostics: &mut Diagnostics) {
    let mut operations = api.operations.iter().enumerate();
    let Some((index, operation)) = operations.find(|(_, operation)| is_named(operation, &selector.text)) else {
        let message = format!("there is no operation `{}`", selector.text);
        let finding = Diagnostic::new(Code::InvalidPagination, message).at(selector.location);
        let names: Vec<String> = api.operations.iter().flat_map(names).collect();
        return diagnostics.report(match closest(&selector.text, names.iter().map(String::as_str)) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help("an operation is named by its `operationId`, or like `GET /books`"),
        });
    };
    if found.contains_key(&index) {
        return;
    }
    match verify(&api.types, operation, &rule.declaration) {
        Ok(pagination) => drop(found.insert(index, pagination)),
        Err(finding) => diagnostics.report(*finding),
    }
}

/// Many operations, of which those count that fit.
fn by_pattern(api: &Api, rule: &PageRule, selector: &Written, found: &mut Found, diagnostics: &mut Diagnostics) {
    let (mut fitting, mut reason, mut is_claimed) = (0, None, false);
    for (index, operation) in api.operations.iter().enumerate() {
        if !names(operation).iter().any(|name| fits(&selector.text, name)) {
            continue;
        }
        if found.contains_key(&index) {
            is_claimed = true;
            continue;
        }
        match verify(&api.types, operation, &rule.declaration) {
            Ok(pagination) => {
                found.insert(index, pagination);
                fitting += 1;
            }
            Err(finding) => drop(reason.get_or_insert(finding)),
        }
    }
    if fitting == 0 && !(is_claimed && reason.is_none()) {
        let message = format!("no operation that `{}` names has such pages", selector.text);
        let finding = Diagnostic::new(Code::InvalidPagination, message).at(selector.location);
        diagnostics.report(match reason {
            Some(reason) => finding.label(format!("for one, {}", reason.message)),
            None => finding.label("no operation is named so"),
        });
    }
}

/// What an operation can be called: its operationId, and method with path.
pub(crate) fn names(operation: &Operation) -> Vec<String> {
    let place = format!("{} {}", operation.method, operation.path.text);
    operation.name.iter().cloned().chain([place]).collect()
}

/// Whether an operation is called so.
pub(crate) fn is_named(operation: &Operation, name: &str) -> bool {
    operation.name.as_deref() == Some(name)
        || name
            .split_once(' ')
            .is_some_and(|(method, path)| operation.method.as_str() == method && operation.path.text == path)
}

/// Whether a text is what a pattern says, in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    text.ends_with(end)
}

fn proposal(api: &Api, inferred: &[Inferred]) -> String {
    let mut text = String::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for Inferred {
        declaration,
        operations,
        for_all,
    } in inferred
    {
        let style = declaration.style.name();
        let count = known.entry(style).or_default();
        *count += 1;
        let name = match count {
            1 => style.to_owned(),
            count => format!("{style}-{count}"),
        };
        let title = |operation: &Operation| names(operation).into_iter().next().unwrap_or_default();
        let titles: Vec<String> = operations
            .iter()
            .filter_map(|id| api.operation(*id))
            .map(title)
            .collect();
        let selector = match for_all {
            true => quoted("*"),
            false => list(&titles),
        };
        let noun = if titles.len() == 1 { "operation" } else { "operations" };
        let example = titles.first().map(String::as_str).unwrap_or_default();
        let keys = [
            ("parameter", &declaration.parameter),
            ("next", &declaration.next),
            ("items", &declaration.items),
            ("has-more", &declaration.has_more),
            ("total", &declaration.total),
            ("total-pages", &declaration.total_pages),
            ("limit", &declaration.limit),
        ];
        let mut lines = format!("operations = {selector}\nstyle = {}\n", quoted(style));
        for (key, value) in keys {
            if let Some(value) = value {
                let _ = writeln!(lines, "{key} = {}", quoted(&value.text));
            }
        }
        let separator = if text.is_empty() { "" } else { "\n" };
        let example: String = example.chars().filter(|c| !c.is_control()).collect();
        let count = titles.len();
        let _ = write!(
            text,
            "{separator}# {count} {noun}, such as {example}\n[pagination.{name}]\n{lines}"
        );
    }
    text
}

/// A list in one line, or in several where it is long.
fn list(texts: &[String]) -> String {
    const WIDTH: usize = 100;
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    let line = quoted.join(", ");
    match quoted.as_slice() {
        [only] => only.clone(),
        _ if line.len() <= WIDTH => format!("[{line}]"),
        many => format!(
            "[\n{}]",
            many.iter().map(|text| format!("    {text},\n")).collect::<String>()
        ),
    }
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string().trim().to_owned()
}

#[cfg(test)]
mod tests;
