//! What is added to a document breaks no caller: programs that are written for a client compile with the one of the document
//! with more of everything.
//!
//! The programs are the samples of the reference, which make calls and build what they send, and a program that spells the
//! type of what each call returns, reads each field and matches each variant.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use specsmith::{Config, Kind, Target};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::Value;
use specsmith_rust::{
    Model,
    model::{Operation, Outcome, ResponseBody, RustType, Success, TypeBody},
    types,
};
use specsmith_spec::{load, lower};

use crate::{
    case::Case,
    cases, compile, corpus, mutation, root,
    stability::{
        insert::{At, Kind as Addition, grow},
        rivals::Taken,
    },
};

/// What can be added, one after the other.
const ADDITIONS: &[Addition] = &[
    Addition::Schema,
    Addition::Property,
    Addition::EnumValue,
    Addition::Parameter,
    Addition::ErrorResponse,
    Addition::Method,
    Addition::Path,
    Addition::Tag,
];

/// The document with more of everything.
fn grown(case: &Case) -> Value {
    let text = fs::read_to_string(root().join(&case.path)).expect("a document");
    let mut document = mutation::read(&text).expect("a value");
    for kind in ADDITIONS {
        document = grow(&document, *kind, At::Last, &Taken::default(), usize::MAX, 0).document;
    }
    document
}

fn config(case: &Case, workspace: &Path) -> Config {
    let package = case.name.replace('_', "-");
    let config = case.config(&case.path).expect("a configuration");
    config
        .with(Kind::Client, Target::new(workspace.join(format!("{package}-client"))))
        .with(Kind::Docs, Target::new(workspace.join(format!("{package}-docs"))))
}

/// The model of a client.
fn model(case: &Case) -> Model {
    let (source, options) = case.source();
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let document = load(source, &options, &mut sources, &mut diagnostics).expect("a document");
    let mut api = lower(&document, &mut diagnostics).expect("an API");
    specsmith_ir::split_views(&mut api);
    specsmith_rust::lower(&api, &specsmith_rust::TypeOptions::default(), &mut diagnostics)
}

/// A program that uses all that a client returns.
fn program(model: &Model, client: &str) -> String {
    let mut text = format!(
        "//! Uses what a client returns.\n#![allow(warnings)]\n\n\
         use std::collections::{{BTreeMap, HashMap}};\n\n\
         use chrono::{{DateTime, FixedOffset, NaiveDate}};\nuse serde_json::{{Number, Value}};\nuse uuid::Uuid;\n\
         use {client}::{{Bytes, Error, Request, Response, api, types, types::*}};\n"
    );
    for (index, (_, operation)) in model.operations().enumerate() {
        call(&mut text, model, index, operation);
    }
    for (index, item) in model.types.iter().enumerate() {
        let name = &item.name;
        let uses: Vec<String> = match &item.body {
            TypeBody::Struct(body) => {
                let fields = body
                    .fields
                    .iter()
                    .map(|field| format!("    let _ = &value.{};", field.name));
                fields.collect()
            }
            TypeBody::Enum(body) => arms(
                body.variants
                    .iter()
                    .map(|variant| format!("types::{name}::{}", variant.name)),
            ),
            TypeBody::Union(body) => arms(body.variants.iter().map(|variant| match variant.ty {
                RustType::Unit => format!("types::{name}::{}", variant.name),
                _ => format!("types::{name}::{}(_)", variant.name),
            })),
            TypeBody::Tuple(_) | TypeBody::Alias(_) | TypeBody::Newtype(_) => continue,
        };
        write!(
            text,
            "\nfn type_{index}(value: &types::{name}) {{\n{}\n}}\n",
            uses.join("\n")
        )
        .expect("memory");
    }
    text
}

/// A function that makes a call and spells what it returns, and one that looks at its errors.
fn call(text: &mut String, model: &Model, index: usize, operation: &Operation) {
    let name = &operation.name;
    let success = match &operation.responses.success {
        _ if operation.responses.streams.awaited.is_some() => "impl Sized".to_owned(),
        Success::Enum(name) => format!("api::{name}"),
        Success::Body(ResponseBody::Empty) => "()".to_owned(),
        Success::Body(ResponseBody::Text) => "String".to_owned(),
        Success::Body(ResponseBody::Bytes) => "Bytes".to_owned(),
        Success::Body(ResponseBody::Json(ty) | ResponseBody::Xml(ty, _)) => types::tokens(model, ty).to_string(),
    };
    write!(
        text,
        "\nasync fn call_{index}(request: Request<api::{name}>) -> Result<{success}, Box<dyn std::error::Error>> {{\n    \
         Ok(request.await?)\n}}\n"
    )
    .expect("memory");
    let list = &operation.responses.list;
    if let Some(error) = &operation.responses.error {
        let errors = list
            .iter()
            .filter(|response| response.outcome == Outcome::Error && response.shared.is_none());
        let arms = arms(errors.map(|response| format!("api::{error}::{}(_)", response.name)));
        write!(
            text,
            "\nfn error_{index}(value: &api::{error}) {{\n{}\n}}\n",
            arms.join("\n")
        )
        .expect("memory");
    }
}

fn arms(patterns: impl Iterator<Item = String>) -> Vec<String> {
    let arms = patterns.map(|pattern| format!("        {pattern} => {{}}"));
    let whole = ["    match value {".to_owned()].into_iter().chain(arms);
    whole
        .chain(["        _ => {}".to_owned(), "    }".to_owned()])
        .collect()
}

/// Writes the program of a case; returns its folder.
fn write_program(workspace: &Path, case: &Case) -> String {
    let name = case.name.replace('_', "-");
    let package = format!("{name}-program");
    let client = format!("{name}-client").replace('-', "_");
    compile::put(
        &workspace.join(&package).join("src/lib.rs"),
        &program(&model(case), &client),
    );
    let manifest = format!(
        "[package]\nname = \"{package}\"\nedition = \"2024\"\n\n[dependencies]\n\
         {name}-client = {{ path = \"../{name}-client\", default-features = false }}\n\
         chrono = {{ version = \"0.4\", default-features = false }}\nserde_json = \"1\"\n\
         uuid = {{ version = \"1\", default-features = false }}\n"
    );
    compile::put(&workspace.join(&package).join("Cargo.toml"), &manifest);
    package
}

#[test]
fn programs_compile_with_clients_of_documents_that_grew() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("additions");
    // Names are remembered by what an earlier run left there.
    let _ = fs::remove_dir_all(&workspace);
    let only = std::env::var("SPECSMITH_ADDITIONS").ok();
    let mut members = Vec::new();
    // Cases with folders of their own have types of other crates, or files that do not grow.
    let single = |case: &Case| root().join(&case.path).parent() == Some(root().join("tests/cases/ok").as_path());
    let step = if only.is_none() && !corpus::is_full() { 8 } else { 1 };
    for case in cases::documents().into_iter().filter(single).step_by(step) {
        if only.as_ref().is_some_and(|only| *only != case.name) {
            continue;
        }
        let name = case.name.replace('_', "-");
        let before = config(&case, &workspace);
        specsmith::generate(&before).unwrap_or_else(|error| panic!("{name}: {error}"));
        members.push(write_program(&workspace, &case));
        members.push(compile::samples(
            &workspace,
            &workspace.join(format!("{name}-docs")),
            &name,
        ));
        let client = PathBuf::from(format!("{name}-client"));
        let after = Config::from_text(format!("{name}.json"), grown(&case).to_string())
            .client(Target::new(workspace.join(&client)));
        specsmith::generate(&after).unwrap_or_else(|error| panic!("{name}, grown: {error}"));
        members.push(client.display().to_string());
    }
    compile::check(&workspace, &members);
}

/// What the compiler accepts above is no major version to `specsmith diff` either, but for what callers have to write out: an
/// error that is the first of its operation, and the box of a variant that grew large.
#[test]
fn what_is_added_asks_for_no_major_version() {
    let single = |case: &Case| root().join(&case.path).parent() == Some(root().join("tests/cases/ok").as_path());
    let mut wrong = Vec::new();
    for case in cases::documents().into_iter().filter(single) {
        let before = Config::new(root().join(&case.path));
        let after = Config::from_text(format!("{}.json", case.name), grown(&case).to_string());
        let diff = specsmith::diff(&before, &after).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let is_written_out = |change: &specsmith::ItemChange| {
            change.old.as_deref() == Some("NoError") || change.new.as_ref().is_some_and(|new| new.contains("(Box<"))
        };
        let major = diff.rust.iter().filter(|change| change.bump == specsmith::Bump::Major);
        let major = major.filter(|change| !is_written_out(change));
        wrong.extend(major.map(|change| format!("{}: {change:?}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
