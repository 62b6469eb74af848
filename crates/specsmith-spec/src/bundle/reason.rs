//! Why a reference has no target, for people.

use std::path::{Component, Path};

use specsmith_diagnostics::{Code, Diagnostic};

use crate::{Node, address::AddressError, read::files::Denied, resource::Stray};

/// What is wrong with a reference itself.
pub(super) enum Broken<'d> {
    /// It is blank.
    Empty,
    /// Its fragment is no pointer; what to do about it.
    Pointer(&'static str),
    /// No schema of the file has the anchor.
    Anchor,
    /// The file has nothing there, but maybe something like it.
    Stray(Stray<'d>, Option<&'d str>),
}

pub(super) fn broken(text: &str, broken: Broken<'_>) -> Box<Diagnostic> {
    let new = |message: String| Diagnostic::new(Code::BrokenRef, message);
    Box::new(match broken {
        Broken::Empty => new("`$ref` is empty".to_owned()),
        Broken::Pointer(why) => new(format!("`{text}` is not a JSON pointer")).help(why),
        Broken::Anchor => new(format!("no schema of that file has the anchor of `{text}`")),
        Broken::Stray(Stray { at, step, .. }, meant) => {
            let diagnostic = new(format!("`{text}` does not exist"))
                .label(format!("nothing is called `{step}` there"))
                .related(at.location(), "this is where it leads");
            match meant {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic,
            }
        }
    })
}

pub(super) fn address(text: &str, address: &str, error: AddressError) -> Box<Diagnostic> {
    let new = |code, message: String| Box::new(Diagnostic::new(code, message));
    match error {
        AddressError::Absolute => Box::new(
            Diagnostic::new(
                Code::ExternalRef,
                format!("`{text}` is an absolute path or names another machine"),
            )
            .label("nothing is opened")
            .help("write the path from the file that it stands in"),
        ),
        AddressError::Name if address.contains('\\') => {
            let help = format!("write `{}`", address.replace('\\', "/"));
            Box::new(Diagnostic::new(Code::BrokenRef, format!("`{text}` has backslashes")).help(help))
        }
        AddressError::Name => new(Code::BrokenRef, format!("`{text}` is no name of a file")),
        AddressError::Encoding => {
            let diagnostic = Diagnostic::new(Code::BrokenRef, format!("the percent-encoding of `{text}` is wrong"));
            Box::new(diagnostic.help("a percent sign as such is `%25`"))
        }
        AddressError::Syntax => new(Code::BrokenRef, format!("`{text}` is no reference")),
    }
}

/// An address, which is never fetched.
pub(crate) fn network(text: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(
            Code::ExternalRef,
            format!("`{text}` is not a file beside this document"),
        )
        .label("nothing is fetched")
        .help("save it beside the document and refer to that file"),
    )
}

/// A file that cannot be had; `schemas` is where the document has its own schemas.
pub(super) fn denied(text: &str, denied: &Denied, schemas: &str) -> Box<Diagnostic> {
    let external = |message: String| Diagnostic::new(Code::ExternalRef, message);
    let broken = |message: String| Diagnostic::new(Code::BrokenRef, message);
    let file = text.split_once('#').map_or(text, |(file, _)| file);
    Box::new(match denied {
        Denied::NoFolder if is_bare_name(text) => external(format!("`{text}` means a file of this name"))
            .help(format!("a schema of the document is `{schemas}/{text}`")),
        Denied::NoFolder => external(format!(
            "`{text}` is in another file, and this document comes from no folder"
        ))
        .help("name the document by its path, or say where the files are with `--allow-dir DIR`"),
        Denied::Outside => external(format!("`{text}` is outside of the folder of the document"))
            .label("nothing is opened there")
            .help("`--allow-dir DIR` allows another folder, in a build script `Config::folder`"),
        Denied::Missing(Some(meant)) => {
            broken(format!("there is no file `{file}`")).help(format!("did you mean `{meant}`?"))
        }
        Denied::Missing(None) if is_bare_name(text) => {
            broken(format!("there is no file `{file}`")).help(format!("a schema of the document is `{schemas}/{text}`"))
        }
        Denied::Missing(None) => broken(format!("there is no file `{file}`")),
        Denied::NotRegular(what) => broken(format!("`{file}` is {what}")).label("not opened"),
        Denied::Unreadable(kind) => broken(format!("`{file}` cannot be read: {kind}")),
    })
}

/// A file that is neither JSON nor YAML, which was told in the file itself.
pub(super) fn garbled(text: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(Code::BrokenRef, format!("`{text}` could not be read")))
}

/// A target of another type than its place asks for.
pub(super) fn mistyped(text: &str, target: Node<'_>, wanted: &str) -> Box<Diagnostic> {
    let message = format!("`{text}` is {}, not {wanted}", target.kind_name());
    let diagnostic = Diagnostic::new(Code::BrokenRef, message);
    Box::new(diagnostic.related(target.location(), "this is where it points to"))
}

/// The path to a file from a folder, with slashes.
pub(super) fn relative(from: &Path, path: &Path) -> String {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), path.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to
        .iter()
        .skip(shared)
        .map(|step| step.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

fn is_bare_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
