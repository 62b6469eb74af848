//! Cases for configuration files.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::Project;
use super::config_options;
use crate::{
    Aliases, Config, Dates, Error, ExternType, FrontMatter, HmacEncoding, HmacHash, HmacSignature, Kind, Layout,
    Openness, OptionTable, Selection, SignatureScheme, Target, WebhookName, WebhookOptions, config::Input,
};

/// The configuration that a text means, in a folder called `api`.
pub(crate) fn read(text: &str) -> Result<Config, String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("specsmith.toml");
    fs::write(&path, text).unwrap();
    match Config::from_file(&path) {
        Ok(config) => Ok(relative(config, dir.path())),
        Err(Error::ConfigFile(findings)) => Err(findings.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

/// Paths without the folder that the test made.
fn relative(mut config: Config, folder: &Path) -> Config {
    let short = |path: &PathBuf| PathBuf::from("api").join(path.strip_prefix(folder).unwrap());
    if let Input::File(path) = &mut config.document {
        *path = short(path);
    }
    config.overlays.iter_mut().for_each(|path| *path = short(path));
    config
        .targets
        .values_mut()
        .for_each(|target| target.dir = short(&target.dir));
    config
}

#[test]
fn each_option_is_carried_through() {
    let config = read(concat!(
        "\u{FEFF}document = \"openapi.yaml\"\n",
        "overlays = [\"a.yaml\", \"b.yaml\"]\n",
        "client = { dir = \"sdk\", package = \"books\" }\n",
        "server.dir = \"server\"\n",
        "[docs]\ndir = \"docs\"\nlayout = \"book\"\nfront-matter = \"mkdocs\"\nsince = \"old.yaml\"\n",
        "[types]\ndir = \"types\"\nopenness = \"closed\"\ndates = \"jiff\"\naliases = \"newtype\"\nlenient = [\"Book\"]\nkeep-unknown = true\n",
        "[types.formats]\n",
        "isbn = \"crate::Isbn\"\n",
        "decimal = { type = \"rust_decimal::Decimal\", version = \"1\" }\n",
        "money = { type = \"money::Amount\", dependency = \"money-rs\", version = '2', features = [\"serde\"] }\n",
        "[rename]\nBook_v2 = \"Book\"\n",
        "[derives]\n\"*\" = \"schemars::JsonSchema\"\nBook = [\"Eq\", \"Hash\"]\n",
        "[attributes]\nBook = \"must_use\"\n",
        "[webhooks]\nname.member = \"/type\"\nsignature = { header = \"X-Sig\", algorithm = \"sha1\", prefix = \"sha1=\" }\n",
    ))
    .unwrap();
    let signature = HmacSignature {
        header: "X-Sig".to_owned(),
        hash: HmacHash::Sha1,
        encoding: HmacEncoding::Hex,
        prefix: "sha1=".to_owned(),
    };
    let webhooks = WebhookOptions {
        name: Some(WebhookName::Member("/type".to_owned())),
        signature: Some(SignatureScheme::Hmac(signature)),
    };
    assert_eq!(config.types.webhooks, webhooks);
    assert!(matches!(&config.document, Input::File(path) if path.as_path() == Path::new("api/openapi.yaml")));
    assert_eq!(config.overlays, ["api/a.yaml", "api/b.yaml"].map(PathBuf::from));
    assert_eq!(
        (config.docs.layout, config.docs.front_matter),
        (Layout::Book, FrontMatter::Mkdocs)
    );
    assert!(
        config
            .docs
            .since
            .as_ref()
            .is_some_and(|path| path.ends_with("old.yaml"))
    );
    let target = |kind| config.targets.get(&kind).cloned();
    assert_eq!(target(Kind::Client), Some(Target::new("api/sdk").package("books")));
    assert_eq!(target(Kind::Server), Some(Target::new("api/server")));
    assert_eq!(target(Kind::Docs), Some(Target::new("api/docs")));
    assert_eq!(
        target(Kind::Types),
        Some(Target::new("api/types").openness(Openness::Closed))
    );
    let types = &config.types;
    assert_eq!((types.dates, types.aliases), (Dates::Jiff, Aliases::Newtype));
    assert_eq!(types.lenient, Selection::Named(BTreeSet::from(["Book".to_owned()])));
    assert_eq!(types.keep_unknown, Selection::All);
    let format = |name: &str, path: &str, dependency: Option<(&str, &str)>| {
        let dependency = dependency.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let path = path.to_owned();
        (name.to_owned(), ExternType { path, dependency })
    };
    let money = "{ version = \"2\", features = [\"serde\"] }";
    let formats = [
        format("decimal", "rust_decimal::Decimal", Some(("rust_decimal", "\"1\""))),
        format("isbn", "crate::Isbn", None),
        format("money", "money::Amount", Some(("money-rs", money))),
    ];
    assert_eq!(types.formats, BTreeMap::from(formats));
    assert_eq!(types.renames.get("Book_v2").map(String::as_str), Some("Book"));
    assert_eq!(
        types.derives.get("Book").map(Vec::as_slice),
        Some(&["Eq".to_owned(), "Hash".to_owned()][..])
    );
    assert_eq!(types.derives.get("*").map(Vec::len), Some(1));
    assert_eq!(types.attributes.get("Book").map(Vec::len), Some(1));
    let place = types.places.get(&(OptionTable::Rename, "Book_v2".to_owned())).unwrap();
    assert_eq!(place.end - place.start, 7);
}

#[test]
fn the_reference_tells_the_truth() {
    for option in config_options() {
        let head = match option.table {
            "" => String::new(),
            table if table.starts_with("server.") => format!("[server]\ndir = \"x\"\n[{table}]\n"),
            table => format!("[{table}]\n"),
        };
        // A target needs its folder.
        let needs = [
            "base-path",
            "body-limit",
            "contract",
            "diagrams",
            "front-matter",
            "group-features",
            "idempotency-header",
            "layout",
            "package",
            "since",
            "templates",
        ]
        .contains(&option.key);
        let folder = if needs { "dir = \"x\"\n" } else { "" };
        let text = format!("{head}{folder}{}\n", option.example);
        assert_eq!(read(&text).err(), None, "{text}");
        let wrong = format!("{head}{folder}unheard-of = 1\n");
        if option.key != "*" {
            assert!(read(&wrong).unwrap_err().contains("there is no option `"), "{wrong}");
        }
    }
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    for (text, message, place) in [
        ("a = ", "this is not TOML", "1:5"),
        ("documnt = ''", "help: did you mean `document`?", "1:1"),
        ("document = 1", "`document` is text", "1:12"),
        ("client = 'sdk'", "`client` is a table", "1:10"),
        ("[[client]]\ndir = 'sdk'", "`client` is a table", "1:3"),
        ("\n[client]\npackage = 'x'", "`client.dir` is not there", "2:2"),
        ("[docs]\npackage = 'x'", "there is no option `docs.package`", "2:1"),
        ("[apis]", "there are no APIs", "1:2"),
        ("document = 'x'\n[apis.a]", "`document` belongs to one API", "1:1"),
        ("client.dir = 'x'\n[apis.a]", "`client.dir` belongs to one API", "1:8"),
        ("[apis.a]\nclient = {}", "`apis.a.client.dir` is not there", "2:1"),
        ("[apis.a]\ndocumnt = 'x'", "help: did you mean `document`?", "2:1"),
        ("diagnostics.deny = 'bad-ref'", "there is no code `bad-ref`", "1:20"),
        ("diagnostics.allow = 'unreadable-file'", "`unreadable-file`", "1:21"),
        ("limits.dept = 5", "there is no such limit", "1:8"),
        ("limits.depth = -5", "`limits.depth` is a whole number", "1:16"),
        ("overlays = ['a', 2]", "`overlays` is a list of texts", "1:18"),
        ("types.dates = 'chorno'", "help: did you mean `chrono`?", "1:15"),
        (
            "types.lenient = 1",
            "`types.lenient` is `true`, `false` or a list",
            "1:17",
        ),
        ("types.formats.a = {}", "`types.formats.a.type` is not there", "1:15"),
        (
            "types.formats.a = { type = 'b', dependency = 'c' }",
            "`types.formats.a.version` is not there",
            "1:15",
        ),
        ("derives.Book = 1", "`derives.Book` is text or a list of texts", "1:16"),
        ("types.x = 1", "there are `dir`, `package`", "1:7"),
        (
            "[server]\ndir = 'x'\nbody-limit = '2MoB'",
            "`2MoB` is no number of bytes",
            "3:14",
        ),
        (
            "[server]\ndir = 'x'\nbody-limits = 5",
            "`server.body-limits` is a table",
            "3:15",
        ),
        (
            "[server]\ndir = 'x'\n[server.deprecations]\na = { since = 'soon' }",
            "`soon` is no date",
            "4:15",
        ),
        (
            "[server]\ndir = 'x'\n[server.deprecations]\na = { since = 2026-01-01, sunset = 2025-01-01 }",
            "`server.deprecations.a` is gone before it is deprecated",
            "4:1",
        ),
        (
            "[server]\ndir = 'x'\n[server.deprecations]\na = { link = 'javascript:a' }",
            "`javascript:a` is not the address of a page",
            "4:14",
        ),
    ] {
        let found = read(text).unwrap_err();
        assert!(found.starts_with("error[invalid-config]: "), "{text}: {found}");
        assert!(
            found.contains(message) && found.contains(&format!("specsmith.toml:{place}\n")),
            "{text}: {found}"
        );
    }
}

#[test]
fn apis_have_what_is_common_and_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("specsmith.toml");
    let text = concat!(
        "[types]\ndates = \"jiff\"\nopenness = \"closed\"\n[derives]\n\"*\" = \"Hash\"\n[client]\ngroup-features = true\n",
        "[diagnostics]\ndeny = \"warnings\"\n",
        "[apis.books]\ndocument = \"a.yaml\"\nclient.dir = \"a\"\ntypes.dir = \"t\"\n",
        "[apis.films]\ndocument = \"b.yaml\"\ntypes.dates = \"time\"\nderives.Film = \"Eq\"\ndiagnostics.allow = \"notes\"\n",
    );
    fs::write(&path, text).unwrap();
    assert!(
        Config::from_file(&path)
            .unwrap_err()
            .to_string()
            .contains("`books`, `films`")
    );
    let project = Project::from_file(&path).unwrap();
    assert_eq!(project.names().collect::<Vec<_>>(), ["books", "films"]);
    let (books, films) = (project.get("books").unwrap(), project.get("films").unwrap());
    assert_eq!((books.types.dates, films.types.dates), (Dates::Jiff, Dates::Time));
    assert_eq!((books.types.derives.len(), films.types.derives.len()), (1, 2));
    assert!(books.types.group_features && films.types.group_features);
    assert_eq!((books.levels.len(), films.levels.len()), (1, 2));
    let target = books.targets.get(&Kind::Types).unwrap();
    assert_eq!(target.openness, Openness::Closed);
    assert!(books.targets.contains_key(&Kind::Client) && films.targets.is_empty());
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let error = Config::from_file("no/such/specsmith.toml").unwrap_err();
    assert!(error.to_string().starts_with("error[unreadable-file]: "), "{error}");
}

#[test]
fn a_file_need_not_name_a_document() {
    let error = crate::lint(&read("").unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "no document is named");
}
