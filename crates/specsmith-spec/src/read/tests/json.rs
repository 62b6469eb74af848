//! The grammar of JSON.

use super::{check_refused, outcome, value};

#[test]
fn all_of_json() {
    let table = [
        ("{}", "{}"),
        ("[]", "[]"),
        (" \t\r\n[ \t\r\n] \t\r\n", "[]"),
        ("[null,true,false]", "[null,true,false]"),
        (
            "{ \"a\" : [ 1 , { \"b\" : [ ] } ] , \"c\" : { } }",
            r#"{"a":[1,{"b":[]}],"c":{}}"#,
        ),
        (
            "[0,-0,-1.5e+10,1E9,123456789012345678901234567890]",
            "[0,-0,-1.5e+10,1E9,123456789012345678901234567890]",
        ),
        ("[1.10,1.0]", "[1.10,1.0]"),
        ("[\"\",\"a\"]", r#"["","a"]"#),
        ("{\"\":1}", r#"{"":1}"#),
        ("[\"<<\"]", r#"["<<"]"#),
        ("{\"<<\":{\"a\":1}}", r#"{"<<":{"a":1}}"#),
        ("\u{feff}{\"a\":1}", r#"{"a":1}"#),
    ];
    for (text, expected) in table {
        assert_eq!(value(text), expected, "{text}");
    }
}

#[test]
fn escapes() {
    let read = |text: &str| {
        outcome(text)
            .document
            .unwrap()
            .root()
            .items()
            .next()
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(read(r#"["\"\\\/\b\f\n\r\t"]"#), "\"\\/\u{8}\u{c}\n\r\t");
    assert_eq!(read(r#"["\u0041\u00e9\u00E9\u4e2d\u0000"]"#), "Aéé中\0");
    assert_eq!(read(r#"["\ud83d\ude00 \uD834\uDD1E"]"#), "😀 𝄞");
    assert_eq!(
        read("[\"ä plain 😀, \u{7f} and \u{2028} stay\"]"),
        "ä plain 😀, \u{7f} and \u{2028} stay"
    );
    assert_eq!(
        read(&format!("[\"{}\\n{}\"]", "x".repeat(100), "y".repeat(100))).len(),
        201
    );
}

#[test]
fn syntax_errors_are_located() {
    check_refused(
        "api.json",
        &[
            (
                "{",
                "syntax-error 1:2-2 expected a key or `}`, found the end of the file",
            ),
            ("[", "syntax-error 1:2-2 expected a value, found the end of the file"),
            (
                "[1",
                "syntax-error 1:3-3 expected `,` or `]`, found the end of the file",
            ),
            (
                "{\"a\":1",
                "syntax-error 1:7-7 expected `,` or `}`, found the end of the file",
            ),
            ("[1]\n x", "syntax-error 2:2-3 expected the end of the file, found `x`"),
            ("[1]]", "syntax-error 1:4-5 expected the end of the file, found `]`"),
            ("[1}", "syntax-error 1:3-4 expected `,` or `]`, found `}`"),
            ("{\"a\":1]", "syntax-error 1:7-8 expected `,` or `}`, found `]`"),
            ("[1 2]", "syntax-error 1:4-5 expected `,` or `]`, found `2`"),
            (
                "{\"a\":1\n\"b\":2}",
                "syntax-error 2:1-2 expected `,` or `}`, found a string",
            ),
            ("{\"a\" 1}", "syntax-error 1:6-7 expected `:`, found `1`"),
            ("{\"a\":}", "syntax-error 1:6-7 expected a value, found `}`"),
            ("{a:1}", "syntax-error 1:2-3 expected a key or `}`, found `a`"),
            ("{1:1}", "syntax-error 1:2-3 expected a key or `}`, found `1`"),
            ("{\"a\":1,}", "syntax-error 1:8-9 expected a key, found `}`"),
            ("[1,]", "syntax-error 1:4-5 expected a value, found `]`"),
            ("[,1]", "syntax-error 1:2-3 expected a value, found `,`"),
            ("['a']", "syntax-error 1:2-3 expected a value, found `'`"),
            ("[tru]", "syntax-error 1:2-5 expected a value, found `tru`"),
            ("[True]", "syntax-error 1:2-6 expected a value, found `True`"),
            ("[nullx]", "syntax-error 1:2-7 expected a value, found `nullx`"),
            ("[NaN]", "syntax-error 1:2-5 expected a value, found `NaN`"),
            ("[-Infinity]", "syntax-error 1:2-3 `-` is not a number of JSON"),
            ("[01]", "syntax-error 1:2-4 `01` is not a number of JSON"),
            ("[1.]", "syntax-error 1:2-4 `1.` is not a number of JSON"),
            ("[.5]", "syntax-error 1:2-3 expected a value, found `.`"),
            ("[+1]", "syntax-error 1:2-3 expected a value, found `+`"),
            ("[1e]", "syntax-error 1:2-4 `1e` is not a number of JSON"),
            ("[1-2]", "syntax-error 1:2-5 `1-2` is not a number of JSON"),
            ("[0x1F]", "syntax-error 1:3-6 expected `,` or `]`, found `x1F`"),
            ("[1 /* c */]", "syntax-error 1:4-5 expected `,` or `]`, found `/`"),
            ("[\"a]", "syntax-error 1:2-5 the string is not closed"),
            ("[\"a\n\"]", "syntax-error 1:2-4 the string is not closed"),
            (
                "[\"a\tb\"]",
                "syntax-error 1:4-5 the character U+0009 has to be escaped in a string",
            ),
            (
                "[\"\\x\"]",
                "syntax-error 1:3-5 a string has an escape that JSON does not have",
            ),
            (
                "[\"\\é\"]",
                "syntax-error 1:3-5 a string has an escape that JSON does not have",
            ),
            ("[\"\\u12\"]", "syntax-error 1:3-5 `\\u` needs four hexadecimal digits"),
            (
                "[\"\\u12é4\"]",
                "syntax-error 1:3-5 `\\u` needs four hexadecimal digits",
            ),
            (
                "[\"\\u+123\"]",
                "syntax-error 1:3-5 `\\u` needs four hexadecimal digits",
            ),
            (
                "[\"\\ud83d\"]",
                "syntax-error 1:3-9 a surrogate stands alone, which is half of a character",
            ),
            (
                "[\"\\ude00\"]",
                "syntax-error 1:3-9 a surrogate stands alone, which is half of a character",
            ),
            (
                "[\"\\ud83d\\u0041\"]",
                "syntax-error 1:3-9 a surrogate stands alone, which is half of a character",
            ),
            (
                "[\"\\ud83dx\"]",
                "syntax-error 1:3-9 a surrogate stands alone, which is half of a character",
            ),
            (
                "[\"\\",
                "syntax-error 1:3-4 a string has an escape that JSON does not have",
            ),
            ("[\"\\u", "syntax-error 1:3-5 `\\u` needs four hexadecimal digits"),
            ("[\u{a0}1]", "syntax-error 1:2-3 expected a value, found `\u{a0}`"),
        ],
    );
}

#[test]
fn likely_causes_are_named() {
    let help = |text: &str| {
        let outcome = super::outcome_of("api.json", text, &super::Limits::default());
        outcome
            .diagnostics
            .iter()
            .next()
            .and_then(|finding| finding.help.clone())
    };
    let table = [
        ("[1,]", Some("JSON has no comma behind the last value")),
        ("[1 // c\n]", Some("JSON has no comments")),
        ("['a']", Some("JSON strings are in double quotes")),
        ("{a: 1}", Some("JSON keys are in double quotes")),
        ("[None]", Some("JSON has `null`")),
        ("[1 2]", Some("a comma is missing")),
        ("[007]", Some("numbers have no leading zeros")),
        ("[1}", None),
    ];
    for (text, expected) in table {
        assert_eq!(help(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn what_is_not_closed_is_shown() {
    let outcome = outcome("{\"a\": [1,\n 2\n");
    let related = outcome
        .diagnostics
        .iter()
        .next()
        .unwrap()
        .related
        .first()
        .unwrap()
        .clone();
    let place = outcome.sources.line_column(related.location).unwrap();
    assert_eq!(
        (place.line, place.column, related.message.as_str()),
        (1, 7, "this `[` is not closed")
    );
}

#[test]
fn duplicate_keys_are_all_reported_and_the_first_is_kept() {
    let outcome = outcome("{\"a\":1,\n\"b\":2,\n\"a\":3,\"a\":4,\"\\u0061\":5}");
    assert_eq!(outcome.value(), r#"{"a":1,"b":2}"#);
    let message = "the key `a` is there twice";
    let expected = ["3:1-4", "3:7-10", "3:13-21"].map(|place| format!("duplicate-key {place} {message}"));
    assert_eq!(outcome.findings(), expected);
    assert!(outcome.diagnostics.has_errors());
}

#[test]
fn duplicate_keys_of_a_large_object() {
    let members: Vec<String> = (0..1000)
        .map(|number| format!("\"k{}\":{number}", number % 999))
        .collect();
    let outcome = outcome(&format!("{{{}}}", members.join(",")));
    assert_eq!(outcome.findings().len(), 1);
    let document = outcome.document.unwrap();
    assert_eq!(document.root().members().count(), 999);
    for name in ["k0", "k500", "k998"] {
        let node = document.root().get(name).unwrap();
        assert_eq!(node.as_written(), name.strip_prefix('k'));
        assert_eq!(node.pointer(), format!("/{name}"));
    }
    assert!(document.root().get("k999").is_none());
}
