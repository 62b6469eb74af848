//! What is told of two models that were put together by hand.

use specsmith_ir::Value;

use super::{Bump, ItemChange, changes};
use crate::model::{FieldKind, RustType, TypeBody};
use crate::types::sample;
use crate::{Ident, Model};

fn lines(old: &Model, new: &Model) -> Vec<String> {
    let line = |change: &ItemChange| {
        let says = |signature: &Option<String>| signature.clone().unwrap_or_else(|| "-".to_owned());
        let (old, new) = (says(&change.old), says(&change.new));
        format!("{} {}: {old} => {new}", change.bump.name(), change.path)
    };
    changes(old, new).iter().map(line).collect()
}

#[test]
fn a_model_is_what_it_is() {
    assert_eq!(lines(&sample::model(), &sample::model()), [""; 0]);
}

#[test]
fn what_is_gone_is_major_and_what_is_new_is_minor() {
    let part = sample::model();
    let mut whole = part.clone();
    let mut more = whole.ty(sample::TAGS).clone();
    more.name = Ident::from_name("More");
    whole.types.push(more);
    assert_eq!(lines(&whole, &part), ["major types::More: = Vec<String> => -"]);
    assert_eq!(lines(&part, &whole), ["minor types::More: - => = Vec<String>"]);
}

#[test]
fn a_field_that_must_be_there_is_one_more_argument() {
    let old = sample::model();
    let mut new = old.clone();
    for item in &mut new.types {
        if let TypeBody::Struct(body) = &mut item.body
            && item.name.unraw() == "Options"
            && let Some(field) = body.fields.first_mut()
        {
            field.kind = FieldKind::Required;
            field.ty = RustType::Bool;
        }
    }
    let found = changes(&old, &new);
    let made = found.iter().find(|change| change.path == "types::Options::new");
    assert!(
        made.is_some_and(|change| change.old.is_none() && change.bump == Bump::Minor),
        "{found:?}"
    );
    assert!(found.iter().any(|change| change.bump == Bump::Major), "{found:?}");
}

#[test]
fn a_member_that_gets_a_second_value_takes_the_default_away() {
    let with = |fixed: Option<Value>| {
        let mut model = sample::model();
        for item in &mut model.types {
            if let TypeBody::Struct(body) = &mut item.body
                && item.name.unraw() == "Options"
                && let Some(field) = body.fields.first_mut()
            {
                field.kind = FieldKind::Required;
                field.ty = RustType::String;
                field.fixed = fixed.clone();
            }
        }
        model
    };
    let found = lines(&with(Some(Value::String("book".to_owned()))), &with(None));
    assert_eq!(
        found,
        [
            "major impl Default for types::Options:  => -",
            "minor types::Options::new: - => (String)"
        ]
    );
}
