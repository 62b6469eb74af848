//! Cases for text of the document in Markdown.

use super::*;

fn plain(source: &str) -> String {
    prose(source, Headings::Bold)
}

#[test]
fn html_is_text() {
    assert_eq!(plain("<script>alert(1)</script>").matches('<').count(), 0);
    assert_eq!(text("a <b onclick=x>"), "a &lt;b onclick=x>");
    assert_eq!(code("<b>"), "`<b>`");
}

#[test]
fn number_signs_that_make_no_heading_are_shown() {
    assert_eq!(plain("#!/bin/sh\n\n#tag and #tag"), "\\#!/bin/sh\n\n\\#tag and #tag");
    assert_eq!(plain("# Heading"), "**Heading**");
    for (title, expected) in [
        ("Notes in C #", "Notes in C \\#"),
        ("C#", "C#"),
        ("a ##", "a #\\#"),
        ("#1", "\\#1"),
    ] {
        assert_eq!(text(title), expected);
    }
}

#[test]
fn templates_are_not_run() {
    for source in [
        "{{#include /etc/passwd}}",
        "{% include x %}",
        "{{ site.x }}",
        "\\{{#include x}}",
    ] {
        for out in [
            plain(source),
            text(source),
            code(source),
            fence("text", source),
            inline(source),
        ] {
            assert!(!out.contains("{{") && !out.contains("{%"), "{source}: {out}");
        }
    }
    assert_eq!(text("/a/{id}"), "/a/\\{id}");
    assert_eq!(code("/a/{id}"), "`/a/{id}`");
    assert!(!plain("--8<-- \"/etc/passwd\"").contains("--8<"));
    assert!(!plain("x\n\n```\n--8<-- \"a\"\n```").contains("--8<--"));
}

#[test]
fn modules_of_mdx_are_text() {
    assert_eq!(plain("import X from 'y'"), "&#105;mport X from 'y'");
    assert_eq!(plain("We import X"), "We import X");
    assert_eq!(plain(":::danger"), "\\:::danger");
}

#[test]
fn headings_go_below_ours_and_take_no_anchor() {
    let taken = BTreeSet::from(["servers".to_owned()]);
    let headings = Headings::From(3, &taken);
    assert_eq!(
        prose("# Intro\n\n## More\n\n# Servers", headings),
        "### Intro\n\n### More\n\n**Servers**"
    );
    assert_eq!(
        prose("### Deep\n\n# Top\n\n### Under", headings),
        "### Deep\n\n### Top\n\n#### Under"
    );
    assert_eq!(plain("Intro\n====="), "**Intro**");
}

#[test]
fn front_matter_is_none() {
    assert!(!plain("---\nlayout: x\n---\ntext").starts_with("---\nlayout"));
}

#[test]
fn only_addresses_are_links() {
    assert_eq!(link("a", "javascript:alert(1)"), "a (`javascript:alert(1)`)");
    assert_eq!(link("a]b", "https://x.y/a b)c"), "[a\\]b](https://x.y/a%20b%29c)");
    assert_eq!(label("[a](b) https://x.y/a_b ]"), "\\[a\\](b) https://x.y/a\\_b \\]");
    assert_eq!(text("[a](javascript:x)"), "\\[a\\](javascript:x)");
    assert!(!plain("[x](javascript:alert(1))").contains("](javascript"));
    assert_eq!(plain("![x](https://e.com/a.png)"), "[x](https://e.com/a.png)");
}

#[test]
fn a_cell_has_no_bar_and_no_line_break() {
    assert_eq!(cell("a|b\\|c\\\\|d\ne"), "a\\|b\\|c\\\\\\|d e");
    assert_eq!(cell(&code("^(a|b)$")), "`^(a\\|b)$`");
}

#[test]
fn fences_are_longer_than_those_inside() {
    assert_eq!(fence("json", "a\n````\nb\n"), "`````json\na\n````\nb\n`````");
}

#[test]
fn tables_keep_their_empty_cells() {
    let table = plain("||||\n|-|:-|-|\n|a|b|c|\n|-||\n");
    assert_eq!(table, "|  |  |  |\n| --- | :--- | --- |\n| a | b | c |\n| - |  |  |");
}

#[test]
fn blocks_become_one_line() {
    assert_eq!(inline("One.\n\nTwo\nthree."), "One. Two three.");
    assert_eq!(inline("Either:\n- `a`\n- *b*\n"), "Either: • `a` • *b*");
    assert_eq!(inline("Run:\n```sh\nls -l\npwd\n```"), "Run: `ls -l pwd`");
    assert_eq!(inline("| a | b |\n|---|---|\n| 1 | 2 |"), "a, b; 1, 2");
    assert_eq!(inline("1\\. x\n\n> quoted\n> twice"), "1\\. x quoted twice");
    assert_eq!(inline("\\# no heading\n\nb"), "\\# no heading b");
}

#[test]
fn anchors_are_those_of_github() {
    assert_eq!(slug("List `all` books, now"), "list-all-books-now");
    assert_eq!(slug("get_book"), "get_book");
}
