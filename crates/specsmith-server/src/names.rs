//! Names of the runtime in generated files, under another name where the document uses the same one.

use std::{collections::BTreeSet, rc::Rc};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_rust::{Model, RustFile};

/// The names of the runtime that generated files use.
pub(crate) struct Names {
    /// The names in the files of the groups.
    taken: BTreeSet<String>,
    /// The names in the root, which every file shares.
    groups: Rc<BTreeSet<String>>,
}

impl Names {
    /// The names of a model are known, so that those of the runtime give way.
    pub(crate) fn new(model: &Model) -> Self {
        let types = model.types.iter().map(|item| item.name.to_string());
        let groups = model.groups.iter().map(|group| group.name.to_string());
        let operations = model.operations().flat_map(|(_, operation)| {
            [
                operation.parameters_name.to_string(),
                operation.content_name.to_string(),
                operation.responses.server.to_string(),
            ]
            .into_iter()
            .chain(
                operation
                    .bodies()
                    .filter_map(|body| Some(body.form.as_ref()?.name.to_string())),
            )
        });
        Self {
            taken: types.chain(groups.clone()).chain(operations).collect(),
            groups: Rc::new(groups.collect()),
        }
    }

    /// The same for a file of another crate that uses just these names.
    pub(crate) fn within(&self, taken: BTreeSet<String>) -> Self {
        Self {
            taken,
            groups: Rc::clone(&self.groups),
        }
    }

    /// Imports a name of the runtime's server into a file and returns what it is called there.
    pub(crate) fn runtime(&self, file: &mut RustFile, name: &str) -> Ident {
        self.import(file, "crate::runtime::server", name)
    }

    /// Imports a name from a module and returns what it is called in the file.
    pub(crate) fn import(&self, file: &mut RustFile, module: &'static str, name: &str) -> Ident {
        let local = self.local(name);
        match local == name {
            true => file.import(module, name),
            false => file.import(module, &format!("{name} as {local}")),
        };
        local
    }

    /// What a name is called in files that use types, traits and operations by theirs.
    pub(crate) fn local(&self, name: &str) -> Ident {
        free(name, &self.taken)
    }

    /// A name as it is exported from the root: `Problem`, or `Problem as HttpProblem`.
    pub(crate) fn root_import(&self, name: &str) -> TokenStream {
        let (local, name) = (self.in_root(name), Ident::new(name, Span::call_site()));
        match local == name {
            true => quote!(#name),
            false => quote!(#name as #local),
        }
    }

    /// What a name of the runtime is called in the root.
    pub(crate) fn in_root(&self, name: &str) -> Ident {
        free(name, &self.groups)
    }
}

/// A name that is not taken: `HttpProblem` where the document has a `Problem`.
fn free(name: &str, taken: &BTreeSet<String>) -> Ident {
    let mut local = name.to_owned();
    while taken.contains(&local) {
        local.insert_str(0, "Http");
    }
    Ident::new(&local, Span::call_site())
}
