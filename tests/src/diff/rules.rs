//! Rules that edit documents of others, each at the first place that fits, and what the two versions differ in.

use serde_json::{Value, json};
use specsmith::Config;

/// A kind of change: two versions of one place, and what they differ in both ways.
pub(super) struct Rule {
    /// What is edited.
    pub(super) what: &'static str,
    place: Place,
    old: Edit,
    new: Edit,
    /// The kind of the change, what it breaks of clients and servers: `parameter-added compatible breaking`.
    there: &'static str,
    back: &'static str,
}

type Edit = fn(&mut Value);

/// What an edit gets.
#[derive(Clone, Copy)]
enum Place {
    /// The whole document.
    Document,
    /// Any operation.
    Operation,
    /// An operation that may have a body, and has none.
    Bodiless,
    /// An operation with an operationId.
    Named,
    /// An operation with a first response of its own.
    Answering,
}

impl Rule {
    /// Compares both versions of a document in both ways; `false` where it has no place for the rule.
    pub(super) fn apply(&self, name: &str, document: &Value, wrong: &mut Vec<String>) -> bool {
        let Some(place) = self.place.find(document) else {
            return false;
        };
        let edited = |edit: Edit| {
            let mut edited = document.clone();
            edit(edited.pointer_mut(&place).expect("the place"));
            edited.to_string()
        };
        let (old, new) = (edited(self.old), edited(self.new));
        for (from, to, expected) in [(&old, &new, self.there), (&new, &old, self.back)] {
            let config = |text: &str| Config::from_text("openapi", text);
            let diff = specsmith::diff(&config(from), &config(to)).expect("two documents");
            let told: Vec<String> = diff
                .changes
                .iter()
                .map(|change| {
                    let verdict = change.verdict;
                    format!("{} {} {}", change.kind, verdict.clients.name(), verdict.servers.name())
                })
                .collect();
            if !told.iter().any(|told| told == expected) {
                wrong.push(format!(
                    "{name}: {} at {place} is {told:?}, and not {expected}",
                    self.what
                ));
            }
        }
        true
    }
}

impl Place {
    /// The pointer of the first place that fits.
    fn find(self, document: &Value) -> Option<String> {
        if let Place::Document = self {
            return Some(String::new());
        }
        let paths = document.get("paths")?.as_object()?;
        let escaped = |path: &str| path.replace('~', "~0").replace('/', "~1");
        paths.iter().find_map(|(path, item)| {
            let operations = item.as_object()?.iter();
            let mut operations = operations.filter(|(_, of)| of.get("responses").is_some());
            let (method, _) = operations.find(|(method, operation)| self.fits(method, operation))?;
            Some(format!("/paths/{}/{method}", escaped(path)))
        })
    }

    fn fits(self, method: &str, operation: &Value) -> bool {
        let sends = ["put", "post", "patch"].contains(&method);
        match self {
            Place::Document | Place::Operation => true,
            Place::Bodiless => sends && operation.get("requestBody").is_none(),
            Place::Named => operation.get("operationId").is_some(),
            Place::Answering => {
                let mut responses = operation["responses"].as_object().into_iter().flatten();
                let first = responses.next();
                first.is_some_and(|(status, of)| status.starts_with('2') && of.get("$ref").is_none())
            }
        }
    }
}

fn as_it_is(_: &mut Value) {}

fn parameter(operation: &mut Value, rest: &Value) {
    let mut parameter = json!({ "name": "zzSpecsmith", "in": "query" });
    merge(&mut parameter, rest);
    let list = operation.as_object_mut().expect("an operation").entry("parameters");
    list.or_insert_with(|| json!([]))
        .as_array_mut()
        .expect("a list")
        .push(parameter);
}

fn merge(value: &mut Value, rest: &Value) {
    let value = value.as_object_mut().expect("an object");
    value.extend(rest.as_object().expect("an object").clone());
}

/// A response that no document has.
fn teapot(operation: &mut Value, schema: &Value) {
    operation["responses"]["418"] =
        json!({ "description": "A teapot.", "content": { "application/json": { "schema": schema } } });
}

fn body(operation: &mut Value, required: bool, schema: &Value) {
    operation["requestBody"] = json!({ "required": required, "content": { "application/json": { "schema": schema } } });
}

fn header(operation: &mut Value, required: bool) {
    let responses = operation["responses"].as_object_mut().expect("responses");
    let (_, first) = responses.iter_mut().next().expect("a response");
    first["headers"]["X-Zz-Specsmith"] = json!({ "required": required, "schema": { "type": "string" } });
}

fn scheme(document: &mut Value) {
    document["components"]["securitySchemes"]["zzSpecsmith"] = json!({ "type": "http", "scheme": "bearer" });
}

const fn rule(
    what: &'static str,
    place: Place,
    (old, new): (Edit, Edit),
    (there, back): (&'static str, &'static str),
) -> Rule {
    Rule {
        what,
        place,
        old,
        new,
        there,
        back,
    }
}

pub(super) const RULES: &[Rule] = &[
    rule(
        "the version of the API",
        Place::Document,
        (as_it_is, |document| document["info"]["version"] = json!("zz")),
        ("api-version-changed docs docs", "api-version-changed docs docs"),
    ),
    rule(
        "the servers",
        Place::Document,
        (
            |document| document["servers"] = json!([{ "url": "https://a.example" }]),
            |document| document["servers"] = json!([{ "url": "https://b.example" }]),
        ),
        (
            "api-servers-changed breaking breaking",
            "api-servers-changed breaking breaking",
        ),
    ),
    rule(
        "a security scheme",
        Place::Document,
        (as_it_is, scheme),
        (
            "security-scheme-added compatible compatible",
            "security-scheme-removed compatible compatible",
        ),
    ),
    rule(
        "a schema",
        Place::Document,
        (as_it_is, |document| {
            document["components"]["schemas"]["ZzSpecsmith"] = json!({ "type": "object" });
        }),
        (
            "schema-added compatible compatible",
            "schema-removed compatible compatible",
        ),
    ),
    rule(
        "an operation",
        Place::Document,
        (as_it_is, |document| {
            document["paths"]["/zz-specsmith"]["get"] = json!({ "responses": { "204": { "description": "Done." } } });
        }),
        (
            "operation-added compatible breaking",
            "operation-removed breaking compatible",
        ),
    ),
    rule(
        "a webhook",
        Place::Document,
        (as_it_is, |document| {
            document["webhooks"]["zzSpecsmith"]["post"] = json!({ "responses": { "200": { "description": "Done." } } });
        }),
        (
            "webhook-added compatible breaking",
            "webhook-removed breaking compatible",
        ),
    ),
    rule(
        "an optional parameter",
        Place::Operation,
        (as_it_is, |of| parameter(of, &json!({ "schema": { "type": "string" } }))),
        (
            "parameter-added compatible breaking",
            "parameter-removed breaking compatible",
        ),
    ),
    rule(
        "a required parameter",
        Place::Operation,
        (as_it_is, |of| {
            parameter(of, &json!({ "required": true, "schema": { "type": "string" } }));
        }),
        (
            "parameter-added-required breaking breaking",
            "parameter-removed breaking compatible",
        ),
    ),
    rule(
        "whether a parameter must be sent",
        Place::Operation,
        (
            |of| parameter(of, &json!({ "schema": { "type": "string" } })),
            |of| parameter(of, &json!({ "required": true, "schema": { "type": "string" } })),
        ),
        (
            "parameter-required breaking compatible",
            "parameter-optional compatible breaking",
        ),
    ),
    rule(
        "the type of a parameter",
        Place::Operation,
        (
            |of| parameter(of, &json!({ "schema": { "type": "boolean" } })),
            |of| parameter(of, &json!({ "schema": { "type": "integer" } })),
        ),
        (
            "parameter-type-changed breaking breaking",
            "parameter-type-changed breaking breaking",
        ),
    ),
    rule(
        "the default of a parameter",
        Place::Operation,
        (
            |of| parameter(of, &json!({ "schema": { "type": "string", "default": "a" } })),
            |of| parameter(of, &json!({ "schema": { "type": "string", "default": "b" } })),
        ),
        (
            "parameter-default-changed breaking breaking",
            "parameter-default-changed breaking breaking",
        ),
    ),
    rule(
        "that a parameter has a default",
        Place::Operation,
        (
            |of| parameter(of, &json!({ "schema": { "type": "string" } })),
            |of| parameter(of, &json!({ "schema": { "type": "string", "default": "b" } })),
        ),
        (
            "parameter-default-added compatible breaking",
            "parameter-default-removed breaking breaking",
        ),
    ),
    rule(
        "the limit of a parameter",
        Place::Operation,
        (
            |of| parameter(of, &json!({ "schema": { "type": "string" } })),
            |of| parameter(of, &json!({ "schema": { "type": "string", "maxLength": 5 } })),
        ),
        (
            "parameter-limits-narrowed breaking compatible",
            "parameter-limits-widened compatible breaking",
        ),
    ),
    rule(
        "how a parameter is written",
        Place::Operation,
        (
            |of| {
                parameter(
                    of,
                    &json!({ "schema": { "type": "array", "items": { "type": "string" } } }),
                )
            },
            |of| {
                let list = json!({ "type": "array", "items": { "type": "string" } });
                parameter(of, &json!({ "explode": false, "schema": list }));
            },
        ),
        (
            "parameter-encoding-changed breaking breaking",
            "parameter-encoding-changed breaking breaking",
        ),
    ),
    rule(
        "a value of a parameter",
        Place::Operation,
        (
            |of| parameter(of, &json!({ "schema": { "enum": ["a", "b"] } })),
            |of| parameter(of, &json!({ "schema": { "enum": ["a", "b", "c"] } })),
        ),
        ("value-added compatible breaking", "value-removed breaking compatible"),
    ),
    rule(
        "a response of failure",
        Place::Operation,
        (as_it_is, |of| teapot(of, &json!({ "type": "string" }))),
        (
            "response-added compatible compatible",
            "response-removed compatible breaking",
        ),
    ),
    rule(
        "a field of a response",
        Place::Operation,
        (
            |of| teapot(of, &json!({ "type": "object", "properties": { "a": {} } })),
            |of| {
                teapot(
                    of,
                    &json!({ "type": "object", "properties": { "a": {}, "b": { "type": "string" } } }),
                )
            },
        ),
        (
            "field-added compatible compatible",
            "field-removed compatible compatible",
        ),
    ),
    rule(
        "whether a field of a response is always there",
        Place::Operation,
        (
            |of| {
                teapot(
                    of,
                    &json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
                )
            },
            |of| {
                let properties = json!({ "a": { "type": "string" } });
                teapot(
                    of,
                    &json!({ "type": "object", "required": ["a"], "properties": properties }),
                );
            },
        ),
        (
            "field-required compatible breaking",
            "field-optional breaking compatible",
        ),
    ),
    rule(
        "null in a response",
        Place::Operation,
        (
            |of| {
                teapot(
                    of,
                    &json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
                )
            },
            |of| {
                teapot(
                    of,
                    &json!({ "type": "object", "properties": { "a": { "type": ["string", "null"] } } }),
                )
            },
        ),
        (
            "field-type-widened breaking compatible",
            "field-type-narrowed compatible breaking",
        ),
    ),
    rule(
        "a header that may be there",
        Place::Answering,
        (as_it_is, |of| header(of, false)),
        (
            "header-added compatible compatible",
            "header-removed compatible compatible",
        ),
    ),
    rule(
        "a header that is always there",
        Place::Answering,
        (as_it_is, |of| header(of, true)),
        (
            "header-added-required compatible breaking",
            "header-removed breaking compatible",
        ),
    ),
    rule(
        "an optional body",
        Place::Bodiless,
        (as_it_is, |of| body(of, false, &json!({ "type": "string" }))),
        ("body-added compatible breaking", "body-removed breaking compatible"),
    ),
    rule(
        "a required body",
        Place::Bodiless,
        (as_it_is, |of| body(of, true, &json!({ "type": "string" }))),
        (
            "body-added-required breaking breaking",
            "body-removed breaking compatible",
        ),
    ),
    rule(
        "whether a body must be sent",
        Place::Bodiless,
        (
            |of| body(of, false, &json!({ "type": "string" })),
            |of| body(of, true, &json!({ "type": "string" })),
        ),
        ("body-required breaking compatible", "body-optional compatible breaking"),
    ),
    rule(
        "a media type of a request",
        Place::Bodiless,
        (
            |of| body(of, true, &json!({ "type": "string" })),
            |of| {
                body(of, true, &json!({ "type": "string" }));
                of["requestBody"]["content"]["text/plain"] = json!({});
            },
        ),
        (
            "media-type-added compatible breaking",
            "media-type-removed breaking compatible",
        ),
    ),
    rule(
        "an optional field of a request",
        Place::Bodiless,
        (
            |of| body(of, true, &json!({ "type": "object", "properties": { "a": {} } })),
            |of| {
                let properties = json!({ "a": {}, "b": { "type": "string" } });
                body(of, true, &json!({ "type": "object", "properties": properties }));
            },
        ),
        ("field-added compatible breaking", "field-removed breaking compatible"),
    ),
    rule(
        "a required field of a request",
        Place::Bodiless,
        (
            |of| body(of, true, &json!({ "type": "object", "properties": { "a": {} } })),
            |of| {
                let properties = json!({ "a": {}, "b": { "type": "string" } });
                body(
                    of,
                    true,
                    &json!({ "type": "object", "required": ["b"], "properties": properties }),
                );
            },
        ),
        (
            "field-added-required breaking breaking",
            "field-removed breaking compatible",
        ),
    ),
    rule(
        "the limit of a field of a request",
        Place::Bodiless,
        (
            |of| {
                body(
                    of,
                    true,
                    &json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
                )
            },
            |of| {
                let properties = json!({ "a": { "type": "string", "maxLength": 9 } });
                body(of, true, &json!({ "type": "object", "properties": properties }));
            },
        ),
        (
            "field-limits-narrowed breaking compatible",
            "field-limits-widened compatible breaking",
        ),
    ),
    rule(
        "a longer number in a request",
        Place::Bodiless,
        (
            |of| {
                let properties = json!({ "a": { "type": "integer", "format": "int32" } });
                body(of, true, &json!({ "type": "object", "properties": properties }));
            },
            |of| {
                let properties = json!({ "a": { "type": "integer", "format": "int64" } });
                body(of, true, &json!({ "type": "object", "properties": properties }));
            },
        ),
        (
            "field-type-widened compatible breaking",
            "field-type-narrowed breaking compatible",
        ),
    ),
    rule(
        "that an operation is deprecated",
        Place::Operation,
        (
            |of| of["deprecated"] = json!(false),
            |of| of["deprecated"] = json!(true),
        ),
        (
            "operation-deprecation-added compatible compatible",
            "operation-deprecation-removed compatible compatible",
        ),
    ),
    rule(
        "the description of an operation",
        Place::Operation,
        (as_it_is, |of| of["description"] = json!("zz")),
        (
            "operation-description-changed docs docs",
            "operation-description-changed docs docs",
        ),
    ),
    rule(
        "the operationId",
        Place::Named,
        (as_it_is, |of| of["operationId"] = json!("zzSpecsmith")),
        (
            "operation-operation-id-changed compatible compatible",
            "operation-operation-id-changed compatible compatible",
        ),
    ),
];
