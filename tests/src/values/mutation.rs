//! Values with one thing about them that is wrong.

use serde_json::{Value, json};
use specsmith_ir::{Kind, Object, Presence, Shape, TypeId};

use super::Values;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    /// A member is missing that must be there.
    Missing,
    /// A value is of another JSON type.
    Type,
    /// A value is none of those that are allowed.
    Value,
    /// A string is too long, too short or of another form.
    Text,
    /// A number is too great or too small.
    Number,
    /// There are too many or too few items.
    Items,
    /// There is a member that must not be there.
    Unknown,
}

/// A change of a value: where, and what stands there then; `None` takes a member away.
type Change = (Wrong, Vec<String>, Option<Value>);

/// How many changes are looked for in one value.
const MAX_CHANGES: usize = 300;

impl Values<'_> {
    /// Some changes that make a value of a type one that it does not have, as far as can be seen.
    pub(crate) fn mutations(&mut self, id: TypeId, value: &Value, count: usize) -> Vec<(Wrong, String, Value)> {
        let mut changes = Vec::new();
        self.collect(id, value, &mut Vec::new(), &mut changes);
        let mut chosen = Vec::new();
        while chosen.len() < count && !changes.is_empty() {
            let (wrong, place, put) = changes.swap_remove(self.random.below(changes.len()));
            let mut value = value.clone();
            if apply(&mut value, &place, put) {
                chosen.push((wrong, format!("/{}", place.join("/")), value));
            }
        }
        chosen
    }

    fn collect(&self, id: TypeId, value: &Value, place: &mut Vec<String>, changes: &mut Vec<Change>) {
        if changes.len() >= MAX_CHANGES {
            return;
        }
        let mut add = |wrong, put: Value| changes.push((wrong, place.clone(), Some(put)));
        match (&self.api.types[id].shape, value) {
            (Shape::Alias(target), _) => self.collect(*target, value, place, changes),
            (Shape::Nullable(inner), value) if !value.is_null() => self.collect(*inner, value, place, changes),
            (Shape::Boolean, _) => add(Wrong::Type, json!("true")),
            (Shape::Integer(numeric), _) => {
                add(Wrong::Type, json!("1"));
                add(Wrong::Type, json!(1.5));
                if let Some(least) = numeric.minimum.as_ref().and_then(|least| least.as_i64()) {
                    add(Wrong::Number, json!(least - 1));
                }
                if let Some(most) = numeric.maximum.as_ref().and_then(|most| most.as_i64()) {
                    add(Wrong::Number, json!(most + 1));
                }
            }
            (Shape::Number(_), _) => add(Wrong::Type, json!("1.5")),
            (Shape::String(text), Value::String(found)) => {
                add(Wrong::Type, json!(7));
                add(Wrong::Type, json!({"a": 1}));
                if let Some(most) = text.max_length.filter(|most| *most < 10_000) {
                    add(Wrong::Text, json!("x".repeat(most as usize + 1)));
                }
                if text.min_length.is_some_and(|least| least > 0) {
                    add(Wrong::Text, json!(""));
                }
                if !text.patterns.is_empty() {
                    add(Wrong::Text, json!(format!("\u{1}{found}\u{1}")));
                }
            }
            (Shape::Enum(values), _) => match values.values.first().map(|value| value.value.kind()) {
                Some(Kind::String) => add(Wrong::Value, json!("no such value")),
                _ => add(Wrong::Value, json!(987_654_321)),
            },
            (Shape::Const(_), _) => add(Wrong::Value, json!("no such value")),
            (Shape::Array(array), Value::Array(items)) => {
                add(Wrong::Type, json!({"0": 1}));
                if array.min_items.is_some_and(|least| least > 0) {
                    add(Wrong::Items, json!([]));
                }
                if let (Some(most), Some(item)) = (array.max_items.filter(|most| *most < 1_000), items.first()) {
                    add(Wrong::Items, Value::Array(vec![item.clone(); most as usize + 1]));
                }
                for (index, item) in items.iter().enumerate().take(3) {
                    place.push(index.to_string());
                    self.collect(array.items, item, place, changes);
                    place.pop();
                }
            }
            (Shape::Object(object), Value::Object(_)) => self.collect_object(object, value, place, changes),
            _ => {}
        }
    }

    fn collect_object(&self, object: &Object, value: &Value, place: &mut Vec<String>, changes: &mut Vec<Change>) {
        changes.push((Wrong::Type, place.clone(), Some(json!([]))));
        for field in &object.fields {
            let Some(member) = value.get(&field.name) else { continue };
            place.push(field.name.clone());
            if field.presence == Presence::Required {
                changes.push((Wrong::Missing, place.clone(), None));
            }
            self.collect(field.ty, member, place, changes);
            place.pop();
        }
        if object.rest == specsmith_ir::Rest::Denied {
            place.push("no such member".to_owned());
            changes.push((Wrong::Unknown, place.clone(), Some(json!(1))));
            place.pop();
        }
    }
}

fn apply(value: &mut Value, place: &[String], put: Option<Value>) -> bool {
    let Some((last, way)) = place.split_last() else {
        return put.is_some_and(|put| {
            *value = put;
            true
        });
    };
    let mut target = value;
    for step in way {
        let next = match target {
            Value::Object(members) => members.get_mut(step),
            Value::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
            _ => None,
        };
        let Some(next) = next else { return false };
        target = next;
    }
    match (target, put) {
        (Value::Object(members), Some(put)) => drop(members.insert(last.clone(), put)),
        (Value::Object(members), None) => drop(members.remove(last)),
        (Value::Array(items), Some(put)) => match last.parse::<usize>().ok().and_then(|index| items.get_mut(index)) {
            Some(item) => *item = put,
            None => return false,
        },
        _ => return false,
    }
    true
}
