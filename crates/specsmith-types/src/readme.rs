//! The README of the generated crate: how to depend on it, and what reading and writing look like.

use serde::Serialize;
use specsmith_rust::model::{TypeBody, TypeItem};
use specsmith_rust::{Model, Prose};

use crate::Options;

#[derive(Serialize)]
struct View<'a> {
    title: String,
    package: &'a str,
    library: String,
    example: Option<String>,
    /// The types that the example imports, in order.
    imports: Vec<String>,
    /// A struct with limits.
    limited: Option<String>,
}

/// Renders `README.md`.
pub(crate) fn render(model: &Model, options: &Options) -> String {
    // A struct shows most; what the document names comes before what has a name from its place.
    let is_struct = |item: &&TypeItem| matches!(item.body, TypeBody::Struct(_)) && item.deprecated.is_none();
    let example = model.types.iter().find(is_struct).map(|item| item.name.to_string());
    let mut imports: Vec<String> = example.iter().cloned().chain(["JsonError".to_owned()]).collect();
    imports.sort();
    let view = View {
        title: Prose::one_line(&model.title),
        package: &options.package_name,
        library: options.package_name.replace('-', "_"),
        example,
        imports,
        limited: model.limited_struct().map(|item| item.name.to_string()),
    };
    specsmith_templates::render("types/README.md.j2", view)
}
