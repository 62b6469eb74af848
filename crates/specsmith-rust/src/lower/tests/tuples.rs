//! Arrays whose first items have types of their own.

use specsmith_ir::*;

use super::build::*;
use crate::model::{TupleItemKind, TypeBody};

fn tuple(items: Vec<TypeId>, rest: Option<TypeId>, min_items: Option<u64>, max_items: Option<u64>) -> Shape {
    Shape::Tuple(Tuple {
        items,
        rest,
        min_items,
        max_items,
    })
}

#[test]
fn only_a_fixed_and_short_number_of_items_is_a_tuple_of_rust() {
    let mut api = ApiBuilder::default();
    let (text, number) = (api.component("Text", string()), api.component("Count", integer()));
    let pair = vec![text, number];
    api.component("Exact", tuple(pair.clone(), None, None, None));
    api.component("Sized", tuple(pair.clone(), Some(text), Some(2), Some(2)));
    api.component("Open", tuple(pair.clone(), Some(text), Some(1), None));
    api.component("Short", tuple(pair.clone(), None, Some(0), None));
    api.component("Alike", tuple(vec![text, text], Some(text), None, None));
    api.component("Long", tuple(vec![number; 13], None, None, None));
    let lowered = api.lower();
    assert_eq!(lowered.alias("Exact"), "(Text, Count)");
    assert_eq!(lowered.alias("Sized"), "(Text, Count)");
    assert_eq!(lowered.alias("Alike"), "Vec<Text>");
    let items = |name: &str| match &lowered.item(name).body {
        TypeBody::Tuple(body) => {
            let items = body.items.iter();
            Vec::from_iter(items.map(|item| (lowered.text(&item.ty), item.kind)))
        }
        body => panic!("{body:?}"),
    };
    use TupleItemKind::{Optional, Required, Rest};
    let item = |ty: &str, kind| (ty.to_owned(), kind);
    let head = item("Text", Required);
    let tail = item("Option<Count>", Optional);
    assert_eq!(items("Open"), [head, tail.clone(), item("Vec<Text>", Rest)]);
    assert_eq!(items("Short"), [item("Option<Text>", Optional), tail]);
    assert_eq!(items("Long"), vec![item("Count", Required); 13]);
    assert!(lowered.model.uses.tuples);
}
