//! Where pages are, and what stands around them.

use super::{links, pages::BOOKS, with};
use crate::{FrontMatter, Layout, Options, Templates};

fn files(options: Options) -> specsmith_output::FileTree {
    with("openapi.yaml", BOOKS.as_bytes().to_vec(), options).expect("a reference")
}

#[test]
fn a_book_has_its_pages_below_src() {
    let options = Options {
        layout: Layout::Book,
        ..Options::default()
    };
    let tree = files(options);
    let book = tree.get("book.toml").expect("a configuration");
    assert!(
        book.starts_with("[book]\ntitle = \"Books | <b>\"\nsrc = \"src\"\n"),
        "{book}"
    );
    for (path, _) in tree.iter() {
        assert!(path == "book.toml" || path.starts_with("src/"), "{path}");
    }
    let of_tree = files(Options::default());
    assert_eq!(tree.get("src/books.md"), of_tree.get("books.md"));
}

#[test]
fn one_page_has_everything() {
    let options = Options {
        layout: Layout::Single,
        ..Options::default()
    };
    let tree = files(options);
    links::check("openapi.yaml", &tree);
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["index.md"]);
    let page = tree.get("index.md").expect("a page");
    for text in [
        "\n## books\n",
        "\n### `put_book`\n",
        "[Book](#book)",
        "\n### `Book`\n",
        "[books](#books)",
        "\n## Status codes\n",
    ] {
        assert!(page.contains(text), "no {text:?} in:\n{page}");
    }
}

#[test]
fn front_matter_holds_nothing_but_text() {
    let options = Options {
        front_matter: FrontMatter::Docusaurus,
        ..Options::default()
    };
    let tree = files(options);
    let index = tree.get("index.md").expect("a page");
    assert!(
        index.starts_with("---\ntitle: \"Books | <b>\"\nsidebar_position: 1\n---\n\n# Books "),
        "{index}"
    );
    assert_eq!(tree.get("SUMMARY.md"), None);
}

#[test]
fn templates_of_a_user_replace_ours() {
    let templates = |text: &str| Templates::default().with("markdown/statuses.md.j2", text.to_owned());
    let options = |text: &str| Options {
        templates: templates(text).expect("a template"),
        ..Options::default()
    };
    let tree = files(options(
        "# Mine\n\n{{ statuses | length }} of version {{ views_version }}\n",
    ));
    assert_eq!(tree.get("statuses.md"), Some("# Mine\n\n3 of version 1\n"));
}
