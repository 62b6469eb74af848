//! The files of a program around its handlers: manifest, configuration, the router, `main`, tests, README.

use std::collections::BTreeMap;

use serde::Serialize;
use specsmith_ir::{PathPart, PathTemplate};
use specsmith_output::FileTree;
use specsmith_rust::model::{Operation, RustType};
use specsmith_rust::{Model, Prose};

use super::interface::{self, Interface};
use super::{ScaffoldOptions, Scene, auth};
use crate::{base_path, contract, parameters, signature};

#[derive(Serialize)]
struct View {
    title: String,
    package: String,
    /// The name of the package in code.
    program: String,
    server: String,
    library: String,
    server_path: String,
    /// The dependencies of the manifest.
    dependencies: Vec<(String, String)>,
    /// The modules of the handlers.
    modules: Vec<String>,
    /// Whether types are deprecated.
    deprecated: bool,
    /// What the module of the handlers imports from the root of the server.
    imports: Vec<String>,
    /// The traits with their files.
    traits: Vec<(String, String)>,
    /// Whether operations ask who calls.
    auth: bool,
    /// Whether the server serves the document without being told.
    apart: bool,
    /// The path that everything is below; empty where there is none.
    base_path: String,
    /// Whether the generated server says how large bodies may be.
    body_limit: bool,
    /// A path where nothing is.
    nowhere: String,
    /// A request that a test makes.
    probe: Option<Probe>,
}

/// A request that is answered without a handler.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Probe {
    method: &'static str,
    path: String,
    status: u16,
}

/// Renders all files.
pub(super) fn render(scene: &Scene<'_>, options: &ScaffoldOptions, interfaces: &[Interface]) -> FileTree {
    let view = View {
        title: Prose::one_line(&scene.model.title),
        package: options.package_name.clone(),
        program: options.package_name.replace('-', "_"),
        server: options.server.package_name.clone(),
        library: scene.library.clone(),
        server_path: options.server_path.clone(),
        dependencies: dependencies(scene, options, interfaces).into_iter().collect(),
        modules: modules(scene.model),
        deprecated: scene.model.types.iter().any(|item| item.deprecated.is_some()),
        imports: ["Context", "Problem"].map(|name| imported(scene, name)).into(),
        traits: interfaces
            .iter()
            .map(|interface| (interface.name.clone(), interface.file.clone()))
            .collect(),
        auth: has_auth(interfaces),
        apart: contract::is_served(scene.model, &options.server),
        base_path: base_path::of(scene.model, &options.server),
        body_limit: options.server.body_limit.is_some(),
        nowhere: nowhere(scene.model),
        probe: probe(scene.model),
    };
    let mut tree = FileTree::new();
    for path in [
        "Cargo.toml",
        "README.md",
        "src/config.rs",
        "src/handlers.rs",
        "src/lib.rs",
        "src/main.rs",
        "tests/api.rs",
    ] {
        tree.insert(
            path,
            specsmith_templates::render(&format!("server/scaffold/{path}.j2"), &view),
        );
    }
    for interface in interfaces {
        tree.insert(interface.file.as_str(), interface.file());
    }
    tree
}

/// The dependencies of the program, by name.
fn dependencies(scene: &Scene<'_>, options: &ScaffoldOptions, interfaces: &[Interface]) -> BTreeMap<String, String> {
    let features = match options.server.contract {
        true => "\"docs-ui\", \"tracing\"",
        false => "\"tracing\"",
    };
    let server = format!("{{ path = \"{}\", features = [{features}] }}", options.server_path);
    let tokio = "{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }";
    let subscriber = "{ version = \"0.3\", default-features = false, features = [\"fmt\"] }";
    let mut dependencies = interface::crates(scene, interfaces);
    dependencies.extend([
        (options.server.package_name.clone(), server),
        ("tokio".to_owned(), tokio.to_owned()),
        ("tracing-subscriber".to_owned(), subscriber.to_owned()),
    ]);
    dependencies
}

fn has_auth(interfaces: &[Interface]) -> bool {
    interfaces.iter().any(|interface| interface.file == auth::FILE)
}

/// The modules of the handlers, sorted as rustfmt does.
fn modules(model: &Model) -> Vec<String> {
    let mut modules: Vec<_> = model.groups.iter().map(|group| group.module()).collect();
    modules.sort_by(|a, b| a.unraw().cmp(b.unraw()));
    modules.iter().map(ToString::to_string).collect()
}

/// A name of the runtime that the root of the server has, imported under its own name.
fn imported(scene: &Scene<'_>, name: &str) -> String {
    match scene.names.in_root(name) {
        root if root == name => name.to_owned(),
        root => format!("{root} as {name}"),
    }
}

/// A path that is longer than all of the document.
fn nowhere(model: &Model) -> String {
    let lengths = model.operations().map(|(_, operation)| operation.path.segments.len());
    format!("/nowhere{}", "/x".repeat(lengths.max().unwrap_or_default()))
}

/// A request that is answered without a handler: one for everybody, else one that needs credentials.
fn probe(model: &Model) -> Option<Probe> {
    let is_open = |operation: &&Operation| model.caller(operation).is_none_or(|caller| caller.is_optional);
    let get = |operation: &&Operation| operation.http_method.as_str() == "GET";
    let all = || model.operations().map(|(_, operation)| operation);
    let open = || {
        all()
            .filter(is_open)
            .filter(|operation| needs_nothing(model, operation))
    };
    open()
        .filter(get)
        .chain(open())
        .find_map(|operation| request(operation, 501))
        .or_else(|| {
            let mut closed = all().filter(|operation| !is_open(operation));
            closed.find_map(|operation| request(operation, 401))
        })
}

/// Whether a request without parameters and body is what the operation wants, whatever is in its path.
fn needs_nothing(model: &Model, operation: &Operation) -> bool {
    let is_any = |ty: &RustType| matches!(ty, RustType::String | RustType::I32 | RustType::I64);
    let in_path = signature::path_parameters(operation).all(|parameter| {
        let key = (operation.source, parameter.place, parameter.wire.clone());
        is_any(&parameter.ty) && !model.rules.parameters.contains_key(&key)
    });
    let needs_body = operation.body.as_ref().is_some_and(|body| body.required);
    in_path && !needs_body && !parameters::any_required(operation)
}

fn request(operation: &Operation, status: u16) -> Option<Probe> {
    let method = ["GET", "POST", "PUT", "DELETE"].into_iter();
    let method = method
        .into_iter()
        .find(|method| *method == operation.http_method.as_str())?;
    let path = path(&operation.path)?;
    Some(Probe { method, path, status })
}

/// The path with `1` in place of parameters; `None` where it has characters that are to be escaped.
fn path(path: &PathTemplate) -> Option<String> {
    let mut text = String::new();
    for segment in &path.segments {
        text.push('/');
        for part in &segment.parts {
            text.push_str(match part {
                PathPart::Literal(literal) => literal,
                PathPart::Parameter(_) => "1",
            });
        }
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-._~:@".contains(c);
    // What is longer would need lines of its own.
    (path.query.is_empty() && text.len() <= 60 && text.chars().all(is_plain)).then_some(text)
}
