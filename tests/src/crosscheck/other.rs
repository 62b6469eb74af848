//! The facts that the crate `openapiv3` knows.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, Content, OpenAPI, Operation, Parameter, ParameterData, PathItem, ReferenceOr,
    RequestBody, Response, Schema, SchemaKind, Type,
};

use super::{Facts, model::mark};

/// Whether a body is never anything but empty: an optional form that can have no fields.
fn is_empty_form(body: &RequestBody) -> bool {
    let is_empty = |schema: &ReferenceOr<Schema>| match schema {
        ReferenceOr::Item(Schema {
            schema_kind: SchemaKind::Type(Type::Object(object)),
            ..
        }) => object.properties.is_empty() && object.additional_properties == Some(AdditionalProperties::Any(false)),
        _ => false,
    };
    let is_form = |media_type: &str| media_type == "application/x-www-form-urlencoded";
    let mut contents = body.content.iter();
    !body.required
        && body.description.is_none()
        && contents.all(|(name, content)| is_form(name) && content.schema.as_ref().is_some_and(is_empty))
}

/// How far schemas are followed into each other.
const DEPTH: usize = 16;

/// Headers that are not parameters (OpenAPI 3.0, section 4.8.12.2), and those that HTTP sets.
const IGNORED: &[&str] = &["accept", "content-type", "authorization", "content-length", "host"];

/// What the crate says.
pub(super) fn facts(document: &OpenAPI) -> Facts {
    let components = document.components.clone().unwrap_or_default();
    let other = Other { components };
    let mut facts = Facts::default();
    facts.names.insert(String::new());
    for (path, item) in document.paths.iter() {
        // A reference to a path item is not read by this crate any further.
        if let ReferenceOr::Item(item) = item {
            for (method, operation) in item.iter() {
                other.tell_operation(&mut facts, (method, path), item, operation);
            }
        }
    }
    for (name, schema) in &other.components.schemas {
        facts.tell(format!("schema {name}"));
        let mut properties = Properties::default();
        if other.collect(schema, &mut properties, DEPTH) && !properties.names.is_empty() {
            facts.objects.insert(name.clone());
            for property in &properties.names {
                let required = mark(properties.required.contains(property));
                facts.tell(format!("schema {name} has {property}{required}"));
            }
        }
    }
    facts
}

struct Other {
    components: Components,
}

/// The properties of a schema with those of the schemas in its `allOf`.
#[derive(Default)]
struct Properties {
    names: BTreeSet<String>,
    required: BTreeSet<String>,
}

impl Other {
    fn tell_operation(&self, facts: &mut Facts, (method, path): (&str, &str), item: &PathItem, operation: &Operation) {
        let what = format!("{} {path}", method.to_uppercase());
        // Of operations with the same name, the first one has it.
        let name = operation.operation_id.as_deref().unwrap_or_default();
        let name = if facts.names.insert(name.to_owned()) { name } else { "-" };
        facts.tell(format!("{what} is {name}"));
        for ((place, name), required) in self.parameters(path, item, operation) {
            let ignored = place == "header" && IGNORED.contains(&name.to_ascii_lowercase().as_str());
            if !ignored {
                facts.tell(format!("{what} {place} {name}{}", mark(required)));
            }
        }
        let body = operation.request_body.as_ref().and_then(|body| self.body(body));
        if let Some(body) = body.filter(|body| !is_empty_form(body)) {
            facts.tell(format!(
                "{what} body{} {}",
                mark(body.required),
                media_types(&body.content)
            ));
        }
        let coded = operation
            .responses
            .responses
            .iter()
            .map(|(code, response)| (code.to_string(), response));
        let default = operation
            .responses
            .default
            .iter()
            .map(|response| ("default".to_owned(), response));
        for (status, response) in coded.chain(default) {
            if let Some(response) = self.response(response) {
                facts.tell(format!("{what} {status} {}", media_types(&response.content)));
            }
        }
    }

    /// The parameters of an operation with those of its path that it does not replace, by place and name.
    fn parameters(&self, path: &str, item: &PathItem, operation: &Operation) -> BTreeMap<(&'static str, String), bool> {
        let all = item.parameters.iter().chain(&operation.parameters);
        let known = all.filter_map(|parameter| resolve(parameter, &self.components.parameters, "parameters"));
        let declared = known.map(|parameter| {
            let (place, data) = place(parameter);
            ((place, data.name.clone()), data.required)
        });
        // What stands in braces in the path is a parameter, also where nothing more is said about it.
        let braces = path.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        let implied = braces.map(|(name, _)| (("path", name.to_owned()), true));
        implied.chain(declared).collect()
    }

    fn body<'a>(&'a self, body: &'a ReferenceOr<RequestBody>) -> Option<&'a RequestBody> {
        resolve(body, &self.components.request_bodies, "requestBodies")
    }

    fn response<'a>(&'a self, response: &'a ReferenceOr<Response>) -> Option<&'a Response> {
        resolve(response, &self.components.responses, "responses")
    }

    /// Collects the properties of a schema; `false` where it is something else than an object.
    fn collect(&self, schema: &ReferenceOr<Schema>, properties: &mut Properties, depth: usize) -> bool {
        let Some(schema) = resolve(schema, &self.components.schemas, "schemas").filter(|_| depth > 0) else {
            return false;
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                properties.names.extend(object.properties.keys().cloned());
                properties.required.extend(object.required.iter().cloned());
                true
            }
            SchemaKind::AllOf { all_of } => self.collect_all(all_of, properties, depth),
            // A schema of another type has no properties, whatever it lists.
            SchemaKind::Any(any) if any.typ.as_deref().is_some_and(|ty| ty != "object") => false,
            SchemaKind::Any(any) if any.one_of.is_empty() && any.any_of.is_empty() => {
                properties.names.extend(any.properties.keys().cloned());
                properties.required.extend(any.required.iter().cloned());
                self.collect_all(&any.all_of, properties, depth)
            }
            _ => false,
        }
    }

    /// Collects from each part, also behind one that is not understood.
    fn collect_all(&self, parts: &[ReferenceOr<Schema>], properties: &mut Properties, depth: usize) -> bool {
        let mut all = true;
        for part in parts {
            all &= self.collect(part, properties, depth - 1);
        }
        all
    }
}

/// An object, or the component that stands for it.
fn resolve<'a, T>(
    value: &'a ReferenceOr<T>,
    components: &'a IndexMap<String, ReferenceOr<T>>,
    section: &str,
) -> Option<&'a T> {
    let mut value = value;
    for _ in 0..DEPTH {
        match value {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix(&format!("#/components/{section}/"))?;
                value = components.get(name)?;
            }
        }
    }
    None
}

fn place(parameter: &Parameter) -> (&'static str, &ParameterData) {
    let place = match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    };
    (place, parameter.parameter_data_ref())
}

fn media_types(content: &Content) -> String {
    // A key without a slash is a keyword at the wrong place.
    let names: BTreeSet<&str> = content
        .keys()
        .map(String::as_str)
        .filter(|key| key.contains('/'))
        .collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}
