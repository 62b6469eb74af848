//! Where examples stand in a document of OpenAPI 3.2, and which schema each is an example of.

use serde_json::Value;

/// An example value and the schema that it should fit.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    /// The JSON Pointer of the schema.
    pub schema: String,
    /// The JSON Pointer of the value.
    pub place: String,
    /// The value.
    pub value: Value,
}

/// All examples of a document, in its order.
pub(crate) fn examples(document: &Value) -> Vec<Example> {
    let mut walk = Walk {
        document,
        examples: Vec::new(),
        bodies: Vec::new(),
    };
    walk.document();
    walk.examples
}

/// The JSON Pointers of what has a type for callers: named schemas, and schemas of media types that only stand there.
pub(crate) fn roots(document: &Value) -> Vec<String> {
    let mut walk = Walk {
        document,
        examples: Vec::new(),
        bodies: Vec::new(),
    };
    walk.document();
    let named = document.pointer("/components/schemas").and_then(Value::as_object);
    let names = named
        .into_iter()
        .flatten()
        .map(|(name, _)| format!("/components/schemas/{}", escape(name)));
    names.chain(walk.bodies).collect()
}

/// A name as a step of a JSON Pointer.
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];
/// Keywords that hold one schema.
const ONE: &[&str] = &[
    "items",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "propertyNames",
    "then",
    "else",
];
/// Keywords that hold schemas by name.
const NAMED: &[&str] = &["properties", "patternProperties", "$defs", "dependentSchemas"];
/// Keywords that hold a list of schemas.
const LISTED: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];

type Visit<'d> = fn(&mut Walk<'d>, &Value, &str);

struct Walk<'d> {
    document: &'d Value,
    examples: Vec<Example>,
    /// The schemas of media types that are no references.
    bodies: Vec<String>,
}

impl<'d> Walk<'d> {
    fn document(&mut self) {
        let root = self.document;
        self.each(root, "", "paths", Walk::path_item);
        self.each(root, "", "webhooks", Walk::path_item);
        let Some(components) = root.get("components") else {
            return;
        };
        for (name, visit) in [
            ("schemas", Walk::schema as Visit<'d>),
            ("responses", Walk::response),
            ("parameters", Walk::parameter),
            ("headers", Walk::parameter),
            ("requestBodies", Walk::body),
            ("callbacks", Walk::callback),
            ("pathItems", Walk::path_item),
            ("mediaTypes", Walk::media_type),
        ] {
            self.each(components, "/components", name, visit);
        }
    }

    /// Visits each member or item of a member.
    fn each(&mut self, parent: &Value, place: &str, name: &str, visit: Visit<'d>) {
        match parent.get(name) {
            Some(Value::Object(members)) => {
                for (key, value) in members.iter().filter(|(key, _)| !key.starts_with("x-")) {
                    visit(self, value, &format!("{place}/{}/{}", escape(name), escape(key)));
                }
            }
            Some(Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    visit(self, value, &format!("{place}/{}/{index}", escape(name)));
                }
            }
            _ => {}
        }
    }

    fn one(&mut self, parent: &Value, place: &str, name: &str, visit: Visit<'d>) {
        if let Some(value) = parent.get(name) {
            visit(self, value, &format!("{place}/{}", escape(name)));
        }
    }

    fn path_item(&mut self, item: &Value, place: &str) {
        self.each(item, place, "parameters", Walk::parameter);
        for method in METHODS {
            self.one(item, place, method, Walk::operation);
        }
        self.each(item, place, "additionalOperations", Walk::operation);
    }

    fn operation(&mut self, operation: &Value, place: &str) {
        self.each(operation, place, "parameters", Walk::parameter);
        self.one(operation, place, "requestBody", Walk::body);
        self.each(operation, place, "responses", Walk::response);
        self.each(operation, place, "callbacks", Walk::callback);
    }

    fn callback(&mut self, callback: &Value, place: &str) {
        for (key, item) in callback.as_object().into_iter().flatten() {
            self.path_item(item, &format!("{place}/{}", escape(key)));
        }
    }

    fn body(&mut self, body: &Value, place: &str) {
        self.each(body, place, "content", Walk::media_type);
    }

    fn response(&mut self, response: &Value, place: &str) {
        self.each(response, place, "headers", Walk::parameter);
        self.each(response, place, "content", Walk::media_type);
    }

    fn parameter(&mut self, parameter: &Value, place: &str) {
        self.each(parameter, place, "content", Walk::media_type);
        self.with_schema(parameter, place);
    }

    fn media_type(&mut self, media_type: &Value, place: &str) {
        self.one(media_type, place, "itemSchema", Walk::schema);
        if media_type
            .get("schema")
            .is_some_and(|schema| schema.get("$ref").is_none())
        {
            self.bodies.push(format!("{place}/schema"));
        }
        self.with_schema(media_type, place);
    }

    /// An object with a schema and examples of it.
    fn with_schema(&mut self, object: &Value, place: &str) {
        self.one(object, place, "schema", Walk::schema);
        if object.get("schema").is_none() {
            return;
        }
        let schema = format!("{place}/schema");
        if let Some(value) = object.get("example") {
            self.add(&schema, format!("{place}/example"), value);
        }
        for (name, example) in object.get("examples").and_then(Value::as_object).into_iter().flatten() {
            let place = format!("{place}/examples/{}", escape(name));
            let reference = example.get("$ref").and_then(Value::as_str);
            let example = match reference.and_then(|reference| reference.strip_prefix('#')) {
                Some(pointer) => self.document.pointer(pointer).unwrap_or(&Value::Null),
                None => example,
            };
            for keyword in ["value", "dataValue"] {
                if let Some(value) = example.get(keyword) {
                    self.add(&schema, format!("{place}/{keyword}"), value);
                }
            }
        }
    }

    fn schema(&mut self, schema: &Value, place: &str) {
        for keyword in ONE {
            self.one(schema, place, keyword, Walk::schema);
        }
        for keyword in NAMED {
            self.each_schema(schema, place, keyword);
        }
        for keyword in LISTED {
            self.each(schema, place, keyword, Walk::schema);
        }
        if let Some(value) = schema.get("example") {
            self.add(place, format!("{place}/example"), value);
        }
        for (index, value) in schema
            .get("examples")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .enumerate()
        {
            self.add(place, format!("{place}/examples/{index}"), value);
        }
    }

    /// Schemas by name, where a name that begins with `x-` is one like others.
    fn each_schema(&mut self, schema: &Value, place: &str, keyword: &str) {
        for (key, value) in schema.get(keyword).and_then(Value::as_object).into_iter().flatten() {
            self.schema(value, &format!("{place}/{}/{}", escape(keyword), escape(key)));
        }
    }

    fn add(&mut self, schema: &str, place: String, value: &Value) {
        self.examples.push(Example {
            schema: schema.to_owned(),
            place,
            value: value.clone(),
        });
    }
}
