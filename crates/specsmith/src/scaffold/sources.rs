//! What sources of a user implement, as far as their text tells.

use std::collections::BTreeMap;

use syn::{ImplItem, Item, ItemImpl, Path, UseTree};

/// What the sources of a program implement.
#[derive(Debug, Default)]
pub(super) struct Sources {
    implemented: Vec<Implemented>,
    /// Files that could not be read as Rust, and why.
    pub(super) unread: Vec<(String, String)>,
}

/// An implementation of a trait.
#[derive(Debug)]
pub(super) struct Implemented {
    interface: String,
    /// Whether the trait is one of the server's crate, by its path or its import.
    is_of_server: bool,
    pub(super) file: String,
    /// The names of its functions and types.
    pub(super) members: Vec<String>,
    /// Whether macros write some of it.
    pub(super) has_macros: bool,
}

impl Implemented {
    pub(super) fn has(&self, member: &str) -> bool {
        self.members.iter().any(|name| name == member)
    }
}

impl Sources {
    /// Reads files below `src`; `library` is the crate of the server.
    pub(super) fn read(files: &[(String, String)], library: &str) -> Self {
        let mut sources = Self::default();
        for (path, text) in files {
            let file = format!("src/{path}");
            match syn::parse_file(text) {
                Ok(parsed) => sources.items(&parsed.items, &file, library),
                Err(error) => sources.unread.push((file, error.to_string())),
            }
        }
        sources
    }

    /// Whether anything implements a trait of this name.
    pub(super) fn implements(&self, interface: &str) -> bool {
        self.implemented.iter().any(|found| found.interface == interface)
    }

    /// The implementations of a trait of this name.
    pub(super) fn found(&self, interface: &str) -> Vec<&Implemented> {
        self.implemented
            .iter()
            .filter(|found| found.interface == interface)
            .collect()
    }

    /// The traits of the server's crate that are implemented, with their files.
    pub(super) fn of_server(&self) -> Vec<(String, String)> {
        let of_server = self.implemented.iter().filter(|found| found.is_of_server);
        of_server
            .map(|found| (found.interface.clone(), found.file.clone()))
            .collect()
    }

    fn items(&mut self, items: &[Item], file: &str, library: &str) {
        let mut imports = BTreeMap::new();
        for item in items {
            if let Item::Use(item) = item {
                imported(&item.tree, &mut Vec::new(), &mut imports);
            }
        }
        for item in items {
            match item {
                Item::Impl(item) => self.implementation(item, &imports, file, library),
                Item::Mod(item) => {
                    if let Some((_, items)) = &item.content {
                        self.items(items, file, library);
                    }
                }
                _ => {}
            }
        }
    }

    fn implementation(&mut self, item: &ItemImpl, imports: &BTreeMap<String, Vec<String>>, file: &str, library: &str) {
        let Some((path, _)) = &item.trait_ else { return };
        let path = full(path, imports);
        let Some(interface) = path.last() else { return };
        let mut members = Vec::new();
        for item in &item.items {
            match item {
                ImplItem::Fn(item) => members.push(plain(&item.sig.ident)),
                ImplItem::Type(item) => members.push(plain(&item.ident)),
                _ => {}
            }
        }
        self.implemented.push(Implemented {
            interface: interface.clone(),
            is_of_server: path.first().is_some_and(|first| first == library),
            file: file.to_owned(),
            members,
            has_macros: item.items.iter().any(|item| matches!(item, ImplItem::Macro(_))),
        });
    }
}

/// What names of a file stand for: `B` for `books::Books` behind `use books::Books as B`.
fn imported(tree: &UseTree, path: &mut Vec<String>, imports: &mut BTreeMap<String, Vec<String>>) {
    let mut add = |name: &syn::Ident, local: &syn::Ident| {
        let full = path.iter().cloned().chain([plain(name)]).collect();
        imports.insert(plain(local), full);
    };
    match tree {
        UseTree::Name(tree) => add(&tree.ident, &tree.ident),
        UseTree::Rename(tree) => add(&tree.ident, &tree.rename),
        UseTree::Path(tree) => {
            path.push(plain(&tree.ident));
            imported(&tree.tree, path, imports);
            path.pop();
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                imported(tree, path, imports);
            }
        }
        UseTree::Glob(_) => {}
    }
}

/// A path with its first segment as it was imported.
fn full(path: &Path, imports: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut segments = path.segments.iter().map(|segment| plain(&segment.ident));
    let Some(first) = segments.next() else {
        return Vec::new();
    };
    let start = imports.get(&first).cloned().unwrap_or_else(|| vec![first]);
    start.into_iter().chain(segments).collect()
}

/// An identifier without `r#`.
fn plain(ident: &syn::Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}
