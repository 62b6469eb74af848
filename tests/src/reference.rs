//! The pages of `docs/reference` that are made from code are what the code says.
//!
//! `SPECSMITH_UPDATE=1 cargo test -p specsmith-tests reference` writes them.

use std::{env, fmt::Write, fs};

use specsmith_diagnostics::{Code, Severity};
use specsmith_spec::Fate;

use crate::root;

fn diagnostics() -> String {
    let mut page = String::from(
        "# Diagnostics\n\n\
         Everything that specsmith has to say about a document has one of these codes. An error means that nothing is\n\
         generated; with a warning only one place is affected; a note is worth knowing. `specsmith explain CODE` prints\n\
         the same text.\n\n\
         `--deny`, `--warn` and `--allow` give a code another severity, except where it says *always*: nothing can be made\n\
         of such a document.\n",
    );
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error if code.is_fixed() => "Error, always",
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Note => "Note",
        };
        let lines: Vec<&str> = code.explanation().lines().map(str::trim).collect();
        write!(
            page,
            "\n## {}\n\n{severity}. {}\n",
            code.name(),
            lines.join("\n").trim_end()
        )
        .expect("memory");
    }
    page
}

/// What becomes of each keyword, by object.
fn keywords() -> String {
    let mut page = String::from(
        "# Keywords\n\n\
         What becomes of each keyword of OpenAPI and JSON Schema. Where that depends on the place, it is the least that is\n\
         sure. `specsmith coverage DOCUMENT` tells it for the keywords that a document uses.\n\n\
         - **typed**: types follow from it, or what is sent and how.\n\
         - **validated**: its value is checked; nothing else follows from it.\n\
         - **documented**: the reference and the documentation comments say it.\n\
         - **structural**: it leads to other objects, or is about the document itself.\n\
         - **reported**: nothing is made of it, and a diagnostic of the code behind it says so, at it or at an object around\n\
         \u{20} it of which nothing is made either.\n\n\
         Names that start with `x-` are extensions. `x-enum-varnames` and the like name the values of enums, `x-nullable`\n\
         is `nullable`; others have no effect. Names that the specification does not know are\n\
         [reported](diagnostics.md#unknown-keyword).\n",
    );
    let mut object = "";
    for keyword in specsmith_spec::keywords() {
        if object != keyword.object {
            object = keyword.object;
            write!(
                page,
                "\n## {object}\n\n| Keyword | Versions | Becomes |\n| --- | --- | --- |\n"
            )
            .expect("memory");
        }
        let versions = match (keyword.since, keyword.until) {
            (None, None) => "all".to_owned(),
            (Some(since), None) => format!("since {since}"),
            (_, Some(until)) => format!("before {until}"),
        };
        let becomes = match keyword.fate {
            Fate::Reported(code) => format!("reported: [{code}](diagnostics.md#{code})"),
            fate => fate.name().to_owned(),
        };
        writeln!(page, "| `{}` | {versions} | {becomes} |", keyword.name).expect("memory");
    }
    page
}

/// What a configuration file may say.
fn configuration() -> String {
    let mut page = String::from(
        "# Configuration file\n\n\
         `specsmith.toml` says what is generated from which document. `specsmith generate` and `specsmith check` without a\n\
         document use the nearest one, in the working folder or above; with a document only the one that `--config` names.\n\
         Arguments win over it. `Config::from_file` reads it in a build script.\n\n\
         Paths are relative to the folder of the file. What it cannot mean is an error at its place, and nothing is generated.\n\n\
         All of it together:\n\n```toml\n",
    );
    let mut table = "";
    for option in specsmith::config_options() {
        if option.table != table {
            table = option.table;
            write!(page, "\n[{table}]\n").expect("memory");
        }
        writeln!(page, "{}", option.example).expect("memory");
    }
    page.push_str("```\n");
    for option in specsmith::config_options() {
        let name = match (option.table, option.key) {
            ("", key) => format!("`{key}`"),
            (table, "*") => format!("`[{table}]`"),
            (table, key) => format!("`{table}.{key}`"),
        };
        write!(page, "\n## {name}\n\nTakes {}.\n\n{}\n", option.takes, option.about).expect("memory");
    }
    page.push_str(SEVERAL);
    page
}

/// How a file has several APIs.
const SEVERAL: &str = "
## Several APIs

A file can be about several APIs. Each is a table below `apis`, which may say everything that a file of one API says. What
stands outside of them holds for all, and an API changes it for itself. `--api books` chooses one on the command line; without
it, all are generated or checked, on all cores.

```toml
[types]
dates = \"jiff\"

[apis.books]
document = \"books/openapi.yaml\"
client.dir = \"crates/books\"

[apis.payments]
document = \"payments/openapi.yaml\"
client = { dir = \"crates/payments\", group-features = true }
types.dates = \"chrono\"
```

`Project::from_file` reads such a file in Rust.
";

/// Compares a page with what code says, or writes it.
fn check(name: &str, page: &str) {
    let path = root().join("docs/reference").join(name);
    if env::var_os("SPECSMITH_UPDATE").is_some() {
        fs::write(&path, page).expect("a file");
    }
    let found = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        found == page,
        "{} is out of date; SPECSMITH_UPDATE=1 writes it",
        path.display()
    );
}

#[test]
fn diagnostics_are_documented() {
    check("diagnostics.md", &diagnostics());
}

#[test]
fn the_configuration_is_documented() {
    check("configuration.md", &configuration());
}

#[test]
fn keywords_are_documented() {
    check("keywords.md", &keywords());
}
