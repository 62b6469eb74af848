//! Begins a program around a generated server, and tells later what it lacks.

mod sources;

use std::{
    fs,
    path::{Component, Path, PathBuf},
};

use specsmith_output::{Begun, OutputError, begin, files_below};
use specsmith_server::{Interface, Scaffold, ScaffoldOptions, scaffold};
use toml_edit::DocumentMut;

use self::sources::Sources;
use crate::{
    Config, ConfigError, Error, Findings, Form, Kind, Target,
    package::package_name,
    pipeline::{Lowered, Manifests, Naming, lower, server_options},
};

/// What became of a program around a server.
#[derive(Debug, Clone)]
pub struct Scaffolded {
    /// What there is to say about the document; no errors are among it.
    pub findings: Findings,
    /// The folder of the program.
    pub dir: PathBuf,
    /// The folder of the generated server, where nothing is in it yet.
    pub missing_server: Option<PathBuf>,
    /// What was done.
    pub result: ScaffoldResult,
}

/// What was done about a program around a server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum ScaffoldResult {
    /// It was begun: nothing in the folder implemented a trait of the server.
    Begun(Begun),
    /// It was begun before; nothing was written.
    Compared(ScaffoldReport),
}

/// How a program stands to the server that it implements. Files are relative to its folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScaffoldReport {
    /// What is not implemented yet, by trait.
    pub new: Vec<NewHandlers>,
    /// What is implemented and stands for nothing in the document any more.
    pub gone: Vec<GoneHandler>,
    /// Files that could not be read as Rust, and why.
    pub unread: Vec<(String, String)>,
}

/// What of a trait is not implemented yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHandlers {
    /// The trait.
    pub interface: String,
    /// The file that implements it; where none does, the file that would.
    pub file: String,
    /// The names of functions and types.
    pub members: Vec<String>,
    /// Stubs for them, to be put into the file; the whole of it where the trait is new.
    pub stubs: String,
    /// Whether nothing implements the trait.
    pub is_whole: bool,
}

/// What is implemented and stands for nothing in the document any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneHandler {
    /// The trait.
    pub interface: String,
    /// The file that implements it.
    pub file: String,
    /// The function or type; `None` where the trait is gone.
    pub member: Option<String>,
}

/// Begins a program around the server of the configuration: a package with a handler for each operation, which says that
/// it is not implemented.
///
/// Where the folder, `app` beside that of the server unless it is said, has such a program already, nothing is written:
/// the result tells which handlers are new and which stand for no operation any more. A file that is there is never
/// changed.
///
/// # Errors
/// When the configuration has no server, the document cannot be used or has no operations, or a folder cannot be read or
/// written.
pub fn scaffold_server(config: &Config, dir: Option<&Path>) -> Result<Scaffolded, Error> {
    let server = config.targets.get(&Kind::Server).ok_or(ConfigError::NoServer)?;
    if server.form == Form::Module {
        return Err(ConfigError::ServerModule.into());
    }
    let dir = dir.map_or_else(|| beside(&server.dir), Path::to_owned);
    let manifest = fs::read_to_string(server.dir.join("Cargo.toml")).ok();
    let package = match manifest.as_deref().and_then(name_in) {
        Some(name) => name,
        None => package_name(Kind::Server, server)?,
    };
    let lowered = lower(config, Manifests::Generated)?;
    let options = ScaffoldOptions {
        package_name: program_name(&dir, &package)?,
        server_path: relative(&dir, &server.dir),
        server: server_options(&lowered, &Naming::one(&package)),
    };
    let Lowered { model, findings, .. } = lowered;
    let Some(scaffold) = scaffold(&model, &options) else {
        return Err(ConfigError::NoOperations.into());
    };
    match apply(&dir, &scaffold, &options) {
        Ok(result) => Ok(Scaffolded {
            findings,
            missing_server: manifest.is_none().then(|| server.dir.clone()),
            dir,
            result,
        }),
        Err(source) => Err(Error::Output {
            findings,
            source: Box::new(source),
        }),
    }
}

/// Writes a program, or compares it with the one that is there.
fn apply(dir: &Path, scaffold: &Scaffold, options: &ScaffoldOptions) -> Result<ScaffoldResult, OutputError> {
    let files = files_below(&dir.join("src"), ".rs")?;
    let sources = Sources::read(&files, &options.server.package_name.replace('-', "_"));
    let has_any = scaffold
        .interfaces
        .iter()
        .any(|interface| sources.implements(&interface.name));
    match has_any {
        true => Ok(ScaffoldResult::Compared(compare(&scaffold.interfaces, sources))),
        false => begin(dir, &scaffold.tree).map(ScaffoldResult::Begun),
    }
}

fn compare(interfaces: &[Interface], sources: Sources) -> ScaffoldReport {
    let mut report = ScaffoldReport::default();
    for interface in interfaces {
        let found = sources.found(&interface.name);
        let is_new = |member: &str| !found.iter().any(|found| found.has(member));
        let members: Vec<String> = interface
            .members()
            .filter(|member| is_new(member))
            .map(str::to_owned)
            .collect();
        // What a macro writes is not seen.
        let is_open = found.iter().any(|found| found.has_macros);
        let is_whole = found.is_empty();
        if !members.is_empty() && !is_open {
            let file = found.first().map_or(interface.file.clone(), |found| found.file.clone());
            let stubs = match is_whole {
                true => interface.file(),
                false => interface.stubs(is_new),
            };
            let interface = interface.name.clone();
            report.new.push(NewHandlers {
                interface,
                file,
                members,
                stubs,
                is_whole,
            });
        }
        for found in found {
            let gone = found.members.iter().filter(|member| !interface.wants(member));
            report.gone.extend(gone.map(|member| GoneHandler {
                interface: interface.name.clone(),
                file: found.file.clone(),
                member: Some(member.clone()),
            }));
        }
    }
    for (interface, file) in sources.of_server() {
        if !interfaces.iter().any(|known| known.name == interface) {
            report.gone.push(GoneHandler {
                interface,
                file,
                member: None,
            });
        }
    }
    report.unread = sources.unread;
    report
}

/// The folder `app` beside another one.
fn beside(dir: &Path) -> PathBuf {
    match dir.parent() {
        Some(parent) => parent.join("app"),
        None => PathBuf::from("app"),
    }
}

/// The name of the package, which is another one than that of the server.
fn program_name(dir: &Path, server: &str) -> Result<String, ConfigError> {
    let name = package_name(Kind::Server, &Target::new(dir))?;
    Ok(match name.replace('-', "_") == server.replace('-', "_") {
        true => format!("{name}-app"),
        false => name,
    })
}

/// The name of the package of a manifest.
fn name_in(manifest: &str) -> Option<String> {
    let manifest = manifest.parse::<DocumentMut>().ok()?;
    Some(manifest.get("package")?.get("name")?.as_str()?.to_owned())
}

/// The way from a folder to another one, with `/`.
fn relative(from: &Path, to: &Path) -> String {
    let absolute = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        normal(&path)
    };
    let (from, to) = (absolute(from), absolute(to));
    let shared = from.iter().zip(&to).take_while(|(from, to)| from == to).count();
    // Folders on different drives have nothing in common.
    if shared == 0 {
        return to.concat();
    }
    let up = std::iter::repeat_n("..", from.len() - shared);
    let down = to.iter().skip(shared).map(String::as_str);
    let way: Vec<&str> = up.chain(down).collect();
    match way.is_empty() {
        true => ".".to_owned(),
        false => way.join("/"),
    }
}

/// The parts of an absolute path without `.` and `..`.
fn normal(path: &Path) -> Vec<String> {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir => {}
            component => parts.push(component.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests;
