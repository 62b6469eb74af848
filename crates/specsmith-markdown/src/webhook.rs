//! The page of webhooks: requests that the API sends.

use crate::context::Context;
use crate::escape::code;
use crate::example::Direction;
use crate::exchange::exchange;
use crate::view;

/// The page of webhooks.
pub(crate) fn view(cx: &Context<'_>) -> view::Webhooks {
    let webhooks = cx.api.webhooks.iter().enumerate().map(|(index, webhook)| {
        let mut view = exchange(cx, webhook, Direction::Response);
        view.heading = cx
            .pages
            .webhook_heading(index)
            .map(|heading| heading.text.clone())
            .unwrap_or_default();
        view.line = code(webhook.method.as_str());
        view
    });
    view::Webhooks {
        webhooks: webhooks.collect(),
    }
}
