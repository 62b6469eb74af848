//! Hostile documents, where `SPECSMITH_ATTACKS` says where they are.

use std::{
    fs,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use specsmith::Error;
use specsmith_diagnostics::Severity;

use crate::{corpus, files, oracle, stem};

const LONGEST: Duration = Duration::from_secs(10);

#[test]
fn hostile_documents_do_no_harm() {
    let Some(folder) = corpus::folder("SPECSMITH_ATTACKS") else {
        return;
    };
    let mut refused = 0;
    let mut generated = 0;
    for path in files(&folder, &["json", "yaml", "yml"]) {
        if fs::read(&path).is_err() {
            continue;
        }
        let name = stem(&path);
        let (sender, receiver) = mpsc::channel();
        let start = Instant::now();
        let config = corpus::config(&path);
        // A document that makes the reader overflow its stack must not have a large one to do so.
        let worker = thread::Builder::new().stack_size(2 << 20);
        let worker = worker
            .spawn(move || sender.send(specsmith::render(&config)).ok())
            .expect("a thread");
        let result = match receiver.recv_timeout(LONGEST) {
            Ok(result) => result,
            Err(mpsc::RecvTimeoutError::Timeout) => panic!("{name} takes longer than {LONGEST:?}"),
            Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{name} makes specsmith panic"),
        };
        worker.join().expect("no panic");
        assert!(start.elapsed() < LONGEST, "{name} takes {:?}", start.elapsed());
        match result {
            Ok(outcome) => {
                generated += 1;
                for output in &outcome.outputs {
                    oracle::inspect(&name, &output.result);
                }
            }
            Err(Error::Document(findings)) => {
                refused += 1;
                assert!(
                    findings.diagnostics.count(Severity::Error) > 0,
                    "{name} is refused without a reason"
                );
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
    println!("{generated} generated, {refused} refused");
    assert!(
        generated + refused > 0,
        "there are no documents in {}",
        folder.display()
    );
}
