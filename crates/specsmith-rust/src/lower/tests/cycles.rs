//! Boxing and recursive aliases.

use super::build::*;
use super::check::{Edges, has_cycle};
use crate::model::{RustType, TypeBody};
use specsmith_ir::{Rest, Shape, Step};

#[test]
fn a_type_that_holds_itself_is_boxed_there() {
    let mut api = ApiBuilder::default();
    let node = api.component("Node", Shape::Any);
    let nodes = api.inside(node, property("children"), list(node));
    let name = api.inside(node, property("name"), string());
    api.redefine(node, object(&[("name", name), ("next", node), ("children", nodes)]));
    let expected = [
        "name: Option<String>",
        "next: Option<Box<Node>>",
        "children: Option<Vec<Node>>",
    ];
    assert_eq!(api.lower().fields("Node"), expected);
}

#[test]
fn types_that_hold_each_other_are_boxed_once() {
    let mut api = ApiBuilder::default();
    let first = api.component("First", Shape::Any);
    let second = api.component("Second", Shape::Any);
    let third = api.component("Third", Shape::Any);
    api.redefine(first, required(&[("second", second)]));
    api.redefine(second, required(&[("third", third)]));
    api.redefine(third, object(&[("first", first), ("second", second)]));
    let lowered = api.lower();
    assert_eq!(lowered.fields("First"), ["second: Second"]);
    assert_eq!(lowered.fields("Second"), ["third: Third"]);
    assert_eq!(
        lowered.fields("Third"),
        ["first: Option<Box<First>>", "second: Option<Box<Second>>"]
    );
}

#[test]
fn a_required_cycle_is_boxed_too() {
    let mut api = ApiBuilder::default();
    let first = api.component("First", Shape::Any);
    api.redefine(first, required(&[("first", first)]));
    assert_eq!(api.lower().fields("First"), ["first: Box<First>"]);
}

#[test]
fn cycles_through_unions_nullables_tuples_and_aliases_are_found() {
    let mut api = ApiBuilder::default();
    let expression = api.component("Expression", Shape::Any);
    let alias = api.component("Operand", Shape::Alias(expression));
    let maybe = api.component("Maybe", Shape::Nullable(alias));
    let binary = api.component("Binary", Shape::Any);
    let pair = api.inside(binary, property("pair"), pair_of(alias, maybe));
    api.redefine(binary, required(&[("pair", pair), ("left", alias), ("right", maybe)]));
    let literal = api.component("Literal", string());
    api.redefine(expression, union(&[binary, literal]));
    let lowered = api.lower();
    assert_eq!(lowered.variants("Expression"), ["Binary(Binary)", "Literal(Literal)"]);
    let expected = [
        "pair: (Box<Operand>, Option<Box<Maybe>>)",
        "left: Box<Operand>",
        "right: Option<Box<Maybe>>",
    ];
    assert_eq!(lowered.fields("Binary"), expected);
}

fn pair_of(first: specsmith_ir::TypeId, second: specsmith_ir::TypeId) -> Shape {
    Shape::Tuple(specsmith_ir::Tuple {
        items: vec![first, second],
        rest: None,
        min_items: None,
        max_items: None,
    })
}

#[test]
fn no_box_can_be_left_out() {
    let mut api = ApiBuilder::default();
    let all: Vec<_> = (0..12)
        .map(|index| api.component(&format!("Type{index}"), Shape::Any))
        .collect();
    for (index, id) in all.iter().enumerate() {
        let to = |step: usize| all[(index * step + 1) % all.len()];
        api.redefine(*id, object(&[("a", to(1)), ("b", to(2)), ("c", to(3))]));
    }
    let model = api.lower().model;
    let boxes = |model: &crate::Model| {
        let mut places = Vec::new();
        for (index, item) in model.types.iter().enumerate() {
            if let TypeBody::Struct(body) = &item.body {
                let is_boxed = |field: &crate::model::Field| matches!(&field.ty, RustType::Option(inner) if matches!(**inner, RustType::Boxed(_)));
                places.extend(
                    (0..body.fields.len())
                        .filter(|place| is_boxed(&body.fields[*place]))
                        .map(|place| (index, place)),
                );
            }
        }
        places
    };
    let places = boxes(&model);
    assert!(!places.is_empty());
    for (item, field) in places {
        let mut without = model.clone();
        if let TypeBody::Struct(body) = &mut without.types[item].body
            && let RustType::Option(inner) = &mut body.fields[field].ty
            && let RustType::Boxed(held) = inner.as_mut()
        {
            let held = (**held).clone();
            **inner = held;
        }
        assert!(
            has_cycle(&without, Edges::Direct),
            "the box of {item}.{field} is not needed"
        );
    }
}

#[test]
fn lists_and_maps_need_no_box() {
    let mut api = ApiBuilder::default();
    let tree = api.component("Tree", Shape::Any);
    let map = api.inside(
        tree,
        property("by_name"),
        Shape::Object(empty_object(Rest::Typed(tree))),
    );
    let list = api.inside(tree, property("children"), list(tree));
    api.redefine(tree, required(&[("by_name", map), ("children", list)]));
    assert_eq!(
        api.lower().fields("Tree"),
        ["by_name: Map<Tree>", "children: Vec<Tree>"]
    );
}

#[test]
fn aliases_of_themselves_are_types_of_their_own_where_they_are_more_than_names() {
    let mut api = ApiBuilder::default();
    let own = api.component("Own", Shape::Any);
    api.redefine(own, Shape::Alias(own));
    let nested = api.component("Nested", Shape::Any);
    api.redefine(nested, list(nested));
    let first = api.component("First", Shape::Any);
    let second = api.component("Second", Shape::Nullable(first));
    let items = api.inside(first, Step::Items, list(second));
    api.redefine(first, list(items));
    let lowered = api.lower();
    assert_eq!(lowered.alias("Own"), "Value");
    assert_eq!(lowered.newtype("Nested"), "Vec<Nested>");
    assert_eq!(lowered.newtype("First"), "Vec<Vec<Option<Second>>>");
    assert_eq!(lowered.alias("Second"), "First");
    assert_eq!(lowered.codes(), ["not-generated"]);
}

#[test]
fn unnamed_types_inside_themselves_end() {
    let mut api = ApiBuilder::default();
    let holder = api.component("Holder", Shape::Any);
    let own = api.inside(holder, property("own"), Shape::Any);
    api.redefine(own, list(own));
    let null = api.inside(holder, property("null"), Shape::Any);
    api.redefine(null, Shape::Nullable(null));
    api.redefine(holder, object(&[("own", own), ("null", null)]));
    let lowered = api.lower();
    assert_eq!(
        lowered.fields("Holder"),
        ["own: Option<HolderOwn>", "null: Nullable<Value>"]
    );
    assert_eq!(lowered.newtype("HolderOwn"), "Vec<HolderOwn>");
    assert!(lowered.codes().contains(&"not-generated"));
}
