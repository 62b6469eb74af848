//! The targets of a configuration, with nothing left to decide.

use std::path::{Path, PathBuf};

use crate::{
    Config, ConfigError, Form, Kind, Openness, Target,
    module::Module,
    package::package_name,
    pipeline::{Manifests, is_made},
};

/// A target with nothing left to decide.
pub(crate) struct Planned {
    pub kind: Kind,
    pub dir: PathBuf,
    /// The name of its package, or the path of its module.
    pub package: String,
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
            Form::Crate | Form::Module => None,
        };
        let (module, manifest) = placed.unzip();
        Ok(Self {
            kind,
            package: match &module {
                Some(module) => format!("crate::{}", module.path()),
                None => package_name(kind, target)?,
            },
            dir,
            openness: target.openness,
            module,
            manifest,
        })
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
    let folders = targets.iter().map(|(_, target)| &target.dir);
    let folders: Vec<&PathBuf> = folders.chain(config.generators.iter().map(|own| &own.dir)).collect();
    for (index, dir) in folders.iter().enumerate() {
        if folders.iter().take(index).any(|other| same_folder(other, dir)) {
            return Err(ConfigError::SameFolder((*dir).clone()));
        }
    }
    let planned = targets.into_iter().map(|(kind, target)| {
        is_made(*kind)?;
        Planned::new(*kind, target)
    });
    planned.collect()
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
