//! A program is begun, changed by its owner, and compared with a document that has changed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::{fs, path::Path};

use super::*;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: { title: Books, version: 1.0.0 }
paths:
  /books:
    get: { operationId: listBooks, tags: [books], responses: { '204': { description: None. } } }
  /authors:
    get: { operationId: listAuthors, tags: [authors], responses: { '204': { description: None. } } }
";

/// The same with another operation in a group, a new group, and without `authors`.
const CHANGED: &str = "\
openapi: 3.1.0
info: { title: Books, version: 1.0.0 }
paths:
  /books:
    get: { operationId: listBooks, tags: [books], responses: { '204': { description: None. } } }
    post:
      operationId: addBook
      tags: [books]
      security: [{ staff: [] }]
      responses: { '204': { description: None. } }
  /orders:
    get: { operationId: listOrders, tags: [orders], responses: { '204': { description: None. } } }
components:
  securitySchemes: { staff: { type: http, scheme: bearer } }
";

fn run(dir: &Path, document: &str) -> ScaffoldResult {
    let config = Config::from_text("openapi.yaml", document).server(dir.join("server"));
    scaffold_server(&config, None).unwrap().result
}

fn report(dir: &Path, document: &str) -> ScaffoldReport {
    match run(dir, document) {
        ScaffoldResult::Compared(report) => report,
        ScaffoldResult::Begun(begun) => panic!("{begun:?}"),
    }
}

#[test]
fn a_program_is_begun_once() {
    let dir = tempfile::tempdir().unwrap();
    let app = dir.path().join("app");
    fs::create_dir_all(&app).unwrap();
    fs::write(app.join("README.md"), "mine").unwrap();
    let ScaffoldResult::Begun(begun) = run(dir.path(), DOCUMENT) else {
        panic!("it was not there");
    };
    assert_eq!(begun.kept, ["README.md"]);
    assert!(begun.created.contains(&"src/handlers/books.rs".to_owned()), "{begun:?}");
    assert_eq!(fs::read_to_string(app.join("README.md")).unwrap(), "mine");
    let manifest = fs::read_to_string(app.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("server = { path = \"../server\", "), "{manifest}");
    assert_eq!(report(dir.path(), DOCUMENT), ScaffoldReport::default());
}

#[test]
fn what_is_new_and_what_is_gone_is_told_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), DOCUMENT);
    // Handlers can move, and be called by another name.
    let src = dir.path().join("app/src");
    let books = fs::read_to_string(src.join("handlers/books.rs")).unwrap();
    fs::remove_file(src.join("handlers/books.rs")).unwrap();
    let moved = books
        .replace("{Books, Context", "{Books as Shelf, Context")
        .replace("impl Books", "impl Shelf");
    assert!(moved.contains("impl Shelf for App"), "{moved}");
    fs::write(src.join("shelf.rs"), moved).unwrap();
    fs::write(src.join("broken.rs"), "fn").unwrap();
    let report = report(dir.path(), CHANGED);
    let new: Vec<_> = report
        .new
        .iter()
        .map(|new| (new.file.as_str(), new.members.join(", "), new.is_whole))
        .collect();
    assert_eq!(
        new,
        [
            ("src/shelf.rs", "add_book".to_owned(), false),
            ("src/handlers/orders.rs", "list_orders".to_owned(), true),
            ("src/auth.rs", "Staff, staff".to_owned(), true),
        ]
    );
    let stubs = &report.new[0].stubs;
    assert!(
        stubs.contains("async fn add_book(&self, cx: Context<Self::Staff>) -> "),
        "{stubs}"
    );
    assert!(
        !stubs.contains("list_books") && !stubs.contains("type Error"),
        "{stubs}"
    );
    let gone = GoneHandler {
        interface: "Authors".to_owned(),
        file: "src/handlers/authors.rs".to_owned(),
        member: None,
    };
    assert_eq!(report.gone, [gone]);
    assert_eq!(report.unread.len(), 1, "{report:?}");
    assert!(!src.join("handlers/orders.rs").exists());
}

#[test]
fn functions_of_operations_that_are_gone_are_told() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), DOCUMENT);
    let path = dir.path().join("app/src/handlers/books.rs");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("fn list_books", "fn find_books")).unwrap();
    let report = report(dir.path(), DOCUMENT);
    assert_eq!(report.gone[0].member.as_deref(), Some("find_books"));
    assert_eq!(report.new[0].members, ["list_books"]);
    // A macro may write anything.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replace("    async fn find", "    all!();\n    async fn find"),
    )
    .unwrap();
    assert_eq!(self::report(dir.path(), DOCUMENT).new, []);
}

#[test]
fn a_program_needs_a_server_and_operations() {
    let error = |config: &Config| {
        scaffold_server(config, Some(Path::new("none")))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(error(&Config::from_text("a.yaml", DOCUMENT)), "no server is named");
    let empty = "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: {}\n";
    let config = Config::from_text("a.yaml", empty).server("none/server");
    assert_eq!(
        error(&config),
        "the document has no operations, so there is nothing to handle"
    );
    assert!(!Path::new("none").exists());
}

#[test]
fn ways_between_folders_have_slashes() {
    for (from, to, way) in [
        ("a/app", "a/server", "../server"),
        ("app", "crates/server", "../crates/server"),
        ("./app/../b", "b", "."),
        ("/x/app", "/y", "../../y"),
        ("app", "app/server", "server"),
    ] {
        assert_eq!(relative(Path::new(from), Path::new(to)), way);
    }
    assert_eq!(beside(Path::new("crates/server")), Path::new("crates/app"));
    assert_eq!(beside(Path::new("server")), Path::new("app"));
    assert_eq!(program_name(Path::new("x/server"), "server").unwrap(), "server-app");
    assert_eq!(name_in("[package]\nname = \"a-b\"\n").as_deref(), Some("a-b"));
}
