//! Templates of everything specsmith writes that is not regenerated Rust, and the environment that renders them.
//!
//! A template is a `*.j2` file below the folder of its target; [`render`] takes its path. Contexts are view structs made
//! for one template, so a template never sees a model. Users may put templates of theirs in the place of some: [`Templates`].

use std::fmt;
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

/// The templates: path and text.
const TEMPLATES: &[(&str, &str)] = &[
    ("client/README.md.j2", include_str!("../client/README.md.j2")),
    ("markdown/book.toml.j2", include_str!("../markdown/book.toml.j2")),
    ("markdown/changes.md.j2", include_str!("../markdown/changes.md.j2")),
    ("markdown/docusaurus.j2", include_str!("../markdown/docusaurus.j2")),
    ("markdown/group.md.j2", include_str!("../markdown/group.md.j2")),
    ("markdown/index.md.j2", include_str!("../markdown/index.md.j2")),
    ("markdown/llms.txt.j2", include_str!("../markdown/llms.txt.j2")),
    ("markdown/mkdocs.j2", include_str!("../markdown/mkdocs.j2")),
    ("markdown/parts.md.j2", include_str!("../markdown/parts.md.j2")),
    ("markdown/schemas.md.j2", include_str!("../markdown/schemas.md.j2")),
    ("markdown/summary.md.j2", include_str!("../markdown/summary.md.j2")),
    ("markdown/sent.md.j2", include_str!("../markdown/sent.md.j2")),
    ("markdown/statuses.md.j2", include_str!("../markdown/statuses.md.j2")),
    ("server/README.md.j2", include_str!("../server/README.md.j2")),
    (
        "server/scaffold/Cargo.toml.j2",
        include_str!("../server/scaffold/Cargo.toml.j2"),
    ),
    (
        "server/scaffold/README.md.j2",
        include_str!("../server/scaffold/README.md.j2"),
    ),
    (
        "server/scaffold/src/config.rs.j2",
        include_str!("../server/scaffold/src/config.rs.j2"),
    ),
    (
        "server/scaffold/src/handlers.rs.j2",
        include_str!("../server/scaffold/src/handlers.rs.j2"),
    ),
    (
        "server/scaffold/src/lib.rs.j2",
        include_str!("../server/scaffold/src/lib.rs.j2"),
    ),
    (
        "server/scaffold/src/main.rs.j2",
        include_str!("../server/scaffold/src/main.rs.j2"),
    ),
    (
        "server/scaffold/tests/api.rs.j2",
        include_str!("../server/scaffold/tests/api.rs.j2"),
    ),
    ("types/README.md.j2", include_str!("../types/README.md.j2")),
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

/// The version of the views of the reference: it grows when a template that was written for the last one may fail.
pub const VIEWS_VERSION: u32 = 1;

/// Renders the template of this path, such as `client/README.md.j2`.
///
/// # Panics
/// When there is no such template, or it wants something that the context does not have. Both are bugs of specsmith,
/// whatever the document says.
#[expect(
    clippy::panic,
    reason = "a template and its view struct are both ours, so a failure is a bug"
)]
pub fn render(name: &str, context: impl Serialize) -> String {
    of(&ENVIRONMENT, name, context).unwrap_or_else(|error| panic!("{error}"))
}

/// What templates of one folder, such as `markdown`, are called.
pub fn names(folder: &str) -> impl Iterator<Item = &'static str> {
    let prefix = format!("{folder}/");
    TEMPLATES.iter().filter_map(move |(name, _)| name.strip_prefix(&prefix))
}

/// Templates, some of which a user wrote.
#[derive(Debug, Clone)]
pub struct Templates {
    environment: Environment<'static>,
}

/// What is wrong with a template of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// The name of the template, such as `group.md.j2`.
    pub name: String,
    /// The line, from 1 on, where one is known.
    pub line: Option<usize>,
    /// What is wrong, on one line.
    pub message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "template `{}`, line {line}: {}", self.name, self.message),
            None => write!(f, "template `{}`: {}", self.name, self.message),
        }
    }
}

impl std::error::Error for TemplateError {}

impl Default for Templates {
    fn default() -> Self {
        let environment = ENVIRONMENT.clone();
        Self { environment }
    }
}

impl Templates {
    /// The templates with one replaced; `name` is its path, such as `markdown/group.md.j2`.
    ///
    /// # Errors
    /// When the text is no template.
    pub fn with(mut self, name: &str, text: String) -> Result<Self, TemplateError> {
        let added = self.environment.add_template_owned(name.to_owned(), text);
        added.map_err(|error| fault(name, &error))?;
        Ok(self)
    }

    /// Renders the template of this path.
    ///
    /// # Errors
    /// When a template of the user wants what its view does not have.
    pub fn render(&self, name: &str, view: impl Serialize) -> Result<String, TemplateError> {
        of(&self.environment, name, view)
    }
}

fn of(environment: &Environment<'_>, name: &str, context: impl Serialize) -> Result<String, TemplateError> {
    let rendered = environment
        .get_template(name)
        .and_then(|template| template.render(Serde(context)));
    rendered.map_err(|error| fault(name, &error))
}

/// What an error means to who wrote the template; a template that is called by another is named itself.
fn fault(name: &str, error: &minijinja::Error) -> TemplateError {
    let mut inner = error;
    while let Some(source) = std::error::Error::source(inner).and_then(|source| source.downcast_ref()) {
        inner = source;
    }
    let name = inner.name().unwrap_or(name);
    let name = name.rsplit('/').next().unwrap_or(name).to_owned();
    let kind = inner.kind().to_string();
    TemplateError {
        name,
        line: inner.line(),
        message: match inner.detail() {
            Some(detail) => format!("{kind}: {}", detail.replace('\n', " ")),
            None => kind,
        },
    }
}

#[expect(
    clippy::panic,
    reason = "the templates are part of this crate, so a syntax error is a bug"
)]
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.add_global("views_version", VIEWS_VERSION);
    match SyntaxConfig::builder()
        .keep_trailing_newline(true)
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
    {
        Ok(syntax) => environment.set_syntax(syntax),
        Err(error) => panic!("syntax of templates: {error:#}"),
    }
    for (name, text) in TEMPLATES {
        if let Err(error) = environment.add_template(name, text) {
            panic!("template `{name}`: {error:#}");
        }
    }
    environment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_parses() {
        let environment = environment();
        for (name, _) in TEMPLATES {
            assert!(environment.get_template(name).is_ok(), "{name}");
        }
    }

    #[test]
    #[should_panic(expected = "undefined value")]
    fn what_the_context_lacks_is_an_error() {
        render("client/README.md.j2", ());
    }

    #[test]
    fn what_is_wrong_with_a_template_is_told_with_its_line() {
        let with = |text: &str| Templates::default().with("markdown/book.toml.j2", text.to_owned());
        let error = with("a\n{% if %}").err();
        assert_eq!(
            error.map(|error| (error.name, error.line)),
            Some(("book.toml.j2".to_owned(), Some(2)))
        );
        let templates = with("a\n\n{{ titel }}");
        let rendered = templates.map(|templates| templates.render("markdown/book.toml.j2", ()));
        let error = rendered.map(|rendered| rendered.err().map(|error| (error.line, error.message)));
        assert_eq!(error, Ok(Some((Some(3), "undefined value".to_owned()))));
        let templates = with("{{ views_version }}");
        let rendered = templates.and_then(|templates| templates.render("markdown/book.toml.j2", ()));
        assert_eq!(rendered, Ok(VIEWS_VERSION.to_string()));
    }
}
