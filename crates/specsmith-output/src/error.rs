//! Why a tree could not be written or checked.

use std::{fmt, io, path::PathBuf};

/// Why a tree could not be written or checked; nothing of the folder was changed unless it says so.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutputError {
    /// A path of the tree or of the manifest that is not a plain relative path on every system.
    UnsafePath {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Two paths of the tree that are the same file where case does not count, or of which one is inside the other.
    Clash {
        /// The one path.
        first: String,
        /// The other path.
        second: String,
    },
    /// Files that are in the way: they are not ours and differ from what would be written.
    Foreign {
        /// The folder.
        dir: PathBuf,
        /// The files, relative to the folder.
        paths: Vec<String>,
    },
    /// A symbolic link, a folder or something else stands where a file or a folder is to be.
    NotPlain {
        /// Where.
        path: PathBuf,
        /// What is there: `a symbolic link`, `a folder`.
        found: &'static str,
    },
    /// The manifest of the folder cannot be understood.
    Manifest {
        /// Where it is.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The system refused. Files that were written before are whole, and the manifest knows them.
    Io {
        /// What was tried: `write`, `rename`.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl OutputError {
    /// For `map_err`: the error of doing `action` to `path`.
    pub(crate) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsafePath { path, reason } => write!(f, "the path {path:?} cannot be written: {reason}"),
            Self::Clash { first, second } => {
                write!(
                    f,
                    "`{first}` and `{second}` cannot both be written on every file system"
                )
            }
            Self::Foreign { dir, paths } => {
                let list = paths.iter().map(|path| format!("\n  {path}")).collect::<String>();
                write!(
                    f,
                    "`{}` has files that specsmith did not write and would have to overwrite:{list}\n\
                     move them away or choose another folder",
                    dir.display()
                )
            }
            Self::NotPlain { path, found } => write!(f, "`{}` is {found}; it is left alone", path.display()),
            Self::Manifest { path, reason } => write!(f, "`{}` cannot be understood: {reason}", path.display()),
            Self::Io { action, path, source } => write!(f, "cannot {action} `{}`: {source}", path.display()),
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
