//! Programs that are not ours read generated references: mdBook makes a book of each, markdownlint finds nothing.
//!
//! `SPECSMITH_MDBOOK` and `SPECSMITH_MARKDOWNLINT` are the paths of their commands, `SPECSMITH_CORPUS` and
//! `SPECSMITH_ATTACKS` the folders of documents; without them the bookstore is read. `tests/docs/run` sets them.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use specsmith::{Config, DocsOptions, Layout, output};

use crate::{compile, corpus, files, root, stem};

/// The program that a variable of the environment names; says so where it names none.
fn program(variable: &str) -> Option<PathBuf> {
    let path = env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    if path.is_none() {
        println!("{variable} is not set, so nothing is read");
    }
    path
}

/// The folders of documents of others.
fn folders() -> [Option<PathBuf>; 2] {
    ["SPECSMITH_CORPUS", "SPECSMITH_ATTACKS"].map(corpus::folder)
}

/// Whether the documents are this project's own, the prose in them too.
fn is_ours() -> bool {
    folders().iter().all(Option::is_none)
}

/// The documents whose references are read.
fn documents() -> Vec<PathBuf> {
    let folders = folders();
    if is_ours() {
        return vec![root().join("examples/bookstore/openapi.yaml")];
    }
    folders
        .iter()
        .flatten()
        .flat_map(|folder| corpus::chosen(folder))
        .collect()
}

/// What no page has that comes from a document.
const LIVE: [&str; 8] = [
    "<script",
    "<img",
    "<iframe",
    "<svg",
    "<style",
    "<object",
    "href=\"javascript:",
    "root:x:0",
];

/// Writes the reference of a document; `None` where the document cannot be used.
fn write(document: &Path, folder: &Path, layout: Layout) -> Option<()> {
    let name = document.file_name().expect("a file").to_string_lossy().into_owned();
    let options = DocsOptions {
        layout,
        ..DocsOptions::default()
    };
    let config = Config::from_text(name, fs::read(document).expect("a document"))
        .docs(folder)
        .docs_options(options);
    let outcome = specsmith::render(&config).ok()?;
    for output in &outcome.outputs {
        output::write(&output.dir, &output.result).expect("files");
    }
    Some(())
}

/// The ids of an HTML page, and where its links to other pages of the book lead.
#[derive(Default)]
struct Page {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
    /// What of [`LIVE`] it has.
    live: Vec<&'static str>,
}

impl Page {
    fn read(html: &str) -> Self {
        // What mdBook puts around a page has links of its own; scripts have none.
        let main = html
            .split("<main>")
            .nth(1)
            .and_then(|rest| rest.split("</main>").next());
        let main = main.unwrap_or_default();
        // A quotation mark stands for itself in texts, so what looks like an attribute may be code that is shown.
        let tags: Vec<&str> = main
            .split('<')
            .skip(1)
            .filter_map(|tag| tag.split('>').next())
            .collect();
        let values = |attribute: &str| {
            let values = tags
                .iter()
                .filter_map(|tag| tag.split(attribute).nth(1)?.split('"').next());
            values.map(|value| value.replace("&amp;", "&")).collect::<BTreeSet<_>>()
        };
        let is_inner = |link: &String| !link.contains(':') && !link.starts_with("//");
        Self {
            ids: values(" id=\""),
            links: values(" href=\"").into_iter().filter(is_inner).collect(),
            live: LIVE.into_iter().filter(|live| main.contains(live)).collect(),
        }
    }
}

/// What is wrong with the pages of a book: links that lead nowhere, and what is live.
fn faults(book: &Path) -> Vec<String> {
    let mut pages = BTreeMap::new();
    for folder in [book.to_owned(), book.join("schemas")] {
        if !folder.is_dir() {
            continue;
        }
        for path in files(&folder, &["html"]) {
            let name = path.strip_prefix(book).expect("below").to_string_lossy().into_owned();
            // These are mdBook's own.
            if ["404.html", "print.html", "toc.html"].contains(&name.as_str()) {
                continue;
            }
            pages.insert(name, Page::read(&fs::read_to_string(&path).expect("a page")));
        }
    }
    let mut broken = Vec::new();
    for (name, page) in &pages {
        broken.extend(page.live.iter().map(|live| format!("{name} has {live}")));
        for link in &page.links {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = match (file, name.rsplit_once('/')) {
                ("", _) => name.clone(),
                (file, Some((folder, _))) => match file.strip_prefix("../") {
                    Some(file) => file.to_owned(),
                    None => format!("{folder}/{file}"),
                },
                (file, None) => file.to_owned(),
            };
            let leads = pages
                .get(&target)
                .is_some_and(|target| anchor.is_empty() || target.ids.contains(anchor));
            if !leads {
                broken.push(format!("{name} links to {link}"));
            }
        }
    }
    broken
}

#[test]
fn mdbook_makes_a_book_of_each_reference() {
    let Some(mdbook) = program("SPECSMITH_MDBOOK") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let mut failures = Vec::new();
    for document in documents() {
        let docs = folder.path().join(stem(&document));
        let start = Instant::now();
        if write(&document, &docs, Layout::Book).is_none() {
            println!("{}: no reference", stem(&document));
            continue;
        }
        let rendered = start.elapsed();
        let start = Instant::now();
        let done = Command::new(&mdbook).arg("build").arg(&docs).output().expect("mdbook");
        let said = String::from_utf8_lossy(&done.stderr);
        let complaints = said
            .lines()
            .filter(|line| line.contains("WARN") || line.contains("ERROR"));
        // The index for searching large books is large.
        let complaints = complaints.filter(|line| !line.contains("search index"));
        let complaints: Vec<&str> = complaints.take(5).collect();
        let broken = faults(&docs.join("book"));
        println!(
            "{:<44} written in {rendered:>6.1?}, built in {:>6.1?}, {} faults",
            stem(&document),
            start.elapsed(),
            broken.len()
        );
        if !done.status.success() || !complaints.is_empty() || !broken.is_empty() {
            let broken = broken.iter().take(5).map(String::as_str);
            let all: Vec<&str> = complaints.into_iter().chain(broken).collect();
            failures.push(format!("{}: {}\n{}", stem(&document), done.status, all.join("\n")));
        }
        fs::remove_dir_all(&docs).expect("a folder");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn markdownlint_finds_nothing() {
    let Some(markdownlint) = program("SPECSMITH_MARKDOWNLINT") else {
        return;
    };
    let mut failures = Vec::new();
    for layout in [Layout::Tree, Layout::Single] {
        let folder = tempfile::tempdir().expect("a folder");
        let config = match is_ours() {
            true => "ours.markdownlint-cli2.jsonc",
            false => "published.markdownlint-cli2.jsonc",
        };
        fs::copy(
            root().join("tests/docs").join(config),
            folder.path().join(".markdownlint-cli2.jsonc"),
        )
        .expect("a file");
        let written = documents()
            .into_iter()
            .filter(|document| write(document, &folder.path().join(stem(document)), layout).is_some());
        let count = written.count();
        let done = Command::new(&markdownlint)
            .arg("**/*.md")
            .current_dir(folder.path())
            .output()
            .expect("markdownlint");
        println!(
            "{count} references, {layout:?}: {}",
            String::from_utf8_lossy(&done.stdout).trim().replace('\n', "; ")
        );
        let said = String::from_utf8_lossy(&done.stderr);
        let complaints: Vec<&str> = said.lines().filter(|line| line.contains(" MD")).collect();
        if !done.status.success() {
            let first: Vec<&str> = complaints.iter().take(40).copied().collect();
            failures.push(format!("{} complaints:\n{}", complaints.len(), first.join("\n")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Published documents whose samples are compiled.
const SAMPLED: [&str; 2] = ["petstore-swagger", "train-travel"];

#[test]
fn samples_of_published_documents_compile() {
    let Some(corpus) = corpus::folder("SPECSMITH_CORPUS").filter(|_| corpus::is_full()) else {
        return;
    };
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sampled");
    let mut members = Vec::new();
    for document in corpus::chosen(&corpus) {
        let Some(name) = SAMPLED.into_iter().find(|name| stem(&document) == *name) else {
            continue;
        };
        let folder = |kind: &str| workspace.join(format!("{name}-{kind}"));
        let config = Config::from_text(name, fs::read(&document).expect("a document"))
            .client(folder("client"))
            .server(folder("server"))
            .docs(folder("docs"));
        specsmith::generate(&config).unwrap_or_else(|error| panic!("{name}: {error}"));
        members.extend(["client", "server"].map(|kind| format!("{name}-{kind}")));
        members.push(compile::samples(&workspace, &folder("docs"), name));
    }
    if !members.is_empty() {
        compile::check(&workspace, &members);
    }
}
