//! Imports, merged by module and sorted as rustfmt does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// How wide a line may get.
const WIDTH: usize = 100;

/// The imports of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Uses {
    /// By block and module: what is imported from it.
    modules: BTreeMap<Block, BTreeMap<Vec<Name>, BTreeSet<Name>>>,
    /// By path of a module: the names that were imported from it one by one.
    named: BTreeMap<&'static str, BTreeSet<String>>,
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
    /// Adds what a path leads to: `a::b`, `a::b as c`, `a::*`, `a::{b, c::d}`.
    pub(super) fn add(&mut self, path: TokenStream) {
        self.tree(&mut Vec::new(), path);
    }

    /// Adds a name of a module, whose path has segments between `::`.
    pub(super) fn add_name(&mut self, module: &'static str, name: &str) {
        let named = self.named.entry(module).or_default();
        if !named.contains(name) {
            named.insert(name.to_owned());
            let module: Vec<Name> = module.split("::").map(|name| Name::new(name.to_owned())).collect();
            self.leaf(&module, name.to_owned());
        }
    }

    /// Adds the branches of a tree of paths, between commas, which are inside of a module.
    fn tree(&mut self, module: &mut Vec<Name>, tree: TokenStream) {
        let depth = module.len();
        let mut name = String::new();
        let mut tokens = tree.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) if ident == "as" => name.push_str(" as "),
                TokenTree::Ident(ident) => name.push_str(&ident.to_string()),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => self.tree(module, group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    // The second of two colons.
                    tokens.next_if(|next| matches!(next, TokenTree::Punct(punct) if punct.as_char() == ':'));
                    module.push(Name::new(std::mem::take(&mut name)));
                }
                TokenTree::Punct(punct) if punct.as_char() == '*' => name.push('*'),
                TokenTree::Punct(punct) if punct.as_char() == ',' => {
                    self.leaf(module, std::mem::take(&mut name));
                    module.truncate(depth);
                }
                other => debug_assert!(false, "generated tokens are no import: {other}"),
            }
        }
        self.leaf(module, name);
        module.truncate(depth);
    }

    /// Adds a name of a module; there is none behind braces.
    fn leaf(&mut self, module: &[Name], text: String) {
        if text.is_empty() {
            return;
        }
        let block = match module.first().map_or(text.as_str(), |name| &name.text) {
            "std" | "core" | "alloc" => Block::Std,
            "crate" | "self" | "super" => Block::Own,
            _ => Block::External,
        };
        let modules = self.modules.entry(block).or_default();
        let name = Name::new(text);
        match modules.get_mut(module) {
            Some(names) => drop(names.insert(name)),
            None => drop(modules.insert(module.to_vec(), BTreeSet::from([name]))),
        }
    }

    /// Each import: the segments of its module, and its name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Vec<&str>, &str)> {
        self.modules.values().flatten().flat_map(|(module, names)| {
            let segments: Vec<&str> = module.iter().map(|name| name.text.as_str()).collect();
            names.iter().map(move |name| (segments.clone(), name.text.as_str()))
        })
    }

    /// Prints them, with a blank line before each block.
    pub(super) fn print(&self, f: &mut fmt::Formatter<'_>, order: Order) -> fmt::Result {
        let blocks = self.modules.iter();
        let modules = blocks.flat_map(|(block, modules)| modules.iter().map(move |of| (*block, of)));
        let mut modules: Vec<_> = modules.collect();
        // A single name is part of the path.
        modules.sort_by_cached_key(|(block, (module, names))| {
            let single = names.iter().filter(|_| names.len() == 1);
            (*block, Vec::from_iter(module.iter().chain(single)))
        });
        if order == Order::Rustfmt {
            modules.sort_by_cached_key(|(block, (module, names))| {
                let last = match names.first() {
                    Some(name) if names.len() == 1 => Segment::of(name),
                    _ => Segment::List,
                };
                (*block, Vec::from_iter(module.iter().map(Segment::of).chain([last])))
            });
        }
        let mut last = None;
        for (block, (module, names)) in modules {
            if last != Some(block) {
                writeln!(f)?;
                last = Some(block);
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
