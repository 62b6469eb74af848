//! What is there where a project begins: documents, and the crate, workspace and repository around the folder.

use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;
use toml_edit::{DocumentMut, Item};

use super::{Failure, slashed};

/// How many folders lie in each other, at most, where documents are looked for.
const DEPTH: usize = 4;
/// How many files and folders are looked at.
const MOST_ENTRIES: usize = 20_000;
/// The size of the largest file that is looked into, in bytes.
const LARGEST: u64 = 64 << 20;
/// Folders with what is not written by hand.
const SKIPPED: [&str; 5] = ["target", "node_modules", "vendor", "dist", "build"];

/// The folder of the command, and what is around it and in it.
pub(super) struct Place {
    pub folder: PathBuf,
    /// The folder of the repository, or that of the command where there is none.
    pub root: PathBuf,
    /// The crate that the folder belongs to.
    pub package: Option<Package>,
    workspace: Option<Workspace>,
    /// Documents below the folder, the likeliest first.
    pub documents: Vec<Found>,
}

/// A document.
pub(super) struct Found {
    /// Its path from the folder, with `/`.
    pub path: String,
    /// What it is: `OpenAPI 3.1.0`.
    pub version: String,
}

/// A crate.
pub(super) struct Package {
    pub folder: PathBuf,
    name: Option<String>,
    /// The path of its build script, which need not be there.
    pub build_script: String,
    pub depends_on_specsmith: bool,
}

struct Workspace {
    folder: PathBuf,
    members: Vec<String>,
}

/// A workspace that does not take in a package.
pub(super) struct Lacking {
    /// What `members` lacks.
    pub member: String,
    /// The manifest of the workspace.
    pub manifest: String,
}

impl Place {
    /// Looks at a folder.
    pub(super) fn look(folder: &Path) -> Result<Self, Failure> {
        let root = folder.ancestors().find(|folder| folder.join(".git").exists());
        let mut place = Self {
            folder: folder.to_owned(),
            root: root.unwrap_or(folder).to_owned(),
            package: None,
            workspace: None,
            documents: documents(folder),
        };
        for above in folder.ancestors() {
            let path = above.join("Cargo.toml");
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let manifest: DocumentMut = text
                .parse()
                .map_err(|error: toml_edit::TomlError| Failure::Manifest(path, error.to_string()))?;
            if place.package.is_none() && place.workspace.is_none() {
                place.package = manifest.get("package").map(|table| package(above, table, &manifest));
            }
            if let Some(table) = manifest.get("workspace") {
                place.workspace = Some(Workspace {
                    folder: above.to_owned(),
                    members: texts(table.get("members")),
                });
                break;
            }
        }
        Ok(place)
    }

    /// The folder of a client package, from the folder of the command.
    pub(super) fn client(&self) -> String {
        let folder = self.folder.file_name().map(|name| name.to_string_lossy().into_owned());
        let package = self.package.as_ref().filter(|package| package.folder == self.folder);
        let name = package.and_then(|package| package.name.clone()).or(folder);
        let plain = |c: char| match c.is_ascii_alphanumeric() || c == '_' {
            true => c.to_ascii_lowercase(),
            false => '-',
        };
        let name: String = name.unwrap_or_default().chars().map(plain).collect();
        let name = name.trim_matches('-');
        let name = match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            true => format!("{name}-client"),
            false => "client".to_owned(),
        };
        match self.folder.join("crates").is_dir() {
            true => format!("crates/{name}"),
            false => name,
        }
    }

    /// The workspace that does not take in a package of this folder, where there is one.
    pub(super) fn members_lack(&self, package: &str) -> Option<Lacking> {
        let workspace = self.workspace.as_ref()?;
        let below = self.folder.strip_prefix(&workspace.folder).ok()?;
        let member = slashed(&below.join(package));
        let parent = member.rsplit_once('/').map_or("", |(parent, _)| parent);
        let takes = |pattern: &String| match pattern.trim_end_matches('/').rsplit_once('/') {
            Some((folder, "*")) => folder == parent,
            None if pattern == "*" => parent.is_empty(),
            _ => *pattern == member,
        };
        if workspace.members.iter().any(takes) {
            return None;
        }
        let up = "../".repeat(below.components().count());
        let manifest = format!("{up}Cargo.toml");
        Some(Lacking { member, manifest })
    }

    /// Whether a configuration file of the folder says where its documents are; one that cannot be read counts as if it did.
    pub(super) fn names_document(&self, file: &str) -> bool {
        let text = fs::read_to_string(self.folder.join(file)).unwrap_or_default();
        let Ok(config) = text.parse::<DocumentMut>() else {
            return true;
        };
        ["document", "document-command", "apis"]
            .iter()
            .any(|key| config.contains_key(key))
    }

    /// The folder of the command, from the root of the repository.
    pub(super) fn below_root(&self) -> &Path {
        self.folder.strip_prefix(&self.root).unwrap_or(Path::new(""))
    }
}

fn package(folder: &Path, table: &Item, manifest: &DocumentMut) -> Package {
    let text = |key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let dependencies = manifest.get("build-dependencies");
    Package {
        folder: folder.to_owned(),
        name: text("name"),
        build_script: text("build").unwrap_or_else(|| "build.rs".to_owned()),
        depends_on_specsmith: dependencies.is_some_and(|table| table.get("specsmith").is_some()),
    }
}

fn texts(array: Option<&Item>) -> Vec<String> {
    let array = array.and_then(Item::as_array);
    let texts = array.into_iter().flatten().filter_map(|value| value.as_str());
    texts.map(str::to_owned).collect()
}

/// The documents below a folder, the likeliest first: by name, then by how deep they lie. Links are not followed, and
/// folders that specsmith writes are left out.
fn documents(folder: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    let mut folders = VecDeque::from([(folder.to_owned(), 0)]);
    let mut seen = 0;
    while let Some((current, depth)) = folders.pop_front() {
        // What cannot be read has nothing for us.
        let entries = fs::read_dir(&current).into_iter().flatten().flatten();
        for entry in entries {
            seen += 1;
            let name = entry.file_name().to_string_lossy().into_owned();
            let Ok(kind) = entry.file_type() else { continue };
            if seen > MOST_ENTRIES || name.starts_with('.') {
                continue;
            }
            let path = entry.path();
            if kind.is_dir() {
                let is_ours = path.join(specsmith::output::MANIFEST).exists();
                if depth < DEPTH && !is_ours && !SKIPPED.contains(&name.as_str()) {
                    folders.push_back((path, depth + 1));
                }
            } else if kind.is_file()
                && let Some(version) = version(&path)
            {
                let path = slashed(path.strip_prefix(folder).unwrap_or(&path));
                found.push((rank(&name), depth, Found { path, version }));
            }
        }
    }
    found.sort_by(|(a_rank, a_depth, a), (b_rank, b_depth, b)| {
        (a_rank, a_depth, &a.path).cmp(&(b_rank, b_depth, &b.path))
    });
    found.into_iter().map(|(.., found)| found).collect()
}

/// How likely a name is that of the document; the lowest is the likeliest.
fn rank(name: &str) -> usize {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let known = ["openapi", "swagger", "api", "spec"];
    known.iter().position(|known| *known == stem).unwrap_or(known.len())
}

/// What a file says that it is, such as `OpenAPI 3.1.0`; `None` where it is no document.
pub(super) fn version(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
    if !matches!(extension.as_str(), "json" | "yaml" | "yml") || fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let (name, version) = match text.starts_with('{') {
        true => {
            let value: Value = serde_json::from_str(text).ok()?;
            let version = |name| Some((name, value.get(name)?.as_str()?.to_owned()));
            version("openapi").or_else(|| version("swagger"))?
        }
        false => text.lines().find_map(yaml_version)?,
    };
    let name = if name == "openapi" { "OpenAPI" } else { "Swagger" };
    let is_version = version.starts_with(['2', '3']) && version.len() < 20 && !version.contains(char::is_control);
    is_version.then(|| format!("{name} {version}"))
}

/// `openapi: 3.1.0` at the beginning of a line.
fn yaml_version(line: &str) -> Option<(&'static str, String)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim_end().trim_matches(['"', '\'']);
    let name = ["openapi", "swagger"].into_iter().find(|name| *name == key)?;
    let value = value.split(" #").next().unwrap_or_default().trim();
    Some((name, value.trim_matches(['"', '\'']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{rank, yaml_version};

    #[test]
    fn versions_stand_at_the_beginning_of_lines() {
        for (line, expected) in [
            ("openapi: 3.1.0", Some(("openapi", "3.1.0"))),
            ("\"swagger\" : '2.0' # old", Some(("swagger", "2.0"))),
            ("  openapi: 3.1.0", None),
            ("overlay: 1.0.0", None),
            ("openapi", None),
        ] {
            let expected = expected.map(|(name, version)| (name, version.to_owned()));
            assert_eq!(yaml_version(line), expected, "{line}");
        }
        assert!(rank("openapi.json") < rank("swagger.yaml") && rank("Api.yml") < rank("pets.yaml"));
    }
}
