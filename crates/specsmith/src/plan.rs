//! The targets of a configuration, with nothing left to decide.

use std::path::{Path, PathBuf};

use crate::{
    Config, ConfigError, Form, Kind, Openness, Target,
    module::Module,
    package::{package_name, types_package_name},
    pipeline::{Manifests, Naming, is_made},
};

/// A target with nothing left to decide.
pub(crate) struct Planned {
    pub kind: Kind,
    pub dir: PathBuf,
    /// The name of its package, or the path of its module.
    pub package: String,
    /// The name of the package with its types, where they have one of their own.
    pub types_package: Option<String>,
    pub openness: Openness,
    pub module: Option<Module>,
    /// The manifest of the crate that its module is of.
    pub manifest: Option<PathBuf>,
}

impl Planned {
    /// Decides about a target.
    pub(crate) fn new(kind: Kind, target: &Target) -> Result<Self, ConfigError> {
        let dir = folder(target);
        let placed = match target.form {
            Form::Module if kind != Kind::Docs => Some(Module::at(&dir)?),
            Form::Crate | Form::Split | Form::Module => None,
        };
        let (module, manifest) = placed.unzip();
        let package = match &module {
            Some(module) => format!("crate::{}", module.path()),
            None => package_name(kind, target)?,
        };
        let types_package = is_split(kind, target).then(|| types_package_name(&package));
        Ok(Self {
            kind,
            types_package: types_package.transpose()?,
            package,
            dir,
            openness: target.openness,
            module,
            manifest,
        })
    }

    /// What its packages are called.
    pub(crate) fn naming(&self) -> Naming<'_> {
        Naming {
            package: &self.package,
            types: self.types_package.as_deref(),
        }
    }

    /// Whose manifest says what this needs.
    pub(crate) fn manifests(&self) -> Manifests {
        match self.module {
            Some(_) => Manifests::Own,
            None => Manifests::Generated,
        }
    }
}

/// The targets of a configuration.
pub(crate) fn plan(config: &Config) -> Result<Vec<Planned>, ConfigError> {
    let targets = config.targets.iter().filter(|(kind, _)| **kind != Kind::Own);
    let targets: Vec<_> = targets.collect();
    if targets.is_empty() && config.generators.is_empty() {
        return Err(ConfigError::NoTarget);
    }
    let folders = targets.iter().flat_map(|(kind, target)| folders(**kind, target));
    let folders: Vec<PathBuf> = folders
        .chain(config.generators.iter().map(|own| own.dir.clone()))
        .collect();
    for (index, dir) in folders.iter().enumerate() {
        if folders.iter().take(index).any(|other| same_folder(other, dir)) {
            return Err(ConfigError::SameFolder(dir.clone()));
        }
    }
    let planned = targets.into_iter().map(|(kind, target)| {
        is_made(*kind)?;
        Planned::new(*kind, target)
    });
    planned.collect()
}

/// The folders of the packages of a target.
pub(crate) fn folders(kind: Kind, target: &Target) -> impl Iterator<Item = PathBuf> {
    let types = is_split(kind, target).then(|| target.dir.join(specsmith_types::FOLDER));
    std::iter::once(target.dir.clone()).chain(types)
}

/// Whether the types of a target have a package of their own.
fn is_split(kind: Kind, target: &Target) -> bool {
    target.form == Form::Split && matches!(kind, Kind::Client | Kind::Server)
}

/// The folder of a target.
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
