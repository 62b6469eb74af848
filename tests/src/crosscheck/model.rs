//! The facts that the model knows.

use std::collections::BTreeSet;

use specsmith_ir::{Api, Content, Operation, Origin, Presence, Shape, TypeId};

use super::Facts;

/// What the model says; of schemas, the properties of those in `objects`.
pub(super) fn facts(api: &Api, objects: &BTreeSet<String>) -> Facts {
    let mut facts = Facts::default();
    for operation in &api.operations {
        tell_operation(&mut facts, operation);
    }
    for (id, ty) in api.types.iter() {
        let Origin::Component(name) = &ty.origin else { continue };
        facts.tell(format!("schema {name}"));
        if objects.contains(name) {
            tell_properties(&mut facts, api, name, id);
        }
    }
    facts
}

fn tell_operation(facts: &mut Facts, operation: &Operation) {
    let what = format!("{} {}", operation.method, operation.path.text);
    let name = operation.name.as_deref().unwrap_or("-");
    facts.tell(format!("{what} is {name}"));
    for parameter in &operation.parameters {
        let required = mark(parameter.presence == Presence::Required);
        facts.tell(format!("{what} {} {}{required}", parameter.place, parameter.name));
    }
    if let Some(body) = &operation.request_body {
        let required = mark(body.required);
        facts.tell(format!("{what} body{required} {}", media_types(&body.content)));
    }
    for response in &operation.responses {
        facts.tell(format!("{what} {} {}", response.status, media_types(&response.content)));
    }
}

fn media_types(content: &[Content]) -> String {
    let names: BTreeSet<&str> = content.iter().map(|content| content.media_type.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn tell_properties(facts: &mut Facts, api: &Api, name: &str, id: TypeId) {
    let mut id = id;
    let fields = loop {
        match &api.types[id].shape {
            Shape::Nullable(inner) | Shape::Alias(inner) => id = *inner,
            Shape::Object(object) => break object.fields.as_slice(),
            shape => {
                facts.tell(
                    format!("schema {name} is no object: {shape:?}")
                        .chars()
                        .take(100)
                        .collect::<String>(),
                );
                break &[];
            }
        }
    };
    for field in fields {
        let required = mark(field.presence == Presence::Required);
        facts.tell(format!("schema {name} has {}{required}", field.name));
    }
}

/// The mark of what may be absent.
pub(super) fn mark(is_required: bool) -> &'static str {
    if is_required { "" } else { "?" }
}
