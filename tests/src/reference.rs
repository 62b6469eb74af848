//! The pages of `docs/reference` that are made from code are what the code says.
//!
//! `SPECSMITH_UPDATE=1 cargo test -p specsmith-tests reference` writes them.

mod ir;

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
         is `nullable`, `x-tagGroups` stands for the `parent` of tags; others have no effect. Names that the\n\
         specification does not know are [reported](diagnostics.md#unknown-keyword).\n",
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

/// The templates of the reference that are rendered, and the views that they get.
const VIEWS: &[(&str, &str)] = &[
    ("index.md.j2", "Index"),
    ("group.md.j2", "Group"),
    ("schemas.md.j2", "Schemas"),
    ("sent.md.j2", "Sent"),
    ("statuses.md.j2", "Statuses"),
    ("changes.md.j2", "Changes"),
    ("summary.md.j2", "Summary"),
    ("llms.txt.j2", "Llms"),
    ("book.toml.j2", "Book"),
    ("docusaurus.j2", "FrontMatter"),
    ("mkdocs.j2", "FrontMatter"),
];

/// The templates of the reference with their views, as the source of the views has them.
fn templates() -> String {
    let files = ["pages.rs", "parts.rs"].map(|name| {
        let path = root().join("crates/specsmith-markdown/src/view").join(name);
        syn::parse_file(&fs::read_to_string(path).expect("the views")).expect("Rust")
    });
    let mut page = format!(
        "# Templates\n\n\
         `--templates DIR` and `docs.templates` take templates of yours for the pages of the [reference](../concepts/docs.md).\n\
         A file in the folder replaces the template of its name; those of specsmith are in `templates/markdown`. They are\n\
         written as for Jinja2, and rendered by [minijinja](https://docs.rs/minijinja); what they name and their view does\n\
         not have is an error, with its line.\n\n\
         All text of a view is Markdown already: what comes from the document is escaped for the place where the templates of\n\
         specsmith put it, so no template can make it live. Text for cells of tables says `|` as `\\|`. Blocks of code come\n\
         with their fences. White space is put in order behind templates: runs of blank lines become one.\n\n\
         The views have version {}: `views_version` says so in each template. It grows when a template that was written for\n\
         the version before may fail.\n\n\
         | Template | View |\n| --- | --- |\n",
        specsmith::VIEWS_VERSION
    );
    for (template, view) in VIEWS {
        let anchor = view.to_lowercase();
        writeln!(page, "| `{template}` | [{view}](#{anchor}) |").expect("memory");
    }
    page.push_str("| `parts.md.j2` | none: it has macros that the others import |\n");
    for item in files.iter().flat_map(|file| &file.items) {
        let syn::Item::Struct(item) = item else { continue };
        write!(page, "\n## {}\n\n{}\n\n", item.ident, docs(&item.attrs)).expect("memory");
        page.push_str("| Field | Is | |\n| --- | --- | --- |\n");
        for field in &item.fields {
            let name = field.ident.as_ref().expect("a name");
            let row = format!("| `{name}` | {} | {} |\n", words(&field.ty), docs(&field.attrs));
            page.push_str(&row.replace("|  |", "| |"));
        }
    }
    page
}

/// What a doc comment says, on one line.
fn docs(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ")
}

/// The type of a field, in words.
fn words(ty: &syn::Type) -> String {
    let text = quote::quote!(#ty).to_string().replace(' ', "").replace("&'static", "");
    let inner = |prefix: &str| text.strip_prefix(prefix)?.strip_suffix('>').map(str::to_owned);
    let one = |name: &str| match name {
        "String" | "str" => "text".to_owned(),
        "usize" => "a number".to_owned(),
        "bool" => "true or false".to_owned(),
        name => format!("[{name}](#{})", name.to_lowercase()),
    };
    match (inner("Vec<"), inner("Option<")) {
        (Some(inner), _) => format!("a list of {}", one(&inner)),
        (_, Some(inner)) => format!("{} or none", one(&inner)),
        _ => one(&text),
    }
}

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

#[test]
fn the_templates_are_documented() {
    let mut known: Vec<&str> = VIEWS.iter().map(|(template, _)| *template).collect();
    known.push("parts.md.j2");
    known.sort_unstable();
    let mut templates: Vec<&str> = specsmith::docs_templates().collect();
    templates.sort_unstable();
    assert_eq!(known, templates);
    check("templates.md", &self::templates());
}

#[test]
fn the_model_is_documented() {
    check("ir.md", &ir::page());
}

#[test]
fn differences_are_documented() {
    check("diff.md", &crate::diff::page());
}
