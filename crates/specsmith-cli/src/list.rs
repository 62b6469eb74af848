//! `specsmith list`: tells what a document has, and what it is called in Rust.

use std::{fmt::Write as _, io::Write, process::ExitCode};

use specsmith::{Listing, diagnostics::render::is_hidden};

use crate::{
    arguments::{CoverageFormat, ListArguments},
    reporter::{Reporter, Results},
    terminal::{BOLD, OK},
};

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
        CoverageFormat::Json => writeln!(std::io::stdout().lock(), "{}", listing.to_json()).ok(),
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
