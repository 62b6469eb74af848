//! The form of YAML.

use specsmith_ir::Value;

use super::{check, document, read_back};
use crate::to_yaml;

/// Writes a string as the value of a key.
fn string(text: &str) -> String {
    let document = document(&Value::Object(vec![("k".to_owned(), Value::String(text.to_owned()))]));
    check(&document);
    let yaml = to_yaml(&document);
    let written = yaml.strip_prefix("k: ").and_then(|rest| rest.strip_suffix('\n'));
    written.unwrap_or_else(|| panic!("{yaml}")).to_owned()
}

#[test]
fn a_document_in_this_form_stays_as_it_is() {
    let text = "\
openapi: 3.1.0
info:
  title: Books
  description: |
    All about books.

      indented

    * a list
  version: '1.0'
tags:
  - name: books
    description: |-
      Two
      lines
  - name: other
paths:
  /books/{id}:
    get:
      operationId: getBook
      deprecated: false
      parameters:
        - $ref: '#/components/parameters/Id'
      security: []
      responses:
        '200':
          description: The book, as it is
        default:
          $ref: '#/components/responses/Error'
x-grid:
  - - 1
    - 2.50
  - - null
  - []
  - {}
x-empty: {}
";
    assert_eq!(to_yaml(&read_back("a", text)), text);
}

#[test]
fn plain_strings() {
    let plain = [
        "a",
        "it's",
        "a, b",
        "a:b",
        "http://a.b/c?d=e#f",
        "<p>Hello</p>",
        "$ref",
        "/a/{b}",
        "a#b",
        "3.1.0",
        "1.2.3.4",
        "v1",
        "1 apple",
        "-created_at",
        "yes!",
        "nullable",
        "2nd",
        "x-y",
        "é",
        "~a",
        "=a",
        "a=b",
        "(x)",
        "^[a-z]+$",
        "\\d",
        "😀",
    ];
    for text in plain {
        assert_eq!(string(text), text);
    }
}

#[test]
fn strings_that_some_reader_takes_for_something_else_are_quoted() {
    let quoted = [
        "",
        " ",
        " x",
        "x ",
        "~",
        "null",
        "Null",
        "NULL",
        "true",
        "TRUE",
        "false",
        "yes",
        "No",
        "on",
        "Off",
        "y",
        "N",
        "=",
        "<<",
        "1",
        "-1",
        "+1",
        "1.0",
        ".5",
        "1.",
        "1e3",
        "1E+3",
        "1_000",
        "1,000",
        "0x1F",
        "0o17",
        "017",
        "0b11",
        "1:30",
        "12:30:45",
        "2024-01-01",
        "2024-01-01T10:00:00Z",
        "2001-12-14 21:59:43.10 -5",
        ".inf",
        "-.INF",
        ".NaN",
        "-",
        "- a",
        "?",
        "? a",
        ":",
        ": a",
        ":a",
        "a:",
        "a: b",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">a",
        "%a",
        "@a",
        "`a`",
        "[a]",
        "{a}",
        "]",
        "}",
        ",",
        "\"a\"",
        "---",
        "...",
        "12e03",
        "-_1",
        "1__",
        "190:20:30",
        "0.",
        "1..2",
    ];
    for text in quoted {
        assert_eq!(string(text), format!("'{text}'"));
    }
    assert_eq!(string("'a'"), "'''a'''");
}

#[test]
fn characters_that_do_not_show_are_escaped() {
    let table = [
        ("a\tb", r#""a\tb""#),
        ("a\rb", r#""a\rb""#),
        ("\u{0}\u{1b}\u{7f}\u{85}", r#""\u0000\u001b\u007f\u0085""#),
        ("\u{2028}\u{2029}\u{FEFF}\u{FFFE}", r#""\u2028\u2029\ufeff\ufffe""#),
        ("\\\t\"", r#""\\\t\"""#),
        ("\n", r#""\n""#),
        ("a\n ", "\"a\\n\\\n  \\ \""),
        (" \na", "\" \\n\\\n  a\""),
        ("a\r\nb\r\n", "\"a\\r\\n\\\n  b\\r\\n\""),
        ("a\r\n  b\r\n\r\nc", "\"a\\r\\n\\\n  \\  b\\r\\n\\\n  \\r\\n\\\n  c\""),
    ];
    for (text, expected) in table {
        assert_eq!(string(text), expected);
    }
}

#[test]
fn lines_are_blocks() {
    let table = [
        ("a\nb", "|-\n  a\n  b"),
        ("a\nb\n", "|\n  a\n  b"),
        ("a\n\n", "|+\n  a\n"),
        ("a\n\n\n\n", "|+\n  a\n\n\n"),
        ("\n\na\n", "|\n\n\n  a"),
        (" a\nb\n", "|2\n   a\n  b"),
        ("\ta\nb", "|2-\n  \ta\n  b"),
        ("\n  a\n\n", "|2+\n\n    a\n"),
        ("a\n   \nb ", "|-\n  a\n     \n  b "),
        ("# a\n--- b\n: c", "|-\n  # a\n  --- b\n  : c"),
    ];
    for (text, expected) in table {
        assert_eq!(string(text), expected);
    }
}

#[test]
fn keys_are_quoted_like_strings_and_long_ones_get_a_mark() {
    let long = "k".repeat(1100);
    let text = format!(
        "'200': a\n'null':\n  '':\n    ? {long}\n    :\n      - 1\n\"a\\nb\":\n  - ? {long}\n    : {{}}\n    on_: 1\n"
    );
    assert_eq!(to_yaml(&read_back("a", &text)), text);
}

#[test]
fn scalars_that_are_no_strings_keep_their_spelling() {
    let text = "- 0x1F\n- True\n- ~\n- 1.10\n- 1e400\n- 007\n- +1\n- .5\n- 18446744073709551616\n- null\n";
    assert_eq!(to_yaml(&read_back("a", text)), text);
    // An alias repeats a scalar that was typed by a tag; the value is what counts.
    let document = read_back("a", "[!!null '', !!int '0o17', &a !!bool 'TRUE', *a]");
    assert_eq!(to_yaml(&document), "- null\n- 0o17\n- TRUE\n- TRUE\n");
}

#[test]
fn a_document_can_be_a_scalar() {
    for text in ["", "a\nb\n", "a", "---", "a\r\nb"] {
        check(&document(&Value::String(text.to_owned())));
    }
    check(&document(&Value::Null));
    check(&document(&Value::Array(Vec::new())));
}
