//! `Eq` and `Hash` for structs: only where the user wants them, and where all parts have them.

use super::build::*;
use crate::TypeOptions;
use specsmith_ir::*;

/// Three structs: of texts, of one with a number, and of any values.
fn books() -> ApiBuilder {
    let mut api = ApiBuilder::default();
    let title = api.component("Title", string());
    let price = api.component("Price", Shape::Number(Numeric::default()));
    let any = api.component("Anything", Shape::Any);
    let offer = api.component("Offer", required(&[("price", price)]));
    api.component("Book", required(&[("title", title)]));
    api.component("Shop", required(&[("offer", offer)]));
    api.component("Note", required(&[("value", any)]));
    api
}

/// The names of what is derived for each struct beyond `Debug`, `Clone` and `PartialEq`.
fn more(paths: &[&str]) -> Vec<String> {
    let paths = paths.iter().map(|path| (*path).to_owned()).collect();
    let options = TypeOptions {
        derives: [("*".to_owned(), paths)].into(),
        ..TypeOptions::default()
    };
    let lowered = books().lower_with(&options);
    let of = |name: &str| {
        let item = lowered.item(name);
        let usual = item.derives.iter().skip(3).map(|derive| derive.name().to_owned());
        let all: Vec<String> = usual.chain(item.extra_derives.clone()).collect();
        format!("{name}: {}", all.join(", "))
    };
    ["Book", "Shop", "Note"].map(of).into()
}

#[test]
fn a_struct_has_neither_by_itself() {
    assert_eq!(more(&[]), ["Book: ", "Shop: ", "Note: "]);
}

#[test]
fn wanted_for_all_types_it_is_of_those_whose_parts_have_it() {
    assert_eq!(more(&["Eq"]), ["Book: Eq", "Shop: ", "Note: Eq"]);
    assert_eq!(more(&["std::hash::Hash"]), ["Book: Eq, Hash", "Shop: ", "Note: Eq"]);
    assert_eq!(more(&["Hash", "Eq"]), ["Book: Eq, Hash", "Shop: ", "Note: Eq"]);
    let with_others = more(&["schemars::JsonSchema", "::core::cmp::Eq"]);
    let expected = [
        "Book: Eq, schemars::JsonSchema",
        "Shop: schemars::JsonSchema",
        "Note: Eq, schemars::JsonSchema",
    ];
    assert_eq!(with_others, expected);
}
