//! Cases for prose, and the oracle that wants anything of a document to come out harmless.

#![allow(clippy::indexing_slicing, clippy::panic, reason = "tests")]

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TextMergeStream};

use super::Prose;

fn foreign(text: &str) -> String {
    let mut prose = Prose::new();
    prose.foreign(text);
    prose.as_str().to_owned()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let out = foreign(text);
    assert_eq!(out, expected);
    assert_harmless(text, &out);
    assert_eq!(foreign(&out), out, "made harmless twice");
}

/// Reads a text as rustdoc does and refuses whatever is live.
#[track_caller]
fn assert_harmless(text: &str, out: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut broken = Vec::new();
    let parser = Parser::new_with_broken_link_callback(
        out,
        options,
        Some(|link: BrokenLink<'_>| {
            broken.push(link.reference.to_string());
            None
        }),
    );
    let mut links = 0;
    let mut code = false;
    for event in TextMergeStream::new(parser) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} is live in {out:?} from {text:?}"),
            Event::FootnoteReference(name) => panic!("footnote {name} in {out:?} from {text:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => panic!("doctest in {out:?} from {text:?}"),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                code = true;
                let inert = super::markdown::LANGUAGES.contains(&&*info) || &*info == "text";
                assert!(inert, "{info:?} is live in {out:?} from {text:?}");
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Image { .. }) => panic!("image in {out:?} from {text:?}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                links += 1;
                let known = ["http:", "https:", "mailto:"]
                    .iter()
                    .any(|scheme| dest_url.to_lowercase().starts_with(scheme));
                assert!(
                    known || dest_url.contains('@'),
                    "link to {dest_url:?} in {out:?} from {text:?}"
                );
            }
            Event::End(pulldown_cmark::TagEnd::Link) => links -= 1,
            Event::Text(bare) if links == 0 && !code => {
                assert!(!bare.contains("http://a"), "bare address in {out:?} from {text:?}");
            }
            _ => {}
        }
    }
    assert!(broken.is_empty(), "links to items {broken:?} in {out:?} from {text:?}");
    assert!(!out.contains("{{#"), "live include in {out:?}");
    assert!(
        out.chars().all(|c| c == '\n' || !c.is_control()),
        "control character in {out:?}"
    );
    assert!(
        !out.contains(['\u{202e}', '\u{2066}', '\u{feff}']),
        "hidden character in {out:?}"
    );
}

#[test]
fn code_is_never_a_doctest() {
    check("```\nlet x = 1;\n```", "```text\nlet x = 1;\n```");
    check("```rust,should_panic\nx\n```", "```text\nx\n```");
    check("~~~ JSON\n{}\n~~~", "```json\n{}\n```");
    check(
        "a\n\n    std::process::exit(1)\n\nb",
        "a\n\n```text\nstd::process::exit(1)\n```\n\nb",
    );
    check("````\n```\n````", "````text\n```\n````");
    check("- a\n\n  ```\n  b\n  ```", "- a\n\n  ```text\n  b\n  ```");
    check("> ```\n> a\n", "> ```text\n> a\n> ```");
    check("```\nnever closed", "```text\nnever closed\n```");
}

#[test]
fn markup_survives() {
    check("# One\ntext\nmore", "## One\n\ntext\nmore");
    check("*a* __b__ ~~c~~ `d`", "*a* **b** ~~c~~ `d`");
    check("* a\n* b\n  * c\n\n3) d", "- a\n- b\n  - c\n\n3. d");
    check("- [x] done\n- [ ] open", "- [x] done\n- [ ] open");
    check("> a\n> b\n\nc", "> a\n> b\n\nc");
    check("|a|b|\n|-|:-:|\n|`x\\|y`|2|", "| a | b |\n|---|:---:|\n| `x\\|y` | 2 |");
    check("a  \nb\\\nc", "a\\\nb\\\nc");
    check("a\n\n---\n\nb", "a\n\n---\n\nb");
    check("Title\n---\nb", "## Title\n\nb");
}

#[test]
fn text_stays_readable() {
    check(
        "snake_case, 2 * 3, a < b & c, R&D, $5 #1 -x",
        "snake_case, 2 * 3, a < b & c, R&D, $5 #1 -x",
    );
    check("one of `a|b`, or a|b", "one of `a|b`, or a|b");
    check("It's (really) \"so\": 50%!", "It's (really) \"so\": 50%!");
    check(
        "2\\. not a list\n\\# not a heading",
        "2\\. not a list\n\\# not a heading",
    );
}

#[test]
fn links_lead_to_addresses_only() {
    check("see http://a.example/x_y?z=1.", "see <http://a.example/x_y?z=1>.");
    check("(http://a.example)", "(<http://a.example>)");
    check("[a](https://b.example \"t\")", "[a](https://b.example)");
    check(
        "<https://b.example> <me@b.example>",
        "<https://b.example> <mailto:me@b.example>",
    );
    check("[a](javascript:alert(1))", "a (`javascript:alert%281%29`)");
    check("[a](/docs/b#c) and [d](#e)", "a (`/docs/b#c`) and d");
    check(
        "![logo](https://b.example/l.png) ![x](data:y)",
        "[logo](https://b.example/l.png) x (`data:y`)",
    );
    check(
        "[Vec] and [`Vec`](Vec) and [a][b] and [^1]",
        "\\[Vec] and `Vec` (`Vec`) and \\[a]\\[b] and \\[^1]",
    );
    check("[b]: http://a.example\n\n[see][b]", "[see](http://a.example)");
}

#[test]
fn html_becomes_markup_or_text() {
    check("a <script>alert(1)</script>", "a \\<script>alert(1)\\</script>");
    check("Vec<String> and <id> &lt;b&gt;", "Vec\\<String> and \\<id> \\<b>");
    check(
        "<p>One <b>two</b>.</p>\n    <p>Three<br/>four</p>",
        "One **two**.\n\nThree\\\nfour",
    );
    check(
        "<a href=\"https://b.example\">b</a> <code>x &lt; y</code>",
        "[b](https://b.example) `x < y`",
    );
    check("<ul>\n    <li>a</li>\n    <li>b</li>\n</ul>", "- a\n- b");
    check("<pre><code>let x;\n</code></pre>", "```text\nlet x;\n```");
    check("a <!-- <script> --> b", "a b");
    check("`<b>` stays", "`<b>` stays");
    check("|a|\n|-|\n|x<br>y|", "| a |\n|---|\n| x y |");
}

#[test]
fn breaks_of_html_break_lines_and_end_no_paragraphs() {
    check("One.<br/>\n  Two.<br> \r\nThree.", "One.\\\nTwo.\\\nThree.");
    check("One.<br>\n\nTwo.<br>", "One.\n\nTwo.");
    check("<p>\n    <br>\n        One.<br>\n        Two.\n</p>", "One.\\\nTwo.");
    check("One:<br>\n- a<br>\n- b", "One:\n\n- a\n- b");
    check("One.<br>\n<br>\nTwo.<br><br>Three.", "One.\n\nTwo.\n\nThree.");
}

#[test]
fn no_run_of_spaces_becomes_a_block() {
    check("a     b", "a b");
    for text in ["- *[    ](x) a*", "- + *\n    ---", "1. _<a href=x>     </a> b_"] {
        assert_harmless(text, &foreign(text));
    }
}

#[test]
fn hidden_characters_are_taken_out() {
    check("a\r\nb\rc\u{202e}d\u{0}e\u{feff}", "a\nb\ncde");
    check(
        "`{{#include /etc/passwd}}` {{#include x}}",
        "`{ {#include /etc/passwd}}` \\{\\{#include x}}",
    );
}

#[test]
fn titles_are_one_line_of_plain_text() {
    assert_eq!(Prose::one_line("# A <b>\n*title* [x]"), "\\# A \\<b> \\*title\\* \\[x]");
    assert_eq!(Prose::code("a`b\n`"), "`` a`b ` ``");
    assert_eq!(Prose::code(""), "` `");
}

#[test]
fn paragraphs_are_apart_and_lines_become_one_attribute() {
    let mut prose = Prose::new();
    prose.foreign("a\n").own("").own("Default: `1`.");
    assert_eq!(prose.as_str(), "a\n\nDefault: `1`.");
    let attributes = prose.attributes().to_string();
    assert_eq!(attributes, "# [doc = r\" a\u{1}\u{1} Default: `1`.\"]");
    prose.own("Say \"a\"#.");
    let attributes = prose.attributes().to_string();
    let expected = "# [doc = r##\" a\u{1}\u{1} Default: `1`.\u{1}\u{1} Say \"a\"#.\"##]";
    assert_eq!(attributes, expected);
}

/// Puts hostile pieces together at random, always in the same way, and wants each text to come out harmless and to
/// stay what it is when it goes through again.
#[test]
fn whatever_is_put_together_is_harmless() {
    const PIECES: [&str; 64] = [
        "\n",
        "\n\n",
        "    ",
        "  ",
        " ",
        "\t",
        "```",
        "~~~",
        "`",
        "``",
        "rust",
        "fn main() {}",
        "<",
        ">",
        "<script>",
        "</p>",
        "<!--",
        "-->",
        "<b>",
        "</code>",
        "<code>",
        "<pre>",
        "</pre>",
        "<a href=x>",
        "</a>",
        "<br>",
        "<li>",
        "<ul>",
        "[",
        "]",
        "(",
        ")",
        "[a]",
        "[a]: ",
        "](b)",
        "![",
        "[^1]",
        "[^1]: ",
        "http://a.b",
        "<http://a.b>",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "|",
        "|-|",
        "\n|a|b|\n|-|-|\n|",
        "- ",
        "+ ",
        "1. ",
        "# ",
        "> ",
        "---",
        "===",
        "\\",
        "&lt;",
        "&amp;#60;",
        "{{#include x}}",
        "\r",
        "\u{202e}",
        "a",
        "word",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound as u64).unwrap_or_default()
    };
    for _ in 0..20_000 {
        let text: String = (0..next(14) + 1).map(|_| PIECES[next(PIECES.len())]).collect();
        let out = foreign(&text);
        assert_harmless(&text, &out);
    }
}
