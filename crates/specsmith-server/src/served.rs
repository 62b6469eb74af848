//! Which operations requests reach: of several that no request tells apart, the first.

use std::{borrow::Cow, collections::BTreeMap};

use specsmith_ir::OperationId;
use specsmith_rust::Model;
use specsmith_rust::model::{Group, Operation};

/// The operations that requests reach, each with the later ones that it stands in for.
///
/// Operations cannot be told apart where their paths differ only in a fragment, which is not sent, or in the names of
/// parameters.
pub(crate) struct Served<'m> {
    first: BTreeMap<OperationId, Vec<&'m Operation>>,
}

impl<'m> Served<'m> {
    /// Looks at all operations of a model.
    pub(crate) fn new(model: &'m Model) -> Self {
        let mut operations: Vec<_> = model.operations().map(|(_, operation)| operation).collect();
        operations.sort_by_key(|operation| operation.source);
        let mut routes = BTreeMap::new();
        let mut first: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for operation in operations {
            let route = (operation.http_method.as_str(), shape(operation));
            let id = *routes.entry(route).or_insert(operation.source);
            let others = first.entry(id).or_default();
            if id != operation.source {
                others.push(operation);
            }
        }
        Self { first }
    }

    /// The model with just the operations that requests reach, and the groups that have any; mostly those are all.
    pub(crate) fn reached<'a>(&self, model: &'a Model) -> Cow<'a, Model> {
        let is_first = |operation: &Operation| self.first.contains_key(&operation.source);
        let is_whole = |group: &Group| !group.operations.is_empty() && group.operations.iter().all(is_first);
        if model.groups.iter().all(is_whole) {
            return Cow::Borrowed(model);
        }
        let mut model = model.clone();
        for group in &mut model.groups {
            group.operations.retain(is_first);
        }
        model.groups.retain(|group| !group.operations.is_empty());
        Cow::Owned(model)
    }

    /// The operations that an operation stands in for.
    pub(crate) fn others(&self, operation: &Operation) -> &[&'m Operation] {
        self.first.get(&operation.source).map_or(&[], Vec::as_slice)
    }
}

/// The path without the names of its parameters.
fn shape(operation: &Operation) -> String {
    let template = operation.path.escaped();
    let mut shape = String::new();
    for piece in template.split_inclusive('}') {
        match piece.split_once('{') {
            Some((literal, _)) => {
                shape.push_str(literal);
                shape.push_str("{}");
            }
            None => shape.push_str(piece),
        }
    }
    shape
}
