//! What a trait of the server wants of a service, in pieces that can be printed one by one.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specsmith_rust::{Prose, RustFile};

use super::Scene;

/// What a trait of the server wants of a service.
#[derive(Debug, Clone)]
pub struct Interface {
    /// The name of the trait.
    pub name: String,
    /// The file of the program that implements it at first: `src/handlers/books.rs`.
    pub file: String,
    docs: Prose,
    /// The trait and the service, as their file calls them.
    head: TokenStream,
    /// What every implementation names.
    imports: Vec<TokenStream>,
    /// What is wanted whatever the document says.
    given: Vec<&'static str>,
    given_tokens: TokenStream,
    members: Vec<Member>,
}

/// A function or type of a trait.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) imports: Vec<TokenStream>,
    pub(super) tokens: TokenStream,
}

impl Interface {
    /// Begins a trait of the server without members: its name, what files call it, and how they import it.
    pub(super) fn new(scene: &Scene<'_>, (name, local): (&str, &Ident), import: TokenStream, file: String) -> Self {
        let service = scene.names.local("App");
        let own = match service == "App" {
            true => quote!(crate::App),
            false => quote!(crate::App as #service),
        };
        Self {
            name: name.to_owned(),
            file,
            docs: Prose::new(),
            head: quote!(impl #local for #service),
            imports: vec![import, own],
            given: Vec::new(),
            given_tokens: TokenStream::new(),
            members: Vec::new(),
        }
    }

    /// Says what its file is about.
    pub(super) fn docs(&mut self, docs: &str) {
        self.docs.own(docs);
    }

    /// Adds what every implementation has, whatever the document says.
    pub(super) fn give(&mut self, name: &'static str, imports: Vec<TokenStream>, tokens: TokenStream) {
        self.given.push(name);
        self.imports.extend(imports);
        self.given_tokens.extend(tokens);
    }

    /// Adds a function or type.
    pub(super) fn want(&mut self, member: Member) {
        self.members.push(member);
    }

    /// The names of its functions and types, in the order of the document.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }

    /// Whether implementations have something of this name.
    pub fn wants(&self, name: &str) -> bool {
        self.given.contains(&name) || self.members().any(|member| member == name)
    }

    /// The file that implements it, with stubs for everything that it wants.
    pub fn file(&self) -> String {
        let mut file = RustFile::for_user();
        file.doc(&self.docs);
        for import in &self.imports {
            file.use_(import.clone());
        }
        self.implementation(&mut file, &self.given_tokens, |_| true);
        with_wide_results(&file.to_string())
    }

    /// The stubs of some members as they would stand in an implementation, and what they import.
    pub fn stubs(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        let mut file = RustFile::for_user();
        self.implementation(&mut file, &TokenStream::new(), is_wanted);
        with_wide_results(file.to_string().trim_start())
    }

    fn implementation(&self, file: &mut RustFile, given: &TokenStream, is_wanted: impl Fn(&str) -> bool) {
        let members: Vec<_> = self.members.iter().filter(|member| is_wanted(&member.name)).collect();
        for import in members.iter().flat_map(|member| &member.imports) {
            file.use_(import.clone());
        }
        let (head, members) = (&self.head, members.iter().map(|member| &member.tokens));
        file.item(quote!(#head { #given #(#members)* }));
    }
}

impl Scene<'_> {
    /// The imports of a file of the server's crate, as another crate has them.
    pub(super) fn imports(&self, file: &RustFile) -> Vec<TokenStream> {
        let imports = file.imports().map(|(module, name)| self.import(&module, name));
        imports.collect()
    }

    /// A name of a module of the server's crate, as another crate has it.
    pub(super) fn import(&self, module: &[&str], name: &str) -> TokenStream {
        let (name, local) = name.split_once(" as ").unwrap_or((name, name));
        let (path, name) = match module {
            ["crate", "runtime", "server"] => (vec![self.library.as_str()], self.names.in_root(name).to_string()),
            ["crate", "runtime", "codec"] => (vec![self.library.as_str(), "types"], name.to_owned()),
            ["crate", rest @ ..] => (with_first(&self.library, rest), name.to_owned()),
            ["axum", ..] => (with_first(&self.library, module), name.to_owned()),
            module => (module.to_vec(), name.to_owned()),
        };
        let path = path.into_iter().map(ident);
        let (is_same, name, local) = (name == local, ident(&name), ident(local));
        match is_same {
            true => quote!(#(#path::)*#name),
            false => quote!(#(#path::)*#name as #local),
        }
    }
}

fn with_first<'a>(first: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    [first].into_iter().chain(rest.iter().copied()).collect()
}

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Where a result is so wide that rustfmt puts the brace behind it below.
const WIDE_RESULT: usize = 96;

/// The text with results of functions that take nearly a whole line as rustfmt has them.
fn with_wide_results(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let mut line = line.to_owned();
        if line == "    ) -> Result<" {
            let rest: Vec<&str> = lines.by_ref().take_while(|line| *line != "    > {").collect();
            let inner: Vec<&str> = rest.iter().map(|line| line.trim()).collect();
            let joined = format!("{line}{}> {{", inner.join(" ").trim_end_matches(','));
            line = match joined.chars().count() <= 103 {
                true => joined,
                false => format!("{line}\n{}\n    > {{", rest.join("\n")),
            };
        }
        let is_wide = line.starts_with("    ) -> ") && line.lines().count() == 1 && line.chars().count() > WIDE_RESULT;
        match line.strip_suffix(" {").filter(|_| is_wide) {
            Some(result) => out.push_str(&format!("{result}\n    {{")),
            None => out.push_str(&line),
        }
        out.push('\n');
    }
    out
}

/// The names that a file has of the document, which those of the runtime give way to.
pub(super) fn of_document(imports: &RustFile) -> BTreeSet<String> {
    let gives_way = |module: &[&str]| {
        matches!(
            module,
            ["crate", "runtime", "server"] | ["crate", "auth"] | ["axum", ..]
        )
    };
    let imports = imports.imports().filter(|(module, _)| !gives_way(module));
    imports.map(|(_, name)| name.to_owned()).collect()
}

/// Crates that stubs name beside the server's, with how a manifest depends on them.
pub(super) fn crates(scene: &Scene<'_>, interfaces: &[Interface]) -> BTreeMap<String, String> {
    let texts: Vec<String> = interfaces.iter().map(Interface::file).collect();
    let is_named = |krate: &str| {
        let path = format!("{krate}::");
        texts
            .iter()
            .any(|text| text.split(|c: char| !is_of_path(c)).any(|word| word.starts_with(&path)))
    };
    let table = |version: &str| format!("{{ version = \"{version}\", default-features = false }}");
    let mut crates = BTreeMap::new();
    let date = scene
        .model
        .date_dependency()
        .map(|(name, version, _)| (name, table(version)));
    let known = [("serde_json", "\"1\"".to_owned()), ("uuid", table("1"))];
    for (name, value) in known.into_iter().chain(date) {
        if is_named(name) {
            crates.insert(name.to_owned(), value);
        }
    }
    for (package, value) in &scene.model.dependencies {
        if is_named(&package.replace('-', "_")) {
            crates.insert(package.clone(), value.clone());
        }
    }
    crates
}

fn is_of_path(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':'
}
