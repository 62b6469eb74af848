//! Imports, merged by module and sorted as rustfmt does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proc_macro2::TokenStream;
use syn::{UseName, UsePath, UseTree};

/// How wide a line may get.
const WIDTH: usize = 100;

/// The imports of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Uses {
    /// By block and module: what is imported from it.
    modules: BTreeMap<(Block, Vec<Name>), BTreeSet<Name>>,
}

/// Blocks of imports with a blank line between them, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Block {
    Std,
    External,
    Own,
}

/// A part of a path, in the order of rustfmt: `self`, `super`, `crate`, then names, then the glob.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    rank: u8,
    text: String,
}

impl Name {
    fn new(text: String) -> Self {
        let rank = match text.as_str() {
            "self" => 0,
            "super" => 1,
            "crate" => 2,
            "*" => 4,
            _ => 3,
        };
        Self { rank, text }
    }
}

impl Uses {
    /// Adds what a path leads to.
    pub(super) fn add(&mut self, path: TokenStream) {
        match syn::parse2::<UseTree>(path.clone()) {
            Ok(tree) => self.tree(&mut Vec::new(), tree),
            Err(error) => {
                debug_assert!(false, "generated tokens are no import: {error}: {path}");
                self.leaf(&[], path.to_string());
            }
        }
    }

    fn tree(&mut self, module: &mut Vec<Name>, tree: UseTree) {
        match tree {
            UseTree::Path(UsePath { ident, tree, .. }) => {
                module.push(Name::new(ident.to_string()));
                self.tree(module, *tree);
                module.pop();
            }
            UseTree::Name(UseName { ident }) => self.leaf(module, ident.to_string()),
            UseTree::Rename(rename) => self.leaf(module, format!("{} as {}", rename.ident, rename.rename)),
            UseTree::Glob(_) => self.leaf(module, "*".to_owned()),
            UseTree::Group(group) => {
                for tree in group.items {
                    self.tree(module, tree);
                }
            }
        }
    }

    fn leaf(&mut self, module: &[Name], text: String) {
        let block = match module.first().map_or(text.as_str(), |name| &name.text) {
            "std" | "core" | "alloc" => Block::Std,
            "crate" | "self" | "super" => Block::Own,
            _ => Block::External,
        };
        self.modules
            .entry((block, module.to_vec()))
            .or_default()
            .insert(Name::new(text));
    }

    /// Each import: the segments of its module, and its name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Vec<&str>, &str)> {
        self.modules.iter().flat_map(|((_, module), names)| {
            let segments: Vec<&str> = module.iter().map(|name| name.text.as_str()).collect();
            names.iter().map(move |name| (segments.clone(), name.text.as_str()))
        })
    }

    /// Prints them, with a blank line before each block.
    pub(super) fn print(&self, f: &mut fmt::Formatter<'_>, order: Order) -> fmt::Result {
        let mut modules: Vec<_> = self.modules.iter().collect();
        // A single name is part of the path.
        modules.sort_by_key(|((block, module), names)| {
            let single = names.iter().filter(|_| names.len() == 1);
            (*block, Vec::from_iter(module.iter().chain(single)))
        });
        if order == Order::Rustfmt {
            modules.sort_by_key(|((block, module), names)| {
                let last = match names.first() {
                    Some(name) if names.len() == 1 => Segment::of(name),
                    _ => Segment::List,
                };
                (*block, Vec::from_iter(module.iter().map(Segment::of).chain([last])))
            });
        }
        let mut last = None;
        for ((block, module), names) in modules {
            if last != Some(*block) {
                writeln!(f)?;
                last = Some(*block);
            }
            let path: String = module.iter().map(|name| format!("{}::", name.text)).collect();
            let mut names: Vec<_> = names.iter().collect();
            if order == Order::Rustfmt {
                names.sort_by_key(|name| Segment::of(name));
            }
            let names: Vec<_> = names.into_iter().map(|name| name.text.as_str()).collect();
            let width = match order {
                Order::Text => WIDTH,
                Order::Rustfmt => WIDTH - 1,
            };
            print_use(f, &path, &names, width)?;
        }
        Ok(())
    }
}

/// The order of imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// By their text, which no formatter touches.
    Text,
    /// As rustfmt leaves them: names by version, lists behind all else of a module.
    Rustfmt,
}

/// A part of a path as rustfmt compares it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Name(u8, Vec<Chunk>),
    List,
}

/// A part of a name: characters one by one, and numbers as a whole.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Chunk {
    Underscore,
    Number(usize, String),
    Character(char),
}

impl Segment {
    fn of(name: &Name) -> Self {
        let mut chunks: Vec<Chunk> = Vec::new();
        for c in name.text.split(" as ").next().unwrap_or_default().chars() {
            match (c, chunks.last_mut()) {
                ('_', _) => chunks.push(Chunk::Underscore),
                (c, Some(Chunk::Number(length, digits))) if c.is_ascii_digit() => {
                    digits.push(c);
                    *length = digits.trim_start_matches('0').len();
                }
                (c, _) if c.is_ascii_digit() => chunks.push(Chunk::Number(1, c.to_string())),
                (c, _) => chunks.push(Chunk::Character(c)),
            }
        }
        Self::Name(name.rank, chunks)
    }
}

fn print_use(f: &mut fmt::Formatter<'_>, path: &str, names: &[&str], widest: usize) -> fmt::Result {
    if let [name] = names {
        return writeln!(f, "use {path}{name};");
    }
    let line = format!("use {path}{{{}}};", names.join(", "));
    if line.chars().count() < widest {
        return writeln!(f, "{line}");
    }
    writeln!(f, "use {path}{{")?;
    let mut line = String::new();
    // A single line may be one column wider than each of several.
    let single = 4 + names.join(", ").chars().count() < WIDTH;
    let width = if single { WIDTH } else { WIDTH - 1 };
    for name in names {
        if !line.is_empty() && 4 + line.chars().count() + 1 + name.chars().count() + 1 > width {
            writeln!(f, "    {line}")?;
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(name);
        line.push(',');
    }
    writeln!(f, "    {line}")?;
    writeln!(f, "}};")
}
