//! Bytes to the files of all targets; bytes that are a document are changed as documents are.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use specsmith::{Config, Error, Limits};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    specsmith_fuzz::mutate(data, size, max_size, seed)
});

fuzz_target!(|bytes: &[u8]| {
    let config = Config::from_text("a", bytes)
        .limits(Limits {
            nodes: 5_000,
            repeated: 1 << 20,
            ..Limits::default()
        })
        .client("client")
        .server("server")
        .docs("docs");
    match specsmith::render(&config) {
        Ok(_) => {}
        Err(Error::Document(findings)) => assert!(findings.diagnostics.has_errors(), "nothing is said"),
        Err(error) => panic!("{error}"),
    }
});
