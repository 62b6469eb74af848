//! Unions and enums of values.

use super::build::*;
use crate::model::{Derive, EnumBase, TypeBody};
use specsmith_ir::*;

fn value_enum(shape: Shape) -> crate::model::ValueEnum {
    let mut api = ApiBuilder::default();
    api.component("Level", shape);
    match &api.lower().item("Level").body {
        TypeBody::Enum(body) => body.clone(),
        body => panic!("{body:?}"),
    }
}

fn named(texts: &[&str]) -> Vec<String> {
    value_enum(values(texts))
        .variants
        .iter()
        .map(|variant| variant.name.to_string())
        .collect()
}

#[test]
fn values_pass_the_obstacle_course() {
    let texts = [
        "", "asc", "ASC", "Asc", "-asc", "+1", "-1", "*", "self", "Self", "1.0", "10", "256x256", "a b", "a_b", "ä",
        "😀", "unknown", "<=", ">=",
    ];
    let expected = [
        "Empty",
        "AscLower",
        "AscUpper",
        "Asc",
        "MinusAsc",
        "Plus1",
        "Minus1",
        "Star",
        "SelfLower",
        "Self_",
        "N1_0",
        "N10",
        "N256x256",
        "AB",
        "AUnderscoreB",
        "A",
        "U1f600",
        "Unknown",
        "LessOrEqual",
        "GreaterOrEqual",
    ];
    assert_eq!(named(&texts), expected);
    assert_eq!(value_enum(values(&texts)).unknown.as_str(), "Unrecognized");
}

#[test]
fn the_order_of_values_does_not_decide_who_keeps_the_plain_name() {
    assert_eq!(named(&["red", "Red"]), ["RedLower", "Red"]);
    assert_eq!(named(&["Red", "red"]), ["Red", "RedLower"]);
}

#[test]
fn suggested_names_are_taken() {
    let value = |number: i64, name: &str| EnumValue {
        value: Value::Number(Number::from(number)),
        name: Some(name.to_owned()),
        description: None,
    };
    let body = value_enum(Shape::Enum(Enum {
        values: vec![value(1, "low"), value(2, "high"), value(3, "low")],
        open: true,
    }));
    let names: Vec<&str> = body.variants.iter().map(|variant| variant.name.as_str()).collect();
    assert_eq!(names, ["Low", "High", "N3"]);
    assert_eq!(body.base, EnumBase::Integer);
    assert!(body.open);
}

#[test]
fn the_base_is_what_all_values_are() {
    let of = |values: Vec<Value>| {
        let values = values
            .into_iter()
            .map(|value| EnumValue {
                value,
                name: None,
                description: None,
            })
            .collect();
        value_enum(Shape::Enum(Enum { values, open: false })).base
    };
    let number = |text: &str| Value::Number(Number::new(text).unwrap());
    assert_eq!(of(vec![number("1"), number("2")]), EnumBase::Integer);
    assert_eq!(of(vec![number("1"), number("2.5")]), EnumBase::Value);
    assert_eq!(of(vec![number("99999999999999999999")]), EnumBase::Value);
    assert_eq!(of(vec![number("1"), Value::String("a".to_owned())]), EnumBase::Value);
    assert_eq!(of(vec![Value::Boolean(true)]), EnumBase::Value);
}

#[test]
fn only_enums_of_text_and_integers_are_hashed() {
    let mut api = ApiBuilder::default();
    api.component("Genre", values(&["crime"]));
    api.component("Odd", Shape::Const(Value::Number(Number::new("0.5").unwrap())));
    let lowered = api.lower();
    use Derive::{Clone, Debug, Eq, Hash, PartialEq};
    assert_eq!(lowered.item("Genre").derives, [Debug, Clone, PartialEq, Eq, Hash]);
    assert_eq!(lowered.item("Odd").derives, [Debug, Clone, PartialEq, Eq]);
}

#[test]
fn variants_are_named_by_hint_type_or_kind() {
    let mut api = ApiBuilder::default();
    let source = api.component("PaymentSource", Shape::Any);
    let card = api.component("Card", object(&[]));
    let hint = Some("bank account".to_owned());
    let account = api.inside(
        source,
        Step::Variant {
            index: 1,
            hint: hint.clone(),
        },
        object(&[]),
    );
    let other = api.inside(source, Step::Variant { index: 2, hint: None }, object(&[]));
    let text = api.inside(source, Step::Variant { index: 3, hint: None }, string());
    let number = api.inside(source, Step::Variant { index: 4, hint: None }, integer());
    let texts = api.inside(source, Step::Variant { index: 5, hint: None }, list(text));
    let cards = api.inside(source, Step::Variant { index: 6, hint: None }, list(card));
    let Shape::Union(mut of) = union(&[card, account, other, text, number, texts, cards]) else {
        unreachable!()
    };
    of.variants[1].name = hint;
    api.redefine(source, Shape::Union(of));
    let expected = [
        "Card(Card)",
        "BankAccount(PaymentSourceBankAccount)",
        "Object(PaymentSourceObject)",
        "String(String)",
        "Integer(I64)",
        "StringList(Vec<String>)",
        "CardList(Vec<Card>)",
    ];
    assert_eq!(api.lower().variants("PaymentSource"), expected);
}

/// A union of a number, the text `auto`, which is unnamed, and a named text of one value.
fn with_one_value(number: i64) -> ApiBuilder {
    let mut api = ApiBuilder::default();
    let size = api.component("Size", Shape::Any);
    let here = api.component("Here", Shape::Const(Value::String("here".to_owned())));
    let variant = |index| Step::Variant { index, hint: None };
    let text = api.inside(size, variant(0), values(&["auto"]));
    let whole = api.inside(size, variant(1), Shape::Const(Value::Number(number.into())));
    let any = api.inside(size, variant(2), list(here));
    api.redefine(size, union(&[text, whole, any, here]));
    api
}

#[test]
fn unnamed_variants_of_one_value_hold_nothing() {
    let lowered = with_one_value(0).lower();
    let expected = ["Auto = \"auto\"", "N0 = 0", "HereList(Vec<Here>)", "Here(Here)"];
    assert_eq!(lowered.variants("Size"), expected);
    assert_eq!(lowered.names(), ["Size", "Here"]);
    // The sign of a number would be a token beside it.
    assert_eq!(with_one_value(-1).lower().variants("Size")[1], "Kind(SizeKind)");
}

#[test]
fn variants_of_one_type_are_one_unless_conditions_tell_them() {
    let mut api = ApiBuilder::default();
    let first = api.component("Text", string());
    let same = union(&[first, first]);
    api.component("Same", same);
    let Shape::Union(mut told) = union(&[first, first]) else {
        unreachable!()
    };
    told.variants[0].conditions = vec![Condition::Value(vec![Value::String("a".to_owned())])];
    told.variants[1].conditions = vec![Condition::Value(vec![Value::String("b".to_owned())])];
    api.component("Told", Shape::Union(told));
    let lowered = api.lower();
    assert_eq!(lowered.variants("Same"), ["Text(Text)"]);
    assert_eq!(lowered.variants("Told"), ["Text(Text)", "Text2(Text)"]);
}

#[test]
fn unions_of_one_scalar_are_that_scalar() {
    let mut api = ApiBuilder::default();
    let it = api.component("It", Shape::Any);
    let email = api.inside(it, Step::Variant { index: 0, hint: None }, string());
    let phone = api.inside(it, Step::Variant { index: 1, hint: None }, string());
    api.redefine(it, union(&[email, phone]));
    assert_eq!(api.lower().alias("It"), "String");
}

#[test]
fn large_variants_are_boxed() {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let names: Vec<String> = (0..10).map(|index| format!("field{index}")).collect();
    let fields: Vec<(&str, TypeId)> = names.iter().map(|name| (name.as_str(), text)).collect();
    let large = api.component("Large", object(&fields));
    let small = api.component("Small", object(&fields[..2]));
    let inner = api.component("Inner", union(&[large, small]));
    api.component("Outer", union(&[inner, text]));
    let lowered = api.lower();
    assert_eq!(lowered.variants("Inner"), ["Large(Box<Large>)", "Small(Small)"]);
    assert_eq!(lowered.variants("Outer"), ["Inner(Inner)", "Text(Text)"]);
}

#[test]
fn no_type_is_too_large_for_a_stack() {
    let mut api = ApiBuilder::default();
    let mut held = api.component("Text", string());
    for index in 0..40 {
        let names: Vec<String> = (0..10).map(|index| format!("field{index}")).collect();
        let fields: Vec<(&str, TypeId)> = names.iter().map(|name| (name.as_str(), held)).collect();
        held = api.component(&format!("Level{index}"), required(&fields));
    }
    let lowered = api.lower();
    let is_boxed = |name: &str| lowered.fields(name)[0].contains("Box<");
    assert!(!is_boxed("Level0") && !is_boxed("Level2"));
    assert!((0..40).filter(|index| is_boxed(&format!("Level{index}"))).count() >= 9);
}

#[test]
fn what_no_value_fits_is_any_value_and_reported() {
    let mut api = ApiBuilder::default();
    api.component("Never", Shape::Never);
    api.component(
        "NoValue",
        Shape::Enum(Enum {
            values: Vec::new(),
            open: false,
        }),
    );
    api.component("NoVariant", union(&[]));
    let lowered = api.lower();
    for name in ["Never", "NoValue", "NoVariant"] {
        assert_eq!(lowered.alias(name), "Value");
    }
    assert_eq!(lowered.codes(), ["impossible-type"; 1]);
}

/// Whether a union of objects is exclusive: each has the condition that it has its first field, which it requires.
fn is_exclusive(mode: UnionMode, variants: &[&[&str]], rest: Rest) -> bool {
    let mut api = ApiBuilder::default();
    let text = api.component("Text", string());
    let variants = variants.iter().enumerate().map(|(index, names)| {
        let fields: Vec<(&str, TypeId)> = names.iter().map(|name| (*name, text)).collect();
        let Shape::Object(object) = required(&fields) else {
            panic!("an object")
        };
        Variant {
            ty: api.component(&format!("Variant{index}"), Shape::Object(Object { rest, ..object })),
            name: None,
            conditions: vec![Condition::HasProperty(names[0].to_owned())],
            alike: false,
        }
    });
    let union = Union {
        mode,
        variants: variants.collect(),
        discriminator: None,
    };
    api.component("Union", Shape::Union(union));
    match &api.lower().item("Union").body {
        TypeBody::Union(body) => body.exclusive,
        body => panic!("{body:?}"),
    }
}

#[test]
fn unions_are_exclusive_whose_variants_require_what_the_others_do_not_have() {
    let apart: [&[&str]; 2] = [&["iban", "name"], &["card", "name"]];
    assert!(is_exclusive(UnionMode::OneOf, &apart, Rest::Unstated));
    assert!(!is_exclusive(UnionMode::AnyOf, &apart, Rest::Unstated));
    // Whoever reads the first as the second loses nothing.
    let inside: [&[&str]; 2] = [&["iban"], &["card", "iban"]];
    assert!(!is_exclusive(UnionMode::OneOf, &inside, Rest::Unstated));
    assert!(!is_exclusive(UnionMode::OneOf, &apart, Rest::Typed(TypeId(0))));
    let alone: [&[&str]; 1] = [&["iban"]];
    assert!(!is_exclusive(UnionMode::OneOf, &alone, Rest::Unstated));
}

/// A union told by `kind`, of these variants with their tags.
fn tagged(api: &mut ApiBuilder, name: &str, variants: &[(TypeId, &[&str])]) {
    let variants = variants.iter().map(|(ty, tags)| Variant {
        ty: *ty,
        name: None,
        conditions: vec![Condition::PropertyValue {
            name: "kind".to_owned(),
            values: tags.iter().map(|tag| Value::String((*tag).to_owned())).collect(),
        }],
        alike: false,
    });
    let union = Union {
        mode: UnionMode::OneOf,
        variants: variants.collect(),
        discriminator: Some(Discriminator {
            property: "kind".to_owned(),
            default: None,
        }),
    };
    api.component(name, Shape::Union(union));
}

#[test]
fn a_discriminator_with_one_value_is_no_argument() {
    let mut api = ApiBuilder::default();
    let text = api.component("Kind", string());
    let kinds = api.component("Kinds", values(&["bus", "tram"]));
    let with = |api: &mut ApiBuilder, name: &str, ty| api.component(name, required(&[("kind", ty)]));
    let car = with(&mut api, "Car", text);
    let van = with(&mut api, "Van", text);
    let bus = with(&mut api, "Bus", kinds);
    let cab = with(&mut api, "Cab", kinds);
    let bike = with(&mut api, "Bike", text);
    let variants: [(_, &[&str]); 5] = [
        (car, &["car"]),
        (van, &["van", "lorry"]),
        (bus, &["bus"]),
        (cab, &["cab"]),
        (bike, &["bike"]),
    ];
    tagged(&mut api, "Vehicle", &variants);
    tagged(&mut api, "Other", &[(bike, &["cycle"])]);
    let lowered = api.lower();
    let tag = |name: &str| match &lowered.item(name).body {
        TypeBody::Struct(body) => body.fields[0].fixed.as_ref().map(|tag| tag.to_string()),
        body => panic!("{body:?}"),
    };
    assert_eq!(tag("Car").as_deref(), Some("\"car\""));
    assert_eq!(tag("Bus").as_deref(), Some("\"bus\""));
    // Several values mean it, the member cannot have the value, and unions do not agree.
    assert_eq!((tag("Van"), tag("Cab"), tag("Bike")), (None, None, None));
}
