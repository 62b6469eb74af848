//! The steps from a document to files, each alone: reading, lowering, naming, and rendering each target.
//!
//! The document is a made one of 500 operations, for which Python has to be there, and GitHub's, where `SPECSMITH_CORPUS` names
//! the folder that has it.

use std::{env, fs, path::PathBuf, process::Command};

use divan::Bencher;
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_ir::Api;
use specsmith_rust::{Model, TypeOptions};
use specsmith_spec::{Document, Options, Source};

const DOCUMENTS: [&str; 2] = ["synthetic", "github.json"];
/// How many operations the made document has.
const OPERATIONS: &str = "500";

fn main() {
    divan::main();
}

/// Those that are there.
fn documents() -> Vec<&'static str> {
    DOCUMENTS.into_iter().filter(|name| text(name).is_some()).collect()
}

fn text(name: &str) -> Option<String> {
    if name == "synthetic" {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/performance/synthetic.py");
        let made = Command::new("python3").args([program, OPERATIONS]).output().ok()?;
        return String::from_utf8(made.stdout).ok().filter(|_| made.status.success());
    }
    let folder = PathBuf::from(env::var_os("SPECSMITH_CORPUS")?);
    fs::read_to_string(folder.join(name)).ok()
}

fn loaded(name: &str, text: String) -> Option<Document> {
    let source = Source::from_text(name, text);
    specsmith_spec::load(
        source,
        &Options::default(),
        &mut SourceMap::new(),
        &mut Diagnostics::new(),
    )
}

fn api_of(document: &Document) -> Option<Api> {
    let mut api = specsmith_spec::lower(document, &mut Diagnostics::new())?;
    specsmith_ir::split_views(&mut api);
    Some(api)
}

fn model_of(api: &Api) -> Model {
    specsmith_rust::lower(api, &TypeOptions::default(), &mut Diagnostics::new())
}

/// A document with all that is made of it before rendering.
fn made(name: &str) -> Option<(Document, Api, Model)> {
    let document = loaded(name, text(name)?)?;
    let api = api_of(&document)?;
    let model = model_of(&api);
    Some((document, api, model))
}

/// From text to a document.
#[divan::bench(args = documents(), sample_count = 20)]
fn read(bencher: Bencher<'_, '_>, name: &str) {
    let Some(text) = text(name) else { return };
    bencher
        .with_inputs(|| text.clone())
        .bench_values(|text| loaded(name, text));
}

/// From a document to the IR.
#[divan::bench(args = documents(), sample_count = 20)]
fn lower(bencher: Bencher<'_, '_>, name: &str) {
    let Some((document, ..)) = made(name) else { return };
    bencher.bench_local(|| api_of(&document));
}

/// From the IR to names and types of Rust.
#[divan::bench(args = documents(), sample_count = 20)]
fn model(bencher: Bencher<'_, '_>, name: &str) {
    let Some((_, api, _)) = made(name) else { return };
    bencher.bench_local(|| model_of(&api));
}

/// From the model to the files of a client.
#[divan::bench(args = documents(), sample_count = 20)]
fn render_client(bencher: Bencher<'_, '_>, name: &str) {
    let Some((.., model)) = made(name) else { return };
    let options = specsmith_client::Options {
        package_name: "client".to_owned(),
        package_version: "0.1.0".to_owned(),
        types_package: None,
        examples: specsmith_client::Examples::Shown,
    };
    bencher.bench_local(|| specsmith_client::render(&model, &options));
}

/// From the model to the files of a server, which has the document in both notations.
#[divan::bench(args = documents(), sample_count = 20)]
fn render_server(bencher: Bencher<'_, '_>, name: &str) {
    let Some((document, _, model)) = made(name) else { return };
    bencher.bench_local(|| {
        let options = specsmith_server::Options {
            package_name: "server".to_owned(),
            types_package: None,
            contract: true,
            base_path: None,
            body_limit: None,
        };
        let mut tree = specsmith_server::render(&model, &options);
        specsmith_server::Contract {
            json: specsmith_spec::to_json(&document),
            yaml: specsmith_spec::to_yaml(&document),
        }
        .add(&mut tree);
        tree
    });
}

/// From the IR and the model to the pages of a reference.
#[divan::bench(args = documents(), sample_count = 20)]
fn render_docs(bencher: Bencher<'_, '_>, name: &str) {
    let Some((_, api, model)) = made(name) else { return };
    let options = specsmith_markdown::Options {
        client_package: "client".to_owned(),
        ..specsmith_markdown::Options::default()
    };
    bencher.bench_local(|| specsmith_markdown::render(&api, &model, &options).ok());
}
