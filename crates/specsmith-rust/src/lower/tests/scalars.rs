//! Formats and bounds.

use super::build::*;
use specsmith_ir::*;

fn of(shape: Shape) -> String {
    let mut api = ApiBuilder::default();
    api.component("It", shape);
    api.lower().alias("It")
}

fn bounded(format: Option<&str>, minimum: Option<&str>, maximum: Option<&str>) -> String {
    of(Shape::Integer(Numeric {
        format: format.map(str::to_owned),
        minimum: minimum.and_then(Number::new),
        maximum: maximum.and_then(Number::new),
        ..Numeric::default()
    }))
}

#[test]
fn integers_are_as_wide_as_their_format_and_bounds() {
    for (format, minimum, maximum, expected) in [
        (None, None, None, "I64"),
        (Some("int32"), None, None, "I32"),
        (Some("int64"), None, None, "I64"),
        (Some("int32"), Some("0"), Some("4294967295"), "I64"),
        (Some("uint32"), None, None, "U32"),
        (Some("uint64"), None, None, "U64"),
        (Some("uint64"), Some("-1"), None, "I64"),
        (None, Some("0"), None, "I64"),
        (None, Some("0"), Some("18446744073709551615"), "U64"),
        (None, Some("0"), Some("1.8446744073709552e19"), "U64"),
        (
            None,
            Some("-9.223372036854775808e18"),
            Some("9.223372036854775807e18"),
            "I64",
        ),
        (None, Some("-1"), Some("18446744073709551615"), "Number"),
        (None, Some("0"), Some("1e400"), "Number"),
        (None, Some("0.5"), Some("1e2"), "I64"),
    ] {
        assert_eq!(
            bounded(format, minimum, maximum),
            expected,
            "{format:?} {minimum:?} {maximum:?}"
        );
    }
}

#[test]
fn formats_of_strings_have_types() {
    let text = |format: &str| {
        of(Shape::String(Text {
            format: Some(format.to_owned()),
            ..Text::default()
        }))
    };
    for (format, expected) in [
        ("date-time", "DateTime"),
        ("date", "Date"),
        ("uuid", "Uuid"),
        ("uri", "Uri"),
        ("uri-reference", "Uri"),
        ("byte", "Base64"),
        ("binary", "String"),
        ("decimal", "String"),
        ("email", "String"),
        ("time", "String"),
    ] {
        assert_eq!(text(format), expected, "{format}");
    }
    let encoded = Text {
        content_encoding: Some("base64".to_owned()),
        ..Text::default()
    };
    assert_eq!(of(Shape::String(encoded)), "Base64");
    assert_eq!(
        of(Shape::Number(Numeric {
            format: Some("float".to_owned()),
            ..Numeric::default()
        })),
        "F64"
    );
    assert_eq!(of(Shape::Boolean), "Bool");
}

#[test]
fn tuples_are_exact_or_lists() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let number = api.component("Count", integer());
    let tuple = |items: &[TypeId], rest| {
        Shape::Tuple(Tuple {
            items: items.to_vec(),
            rest,
            min_items: None,
            max_items: None,
        })
    };
    api.component("Pair", tuple(&[text, number], None));
    api.component("Open", tuple(&[text, number], Some(text)));
    api.component("Same", tuple(&[text, text], Some(text)));
    api.component("Long", tuple(&[text; 13], None));
    api.component("None", tuple(&[], None));
    let lowered = api.lower();
    assert_eq!(lowered.alias("Pair"), "(Text, Count)");
    assert_eq!(lowered.alias("Open"), "Vec<Value>");
    assert_eq!(lowered.alias("Same"), "Vec<Text>");
    assert_eq!(lowered.alias("Long"), "Vec<Text>");
    assert_eq!(lowered.alias("NoneModel"), "Vec<Value>");
}
