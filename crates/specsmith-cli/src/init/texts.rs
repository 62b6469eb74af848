//! The texts of the files that a project begins with.

use serde_json::Value;

const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// A text in quotes, as TOML has it, too.
pub(super) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// `specsmith.toml`; without a client, a build script generates one.
pub(super) fn config(document: Option<&str>, client: Option<&str>) -> String {
    let document = match document {
        Some(document) => format!("document = {}", quoted(document)),
        None => "# document = \"openapi.yaml\"".to_owned(),
    };
    let client = match client {
        Some(client) => format!("[client]\ndir = {}", quoted(client)),
        None => "# The build script says which modules there are.".to_owned(),
    };
    format!(
        "\
# What specsmith generates, and from what. All that can stand here:
# {REPOSITORY}/blob/main/docs/reference/configuration.md
{document}

{client}

# A server for axum.
# [server]
# dir = \"server\"

# A reference in Markdown.
# [docs]
# dir = \"docs/api\"

# The crate of the types of dates and times: chrono, jiff, time, or text for `String`.
# [types]
# dates = \"jiff\"

# What stops a run beside errors.
# [diagnostics]
# deny = [\"warnings\"]
"
    )
}

/// What `build.rs` does, below `main`.
pub(super) fn build_script_lines(config: &str) -> String {
    format!(
        "let config = specsmith::Config::from_file({})?;\n\
         specsmith::Build::from_config(config).client(\"client\").names_lock(\"names.lock.json\").run();",
        quoted(config)
    )
}

/// `build.rs`.
pub(super) fn build_script(config: &str) -> String {
    format!(
        "\
//! Generates the module `client` from the document.

fn main() -> Result<(), specsmith::Error> {{
    let config = specsmith::Config::from_file({})?;
    specsmith::Build::from_config(config)
        .client(\"client\")
        .names_lock(\"names.lock.json\")
        .run();
    Ok(())
}}
",
        quoted(config)
    )
}

/// What the manifest of a crate with a build script lacks.
pub(super) fn build_dependency() -> String {
    format!("[build-dependencies]\nspecsmith = {{ git = \"{REPOSITORY}\", default-features = false }}")
}

fn install() -> String {
    format!("cargo install --locked --git {REPOSITORY} specsmith-cli")
}

/// A workflow of GitHub Actions.
pub(super) fn github(command: &str) -> String {
    format!(
        "\
name: specsmith
on: [push, pull_request]
permissions:
  contents: read
jobs:
  specsmith:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: {}
      - run: {command}
",
        install()
    )
}

/// A job of GitLab CI/CD.
pub(super) fn gitlab(command: &str) -> String {
    format!(
        "\
specsmith:
  image: rust:latest
  script:
    - {}
    - {command}
",
        install()
    )
}

/// A hook of pre-commit.
pub(super) fn pre_commit(command: &str) -> String {
    format!(
        "\
repos:
  - repo: local
    hooks:
      - id: specsmith
        name: generated files are up to date
        entry: {command}
        language: system
        pass_filenames: false
"
    )
}
