//! Bytes to a document, in both formats: what is read reads back as the same, and every place is in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use specsmith_diagnostics::{Diagnostics, SourceMap};
use specsmith_spec::{Document, Limits, Node, Source};

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.json", "a.yaml"] {
        let Ok(source) = Source::from_bytes(name, bytes.to_vec()) else {
            return;
        };
        let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
        // The default limits let aliases cost seconds where memory is watched.
        let limits = Limits {
            repeated: 1 << 20,
            ..Limits::default()
        };
        let document = specsmith_spec::read(source, &limits, &mut sources, &mut diagnostics);
        assert!(document.is_some() || diagnostics.has_errors(), "nothing is said");
        for place in diagnostics.iter().filter_map(|finding| finding.location) {
            assert!(sources.line_column(place).is_some(), "a finding is outside of the text");
        }
        if let Some(document) = document {
            check(&document, &sources);
        }
    }
});

fn check(document: &Document, sources: &SourceMap) {
    let mut open = vec![document.root()];
    while let Some(node) = open.pop() {
        let place = node.location();
        let text = sources.file(place.file).expect("a file").text();
        assert!(
            text.get(place.start as usize..place.end as usize).is_some(),
            "a value is outside of the text"
        );
        open.extend(
            node.items()
                .chain(node.members().map(|(_, member): (_, Node<'_>)| member)),
        );
    }
    let value = document.root().to_value();
    let source = Source::from_text("again.json", value.to_string());
    let (mut sources, mut diagnostics) = (SourceMap::new(), Diagnostics::new());
    let again = specsmith_spec::read(source, &Limits::default(), &mut sources, &mut diagnostics);
    assert_eq!(
        again.map(|again| again.root().to_value()),
        Some(value),
        "it reads back as something else"
    );
}
