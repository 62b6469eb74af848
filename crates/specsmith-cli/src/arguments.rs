//! The arguments of the command, and the configuration they mean.

mod diff;
mod docs;
mod init;
mod input;
mod ir;
mod list;
#[cfg(feature = "mock")]
mod mock;
mod reporting;
mod why;

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use specsmith::{Config, DocumentCommand, Format, Project, Target};

pub(crate) use self::diff::{DiffArguments, DiffError, DiffFormat};
pub(crate) use self::init::{Ci, InitArguments};
pub(crate) use self::input::InputError;
use self::input::{DocumentOrFile, Reading};
pub(crate) use self::ir::IrArguments;
pub(crate) use self::list::ListArguments;
#[cfg(feature = "mock")]
pub(crate) use self::mock::MockArguments;
pub(crate) use self::reporting::{MessageFormat, Reporting};
pub(crate) use self::why::WhyArguments;
use crate::{completions, generators, spec_command};

/// OpenAPI-first code generator: a typed Rust client SDK, an axum server and Markdown docs from one document.
#[derive(Debug, Parser)]
#[command(name = "specsmith", version, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all is well, though there may be warnings
  1  the document cannot be used, or generated files are out of date
  2  wrong usage";

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Begins `specsmith.toml` for a document, and what else a project needs
    #[command(after_help = init::EXAMPLES)]
    Init(InitArguments),
    /// Writes a client, a server, types and docs from a document
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate {
        #[command(flatten)]
        arguments: GenerateArguments,
        /// Writes nothing, and tells what would be written
        #[arg(long)]
        dry_run: bool,
        /// Generates again whenever a file that was read changes, until it is ended
        #[cfg(feature = "watch")]
        #[arg(long, conflicts_with = "dry_run")]
        watch: bool,
    },
    /// Tells whether generated files are up to date, and changes nothing
    #[command(after_help = CHECK_EXAMPLES)]
    Check(GenerateArguments),
    /// Begins a program around a generated server, with a handler for each operation
    #[command(after_help = SCAFFOLD_EXAMPLES)]
    Scaffold(ScaffoldArguments),
    /// Tells what is wrong with documents
    #[command(after_help = LINT_EXAMPLES)]
    Lint(LintArguments),
    /// Prints one document of all files that a document refers to, with overlays applied
    #[command(after_help = BUNDLE_EXAMPLES)]
    Bundle(TransformArguments),
    /// Prints a document in OpenAPI 3.2
    #[command(after_help = UPGRADE_EXAMPLES)]
    Upgrade(TransformArguments),
    /// Serves examples of a document, or made values, and checks what is sent
    #[cfg(feature = "mock")]
    #[command(after_help = mock::EXAMPLES)]
    Mock(MockArguments),
    /// Tells how much of a document is understood
    #[command(after_help = COVERAGE_EXAMPLES)]
    Coverage(CoverageArguments),
    /// Tells what is different between two documents, and whom it breaks
    #[command(after_help = diff::EXAMPLES)]
    Diff(DiffArguments),
    /// Tells what a document has, and what it is called in Rust
    #[command(after_help = list::EXAMPLES)]
    List(ListArguments),
    /// Tells what keeps a type alive, and where a name comes from
    #[command(after_help = why::EXAMPLES)]
    Why(WhyArguments),
    /// Prints what a document means, for other programs
    #[command(after_help = ir::EXAMPLES)]
    Ir(IrArguments),
    /// Tells what `specsmith.toml` may say
    #[command(after_help = CONFIG_EXAMPLES)]
    Config {
        /// What is told
        #[command(subcommand)]
        about: AboutConfig,
    },
    /// Prints the completions of a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        #[arg(value_name = "SHELL", value_enum)]
        shell: clap_complete::Shell,
    },
    /// Prints the manual page, or writes one for each command
    #[command(after_help = MAN_EXAMPLES)]
    Man {
        /// The folder of the pages
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Explains a code such as `broken-ref`, or lists all codes
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArguments),
}

/// What is told of configuration files.
#[derive(Debug, Subcommand)]
pub(crate) enum AboutConfig {
    /// Prints the JSON Schema of the file, for editors
    Schema,
}

const CONFIG_EXAMPLES: &str = "\
Editors with Taplo complete and check the file once its first line names the schema:
  #:schema specsmith.schema.json

Examples:
  specsmith config schema > specsmith.schema.json";

const COMPLETIONS_EXAMPLES: &str = "\
The shell asks the command, which also knows the tags, operations and schemas of the document
on the line, or of the configuration file. After an update, print them again.

Examples:
  echo 'source <(specsmith completions bash)' >> ~/.bashrc
  echo 'source <(specsmith completions zsh)' >> ~/.zshrc
  specsmith completions fish > ~/.config/fish/completions/specsmith.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  specsmith man | man -l -
  specsmith man --output /usr/local/share/man/man1";

const GENERATE_EXAMPLES: &str = "\
Only what differs is written. Files of earlier runs are replaced, or removed when they are no
longer generated; any other file in the way is an error, and nothing is written.

`specsmith.toml` says what stands on the command line otherwise, and more:
docs/reference/configuration.md. Arguments win over it.

Examples:
  specsmith generate
  specsmith generate openapi.yaml --client sdk
  specsmith generate openapi.yaml --client sdk --server server --docs docs/api
  specsmith generate openapi.json --client crates/sdk --client-name bookstore
  specsmith generate openapi.yaml --client sdk --include tag:Books --exclude 'DELETE /**'
  specsmith generate openapi.yaml --docs book --docs-layout book --since v1/openapi.yaml
  specsmith generate --spec-command 'cargo run --quiet --bin openapi' --client sdk
  specsmith generate --dry-run
  specsmith generate --watch
  curl -s https://api.example.com/openapi.json | specsmith generate - --client sdk";

const CHECK_EXAMPLES: &str = "\
Takes the same arguments as `generate`. Formatting and line breaks do not count.

Examples:
  specsmith check
  specsmith check openapi.yaml --client sdk
  specsmith check openapi.yaml --client sdk --server server --docs docs/api";

const SCAFFOLD_EXAMPLES: &str = "\
Files that are there are never changed. Where the program has handlers already nothing is written:
the stubs of operations that are new are printed, and the handlers of operations that are gone.

Examples:
  specsmith scaffold server
  specsmith scaffold server openapi.yaml --server server
  specsmith scaffold server openapi.yaml --server crates/server --output crates/shop";

const LINT_EXAMPLES: &str = "\
Examples:
  specsmith lint openapi.yaml
  specsmith lint --strict apis/*.yaml
  specsmith lint --deny warnings --allow ref-siblings openapi.yaml
  specsmith lint --infer-pagination openapi.yaml >> specsmith.toml
  specsmith lint --message-format sarif openapi.yaml > specsmith.sarif";

const BUNDLE_EXAMPLES: &str = "\
Examples:
  specsmith bundle openapi.yaml > bundled.yaml
  specsmith bundle openapi.yaml --overlay internal.overlay.yaml -o dist/openapi.json
  specsmith bundle api/openapi.yaml --allow-dir common --format json";

const UPGRADE_EXAMPLES: &str = "\
What the document refers to in other files is taken in, as `bundle` does.

Examples:
  specsmith upgrade openapi.yaml > openapi-3.2.yaml
  specsmith upgrade swagger.json -o openapi.yaml";

const COVERAGE_EXAMPLES: &str = "\
Says what a document uses, what becomes of each keyword, which places are lost, and how many
schemas have a type.

Examples:
  specsmith coverage openapi.yaml
  specsmith coverage openapi.yaml --format json > coverage.json";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  specsmith explain broken-ref
  specsmith explain";

/// A document, and where its outputs go.
#[derive(Debug, Args)]
pub(crate) struct GenerateArguments {
    #[command(flatten)]
    document: DocumentOrFile,
    /// A line for a shell that prints the document; DOCUMENT is then a file that must say the same
    #[arg(long, value_name = "COMMAND")]
    spec_command: Option<String>,
    #[command(flatten)]
    outputs: Outputs,
    #[command(flatten)]
    filter: Filter,
    /// The name of the client package [default: made from the folder]
    #[arg(long, value_name = "NAME", requires = "client")]
    client_name: Option<String>,
    /// The name of the server package [default: made from the folder]
    #[arg(long, value_name = "NAME", requires = "server")]
    server_name: Option<String>,
    /// The name of the package of types [default: made from the folder]
    #[arg(long, value_name = "NAME", requires = "types")]
    types_name: Option<String>,
    #[command(flatten)]
    reference: docs::Reference,
    /// Prints how long each step took
    #[arg(long)]
    pub(crate) timings: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

#[derive(Debug, Args)]
struct Outputs {
    /// The folder of the client package
    #[arg(long, value_name = "DIR")]
    client: Option<PathBuf>,
    /// The folder of the axum server package
    #[arg(long, value_name = "DIR")]
    server: Option<PathBuf>,
    /// The folder of a package with the types and nothing else
    #[arg(long, value_name = "DIR")]
    types: Option<PathBuf>,
    /// The folder of the Markdown reference
    #[arg(long, value_name = "DIR")]
    docs: Option<PathBuf>,
    /// The file that remembers names [default: one in the folder of each package]
    #[arg(long, value_name = "FILE")]
    names_lock: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Filter {
    /// Takes only the operations of a tag (`tag:Books`), path (`/books/**`, `GET /books/*`) or operationId; may be
    /// given several times
    #[arg(long, value_name = "SELECTOR", add = completions::selectors())]
    include: Vec<String>,
    /// Leaves out the operations of a tag, path or operationId; may be given several times
    #[arg(long, value_name = "SELECTOR", add = completions::selectors())]
    exclude: Vec<String>,
}

impl Filter {
    fn apply(&self, mut config: Config) -> Config {
        for selector in &self.include {
            config = config.include(selector);
        }
        for selector in &self.exclude {
            config = config.exclude(selector);
        }
        config
    }
}

/// A program to begin, and the server that it is for.
#[derive(Debug, Args)]
pub(crate) struct ScaffoldArguments {
    /// What the program is around
    #[arg(value_name = "WHAT", value_enum)]
    what: Scaffolding,
    #[command(flatten)]
    document: DocumentOrFile,
    /// The folder of the generated server package
    #[arg(long, value_name = "DIR")]
    server: Option<PathBuf>,
    /// The folder of the program [default: `app` beside the server]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// What a program can be begun around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scaffolding {
    /// The generated server
    Server,
}

/// Documents to look at.
#[derive(Debug, Args)]
pub(crate) struct LintArguments {
    /// The OpenAPI documents, JSON or YAML; `-` reads standard input [default: what the nearest `specsmith.toml` says]
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<PathBuf>,
    /// Prints what `specsmith.toml` could say about the pages of lists, instead of findings
    #[arg(long)]
    pub(crate) infer_pagination: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// A document to make another one from, and where that goes.
#[derive(Debug, Args)]
pub(crate) struct TransformArguments {
    #[command(flatten)]
    document: DocumentOrFile,
    /// The file that is written [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The notation [default: that of the name of the file, or of the document]
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<Notation>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// The notation of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Notation {
    /// JSON
    Json,
    /// YAML
    Yaml,
}

/// A document to measure.
#[derive(Debug, Args)]
pub(crate) struct CoverageArguments {
    #[command(flatten)]
    document: DocumentOrFile,
    /// The form of the table
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = CoverageFormat::Human)]
    pub(crate) format: CoverageFormat,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// The form of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CoverageFormat {
    /// For people
    Human,
    /// A JSON object
    Json,
}

/// A code to explain.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The code, as it stands in brackets in front of a message
    #[arg(add = completions::codes())]
    pub(crate) code: Option<String>,
}

impl GenerateArguments {
    /// The configurations that the arguments mean, with the names of their APIs.
    pub(crate) fn configs(&self) -> Result<Vec<(Option<String>, Config)>, InputError> {
        let command = self.spec_command.as_ref();
        let command = command.map(|line| DocumentCommand::new(line, ""));
        let configs = self
            .document
            .configs_of(&self.reading, self.of_one_api(), command.as_ref())?;
        let printed = configs.into_iter().map(|(name, config)| {
            let config = spec_command::printed(self.apply(config)).map_err(InputError::Command)?;
            Ok((name, generators::plugged(config)))
        });
        printed.collect()
    }

    /// Whether the document comes from standard input.
    #[cfg(feature = "watch")]
    pub(crate) fn reads_standard_input(&self) -> bool {
        self.document.is_standard_input()
    }

    /// The configuration file that the arguments mean.
    #[cfg(feature = "watch")]
    pub(crate) fn config_file(&self) -> Option<PathBuf> {
        self.document.file()
    }

    /// The first argument that is about one API.
    fn of_one_api(&self) -> Option<&'static str> {
        let outputs = &self.outputs;
        let given = [
            (self.spec_command.is_some(), "`--spec-command`"),
            (outputs.client.is_some(), "`--client`"),
            (outputs.server.is_some(), "`--server`"),
            (outputs.types.is_some(), "`--types`"),
            (outputs.docs.is_some(), "`--docs`"),
            (outputs.names_lock.is_some(), "`--names-lock`"),
            (self.reference.since.is_some(), "`--since`"),
            (!self.filter.include.is_empty(), "`--include`"),
            (!self.filter.exclude.is_empty(), "`--exclude`"),
        ];
        given.into_iter().find(|(given, _)| *given).map(|(_, name)| name)
    }

    fn apply(&self, config: Config) -> Config {
        let mut config = self.reporting.apply(config);
        if let Some(dir) = &self.outputs.client {
            config = config.client(named(dir, self.client_name.as_deref()));
        }
        if let Some(dir) = &self.outputs.server {
            config = config.server(named(dir, self.server_name.as_deref()));
        }
        if let Some(dir) = &self.outputs.types {
            config = config.types(named(dir, self.types_name.as_deref()));
        }
        if let Some(dir) = &self.outputs.docs {
            config = config.docs(dir.as_path());
        }
        config = self.reference.apply(config);
        config = self.filter.apply(config);
        if let Some(path) = &self.outputs.names_lock {
            config = config.names_lock(path);
        }
        config
    }
}

impl ScaffoldArguments {
    /// The configuration that the arguments mean.
    pub(crate) fn config(&self) -> Result<Config, InputError> {
        let Scaffolding::Server = self.what;
        let config = self.document.config(&self.reading, "a program")?;
        let config = self.reporting.apply(self.filter.apply(config));
        Ok(match &self.server {
            Some(dir) => config.server(dir.as_path()),
            None => config,
        })
    }
}

impl LintArguments {
    /// The configurations that the arguments mean, each with what people call its document.
    pub(crate) fn configs(&self) -> Result<Vec<(String, Config)>, InputError> {
        let apply = |config| self.reporting.apply(self.reading.apply(config));
        if self.documents.is_empty() {
            let file = Config::find_file().ok_or(InputError::NoDocument)?;
            let place = file.display().to_string();
            let configs = Project::from_file(file).map_err(InputError::File)?.into_configs();
            let named = |(name, config): (Option<String>, _)| (name.unwrap_or_else(|| place.clone()), apply(config));
            return Ok(configs.into_iter().map(named).collect());
        }
        let documents = self.documents.iter();
        documents
            .map(|path| {
                Ok((
                    path.display().to_string(),
                    self.reporting.apply(self.reading.config(path)?),
                ))
            })
            .collect()
    }
}

impl TransformArguments {
    /// The configuration that the arguments mean.
    pub(crate) fn config(&self) -> Result<Config, InputError> {
        let config = self.document.config(&self.reading, "a printed document")?;
        Ok(self.reporting.apply(config))
    }

    /// The notation that is asked for, if one is.
    pub(crate) fn format(&self) -> Option<Format> {
        let extension = self.output.as_deref().and_then(Path::extension);
        match (self.format, extension.and_then(OsStr::to_str)) {
            (Some(Notation::Json), _) | (None, Some("json")) => Some(Format::Json),
            (Some(Notation::Yaml), _) | (None, Some("yaml" | "yml")) => Some(Format::Yaml),
            _ => None,
        }
    }
}

impl CoverageArguments {
    /// The configuration that the arguments mean.
    pub(crate) fn config(&self) -> Result<Config, InputError> {
        let config = self.document.config(&self.reading, "coverage")?;
        Ok(self.reporting.apply(config))
    }
}

fn named(dir: &Path, name: Option<&str>) -> Target {
    match name {
        Some(name) => Target::new(dir).package(name),
        None => Target::new(dir),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_sound() {
        Arguments::command().debug_assert();
    }
}
