//! Looking at a folder and changing it in steps that leave no half-written file.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use crate::OutputError;

/// The folder inside an output folder in which files are made before they are moved to their place.
pub(crate) const STAGING: &str = ".specsmith-staging";

/// What is at a path.
#[derive(Debug)]
pub(crate) enum Entry {
    /// Nothing.
    Missing,
    /// A file with text.
    Text(String),
    /// A file that is not UTF-8.
    Binary,
}

/// Looks at `path` below `dir`; refuses links and whatever else is no plain file in plain folders.
pub(crate) fn inspect(dir: &Path, path: &str) -> Result<Entry, OutputError> {
    let mut place = dir.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let metadata = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Entry::Missing),
            Err(error) => return Err(OutputError::io("look at", &place)(error)),
        };
        let kind = metadata.file_type();
        let wanted = if parts.peek().is_some() {
            kind.is_dir()
        } else {
            kind.is_file()
        };
        if !wanted {
            return Err(OutputError::NotPlain {
                path: place,
                found: name_of(kind),
            });
        }
    }
    let bytes = fs::read(&place).map_err(OutputError::io("read", &place))?;
    Ok(String::from_utf8(bytes).map_or(Entry::Binary, Entry::Text))
}

fn name_of(kind: fs::FileType) -> &'static str {
    if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_file() {
        "a file"
    } else {
        "neither a file nor a folder"
    }
}

/// Makes the folder if it is not there, and waits until no other run writes into it.
///
/// The returned file holds the lock; the system gives it back when the run ends, however it ends.
pub(crate) fn lock(dir: &Path) -> Result<File, OutputError> {
    fs::create_dir_all(dir).map_err(OutputError::io("make the folder", dir))?;
    let file = lock_file(dir).map_err(OutputError::io("open", dir))?;
    match file.lock() {
        Ok(()) => Ok(file),
        // Some network file systems have no locks; a run there is as safe as renaming makes it.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(error) => Err(OutputError::io("lock", dir)(error)),
    }
}

#[cfg(unix)]
fn lock_file(dir: &Path) -> io::Result<File> {
    File::open(dir)
}

// Folders cannot be locked everywhere, so a file stands for it.
#[cfg(not(unix))]
fn lock_file(dir: &Path) -> io::Result<File> {
    fs::OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(dir.join(".specsmith.lock"))
}

/// Files that are made but not yet in their places.
pub(crate) struct Staging<'d> {
    dir: &'d Path,
    staging: PathBuf,
    files: Vec<(PathBuf, String)>,
}

impl<'d> Staging<'d> {
    /// Begins with nothing; what a run that was cut short left behind is removed.
    pub(crate) fn begin(dir: &'d Path) -> Result<Self, OutputError> {
        let staging = dir.join(STAGING);
        match fs::symlink_metadata(&staging) {
            Ok(metadata) if metadata.is_dir() => {
                fs::remove_dir_all(&staging).map_err(OutputError::io("remove", &staging))?;
            }
            Ok(metadata) => {
                return Err(OutputError::NotPlain {
                    path: staging,
                    found: name_of(metadata.file_type()),
                });
            }
            Err(_) => {}
        }
        Ok(Self {
            dir,
            staging,
            files: Vec::new(),
        })
    }

    /// Makes a file that [`finish`](Self::finish) will move to `path`.
    pub(crate) fn add(&mut self, path: &str, text: &str) -> Result<(), OutputError> {
        if self.files.is_empty() {
            fs::create_dir(&self.staging).map_err(OutputError::io("make the folder", &self.staging))?;
        }
        let staged = self.staging.join(self.files.len().to_string());
        fs::write(&staged, text).map_err(OutputError::io("write", self.dir.join(path)))?;
        self.files.push((staged, path.to_owned()));
        Ok(())
    }

    /// How many files are made and not yet moved.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// Moves the first files to their places, in the order in which they were added.
    pub(crate) fn place(&mut self, number: usize) -> Result<(), OutputError> {
        // Files of one folder follow each other.
        let mut made = None;
        for (staged, path) in self.files.drain(..number.min(self.files.len())) {
            let place = self.dir.join(&path);
            let parent = place.parent().map(Path::to_owned);
            if parent != made {
                if let Some(parent) = &parent {
                    fs::create_dir_all(parent).map_err(OutputError::io("make the folder", parent))?;
                }
                made = parent;
            }
            fs::rename(&staged, &place).map_err(OutputError::io("write", &place))?;
        }
        Ok(())
    }

    /// Moves every file that is left to its place.
    pub(crate) fn finish(mut self) -> Result<(), OutputError> {
        self.place(self.files.len())
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        // Best effort: a leftover is removed when the next run begins.
        fs::remove_dir_all(&self.staging).ok();
    }
}

/// Removes a file and the folders that it leaves empty.
pub(crate) fn remove(dir: &Path, path: &str) -> Result<(), OutputError> {
    let place = dir.join(path);
    fs::remove_file(&place).map_err(OutputError::io("remove", &place))?;
    for parent in place.ancestors().skip(1).take_while(|parent| *parent != dir) {
        // Fails where something is left in it, which then stays.
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}
