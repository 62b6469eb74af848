//! A compact text of an API for people and snapshots: one fact per line, in the order of the API.
//!
//! A type is written in place where it is small and has no name (`[string]`, `integer int32 >=0`), and on its own where
//! it has fields, values or variants. Types that nothing refers to are left out. A type is called by its component name, or by the way to it from its owner.

mod assertion;
mod operation;
mod reach;
mod ty;

use std::fmt::Write as _;

use crate::{Api, Assertion, OperationId, TypeId, Xml};

use self::ty::Names;

/// The text of an API.
///
/// ```
/// # use specsmith_ir::{Api, dump};
/// let mut api = Api::default();
/// api.info.title = "Books".to_owned();
/// assert_eq!(dump(&api), "api \"Books\" \"\"\n");
/// ```
pub fn dump(api: &Api) -> String {
    let names = Names::of(api);
    let mut out = Text::default();
    out.line(0, format_args!("api {:?} {:?}", api.info.title, api.info.version));
    for server in &api.servers {
        out.line(0, format_args!("server {}", server.url));
    }
    for tag in &api.tags {
        out.line(0, format_args!("tag {}", tag.name));
    }
    for scheme in &api.security_schemes {
        out.line(0, format_args!("security {}: {:?}", scheme.name, scheme.kind));
    }
    for operation in &api.operations {
        operation::write(&mut out, &names, "operation", operation);
    }
    for webhook in &api.webhooks {
        operation::write(&mut out, &names, "webhook", webhook);
    }
    for callback in &api.callbacks {
        let OperationId(operation) = callback.operation;
        out.line(0, format_args!("callback {} of operation {operation}", callback.name));
        if let Some(url) = &callback.url {
            out.line(1, format_args!("to {url}"));
        }
        operation::write(&mut out, &names, "request", &callback.request);
    }
    let reached = reach::reached(api);
    for (id, _) in api.types.iter() {
        if names.stands_alone(id) && reached.contains(&id) {
            ty::write(&mut out, &names, id);
        }
    }
    for (id, schema) in api.assertions.iter().enumerate() {
        out.line(0, format_args!("schema {id} = {}", assertion::all(schema)));
    }
    out.text
}

/// The text of one type and of the types inside it that have no name of their own.
pub fn dump_type(api: &Api, id: TypeId) -> String {
    let names = Names::of(api);
    let mut out = Text::default();
    ty::write(&mut out, &names, id);
    out.text
}

/// What a type is called in such a text: the name of its schema, or the way to it.
pub fn type_place(api: &Api, id: TypeId) -> String {
    Names::of(api).name(id)
}

/// The text of one assertion.
pub(crate) fn dump_assertion(assertion: &Assertion) -> String {
    assertion::one(assertion)
}

/// The text of how values stand in XML; empty where nothing is said.
pub(crate) fn dump_xml(xml: Option<&Xml>) -> String {
    ty::xml(xml)
}

/// Text that is written line by line.
#[derive(Default)]
struct Text {
    text: String,
}

impl Text {
    /// Adds a line, `level` steps from the left.
    fn line(&mut self, level: usize, line: std::fmt::Arguments<'_>) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = level * 2);
    }
}

#[cfg(test)]
mod tests;
