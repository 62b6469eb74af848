//! How operations are served, as a configuration says it: limits of bodies, and what is told of their end.

use specsmith_diagnostics::{Code, Diagnostic, Diagnostics, FileId, Location, closest};
use specsmith_ir::pagination::Written;
use specsmith_ir::{Api, Operation, Retirement};

use crate::pagination::{is_named, names};

/// How operations are served; those that are named by operationId or by method and path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Serving {
    /// How many bytes bodies may have, where no other limit says something else.
    pub(crate) body_limit: Option<u64>,
    /// How many bytes the bodies of operations may have.
    pub(crate) body_limits: Vec<(Written, u64)>,
    /// What is told of the end of operations.
    pub(crate) retirements: Vec<(Written, Retirement)>,
}

impl Serving {
    /// Whether nothing is said about any operation.
    pub(crate) fn is_empty(&self) -> bool {
        self.body_limits.is_empty() && self.retirements.is_empty()
    }

    /// Says that it stands in another file of the sources.
    pub(crate) fn move_to(&mut self, file: FileId) {
        self.places().for_each(|place| place.file = file);
    }

    /// Where its parts stand.
    pub(crate) fn places(&mut self) -> impl Iterator<Item = &mut Location> {
        let limits = self.body_limits.iter_mut().map(|(name, _)| name);
        let retirements = self.retirements.iter_mut().map(|(name, _)| name);
        limits.chain(retirements).map(|name| &mut name.location)
    }

    /// Tells the operations what is said about them; what is said about others is reported.
    pub(crate) fn apply(&self, api: &mut Api, diagnostics: &mut Diagnostics) {
        for (name, bytes) in &self.body_limits {
            let Some(operation) = find(api, "server.body-limits", name, diagnostics) else {
                continue;
            };
            operation.body_limit = Some(*bytes);
            if operation.request_body.is_none() {
                let message = format!("`server.body-limits` names `{}`, which has no body", name.text);
                let finding = Diagnostic::new(Code::UnusedOption, message).at(name.location);
                diagnostics.report(finding.label("has no effect"));
            }
        }
        for (name, retirement) in &self.retirements {
            if let Some(operation) = find(api, "server.deprecations", name, diagnostics) {
                let known = *operation.retirement.take().unwrap_or_default();
                let merged = Retirement {
                    since: retirement.since.or(known.since),
                    sunset: retirement.sunset.or(known.sunset),
                    link: retirement.link.clone().or(known.link),
                    sunset_link: retirement.sunset_link.clone().or(known.sunset_link),
                };
                operation.retirement = Some(Box::new(match merged.is_backwards() {
                    // The rest is of the document, which says something else.
                    true => retirement.clone(),
                    false => merged,
                }));
            }
        }
    }
}

/// The operation of a name; where there is none, the finding says which one could be meant.
fn find<'a>(api: &'a mut Api, table: &str, name: &Written, diagnostics: &mut Diagnostics) -> Option<&'a mut Operation> {
    let index = api
        .operations
        .iter()
        .position(|operation| is_named(operation, &name.text));
    if index.is_none() {
        let message = format!("`{table}` names `{}`, which no operation is", name.text.escape_debug());
        let finding = Diagnostic::new(Code::UnusedOption, message).at(name.location);
        let known: Vec<String> = api.operations.iter().flat_map(names).collect();
        let help = match closest(&name.text, known.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "an operation is named by its `operationId`, or like `GET /books`".to_owned(),
        };
        diagnostics.report(finding.label("has no effect").help(help));
    }
    api.operations.get_mut(index?)
}
