//! The exact form of what a user sees.

#![allow(clippy::indexing_slicing)]

use super::{Color, Options, render};
use crate::{Code, Diagnostic, Diagnostics, FileId, Findings, Location};

/// The place of the first `needle` in `text`.
fn find(text: &str, needle: &str) -> Location {
    let start = text.find(needle).unwrap_or_default();
    let offset = |offset: usize| u32::try_from(offset).unwrap_or_default();
    Location::new(FileId(0), offset(start), offset(start + needle.len()))
}

/// Renders one diagnostic about `api.yaml` with this text, without the line that counts.
fn shown(text: &str, diagnostic: Diagnostic) -> String {
    let mut findings = findings([diagnostic]);
    findings.sources.add("api.yaml", text);
    let shown = render(&findings, &Options::default());
    let (shown, count) = shown.split_once("\nspecsmith: ").unwrap_or((&shown, ""));
    assert!(count.starts_with("1 ") && count.ends_with(" in api.yaml\n"), "{count}");
    shown.to_owned()
}

fn findings(diagnostics: impl IntoIterator<Item = Diagnostic>) -> Findings {
    let mut findings = Findings::new("api.yaml", Diagnostics::new());
    for diagnostic in diagnostics {
        findings.diagnostics.report(diagnostic);
    }
    findings
}

fn broken(message: &str) -> Diagnostic {
    Diagnostic::new(Code::BrokenRef, message)
}

#[test]
fn the_whole_form() {
    let text = "a:\n\n\n\n\n\n\n\n\n  $ref: '#/components/schemas/Pett'\n";
    let diagnostic = Diagnostic::new(Code::SyntaxError, "`#/components/schemas/Pett` does not exist")
        .at(find(text, "'#/components/schemas/Pett'"))
        .label("no schema of this name")
        .help("did you mean `Pet`?");
    assert_eq!(
        shown(text, diagnostic),
        "\
error[syntax-error]: `#/components/schemas/Pett` does not exist
  --> api.yaml:10:9
   |
10 |   $ref: '#/components/schemas/Pett'
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ no schema of this name
   = help: did you mean `Pet`?
"
    );
}

#[test]
fn related_places_share_the_gutter() {
    let text = "a: 1\n\n\n\n\n\n\n\n\n\n\na: 2\n";
    let again = Location::new(FileId(0), 15, 16);
    let diagnostic = Diagnostic::new(Code::DuplicateKey, "the key `a` is there twice")
        .at(again)
        .related(find(text, "a"), "first used here");
    assert_eq!(
        shown(text, diagnostic),
        "\
error[duplicate-key]: the key `a` is there twice
  --> api.yaml:12:1
   |
12 | a: 2
   | ^
  ::: api.yaml:1:1
   |
 1 | a: 1
   | - first used here
"
    );
}

#[test]
fn without_a_place() {
    let diagnostic = Diagnostic::new(Code::UnreadableFile, "cannot read `x`").help("first\nsecond");
    assert_eq!(
        shown("", diagnostic),
        "error[unreadable-file]: cannot read `x`\n  = help: first\n          second\n"
    );
}

#[test]
fn several_lines_mark_the_first() {
    let text = "a:\n  b: 1\n  c: 2\n";
    let shown = shown(text, broken("x").at(find(text, "b: 1\n  c: 2")));
    assert!(shown.ends_with("2 |   b: 1\n  |   ^^^^\n"), "{shown}");
}

#[test]
fn an_empty_place_and_the_end_of_the_file_get_one_mark() {
    let text = "a: 1\nb:\n";
    let at_end = Location::new(FileId(0), 8, 8);
    assert!(shown(text, broken("x").at(at_end)).ends_with("3 |\n  | ^\n"));
    let far_behind = Location::new(FileId(0), 800, 900);
    assert!(shown(text, broken("x").at(far_behind)).ends_with("3 |\n  | ^\n"));
    assert!(shown("", broken("x").at(Location::default())).ends_with("1 |\n  | ^\n"));
}

#[test]
fn tabs_wide_and_hidden_characters_keep_marks_in_place() {
    let text = "\ta: 名前 \u{202e}b\u{1b} x\n";
    let shown = shown(text, broken("`\u{1b}[2J\n`").at(find(text, "x")));
    let excerpt = "1 |     a: 名前 \\u{202e}b\\u{1b} x\n  |                             ^\n";
    assert!(
        shown.ends_with(&format!(" --> api.yaml:1:12\n  |\n{excerpt}")),
        "{shown}"
    );
    assert!(shown.contains("[broken-ref]: `\\u{1b}[2J\\u{a}`\n"), "{shown}");
}

#[test]
fn long_lines_are_cut_around_the_mark() {
    let text = format!(
        "{{\"a\":\"{}\",\"mark\":1,\"b\":\"{}\"}}",
        "x".repeat(5000),
        "y".repeat(5000)
    );
    let shown = shown(&text, broken("m").at(find(&text, "\"mark\"")));
    let lines: Vec<&str> = shown.lines().collect();
    let (line, marks) = (lines[3], lines[4]);
    assert!(line.starts_with("1 | ...xxx") && line.ends_with("yyy..."), "{line}");
    assert!(line.len() < 135, "{}", line.len());
    assert_eq!(line.find("\"mark\""), marks.find("^^^^^^"), "{shown}");
    assert_eq!(marks.trim_start_matches(['|', ' ']).len(), 6);
}

#[test]
fn a_long_mark_is_cut() {
    let text = format!("a: {}\n", "z".repeat(5000));
    let shown = shown(&text, broken("m").at(find(&text, "zzz")).label("here"));
    assert!(shown.lines().all(|line| line.len() < 140), "{shown}");
    let all = format!("a: {}", "z".repeat(5000));
    let mut marked = find(&text, "zzz");
    marked.end = u32::try_from(all.len()).unwrap_or_default();
    let shown = self::shown(&text, broken("m").at(marked).label("here"));
    assert!(shown.lines().all(|line| line.len() < 140), "{shown}");
}

#[test]
fn combining_characters_take_no_column() {
    let text = "a\u{301}e\u{301}: x\n";
    let shown = shown(text, broken("m").at(find(text, "x")));
    assert!(
        shown.ends_with(" --> api.yaml:1:7\n  |\n1 | a\u{301}e\u{301}: x\n  |     ^\n"),
        "{shown}"
    );
}

#[test]
fn a_place_inside_a_character_marks_it() {
    let text = "ä: 1\n";
    let inside = Location::new(FileId(0), 1, 2);
    assert!(shown(text, broken("m").at(inside)).ends_with("1 | ä: 1\n  | ^\n"));
}

#[test]
fn at_most_so_many_of_a_code() {
    let many = (0..51).map(|number| broken(&number.to_string()));
    let findings = findings(many.chain([Diagnostic::new(Code::SyntaxError, "last")]));
    let shown = render(&findings, &Options::default());
    assert_eq!(shown.matches("[broken-ref]").count(), 20);
    let end = "error[syntax-error]: last\n\n... and 31 more of broken-ref\n\n\
        specsmith: 1 error, 51 warnings in api.yaml\n";
    assert!(shown.ends_with(end), "{shown}");
    let options = Options {
        most_per_code: 50,
        hint: "there is a way",
        ..Options::default()
    };
    let shown = render(&findings, &options);
    assert!(
        shown.contains("\n... and 1 more of broken-ref\nthere is a way\n\n"),
        "{shown}"
    );
    let options = Options {
        most_per_code: 0,
        ..options
    };
    let shown = render(&findings, &options);
    assert_eq!(shown.matches("[broken-ref]").count(), 51);
    assert!(!shown.contains("more of") && !shown.contains("way"), "{shown}");
}

#[test]
fn colors_only_when_wanted() {
    let findings = findings([Diagnostic::new(Code::SyntaxError, "x").help("y")]);
    let options = Options {
        color: Color::Always,
        ..Options::default()
    };
    let colored = render(&findings, &options);
    assert!(
        colored.contains("\u{1b}[1m\u{1b}[91merror[syntax-error]\u{1b}[0m"),
        "{colored:?}"
    );
    assert!(!render(&findings, &Options::default()).contains('\u{1b}'));
}

#[test]
fn nothing_is_said_about_nothing() {
    assert_eq!(render(&findings([]), &Options::default()), "");
}

#[test]
fn the_same_words_are_shown_once() {
    let text = "a: 1\nb: 2\nc: 3\nd: 4\n";
    let at = |needle| broken("the same").at(find(text, needle)).help("do it");
    let mut findings = findings([at("d"), at("b"), broken("another").at(find(text, "c")), at("a")]);
    findings.sources.add("api.yaml", text);
    let shown = render(&findings, &Options::default());
    let expected = "\
warning[broken-ref]: the same
 --> api.yaml:1:1
  |
1 | a: 1
  | ^
  = help: do it
  = note: also at 2:1, 4:1

warning[broken-ref]: another
 --> api.yaml:3:1
  |
3 | c: 3
  | ^

specsmith: 4 warnings in api.yaml
";
    assert_eq!(shown, expected);
    let options = Options {
        most_per_code: 1,
        ..Options::default()
    };
    let shown = render(&findings, &options);
    assert!(shown.contains("  = note: also at 2:1 and 1 more\n"), "{shown}");
    assert!(shown.contains("\n... and 1 more of broken-ref\n"), "{shown}");
}

#[test]
fn the_same_words_about_one_other_place_are_shown_once() {
    let text = "a: 1\nb: 2\nc: 3\n";
    let at = |needle, other| {
        broken("the same")
            .at(find(text, needle))
            .related(find(text, other), "there")
    };
    let mut findings = findings([at("a", "c"), at("b", "c"), at("c", "a")]);
    findings.sources.add("api.yaml", text);
    let shown = render(&findings, &Options::default());
    assert_eq!(shown.matches("warning[").count(), 2, "{shown}");
    assert!(shown.contains("  | - there\n  = note: also at 2:1\n"), "{shown}");
}

#[test]
fn many_places_are_listed_in_lines() {
    let text = "x: 1\n".repeat(100);
    let places = (0..100_u32).map(|line| broken("same").at(Location::new(FileId(0), line * 5, line * 5 + 1)));
    let mut findings = findings(places);
    findings.sources.add("api.yaml", text);
    findings.sources.add("other.yaml", "y");
    findings
        .diagnostics
        .report(broken("same").at(Location::new(FileId(1), 0, 1)));
    let options = Options {
        most_per_code: 0,
        ..Options::default()
    };
    let shown = render(&findings, &options);
    assert!(
        shown.contains("  = note: also at 2:1, 3:1, ") && shown.contains("100:1, other.yaml:1:1\n"),
        "{shown}"
    );
    assert!(shown.lines().all(|line| line.len() < 120), "{shown}");
}

#[test]
fn errors_come_last() {
    let text = "a: 1\nb: 2\n";
    let error = Diagnostic::new(Code::DuplicateKey, "error").at(find(text, "a"));
    let mut findings = findings([error, broken("second").at(find(text, "b")), broken("no place")]);
    findings.sources.add("api.yaml", text);
    let shown = render(&findings, &Options::default());
    let heads: Vec<&str> = shown.lines().filter(|line| line.contains("]: ")).collect();
    assert_eq!(
        heads,
        [
            "warning[broken-ref]: no place",
            "warning[broken-ref]: second",
            "error[duplicate-key]: error"
        ]
    );
}
