//! `specsmith list`: tells what a document has, and what it is called in Rust.

use std::{fmt::Write as _, io::Write, process::ExitCode};

use serde_json::{Value, json};
use specsmith::{
    ListedOperation, ListedParameter, ListedSchema, Listing,
    diagnostics::{Location, render::is_hidden},
};

use crate::{
    arguments::{CoverageFormat, ListArguments},
    reporter::{Reporter, Results},
    terminal::{BOLD, OK},
};

/// Goes up when members get another meaning or are gone.
const VERSION: u32 = 1;

/// Runs the subcommand.
pub(crate) fn run(arguments: &ListArguments) -> ExitCode {
    let reporter = Reporter::new(&arguments.reporting, Results::Document);
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => return reporter.no_config(&error),
    };
    let mut listing = match specsmith::list(&config) {
        Ok(listing) => listing,
        Err(error) => return ExitCode::from(reporter.failure(&error)),
    };
    reporter.in_short(&listing.findings);
    if !arguments.has_operations() {
        listing.operations.clear();
    }
    if !arguments.has_schemas() {
        listing.schemas.clear();
    }
    // Whoever closed the pipe has read enough.
    match arguments.format {
        CoverageFormat::Human => write!(anstream::stdout().lock(), "{}", human(&listing)).ok(),
        CoverageFormat::Json => writeln!(std::io::stdout().lock(), "{}", machine(&listing)).ok(),
    };
    ExitCode::from(OK)
}

fn human(listing: &Listing) -> String {
    let mut out = String::new();
    let operations = listing.operations.iter().map(|operation| {
        let deprecated = if operation.deprecated { " (deprecated)" } else { "" };
        [
            format!("{} {}{deprecated}", operation.method, operation.path),
            operation.call.clone(),
            format!("{}::{}", operation.server_trait, operation.server_function),
        ]
    });
    table(&mut out, ["operation", "client", "server"], operations.collect());
    if !listing.operations.is_empty() && !listing.schemas.is_empty() {
        out.push('\n');
    }
    let schemas = listing.schemas.iter().map(|schema| {
        let used = match (schema.in_requests, schema.in_responses) {
            (true, true) => "requests, responses",
            (true, false) => "requests",
            (false, true) => "responses",
            (false, false) => "-",
        };
        let names = [&schema.rust, &schema.rust_request].into_iter().flatten().cloned();
        let kind = schema.kind.clone().unwrap_or_default();
        let rust = names.collect::<Vec<_>>().join(", ");
        [
            schema.name.clone(),
            format!("{kind} {rust}").trim().to_owned(),
            used.to_owned(),
        ]
    });
    table(&mut out, ["schema", "type", "used in"], schemas.collect());
    out
}

/// The widest that a column is made for a few long texts.
const WIDEST: usize = 44;

/// A table of three columns; nothing where there are no rows.
fn table(out: &mut String, titles: [&str; 3], rows: Vec<[String; 3]>) {
    if rows.is_empty() {
        return;
    }
    let width = |column: usize| {
        let texts = rows.iter().filter_map(|row| row.get(column));
        let widths = texts
            .map(|text| shown(text).chars().count())
            .filter(|width| *width <= WIDEST);
        widths.max().unwrap_or(0).max(9)
    };
    let (first, second) = (width(0), width(1));
    let [a, b, c] = titles;
    writeln!(out, "{BOLD}{a:first$}  {b:second$}  {c}{BOLD:#}").ok();
    for [a, b, c] in &rows {
        let line = format!("{:first$}  {:second$}  {}", shown(a), shown(b), shown(c));
        writeln!(out, "{}", line.trim_end()).ok();
    }
}

/// Text of a document with characters that nobody sees spelled out.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match is_hidden(character) {
            true => out.extend(character.escape_unicode()),
            false => out.push(character),
        }
    }
    out
}

fn machine(listing: &Listing) -> String {
    let operations: Vec<Value> = listing.operations.iter().map(|of| operation(listing, of)).collect();
    let schemas: Vec<Value> = listing.schemas.iter().map(|of| schema(listing, of)).collect();
    let value = json!({
        "format": VERSION,
        "document": listing.findings.document,
        "operations": operations,
        "schemas": schemas,
    });
    // Text and numbers always have a form in JSON.
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn operation(listing: &Listing, operation: &ListedOperation) -> Value {
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
        "location": place(listing, operation.location),
    })
}

fn schema(listing: &Listing, schema: &ListedSchema) -> Value {
    json!({
        "name": schema.name,
        "pointer": schema.pointer,
        "kind": schema.kind,
        "rust": schema.rust,
        "rustRequest": schema.rust_request,
        "inRequests": schema.in_requests,
        "inResponses": schema.in_responses,
        "location": place(listing, schema.location),
    })
}

/// A file, a line and a column.
fn place(listing: &Listing, location: Location) -> Option<Value> {
    let sources = &listing.findings.sources;
    let at = sources.line_column(location)?;
    Some(json!({"file": sources.file(location.file)?.name(), "line": at.line, "column": at.column}))
}
