//! Options of references: layouts, changes since an older document, templates of one's own.

use crate::folder::{DOCUMENT, Folder};

#[test]
fn the_layout_is_that_of_the_site() {
    let folder = Folder::new();
    for (layout, there, absent) in [
        ("tree", "index.md", "book.toml"),
        ("book", "book.toml", "index.md"),
        ("single", "index.md", "greetings.md"),
    ] {
        let run = folder.run(&format!("generate openapi.yaml --docs {layout} --docs-layout {layout}"));
        assert_eq!(run.code, 0, "{run:?}");
        assert!(folder.path(&format!("{layout}/{there}")).exists(), "{layout}");
        assert!(!folder.path(&format!("{layout}/{absent}")).exists(), "{layout}");
        let check = folder.run(&format!("check openapi.yaml --docs {layout} --docs-layout {layout}"));
        assert_eq!(check.code, 0, "{check:?}");
    }
}

#[test]
fn a_page_tells_what_changed_since_an_older_document() {
    let folder = Folder::new();
    folder.put(
        "old.yaml",
        &DOCUMENT
            .replace("version: '1'", "version: '0.9'")
            .replace("/greetings/", "/hello/")
            .replace("getGreeting", "hello"),
    );
    let run = folder.run("generate openapi.yaml --docs docs --since old.yaml");
    assert_eq!(run.code, 0, "{run:?}");
    let page = folder.get("docs/changes.md");
    for says in [
        "What is different from version `0.9`.",
        "**Added:**\n\n- [`GET /greetings/{name}`](greetings.md#get_greeting)",
        "**Removed:**\n\n- `GET /hello/{name}`",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert!(folder.get("docs/index.md").contains("(changes.md)"));
    let run = folder.run("generate openapi.yaml --docs docs --since older.yaml");
    assert_eq!(run.code, 1, "{run:?}");
    assert!(
        run.err
            .starts_with("error[unreadable-file]: cannot read `older.yaml`: "),
        "{run:?}"
    );
    assert_eq!(folder.get("docs/changes.md"), page);
}

#[test]
fn templates_of_ones_own_take_the_place_of_ours() {
    let folder = Folder::new();
    let generate = "generate openapi.yaml --docs docs --templates templates";
    folder.put("templates/index.md.j2", "# The {{ title }} of ours\n");
    let run = folder.run(generate);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(folder.get("docs/index.md").trim_end(), "# The Greetings of ours");
    assert!(folder.get("docs/greetings.md").contains("`GET /greetings/{name}`"));
    for (file, text, told) in [
        (
            "index.md.j2",
            "# {{ title }\n",
            "index.md.j2` cannot be used, line 1: syntax error: ",
        ),
        (
            "index.md.j2",
            "# Ours\n\n{{ titel }}\n",
            "index.md.j2` cannot be used, line 3: undefined value",
        ),
        (
            "indx.md.j2",
            "# Ours\n",
            "indx.md.j2` cannot be used: there is no template of this name to replace; there are book.toml.j2, ",
        ),
    ] {
        folder.put(&format!("templates/{file}"), text);
        let run = folder.run(generate);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(
            run.err.starts_with("error: the template `") && run.err.contains(told),
            "{run:?}"
        );
        assert!(
            folder.get("docs/index.md").contains("of ours"),
            "what was written before stays"
        );
    }
    let run = folder.run("generate openapi.yaml --docs docs --templates none");
    assert!(
        run.code == 2 && run.err.starts_with("error: the template `none` cannot be used: "),
        "{run:?}"
    );
}
