//! What is written reads back as the same, by our reader here and by others where they are at hand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, clippy::panic)]

mod corpus;
mod json;
mod random;
mod yaml;

use specsmith_diagnostics::{Diagnostics, Location, SourceMap};
use specsmith_ir::Value;

use crate::{Document, DocumentBuilder, Key, Limits, NodeId, Source, read, to_json, to_yaml};

/// A document of a value.
fn document(value: &Value) -> Document {
    let mut builder = DocumentBuilder::new();
    let root = add(&mut builder, value);
    builder.finish(root)
}

fn add(builder: &mut DocumentBuilder, value: &Value) -> NodeId {
    let location = Location::default();
    match value {
        Value::Null => builder.null(location),
        Value::Boolean(value) => builder.boolean(location, *value),
        Value::Number(number) => builder.number(location, number.clone()),
        Value::String(text) => builder.string(location, text.clone()),
        Value::Array(items) => {
            let items = items.iter().map(|item| add(builder, item)).collect();
            builder.array(location, items)
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| {
                let name = name.clone();
                (Key { name, location }, add(builder, member))
            });
            let members = members.collect();
            builder.object(location, members)
        }
    }
}

/// Reads a text with nothing to complain about.
#[track_caller]
fn read_back(name: &str, text: &str) -> Document {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let limits = Limits::default();
    let document = read(Source::from_text(name, text), &limits, &mut sources, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{text}");
    document.unwrap()
}

#[test]
fn the_deepest_documents_are_written_and_read() {
    let limits = Limits {
        depth: Limits::MAX_DEPTH,
        ..Limits::default()
    };
    let read_deep = |text: &str| {
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
        read(Source::from_text("a", text), &limits, &mut sources, &mut diagnostics)
            .unwrap_or_else(|| panic!("{diagnostics:?}"))
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
        let levels = Limits::MAX_DEPTH / open.matches(['[', '{']).count();
        let document = read_deep(&format!("{}1{}", open.repeat(levels), close.repeat(levels)));
        let value = document.root().to_value();
        assert!(read_deep(&to_json(&document)).root().to_value() == value);
        assert!(read_deep(&to_yaml(&document)).root().to_value() == value);
    }
}

/// Demands that a document is the same after it was written and read, in both formats.
#[track_caller]
fn check(document: &Document) {
    let value = document.root().to_value();
    let (json, yaml) = (to_json(document), to_yaml(document));
    assert!(read_back("a.json", &json).root().to_value() == value, "{json}");
    assert!(read_back("a.yaml", &yaml).root().to_value() == value, "{value}\n{yaml}");
    assert!(json.ends_with('\n') && yaml.ends_with('\n'));
}

#[test]
fn deep_and_wide_documents_are_not_all_indentation() {
    let wide = (0..20_000).map(|n| format!("{n}")).collect::<Vec<_>>().join(",");
    let text = format!("{}[{wide}]{}", "{\"a\":".repeat(400), "}".repeat(400));
    let document = read_back("deep.json", &text);
    for written in [to_json(&document), to_yaml(&document)] {
        assert!(written.len() < 5 * text.len(), "{} of {}", written.len(), text.len());
        assert_eq!(
            read_back("again", &written).root().to_value(),
            document.root().to_value()
        );
    }
}
