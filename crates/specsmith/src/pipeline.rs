//! From a configuration to trees, and from trees to folders.

use std::{ffi::OsStr, path::Path, time::Instant};

use specsmith_diagnostics::{Code, Diagnostic};
use specsmith_ir::Api;
use specsmith_output::{FileTree, OutputError, Report, Written, fingerprint};
use specsmith_rust::{KnownNames, Model};

use crate::{
    Config, ConfigError, Error, Findings, Form, Kind, NamesFile, Openness, Outcome, Output, committed,
    config_file::Located,
    crates, dependencies, docs, each, filter, formats, module, names_lock, origin, pagination,
    plan::{Planned, plan},
    read::read,
    timings::{Clock, Step, Timing},
};

/// Writes every target of the configuration into its folder.
///
/// Only what differs is written, and only files of earlier runs are replaced or removed.
///
/// # Errors
/// When the configuration does not make sense, the document cannot be used, or a folder cannot be written. The
/// document is read and everything is rendered before the first folder is touched.
pub fn generate(config: &Config) -> Result<Outcome<Written>, Error> {
    each_output(render(config)?, Step::Write, specsmith_output::write, write_names)
}

/// Compares every target of the configuration with its folder; changes nothing.
///
/// # Errors
/// When the configuration does not make sense, the document cannot be used, or a folder cannot be read.
pub fn check(config: &Config) -> Result<Outcome<Report>, Error> {
    each_output(
        render(config)?,
        Step::Check,
        specsmith_output::check,
        specsmith_output::check_file,
    )
}

/// Renders every target of the configuration in memory.
///
/// # Errors
/// When the configuration does not make sense or the document cannot be used.
pub fn render(config: &Config) -> Result<Outcome<FileTree>, Error> {
    let plan = plan(config)?;
    let is_package = |planned: &Planned| planned.kind != Kind::Docs && planned.module.is_none();
    let has_modules = plan.iter().any(|planned| planned.module.is_some());
    let manifests = match has_modules && !plan.iter().any(is_package) {
        true => Manifests::Own,
        false => Manifests::Generated,
    };
    let mut lowered = lower(config, manifests)?;
    let client = plan.iter().find(|planned| planned.kind == Kind::Client);
    let client = client.map_or_else(|| "client".to_owned(), |planned| planned.package.clone());
    let names = names_lock::text(&lowered.model.names);
    let origin = origin::Inputs::new(config, &lowered, &client);
    let rendered = each(&plan, |planned| {
        let mut rendered = output(config, &lowered, planned, &client)?;
        let tree = &mut rendered.output.result;
        if config.names_lock.is_none() && planned.kind != Kind::Docs {
            tree.insert(names_lock::NAMES, names.as_str());
        }
        tree.set_origin(origin.of(planned.kind, &planned.package));
        Ok::<_, Error>(rendered)
    });
    let (mut outputs, mut measured) = (Vec::new(), lowered.timings.clone());
    for rendered in rendered {
        let rendered = rendered?;
        outputs.push(rendered.output);
        if let Some(missing) = rendered.missing {
            lowered.findings.diagnostics.report(missing);
        }
        measured.push(rendered.timing);
    }
    let mut clock = Clock::start(measured);
    for generator in &config.generators {
        outputs.push(generator.render(&mut lowered, &origin));
        clock.lap(Step::Render, Some(Kind::Own));
    }
    if lowered.findings.diagnostics.has_errors() {
        return Err(Error::Document(lowered.findings));
    }
    Ok(Outcome {
        findings: lowered.findings,
        outputs,
        names: config.names_lock.as_ref().map(|path| NamesFile {
            path: path.clone(),
            result: FileTree::from([(file_name(path), names)]),
        }),
        committed: committed::compare(config),
        timings: clock.stop(),
    })
}

/// What one target became.
struct Rendered {
    output: Output<FileTree>,
    /// What the crate lacks that takes in the module.
    missing: Option<Diagnostic>,
    timing: Timing,
}

/// Renders one target. Docs have no package; their samples use that of the client.
fn output(config: &Config, lowered: &Lowered, planned: &Planned, client: &str) -> Result<Rendered, Error> {
    let begin = Instant::now();
    let kind = planned.kind;
    let tree = match tree(kind, lowered, &planned.naming(), planned.openness, planned.manifests()) {
        Some(tree) => tree,
        None => docs::render(config, lowered, client)?,
    };
    let (result, missing) = match &planned.module {
        Some(module) => (module.folder(&tree, &config.types), missing(planned, &tree)),
        None => (tree, None),
    };
    Ok(Rendered {
        output: Output {
            kind,
            name: kind.name().to_owned(),
            dir: planned.dir.clone(),
            result,
        },
        missing,
        timing: Timing {
            step: Step::Render,
            kind: Some(kind),
            time: begin.elapsed(),
        },
    })
}

/// What the crate lacks that takes in a module.
fn missing(planned: &Planned, package: &FileTree) -> Option<Diagnostic> {
    let (module, manifest) = planned.module.as_ref().zip(planned.manifest.as_ref())?;
    let missing = dependencies::missing(package, &module::manifest_text(manifest));
    let lines: Vec<String> = missing
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    let (count, s) = (lines.len(), if lines.len() == 1 { "y" } else { "ies" });
    let message = format!(
        "the module `{}` needs {count} dependenc{s} that `{}` lacks",
        module.path(),
        shown(manifest)
    );
    let help = format!("add to `[dependencies]`:\n{}", lines.join("\n"));
    (count > 0).then(|| Diagnostic::new(Code::MissingDependency, message).help(help))
}

/// A path as seen from the working folder.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(here).unwrap_or(path);
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Reads the document and says what there is to say about it; targets do not matter.
///
/// # Errors
/// When the document cannot be used.
pub fn lint(config: &Config) -> Result<Findings, Error> {
    lower(config, Manifests::Generated).map(|lowered| lowered.findings)
}

/// A document that was understood.
pub(crate) struct Lowered {
    pub api: Api,
    pub model: Model,
    pub findings: Findings,
    /// How long it took.
    pub timings: Vec<Timing>,
    /// A fingerprint of the files that were read for the document.
    pub read: String,
    /// What is decided about servers.
    #[cfg(feature = "server")]
    pub server: Decided,
}

/// What is decided about servers.
#[cfg(feature = "server")]
pub(crate) struct Decided {
    /// The document, where servers serve it.
    contract: Option<specsmith_spec::Document>,
    /// The path that servers serve everything below, where the user chooses it.
    base_path: Option<String>,
    /// How many bytes bodies may have that have no limit of their own, where the user says it.
    body_limit: Option<u64>,
}

/// Whose manifest says what generated code depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manifests {
    /// Those of the generated packages.
    Generated,
    /// That of the crate which takes in generated modules.
    Own,
}

/// Reads a document and lowers it to what Rust needs.
pub(crate) fn lower(config: &Config, manifests: Manifests) -> Result<Lowered, Error> {
    lower_knowing(config, manifests, KnownNames::default())
}

/// Reads a document and lowers it as if these names had been given before, beside those that are remembered.
pub(crate) fn lower_knowing(config: &Config, manifests: Manifests, known: KnownNames) -> Result<Lowered, Error> {
    formats::check(&config.types)?;
    let mut clock = Clock::start(Vec::new());
    let (mut findings, document) = read(config)?;
    let read = fingerprint(findings.sources.iter().map(|file| file.text()));
    let Located {
        mut types,
        pages,
        serving,
    } = config.located(&mut findings.sources);
    types.known.extend(names_lock::read(config, &mut findings));
    types.known.extend(known);
    let diagnostics = &mut findings.diagnostics;
    clock.lap(Step::Read, None);
    if manifests == Manifests::Generated {
        crates::check(&types, diagnostics);
    }
    let client = config.targets.get(&Kind::Client);
    // The features of a module are those of a crate that knows nothing of groups.
    if manifests == Manifests::Own || client.is_some_and(|client| client.form == Form::Module) {
        types.group_features = false;
    }
    // What the user made an error does not keep the rest from being found.
    let lowered = document
        .as_ref()
        .and_then(|document| specsmith_spec::lower_within(document, &config.limits, diagnostics))
        .map(|mut api| {
            pagination::apply(&pages, &mut api, diagnostics);
            serving.apply(&mut api, diagnostics);
            specsmith_ir::split_views(&mut api);
            clock.lap(Step::Lower, None);
            let model = filter::lower(&mut api, &config.filter, &types, diagnostics);
            clock.lap(Step::Model, None);
            (api, model)
        });
    match lowered {
        Some((api, model)) if !diagnostics.has_errors() => Ok(Lowered {
            api,
            model,
            findings,
            timings: clock.stop(),
            read,
            #[cfg(feature = "server")]
            server: Decided {
                contract: document.filter(|_| config.contract),
                base_path: config.base_path.clone(),
                body_limit: config.serving.body_limit,
            },
        }),
        _ => Err(Error::Document(findings)),
    }
}

/// What the packages of a target are called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Naming<'a> {
    /// The name of the package.
    pub package: &'a str,
    /// That of the package with its types, where they have one of their own.
    pub types: Option<&'a str>,
}

impl<'a> Naming<'a> {
    /// One package of this name.
    pub(crate) fn one(package: &'a str) -> Self {
        Self { package, types: None }
    }
}

/// The version of a package that is made for the first time; the document's own is any text.
const PACKAGE_VERSION: &str = "0.1.0";

/// Renders the package of one target, of which only types may be open or closed; `None` for docs, which have none.
pub(crate) fn tree(
    kind: Kind,
    lowered: &Lowered,
    naming: &Naming<'_>,
    openness: Openness,
    manifests: Manifests,
) -> Option<FileTree> {
    let Lowered { model, .. } = lowered;
    let examples = match manifests {
        Manifests::Generated => specsmith_client::Examples::Shown,
        Manifests::Own => specsmith_client::Examples::Hidden,
    };
    Some(match kind {
        Kind::Client => {
            let options = specsmith_client::Options {
                package_name: naming.package.to_owned(),
                package_version: PACKAGE_VERSION.to_owned(),
                types_package: naming.types.map(str::to_owned),
                examples,
            };
            specsmith_client::render(model, &options)
        }
        #[cfg(feature = "server")]
        Kind::Server => {
            let mut tree = specsmith_server::render(model, &server_options(lowered, naming));
            if let Some(document) = &lowered.server.contract {
                specsmith_server::Contract {
                    json: specsmith_spec::to_json(document),
                    yaml: specsmith_spec::to_yaml(document),
                }
                .add(&mut tree);
            }
            tree
        }
        Kind::Types => {
            let options = specsmith_types::Options {
                package_name: naming.package.to_owned(),
                package_version: PACKAGE_VERSION.to_owned(),
                openness,
            };
            specsmith_types::render(model, &options)
        }
        #[cfg(not(feature = "server"))]
        Kind::Server => return None,
        Kind::Docs | Kind::Own => return None,
    })
}

/// How a server is generated.
#[cfg(feature = "server")]
pub(crate) fn server_options(lowered: &Lowered, naming: &Naming<'_>) -> specsmith_server::Options {
    specsmith_server::Options {
        package_name: naming.package.to_owned(),
        types_package: naming.types.map(str::to_owned),
        contract: lowered.server.contract.is_some(),
        base_path: lowered.server.base_path.clone(),
        body_limit: lowered.server.body_limit,
    }
}

fn each_output<T>(
    rendered: Outcome<FileTree>,
    name: Step,
    step: fn(&Path, &FileTree) -> Result<T, OutputError>,
    names_step: fn(&Path, &str) -> Result<T, OutputError>,
) -> Result<Outcome<T>, Error> {
    let Outcome {
        findings,
        outputs,
        names: rendered_names,
        committed,
        timings,
    } = rendered;
    let mut clock = Clock::start(timings);
    let outputs = outputs.into_iter().map(|output: Output<FileTree>| {
        let result = step(&output.dir, &output.result)?;
        clock.lap(name, Some(output.kind));
        Ok(output.with(result))
    });
    let names = |NamesFile { path, result }: NamesFile<FileTree>| {
        let text = result.get(&file_name(&path)).unwrap_or_default();
        let result = names_step(&path, text)?;
        Ok(NamesFile { path, result })
    };
    let done: Result<_, OutputError> = outputs
        .collect::<Result<_, _>>()
        .and_then(|outputs| Ok((outputs, rendered_names.map(names).transpose()?)));
    match done {
        Ok((outputs, names)) => Ok(Outcome {
            findings,
            outputs,
            names,
            committed,
            timings: clock.stop(),
        }),
        Err(source) => Err(Error::Output {
            findings,
            source: Box::new(source),
        }),
    }
}

/// Writes the file that remembers names.
fn write_names(path: &Path, text: &str) -> Result<Written, OutputError> {
    let was_there = path.exists();
    let changed = specsmith_output::write_file(path, text)?;
    let name = || vec![file_name(path)];
    Ok(match (changed, was_there) {
        (false, _) => Written {
            unchanged: 1,
            ..Written::default()
        },
        (true, true) => Written {
            updated: name(),
            ..Written::default()
        },
        (true, false) => Written {
            created: name(),
            ..Written::default()
        },
    })
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or(OsStr::new(""))
        .to_string_lossy()
        .into_owned()
}

/// Refuses what was left out when specsmith was compiled.
pub(crate) fn is_made(kind: Kind) -> Result<(), ConfigError> {
    let is_left_out = match kind {
        Kind::Server => !cfg!(feature = "server"),
        Kind::Docs => !cfg!(feature = "docs"),
        Kind::Client | Kind::Types | Kind::Own => false,
    };
    match is_left_out {
        true => Err(ConfigError::LeftOut(kind.name())),
        false => Ok(()),
    }
}
