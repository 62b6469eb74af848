//! Prism, which is not ours, finds nothing wrong with what generated clients send.
//!
//! `SPECSMITH_PRISM` is the path of its command, `SPECSMITH_CORPUS` the folder of documents, `SPECSMITH_ONLY` chooses others
//! than the usual ones by parts of their names. Clients call `prism proxy --errors`, behind which `prism mock` answers.

use std::{
    collections::BTreeMap,
    env,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_spec::{Options, Source, load, to_json};

use crate::{
    calls::{Call, Caller},
    compile::put,
    corpus,
};

/// The documents that are tried.
const DOCUMENTS: [&str; 6] = ["train-travel", "petstore", "resend", "qdrant", "spotify", "github"];
/// How many operations of a document are called.
const MOST: usize = 400;

/// A process of Prism that is killed when it is dropped.
struct Prism(Child);

impl Drop for Prism {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts Prism on a port of its own and waits for it.
fn start(command: &Path, arguments: &[&str]) -> (Prism, String) {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let child = Command::new(command)
        .args(arguments)
        .args(["--port", &port.to_string(), "--host", "127.0.0.1"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", command.display()));
    let mut prism = Prism(child);
    let begin = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begin.elapsed() < Duration::from_secs(120), "Prism does not listen");
        assert!(prism.0.try_wait().expect("a process").is_none(), "Prism stopped");
        thread::sleep(Duration::from_millis(100));
    }
    (prism, format!("http://127.0.0.1:{port}"))
}

/// The status of the answer to a request without anything.
fn status(url: &str, path: &str) -> String {
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("a connection");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

/// What Prism says is wrong with the request of a call.
fn faults(call: &Call) -> Vec<String> {
    let mut faults = Vec::new();
    let header = call.headers["sl-violations"].as_str().unwrap_or_default();
    if let Ok(Value::Array(violations)) = serde_json::from_str(header) {
        let in_request = violations
            .iter()
            .filter(|violation| violation["location"][0] == "request");
        faults.extend(in_request.map(Value::to_string));
    }
    let kind = serde_json::from_str::<Value>(&call.body).ok();
    let kind = kind.and_then(|body| body["type"].as_str().map(str::to_owned));
    let kind = kind.and_then(|kind| kind.rsplit_once("prism/errors#").map(|(_, kind)| kind.to_owned()));
    // What it says about its own answers, or that the document has none, is not about the request.
    if let Some(kind) = kind.filter(|kind| !["VIOLATIONS", "NOT_ACCEPTABLE", "NO_RESPONSE_DEFINED"].contains(&&**kind))
    {
        faults.push(format!("{kind}: {}", call.body));
    }
    if matches!(
        &*call.kind,
        "invalid request" | "missing credentials" | "transport" | "not made"
    ) {
        faults.push(call.error.clone().unwrap_or_default());
    }
    faults
}

/// A document as JSON for Prism, without what looks like references to other files: it follows them in examples and
/// extensions, too.
fn for_prism(path: &Path, workspace: &Path) -> String {
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let source = Source::from_file(path).expect("a document");
    let document = load(source, &Options::default(), &mut sources, &mut diagnostics).expect("a document");
    let mut value: Value = serde_json::from_str(&to_json(&document)).expect("JSON");
    without_files(&mut value);
    let path = workspace.join("prism.json");
    put(&path, &value.to_string());
    path.to_string_lossy().into_owned()
}

fn without_files(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_files),
        Value::Object(members) => {
            let is_inside = |target: &Value| target.as_str().is_none_or(|target| target.starts_with('#'));
            members.retain(|name, target| name != "$ref" || is_inside(target));
            members.values_mut().for_each(without_files);
        }
        _ => {}
    }
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let chosen = env::var("SPECSMITH_ONLY").unwrap_or_else(|_| DOCUMENTS.join(","));
    let mut paths = crate::files(folder, &["json", "yaml"]);
    paths.retain(|path| chosen.split(',').any(|name| crate::stem(path).contains(name)));
    paths
}

#[test]
fn prism_finds_nothing_wrong() {
    let Some(command) = env::var_os("SPECSMITH_PRISM").map(PathBuf::from) else {
        println!("SPECSMITH_PRISM does not say where Prism is");
        return;
    };
    let Some(folder) = corpus::folder("SPECSMITH_CORPUS") else {
        return;
    };
    let mut wrong = 0;
    println!(
        "{:<30} {:>6} {:>9} {:>8}  what came",
        "document", "calls", "left out", "faults"
    );
    for path in documents(&folder) {
        let name = crate::stem(&path);
        let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("prism").join(&name);
        let caller = Caller::build(&workspace, &path, MOST);
        let file = for_prism(&path, &workspace);
        let (_mock, upstream) = start(&command, &["mock", &file]);
        let (_proxy, url) = start(&command, &["proxy", &file, &upstream, "--errors"]);
        assert_eq!(status(&url, "/no/such/path/of/it"), "404", "Prism lets everything pass");
        let calls = caller.run(&url);
        let mut came: BTreeMap<String, usize> = BTreeMap::new();
        for call in &calls {
            let kind = if call.kind.is_empty() { "ok" } else { &call.kind };
            *came.entry(kind.to_owned()).or_default() += 1;
        }
        let faults: Vec<_> = calls
            .iter()
            .map(|call| (&call.id, faults(call)))
            .filter(|(_, faults)| !faults.is_empty())
            .collect();
        println!(
            "{name:<30} {:>6} {:>9} {:>8}  {came:?}",
            calls.len(),
            caller.left_out.len(),
            faults.len()
        );
        for (id, faults) in &faults {
            println!("    {id}: {}", faults.join("; "));
        }
        for call in calls
            .iter()
            .filter(|call| matches!(&*call.kind, "decode" | "content type" | "undocumented"))
        {
            println!(
                "    ({}: {:?} {})",
                call.id,
                call.status,
                call.error.as_deref().unwrap_or_default()
            );
        }
        println!("    (left out: {})", caller.left_out.join(", "));
        wrong += faults.len();
    }
    assert_eq!(wrong, 0, "Prism refuses what clients send");
}
