//! The table of the specification, and what is beyond it.

use serde_json::json;

use super::*;

fn check(encoding: Encoding, empty: &str, string: &str, array: &str, object: &str) {
    let text = |value: Value| write("color", &value, encoding).unwrap_or_default();
    assert_eq!(text(json!("")), empty, "{encoding:?}, empty");
    assert_eq!(text(json!("blue")), string, "{encoding:?}, string");
    assert_eq!(
        text(json!(["blue", "black", "brown"])),
        array,
        "{encoding:?}, array"
    );
    // In the order of the names, in which a map of JSON keeps its members.
    assert_eq!(
        text(json!({ "B": 150, "G": 200, "R": 100 })),
        object,
        "{encoding:?}, object"
    );
}

#[test]
fn table_of_the_specification() {
    check(
        MATRIX,
        ";color",
        ";color=blue",
        ";color=blue,black,brown",
        ";color=B,150,G,200,R,100",
    );
    check(
        MATRIX_EXPLODED,
        ";color",
        ";color=blue",
        ";color=blue;color=black;color=brown",
        ";B=150;G=200;R=100",
    );
    check(
        LABEL,
        ".",
        ".blue",
        ".blue,black,brown",
        ".B,150,G,200,R,100",
    );
    check(
        LABEL_EXPLODED,
        ".",
        ".blue",
        ".blue.black.brown",
        ".B=150.G=200.R=100",
    );
    check(SIMPLE, "", "blue", "blue,black,brown", "B,150,G,200,R,100");
    check(
        SIMPLE_EXPLODED,
        "",
        "blue",
        "blue,black,brown",
        "B=150,G=200,R=100",
    );
    check(
        FORM_JOINED,
        "color=",
        "color=blue",
        "color=blue,black,brown",
        "color=B,150,G,200,R,100",
    );
    check(
        FORM,
        "color=",
        "color=blue",
        "color=blue&color=black&color=brown",
        "B=150&G=200&R=100",
    );
    check(
        SPACE_DELIMITED,
        "color=",
        "color=blue",
        "color=blue%20black%20brown",
        "color=B%20150%20G%20200%20R%20100",
    );
    check(
        PIPE_DELIMITED,
        "color=",
        "color=blue",
        "color=blue%7Cblack%7Cbrown",
        "color=B%7C150%7CG%7C200%7CR%7C100",
    );
    check(
        DEEP_OBJECT,
        "color=",
        "color=blue",
        "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
        "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
    );
    check(
        COOKIE,
        "color=",
        "color=blue",
        "color=blue; color=black; color=brown",
        "B=150; G=200; R=100",
    );
    check(
        COOKIE_JOINED,
        "color=",
        "color=blue",
        "color=blue,black,brown",
        "color=B,150,G,200,R,100",
    );
}

#[test]
fn what_is_undefined_is_not_written() {
    for value in [
        json!(null),
        json!([]),
        json!({}),
        json!([null]),
        json!({ "a": null }),
    ] {
        for encoding in [FORM, FORM_JOINED, DEEP_OBJECT] {
            assert_eq!(write("color", &value, encoding), None, "{value}");
        }
    }
    let value = json!(["a", null, "b"]);
    assert_eq!(
        write("color", &value, FORM_JOINED).as_deref(),
        Some("color=a,b")
    );
}

#[test]
fn delimiters_inside_values_are_encoded() {
    let value = json!(["a,b", "c&d=e", "é /?#"]);
    let text = write("q", &value, FORM_JOINED);
    assert_eq!(
        text.as_deref(),
        Some("q=a%2Cb,c%26d%3De,%C3%A9%20%2F%3F%23")
    );
    assert_eq!(
        write("a b", &json!(1.5), FORM).as_deref(),
        Some("a%20b=1.5")
    );
}

#[test]
fn reserved_characters_stay_only_where_harmless() {
    let encoding = FORM.allow_reserved();
    let text = write("q", &json!("a/b:c?d=e&f#g+h%20i%zz[j]"), encoding);
    assert_eq!(
        text.as_deref(),
        Some("q=a/b:c?d=e%26f%23g%2Bh%20i%25zz%5Bj%5D")
    );
}

#[test]
fn what_separates_items_is_encoded_inside_them() {
    let value = json!(["a.b", "c,d;e", 1.5]);
    for (encoding, expected) in [
        (LABEL_EXPLODED, ".a%2Eb.c%2Cd%3Be.1%2E5"),
        (LABEL, ".a.b,c%2Cd%3Be,1.5"),
        (FORM_JOINED.allow_reserved(), "q=a.b,c%2Cd;e,1.5"),
        (MATRIX_EXPLODED.allow_reserved(), ";q=a.b;q=c%2Cd%3Be;q=1.5"),
        (SIMPLE.allow_reserved(), "a.b,c%2Cd;e,1.5"),
    ] {
        assert_eq!(write("q", &value, encoding).as_deref(), Some(expected));
    }
    let members = json!({ "a=b&c": "d=e" });
    let text = write("q", &members, FORM.allow_reserved());
    assert_eq!(text.as_deref(), Some("a%3Db%26c=d=e"));
}

#[test]
fn what_cannot_be_escaped_is_told() {
    for (encoding, value, expected) in [
        (SPACE_DELIMITED, json!(["a b"]), Some(' ')),
        (PIPE_DELIMITED, json!({ "k": "a|b" }), Some('|')),
        (SIMPLE.verbatim(), json!(["a", "b,c"]), Some(',')),
        (SIMPLE.verbatim(), json!([[1, 2]]), Some(',')),
        (SIMPLE_EXPLODED.verbatim(), json!({ "a=b": 1 }), Some('=')),
        (COOKIE_JOINED, json!(["a,b"]), Some(',')),
        (DEEP_OBJECT, json!({ "a": [{ "b]": 1 }] }), Some(']')),
        (DEEP_OBJECT, json!({ "a": ["b]"] }), None),
        (SIMPLE.verbatim(), json!("a,b"), None),
        (SIMPLE, json!(["a,b"]), None),
        (FORM_JOINED, json!(["a,b"]), None),
        (COOKIE, json!(["a,b"]), None),
    ] {
        assert_eq!(
            encoding.unescapable(&value),
            expected,
            "{encoding:?} {value}"
        );
    }
}

#[test]
fn objects_nest_in_deep_objects() {
    let value = json!({ "items": [{ "price": "p 1" }, { "price": "p2" }], "on": true });
    let text = write("sub", &value, DEEP_OBJECT);
    assert_eq!(
        text.as_deref(),
        Some(
            "sub%5Bitems%5D%5B0%5D%5Bprice%5D=p%201&sub%5Bitems%5D%5B1%5D%5Bprice%5D=p2&sub%5Bon%5D=true"
        )
    );
}
