//! Callbacks of operations: the requests in them, and the expressions that say where they are sent.
//!
//! Requests are lowered behind all operations, so that they take no place among them; expressions are read last, as those of
//! links are.

use specsmith_diagnostics::{Code, Location};
use specsmith_ir::{Callback, ComponentKind, LinkValue, Operation, OperationId, Owner, Value};

use super::{
    context::{Context, quoted},
    expression::{Expressions, Index, Problem},
    operation::{Direction, Operations, literal},
};
use crate::{Key, Node, grammar::Kind};

/// The callbacks of all operations, before their requests are lowered.
#[derive(Debug, Default)]
pub(super) struct Callbacks<'d>(Vec<Found<'d>>);

/// An expression of a Callback Object.
#[derive(Debug)]
struct Found<'d> {
    /// The operation, by its place in the list.
    operation: usize,
    name: &'d str,
    /// What its types stand in.
    owner: Owner,
    key: &'d Key,
    /// The path item.
    item: Node<'d>,
}

/// Callbacks with their requests, before their addresses are read.
#[derive(Debug, Default)]
pub(super) struct Unaddressed(Vec<(Callback, Location)>);

impl<'d> Callbacks<'d> {
    /// Finds the callbacks of an operation that gets this place.
    pub(super) fn read(&mut self, cx: &mut Context<'d, '_>, operation: usize, node: Node<'d>) {
        let id = OperationId(u32::try_from(operation).unwrap_or(u32::MAX));
        for (name, reference) in node.get("callbacks").into_iter().flat_map(Node::members) {
            let Some(callback) = cx.resolve_to(reference, Kind::Callback).filter(|node| node.is_object()) else {
                continue;
            };
            if !cx.afford_copy(reference, callback) {
                continue;
            }
            let around = Owner::Callback(id, name.name.clone());
            let owner = cx.owner_of(callback, ComponentKind::Callback, &around);
            for (key, item) in callback.members() {
                if !key.name.starts_with("x-") && item.is_object() {
                    self.0.push(Found {
                        operation,
                        name: &name.name,
                        owner: owner.clone(),
                        key,
                        item,
                    });
                }
            }
        }
    }
}

impl Operations<'_, '_, '_> {
    /// Lowers the requests of callbacks.
    pub(super) fn callbacks(&mut self) -> Unaddressed {
        let mut callbacks = Vec::new();
        let first = self.list.len();
        for found in std::mem::take(&mut self.callbacks).0 {
            let template = literal(&found.key.name);
            self.path_item(
                (found.key, found.item),
                template.into(),
                found.owner,
                Direction::Callback,
            );
            for request in self.list.split_off(first) {
                let callback = Callback {
                    operation: OperationId(u32::try_from(found.operation).unwrap_or(u32::MAX)),
                    name: found.name.to_owned(),
                    url: None,
                    request,
                };
                callbacks.push((callback, found.key.location));
            }
        }
        Unaddressed(callbacks)
    }
}

impl Unaddressed {
    /// Reads where callbacks are sent, and reports what does not say it.
    pub(super) fn settle(self, cx: &mut Context<'_, '_>, operations: &[Operation]) -> Vec<Callback> {
        let mut index = Index::of(operations);
        let mut addressed = Vec::with_capacity(self.0.len());
        for (mut callback, location) in self.0 {
            let mut values = Expressions {
                cx,
                operations,
                index: &mut index,
                operation: usize::try_from(callback.operation.0).unwrap_or(usize::MAX),
                status: None,
                code: Code::InvalidCallback,
            };
            match address(&mut values, &callback.request.path.text, location) {
                Ok(url) => callback.url = Some(url),
                Err(problem) => cx.report(problem.label("where the callback is sent is left to the caller")),
            }
            addressed.push(callback);
        }
        addressed
    }
}

fn address(values: &mut Expressions<'_, '_, '_>, text: &str, location: Location) -> Result<LinkValue, Problem> {
    let url = values.read(text, location)?;
    let start = match &url {
        LinkValue::Text(parts) => parts.first(),
        url => Some(url),
    };
    let is_address = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    match start {
        Some(LinkValue::Constant(Value::String(text))) if !is_address(text) => {
            let finding = values.invalid(format!("{} is no address", quoted(text)), location);
            Err(Box::new(finding.help("such as `{$request.body#/callback_url}`")))
        }
        Some(LinkValue::Status) => Err(values.invalid("a status is no address".to_owned(), location)),
        _ => Ok(url),
    }
}

/// Tells about callbacks of requests that the API sends itself: nobody would know when they are sent.
pub(super) fn report_unread(cx: &mut Context<'_, '_>, node: Node<'_>) {
    if let Some((key, callbacks)) = node.entry("callbacks")
        && callbacks.members().next().is_some()
    {
        let message = "nothing is generated for callbacks of webhooks and callbacks".to_owned();
        cx.note(Code::NotGenerated, message, key.location);
    }
}
