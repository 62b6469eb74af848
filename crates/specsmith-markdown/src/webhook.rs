//! The pages of webhooks and callbacks: requests that the API sends.

use specsmith_ir as ir;

use crate::context::Context;
use crate::escape::code;
use crate::example::Direction;
use crate::exchange::exchange;
use crate::pages::Folder;
use crate::view;

/// The page of webhooks.
pub(crate) fn webhooks(cx: &Context<'_>) -> view::Sent {
    let webhooks = cx.api.webhooks.iter().enumerate().map(|(index, webhook)| {
        let mut view = exchange(cx, webhook, Direction::Response);
        view.heading = heading(cx.pages.webhook_heading(index));
        view.line = code(webhook.method.as_str());
        view
    });
    view::Sent {
        title: title(cx, cx.pages.webhooks()),
        requests: webhooks.collect(),
    }
}

/// The page of callbacks.
pub(crate) fn callbacks(cx: &Context<'_>) -> view::Sent {
    let callbacks = cx.api.callbacks.iter().enumerate().map(|(index, callback)| {
        let mut view = exchange(cx, &callback.request, Direction::Response);
        view.heading = heading(cx.pages.callback_heading(index));
        if let Some((_, operation)) = cx.operation(callback.operation) {
            let way = cx.pages.operation_link(callback.operation, Folder::Root);
            let function = code(operation.function.unraw());
            view.facts.push(format!("**Sent because of:** [{function}]({way})"));
        }
        view
    });
    view::Sent {
        title: title(cx, cx.pages.callbacks()),
        requests: callbacks.collect(),
    }
}

fn title(cx: &Context<'_>, page: Option<&str>) -> String {
    page.map(|page| cx.pages.title(page)).unwrap_or_default()
}

fn heading(heading: Option<&crate::pages::Heading>) -> String {
    heading.map(|heading| heading.text.clone()).unwrap_or_default()
}

/// The callbacks of an operation, with links to what they are.
pub(crate) fn of_operation(cx: &Context<'_>, operation: ir::OperationId) -> Option<String> {
    let all = cx.api.callbacks.iter().enumerate();
    let own = all.filter(|(_, callback)| callback.operation == operation);
    let own = own.filter_map(|(index, callback)| {
        let way = cx.pages.callback_link(index)?;
        let expression = code(&callback.request.path.text);
        Some(format!("[{}]({way}) to {expression}", code(&callback.name)))
    });
    let own = Vec::from_iter(own);
    (!own.is_empty()).then(|| format!("**Callbacks:** {}", own.join(", ")))
}
