//! What documents share: inline parts become components, and references lead deep into others.

use serde_json::{Map, Value, json};

use super::draw::Draw;

/// Makes components of some parameters, bodies, responses and headers, refers to members of schemas, and links operations.
pub(super) fn share(document: &mut Value, draw: &mut Draw) {
    let ids = ids(document);
    let mut components = Map::new();
    for item in document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        let operations = item.as_object_mut().into_iter().flatten();
        for (_, operation) in operations.filter(|(key, _)| !matches!(key.as_str(), "parameters" | "servers")) {
            share_operation(operation, draw, &ids, &mut components);
        }
        for parameter in item["parameters"].as_array_mut().into_iter().flatten() {
            hoist(parameter, "parameters", draw, &mut components);
        }
    }
    // What was looked for and not there is null now.
    for item in document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut) {
        let members = item.as_object_mut().into_iter();
        members.for_each(|members| members.retain(|_, value| !value.is_null()));
    }
    for (kind, found) in components {
        document["components"][kind] = found;
    }
    refer_deeply(document, draw);
}

/// The document and its schemas as two files, of which the second is called `name` and stands beside the first.
pub(super) fn apart(mut document: Value, name: &str) -> [String; 2] {
    let schemas = document["components"]["schemas"].take();
    if let Some(components) = document["components"].as_object_mut() {
        components.remove("schemas");
    }
    let text = |value: &Value, to: &str| {
        let text = serde_json::to_string_pretty(value).expect("text");
        text.replace("#/components/schemas/", &format!("{to}#/"))
    };
    [text(&document, name), text(&schemas, "")]
}

/// The ids of all operations.
fn ids(document: &Value) -> Vec<String> {
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    let operations = items.flat_map(|item| item.as_object().into_iter().flat_map(Map::values));
    let ids = operations.filter_map(|operation| operation.get("operationId")?.as_str());
    ids.map(str::to_owned).collect()
}

fn share_operation(operation: &mut Value, draw: &mut Draw, ids: &[String], components: &mut Map<String, Value>) {
    let Some(operation) = operation.as_object_mut() else {
        return;
    };
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        hoist(parameter, "parameters", draw, components);
    }
    if let Some(body) = operation.get_mut("requestBody") {
        hoist(body, "requestBodies", draw, components);
    }
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
    for response in responses.into_iter().flat_map(Map::values_mut) {
        let headers = response.get_mut("headers").and_then(Value::as_object_mut);
        for header in headers.into_iter().flat_map(Map::values_mut) {
            hoist(header, "headers", draw, components);
        }
        if draw.chance(10) && !ids.is_empty() {
            let id = &ids[draw.between(0, ids.len() - 1)];
            let value = draw.of(&[
                "$response.body#/id",
                "$request.path.id",
                "fixed",
                "$response.header.ETag",
            ]);
            response["links"] = json!({"next one": {"operationId": id, "parameters": {"id": value}}});
        }
        hoist(response, "responses", draw, components);
    }
}

/// Moves a value among the components of a kind, and leaves a reference.
fn hoist(value: &mut Value, kind: &str, draw: &mut Draw, components: &mut Map<String, Value>) {
    if !draw.chance(15) {
        return;
    }
    let name = draw.component();
    let of_kind = components.entry(kind).or_insert_with(|| json!({}));
    let reference = json!({"$ref": format!("#/components/{kind}/{name}")});
    if of_kind.get(&name).is_none() {
        of_kind[name] = std::mem::replace(value, reference);
    }
}

/// Gives some schemas members that are members of others, by where these stand.
fn refer_deeply(document: &mut Value, draw: &mut Draw) {
    let escaped = |text: &str| {
        let text = text.replace('~', "~0").replace('/', "~1");
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?".contains(c);
        let mut escaped = String::new();
        for c in text.chars() {
            match plain(c) {
                true => escaped.push(c),
                false => c
                    .to_string()
                    .bytes()
                    .for_each(|byte| escaped.push_str(&format!("%{byte:02X}"))),
            }
        }
        escaped
    };
    let mut places = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        for property in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(Map::keys)
        {
            places.push(format!("#/components/schemas/{name}/properties/{}", escaped(property)));
        }
    }
    if places.is_empty() {
        return;
    }
    for schema in document["components"]["schemas"]
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
    {
        if schema.get("properties").is_some() && draw.chance(20) {
            let place = &places[draw.between(0, places.len() - 1)];
            schema["properties"]["deep"] = json!({"$ref": place});
        }
    }
}
