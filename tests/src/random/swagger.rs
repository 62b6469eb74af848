//! Documents in the words of Swagger 2.0.

use serde_json::{Map, Value, json};

/// What of a document Swagger 2.0 has words for.
pub(super) fn swagger(document: &Value) -> Value {
    let mut paths = Map::new();
    for (path, item) in members(&document["paths"]) {
        let operations = members(item).map(|(key, value)| {
            let value = match key.as_str() {
                "parameters" => parameters(value).into(),
                _ => operation(value),
            };
            (key.clone(), value)
        });
        let known = ["parameters", "get", "put", "post", "delete", "options", "head", "patch"];
        let operations = operations.filter(|(key, _)| known.contains(&key.as_str()));
        paths.insert(path.clone(), Value::Object(operations.collect()));
    }
    let text = json!({
        "swagger": "2.0",
        "info": document["info"],
        "host": "example.com",
        "basePath": "/v1",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": paths,
        "definitions": document["components"]["schemas"],
    });
    let text = text.to_string().replace("#/components/schemas/", "#/definitions/");
    serde_json::from_str(&text).expect("JSON")
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn operation(operation: &Value) -> Value {
    let mut converted = json!({});
    for key in ["operationId", "summary", "description", "deprecated", "tags"] {
        if let Some(value) = operation.get(key) {
            converted[key] = value.clone();
        }
    }
    let mut all = parameters(&operation["parameters"]);
    let content = &operation["requestBody"]["content"];
    if let Some((media_type, body)) = members(content).next() {
        converted["consumes"] = members(content).map(|(media_type, _)| json!(media_type)).collect();
        let fields = members(&body["schema"]["properties"]);
        match media_type.as_str() {
            "multipart/form-data" | "application/x-www-form-urlencoded" => all.extend(fields.map(|(name, schema)| {
                let is_file = media_type.starts_with("multipart") && schema["format"] == "binary";
                let kind = if is_file { "file" } else { "string" };
                json!({"name": name, "in": "formData", "type": kind})
            })),
            _ => all.push(json!({"name": "body", "in": "body", "required": true, "schema": body["schema"]})),
        }
    }
    if !all.is_empty() {
        converted["parameters"] = all.into();
    }
    let responses = members(&operation["responses"]).filter(|(status, _)| !status.ends_with("XX"));
    let responses = responses.map(|(status, response)| (status.clone(), self::response(response)));
    converted["responses"] = Value::Object(responses.collect());
    if members(&converted["responses"]).next().is_none() {
        converted["responses"]["204"] = json!({"description": "Done."});
    }
    converted
}

fn response(response: &Value) -> Value {
    let mut converted = json!({"description": response["description"]});
    let body = members(&response["content"]).next();
    if let Some(schema) = body.and_then(|(_, body)| body.get("schema")) {
        converted["schema"] = schema.clone();
    }
    let headers = members(&response["headers"]).map(|(name, header)| (name.clone(), plain(&header["schema"])));
    let headers: Map<String, Value> = headers.collect();
    if !headers.is_empty() {
        converted["headers"] = Value::Object(headers);
    }
    converted
}

fn parameters(parameters: &Value) -> Vec<Value> {
    let all = parameters.as_array().into_iter().flatten();
    let known = all.filter(|parameter| parameter["in"] != "cookie");
    let converted = known.map(|parameter| {
        let mut converted = plain(&parameter["schema"]);
        for key in ["name", "in", "required", "description"] {
            if let Some(value) = parameter.get(key) {
                converted[key] = value.clone();
            }
        }
        if converted["type"] == "array" && parameter["style"] == "pipeDelimited" {
            converted["collectionFormat"] = json!("pipes");
        }
        converted
    });
    converted.collect()
}

/// What a parameter says of its value in its own words.
fn plain(schema: &Value) -> Value {
    let mut converted = json!({"type": "string"});
    let Some(kind @ ("string" | "integer" | "number" | "boolean" | "array")) = schema["type"].as_str() else {
        return converted;
    };
    converted["type"] = json!(kind);
    for key in [
        "format",
        "enum",
        "default",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "maxItems",
    ] {
        if let Some(value) = schema.get(key) {
            converted[key] = value.clone();
        }
    }
    if kind == "array" {
        converted["items"] = plain(&schema["items"]);
    }
    converted
}
