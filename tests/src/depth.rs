//! Documents that are as deep as a document can be, on the stack of a thread.

use std::{fmt::Write as _, thread};

use specsmith::{Config, Error, Format, Limits};

use crate::{corpus, oracle};

/// The stack that a thread has by default.
const STACK: usize = 2 << 20;

/// How long chains of references are, which the limit of depth does not bound.
const CHAIN: usize = 2_000;

/// What a schema can have inside itself: what stands before and behind the inner schema.
const SCHEMAS: [(&str, &str); 20] = [
    (r#"{"type":"object","properties":{"p":"#, "}}"),
    (r#"{"type":"object","required":["p"],"properties":{"p":"#, "}}"),
    (r#"{"type":"array","items":"#, "}"),
    (r#"{"type":["array","null"],"items":"#, "}"),
    (r#"{"type":"object","additionalProperties":"#, "}"),
    (r#"{"allOf":["#, "]}"),
    (r#"{"allOf":[{"properties":{"a":{}}},"#, "]}"),
    (r#"{"oneOf":[{"type":"integer"},"#, "]}"),
    (r#"{"oneOf":[{"type":"null"},{"type":"array","items":"#, "}]}"),
    (
        r#"{"oneOf":[{"type":"object","properties":{"p":"#,
        "}},{\"type\":\"array\"}]}",
    ),
    (r#"{"anyOf":[{"type":"object","properties":{"x":{}}},"#, "]}"),
    (r#"{"type":"array","prefixItems":["#, "]}"),
    (r#"{"patternProperties":{"a":"#, "}}"),
    (r#"{"propertyNames":"#, "}"),
    (r#"{"dependentSchemas":{"a":"#, "}}"),
    (r#"{"contains":"#, "}"),
    (r#"{"not":"#, "}"),
    (r#"{"if":"#, "}"),
    (r#"{"unevaluatedProperties":"#, "}"),
    (r#"{"$defs":{"a":"#, "}}"),
];

/// The keywords that have a value inside a schema, what stands before the value and behind it.
const VALUES: [(&str, &str); 8] = [
    (r#"{"default":"#, "}"),
    (r#"{"example":"#, "}"),
    (r#"{"examples":["#, "]}"),
    (r#"{"enum":["#, "]}"),
    (r#"{"const":"#, "}"),
    (r#"{"x-deep":"#, "}"),
    (
        r##"{"type":"array","items":{"$ref":"#/components/schemas/Deep"},"default":"##,
        "}",
    ),
    (
        r##"{"type":"object","additionalProperties":{"$ref":"#/components/schemas/Deep"},"example":"##,
        "}",
    ),
];

/// A document that sends and receives the schema `Deep`, which is the first of these.
fn document(schemas: &str) -> String {
    let content = r##"{"application/json":{"schema":{"$ref":"#/components/schemas/Deep"}}}"##;
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"t","version":"1"}},"paths":{{"/a":{{"post":{{"operationId":"a",
"requestBody":{{"content":{content}}},"responses":{{"200":{{"description":"ok","content":{content}}}}}}}}}}},
"components":{{"schemas":{{"Deep":{schemas}}}}}}}"#
    )
}

/// `inner` inside as many repetitions of `open` and `close` as fit into the levels below a schema.
fn nested(open: &str, inner: &str, close: &str, above: usize) -> String {
    let levels = open.matches(['{', '[']).count() - open.matches(['}', ']']).count();
    let count = (Limits::MAX_DEPTH - above) / levels;
    format!("{}{inner}{}", open.repeat(count), close.repeat(count))
}

/// A document in the block form of YAML, whose schema is as deep as these keys, one inside the other, can make it.
fn block(keys: &[&str]) -> String {
    let head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents:\n schemas:\n  Deep:\n";
    let lines = (3..Limits::MAX_DEPTH).zip(keys.iter().cycle());
    lines.fold(head.to_owned(), |text, (level, key)| {
        text + &" ".repeat(level) + key + ":\n"
    })
}

/// Does something with a document on the stack of a thread; returns what it is refused for.
fn attempt(
    name: &str,
    text: String,
    work: impl FnOnce(Config) -> Result<(), Error> + Send + 'static,
) -> Option<String> {
    let limits = Limits {
        depth: Limits::MAX_DEPTH,
        ..Limits::default()
    };
    let label = name.to_owned();
    let work = move || match work(Config::from_text("deep", text).limits(limits)) {
        Ok(()) => None,
        Err(Error::Document(findings)) => Some(findings.to_string()),
        Err(error) => panic!("{label}: {error}"),
    };
    // An overflow ends the whole process, so what is looked at is said before.
    println!("{name}");
    let worker = thread::Builder::new().stack_size(STACK).spawn(work);
    worker.expect("a thread").join().expect("no panic")
}

/// Renders all targets of a document; returns what it is refused for.
fn refused(name: &str, text: String) -> Option<String> {
    let label = name.to_owned();
    attempt(name, text, move |config| {
        let outcome = specsmith::render(&config.client("client").server("server").docs("docs"))?;
        for output in &outcome.outputs {
            oracle::inspect(&label, &output.result);
        }
        Ok(())
    })
}

/// Writes a document in each way that there is, and tells how much of it is understood; what is written reads again.
fn check_written(name: &str, text: &str) {
    let written = attempt(name, text.to_owned(), |config| {
        for format in [Format::Json, Format::Yaml] {
            for printed in [
                specsmith::bundle(&config, Some(format))?,
                specsmith::upgrade(&config, Some(format))?,
            ] {
                let limits = Limits {
                    depth: Limits::MAX_DEPTH,
                    ..Limits::default()
                };
                specsmith::lint(&Config::from_text("written", printed.text).limits(limits))?;
            }
        }
        specsmith::coverage(&config).map(drop)
    });
    assert_eq!(written, None, "{name}");
}

fn check(name: &str, text: String) {
    assert_eq!(refused(name, text), None, "{name}");
}

#[test]
fn schemas_as_deep_as_can_be() {
    for (open, close) in SCHEMAS {
        // The document, `components`, `schemas`, the innermost schema and what stands beside it are levels too.
        check(open, document(&nested(open, r#"{"type":"string"}"#, close, 6)));
    }
}

#[test]
fn values_as_deep_as_can_be() {
    for (open, close) in VALUES {
        for (start, end) in [("[", "]"), (r#"{"a":"#, "}")] {
            let value = nested(start, "1", end, 5);
            check(open, document(&format!("{open}{value}{close}")));
        }
    }
}

#[test]
fn objects_as_deep_as_can_be() {
    let operation = r#"{"responses":{"200":{"description":"ok"}},"callbacks":{"c":{"{$url}":{"post":"#;
    let inner = r#"{"responses":{"200":{"description":"ok"}}}"#;
    let callbacks = nested(operation, inner, "}}}}", 5);
    let document = |operation: &str| {
        let info = r#""info":{"title":"t","version":"1"}"#;
        format!(r#"{{"openapi":"3.2.0",{info},"paths":{{"/a":{{"post":{operation}}}}}}}"#)
    };
    check("callbacks", document(&callbacks));
    let encoding = nested(r#"{"encoding":{"a":"#, "{}", "}}", 9);
    let body = format!(r#"{{"content":{{"multipart/form-data":{encoding}}}}}"#);
    check(
        "encoding",
        document(&format!(r#"{{"requestBody":{body},"responses":{{}}}}"#)),
    );
}

#[test]
fn swagger_places_as_deep_as_can_be() {
    let document = |body: &str, rest: &str| {
        format!(
            r#"{{"swagger":"2.0","info":{{"title":"t","version":"1"}},"paths":{{"/a":{{"post":{{"operationId":"a",
"parameters":[{{"name":"b","in":"body","schema":{body}}}],
"responses":{{"200":{{"description":"ok","schema":{body}}}}}}}}}}},{rest}}}"#
        )
    };
    let deep = r##"{"$ref":"#/definitions/Deep"}"##;
    // Properties, items, other members and `allOf` have ways of their own through the conversion.
    for (open, close) in SCHEMAS.into_iter().take(7).step_by(2) {
        let schema = nested(open, r#"{"type":"string"}"#, close, 10);
        check(open, document(&schema, r#""definitions":{}"#));
        let extension = r##"{"$ref":"#/x-deep"}"##;
        check(open, document(extension, &format!(r#""x-deep":{schema}"#)));
    }
    let value = nested(r#"{"a":["#, "1", "]}", 8);
    check(
        "default",
        document(deep, &format!(r#""definitions":{{"Deep":{{"default":{value}}}}}"#)),
    );
    let items = nested(r#"{"type":"array","items":"#, r#"{"type":"string"}"#, "}", 9);
    let header = format!(r#""responses":{{"R":{{"description":"ok","headers":{{"X-A":{items}}}}}}}"#);
    check("items", document(r#"{"type":"string"}"#, &header));
}

#[test]
fn yaml_as_deep_as_can_be() {
    for keys in [
        &["properties", "p"][..],
        &["items"],
        &["additionalProperties"],
        &["default"],
    ] {
        check(&keys.concat(), block(keys));
    }
    for (open, close) in SCHEMAS.into_iter().take(3) {
        let text = document(&nested(open, r#"{"type":"string"}"#, close, 6));
        check(open, format!("# YAML\n{text}"));
    }
}

#[test]
fn written_as_deep_as_can_be() {
    for (open, close) in SCHEMAS {
        check_written(open, &document(&nested(open, r#"{"type":"string"}"#, close, 8)));
    }
    for (start, end) in [("[", "]"), (r#"{"a":"#, "}")] {
        for (open, close) in VALUES {
            check_written(open, &document(&format!("{open}{}{close}", nested(start, "1", end, 7))));
        }
    }
}

/// Only `SPECSMITH_FULL` asks for it.
#[test]
fn swagger_as_deep_as_can_be() {
    if !corpus::is_full() {
        return;
    }
    for (open, close) in SCHEMAS {
        let schema = nested(open, r#"{"type":"string"}"#, close, 8);
        let body = r##"{"name":"b","in":"body","schema":{"$ref":"#/definitions/Deep"}}"##;
        let text = format!(
            r#"{{"swagger":"2.0","info":{{"title":"t","version":"1"}},"paths":{{"/a":{{"post":{{"parameters":[{body}],
"responses":{{"200":{{"description":"ok"}}}}}}}}}},"definitions":{{"Deep":{schema}}}}}"#
        );
        check(open, text.clone());
        check_written(open, &text);
    }
}

/// Only `SPECSMITH_FULL` asks for it.
#[test]
fn chains_as_long_as_can_be() {
    if !corpus::is_full() {
        return;
    }
    for (open, close) in SCHEMAS {
        let mut schemas = r##"{"$ref":"#/components/schemas/A0"}"##.to_owned();
        for index in 0..CHAIN {
            let next = format!(r##"{{"$ref":"#/components/schemas/A{}"}}"##, index + 1);
            let _ = write!(schemas, r#","A{index}":{open}{next}{close}"#);
        }
        let _ = write!(schemas, r#","A{CHAIN}":{{"type":"string"}}"#);
        // Each schema of a chain of `allOf` is merged into all before it, which the limits end.
        let why = refused(open, document(&schemas)).unwrap_or_default();
        let expected = if open.contains(r#"allOf":[{"#) {
            "limit-exceeded"
        } else {
            ""
        };
        assert!(
            why.contains(expected) && why.is_empty() == expected.is_empty(),
            "{open}: {why}"
        );
    }
}
