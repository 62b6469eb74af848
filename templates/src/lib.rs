//! Templates of everything specsmith writes that is not regenerated Rust, and the environment that renders them.
//!
//! A template is a `*.j2` file below the folder of its target; [`render`] takes its path. Contexts are view structs made
//! for one template, so a template never sees a model.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

/// The templates: path and text.
const TEMPLATES: &[(&str, &str)] = &[
    ("client/README.md.j2", include_str!("../client/README.md.j2")),
    ("markdown/group.md.j2", include_str!("../markdown/group.md.j2")),
    ("markdown/index.md.j2", include_str!("../markdown/index.md.j2")),
    ("markdown/parts.md.j2", include_str!("../markdown/parts.md.j2")),
    ("markdown/schemas.md.j2", include_str!("../markdown/schemas.md.j2")),
    ("markdown/summary.md.j2", include_str!("../markdown/summary.md.j2")),
    ("markdown/sent.md.j2", include_str!("../markdown/sent.md.j2")),
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
    ENVIRONMENT
        .get_template(name)
        .and_then(|template| template.render(Serde(context)))
        .unwrap_or_else(|error| panic!("template `{name}`: {error:#}"))
}

#[expect(
    clippy::panic,
    reason = "the templates are part of this crate, so a syntax error is a bug"
)]
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
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
}
