//! Callbacks: requests that the API sends because of an operation.

use crate::{LinkValue, Operation, OperationId};

/// A request that the API sends because of an operation, to an address that its caller gave (OpenAPI 3.2, section 4.18,
/// Callback Object).
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Callback {
    /// The operation.
    pub operation: OperationId,
    /// The name as written; several requests can have it, with other addresses or methods.
    pub name: String,
    /// Where it is sent; `None` where the document does not say it in a way that can be understood.
    pub url: Option<LinkValue>,
    /// The request. Its path is the runtime expression as written; its name can be that of another one.
    pub request: Operation,
}
