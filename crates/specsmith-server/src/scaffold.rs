//! Begins a program around a generated server: everything that its owner goes on with.
//!
//! [`scaffold`] renders it once. What each trait of the server wants is told as an [`Interface`], so that a program that
//! was begun earlier can be compared with it.

mod auth;
mod handlers;
mod interface;
mod program;

use std::collections::{BTreeMap, BTreeSet};

use specsmith_ir::OperationId;
use specsmith_output::FileTree;
use specsmith_rust::Model;

use crate::Options;
use crate::auth::Auth;
use crate::names::Names;
use crate::served::Served;

pub use interface::Interface;

/// What the document does not decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaffoldOptions {
    /// The name of the package that is begun.
    pub package_name: String,
    /// The folder of that package, relative to the one that is begun, with `/`.
    pub server_path: String,
    /// How the server is generated.
    pub server: Options,
}

/// A program that begins.
#[derive(Debug, Clone)]
pub struct Scaffold {
    /// Its files.
    pub tree: FileTree,
    /// The traits of the server, those of the groups first.
    pub interfaces: Vec<Interface>,
}

/// Renders a program around the server of a model; `None` where the document has no operations.
pub fn scaffold(model: &Model, options: &ScaffoldOptions) -> Option<Scaffold> {
    let served = Served::new(model);
    let model: &Model = &served.reached(model);
    if model.groups.is_empty() {
        return None;
    }
    let scene = Scene {
        model,
        names: Names::new(model),
        library: options.server.package_name.replace('-', "_"),
    };
    let mut interfaces: Vec<_> = model.groups.iter().map(|group| handlers::of(&scene, group)).collect();
    interfaces.extend(Auth::new(model).map(|auth| auth::of(&scene, &auth)));
    let tree = program::render(&scene, options, &interfaces);
    Some(Scaffold { tree, interfaces })
}

/// How a handler of each operation begins, as Rust with its imports; `package_name` is that of the server.
pub fn handlers(model: &Model, package_name: &str) -> BTreeMap<OperationId, String> {
    let served = Served::new(model);
    let model: &Model = &served.reached(model);
    let scene = Scene {
        model,
        names: Names::new(model),
        library: package_name.replace('-', "_"),
    };
    let groups = model.groups.iter();
    groups.flat_map(|group| handlers::samples(&scene, group)).collect()
}

/// What all files of a program are about.
struct Scene<'m> {
    model: &'m Model,
    names: Names,
    /// The name of the server's crate in code.
    library: String,
}

impl Scene<'_> {
    /// The same for a file with just these names of the document.
    fn within(&self, taken: BTreeSet<String>) -> Scene<'_> {
        Scene {
            model: self.model,
            names: self.names.within(taken),
            library: self.library.clone(),
        }
    }
}
