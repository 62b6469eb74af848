//! Generates the client of the bookstore, and beside it a table of its operations in Rust.

use std::{error::Error, path::Path};

use specsmith::{Config, Generated, Generator, GeneratorInput, generate};

fn main() -> Result<(), Box<dyn Error>> {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../bookstore/openapi.yaml");
    let outcome = generate(&config(document, Path::new("out")))?;
    for output in outcome.outputs {
        println!("{} {}", output.name, output.dir.display());
    }
    Ok(())
}

fn config(document: &str, folder: &Path) -> Config {
    Config::new(document)
        .client(folder.join("client"))
        .generator(folder.join("operations"), Operations)
}

/// A table of all operations, for metrics and access rules: the operationId, and what the client calls it.
struct Operations;

impl Generator for Operations {
    fn name(&self) -> &str {
        "operations"
    }

    fn generate(&self, input: &GeneratorInput<'_>) -> Generated {
        let mut text = "/// Each operation: its method, its path, and the call of the client.\n".to_owned();
        text.push_str("pub const OPERATIONS: &[(&str, &str, &str)] = &[\n");
        for (group, operation) in input.model.operations() {
            let Some(source) = input.api.operation(operation.source) else {
                continue;
            };
            let call = format!("{}.{}", group.accessor, operation.method);
            let row = format!(
                "    ({:?}, {:?}, {call:?}),\n",
                source.method.as_str(),
                source.path.text
            );
            text.push_str(&row);
        }
        text.push_str("];\n");
        let mut generated = Generated::default();
        generated.files.insert("operations.rs", text);
        generated
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_table_is_written_and_checked() {
        let folder = tempfile::tempdir().expect("a folder");
        let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../bookstore/openapi.yaml");
        let config = config(document, folder.path());
        generate(&config).expect("a document");
        let table = folder.path().join("operations/operations.rs");
        let text = fs::read_to_string(&table).expect("a table");
        assert!(
            text.contains("    (\"GET\", \"/books/{isbn}\", \"books.get\"),\n"),
            "{text}"
        );
        fs::write(&table, "mine").expect("a file");
        let checked = specsmith::check(&config).expect("a document");
        let drift: Vec<_> = checked
            .outputs
            .iter()
            .map(|output| (output.name.as_str(), output.result.drift.len()))
            .collect();
        assert_eq!(drift, [("client", 0), ("operations", 1)]);
    }
}
