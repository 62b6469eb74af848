//! Reading real documents, beside the least that any reader has to do: `serde_json::Value` and the bare events of YAML.
//!
//! `SPECSMITH_CORPUS` names the folder of the documents.

use std::{env, fs, path::PathBuf};

use divan::{Bencher, counter::BytesCount};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_spec::{Limits, Options, Source};

const JSON: [&str; 3] = ["github.json", "kubernetes-v3.json", "openai.json"];
const YAML: [&str; 3] = ["stripe.yaml", "asana.yaml", "plaid.yaml"];

fn main() {
    divan::main();
}

fn text(name: &str) -> Option<String> {
    let folder = PathBuf::from(env::var_os("SPECSMITH_CORPUS")?);
    fs::read_to_string(folder.join(name)).ok()
}

#[divan::bench(args = JSON.iter().chain(&YAML))]
fn specsmith(bencher: Bencher<'_, '_>, name: &str) {
    let Some(text) = text(name) else { return };
    let source = || Source::from_text(name, text.clone());
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(source)
        .bench_values(|source| {
            let mut sources = SourceMap::new();
            specsmith_spec::read(source, &Limits::default(), &mut sources, &mut Diagnostics::new())
        });
}

/// With the look for references into other files, of which these documents have none.
#[divan::bench(args = JSON.iter().chain(&YAML))]
fn specsmith_load(bencher: Bencher<'_, '_>, name: &str) {
    let Some(text) = text(name) else { return };
    let source = || Source::from_text(name, text.clone());
    bencher
        .counter(BytesCount::new(text.len()))
        .with_inputs(source)
        .bench_values(|source| {
            let mut sources = SourceMap::new();
            specsmith_spec::load(source, &Options::default(), &mut sources, &mut Diagnostics::new())
        });
}

#[divan::bench(args = JSON)]
fn serde_json_value(bencher: Bencher<'_, '_>, name: &str) {
    let Some(text) = text(name) else { return };
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| serde_json::from_slice::<serde_json::Value>(text.as_bytes()).ok());
}

#[divan::bench(args = YAML)]
fn yaml_events(bencher: Bencher<'_, '_>, name: &str) {
    let Some(text) = text(name) else { return };
    let options = granit_parser::options! { emit_comments: false };
    bencher.counter(BytesCount::new(text.len())).bench(|| {
        granit_parser::Parser::new_from_str_with_options(&text, options.clone())
            .filter(Result::is_ok)
            .count()
    });
}
