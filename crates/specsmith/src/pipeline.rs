//! From a configuration to trees, and from trees to folders.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use specsmith_ir::Api;
use specsmith_output::{FileTree, OutputError, Report, Written, fingerprint};
use specsmith_rust::{KnownNames, Model};

use crate::{
    Config, ConfigError, Error, Findings, Kind, NamesFile, Openness, Outcome, Output, Target, committed,
    config_file::Located,
    crates, docs, each, filter, formats, names_lock, origin,
    package::package_name,
    pagination,
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
    let mut lowered = lower(config, Manifests::Generated)?;
    let client = plan.iter().find(|planned| planned.kind == Kind::Client);
    let client = client.map_or_else(|| "client".to_owned(), |planned| planned.package.clone());
    let names = names_lock::text(&lowered.model.names);
    let origin = origin::Inputs::new(config, &lowered, &client);
    let rendered = each(&plan, |planned| {
        let mut clock = Clock::start(Vec::new());
        let (kind, package) = (planned.kind, &planned.package);
        // Docs have no package; their samples use that of the client.
        let mut result = match tree(kind, &lowered, package, planned.openness, Manifests::Generated) {
            Some(tree) if config.names_lock.is_none() => with_names(tree, &names),
            Some(tree) => tree,
            None => docs::render(config, &lowered, &client)?,
        };
        result.set_origin(origin.of(kind, package));
        clock.lap(Step::Render, Some(kind));
        let output = Output {
            kind,
            name: kind.name().to_owned(),
            dir: planned.dir.clone(),
            result,
        };
        Ok((output, clock.stop()))
    });
    let rendered: Vec<_> = rendered.into_iter().collect::<Result<_, Error>>()?;
    let (mut outputs, timings): (Vec<_>, Vec<_>) = rendered.into_iter().unzip();
    let timings = [lowered.timings.clone()].into_iter().chain(timings);
    let mut clock = Clock::start(timings.flatten().collect());
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

fn with_names(mut tree: FileTree, names: &str) -> FileTree {
    tree.insert(names_lock::NAMES, names);
    tree
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
    match manifests {
        Manifests::Generated => crates::check(&types, diagnostics),
        // The features are those of a crate that knows nothing of groups.
        Manifests::Own => types.group_features = false,
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

/// The version of a package that is made for the first time; the document's own is any text.
const PACKAGE_VERSION: &str = "0.1.0";

/// Renders the package of one target, of which only types may be open or closed; `None` for docs, which have none.
pub(crate) fn tree(
    kind: Kind,
    lowered: &Lowered,
    package: &str,
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
                package_name: package.to_owned(),
                package_version: PACKAGE_VERSION.to_owned(),
                examples,
            };
            specsmith_client::render(model, &options)
        }
        #[cfg(feature = "server")]
        Kind::Server => specsmith_server::render(model, &server_options(lowered, package)),
        Kind::Types => {
            let options = specsmith_types::Options {
                package_name: package.to_owned(),
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
pub(crate) fn server_options(lowered: &Lowered, package: &str) -> specsmith_server::Options {
    specsmith_server::Options {
        package_name: package.to_owned(),
        contract: lowered
            .server
            .contract
            .as_ref()
            .map(|document| specsmith_server::Contract {
                json: specsmith_spec::to_json(document),
                yaml: specsmith_spec::to_yaml(document),
            }),
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

/// A target with nothing left to decide.
struct Planned {
    kind: Kind,
    dir: PathBuf,
    package: String,
    openness: Openness,
}

/// The targets of a configuration.
fn plan(config: &Config) -> Result<Vec<Planned>, ConfigError> {
    let targets = config.targets.iter().filter(|(kind, _)| **kind != Kind::Own);
    let targets: Vec<_> = targets.collect();
    if targets.is_empty() && config.generators.is_empty() {
        return Err(ConfigError::NoTarget);
    }
    let folders = targets.iter().map(|(_, target)| &target.dir);
    let folders: Vec<&PathBuf> = folders.chain(config.generators.iter().map(|own| &own.dir)).collect();
    for (index, dir) in folders.iter().enumerate() {
        if folders.iter().take(index).any(|other| same_folder(other, dir)) {
            return Err(ConfigError::SameFolder((*dir).clone()));
        }
    }
    let planned = targets.into_iter().map(|(kind, target)| {
        is_made(*kind)?;
        Ok(Planned {
            kind: *kind,
            dir: folder(target),
            package: package_name(*kind, target)?,
            openness: target.openness,
        })
    });
    planned.collect()
}

fn folder(target: &Target) -> PathBuf {
    if target.dir.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        target.dir.clone()
    }
}

pub(crate) fn same_folder(a: &Path, b: &Path) -> bool {
    let absolute = |path: &Path| {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        path.canonicalize().or_else(|_| std::path::absolute(path))
    };
    a == b || absolute(a).is_ok_and(|a| absolute(b).is_ok_and(|b| a == b))
}
