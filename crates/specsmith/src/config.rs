//! What to generate from what, and where it goes.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use specsmith_diagnostics::Level;
use specsmith_rust::{TypeOptions, types::Openness};
use specsmith_spec::{LimitError, Limits};

use crate::{
    DocumentCommand, Findings, Generator, GeneratorCommand, config_file::ConfigFile, docs::DocsOptions, filter::Filter,
    generator::Plugged, pagination::PageRule, serving::Serving,
};

/// What to generate from which document, and where it goes.
///
/// ```
/// use specsmith::{Config, Target};
///
/// let config = Config::new("openapi.yaml")
///     .client(Target::new("sdk").package("bookstore"))
///     .docs("docs/api");
/// ```
#[derive(Debug, Clone)]
pub struct Config {
    pub(crate) document: Input,
    /// The program that prints the document.
    pub(crate) document_command: Option<DocumentCommand>,
    /// The file with the document, where the document is what a program printed.
    pub(crate) committed: Option<PathBuf>,
    pub(crate) targets: BTreeMap<Kind, Target>,
    pub(crate) limits: Limits,
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) levels: Vec<(String, Level)>,
    pub(crate) strict: bool,
    pub(crate) contract: bool,
    pub(crate) base_path: Option<String>,
    pub(crate) serving: Serving,
    pub(crate) types: TypeOptions,
    pub(crate) pagination: Vec<PageRule>,
    pub(crate) names_lock: Option<PathBuf>,
    pub(crate) file: Option<ConfigFile>,
    pub(crate) filter: Filter,
    pub(crate) docs: DocsOptions,
    pub(crate) generators: Vec<Plugged>,
    /// Generators that are programs, which the library does not run.
    pub(crate) generator_commands: Vec<GeneratorCommand>,
}

/// Where a document comes from.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// A file.
    File(PathBuf),
    /// Bytes, and the name that diagnostics print.
    Bytes(String, Vec<u8>),
    /// A file, and the name that diagnostics print.
    Named(String, PathBuf),
    /// From nowhere yet.
    Unnamed,
}

/// The kinds of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The client package.
    Client,
    /// The server package.
    Server,
    /// The package of types.
    Types,
    /// The Markdown reference.
    Docs,
    /// What a [`Generator`] of one's own makes; it is no target.
    Own,
}

impl Kind {
    /// The kind as a word: `client`, `server`, `types`, `docs`, `own`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Client => "client",
            Kind::Server => "server",
            Kind::Types => "types",
            Kind::Docs => "docs",
            Kind::Own => "own",
        }
    }
}

/// Where an output goes, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub(crate) dir: PathBuf,
    pub(crate) package: Option<String>,
    pub(crate) openness: Openness,
    pub(crate) form: Form,
}

/// In which form Rust sources are generated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// A package of its own, with a manifest.
    #[default]
    Crate,
    /// Two packages: that of the types is in the folder `types` of the other, which depends on it and has them as its
    /// module `types`. Of outputs of types alone and of docs there is one.
    Split,
    /// A module of the crate whose sources the folder is among.
    Module,
}

impl Target {
    /// An output in this folder. Its package is called like the folder.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            package: None,
            openness: Openness::Open,
            form: Form::Crate,
        }
    }

    /// Says whether a package is generated, two of them, or a module of the crate whose sources the folder is among:
    /// `src/api` is the module `api`, which `mod api;` declares. The crate needs the dependencies that the module uses; what
    /// it lacks is reported. Without effect on docs.
    ///
    /// ```
    /// use specsmith::{Config, Form, Target};
    ///
    /// let config = Config::new("openapi.yaml").client(Target::new("src/api").form(Form::Module));
    /// ```
    #[must_use]
    pub fn form(mut self, form: Form) -> Self {
        self.form = form;
        self
    }

    /// Gives the package a name of its own; without effect on docs.
    #[must_use]
    pub fn package(mut self, name: impl Into<String>) -> Self {
        self.package = Some(name.into());
        self
    }

    /// Says whether a package of types has room for what the document does not name, as clients have it and servers do
    /// not; open unless it is said. Without effect on other outputs.
    #[must_use]
    pub fn openness(mut self, openness: Openness) -> Self {
        self.openness = openness;
        self
    }
}

impl From<&str> for Target {
    fn from(dir: &str) -> Self {
        Self::new(dir)
    }
}

impl From<&Path> for Target {
    fn from(dir: &Path) -> Self {
        Self::new(dir)
    }
}

impl From<PathBuf> for Target {
    fn from(dir: PathBuf) -> Self {
        Self::new(dir)
    }
}

impl Config {
    /// Takes the document from a file.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self::from_input(Input::File(document.into()))
    }

    /// Takes the document from memory; `name` is what diagnostics print as its file.
    pub fn from_text(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self::from_input(Input::Bytes(name.into(), text.into()))
    }

    /// Takes a document of the crate `openapiv3` from memory; findings call it by its title.
    ///
    /// This is for frameworks that make a document from code, such as dropshot: their API and what is generated cannot
    /// disagree. Frameworks with types of their own (utoipa, aide) write JSON, which [`from_text`](Self::from_text)
    /// takes.
    ///
    /// ```
    /// use openapiv3::{Info, OpenAPI};
    ///
    /// let document = OpenAPI {
    ///     openapi: "3.0.4".to_owned(),
    ///     info: Info { title: "Books".to_owned(), version: "1.0.0".to_owned(), ..Info::default() },
    ///     ..OpenAPI::default()
    /// };
    /// let config = specsmith::Config::from_openapiv3(&document)?.client("sdk");
    /// assert!(specsmith::render(&config).is_ok());
    /// # Ok::<(), specsmith::Error>(())
    /// ```
    ///
    /// # Errors
    /// When the document cannot be written as JSON.
    #[cfg(feature = "openapiv3")]
    pub fn from_openapiv3(document: &openapiv3::OpenAPI) -> Result<Self, crate::Error> {
        match specsmith_spec::Source::from_openapiv3(document) {
            Ok(source) => Ok(Self::from_text(source.name, source.text)),
            Err(diagnostic) => {
                let mut findings = crate::Findings::new(document.info.title.as_str(), Default::default());
                findings.diagnostics.report(diagnostic);
                Err(crate::Error::Document(findings))
            }
        }
    }

    /// A configuration that names no document yet.
    pub(crate) fn unnamed() -> Self {
        Self::from_input(Input::Unnamed)
    }

    /// The configuration with the file that it was read from.
    pub(crate) fn with_file(mut self, file: ConfigFile) -> Self {
        self.file = Some(file);
        self
    }

    fn from_input(document: Input) -> Self {
        Self {
            document,
            document_command: None,
            committed: None,
            targets: BTreeMap::new(),
            limits: Limits::default(),
            folders: Vec::new(),
            overlays: Vec::new(),
            levels: Vec::new(),
            strict: false,
            contract: true,
            base_path: None,
            serving: Serving::default(),
            types: TypeOptions::default(),
            pagination: Vec::new(),
            names_lock: None,
            file: None,
            filter: Filter::default(),
            docs: DocsOptions::default(),
            generators: Vec::new(),
            generator_commands: Vec::new(),
        }
    }

    /// Takes the document from this file instead.
    #[must_use]
    pub fn document(mut self, document: impl Into<PathBuf>) -> Self {
        self.document = Input::File(document.into());
        self
    }

    /// Takes the document from memory instead; `name` is what diagnostics print as its file.
    #[must_use]
    pub fn document_text(mut self, name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        self.document = Input::Bytes(name.into(), text.into());
        self
    }

    /// Takes the document from this file instead; `name` is what diagnostics print as its file. Files that it refers to are
    /// called as if they were beside a file of that name.
    #[must_use]
    pub fn document_named(mut self, name: impl Into<String>, document: impl Into<PathBuf>) -> Self {
        self.document = Input::Named(name.into(), document.into());
        self
    }

    /// Names a program that prints the document. The library runs none: whoever does hands over what was printed to
    /// [`printed_document`](Self::printed_document).
    #[must_use]
    pub fn with_document_command(mut self, command: DocumentCommand) -> Self {
        self.document_command = Some(command);
        self
    }

    /// The program that prints the document, where one is named.
    pub fn document_command(&self) -> Option<&DocumentCommand> {
        self.document_command.as_ref()
    }

    /// Takes the document that a program printed; a file that was named before is compared with it by
    /// [`generate`](crate::generate) and [`check`](crate::check), which say so in [`Outcome::committed`](crate::Outcome).
    #[must_use]
    pub fn printed_document(mut self, name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        if let Input::File(path) | Input::Named(_, path) = &self.document {
            self.committed = Some(path.clone());
        }
        self.document_text(name, text)
    }

    /// Generates a client package there.
    #[must_use]
    pub fn client(self, target: impl Into<Target>) -> Self {
        self.with(Kind::Client, target)
    }

    /// Generates an axum server package there.
    #[must_use]
    pub fn server(self, target: impl Into<Target>) -> Self {
        self.with(Kind::Server, target)
    }

    /// Generates a package there with the types and nothing else.
    #[must_use]
    pub fn types(self, target: impl Into<Target>) -> Self {
        self.with(Kind::Types, target)
    }

    /// Generates a Markdown reference there.
    #[must_use]
    pub fn docs(self, target: impl Into<Target>) -> Self {
        self.with(Kind::Docs, target)
    }

    /// Decides about the Markdown reference.
    ///
    /// ```
    /// use specsmith::{Config, DocsOptions, Layout};
    ///
    /// let options = DocsOptions { layout: Layout::Book, ..DocsOptions::default() };
    /// let config = Config::new("openapi.yaml").docs("book").docs_options(options);
    /// ```
    #[must_use]
    pub fn docs_options(mut self, options: DocsOptions) -> Self {
        self.docs = options;
        self
    }

    /// What is decided about the Markdown reference so far.
    pub fn current_docs_options(&self) -> &DocsOptions {
        &self.docs
    }

    /// Generates what a generator of one's own makes there.
    #[must_use]
    pub fn generator(mut self, dir: impl Into<PathBuf>, generator: impl Generator + 'static) -> Self {
        self.generators.push(Plugged::new(dir.into(), generator));
        self
    }

    /// Names a generator that is a program. The library runs none: whoever does puts one in as a
    /// [`generator`](Self::generator) that hands it the [request](GeneratorCommand::request).
    #[must_use]
    pub fn with_generator_command(mut self, command: GeneratorCommand) -> Self {
        self.generator_commands.push(command);
        self
    }

    /// The generators that are programs.
    pub fn generator_commands(&self) -> &[GeneratorCommand] {
        &self.generator_commands
    }

    /// Generates an output of this kind there; [`Kind::Own`] is none that has a target.
    #[must_use]
    pub fn with(mut self, kind: Kind, target: impl Into<Target>) -> Self {
        self.targets.insert(kind, target.into());
        self
    }

    /// Remembers names in this file, for all outputs together, and not in the folder of each package.
    ///
    /// A build script, whose folder does not stay, and packages that are generated by several runs need it so that what is
    /// added to the document never renames what was there.
    #[must_use]
    pub fn names_lock(mut self, path: impl Into<PathBuf>) -> Self {
        self.names_lock = Some(path.into());
        self
    }

    /// Generates only the operations that this selects; after several calls, what any of them selects.
    ///
    /// A selector is `tag:Books`, a path such as `/books/**`, `GET /books/*`, or an operationId such as `listBooks`; `*` is
    /// any text, and `**` any number of segments. `tag:` takes the resource of operations without a tag, too. Types that
    /// nothing uses any more are left out, and everything has the name that it has without a filter.
    ///
    /// ```
    /// let config = specsmith::Config::new("openapi.yaml").include("tag:Books").exclude("DELETE /**");
    /// ```
    #[must_use]
    pub fn include(mut self, selector: impl Into<String>) -> Self {
        self.filter.include.push(selector.into());
        self
    }

    /// Leaves out the operations that this selects; for the selectors see [`include`](Self::include).
    #[must_use]
    pub fn exclude(mut self, selector: impl Into<String>) -> Self {
        self.filter.exclude.push(selector.into());
        self
    }

    /// Decides about generated types.
    #[must_use]
    pub fn type_options(mut self, options: TypeOptions) -> Self {
        self.types = options;
        self
    }

    /// Says how the pages of operations follow each other, after what was said before.
    #[must_use]
    pub(crate) fn pagination(mut self, rules: Vec<PageRule>) -> Self {
        self.pagination.extend(rules);
        self
    }

    /// Limits what reading the document may cost; the default suits documents of some ten megabytes.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets one limit by its name, such as `depth`.
    ///
    /// # Errors
    /// When no limit has the name, or the value is more than the limit can be.
    pub fn limit(mut self, name: &str, value: usize) -> Result<Self, LimitError> {
        self.limits.set(name, value)?;
        Ok(self)
    }

    /// Lets the document refer to files in this folder too, beside the folder that it stands in.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folders.push(folder.into());
        self
    }

    /// Applies an overlay to the document before anything else; several are applied in the order of the calls.
    #[must_use]
    pub fn overlay(mut self, overlay: impl Into<PathBuf>) -> Self {
        self.overlays.push(overlay.into());
        self
    }

    /// Makes diagnostics errors: those of a code, or of several with commas between them, or `warnings`, `notes`, `all`.
    ///
    /// Levels apply in the order of the calls, and the last one that fits a diagnostic counts. A name that is no code is
    /// told when the configuration is used.
    ///
    /// ```
    /// use specsmith::{Config, diagnostics::Code};
    ///
    /// let config = Config::new("openapi.yaml").deny("broken-ref,wrong-type").allow(Code::RefSiblings);
    /// ```
    #[must_use]
    pub fn deny(self, codes: impl AsRef<str>) -> Self {
        self.level(codes, Level::Deny)
    }

    /// Makes diagnostics warnings; for the names see [`deny`](Self::deny).
    #[must_use]
    pub fn warn(self, codes: impl AsRef<str>) -> Self {
        self.level(codes, Level::Warn)
    }

    /// Leaves diagnostics out, so that they are only counted; for the names see [`deny`](Self::deny).
    #[must_use]
    pub fn allow(self, codes: impl AsRef<str>) -> Self {
        self.level(codes, Level::Allow)
    }

    /// Sets the level of diagnostics; for the names see [`deny`](Self::deny).
    #[must_use]
    pub fn level(mut self, codes: impl AsRef<str>, level: Level) -> Self {
        self.levels.push((codes.as_ref().to_owned(), level));
        self
    }

    /// Makes every warning an error, after all other levels.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Makes servers that serve everything below this path, `""` for none; without it, below the path of the first server
    /// of the document.
    #[must_use]
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        self.base_path = Some(path.into());
        self
    }

    /// The files that are read for what is generated, as they are named: the document, its overlays, what they refer to by
    /// the findings of a run, the configuration file, and templates and the older document of the reference.
    pub fn files(&self, findings: Option<&Findings>) -> BTreeSet<String> {
        let document = match &self.document {
            Input::File(path) | Input::Named(_, path) => Some(path),
            Input::Bytes(..) | Input::Unnamed => None,
        };
        let named = document.into_iter().chain(&self.overlays).chain(&self.docs.since);
        let named = named.map(|path| path.display().to_string());
        let templates = self.docs.templates.iter().flat_map(|folder| {
            let names = specsmith_output::files_below(folder, ".j2").unwrap_or_default();
            names
                .into_iter()
                .map(move |(name, _)| folder.join(name).display().to_string())
        });
        let file = self.file.iter().map(|file| file.name.clone());
        // A document from memory is the first of what was read, and no file.
        let read = findings.into_iter().flat_map(|findings| &findings.sources);
        let read = read
            .skip(usize::from(document.is_none()))
            .map(|file| file.name().to_owned());
        named.chain(templates).chain(file).chain(read).collect()
    }

    /// The document, as findings call it; empty where none is named.
    pub fn document_name(&self) -> String {
        match &self.document {
            Input::Bytes(name, _) | Input::Named(name, _) => name.clone(),
            Input::File(path) => path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"),
            Input::Unnamed => String::new(),
        }
    }

    /// Makes servers that do not serve the document they are made from.
    #[must_use]
    pub fn without_contract(mut self) -> Self {
        self.contract = false;
        self
    }
}
