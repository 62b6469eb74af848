//! What a document has as JSON, for programs.

use serde_json::{Value, json};
use specsmith_diagnostics::{Location, SourceMap};

use super::{ListedOperation, ListedParameter, ListedSchema, Listing};

/// Goes up when members get another meaning or are gone.
const VERSION: u32 = 1;

impl Listing {
    /// What the document has as one JSON object, as `specsmith list --format json` prints it.
    pub fn to_json(&self) -> String {
        let sources = &self.findings.sources;
        let value = json!({
            "format": VERSION,
            "document": self.findings.document,
            "operations": operations(&self.operations, sources),
            "schemas": schemas(&self.schemas, sources),
        });
        // Text and numbers always have a form in JSON.
        serde_json::to_string_pretty(&value).unwrap_or_default()
    }
}

pub(crate) fn operations(list: &[ListedOperation], sources: &SourceMap) -> Vec<Value> {
    list.iter().map(|of| operation(of, sources)).collect()
}

pub(crate) fn schemas(list: &[ListedSchema], sources: &SourceMap) -> Vec<Value> {
    list.iter().map(|of| schema(of, sources)).collect()
}

fn operation(operation: &ListedOperation, sources: &SourceMap) -> Value {
    let parameters = |list: &[ListedParameter]| -> Vec<Value> {
        let values = list
            .iter()
            .map(|of| json!({"name": of.name, "wire": of.wire, "in": of.place, "type": of.ty}));
        values.collect()
    };
    let bodies = operation.bodies.iter().map(|body| {
        json!({
            "mediaTypes": body.media_types,
            "method": body.method,
            "type": body.ty,
            "required": body.required,
        })
    });
    let responses = operation.responses.iter().map(|response| {
        json!({
            "status": response.status,
            "success": response.is_success,
            "mediaType": response.media_type,
            "type": response.ty,
        })
    });
    json!({
        "operationId": operation.id,
        "method": operation.method,
        "path": operation.path,
        "tags": operation.tags,
        "pointer": operation.pointer,
        "deprecated": operation.deprecated,
        "client": {
            "call": operation.call,
            "operation": operation.operation,
            "arguments": parameters(&operation.arguments),
            "setters": parameters(&operation.setters),
        },
        "server": { "trait": operation.server_trait, "function": operation.server_function },
        "bodies": bodies.collect::<Vec<_>>(),
        "responses": responses.collect::<Vec<_>>(),
        "location": place(operation.location, sources),
    })
}

fn schema(schema: &ListedSchema, sources: &SourceMap) -> Value {
    json!({
        "name": schema.name,
        "pointer": schema.pointer,
        "kind": schema.kind,
        "rust": schema.rust,
        "rustRequest": schema.rust_request,
        "inRequests": schema.in_requests,
        "inResponses": schema.in_responses,
        "location": place(schema.location, sources),
    })
}

/// A file, a line and a column.
fn place(location: Location, sources: &SourceMap) -> Option<Value> {
    let at = sources.line_column(location)?;
    Some(json!({"file": sources.file(location.file)?.name(), "line": at.line, "column": at.column}))
}
