//! Documents of a git revision: the file, and the JSON and YAML files in and below its folder, in a folder of their own.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

/// Files of a revision; they are gone with it.
pub(crate) struct Revision {
    /// Keeps the files.
    _folder: TempDir,
    document: PathBuf,
}

impl Revision {
    /// Reads a file, and those that it may refer to. `file` is relative to the root of the repository, or with `./` in
    /// front to the folder of the command, as in git.
    pub(crate) fn read(revision: &str, file: &str) -> Result<Self, String> {
        let prefix = match file.starts_with("./") || file.starts_with("../") {
            true => text(&git(&["rev-parse", "--show-prefix"], None, None)?),
            false => String::new(),
        };
        let file = plain(&format!("{}{file}", prefix.trim_end()))
            .ok_or_else(|| format!("`{file}` is outside of the repository"))?;
        // Tells apart what is wrong: the revision, or the file.
        let commit = format!("{revision}^{{tree}}");
        git(
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit],
            None,
            None,
        )
        .map_err(|_| format!("there is no file `{revision}:{file}`, and git knows no revision `{revision}`"))?;
        let folder = tempfile::tempdir().map_err(|error| format!("a folder cannot be made: {error}"))?;
        let index = folder.path().join("index");
        git(&["read-tree", &commit], Some(&index), None)?;
        let known = git(&["ls-files", "--full-name", "-z", "--", ":/"], Some(&index), None)?;
        let known = text(&known);
        if !known.split('\0').any(|path| path == file) {
            return Err(format!("revision `{revision}` has no file `{file}`"));
        }
        let wanted: Vec<&str> = known.split('\0').filter(|path| is_wanted(path, &file)).collect();
        let files = folder.path().join("files");
        write(&wanted, revision, &files)?;
        Ok(Self {
            document: files.join(&file),
            _folder: folder,
        })
    }

    /// Where the document is.
    pub(crate) fn path(&self) -> &Path {
        &self.document
    }
}

/// Whether a document may refer to a file: JSON and YAML in or below its folder.
fn is_wanted(path: &str, document: &str) -> bool {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_below = folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    path == document || is_below && matches!(extension, Some("json" | "yaml" | "yml"))
}

/// Writes files of a revision below a folder.
fn write(paths: &[&str], revision: &str, folder: &Path) -> Result<(), String> {
    let ask: String = paths.iter().map(|path| format!("{revision}:{path}\n")).collect();
    let answers = git(&["cat-file", "--batch"], None, Some(ask.as_bytes()))?;
    let mut rest = answers.as_slice();
    for path in paths {
        // `<object> blob <size>`, a line feed, the bytes, a line feed.
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let (head, behind) = rest.split_at(end);
        let size = text(head)
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse::<usize>().ok());
        let behind = behind.get(1..).unwrap_or_default();
        let Some(bytes) = size.and_then(|size| behind.get(..size)) else {
            return Err(format!("git does not give `{revision}:{path}`"));
        };
        let target = folder.join(path);
        let parent = target.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&target, bytes))
            .map_err(|error| format!("`{path}` cannot be kept: {error}"))?;
        rest = behind.get(bytes.len() + 1..).unwrap_or_default();
    }
    Ok(())
}

/// A path without `.` and `..`; `None` where it leads out.
fn plain(path: &str) -> Option<String> {
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What git answers; with an index of its own where one is given, so that that of the user is not touched.
fn git(arguments: &[&str], index: Option<&Path>, input: Option<&[u8]>) -> Result<Vec<u8>, String> {
    let mut command = Command::new("git");
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    if let Some(index) = index {
        command.env("GIT_INDEX_FILE", index);
    }
    let failed = |error: std::io::Error| format!("git cannot be run: {error}");
    let mut child = command.spawn().map_err(failed)?;
    let writer = child
        .stdin
        .take()
        .zip(input.map(<[u8]>::to_vec))
        .map(|(mut stdin, input)| {
            // Beside reading, since git answers while it is asked.
            std::thread::spawn(move || stdin.write_all(&input).ok())
        });
    let output = child.wait_with_output().map_err(failed)?;
    if let Some(writer) = writer {
        writer.join().ok();
    }
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!("git says: {}", text(&output.stderr).trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_plain_and_stay_inside() {
        assert_eq!(plain("api/./v1/../openapi.yaml").as_deref(), Some("api/openapi.yaml"));
        assert_eq!(plain("../openapi.yaml"), None);
    }

    #[test]
    fn only_what_a_document_may_refer_to_is_kept() {
        for (path, document, is) in [
            ("api/openapi.yaml", "api/openapi.yaml", true),
            ("api/parts/book.json", "api/openapi.yaml", true),
            ("apis/book.json", "api/openapi.yaml", false),
            ("api/readme.md", "api/openapi.yaml", false),
            ("any/book.yml", "openapi", true),
        ] {
            assert_eq!(is_wanted(path, document), is, "{path} {document}");
        }
    }
}
