//! Writing and checking one file that the user named.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
    process,
};

use crate::{Drift, DriftKind, OutputError, Report, canonical::unix, check::diff};

/// Compares the file of this path with the text that it should have; the kind of its line breaks does not count.
///
/// # Errors
/// When the system refuses to read.
pub fn check_file(path: &Path, text: &str) -> Result<Report, OutputError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (kind, diff) = match fs::read(path) {
        Ok(found) => match String::from_utf8_lossy(&found) {
            found if unix(&found) == text => {
                return Ok(Report {
                    drift: Vec::new(),
                    up_to_date: 1,
                });
            }
            found => (DriftKind::Outdated, Some(diff(&name, &found, text))),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => (DriftKind::Missing, None),
        Err(error) => return Err(OutputError::io("read", path)(error)),
    };
    Ok(Report {
        drift: vec![Drift {
            path: name,
            kind,
            reasons: Vec::new(),
            diff,
        }],
        up_to_date: 0,
    })
}

/// Writes a text into the file of this path, whatever was in it before; returns whether that changed anything.
///
/// The file is whole at every moment: the text goes into another file of the folder, which then takes its place. Where
/// the path is a symbolic link, the file behind it is written, and a device or pipe is written to as it is.
///
/// # Errors
/// When the path is a folder, or the system refuses.
pub fn write_file(path: &Path, text: &str) -> Result<bool, OutputError> {
    let failed = |action| OutputError::io(action, path);
    // What a link leads to is replaced, and not the link.
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let permissions = match fs::metadata(&place) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(OutputError::NotPlain {
                path: path.to_owned(),
                found: "a folder",
            });
        }
        Ok(metadata) if !metadata.is_file() => {
            fs::write(&place, text).map_err(failed("write"))?;
            return Ok(true);
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(_) => None,
    };
    if permissions.is_some() && fs::read(&place).is_ok_and(|found| found == text.as_bytes()) {
        return Ok(false);
    }
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let lock = lock(folder.unwrap_or(Path::new(".")));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let staged = place.with_file_name(match &lock {
        // What a run that was cut short left behind has the same name, so nothing is left for good.
        Some(_) => format!(".{name}.specsmith"),
        None => format!(".{name}.{}.specsmith", process::id()),
    });
    // Whatever is there is not written into: it could be a link.
    fs::remove_file(&staged).ok();
    let written = File::create_new(&staged)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| permissions.map_or(Ok(()), |permissions| fs::set_permissions(&staged, permissions)))
        .and_then(|()| fs::rename(&staged, &place));
    if written.is_err() {
        // Best effort: what went wrong is told either way.
        fs::remove_file(&staged).ok();
    }
    written.map_err(failed("write"))?;
    Ok(true)
}

/// Waits until no other run writes a file of the folder; `None` where folders cannot be locked.
fn lock(folder: &Path) -> Option<File> {
    let folder = File::open(folder).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_differs_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.yaml");
        assert!(write_file(&path, "one").unwrap());
        assert!(!write_file(&path, "one").unwrap());
        assert!(write_file(&path, "two").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn refuses_a_folder() {
        let dir = tempfile::tempdir().unwrap();
        let error = write_file(dir.path(), "x").unwrap_err().to_string();
        assert!(error.ends_with("` is a folder; it is left alone"), "{error}");
        let error = write_file(&dir.path().join("none/a.yaml"), "x")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("cannot write `"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn what_a_run_left_that_was_cut_short_goes() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("mine"), "mine").unwrap();
        symlink(dir.path().join("mine"), dir.path().join(".a.yaml.specsmith")).unwrap();
        assert!(write_file(&dir.path().join("a.yaml"), "one").unwrap());
        assert_eq!(fs::read_to_string(dir.path().join("mine")).unwrap(), "mine");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_links_and_permissions() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("file"), dir.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        assert!(write_file(&link, "new").unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
