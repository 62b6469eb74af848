//! Whole documents, with their paths, components and webhooks.

use serde_json::{Map, Value, json};

use super::{draw::Draw, schemas::Schemas, shared, swagger};

const METHODS: &[&str] = &[
    "get", "get", "get", "post", "post", "put", "patch", "delete", "head", "options", "trace",
];

/// The document of a seed.
pub(super) fn document(seed: u64) -> Value {
    let mut draw = Draw::new(seed);
    let version = draw.weighed(&[(55, "3.1.0"), (20, "3.2.0"), (25, "3.0.3")]);
    let mut names: Vec<String> = Vec::new();
    for _ in 0..draw.between(3, 12) {
        let name = draw.component();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let tags = draw.names(1, 4);
    let schemes = schemes(&mut draw);
    let mut maker = Maker {
        schemas: Schemas {
            draw: &mut draw,
            names: &names,
            before: 0,
        },
        tags,
        schemes: schemes.keys().cloned().collect(),
        operations: Vec::new(),
        version,
    };
    let mut document = json!({
        "openapi": version,
        "info": {"title": format!("Random {seed}"), "version": "1", "description": maker.schemas.draw.text()},
        "paths": maker.paths(),
        "components": {"schemas": maker.components(), "securitySchemes": schemes},
    });
    maker.top(&mut document);
    if version != "3.0.3" && maker.schemas.draw.chance(40) {
        document["webhooks"] = maker.webhooks();
    }
    if version == "3.0.3" && draw.chance(50) {
        return swagger::swagger(&document);
    }
    shared::share(&mut document, &mut draw);
    document
}

/// Security schemes of all types.
fn schemes(draw: &mut Draw) -> Map<String, Value> {
    let mut schemes = Map::new();
    for _ in 0..draw.between(0, 3) {
        let scopes = json!({"read:all": "Reads.", "write": ""});
        let scheme = match draw.between(0, 5) {
            0 => json!({"type": "http", "scheme": "bearer"}),
            1 => json!({"type": "http", "scheme": draw.of(&["basic", "digest", "Bearer"])}),
            2 => {
                json!({"type": "apiKey", "in": draw.of(&["header", "query", "cookie"]), "name": draw.of(&["X-Key", "key", "api key"])})
            }
            3 => {
                json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": scopes}}})
            }
            4 => {
                json!({"type": "openIdConnect", "openIdConnectUrl": "https://example.com/.well-known/openid-configuration"})
            }
            _ => json!({"type": "mutualTLS"}),
        };
        schemes.insert(draw.component(), scheme);
    }
    schemes
}

/// Draws the parts of a document that know of each other.
struct Maker<'a> {
    schemas: Schemas<'a>,
    tags: Vec<String>,
    schemes: Vec<String>,
    operations: Vec<String>,
    version: &'static str,
}

impl Maker<'_> {
    fn components(&mut self) -> Value {
        let names = self.schemas.names;
        let mut components = Map::new();
        for (index, name) in names.iter().enumerate() {
            self.schemas.before = index;
            components.insert(name.clone(), self.schemas.own(4));
        }
        if self.schemas.draw.chance(40) {
            self.family(&mut components);
        }
        Value::Object(components)
    }

    /// Adds schemas that are made of another one, which says by a member which of them a value is.
    fn family(&mut self, components: &mut Map<String, Value>) {
        let Schemas { draw, names, .. } = &mut self.schemas;
        let parent = format!("{}Base", draw.component());
        let tag = draw.of(&["type", "kind", "@type", "petType"]);
        let [mut mapping, mut references] = [Map::new(), Map::new()];
        let is_root = draw.chance(50);
        for _ in 0..draw.between(1, 4) {
            let name = format!("{}Child", draw.component());
            let reference = format!("#/components/schemas/{name}");
            mapping.insert(draw.name(), json!(reference));
            let grand = match names.first().filter(|_| draw.chance(20)) {
                Some(other) => json!({"properties": {"other": {"$ref": format!("#/components/schemas/{other}")}}}),
                None => json!({"type": "object", "properties": {draw.name(): {"type": "string"}}, "required": [tag]}),
            };
            let parts = json!([{"$ref": format!("#/components/schemas/{parent}")}, grand]);
            components.insert(name, if is_root { json!({ "allOf": parts }) } else { grand });
            references.insert(reference, Value::Null);
        }
        let discriminator = match draw.chance(70) {
            true => json!({"propertyName": tag, "mapping": mapping}),
            false => json!({ "propertyName": tag }),
        };
        let branches: Vec<Value> = references.keys().map(|reference| json!({"$ref": reference})).collect();
        let base = match is_root {
            true => {
                json!({"type": "object", "required": [tag], "properties": {tag: {"type": "string"}}, "discriminator": discriminator})
            }
            false => json!({"oneOf": branches, "discriminator": discriminator}),
        };
        components.insert(parent.clone(), base);
        let list = json!({"type": "array", "items": {"$ref": format!("#/components/schemas/{parent}")}});
        components.insert(format!("{parent}List"), list);
    }

    /// What stands at the top of a document.
    fn top(&mut self, document: &mut Value) {
        let draw = &mut *self.schemas.draw;
        if draw.chance(70) {
            let url = draw.of(&[
                "https://example.com/v1",
                "/api",
                "https://{region}.example.com:{port}/{base path}",
                ".",
            ]);
            let variables = json!({
                "region": {"default": "eu", "enum": ["eu", "us", "type"]},
                "port": {"default": "443"},
                "base path": {"default": "v2", "description": "Where."},
            });
            document["servers"] = match url.contains('{') {
                true => json!([{"url": url, "variables": variables}, {"url": "https://example.com"}]),
                false => json!([{ "url": url }]),
            };
        }
        if draw.chance(50) {
            let tags = self
                .tags
                .iter()
                .map(|tag| json!({"name": tag, "description": draw.text()}));
            document["tags"] = tags.collect();
        }
        if let Some(scheme) = self.schemes.first().filter(|_| draw.chance(50)) {
            document["security"] = json!([{ scheme.as_str(): [] }]);
        }
    }

    fn paths(&mut self) -> Value {
        let mut paths = Map::new();
        for _ in 0..self.schemas.draw.between(3, 8) {
            let (path, parameters) = self.path();
            // Paths that differ only in the names of their parameters are the same.
            let shape = |path: &str| {
                path.split('{')
                    .map(|part| part.split('}').next_back().unwrap_or_default().to_owned())
                    .collect::<Vec<_>>()
            };
            if paths.keys().any(|known: &String| shape(known) == shape(&path)) {
                continue;
            }
            let mut item = json!({});
            for _ in 0..self.schemas.draw.weighed(&[(60, 1), (30, 2), (10, 3)]) {
                let method = self.schemas.draw.of(METHODS);
                item[method] = self.operation(method, true);
            }
            if self.version == "3.2.0" && self.schemas.draw.chance(15) {
                item["query"] = self.operation("post", false);
                item["additionalOperations"] = json!({"LINK": self.operation("post", false)});
            }
            if self.schemas.draw.chance(5) {
                item["servers"] = json!([{"url": "https://other.example.com"}]);
            }
            if !parameters.is_empty() {
                item["parameters"] = Value::Array(parameters);
            }
            paths.insert(path, item);
        }
        Value::Object(paths)
    }

    /// A path and its parameters.
    fn path(&mut self) -> (String, Vec<Value>) {
        let mut path = String::new();
        let mut parameters: Vec<Value> = Vec::new();
        for _ in 0..self.schemas.draw.between(1, 4) {
            let name = self.schemas.draw.name();
            let is_known = parameters.iter().any(|parameter| parameter["name"] == json!(name));
            if self.schemas.draw.chance(35)
                && !is_known
                && !name.is_empty()
                && !name.contains(['{', '}', '/', '*', '?', '#'])
            {
                let form = self
                    .schemas
                    .draw
                    .weighed(&[(80, "/{}"), (10, "/v{}"), (5, "/{}.json"), (5, "/{}:act")]);
                path.push_str(&form.replace("{}", &format!("{{{name}}}")));
                parameters.push(self.schemas.segment(&name));
            } else {
                let segment: String = name
                    .chars()
                    .filter(|c| c.is_alphanumeric() || "._-~$@+ ".contains(*c))
                    .collect();
                path.push('/');
                path.push_str(&segment);
            }
        }
        (path, parameters)
    }

    fn operation(&mut self, method: &str, has_callbacks: bool) -> Value {
        let mut operation = json!({"responses": self.schemas.responses()});
        if self.schemas.draw.chance(70) {
            let verb = self
                .schemas
                .draw
                .of(&["get", "list", "create", "update", "delete", "", "do_", "Search"]);
            let id = format!("{verb}{}", self.schemas.draw.name());
            if !id.is_empty() && !self.operations.contains(&id) {
                operation["operationId"] = json!(id);
                self.operations.push(id);
            }
        }
        let parameters = self.schemas.parameters();
        if !parameters.is_empty() {
            operation["parameters"] = Value::Array(parameters);
        }
        let percent = if matches!(method, "post" | "put" | "patch") {
            85
        } else {
            6
        };
        if self.schemas.draw.chance(percent) {
            operation["requestBody"] = self.schemas.body();
        }
        if self.schemas.draw.chance(60) {
            operation["tags"] = json!([self.tags[self.schemas.draw.between(0, self.tags.len() - 1)]]);
        }
        for (key, percent) in [("summary", 40), ("description", 40)] {
            if self.schemas.draw.chance(percent) {
                operation[key] = json!(self.schemas.draw.text());
            }
        }
        if let Some(scheme) = self.schemes.last().filter(|_| self.schemas.draw.chance(30)) {
            operation["security"] = json!([{ scheme.as_str(): [] }, {}]);
        }
        if has_callbacks && self.schemas.draw.chance(6) {
            let called = json!({"{$request.body#/url}": {"post": self.operation("post", false)}});
            operation["callbacks"] = json!({ self.schemas.draw.component(): called });
        }
        self.page(method, &mut operation);
        operation
    }

    /// Makes a list of pages of an operation that reads.
    fn page(&mut self, method: &str, operation: &mut Value) {
        if method != "get" || !self.schemas.draw.chance(12) {
            return;
        }
        let [sent, found] = self.schemas.draw.of(&[
            ["cursor", "next_cursor"],
            ["page", "next_page"],
            ["offset", "total"],
            ["after", "after"],
        ]);
        let kind = if sent == "page" || sent == "offset" {
            "integer"
        } else {
            "string"
        };
        operation["parameters"] = json!([
            {"name": sent, "in": "query", "schema": {"type": kind}},
            {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        ]);
        let mut page = json!({"type": "object", "properties": {
            "items": {"type": "array", "items": self.schemas.schema(2)},
            found: {"type": kind},
            "has_more": {"type": "boolean"},
        }});
        if self.schemas.draw.chance(50) {
            page["required"] = json!(["items", "has_more"]);
        }
        operation["responses"]["200"] =
            json!({"description": "A page.", "content": {"application/json": {"schema": page}}});
    }

    fn webhooks(&mut self) -> Value {
        let names = self.schemas.draw.names(1, 4);
        let hooks = names
            .into_iter()
            .map(|name| (name, json!({"post": self.operation("post", false)})));
        Value::Object(hooks.collect())
    }
}
