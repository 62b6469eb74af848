//! XML as the body of a webhook.

use serde::de::DeserializeOwned;

use super::super::super::xml::{Node, Reading, from_xml};
use super::WebhookError;

/// Reads the body of a webhook of this name, which is XML.
pub fn read_xml<T: DeserializeOwned>(
    webhook: &'static str,
    root: &Node,
    body: &[u8],
) -> Result<T, WebhookError> {
    from_xml(root, body, Reading::Open).map_err(|error| WebhookError::Xml {
        webhook,
        source: Box::new(error),
    })
}
