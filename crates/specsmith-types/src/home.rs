//! The types of a client or a server: in its package, or in one of their own.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use specsmith_output::FileTree;
use specsmith_runtime::{Part, SplitFiles};
use specsmith_rust::types::{self, Built, Openness, Validation};
use specsmith_rust::{Model, Prose, RustFile};

use crate::Manifest;

/// The folder of a package of types, below that of the package which uses them.
pub const FOLDER: &str = "types";

/// Where the types of a package with more than types are.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    /// What has the types.
    pub model: &'a Model,
    /// Whether they have room for what the document does not name.
    pub openness: Openness,
    /// Which of them callers build.
    pub built: Built,
    /// Whether they can be validated.
    pub validation: Validation,
    /// The name of the package that uses them.
    pub user: &'a str,
    /// The version of its package, and of theirs.
    pub version: &'a str,
    /// The name of the package of their own; `None` where they are in that of their user.
    pub package: Option<&'a str>,
}

impl Home<'_> {
    /// Adds the types to the package that uses them, and the parts of the runtime that it needs.
    ///
    /// A package of their own is added in a folder, with the codec. What the user's files say of `crate::types` and
    /// `crate::runtime` holds either way.
    pub fn add(&self, tree: &mut FileTree, parts: &[Part]) {
        let folder = self.package.map(|_| format!("{FOLDER}/")).unwrap_or_default();
        for (path, file) in types::render(self.model, self.openness, self.built) {
            tree.insert(format!("{folder}src/{path}"), file.to_string());
        }
        let Some(package) = self.package else {
            for (path, text) in specsmith_runtime::files(parts) {
                tree.insert(format!("src/runtime/{path}"), text);
            }
            return;
        };
        tree.insert(format!("{folder}Cargo.toml"), self.own_manifest(package).to_string());
        tree.insert(format!("{folder}src/lib.rs"), self.own_root().to_string());
        let SplitFiles { types, rest } = specsmith_runtime::split_files(parts, &library(package));
        for (path, text) in types {
            tree.insert(format!("{folder}src/runtime/{path}"), text);
        }
        for (path, text) in rest {
            tree.insert(format!("src/runtime/{path}"), text);
        }
    }

    /// The item of the user's crate root that makes the types `crate::types`.
    pub fn module(&self) -> TokenStream {
        match self.package {
            None => quote!(
                pub mod types;
            ),
            Some(package) => {
                let library = format_ident!("{}", library(package));
                quote!(
                    #[doc(inline)]
                    pub use #library as types;
                )
            }
        }
    }

    /// The manifest of the package that uses the types, with what these need.
    pub fn manifest(&self) -> Manifest {
        let mut manifest = Manifest::new(self.user, self.version, self.model, self.openness, self.validation);
        if let Some(package) = self.package {
            manifest.split(package, self.version, FOLDER);
        }
        manifest
    }

    /// What a feature for a group of calls turns on: that of the types for it, if they have one.
    pub fn group_feature(&self, group: &str) -> Option<String> {
        let is_known = self.group_features().contains(group);
        self.package
            .filter(|_| is_known)
            .map(|package| format!("{package}/{group}"))
    }

    /// The groups of calls that have types which no other uses, in a package with features for groups.
    fn group_features(&self) -> BTreeSet<&str> {
        match self.built {
            Built::Requests => self.model.type_features.values().map(String::as_str).collect(),
            Built::Responses | Built::All => BTreeSet::new(),
        }
    }

    /// The manifest of the package of types.
    fn own_manifest(&self, package: &str) -> Manifest {
        let mut manifest = Manifest::new(package, self.version, self.model, self.openness, self.validation);
        for group in self.group_features() {
            manifest.feature(group, &[]);
        }
        manifest
    }

    /// The root of the package of types.
    fn own_root(&self) -> RustFile {
        let mut file = RustFile::new();
        let mut docs = Prose::new();
        docs.own(&format!(
            "The types of the package `{}`, which has them as its module `types`.",
            self.user
        ));
        file.doc(&docs);
        if let Some(limit) = types::recursion_limit(self.model) {
            file.attribute(limit);
        }
        if !self.group_features().is_empty() {
            file.attribute(quote!(#![allow(
                unused_imports,
                reason = "it is for groups that are off"
            )]));
        }
        file.item(quote!(
            #[doc(hidden)]
            pub mod runtime;
        ));
        file.item(quote!(
            mod types;
        ));
        if !types::is_empty(self.model, self.built) {
            file.item(quote!(
                pub use types::*;
            ));
        }
        file
    }
}

/// The name of a package as Rust code has it.
fn library(package: &str) -> String {
    package.replace('-', "_")
}
