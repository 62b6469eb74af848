//! A sample of each keyword from which something must follow: the members of its object without it, or with another
//! value, and with it.

use std::fs;

use crate::root;

/// The head of a document.
macro_rules! head {
    () => {
        "openapi: VERSION\ninfo: {title: T, version: '1'}\n"
    };
}

/// A document with one operation that has these members more.
macro_rules! operation {
    ($more:literal) => {
        concat!(
            "paths: {/a: {post: {operationId: a, responses: {'200': {description: d}}",
            $more,
            "}}}\n"
        )
    };
}

/// A document with these named schemas, one of them `S`, which an operation returns.
macro_rules! schemas {
    ($schemas:literal) => {
        concat!(
            head!(),
            "paths: {/a: {get: {operationId: a, responses: {'200': {description: d, content: {application/json: \
             {schema: {$ref: '#/components/schemas/S'}}}}}}}}\n",
            "components: {schemas: {",
            $schemas,
            ", Other: {type: integer}, A: {type: object, properties: {kind: {type: string}, sort: {type: string}}}, \
             B: {type: object, properties: {kind: {type: string}, sort: {type: string}, b: {type: string}}}}}\n"
        )
    };
}

/// A document with one keyword and the same document without it, or with another value of it.
pub(super) struct Sample {
    /// The object, as the specification calls it.
    pub object: String,
    /// The keyword.
    pub keyword: String,
    /// The members of the object without it, in YAML.
    pub before: String,
    /// The members with it.
    pub after: String,
}

/// The samples of `tests/keywords.tsv`.
pub(super) fn samples() -> Vec<Sample> {
    let table = fs::read_to_string(root().join("tests/keywords.tsv")).expect("a table");
    let rows = table.lines().skip(1).map(|line| {
        let columns: Vec<String> = line.split('\t').map(|cell| cell.replace("\\n", "\n")).collect();
        let [object, keyword, before, after] = <[String; 4]>::try_from(columns).expect("four columns");
        Sample {
            object,
            keyword,
            before,
            after,
        }
    });
    rows.collect()
}

/// A document around an object, with `@` in place of its members.
pub(super) fn around(object: &str) -> &'static str {
    match object {
        "OpenAPI Object" => concat!(head!(), operation!(""), "@"),
        "Info Object" => concat!("openapi: VERSION\ninfo: {@}\n", operation!("")),
        "Contact Object" => concat!(
            "openapi: VERSION\ninfo: {title: T, version: '1', contact: {@}}\n",
            operation!("")
        ),
        "License Object" => concat!(
            "openapi: VERSION\ninfo: {title: T, version: '1', license: {@}}\n",
            operation!("")
        ),
        "Server Object" => concat!(head!(), operation!(""), "servers: [{@}]\n"),
        "Server Variable Object" => concat!(
            head!(),
            operation!(""),
            "servers: [{url: 'https://{v}.example', variables: {v: {@}}}]\n"
        ),
        "Components Object" => concat!(head!(), operation!(""), "components: {@}\n"),
        "Path Item Object" => concat!(head!(), "paths: {/a: {@}}\n"),
        "Operation Object" => concat!(
            head!(),
            "paths: {/a: {get: {@}}}\ncomponents: {securitySchemes: {s: {type: http, scheme: bearer}}}\n"
        ),
        "External Documentation Object" => concat!(head!(), operation!(""), "externalDocs: {@}\n"),
        "Parameter Object" => concat!(head!(), operation!(", parameters: [{@}]")),
        "Request Body Object" => concat!(head!(), operation!(", requestBody: {@}")),
        "Media Type Object" => concat!(head!(), operation!(", requestBody: {content: {application/json: {@}}}")),
        "Encoding Object" => concat!(
            head!(),
            operation!(
                ", requestBody: {content: {application/x-www-form-urlencoded: {\
                 schema: {type: object, properties: {p: {type: array, items: {type: string}}}}, encoding: {p: {@}}}}}"
            )
        ),
        "Response Object" => concat!(
            head!(),
            "paths: {/a: {get: {operationId: a, responses: {'200': {@}}}}}\n"
        ),
        "Example Object" => concat!(
            head!(),
            operation!(
                ", requestBody: {content: {application/json: {\
                 schema: {type: object, properties: {a: {type: string}}}, examples: {first: {value: {a: c}}, e: {@}}}}}"
            )
        ),
        "Link Object" => concat!(
            head!(),
            "paths: {/a: {post: {operationId: a, parameters: [{name: p, in: query, schema: {type: integer}}],\n\
             requestBody: {content: {application/json: {schema: {type: integer}}}},\n\
             responses: {'200': {description: d, links: {l: {@}}}}}}}\n"
        ),
        "Header Object" => concat!(
            head!(),
            "paths: {/a: {get: {operationId: a, responses: {'200': {description: d, headers: {X-H: {@}}}}}}}\n"
        ),
        "Tag Object" => concat!(head!(), operation!(", tags: [t]"), "tags: [{@}, {name: u}]\n"),
        "Security Scheme Object" => concat!(
            head!(),
            operation!(", security: [{s: []}]"),
            "components: {securitySchemes: {s: {@}}}\n"
        ),
        "OAuth Flow Object" => concat!(
            head!(),
            operation!(", security: [{s: []}]"),
            "components: {securitySchemes: {s: {type: oauth2, flows: {authorizationCode: {@}}}}}\n"
        ),
        "Schema Object" => schemas!("S: {@}"),
        "Discriminator Object" => {
            schemas!(
                "S: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {@}}"
            )
        }
        "Reference Object" => concat!(
            head!(),
            "paths: {/a: {get: {operationId: a, responses: {'200': {@}}}}}\n",
            "components: {responses: {R: {content: {}}}}\n"
        ),
        "XML Object" => schemas!("S: {type: object, properties: {p: {type: string, xml: {@}}}}"),
        _ => panic!("no document around {object}"),
    }
}
