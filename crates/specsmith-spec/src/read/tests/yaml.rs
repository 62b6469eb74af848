//! YAML: how scalars are typed, and what JSON does not have.

use super::{check_refused, outcome, value};

#[test]
fn collections() {
    let table = [
        (
            "a: 1\nb:\n  - x\n  - y: z\n    w: v\n",
            r#"{"a":1,"b":["x",{"y":"z","w":"v"}]}"#,
        ),
        ("a:\n- 1\n- 2\n", r#"{"a":[1,2]}"#),
        ("- - 1\n  - 2\n- - 3\n", "[[1,2],[3]]"),
        ("a: {b: [1, {c: d}], e: }\n", r#"{"a":{"b":[1,{"c":"d"}],"e":null}}"#),
        ("[a: 1, b]", r#"[{"a":1},"b"]"#),
        ("? a\n: b\n? c\n", r#"{"a":"b","c":null}"#),
        ("a: []\nb: {}\n", r#"{"a":[],"b":{}}"#),
        ("# c\n---\na: 1 # c\n...\n", r#"{"a":1}"#),
        ("%YAML 1.1\n---\na: no\n", r#"{"a":"no"}"#),
        (
            "a: 1\r\nb:\r\n  c: |\r\n    x\r\n    y\r\n",
            r#"{"a":1,"b":{"c":"x\ny\n"}}"#,
        ),
        ("a:\t1\nb: [1,\t2]\n", r#"{"a":1,"b":[1,2]}"#),
        ("'': 1\n", r#"{"":1}"#),
        ("\u{feff}a: 1\n", r#"{"a":1}"#),
        ("---\n", "null"),
    ];
    for (text, expected) in table {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn scalars() {
    let table = [
        ("[null, ~, True, FALSE]", "[null,null,true,false]"),
        ("[no, on, yes, off, y]", r#"["no","on","yes","off","y"]"#),
        ("[0x1F, 0o17, 010, +1, .5, 1., 1e3]", "[31,15,10,1,0.5,1.0,1e3]"),
        (
            "[1_000, 12:30:45, 2020-01-01, 1.2.3]",
            r#"["1_000","12:30:45","2020-01-01","1.2.3"]"#,
        ),
        ("[18446744073709551616]", "[18446744073709551616]"),
        ("['1', \"true\", 'null', \"~\"]", r#"["1","true","null","~"]"#),
        ("[!!str 1, !!str true, ! 1]", r#"["1","true","1"]"#),
        ("[!!int '3', !!float 1, !!bool \"true\", !!null '']", "[3,1,true,null]"),
        ("a: !!str\nb: !!null\n", r#"{"a":"","b":null}"#),
        ("a: !!map {b: !!seq [1]}\n", r#"{"a":{"b":[1]}}"#),
        ("a: \"\\u00e9\\x41\\n\\uD83D\\uDE00\"\n", r#"{"a":"éA\n😀"}"#),
        ("a: 'it''s'\n", r#"{"a":"it's"}"#),
        ("a: |\n  x\n   y\n\n  z\n", r#"{"a":"x\n y\n\nz\n"}"#),
        ("a: |-\n  x\nb: |+\n  y\n\n", r#"{"a":"x","b":"y\n\n"}"#),
        ("a: >\n  x\n  y\n\n  z\n", r#"{"a":"x y\nz\n"}"#),
        ("a: |\n  3\n", r#"{"a":"3\n"}"#),
        ("a: x\n  y\n\n  z\n", r#"{"a":"x y\nz"}"#),
        ("a: http://x.y/z#w\n", r#"{"a":"http://x.y/z#w"}"#),
    ];
    for (text, expected) in table {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn keys_are_their_text() {
    let text = "200: a\n0x1F: b\n1.10: c\ntrue: d\n~: e\nnull: f\n2020-01-01: g\n";
    assert_eq!(
        value(text),
        r#"{"200":"a","0x1F":"b","1.10":"c","true":"d","~":"e","null":"f","2020-01-01":"g"}"#
    );
}

#[test]
fn the_text_of_scalars_is_kept() {
    let text = "[0x1F, 010, 1.10, True, ~, no, '5', 7, null, +1]";
    let document = outcome(text).document.unwrap();
    let written: Vec<_> = document.root().items().map(|node| node.as_written().unwrap()).collect();
    assert_eq!(
        written,
        ["0x1F", "010", "1.10", "True", "~", "no", "5", "7", "null", "+1"]
    );
    let document = outcome("a: &a [0x1F]\nb: *a\n").document.unwrap();
    let copy = document.root().get("b").unwrap().items().next().unwrap();
    assert_eq!(copy.as_written(), Some("0x1F"));
    assert_eq!(document.root().as_written(), None);
}

#[test]
fn aliases_are_copies() {
    assert_eq!(
        value("a: &x {b: [1, 0x2]}\nc: *x\nd: [*x]\n"),
        r#"{"a":{"b":[1,2]},"c":{"b":[1,2]},"d":[{"b":[1,2]}]}"#
    );
    assert_eq!(value("- &a x\n- *a\n- &a y\n- *a\n"), r#"["x","x","y","y"]"#);
    assert_eq!(value("&k key: 1\nb: {*k : *k}\n"), r#"{"key":1,"b":{"key":"key"}}"#);
}

#[test]
fn merge_keys() {
    let table = [
        ("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  z: 3\n", r#"{"x":1,"y":2,"z":3}"#),
        ("a: &a {x: 1, y: 2}\nb:\n  y: 9\n  <<: *a\n", r#"{"y":9,"x":1}"#),
        ("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 9\n", r#"{"x":1,"y":9}"#),
        (
            "a: &a {x: 1}\nc: &c {x: 2, y: 3}\nb:\n  <<: [*a, *c]\n",
            r#"{"x":1,"y":3}"#,
        ),
        (
            "a: &a {x: 1}\nc: &c {x: 2, y: 3}\nb:\n  <<: *a\n  <<: *c\n",
            r#"{"x":1,"y":3}"#,
        ),
        ("b: {<<: {x: 1}, y: 2}\n", r#"{"x":1,"y":2}"#),
        ("a: &a {x: 1}\nc: &c {<<: *a, y: 2}\nb: {<<: *c}\n", r#"{"x":1,"y":2}"#),
        ("b: {<<: []}\n", "{}"),
        ("b: {'<<': 1}\n", r#"{"<<":1}"#),
    ];
    for (text, expected) in table {
        let outcome = outcome(text);
        assert_eq!(outcome.findings(), [""; 0], "{text}");
        let document = outcome.document.unwrap();
        assert_eq!(
            document.root().get("b").unwrap().to_value().to_string(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn an_anchor_in_a_merge_key_still_stands_for_all() {
    assert_eq!(
        value("a: {<<: &x {k: [1]}}\nb: *x\n"),
        r#"{"a":{"k":[1]},"b":{"k":[1]}}"#
    );
}

#[test]
fn what_json_does_not_have_is_reported() {
    let table: [(&str, &str, &[&str]); 9] = [
        (
            "a: !include b\n",
            r#"{"a":"b"}"#,
            &["unsupported-yaml 1:4-12 the tag `!include` is not known"],
        ),
        (
            "a: !<tag:x> [1]\n",
            r#"{"a":[1]}"#,
            &["unsupported-yaml 1:4-12 the tag `!<tag:x>` is not known"],
        ),
        (
            "a: !!binary aGk=\n",
            r#"{"a":"aGk="}"#,
            &["unsupported-yaml 1:4-12 the tag `!!binary` is not known"],
        ),
        (
            "!x a: 1\n",
            r#"{"a":1}"#,
            &["unsupported-yaml 1:1-3 the tag `!x` is not known"],
        ),
        (
            "a: !!int x\n",
            r#"{"a":"x"}"#,
            &["unsupported-yaml 1:4-9 the tag `!!int` does not fit its value"],
        ),
        (
            "a: !!int 1.5\n",
            r#"{"a":"1.5"}"#,
            &["unsupported-yaml 1:4-9 the tag `!!int` does not fit its value"],
        ),
        (
            "a: !!seq {}\n",
            r#"{"a":{}}"#,
            &["unsupported-yaml 1:4-9 the tag `!!seq` does not fit its value"],
        ),
        (
            "a: {<<: 1, b: 2}\n",
            r#"{"a":{"b":2}}"#,
            &["unsupported-yaml 1:9-10 `<<` merges mappings, and this is none"],
        ),
        (
            "a: [.inf, -.INF, .nan]\n",
            r#"{"a":[".inf","-.INF",".nan"]}"#,
            &[
                "non-finite-number 1:5-9 `.inf` is not a number of JSON",
                "non-finite-number 1:11-16 `-.INF` is not a number of JSON",
                "non-finite-number 1:18-22 `.nan` is not a number of JSON",
            ],
        ),
    ];
    for (text, expected, findings) in table {
        let outcome = outcome(text);
        assert_eq!(outcome.value(), expected, "{text}");
        assert_eq!(outcome.findings(), findings, "{text}");
    }
}

#[test]
fn duplicate_keys() {
    let outcome = outcome("200: a\n'200': b\nc:\n  x: 1\n  y: 2\n  x: 3\n");
    assert_eq!(outcome.value(), r#"{"200":"a","c":{"x":1,"y":2}}"#);
    let expected = [
        "duplicate-key 6:3-4 the key `x` is there twice",
        "duplicate-key 2:1-6 the key `200` is there twice",
    ];
    assert_eq!(outcome.findings(), expected);
}

#[test]
fn what_cannot_be_read_is_located() {
    check_refused(
        "api.yaml",
        &[
            ("", "syntax-error 1:1-1 the document is empty"),
            ("# only a comment\n", "syntax-error 1:1-1 the document is empty"),
            (
                "a: 1\n---\nb: 2\n",
                "unsupported-yaml 2:1-4 the file holds several documents",
            ),
            (
                "? [a]\n: 1\n",
                "unsupported-yaml 1:3-4 a mapping or a sequence cannot be a key in JSON",
            ),
            (
                "a: &a [1]\n*a : 1\n",
                "unsupported-yaml 2:1-3 a mapping or a sequence cannot be a key in JSON",
            ),
            (
                "a: &a [*a]\n",
                "unsupported-yaml 1:8-10 an alias stands inside the value it stands for",
            ),
            (
                "a: *b\n",
                "syntax-error 1:4-6 no anchor before this alias `*b` has its name",
            ),
            ("a:\n\tb: 1\n", "syntax-error 2:2-3 a tab cannot indent YAML"),
            ("a: b: c\n", "syntax-error 1:5-6 a mapping cannot start here"),
            ("a: 1\n b: 2\n", "syntax-error 2:3-4 a mapping cannot start here"),
            (
                "a:\n  - 1\n - 2\n",
                "syntax-error 3:2-3 expected a key with the indentation of the keys before it",
            ),
            (
                "- a\nb: 1\n",
                "syntax-error 2:1-2 expected `-` with the indentation of the items before it",
            ),
            ("a: [1, 2\nb: 3\n", "syntax-error 2:2-3 a `:` cannot stand here"),
            ("a: [1, 2\n", "syntax-error 1:4-5 this `[` is not closed"),
            ("a: [1}\n", "syntax-error 1:4-5 this `[` is closed by `}`"),
            ("a: [1]]\n", "syntax-error 1:7-8 this `]` closes nothing"),
            ("a: 'b", "syntax-error 1:4-5 this quote is not closed"),
            (
                "a: 'b\nc: d\n",
                "syntax-error 2:1-2 text in quotes goes on without the indentation of its first line",
            ),
            ("a: 'b' c\n", "syntax-error 1:8-9 text follows behind a closing quote"),
            (
                "a: @b\n",
                "syntax-error 1:4-5 a value without quotes cannot start with `@`",
            ),
            (
                "a: `b`\n",
                "syntax-error 1:4-5 a value without quotes cannot start with ```",
            ),
            (
                "a: \"\\q\"\n",
                "syntax-error 1:4-5 a string has an escape that YAML does not have",
            ),
            (
                "a: \"\\uD83D\"\n",
                "syntax-error 1:4-5 a surrogate stands alone, which is half of a character",
            ),
            (
                "a: \u{1}\n",
                "syntax-error 1:4-5 the character U+0001 is not allowed in YAML",
            ),
            (
                "a: b\0c\n",
                "syntax-error 1:5-6 the character U+0000 is not allowed in YAML",
            ),
            ("a: | x\n", "syntax-error 1:4-5 text follows behind `|` or `>`"),
            (
                "a: 'b'#c\n",
                "syntax-error 1:7-8 a comment needs a space before its `#`",
            ),
            (
                "--- [1]\na\n",
                "syntax-error 2:1-2 text follows behind the end of the document",
            ),
            ("a: & b\n", "syntax-error 1:4-5 an anchor or alias has no name"),
            ("a: !e!x 1\n", "syntax-error 1:4-8 the tag is not known"),
        ],
    );
}
