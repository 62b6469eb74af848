//! Where everything goes, and what it is called.

use super::*;

/// The names in a section, sorted.
fn names(loaded: &Loaded, section: &str) -> Vec<String> {
    let section = loaded.at(&format!("/components/{section}"));
    let mut names: Vec<String> = section.as_object().unwrap().keys().cloned().collect();
    names.sort();
    names
}

#[test]
fn a_component_that_is_only_a_reference_becomes_its_target() {
    let text = api("    Pet: {$ref: models/pet.yaml}\n    Owner: {properties: {pet: {$ref: models/pet.yaml}}}\n");
    let folder = Folder::new(&[("api.yaml", &text), ("models/pet.yaml", "{title: Pet}")]);
    let mut loaded = folder.load();
    assert_eq!(names(&loaded, "schemas"), ["Owner", "Pet"]);
    assert_eq!(loaded.at("/components/schemas/Pet/title"), "Pet");
    assert_eq!(
        loaded.at("/components/schemas/Owner/properties/pet/$ref"),
        "#/components/schemas/Pet"
    );
    assert_eq!(loaded.findings(), "");
}

#[test]
fn files_that_refer_to_each_other_and_back_are_taken_in_once() {
    let text = api("    Pet: {properties: {a: {$ref: a.yaml}, b: {$ref: 'b.yaml#'}}}\n");
    let folder = Folder::new(&[
        ("api.yaml", &text),
        (
            "a.yaml",
            "{properties: {b: {$ref: ./b.yaml}, pet: {$ref: 'api.yaml#/components/schemas/Pet'}}}",
        ),
        (
            "b.yaml",
            "{properties: {a: {$ref: 'x/../a.yaml'}, self: {$ref: '#'}, aa: {$ref: a.yaml}}}",
        ),
    ]);
    let loaded = folder.load();
    assert_eq!(names(&loaded, "schemas"), ["Pet", "a", "b"]);
    assert_eq!(loaded.files().len(), 3);
    assert_eq!(
        loaded.at("/components/schemas/a/properties/pet/$ref"),
        "#/components/schemas/Pet"
    );
    assert_eq!(
        loaded.at("/components/schemas/b/properties/self/$ref"),
        "#/components/schemas/b"
    );
    assert_eq!(
        loaded.at("/components/schemas/b/properties/aa/$ref"),
        "#/components/schemas/a"
    );
    assert_eq!(
        loaded.at("/components/schemas/b/properties/a/$ref"),
        "#/components/schemas/a"
    );
}

#[test]
fn equal_names_are_told_apart_by_their_folders() {
    let text = api(
        "    pet: {properties: {a: {$ref: models/pet.yaml}, b: {$ref: more/Owner.yaml}, c: {$ref: models/owner.yaml}}}\n",
    );
    let files = [
        ("api.yaml", text.as_str()),
        ("models/pet.yaml", "{}"),
        ("models/owner.yaml", "{}"),
        ("more/Owner.yaml", "{}"),
    ];
    let loaded = Folder::new(&files).load();
    assert_eq!(
        names(&loaded, "schemas"),
        ["Owner", "models_owner", "models_pet", "pet"]
    );
}

#[test]
fn what_is_inside_of_something_taken_in_is_found_there() {
    let text = api(concat!(
        "    A: {properties: {a: {$ref: 'pet.yaml#/properties/name'}, b: {$ref: pet.yaml}}}\n",
        "    B: {properties: {b: {$ref: 'pet.yaml#/$defs/Size'}}}\n",
        "    C: {properties: {a: {$ref: 'all.yaml#/Deep/properties/x'}, b: {$ref: 'all.yaml#/Deep'}}}\n",
    ));
    let pet = "{properties: {name: {type: string}, size: {$ref: '#/$defs/Size'}}, $defs: {Size: {type: integer}}}";
    let all = "{Deep: {properties: {x: {type: number}}}, Other: {type: string}}";
    let loaded = Folder::new(&[("api.yaml", &text), ("pet.yaml", pet), ("all.yaml", all)]).load();
    assert_eq!(names(&loaded, "schemas"), ["A", "B", "C", "Deep", "pet"]);
    let schemas = loaded.at("/components/schemas");
    assert_eq!(
        schemas["A"]["properties"]["a"]["$ref"],
        "#/components/schemas/pet/properties/name"
    );
    assert_eq!(
        schemas["B"]["properties"]["b"]["$ref"],
        "#/components/schemas/pet/$defs/Size"
    );
    assert_eq!(
        schemas["C"]["properties"]["a"]["$ref"],
        "#/components/schemas/Deep/properties/x"
    );
    assert_eq!(
        schemas["pet"]["properties"]["size"]["$ref"],
        "#/components/schemas/pet/$defs/Size"
    );
}

#[test]
fn each_kind_goes_to_its_section() {
    let text = concat!(
        "openapi: 3.0.4\ninfo: {title: T, version: '1'}\npaths:\n",
        "  /a/{id}:\n    $ref: paths/a.yaml\n",
        "  /b:\n    $ref: 'paths/all.json#/~1b'\n",
    );
    let a = concat!(
        "parameters: [{$ref: '../parts.yaml#/id'}]\n",
        "get:\n  parameters: [{$ref: '../parts.yaml#/limit'}]\n",
        "  responses:\n    '200': {$ref: '../parts.yaml#/page'}\n    '404': {$ref: '../parts.yaml#/404'}\n",
        "post:\n  requestBody: {$ref: '../parts.yaml#/body'}\n  responses: {'204': {description: Done}}\n",
    );
    let parts = concat!(
        "id: {name: id, in: path, required: true, schema: {type: string}}\n",
        "limit: {name: limit, in: query, schema: {type: integer}}\n",
        "page:\n  description: A page\n  headers: {X-Next: {$ref: '#/next'}}\n",
        "  content: {application/json: {schema: {type: string}, examples: {one: {$ref: '#/example'}}}}\n",
        "'404': {description: Missing}\n",
        "body: {content: {application/json: {schema: {$ref: '#/schema'}}}}\n",
        "schema: {type: object}\nnext: {schema: {type: string}}\nexample: {value: {$ref: '#/no/reference'}}\n",
    );
    let all = r##"{"/b": {"get": {"responses": {"200": {"$ref": "../parts.yaml#/page"}}}}}"##;
    let folder = Folder::new(&[
        ("api.yaml", text),
        ("paths/a.yaml", a),
        ("parts.yaml", parts),
        ("paths/all.json", all),
    ]);
    let mut loaded = folder.load();
    let findings = loaded.findings();
    assert!(!findings.contains("-ref:"), "{findings}");
    assert_eq!(names(&loaded, "parameters"), ["id", "limit"]);
    assert_eq!(names(&loaded, "responses"), ["page", "parts_404"]);
    assert_eq!(names(&loaded, "requestBodies"), ["body"]);
    assert_eq!(names(&loaded, "headers"), ["next"]);
    assert_eq!(names(&loaded, "examples"), ["example"]);
    assert_eq!(names(&loaded, "schemas"), ["schema"]);
    assert_eq!(
        loaded.at("/paths/~1b/get/responses/200/$ref"),
        "#/components/responses/page"
    );
    assert_eq!(loaded.at("/components/examples/example/value/$ref"), "#/no/reference");
}

#[test]
fn ids_anchors_and_self_are_bases_and_names() {
    let text = concat!(
        "openapi: 3.2.0\n$self: https://example.com/v/openapi.yaml\ninfo: {title: T, version: '1'}\n",
        "components:\n  schemas:\n",
        "    A: {$ref: 'https://example.com/schemas/pet.json#name'}\n",
        "    B: {$ref: '../v/openapi.yaml#/components/schemas/C'}\n",
        "    C: {type: string}\n",
        "    D: {$ref: 'urn:example:d'}\n",
        "    E: {$id: 'urn:example:d', properties: {c: {$ref: '#/$defs/x'}}, $defs: {x: {}}}\n",
    );
    let pet = r##"{"$id": "https://example.com/schemas/pet.json", "$ref": "owner.json",
        "$defs": {"n": {"$anchor": "name", "type": "number"}}}"##;
    let folder = Folder::new(&[
        ("v/api.yaml", text),
        ("schemas/pet.json", pet),
        (
            "schemas/owner.json",
            r#"{"$dynamicAnchor": "node", "items": {"$dynamicRef": "tree.json#node"}}"#,
        ),
        ("schemas/tree.json", r#"{"$dynamicAnchor": "node"}"#),
    ]);
    let options = Options {
        folders: vec![folder.path().join("schemas")],
        ..Options::default()
    };
    let mut loaded = folder.load_with(&options);
    assert_eq!(loaded.findings(), "");
    let schemas = loaded.at("/components/schemas");
    assert_eq!(schemas["A"]["type"], "number");
    assert_eq!(schemas["B"]["$ref"], "#/components/schemas/C");
    assert_eq!(schemas["D"]["$ref"], "#/components/schemas/E");
    let e = serde_json::json!({"properties": {"c": {"$ref": "#/components/schemas/E/$defs/x"}}, "$defs": {"x": {}}});
    assert_eq!(schemas["E"], e);
}

#[test]
fn dynamic_references_into_other_files_keep_their_anchor() {
    let text = api("    A: {$ref: list.json}\n");
    let folder = Folder::new(&[
        ("api.yaml", &text),
        (
            "list.json",
            r#"{"type": "array", "items": {"$dynamicRef": "tree.json#node"}}"#,
        ),
        ("tree.json", r#"{"$dynamicAnchor": "node", "type": "string"}"#),
    ]);
    let mut loaded = folder.load();
    assert_eq!(loaded.findings(), "");
    assert_eq!(loaded.at("/components/schemas/A/items/$dynamicRef"), "#node");
    assert_eq!(loaded.at("/components/schemas/tree/type"), "string");
}

#[test]
fn dynamic_references_that_nothing_else_decides_become_pointers() {
    let text = api(concat!(
        "    A: {$ref: list.json}\n",
        "    B: {$id: 'urn:example:b', items: {$dynamicRef: '#/$defs/x'}, $defs: {x: {}}}\n",
        "    C: {$id: 'urn:example:c', items: {$dynamicRef: '#y'}, $defs: {x: {$anchor: y}}}\n",
        "    D: {$id: 'urn:example:d', items: {$dynamicRef: '#z'}, $defs: {x: {$dynamicAnchor: z}}}\n",
    ));
    let folder = Folder::new(&[("api.yaml", &text), ("list.json", r#"{"type": "array"}"#)]);
    let mut loaded = folder.load();
    assert_eq!(loaded.findings(), "");
    let schemas = loaded.at("/components/schemas");
    let targets = ["B", "C", "D"].map(|name| schemas[name]["items"]["$dynamicRef"].clone());
    assert_eq!(
        targets,
        ["#/components/schemas/B/$defs/x", "#/components/schemas/C/$defs/x", "#z"]
    );
}

#[test]
fn a_property_may_be_called_like_a_reference() {
    let text = api("    A: {properties: {$ref: {$ref: value.json}, b: {$ref: value.json}}}\n");
    let folder = Folder::new(&[("api.yaml", &text), ("value.json", r#"{"type": "string"}"#)]);
    let mut loaded = folder.load();
    assert_eq!(loaded.findings(), "");
    let properties = loaded.at("/components/schemas/A/properties");
    assert_eq!(properties["$ref"]["$ref"], "#/components/schemas/value");
    assert_eq!(properties["b"]["$ref"], "#/components/schemas/value");
}

#[test]
fn mappings_are_names_pointers_and_files() {
    let text = api(concat!(
        "    Pet:\n      oneOf: [{$ref: cat.yaml}, {$ref: dog.json}, {$ref: '#/components/schemas/v1.Bird'}]\n",
        "      discriminator:\n        propertyName: kind\n",
        "        mapping: {cat: ./cat.yaml, dog: dog.json, bird: v1.Bird, b: '#/components/schemas/v1.Bird', c: cat}\n",
        "    v1.Bird: {type: object, properties: {kind: {type: string}}, required: [kind]}\n",
    ));
    let cat = "{type: object, properties: {kind: {type: string}}, required: [kind]}";
    let dog = r#"{"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]}"#;
    let mut loaded = Folder::new(&[("api.yaml", &text), ("cat.yaml", cat), ("dog.json", dog)]).load();
    assert_eq!(loaded.findings(), "");
    assert_eq!(
        loaded.at("/components/schemas/Pet/discriminator/mapping"),
        serde_json::json!({
            "cat": "#/components/schemas/cat",
            "dog": "#/components/schemas/dog",
            "bird": "v1.Bird",
            "b": "#/components/schemas/v1.Bird",
            "c": "cat"
        })
    );
}

#[test]
fn pointers_lead_through_references() {
    let text = api(concat!(
        "    Pet: {$ref: pet.yaml}\n    A: {$ref: 'api.yaml#/components/schemas/Pet/properties/owner/properties/name'}\n",
        "    B: {$ref: 'loop.yaml#/x'}\n",
    ));
    let folder = Folder::new(&[
        ("api.yaml", &text),
        ("pet.yaml", "{properties: {owner: {$ref: owner.yaml}}}"),
        ("owner.yaml", "{properties: {name: {type: string}}}"),
        ("loop.yaml", "{$ref: loop.yaml}"),
    ]);
    let mut loaded = folder.load();
    assert_eq!(loaded.at("/components/schemas/A/type"), "string");
    assert_eq!(
        loaded.at("/components/schemas/owner/properties/name/$ref"),
        "#/components/schemas/A"
    );
    assert_eq!(
        loaded.findings(),
        "api.yaml:7:15: broken-ref: `loop.yaml#/x` does not exist\n"
    );
}
