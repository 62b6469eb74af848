//! Types that have only the traits of serde, inside of those that are kept whole.

use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Currency {
    #[serde(rename = "EUR")]
    Euro,
    Other(String),
    Basket(Vec<u8>, f32),
    Rate {
        per: Box<Currency>,
        at: Option<i64>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Cash { amount: u16 },
    Card(BTreeMap<String, Value>),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Pair(char, i8);

#[derive(Debug, Clone, PartialEq)]
enum Held {
    Money(Currency),
    Tagged(Tagged),
    Pair(Pair),
    Rate(Currency),
}
codec!(union Held {
    Money: [string],
    Tagged: [has "kind"],
    Pair: [array],
    Rate: [object, lacks "kind"],
});

#[test]
fn enums_of_serde_are_read_out_of_unions() {
    let euro = || Box::new(Currency::Euro);
    for (text, held) in [
        (r#""EUR""#, Held::Money(Currency::Euro)),
        (
            r#"{"Other":"X"}"#,
            Held::Rate(Currency::Other("X".to_owned())),
        ),
        (
            r#"{"Basket":[[1],0.5]}"#,
            Held::Rate(Currency::Basket(vec![1], 0.5)),
        ),
        (
            r#"{"Rate":{"per":"EUR","at":7}}"#,
            Held::Rate(Currency::Rate {
                per: euro(),
                at: Some(7),
            }),
        ),
        (
            r#"{"kind":"Cash","amount":3}"#,
            Held::Tagged(Tagged::Cash { amount: 3 }),
        ),
        (r#"["c",-1]"#, Held::Pair(Pair('c', -1))),
    ] {
        assert_eq!(round_trip::<Held>(text), held);
    }
}

#[test]
fn their_errors_have_a_place() {
    for (text, expected) in [
        (
            r#"[["c",1],"USD"]"#,
            "as `Money`: unknown variant `USD`, expected one of `EUR`, `Other`, `Basket`, `Rate` at `[1]`",
        ),
        (
            r#"{"Rate":{"per":{"Other":1}}}"#,
            "as `Rate`: expected a string, found a number at `Rate.per.Other`",
        ),
        (
            r#"{"Other":"X","Rate":null}"#,
            "as `Rate`: expected enum Currency, found an object",
        ),
    ] {
        let told = match text.starts_with('[') {
            true => error::<Vec<Held>>(text),
            false => error::<Held>(text),
        };
        assert!(told.starts_with(expected), "{told}");
    }
}
