//! The program that serves a document.

use std::path::Path;

use crate::{
    compile::{self, put},
    trips::{
        Subject,
        auth::{self, Trust},
        plan::Plan,
        program,
        shared::SHARED,
    },
};

/// Writes and builds the program, whose argument is the file of the answers and whose first line says where it listens.
pub(super) fn build(workspace: &Path, subject: &Subject, plan: &Plan<'_>) {
    let name = &subject.name;
    let server = format!("{}_server", name.replace('-', "_"));
    let authenticator = auth::authenticator(&subject.model, &server, Trust::Secret);
    let mut main = MAIN.replace("SERVER", &server);
    if authenticator.contains("ClientCertificate") {
        let layer = format!(
            "server::routes(Service).with_base_path(String::new()).into_router().layer(axum::Extension({server}::ClientCertificate::new([1])))"
        );
        main = main.replace(
            "server::routes(Service).with_base_path(String::new()).into_router()",
            &layer,
        );
    }
    let services = program::services(&subject.model, plan, &server);
    let package = workspace.join("served");
    put(
        &package.join("src/main.rs"),
        &format!("{main}{SHARED}{authenticator}{services}"),
    );
    put(
        &package.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"served\"\nedition = \"2024\"\n\n[dependencies]\n\
             axum = {{ version = \"0.8\", default-features = false, features = [\"http1\", \"multipart\", \"tokio\"] }}\n\
             chrono = {{ version = \"0.4\", default-features = false }}\n\
             serde = \"1\"\nserde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"net\", \"rt\"] }}\n\
             uuid = {{ version = \"1\", default-features = false }}\n{name}-server = {{ path = \"../{name}-server\" }}\n"
        ),
    );
    put(
        &workspace.join("Cargo.toml"),
        &format!("[workspace]\nresolver = \"3\"\nmembers = [\"served\", \"{name}-server\"]\n"),
    );
    std::fs::copy(crate::root().join("Cargo.lock"), workspace.join("Cargo.lock")).expect("a file");
    compile::run(workspace, &["build", "--quiet", "-p", "served"]);
}

const MAIN: &str = r##"//! Serves values that are made for the schemas of a document.
#![allow(dead_code, deprecated, unused, clippy::all)]

use std::collections::BTreeMap;

use SERVER as server;

pub(crate) struct Service;

/// The answers of each operation, and how many were given.
static ANSWERS: Mutex<BTreeMap<String, (usize, Vec<(usize, u16, String)>)>> = Mutex::new(BTreeMap::new());

/// Chooses the next answer of the operation.
fn arrived(state: &mut State, got: Map<String, Value>) {
    let mut all = ANSWERS.lock().unwrap();
    let Some((given, answers)) = all.get_mut(got["id"].as_str().unwrap()) else { return };
    let (answer, status, value) = answers[*given % answers.len()].clone();
    *given += 1;
    *state = State { answer, status, value, got: None };
}

fn main() {
    let file = std::env::args().nth(1).unwrap();
    let answers: BTreeMap<String, Vec<(usize, u16, String)>> =
        serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    *ANSWERS.lock().unwrap() = answers
        .into_iter()
        .filter(|(_, answers)| !answers.is_empty())
        .map(|(id, answers)| (id, (0, answers)))
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("http://{}", listener.local_addr().unwrap());
        axum::serve(listener, server::routes(Service).with_base_path(String::new()).into_router()).await.unwrap();
    });
}
"##;
