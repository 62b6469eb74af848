//! Formats and bounds.

use super::build::*;
use crate::{Aliases, Dates, ExternType, TypeOptions};
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
        (Some("int8"), None, None, "I8"),
        (Some("int16"), None, None, "I16"),
        (Some("uint8"), None, None, "U8"),
        (Some("uint8"), Some("1"), Some("100"), "U8"),
        (Some("uint8"), None, Some("256"), "I64"),
        (Some("uint16"), None, None, "U16"),
        (Some("uint32"), None, None, "U32"),
        (Some("u-int32"), Some("0"), None, "U32"),
        (Some("uint"), Some("0"), None, "U64"),
        (Some("unix-time"), None, None, "I64"),
        (Some("date-time"), None, None, "I64"),
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
        ("dateTime", "DateTime"),
        ("Date-Time", "DateTime"),
        ("date-time-rfc-2822", "String"),
        ("date", "Date"),
        ("uuid", "Uuid"),
        ("uuid4", "Uuid"),
        ("guid", "Uuid"),
        ("uri", "Uri"),
        ("password", "Secret"),
        ("uri-reference", "Uri"),
        ("url", "Uri"),
        ("uri-template", "String"),
        ("byte", "Base64"),
        ("base64url", "Base64Url"),
        ("binary", "String"),
        ("ip", "IpAddr"),
        ("ipv4", "Ipv4Addr"),
        ("ipv6", "Ipv6Addr"),
        ("hostname", "String"),
        ("int64", "String"),
        ("duration", "String"),
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
fn numbers_are_integers_where_the_format_names_one() {
    let number = |format: &str| {
        of(Shape::Number(Numeric {
            format: Some(format.to_owned()),
            ..Numeric::default()
        }))
    };
    for (format, expected) in [
        ("int32", "I32"),
        ("int64", "I64"),
        ("integer", "I64"),
        ("double", "F64"),
        ("decimal", "F64"),
        ("unixtime", "F64"),
    ] {
        assert_eq!(number(format), expected, "{format}");
    }
}

#[test]
fn users_choose_types_for_formats() {
    let mut api = ApiBuilder::default();
    let with = |format: &str| {
        Shape::String(Text {
            format: Some(format.to_owned()),
            ..Text::default()
        })
    };
    let amount = api.component("Amount", with("decimal"));
    api.component(
        "Amounts",
        Shape::Array(Array {
            items: amount,
            min_items: None,
            max_items: None,
            unique_items: false,
            xml: None,
        }),
    );
    api.component("At", with("date-time"));
    api.component("Link", with("uri"));
    let mut options = TypeOptions::default();
    let decimal = ExternType::new("rust_decimal::Decimal").dependency("rust_decimal", "\"1\"");
    let unused = ExternType::new("money::Money").dependency("money", "\"1\"");
    for (format, ty) in [
        ("decimal", decimal),
        ("money", unused),
        ("uri", ExternType::new("String")),
    ] {
        options.formats.insert(format.to_owned(), ty);
    }
    options.dates = Dates::Text;
    let lowered = api.lower_with(&options);
    assert_eq!(lowered.alias("Amount"), "rust_decimal::Decimal");
    assert_eq!(lowered.alias("Amounts"), "Vec<Amount>");
    assert_eq!(lowered.alias("At"), "String");
    assert_eq!(lowered.alias("Link"), "String");
    assert_eq!(
        lowered.model.dependencies,
        [("rust_decimal".to_owned(), "\"1\"".to_owned())]
    );
    assert_eq!(lowered.model.date_dependency(), None);
}

#[test]
fn named_scalars_lists_and_maps_can_be_types_of_their_own() {
    use crate::model::Derive;
    let mut api = ApiBuilder::default();
    let isbn = api.component("Isbn", string());
    api.component("Isbns", list(isbn));
    api.component("Other", Shape::Alias(isbn));
    api.component("Anything", Shape::Any);
    let options = TypeOptions {
        aliases: Aliases::Newtype,
        ..TypeOptions::default()
    };
    let lowered = api.lower_with(&options);
    assert_eq!(lowered.newtype("Isbn"), "String");
    assert_eq!(lowered.newtype("Isbns"), "Vec<Isbn>");
    assert_eq!(lowered.alias("Other"), "Isbn");
    assert_eq!(lowered.alias("Anything"), "Value");
    let derives = &lowered.item("Isbn").derives;
    assert!(
        derives.contains(&Derive::Ord) && !derives.contains(&Derive::Copy),
        "{derives:?}"
    );
    assert!(api.lower().alias("Isbn") == "String");
}

#[test]
fn libraries_of_dates_are_depended_on_only_where_there_are_some() {
    let text = |format: &str| {
        Shape::String(Text {
            format: Some(format.to_owned()),
            ..Text::default()
        })
    };
    let dependency = |formats: &[&str], dates: Dates| {
        let mut api = ApiBuilder::default();
        for format in formats {
            api.component(format, text(format));
        }
        let options = TypeOptions {
            dates,
            ..TypeOptions::default()
        };
        let dependency = api.lower_with(&options).model.date_dependency();
        dependency.map(|(name, _, features)| format!("{name} {}", features.join(" ")))
    };
    for (formats, dates, expected) in [
        (&["uuid"][..], Dates::Chrono, None),
        (&["date"], Dates::Chrono, Some("chrono serde std")),
        (&["date-time"], Dates::Jiff, Some("jiff std")),
        (&["date"], Dates::Jiff, Some("jiff serde std")),
        (&["date-time"], Dates::Time, Some("time formatting parsing")),
        (&["date"], Dates::Time, Some("time serde-human-readable")),
        (
            &["date-time", "date"],
            Dates::Time,
            Some("time formatting parsing serde-human-readable"),
        ),
        (&["date-time", "date"], Dates::Text, None),
    ] {
        assert_eq!(dependency(formats, dates).as_deref(), expected, "{formats:?} {dates:?}");
    }
}

#[test]
fn only_patterns_that_are_checked_need_an_engine() {
    let engines = |format: Option<&str>, pattern: &str| {
        let mut api = ApiBuilder::default();
        let text = api.component(
            "Text",
            Shape::String(Text {
                format: format.map(str::to_owned),
                patterns: vec![pattern.to_owned()],
                ..Text::default()
            }),
        );
        api.component("It", object(&[("text", text)]));
        let engines = api.lower().model.rules.engines;
        (engines.linear, engines.backtracking)
    };
    assert_eq!(engines(Some("uuid"), "^[0-9a-f-]{36}$"), (false, false));
    assert_eq!(engines(None, "^[0-9a-f-]{36}$"), (true, false));
    assert_eq!(engines(None, "^(?=a)"), (false, true));
}
