//! Every operation of documents is called with a request that is made for it: the answer has a documented status, and its
//! JSON is valid under the schema, as a validator of JSON Schema has it.
//!
//! Our own cases are always looked at, documents of others where `SPECSMITH_CORPUS` says where they are: small ones, all of them
//! with `SPECSMITH_FULL`. `SPECSMITH_ONLY` chooses some by parts of their names.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

mod call;
mod oracle;
mod written;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use axum::body::to_bytes;
use serde_json::Value;
use specsmith::{Config, Format, Understood};
use specsmith_ir::{Operation, Status};
use specsmith_mock::{Auth, BasePath, Mock, Options, Values};
use specsmith_values::Patterns;
use tower::ServiceExt as _;

use self::{
    call::Caller,
    oracle::{Oracle, Wrong},
};

/// How large documents of others are, in bytes, that are looked at without `SPECSMITH_FULL`.
const SMALL: u64 = 60_000;

/// How often each operation is called.
const CALLS: u64 = 2;

#[derive(Default)]
struct Tally {
    operations: usize,
    calls: usize,
    ok: usize,
    /// Answers of which more than one branch of a `oneOf` holds, and nothing else is wrong.
    overlaps: usize,
    /// Calls for which no request could be made.
    unsent: usize,
    /// Answers that say that no value fits the schema.
    unmade: Vec<String>,
    faults: Vec<String>,
    start: Duration,
    slowest: Duration,
}

/// What became of a call.
enum Outcome {
    Ok,
    Overlaps,
    Unmade(String),
    Fault(String),
}

/// The folder of our own cases.
fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/ok")
}

fn documents() -> Vec<PathBuf> {
    let corpus = env::var_os("SPECSMITH_CORPUS")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from);
    if corpus.is_none() {
        println!("SPECSMITH_CORPUS is not set, so its documents are not looked at");
    }
    let only = env::var("SPECSMITH_ONLY").unwrap_or_default();
    let is_full = env::var_os("SPECSMITH_FULL").is_some();
    let mut files: Vec<PathBuf> = [Some(cases()), corpus]
        .into_iter()
        .flatten()
        .flat_map(|folder| files(&folder))
        .collect();
    files.retain(|path| {
        let name = path.file_stem().expect("a name").to_string_lossy();
        match only.as_str() {
            "" => is_full || path.starts_with(cases()) || is_small(path),
            only => only.split(',').any(|part| name.contains(part)),
        }
    });
    files
}

fn is_small(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() <= SMALL)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_document = |path: &PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "json" || extension == "yaml")
    };
    let mut files: Vec<PathBuf> = paths.filter(is_document).collect();
    files.sort();
    files
}

/// Calls every operation of a document; `None` where the document cannot be used.
fn tally(path: &Path) -> Option<Tally> {
    let config = Config::new(path);
    let Understood { api, .. } = specsmith::understand(&config).ok()?;
    let printed = specsmith::upgrade(&config, Some(Format::Json)).ok()?;
    let document: Value = serde_json::from_str(&printed.text).ok()?;
    let mut tally = Tally {
        operations: api.operations.len(),
        ..Tally::default()
    };
    let start = Instant::now();
    let options = Options {
        auth: Auth::Ignored,
        base_path: BasePath::Given(String::new()),
        ..Options::default()
    };
    let routers = [Values::Examples, Values::Dynamic].map(|values| {
        let options = Options {
            values,
            ..options.clone()
        };
        Mock::new(api.clone(), options).into_router()
    });
    tally.start = start.elapsed() / 2;
    let patterns = Patterns::default();
    let mut caller = Caller::new(&api, &patterns);
    let mut oracle = Oracle::new(document);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for operation in &api.operations {
        for call in 0..CALLS {
            let Some(request) = caller.request(operation) else {
                tally.unsent += 1;
                continue;
            };
            tally.calls += 1;
            let target = request.uri().to_string();
            let router = routers[usize::try_from(call % 2).expect("a number")].clone();
            let start = Instant::now();
            let (head, body) = runtime.block_on(async {
                let response = router.oneshot(request).await.expect("an answer");
                let (head, body) = response.into_parts();
                (head, to_bytes(body, usize::MAX).await.expect("a body"))
            });
            tally.slowest = tally.slowest.max(start.elapsed());
            let status = head.status.as_u16();
            let media_type = head
                .headers
                .get("content-type")
                .map(|value| value.to_str().expect("text").to_owned());
            let text = String::from_utf8_lossy(&body);
            let name = format!("{} {target}", operation.method);
            match judge(&mut oracle, operation, status, media_type.as_deref(), &text) {
                Outcome::Ok => tally.ok += 1,
                Outcome::Overlaps => tally.overlaps += 1,
                Outcome::Unmade(why) => tally.unmade.push(format!("{name}: {why}")),
                Outcome::Fault(fault) => tally.faults.push(format!("{name}: {fault}")),
            }
        }
    }
    Some(tally)
}

fn judge(oracle: &mut Oracle, operation: &Operation, status: u16, media_type: Option<&str>, text: &str) -> Outcome {
    if status == 500 && text.contains("no value could be made") {
        return Outcome::Unmade(text.to_owned());
    }
    let class = u8::try_from(status / 100).expect("a class");
    let is_documented = |wanted: Status| operation.responses.iter().any(|response| response.status == wanted);
    let documented = [Status::Code(status), Status::Class(class), Status::Default]
        .into_iter()
        .find(|wanted| is_documented(*wanted));
    let Some(documented) = documented.filter(|_| !text.contains("\"the request does not keep the contract")) else {
        return match operation.responses.is_empty() && status == 204 {
            true => Outcome::Ok,
            false => Outcome::Fault(format!("{status} {text}")),
        };
    };
    let essence = media_type.and_then(|text| text.split(';').next()).unwrap_or_default();
    if !(essence == "application/json" || essence.ends_with("+json")) {
        return Outcome::Ok;
    }
    let Ok(value) = serde_json::from_str(text) else {
        return Outcome::Fault(format!("no JSON: {text}"));
    };
    match oracle.wrong(operation, documented, media_type.unwrap_or_default(), &value) {
        None => Outcome::Ok,
        Some(Wrong::ExactlyOne) => Outcome::Overlaps,
        Some(Wrong::Schema(wrong)) => Outcome::Fault(format!("{status}: {wrong} in {}", shortened(text))),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

#[test]
fn operations_are_answered_as_documented() {
    println!(
        "{:<44} {:>10} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>8} {:>8}",
        "document", "operations", "calls", "ok", "oneOf", "unsent", "unmade", "faults", "start", "slowest"
    );
    let mut sums: BTreeMap<&str, usize> = BTreeMap::new();
    let mut own = 0;
    for path in documents() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let is_own = path.starts_with(cases());
        let builder = thread::Builder::new().stack_size(64 << 20);
        let thread = builder.spawn(move || tally(&path)).expect("a thread");
        let Some(tally) = thread.join().expect("no panic") else {
            println!("{name:<44} cannot be used");
            continue;
        };
        println!(
            "{name:<44} {:>10} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>5} ms {:>5} ms",
            tally.operations,
            tally.calls,
            tally.ok,
            tally.overlaps,
            tally.unsent,
            tally.unmade.len(),
            tally.faults.len(),
            tally.start.as_millis(),
            tally.slowest.as_millis()
        );
        for line in tally.unmade.iter().take(8) {
            println!("    unmade: {}", shortened(line));
        }
        for line in tally.faults.iter().take(12) {
            println!("    {}", line.chars().take(900).collect::<String>());
        }
        own += if is_own { tally.faults.len() } else { 0 };
        for (what, count) in [
            ("operations", tally.operations),
            ("calls", tally.calls),
            ("ok", tally.ok),
            ("oneOf", tally.overlaps),
            ("unsent", tally.unsent),
            ("unmade", tally.unmade.len()),
            ("faults", tally.faults.len()),
        ] {
            *sums.entry(what).or_default() += count;
        }
    }
    println!("{sums:?}");
    let of = |what: &str| sums.get(what).copied().unwrap_or_default();
    assert_eq!(own, 0, "answers of our own cases are not as documented");
    // Some documents of others contradict themselves: a string that is null, a discriminator of booleans.
    assert!(of("faults") * 100 <= of("calls"), "answers are not as documented");
}
