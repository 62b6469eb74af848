//! Bytes to the model; bytes that are a document are changed as documents are.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_spec::{Limits, Options, Source};

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    specsmith_fuzz::mutate(data, size, max_size, seed)
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(source) = Source::from_bytes("a", bytes.to_vec()) else {
        return;
    };
    let options = Options {
        limits: Limits {
            nodes: 20_000,
            repeated: 1 << 20,
            ..Limits::default()
        },
        ..Options::default()
    };
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let api = specsmith_spec::load(source, &options, &mut sources, &mut diagnostics)
        .and_then(|document| specsmith_spec::lower_within(&document, &options.limits, &mut diagnostics));
    assert!(api.is_some() || diagnostics.has_errors(), "nothing is said");
    for place in diagnostics.iter().filter_map(|finding| finding.location) {
        assert!(sources.line_column(place).is_some(), "a finding is outside of the text");
    }
});
